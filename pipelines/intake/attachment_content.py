"""The content of an attachment, out of the sealed original in which it came: a page file of a ZIP, or a form of one return of e-Tax.

Nothing clear is written to the disk; an original of returns is decrypted as a stream and memory holds one return.
"""

from typing import TYPE_CHECKING, Any

from lxml import etree

from pipelines.errors import DataError
from pipelines.intake import xml_guard
from pipelines.intake.zip_records import open_zip, page_of
from pipelines.layout import delivery, etax_forms

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.vault import KeyRing

_READ = ("IT", "KOA020")


def page_file(sealed: "Path", file_name: str, *, keyring: "KeyRing") -> bytes:
    """The page file of this name in the sealed ZIP."""
    from pipelines.vault import open_sealed

    with open_zip(open_sealed(sealed, keyring=keyring), sealed.name) as archive:
        return page_of(archive, file_name)


def form_of_return(sealed: "Path", record_no: int, attachment_no: int, *, keyring: "KeyRing") -> bytes:
    """The nth form beside KOA020 of a return in the sealed file of returns, as XML. Raises DataError when it is not there."""
    from pipelines.vault import decrypt_to

    sink = _FormSink(record_no, attachment_no)
    decrypt_to(sealed, sink, keyring=keyring)
    if sink.found is None:
        raise DataError(
            "保管した原本に、この様式がありません",
            file=sealed.name,
            record=record_no,
            expected=f"申告書と一緒に届いた{attachment_no}番目の様式",
            action="台帳と保管の控えを確かめ、管理者へ知らせてください",
        )
    return sink.found


class _FormSink:
    """Takes the bytes of a file of returns and keeps one form of one of them."""

    def __init__(self, record_no: int, attachment_no: int) -> None:
        known = delivery()
        self._one = f"{{{known.namespace}}}{known.one_return}"
        self._record_no, self._attachment_no = record_no, attachment_no
        self._namespaces = {form.namespaces["form"] for form in etax_forms().values()}
        self._parser = xml_guard.pull_parser([self._one, *(f"{{{namespace}}}DATA" for namespace in self._namespaces)])
        self._returns = 0
        self.found: bytes | None = None

    def write(self, content: bytes) -> int:
        """Take the next bytes."""
        if self.found is None:
            self._parser.feed(content)
            for event, element in self._parser.read_events():
                if event == "end" and (element.tag == self._one or element.getparent() is None):
                    self._look(element)
        return len(content)

    def flush(self) -> None:
        """Nothing is held back."""

    def _look(self, one: Any) -> None:
        self._returns += 1
        if self._returns == self._record_no:
            forms = [
                child
                for namespace in self._namespaces
                for contents in one.iter(f"{{{namespace}}}CONTENTS")
                for child in contents
                if child.tag.rpartition("}")[2] not in _READ
            ]
            if len(forms) >= self._attachment_no:
                form = forms[self._attachment_no - 1]
                self.found = bytes(etree.tostring(form, encoding="UTF-8", xml_declaration=True, with_tail=False))
        above = one.getparent()
        one.clear()
        if above is not None:
            while above[0] is not one:
                above.remove(above[0])
