"""What is refused of an XML file before anything of it is used: a wrong beginning, a DOCTYPE, too much of anything."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree

from pipelines.errors import DataError
from pipelines.exchange.readable import Readable

FILE_BYTES_MAX = 8 * 1024**3
# Between two reports, and for each of them: a real one has some 3,000 bytes.
REPORT_BYTES_MAX = 1024 * 1024
REPORTS_MAX = 3_000_000
PROLOG_BYTES_MAX = 64 * 1024
_BOM = b"\xef\xbb\xbf"
_OTHER_ENCODINGS = (b"\xff\xfe", b"\xfe\xff", b"\x00", b"<\x00")
_SKIPPED = re.compile(rb"\s+|<\?.*?\?>|<!--.*?-->", re.DOTALL)
_ENCODING = re.compile(rb"^<\?xml\s[^>]*?encoding\s*=\s*[\"']([^\"']*)[\"']")
_ROOT = re.compile(rb"<([A-Za-z_][\w.:-]*)[\s/>]")
_LIMITS = "1件の報告書は1MiB、1ファイルは8GiB・300万件、要素の深さは256まで"
_REASONS = {
    etree.ErrorTypes.ERR_UNDECLARED_ENTITY: "定義のない実体参照（&…;）がある",
    etree.ErrorTypes.ERR_INVALID_ENCODING: "UTF-8として読めないバイトがある",
    etree.ErrorTypes.ERR_INVALID_CHAR: "XMLに使えない文字がある",
    etree.ErrorTypes.ERR_RESOURCE_LIMIT: "要素が深すぎるか、値が長すぎる",
    etree.ErrorTypes.ERR_TAG_NOT_FINISHED: "途中で切れている",
}


def is_xml(path: Readable) -> bool:
    """Whether a file is to be read as XML: by its name, or because it begins like one."""
    if path.suffix.lower() in (".xml", ".xtx"):
        return True
    with path.open("rb") as stream:
        return stream.read(64).removeprefix(_BOM).lstrip().startswith((b"<?xml", b"<!DOCTYPE", b"<!--"))


def check_size(path: Readable) -> None:
    """Raise DataError for a file that is larger than any city's."""
    if path.stat().st_size > FILE_BYTES_MAX:
        raise refused(path, "ファイルが大きすぎる", _LIMITS)


def check_prolog(path: Readable, *roots: str) -> str:
    """Which of the elements `roots` the file begins with. Raises DataError for another, for a DOCTYPE or when it isn't UTF-8.

    A DOCTYPE after the root isn't well-formed, so that the parser refuses it; without one there are no entities.
    """
    with path.open("rb") as stream:
        head = stream.read(PROLOG_BYTES_MAX)
    if head.startswith(_OTHER_ENCODINGS):
        raise refused(path, "UTF-8ではない文字コード", "UTF-8のXML")
    head = head.removeprefix(_BOM)
    declared = _ENCODING.match(head)
    if declared and declared[1].upper() != b"UTF-8":
        raise refused(path, "XML宣言の文字コードがUTF-8ではない", "UTF-8のXML")
    place = 0
    while skipped := _SKIPPED.match(head, place):
        place = skipped.end()
    if head.startswith(b"<!DOCTYPE", place):
        raise refused(path, "DOCTYPE（文書型宣言）がある", "DOCTYPEも実体の定義もないXML")
    found = _ROOT.match(head, place)
    expected = f"要素 {' か '.join(roots)} から始まるXML"
    if found is None:
        raise refused(path, "XMLの要素から始まっていない", expected)
    name = found[1].decode(errors="replace")
    if name not in roots:
        raise refused(path, f"最初の要素が {shown(name)}", expected)
    return name


def pull_parser(tags: Sequence[str]) -> Any:
    """A parser that tells of the begin and the end of these elements.

    No network, no DTD; entities can't be defined without a DOCTYPE, and libxml2's own limits stay on.
    (`resolve_entities=False` would pass an undefined one over in silence.)
    """
    return etree.XMLPullParser(
        events=("start", "end"),
        tag=list(tags),
        resolve_entities="internal",
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


class Chunks:
    """The file's bytes, read once; `sha256` is that of all bytes read so far, `report_no` the reports taken from them."""

    def __init__(self, path: Readable, chunk_bytes: int) -> None:
        self.path = path
        self.report_no = 0
        self._chunk_bytes = chunk_bytes
        self._digest = hashlib.sha256()

    @property
    def sha256(self) -> str:
        """The digest of what was read; after the last chunk, of the file."""
        return self._digest.hexdigest()

    def count_report(self) -> None:
        """A report has ended. Raises DataError for more reports than any city has people."""
        self.report_no += 1
        if self.report_no > REPORTS_MAX:
            raise too_many(self.path)

    def __iter__(self) -> Iterator[bytes]:
        """Raises DataError for more than a report's worth of bytes in which no report ended."""
        unfinished_bytes, before = 0, 0
        with self.path.open("rb") as stream:
            while chunk := stream.read(self._chunk_bytes):
                self._digest.update(chunk)
                yield chunk
                unfinished_bytes = unfinished_bytes + len(chunk) if self.report_no == before else 0
                before = self.report_no
                if unfinished_bytes > REPORT_BYTES_MAX:
                    raise too_large(self.path)


def too_large(path: Readable) -> DataError:
    """For a report, or something between reports, without an end."""
    return refused(path, "1件の報告書が大きすぎる", _LIMITS)


def too_many(path: Readable) -> DataError:
    """For a file of more reports than any city has people."""
    return refused(path, "報告書が多すぎる", _LIMITS)


def not_well_formed(path: Readable, error: etree.XMLSyntaxError) -> DataError:
    """What the parser found, by its kind and line: never its text, which may quote the file."""
    reason = _REASONS.get(error.code, "XMLの文法に合わない")
    return refused(path, f"{reason}（{error.lineno or 0}行目）", "UTF-8で、文法に合い、途中で切れていないXML")


def refused(path: Readable, found: str, expected: str) -> DataError:
    """A file of which nothing is taken in."""
    return DataError(
        "XMLファイルを受け付けられません",
        file=path.name,
        found=found,
        expected=expected,
        action="取り込まずに受信箱に残しました。提出者に確認し、正しいファイルに差し替えてください",
    )


def shown(tag: str) -> str:
    """A tag's or attribute's name for the operator, without its namespace; hidden unless it can only be a name."""
    name = tag.rpartition("}")[2]
    if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_.:-]{0,59}", name) and not re.search(r"\d{8}", name):
        return name
    return "（表示できない名前）"
