"""Returns of e-Tax to records: a file of many, or one return as e-Tax hands it over, read in chunks as eLTAX XML is."""

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
from lxml import etree

from pipelines.exchange.readable import Readable
from pipelines.intake import xml_guard
from pipelines.intake.etax_return import NotThisForm, items_of
from pipelines.intake.records import Records, UnknownContent
from pipelines.layout import EtaxForm, delivery, etax_forms

CHUNK_BYTES = 64 * 1024
BATCH_RETURNS = 5_000
_ALONE = "DATA"


class EtaxReader:
    """Reads a file once, in chunks; memory holds one batch."""

    def __init__(self, path: Readable) -> None:
        self.path = path
        known = delivery()
        self._root = f"{{{known.namespace}}}{known.root}"
        self._one = f"{{{known.namespace}}}{known.one_return}"
        self._leaves = {f"{{{known.namespace}}}{tag}": item for tag, item in known.leaves.items()}
        self._data = {f"{{{form.namespaces['form']}}}{_ALONE}" for form in etax_forms().values()}
        self._chunks = xml_guard.Chunks(path, CHUNK_BYTES)
        self._taken: dict[str, list[tuple[int, dict[str, str]]]] = {}
        self._unknown: list[UnknownContent] = []

    @property
    def sha256(self) -> str:
        """The digest of what was read; after the last chunk, of the file."""
        return self._chunks.sha256

    def __iter__(self) -> Iterator[Records | list[UnknownContent]]:
        """Batches of records, and the returns with content that no form knows. Raises DataError (see `xml_guard`)."""
        xml_guard.check_size(self.path)
        alone = xml_guard.check_prolog(self.path, _ALONE, delivery().root) == _ALONE
        parser = xml_guard.pull_parser([self._one])
        try:
            for chunk in self._chunks:
                parser.feed(chunk)
                for event, element in parser.read_events():
                    if event == "end" and not alone:
                        self._packed(element)
                yield from self._batches(BATCH_RETURNS)
            root = parser.close()
        except etree.XMLSyntaxError as error:
            raise xml_guard.not_well_formed(self.path, error) from None
        if alone:
            self._chunks.count_report()
            self._take(root, {})
        else:
            self._require_root(root)
            self._require_nothing_between(root)
        yield from self._batches(1)

    def _packed(self, one: Any) -> None:
        """One return of a file of many; then it is forgotten."""
        root = one.getparent()
        if root is None or root.getparent() is not None:
            raise self._refused(f"タグ {xml_guard.shown(one.tag)} の場所")
        self._require_root(root)
        self._chunks.count_report()
        packing: dict[str, str] = {}
        data = None
        for child in one:
            item = self._leaves.get(child.tag)
            if item is not None and item not in packing and not len(child) and not child.keys():
                packing[item] = (child.text or "").strip()
            elif child.tag in self._data and data is None:
                data = child
            else:
                raise self._refused(f"タグ {xml_guard.shown(child.tag)}")
        if data is None:
            self._unknown.append(UnknownContent(self._chunks.report_no, f"{_ALONE} のない {xml_guard.shown(one.tag)}"))
        else:
            self._take(data, {item: text for item, text in packing.items() if text})
        one.clear(keep_tail=True)
        self._require_nothing_between(root)
        while root[0] is not one:
            root.remove(root[0])

    def _take(self, data: Any, packing: dict[str, str]) -> None:
        record_no = self._chunks.report_no
        try:
            if data.tag not in self._data:
                raise NotThisForm(f"タグ {xml_guard.shown(data.tag)}")
            form, items = items_of(data)
        except NotThisForm as error:
            self._unknown.append(UnknownContent(record_no, str(error)))
            return
        self._taken.setdefault(form.version, []).append((record_no, items | packing))

    def _require_root(self, root: Any) -> None:
        if root.tag != self._root or root.keys():
            raise self._refused(f"要素 {xml_guard.shown(root.tag)} の名前空間か属性")

    def _require_nothing_between(self, root: Any) -> None:
        """Around the returns there is nothing else: what no return ends with would else be lost."""
        strangers = [child for child in root if child.tag != self._one]
        if strangers:
            raise self._refused(f"タグ {xml_guard.shown(strangers[0].tag)}")
        if any(text and text.strip() for text in (root.text, *(child.tail for child in root))):
            raise self._refused("申告書と申告書の間の文字")

    def _refused(self, found: str) -> Exception:
        return xml_guard.refused(
            self.path, f"包みに知らない{found}がある", "schemas/intake/etax_xml/delivery.yaml にあるものだけ"
        )

    def _batches(self, least: int) -> Iterator[Records | list[UnknownContent]]:
        if self._unknown:
            yield self._unknown
            self._unknown = []
        for version, taken in self._taken.items():
            if len(taken) >= least:
                yield _records(etax_forms()[version], taken)
                taken.clear()


def _records(form: EtaxForm, taken: list[tuple[int, dict[str, str]]]) -> Records:
    layout = form.record
    columns = {item.name: pa.array([items.get(item.name) for _, items in taken], pa.string()) for item in layout.items}
    return Records(layout, pa.array([no for no, _ in taken], pa.int64()), columns, form.layout)
