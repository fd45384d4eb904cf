"""From bytes to lines: strict decoding in blocks of whole lines; one bad record never spoils its neighbours."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.errors import DataError
from pipelines.exchange.readable import Readable
from pipelines.intake.columns import Column
from pipelines.layout import Layout

BLOCK_BYTES = 16 * 1024 * 1024
# Old systems close a text file with Ctrl-Z.
END_OF_TEXT_FILE = b"\x1a"


@dataclass(frozen=True)
class Undecodable:
    """A record with a byte that has no character: where, never what."""

    record_no: int
    byte_no: int


@dataclass(frozen=True)
class Lines:
    """Decoded records of one block: `text` without line ends, and the number of each in the file, from 1."""

    text: Column
    record_no: Column
    undecodable: list[Undecodable]


class LineReader:
    """Reads a file once, in blocks; `sha256` is that of all bytes read so far."""

    def __init__(self, path: Readable, layout: Layout) -> None:
        self.path = path
        self.layout = layout
        self._digest = hashlib.sha256()
        self._record_no = 0

    @property
    def sha256(self) -> str:
        """The digest of what was read; after the last block, of the file."""
        return self._digest.hexdigest()

    def __iter__(self) -> Iterator[Lines]:
        header_due = self.layout.header
        for block in self._blocks():
            records = block
            if header_due:
                header, _, records = block.partition(b"\n")
                self._check_header(header)
                header_due = False
            if records:
                yield self._decode(records)

    def _blocks(self) -> Iterator[bytes]:
        rest = b""
        with self.path.open("rb") as stream:
            while part := stream.read(BLOCK_BYTES):
                self._digest.update(part)
                end = part.rfind(b"\n") + 1
                if end == 0 and len(rest) + len(part) >= BLOCK_BYTES:
                    raise self._no_lines()
                if end:
                    yield rest + part[:end]
                    rest = part[end:]
                else:
                    rest += part
        rest = rest.removesuffix(END_OF_TEXT_FILE)
        if rest:
            yield rest

    def _decode(self, block: bytes) -> Lines:
        first = self._record_no + 1
        try:
            lines = _split(block.decode(self.layout.encoding))
        except UnicodeDecodeError:
            return self._decode_line_by_line(block, first)
        self._record_no += len(lines)
        return Lines(lines, pa.array(range(first, first + len(lines)), pa.int64()), [])

    def _decode_line_by_line(self, block: bytes, first: int) -> Lines:
        texts: list[str] = []
        numbers: list[int] = []
        bad: list[Undecodable] = []
        records = block.removesuffix(b"\n").split(b"\n")
        for record_no, record in enumerate(records, start=first):
            try:
                texts.append(record.removesuffix(b"\r").decode(self.layout.encoding))
                numbers.append(record_no)
            except UnicodeDecodeError as error:
                bad.append(Undecodable(record_no, error.start + 1))
        self._record_no += len(records)
        return Lines(pa.array(texts, pa.string()), pa.array(numbers, pa.int64()), bad)

    def _check_header(self, header: bytes) -> None:
        if header.removesuffix(b"\r") != self.layout.header_line.encode(self.layout.encoding):
            raise DataError(
                "見出し行がレイアウトと一致しません",
                file=self.path.name,
                record=0,
                found=f"{header.count(self.layout.delimiter.encode()) + 1}列の見出し",
                expected=self.layout.header_line,
                action=f"{self.layout.title}の見出しに合わせて作り直してください",
            )

    def _no_lines(self) -> DataError:
        return DataError(
            "改行のない巨大なデータです。レコードのファイルではありません",
            file=self.path.name,
            found=f"{BLOCK_BYTES:,}バイトの中に改行がない",
            expected=f"1行に1レコードの{self.layout.title}",
            action="圧縮や暗号化を解いた元のファイルかどうか、提出者に確認してください",
        )


def _split(text: str) -> Column:
    """One string to its lines, in Arrow; the line end is `\\n`, with or without `\\r`."""
    whole = pa.array([text.removesuffix("\n")], pa.string())
    return pc.utf8_rtrim(pc.split_pattern(whole, pattern="\n").flatten(), characters="\r")
