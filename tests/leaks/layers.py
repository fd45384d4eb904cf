"""What is inside: from the bytes of a file to the bytes of everything that it contains, opened with our keys."""

import base64
import binascii
import gzip
import io
import re
import sqlite3
import tempfile
import urllib.parse
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import duckdb
import pypdfium2  # type: ignore[import-untyped]
import zstandard

from pipelines.exchange import duckdb_file
from pipelines.vault import KeyRing, open_sealed, parquet_key

DEPTH_MAX = 5
Layer = tuple[str, bytes]
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{8,}")
_HEX = re.compile(rb"(?:[0-9a-f]{2}){6,}|(?:[0-9A-F]{2}){6,}")
_WRAPPED = re.compile(rb"(?<=[A-Za-z0-9+/]{60})\r?\n")
_PERCENT = re.compile(rb"%[0-9A-Fa-f]{2}")
_CONTAINERS = (b"PK\x03\x04", b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"SQLite format 3\0", b"PAR1", b"%PDF")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_PDF_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)


class Opener:
    """Opens containers; `keyring`: our own keys, None where nothing is encrypted."""

    def __init__(self, keyring: KeyRing | None, spill: Path) -> None:
        self._keyring = keyring
        self._spill = spill

    def layers(self, content: bytes, depth: int = 0) -> Iterator[tuple[tuple[str, ...], bytes]]:
        """(chain of containers and decodings, bytes): the content itself, then everything in it."""
        yield (), content
        if depth == DEPTH_MAX:
            return
        for step, inner in self._inside(content):
            for chain, innermost in self.layers(inner, depth + 1):
                yield (step, *chain), innermost

    def _inside(self, content: bytes) -> Iterator[Layer]:
        opened: dict[bytes, Callable[[bytes], Iterator[Layer]]] = {
            b"juminzei-sealed/1": self._sealed,
            b"PK\x03\x04": _zip,
            b"\x1f\x8b": _gzip,
            b"\x28\xb5\x2f\xfd": lambda data: iter(
                [("zstd", zstandard.ZstdDecompressor().decompressobj().decompress(data))]
            ),
            b"SQLite format 3\0": _sqlite,
            b"PAR1": self._parquet,
            b"PARE": self._parquet,
            b"%PDF": _pdf,
        }
        for magic, inside in opened.items():
            if content.startswith(magic):
                yield from inside(content)
                return
        if content[8:12] == b"DUCK":
            yield from self._duckdb(content)
        else:
            yield from _decoded(content)

    def _sealed(self, content: bytes) -> Iterator[Layer]:
        assert self._keyring is not None
        with _as_file(content) as path:
            yield "sealed", open_sealed(path, keyring=self._keyring)

    def _parquet(self, content: bytes) -> Iterator[Layer]:
        with _as_file(content) as path, closing(duckdb_file.connect(temp_directory=self._spill)) as con:
            for label, config in [("parquet", ""), *self._parquet_keys()]:
                with suppress(duckdb.Error):
                    columns = con.execute(f"SELECT * FROM read_parquet('{path}'{config})")
                    yield from _columns(columns, "key:parquet" if config else label)
                    return
        raise AssertionError("a Parquet file that none of our keys opens")

    def _parquet_keys(self) -> list[Layer | tuple[str, str]]:
        if self._keyring is None:
            return []
        names = sorted(path.stem for path in self._keyring.folder.glob("data-*.json"))
        keys = [parquet_key(self._keyring, name, version) for name in names for version in self._keyring.versions(name)]
        return [("key", f", encryption_config={{footer_key_value: '{key}'}}") for key in keys]

    def _duckdb(self, content: bytes) -> Iterator[Layer]:
        keys = [""]
        if self._keyring is not None:
            for purpose in ("ledger", "vault-file"):
                keys += [self._keyring.get(purpose, version).text for version in self._keyring.versions(purpose)]
        for key in keys:
            with _as_file(content) as path, closing(duckdb_file.connect(temp_directory=self._spill)) as con:
                try:
                    option, bound = (", ENCRYPTION_KEY ?", [key]) if key else ("", None)
                    con.execute(f"ATTACH '{path}' AS opened (READ_ONLY{option})", bound)
                except duckdb.Error:
                    continue
                yield from _tables(con, "key:duckdb" if key else "duckdb")
                return
        raise AssertionError("a DuckDB file that none of our keys opens")


class _as_file:
    """The content as a file, for whoever opens paths only."""

    def __init__(self, content: bytes) -> None:
        self._file = tempfile.NamedTemporaryFile()  # noqa: SIM115
        self._file.write(content)
        self._file.flush()

    def __enter__(self) -> Path:
        return Path(self._file.name)

    def __exit__(self, *exception: object) -> None:
        self._file.close()


def _tables(con: duckdb.DuckDBPyConnection, label: str) -> Iterator[Layer]:
    """Every column of every table, and the text of every definition and comment."""
    tables = con.execute(
        "SELECT schema_name || '.' || table_name FROM duckdb_tables() WHERE database_name = 'opened' ORDER BY 1"
    ).fetchall()
    for (table,) in tables:
        yield from _columns(con.execute(f"SELECT * FROM opened.{table}"), f"{label}:{table.removeprefix('main.')}")
    for catalogue in ("duckdb_tables", "duckdb_views", "duckdb_columns"):
        rows = con.execute(f"SELECT * FROM {catalogue}() WHERE database_name = 'opened'").fetchall()
        yield f"{label}:{catalogue}", _bytes_of(value for row in rows for value in row)


def _columns(cursor: duckdb.DuckDBPyConnection, label: str) -> Iterator[Layer]:
    names = [column[0] for column in cursor.description or []]
    rows = cursor.fetchall()
    for place, name in enumerate(names):
        yield f"{label}.{name}", _bytes_of(row[place] for row in rows)


def _bytes_of(values: Iterator[object]) -> bytes:
    return b"\n".join(value if isinstance(value, bytes) else str(value).encode() for value in values)


def _sqlite(content: bytes) -> Iterator[Layer]:
    with closing(sqlite3.connect(":memory:")) as con:
        # A database in WAL mode cannot be opened from memory: bytes 18 and 19 say which mode; its log is read as it is.
        con.deserialize(content[:18] + b"\x01\x01" + content[20:])
        con.text_factory = bytes
        for (table,) in con.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            rows = con.execute(f'SELECT * FROM "{table.decode()}"').fetchall()
            yield f"sqlite:{table.decode()}", _bytes_of(value for row in rows for value in row)


def _gzip(content: bytes) -> Iterator[Layer]:
    with suppress(gzip.BadGzipFile, EOFError, zlib.error):  # two bytes are easily those of something else
        yield "gzip", gzip.decompress(content)


def _zip(content: bytes) -> Iterator[Layer]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            yield f"zip:{name}", archive.read(name)


def _pdf(content: bytes) -> Iterator[Layer]:
    with closing(pypdfium2.PdfDocument(content)) as document:
        for number in range(len(document)):
            text = document[number].get_textpage().get_text_bounded()
            yield f"pdf:page {number + 1}", text.encode()
    for stream in _PDF_STREAM.findall(content):
        with suppress(zlib.error):
            yield "pdf:stream", zlib.decompressobj().decompress(stream)


def _decoded(content: bytes) -> Iterator[Layer]:
    """What text may hide: base64, hex, percent and \\u escapes; all of one kind together, containers alone too."""
    for label, pieces in (
        ("base64", list(_base64(content))),
        ("hex", [bytes.fromhex(run.decode()) for run in _HEX.findall(content)]),
    ):
        if pieces:
            yield label, b"\n\n".join([b"", *pieces])
        yield from ((label, piece) for piece in pieces if piece.startswith(_CONTAINERS) or piece[8:12] == b"DUCK")
    if b"\\u" in content:
        text = content.decode("utf-8", errors="ignore")
        yield "\\u", _ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), text).encode("utf-8", errors="ignore")
    if _PERCENT.search(content):
        yield "percent", urllib.parse.unquote_to_bytes(content)


def _base64(content: bytes) -> Iterator[bytes]:
    """Every run that may be base64, from each of its first four places."""
    unwrapped = _WRAPPED.sub(b"", content)
    for run in _BASE64.findall(unwrapped):
        plain = run.replace(b"-", b"+").replace(b"_", b"/")
        for start in range(4):
            part = plain[start:]
            part = part[:-1] if len(part) % 4 == 1 else part
            with suppress(binascii.Error):
                yield base64.b64decode(part + b"=" * (-len(part) % 4))
