"""The files that are received: records spooled a file each, put in the employers' order, written with their notes."""

import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from io import TextIOWrapper
from pathlib import Path
from typing import IO

import yaml

from pipelines.exchange.inbox import NOTE_SUFFIX
from pipelines.layout import Layout, XmlForm
from pipelines.town.etax_files import packed
from pipelines.town.fixed_files import fixed_file
from pipelines.town.page_files import write_pages
from pipelines.town.xml_files import xml_file

UNDECODABLE = "\x7f"  # stands in a record for bytes that are no character in CP932
_NO_CHARACTER = b"\x81\x20"
_SEPARATOR = "\x1f"  # between sort key, truth and record; in none of them


@dataclass(frozen=True)
class Delivery:
    """One file to be received: from whom, when, in which layout, as lines with eLTAX's prefix or without, as XML of eLTAX (`form`) or e-Tax, as a ZIP, or as
    records of fixed length.
    """

    source: str
    name: str
    received_on: date
    layout: Layout
    sender: str
    batch: str
    prefixed: bool
    form: XmlForm | None = None
    city_code: str = ""
    etax: bool = False
    zipped: bool = False
    fixed: bool = False

    @property
    def place(self) -> str:
        """Where it lies below the town's folder."""
        return f"inbox/{self.source}/{self.received_on.isoformat()}/{self.name}"


@dataclass(frozen=True)
class Record:
    """A record and its true story: `order` is its place among its file's records, `truth` the rest of its truth row.

    `counted_as`: as whom its payer counts the person in its 総括表.
    """

    order: str
    truth: str
    text: str
    paid_yen: int
    counted_as: str = ""

    @property
    def taxpayer_no(self) -> str:
        """Of whom it is: every truth row begins with it; empty for people of elsewhere."""
        return self.truth.partition(",")[0]


@dataclass(frozen=True)
class Delivered:
    """A delivery that was written: its yen, its truth rows, and how many were counted as what."""

    delivery: Delivery
    paid_yen: int
    truth: list[str]
    counted: Counter[str]


class Spool:
    """Collects the records of all deliveries on disk, so that memory holds one file at a time, never the town."""

    def __init__(self, folder: Path, deliveries: list[Delivery]) -> None:
        folder.mkdir(parents=True)
        self._folder = folder
        self._deliveries = deliveries
        self._open: list[IO[str]] = [
            (folder / str(number)).open("w", encoding="utf-8", newline="\n") for number in range(len(deliveries))
        ]

    def add(self, file: int, record: Record) -> None:
        """One record for the delivery with this number."""
        parts = (record.order, record.truth, str(record.paid_yen), record.text, record.counted_as)
        self._open[file].write(_SEPARATOR.join(parts) + "\n")

    def deliver(self, out: Path) -> Iterator[Delivered]:
        """Write every delivery that has records, with its note."""
        for file in self._open:
            file.close()
        for number, delivery in enumerate(self._deliveries):
            lines = sorted((self._folder / str(number)).read_text(encoding="utf-8").split("\n")[:-1])
            if lines:
                parts = [line.split(_SEPARATOR) for line in lines]
                paid_yen = sum(int(part[2]) for part in parts)
                _write(out, delivery, [part[3] for part in parts], paid_yen)
                truth = [f"{delivery.place},{no},{part[1]}" for no, part in enumerate(parts, start=1)]
                yield Delivered(delivery, paid_yen, truth, Counter(part[4] for part in parts))
        shutil.rmtree(self._folder)


def write_note(path: Path, delivery: Delivery, records: int, paid_yen: int | None) -> None:
    """The delivery note beside a file (our interim sidecar)."""
    note = {"sender": delivery.sender, "batch": delivery.batch, "records": records}
    if paid_yen is not None:
        note["paid_yen"] = paid_yen
    text = yaml.safe_dump(note, allow_unicode=True, sort_keys=False)
    path.with_name(path.name + NOTE_SUFFIX).write_text(text, encoding="utf-8", newline="\n")


class TableFile:
    """A UTF-8 CSV with a header line, written in pieces."""

    def __init__(self, path: Path, header: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self.rows = 0
        self._file: TextIOWrapper = path.open("w", encoding="utf-8", newline="\n")
        self._file.write(header + "\n")

    def add(self, lines: Iterable[str]) -> None:
        """Further lines, without line ends."""
        for line in lines:
            self._file.write(line + "\n")
            self.rows += 1

    def close(self) -> None:
        """No more lines."""
        self._file.close()


def _write(out: Path, delivery: Delivery, records: list[str], paid_yen: int) -> None:
    path = out / delivery.place
    path.parent.mkdir(parents=True, exist_ok=True)
    write_note(path, delivery, len(records), paid_yen)
    if delivery.etax:
        path.write_text("".join(packed(iter(records))), encoding="utf-8", newline="\n")
        return
    if delivery.fixed:
        path.write_bytes(fixed_file(delivery.layout, records, delivery.received_on))
        return
    if delivery.zipped:
        write_pages(path, delivery.layout, records)
        return
    if delivery.form:
        path.write_bytes(xml_file(records, delivery.city_code, delivery.sender))
        return
    # What eLTAX puts before the mark is not public: ours is a running number of the delivery.
    mark = delivery.layout.prefix_mark if delivery.prefixed else None
    day = f"{delivery.received_on:%Y%m%d}"
    lines = [f"{day}{no:08d}{mark}{text}" for no, text in enumerate(records, start=1)] if mark else records
    end = delivery.layout.line_end
    content = (end.join(lines) + end).encode(delivery.layout.encoding)
    path.write_bytes(content.replace(UNDECODABLE.encode(), _NO_CHARACTER))
