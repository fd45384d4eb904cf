"""From lines to columns: the edition of each record is known by its number of items, and columns are cut in Arrow."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.exchange.readable import Readable
from pipelines.intake.columns import Column
from pipelines.intake.lines import LineReader, Undecodable
from pipelines.layout import Layout


@dataclass(frozen=True)
class Records:
    """Records of one edition: `columns` by item name (empty items null), only the items that intake uses.

    `edition` is what the list of received files says of them.
    """

    layout: Layout
    record_no: Column
    columns: dict[str, Column]
    edition: str


@dataclass(frozen=True)
class WrongItemCount:
    """A record of no known edition."""

    record_no: int
    found_items: int


@dataclass(frozen=True)
class UnknownContent:
    """A report with something in it that its form doesn't have: what, by its name, never its text."""

    record_no: int
    found: str


class CsvReader:
    """The records of a file of lines, or `only` those with these numbers; `sha256` is that of all bytes read so far."""

    def __init__(self, path: Readable, layouts: Mapping[int, Layout], only: Collection[int] | None = None) -> None:
        self._lines = LineReader(path, layouts[max(layouts)])
        self._layouts = layouts
        self._only = None if only is None else pa.array(sorted(only), pa.int64())

    @property
    def sha256(self) -> str:
        """The digest of what was read; after the last block, of the file."""
        return self._lines.sha256

    def __iter__(self) -> Iterator[Records | Sequence[Undecodable] | Sequence[WrongItemCount]]:
        """Records, and those that can't be decoded or have no edition. Raises DataError when there are no lines."""
        for lines in self._lines:
            yield lines.undecodable
            if self._only is None:
                yield from cut(lines.text, lines.record_no, self._layouts)
            else:
                chosen: Column = pc.is_in(lines.record_no, value_set=self._only)
                yield from cut(lines.text.filter(chosen), lines.record_no.filter(chosen), self._layouts)


def cut(text: Column, record_no: Column, layouts: Mapping[int, Layout]) -> Iterator[Records | list[WrongItemCount]]:
    """Cut lines into `Records`, one for each edition found, and the list of records of no edition."""
    newest = layouts[max(layouts)]
    records = without_prefix(text, newest)
    item_counts: Column = pc.add(pc.count_substring(records, newest.delimiter), pa.scalar(1, pa.int32()))
    strangers = pc.invert(pc.is_in(item_counts, value_set=pa.array(list(layouts), item_counts.type)))
    found = zip(record_no.filter(strangers).to_pylist(), item_counts.filter(strangers).to_pylist(), strict=True)
    yield [WrongItemCount(number, count) for number, count in found]
    for count, layout in sorted(layouts.items()):
        same: Column = pc.equal(item_counts, pa.scalar(count, pa.int32()))
        if pc.any(same).as_py():
            lines = records if pc.all(same).as_py() else records.filter(same)
            yield Records(layout, record_no.filter(same), _columns(lines, layout), layout.edition)


def without_records(layout: Layout) -> Records:
    """No record, with every column."""
    return Records(layout, pa.array([], pa.int64()), _columns(pa.array([], pa.string()), layout), layout.edition)


def without_prefix(text: Column, layout: Layout) -> Column:
    """The records without the prefix that eLTAX may put before the first `@`.

    A record that begins with its own first item has none, and an `@` further on is part of a text.
    """
    mark, codes = layout.prefix_mark, layout.items[0].codes
    if mark is None or codes is None:
        return text
    begins = pc.match_substring_regex(text, f"^(?:{'|'.join(sorted(codes))}){layout.delimiter}")
    if pc.all(begins).as_py():
        return text
    after = pc.replace_substring_regex(text, f"^[^{mark}]*{mark}", "", max_replacements=1)
    return pc.if_else(begins, text, after)


def _columns(lines: Column, layout: Layout) -> dict[str, Column]:
    """The used items' columns; every line has exactly the layout's number of items."""
    flat: Column = pc.split_pattern(lines, pattern=layout.delimiter).flatten()
    used = [item for item in layout.items if item.unused is None]
    places = np.add.outer([item.no - 1 for item in used], np.arange(len(lines), dtype=np.int64) * len(layout.items))
    values: Column = flat.take(pa.array(places.ravel()))
    values = pc.if_else(pc.equal(pc.utf8_trim_whitespace(values), pa.scalar("")), None, values)
    return {item.name: values.slice(index * len(lines), len(lines)) for index, item in enumerate(used)}
