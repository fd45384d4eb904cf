"""A file of 500-byte records (年金特別徴収) to records: control records and totals are checked before anything of it is used.

Kana are single bytes (JIS X 0201), kanji two bytes each (JIS X 0208) between shift codes; there are no line ends.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

import pyarrow as pa

from pipelines.errors import DataError
from pipelines.exchange.readable import Readable
from pipelines.intake.lines import Undecodable
from pipelines.intake.records import Records
from pipelines.layout import Item, Layout, fixed_form
from pipelines.layout.fixed_form import ControlRecord

BATCH_RECORDS = 20_000
_SHIFT_IN = b"\x1b$B"
_NO_KANA = re.compile(rb"[^ -~\xa1-\xdf]")
# The same seven signs of JIS X 0208 as CP932 reads them, in which every other file comes: an address has one hyphen.
_AS_IN_CP932 = str.maketrans("−〜‖—¢£¬", "－～∥―￠￡￢")


@dataclass
class _Group:
    """The data records since a header: of which municipality and payer, how many, and what their 金額1 add up to."""

    header: dict[str, str]
    record_count: int = 0
    amount_yen: int = 0


class FixedReader:
    """Reads a file once; memory holds one batch. The control records must fit, else the whole file is refused."""

    def __init__(self, path: Readable, layout: Layout) -> None:
        self.path = path
        self._layout = layout
        self._form = fixed_form()
        self._digest = hashlib.sha256()
        self._group: _Group | None = None
        self._record_no = 0
        self._data_kind = next(iter(layout.items[0].codes or {}))
        self._amount_at = _place(layout, "amount_1_yen")

    @property
    def sha256(self) -> str:
        """The digest of what was read; after the last record, of the file."""
        return self._digest.hexdigest()

    def __iter__(self) -> Iterator[Records | list[Undecodable]]:
        """Batches of records, and the records with bytes that are no character. Raises DataError."""
        self._require_length()
        with self.path.open("rb") as stream:
            for head in self._form.heads:
                self._require_digits(head, head.cut(self._read(stream, head.size_bytes)))
            taken: list[bytes] = []
            while record := self._read(stream, self._form.record_bytes):
                if self._take(record):
                    taken.append(record)
                if len(taken) == BATCH_RECORDS:
                    yield from self._batch(taken)
                    taken = []
            if self._group is not None:
                raise self._refused("最後のトレーラレコードがない", "ヘッダ・データ・トレーラの順")
            yield from self._batch(taken)

    def _read(self, stream: BinaryIO, size: int) -> bytes:
        content = stream.read(size)
        self._digest.update(content)
        return content

    def _require_length(self) -> None:
        size, heads = self.path.stat().st_size, sum(head.size_bytes for head in self._form.heads)
        if size <= heads or (size - heads) % self._form.record_bytes:
            raise self._refused(
                f"{size:,}バイト",
                f"{heads}バイトの管理レコードと、{self._form.record_bytes}バイトのレコード（改行なし）",
            )

    def _require_digits(self, head: ControlRecord, found: dict[str, str]) -> None:
        wrong = [name for name, text in found.items() if name not in ("space", "reserve") and not text.isdigit()]
        if wrong:
            raise self._refused(f"{head.ja}の {'・'.join(wrong)} が数字でない", "半角数字")

    def _take(self, record: bytes) -> bool:
        """Whether the record is one of data. Raises DataError for a record out of its place, or a trailer that does not add up."""
        form, kind = self._form, record[:1].decode("ascii", errors="replace")
        if kind == form.header.kind and self._group is None:
            self._group = _Group(form.header.cut(record))
            return False
        if kind == self._data_kind and self._group is not None:
            self._record_no += 1
            self._group.record_count += 1
            amount = record[self._amount_at]
            self._group.amount_yen += int(amount) if amount.isdigit() else 0
            return True
        if kind == form.trailer.kind and self._group is not None:
            self._close(self._group, form.trailer.cut(record))
            self._group = None
            return False
        raise self._refused(
            f"{self._record_no}件目のデータの後に、順序の違うレコードがある", "ヘッダ・データ・トレーラの順"
        )

    def _close(self, group: _Group, trailer: dict[str, str]) -> None:
        same = ("city_code", "payer_code", "content_code")
        found = (str(group.record_count), str(group.amount_yen), *(group.header[name] for name in same))
        told = (
            trailer["record_count"].lstrip("0") or "0",
            trailer["amount_1_yen"].lstrip("0") or "0",
            *(trailer[name] for name in same),
        )
        if found != told:
            raise self._refused(
                f"{group.record_count:,}件・金額1の計{group.amount_yen:,}円",
                f"トレーラの{told[0]}件・{told[1]}円（市町村・義務者・通知内容はヘッダと同じ）",
            )

    def _batch(self, taken: list[bytes]) -> Iterator[Records | list[Undecodable]]:
        first = self._record_no - len(taken) + 1
        rows: list[dict[str, str]] = []
        numbers: list[int] = []
        bad: list[Undecodable] = []
        for no, record in enumerate(taken, start=first):
            try:
                rows.append({item.name: _text(item, record[place]) for item, place in _places(self._layout)})
                numbers.append(no)
            except UnicodeDecodeError as error:
                bad.append(Undecodable(no, error.start + 1))
        if bad:
            yield bad
        if rows:
            columns = {name: pa.array([row[name] or None for row in rows], pa.string()) for name in rows[0]}
            yield Records(self._layout, pa.array(numbers, pa.int64()), columns, self._layout.edition)

    def _refused(self, found: str, expected: str) -> DataError:
        return DataError(
            "固定長のファイルを受け付けられません",
            file=self.path.name,
            found=found,
            expected=expected,
            action="取り込まずに受信箱に残しました。送付元に確認し、正しいファイルに差し替えてください",
        )


def _places(layout: Layout) -> list[tuple[Item, slice]]:
    places, at = [], 0
    for item in layout.items:
        if item.unused is None:
            places.append((item, slice(at, at + item.width)))
        at += item.width
    return places


def _place(layout: Layout, name: str) -> slice:
    return next(place for item, place in _places(layout) if item.name == name)


def _text(item: Item, content: bytes) -> str:
    """The item's text without its filling. Raises UnicodeDecodeError with the place in the item."""
    if item.kind == "full":
        return (_SHIFT_IN + content).decode("iso2022_jp").translate(_AS_IN_CP932).strip("　 ")
    if item.kind == "kana":
        wrong = _NO_KANA.search(content)
        if wrong:
            raise UnicodeDecodeError("jisx0201", content, wrong.start(), wrong.end(), "no character")
        return content.decode("cp932").strip()
    text = content.decode("ascii").strip()
    return text.lstrip("0") or "0" if item.kind == "digits" and item.name.endswith("_yen") and text else text
