"""eLTAX XML to records: reports are taken from the pull parser one by one into the columns that CSV lines become, too.

Every element and attribute is an item, declared in schemas/intake/eltax_xml, or reported; memory holds one batch.
"""

from collections.abc import Collection, Iterator
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from lxml import etree

from pipelines.calendar import NATIONAL_TAX_ERA_CODES, WAGE_REPORT_ERA_CODES
from pipelines.exchange.readable import Readable
from pipelines.intake import xml_guard
from pipelines.intake.records import Records, UnknownContent
from pipelines.layout import Envelope, Layout, XmlForm, envelope

CHUNK_BYTES = 64 * 1024
BATCH_REPORTS = 20_000
# lxml's elements: its stubs are not installed.
Element = Any
# What a report may not hold beside the texts of its leaves and of its groups' leaves.
_ODD = etree.XPath("boolean(*/@* | */*/@* | */*/* | text()[normalize-space()] | *[*]/text()[normalize-space()])")
_WITH_CHILDREN = etree.XPath("*[*]")
# An unknown era must stay unknown: another coding's digit could be somebody's wrong birthday.
_ERAS = {
    code: next(csv_code for csv_code, name in WAGE_REPORT_ERA_CODES.items() if name == era)
    for code, era in NATIONAL_TAX_ERA_CODES.items()
}


class XmlReader:
    """Reads a file once, in chunks; `sha256` is that of all bytes read so far."""

    def __init__(self, path: Readable, form: XmlForm) -> None:
        self.path = path
        self.form = form
        self._chunks = xml_guard.Chunks(path, CHUNK_BYTES)
        self._around = _Around(path, envelope())
        self._batches = {name: _Batch(name, form, layout) for name, layout in form.layouts.items()}
        self._by_tag = {f"{{{form.namespace}}}{name}": batch for name, batch in self._batches.items()}
        self._unknown: list[UnknownContent] = []
        self._tax_data: Element = None

    @property
    def sha256(self) -> str:
        """The digest of what was read; after the last chunk, of the file."""
        return self._chunks.sha256

    def __iter__(self) -> Iterator[Records | list[UnknownContent]]:
        """Batches of records, and the reports with content that no layout knows. Raises DataError (see `xml_guard`)."""
        xml_guard.check_size(self.path)
        xml_guard.check_prolog(self.path, self._around.envelope.root)
        parser = xml_guard.pull_parser([self._around.tax_data_tag, *self._by_tag])
        try:
            for chunk in self._chunks:
                parser.feed(chunk)
                self._take(parser)
                yield from self._full_batches(BATCH_REPORTS)
            root = parser.close()
        except etree.XMLSyntaxError as error:
            raise xml_guard.not_well_formed(self.path, error) from None
        if self._tax_data is None:
            raise xml_guard.refused(self.path, "要素 TAX_DATA がない", f"{self._around.envelope.tax_data} のあるXML")
        self._release_all(0)
        self._around.check(root, self._tax_data)
        yield from self._full_batches(1)

    def _take(self, parser: Any) -> None:
        for event, element in parser.read_events():
            batch = self._by_tag.get(element.tag)
            if event == "end":
                if batch is not None and element.getparent() is self._tax_data is not None:
                    self._release_before(element)
                    self._chunks.count_report()
                    problem = batch.add(element, self._chunks.report_no)
                    if problem:
                        self._unknown.append(UnknownContent(self._chunks.report_no, problem))
                    element.clear(keep_tail=True)
            elif batch is None and self._around.is_tax_data(element):
                if self._tax_data is not None:
                    raise xml_guard.refused(self.path, "要素 TAX_DATA が2つある", "1つの TAX_DATA")
                self._tax_data = element
        if self._tax_data is not None:
            self._release_all(1)

    def _release_before(self, element: Element) -> None:
        while (earlier := self._tax_data[0]) is not element:
            self._release(earlier)

    def _release_all(self, kept: int) -> None:
        """Forget what lies complete in TAX_DATA: all but the last `kept` elements."""
        while len(self._tax_data) > kept:
            self._release(self._tax_data[0])

    def _release(self, element: Element) -> None:
        """Forget an element of TAX_DATA; one that is no form of ours is a record that nobody can read."""
        if element.tag not in self._by_tag:
            self._chunks.count_report()
            self._unknown.append(UnknownContent(self._chunks.report_no, f"様式 {xml_guard.shown(element.tag)}"))
        self._around.check_between(element.tail)
        self._tax_data.remove(element)

    def _full_batches(self, least: int) -> Iterator[Records | list[UnknownContent]]:
        if self._unknown:
            yield self._unknown
            self._unknown = []
        for batch in self._batches.values():
            if batch.count >= least:
                yield batch.records()


class _Batch:
    """Reports of one form, item by item."""

    def __init__(self, form_name: str, form: XmlForm, layout: Layout) -> None:
        self.layout = layout
        self.form = form
        self.edition = f"{form.edition}({form_name})"
        names = layout.by_name
        self._items: dict[str, str] = {}
        self._grouped: dict[str, dict[str, str]] = {}
        for tag, item in form.tags.items():
            if item in names:
                group, _, leaf = tag.rpartition("/")
                if group:
                    leaves = self._grouped.setdefault(f"{{{form.namespace}}}{group}", {})
                    leaves[envelope().qualified(leaf)] = item
                else:
                    self._items[f"{{{form.namespace}}}{leaf}"] = item
        self._used = [item.name for item in layout.items if item.unused is None]
        self._attributes = frozenset(envelope().form_attributes)
        self._begin()

    @property
    def count(self) -> int:
        """Reports in it."""
        return len(self._record_no)

    def _begin(self) -> None:
        self._record_no: list[int] = []
        self._columns: dict[str, list[str | None]] = {name: [] for name in self._used}

    def add(self, report: Element, record_no: int) -> str | None:
        """Take a report in. When something of it has no place, nothing is taken, and what it is is said."""
        values: list[tuple[str, str | None]] = []
        groups: list[Element] = []
        for leaf in report:
            item = self._items.get(leaf.tag)
            if item is not None:
                values.append((item, leaf.text))
            elif len(leaf) or leaf.text or leaf.tag not in self._grouped:
                groups.append(leaf)
        values += [value for group in groups for value in self._of_group(group)]
        fits = (
            not _ODD(report)
            and len(_WITH_CHILDREN(report)) == len(groups)
            and len({item for item, _ in values}) == len(values)
            and self._attributes.issuperset(report.keys())
        )
        if not fits:
            return self._told(report)
        row = self.count
        for item, text in values:
            column = self._columns.get(item)
            if column is not None and text is not None:
                column.extend([None] * (row - len(column)))
                column.append(text)
        self._record_no.append(record_no)
        return None

    def _of_group(self, group: Element) -> Iterator[tuple[str, str | None]]:
        """The items of a date's parts; an unknown part as the item "" twice, which no report may have."""
        known = self._grouped.get(group.tag, {})
        eras = self.form.national_tax_eras
        for leaf in group:
            item, text = known.get(leaf.tag), leaf.text
            if item is None:
                yield from (("", None), ("", None))
            elif item in eras and text:
                yield item, _ERAS.get(text, f"xml:{text}")
            else:
                yield item, text

    def _told(self, report: Element) -> str:
        """The first thing in the report that has no place in the form: where, never its text."""
        for attribute in sorted(set(report.keys()) - self._attributes):
            return f"属性 {xml_guard.shown(attribute)}"
        return (
            _stranger(report, {*self._items, *self._grouped})
            or next(
                (
                    said
                    for leaf in report
                    if (said := _stranger(leaf, self._grouped.get(leaf.tag, {})))
                    or (said := next((_stranger(part, ()) for part in leaf if len(part)), None))
                ),
                None,
            )
            or "タグの間の文字"
        )

    def records(self) -> Records:
        """What was taken in, as records; then it begins anew."""
        columns = {name: self._column(self._columns[name]) for name in self._used}
        records = Records(self.layout, pa.array(self._record_no, pa.int64()), columns, self.edition)
        self._begin()
        return records

    def _column(self, values: list[str | None]) -> Any:
        if not values:
            return pa.nulls(self.count, pa.string())
        column = pa.array(values + [None] * (self.count - len(values)), pa.string())
        return pc.if_else(pc.equal(pc.utf8_trim_whitespace(column), pa.scalar("")), None, column)


def _stranger(element: Element, known: Collection[str]) -> str | None:
    """The first child that is not known, is there twice or has attributes."""
    seen: set[str] = set()
    for child in element:
        name = f"タグ {xml_guard.shown(child.tag)}"
        if child.tag not in known:
            return name
        if child.tag in seen:
            return f"{name} が2つ"
        if child.keys():
            return f"{name} の属性 {xml_guard.shown(child.keys()[0])}"
        seen.add(child.tag)
    return None


class _Around:
    """What stands around the reports: every element is in the envelope's list, or the file is refused."""

    def __init__(self, path: Readable, known: Envelope) -> None:
        self.path = path
        self.envelope = known
        self.tax_data_tag = known.tax_data.rpartition("/")[2]
        self._required = {path: set(values) for path, values in known.required.items()}

    def is_tax_data(self, element: Element) -> bool:
        """Whether the element stands where the envelope has its TAX_DATA."""
        above = [ancestor.tag for ancestor in element.iterancestors()]
        return [element.tag, *above] == [*reversed(self.envelope.tax_data.split("/")), self.envelope.root]

    def check_between(self, text: str | None) -> None:
        """Raise DataError when there is text between two reports."""
        if text and text.strip():
            raise xml_guard.refused(self.path, "報告書と報告書の間に文字がある", "要素だけの TAX_DATA")

    def check(self, root: Element, tax_data: Element) -> None:
        """Raise DataError for whatever the envelope doesn't list, and for what it requires and isn't there."""
        self.check_between(tax_data.text)
        names = {url: prefix for prefix, url in self.envelope.namespaces.items()}
        found: dict[str, str] = {}
        self._walk(root, "", names, found)
        for path, values in self._required.items():
            if found.get(path) not in values:
                raise xml_guard.refused(self.path, f"{path} の値が違うか、ない", "・".join(sorted(values)))

    def _walk(self, element: Element, path: str, names: dict[str, str], found: dict[str, str]) -> None:
        if element.keys():
            raise self._stranger(f"属性 {xml_guard.shown(element.keys()[0])}")
        if path in self.envelope.leaves and len(element) == 0:
            found[path] = element.text or ""
            return
        self._require_no_text(element)
        for child in element:
            below = f"{path}/{_prefixed(child.tag, names)}".lstrip("/")
            if below in self.envelope.opaque:
                continue
            if below not in self.envelope.branches and below not in self.envelope.leaves:
                raise self._stranger(f"タグ {xml_guard.shown(child.tag)}")
            self._walk(child, below, names, found)

    def _require_no_text(self, element: Element) -> None:
        texts = [element.text, *(child.tail for child in element)]
        if any(text and text.strip() for text in texts):
            raise self._stranger(f"タグ {xml_guard.shown(element.tag)} の中の文字")

    def _stranger(self, found: str) -> Exception:
        return xml_guard.refused(
            self.path,
            f"封筒（構成管理情報）に知らない{found}がある",
            "schemas/intake/eltax_xml/envelope.yaml にあるものだけ",
        )


def _prefixed(tag: str, names: dict[str, str]) -> str:
    url, _, name = tag.rpartition("}")
    return f"{names.get(url[1:], '?')}:{name}" if url else name
