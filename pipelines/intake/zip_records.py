"""A ZIP of page files with its index (schemas/intake/return_attachment) to records: one a line of the index, with what it names.

Nothing of the ZIP is written to the disk: the whole is read into memory, within bounds, and stays in the sealed original.
"""

import hashlib
import io
import re
import stat
import zipfile
from collections.abc import Iterator

import pyarrow as pa

from pipelines.errors import DataError
from pipelines.exchange.readable import Readable
from pipelines.intake.records import Records, WrongItemCount
from pipelines.layout import Layout

INDEX = "index.csv"
FILE_BYTES_MAX = 256 * 1024**2
MEMBERS_MAX = 20_000
MEMBER_BYTES_MAX = 64 * 1024**2
UNPACKED_BYTES_MAX = 1024**3
_LIMITS = "ZIPは256MiB、中のファイルは2万個・1個64MiB・合わせて1GiBまで"
# Flat, and nothing that a shell or another system reads otherwise.
_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]{0,99}")
MEDIA_TYPES = {
    b"II*\x00": "image/tiff",
    b"MM\x00*": "image/tiff",
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
}


class ZipReader:
    """Reads a ZIP once; memory holds the packed bytes and one page file."""

    def __init__(self, path: Readable, layout: Layout) -> None:
        self.path = path
        self._layout = layout
        self._digest = hashlib.sha256()

    @property
    def sha256(self) -> str:
        """The digest of the file, once it was read."""
        return self._digest.hexdigest()

    def __iter__(self) -> Iterator[Records | list[WrongItemCount]]:
        """The records, and the lines of another number of items. Raises DataError for a ZIP that is unsafe or incomplete."""
        with open_zip(self._content(), self.path.name) as archive:
            lines = self._index(archive)
            wanted = [item for item in self._layout.items if not item.computed]
            yield [WrongItemCount(no, len(line)) for no, line in lines if len(line) != len(wanted)]
            whole = [(no, line) for no, line in lines if len(line) == len(wanted)]
            rows = [dict(zip((item.name for item in wanted), line, strict=True)) for _, line in whole]
            self._require_all_named(archive, lines)
            seen: set[str] = set()
            found = [_found(archive, row["file_name"], seen) for row in rows]
        columns = {
            item.name: pa.array(
                [(row | more)[item.name].strip() or None for row, more in zip(rows, found, strict=True)], pa.string()
            )
            for item in self._layout.items
        }
        yield Records(self._layout, pa.array([no for no, _ in whole], pa.int64()), columns, self._layout.edition)

    def _content(self) -> bytes:
        with self.path.open("rb") as stream:
            content = stream.read(FILE_BYTES_MAX + 1)
        if len(content) > FILE_BYTES_MAX:
            raise _refused(self.path.name, "ファイルが大きすぎる", _LIMITS)
        self._digest.update(content)
        return content

    def _index(self, archive: zipfile.ZipFile) -> list[tuple[int, list[str]]]:
        """The numbered lines of the index, cut at the commas."""
        if INDEX not in archive.namelist():
            raise _refused(self.path.name, f"索引（{INDEX}）がない", f"ZIPの中に {INDEX} と画像")
        try:
            text = archive.read(INDEX).decode("utf-8")
        except UnicodeDecodeError:
            raise _refused(self.path.name, "索引がUTF-8として読めない", f"UTF-8の {INDEX}") from None
        header, *lines = text.removesuffix("\n").replace("\r\n", "\n").split("\n")
        wanted = ",".join(item.name for item in self._layout.items if not item.computed)
        if header != wanted:
            raise _refused(self.path.name, f"索引の見出しが{header.count(',') + 1}列", wanted)
        return [(no, line.split(",")) for no, line in enumerate(lines, start=1)]

    def _require_all_named(self, archive: zipfile.ZipFile, lines: list[tuple[int, list[str]]]) -> None:
        """Nobody would ever find a page that the index does not name."""
        named = {cell for _, line in lines for cell in line}
        strangers = [name for name in archive.namelist() if name != INDEX and name not in named]
        if strangers:
            raise _refused(
                self.path.name, f"索引にないファイルが{len(strangers)}個ある", "ZIPの中のファイルは、すべて索引にある"
            )


def open_zip(content: bytes, name: str) -> zipfile.ZipFile:
    """The ZIP, of which nothing has been unpacked yet. Raises DataError for one that is broken, unsafe or too large."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise _refused(name, "ZIPとして読めない", "壊れていないZIP") from None
    members = archive.infolist()
    found = (
        "ファイルが多すぎる" if len(members) > MEMBERS_MAX
        else "展開すると大きすぎる" if sum(one.file_size for one in members) > UNPACKED_BYTES_MAX
        else next((fault for one in members if (fault := _fault(one))), "")
    )  # fmt: skip
    if not found and len({one.filename for one in members}) != len(members):
        found = "同じ名前のファイルが2つある"
    if found:
        raise _refused(
            name,
            found,
            _LIMITS if "すぎる" in found else "フォルダ・リンク・暗号化のない、半角英数の名前のファイルだけ",
        )
    return archive


def page_of(archive: zipfile.ZipFile, name: str) -> bytes:
    """The bytes of one page file; its check sum is verified. Raises DataError when it is broken."""
    try:
        return archive.read(name)
    except (zipfile.BadZipFile, OSError, EOFError, ValueError) as error:
        raise _refused(name, "ZIPの中のファイルが壊れている", "検査の合うファイル") from error


def _fault(member: zipfile.ZipInfo) -> str:
    if not _NAME.fullmatch(member.filename) or ".." in member.filename:
        return "フォルダか、使えない名前のファイルがある"
    if stat.S_ISLNK(member.external_attr >> 16):
        return "リンクがある"
    if member.flag_bits & 1:
        return "暗号化されたファイルがある"
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "知らない圧縮のファイルがある"
    return "大きすぎるファイルがある" if member.file_size > MEMBER_BYTES_MAX else ""


def _found(archive: zipfile.ZipFile, name: str, seen: set[str]) -> dict[str, str]:
    """What the ZIP has under the name, by item."""
    nothing = {"media_type": "", "size_bytes": "", "sha256": ""}
    if name == INDEX or name not in archive.namelist():
        return nothing | {"state": "absent" if name else ""}
    if name in seen:
        return nothing | {"state": "named_twice"}
    seen.add(name)
    content = page_of(archive, name)
    kind = next((known for begin, known in MEDIA_TYPES.items() if content.startswith(begin)), "")
    return {
        "state": "found" if kind else "unknown_kind",
        "media_type": kind,
        "size_bytes": str(len(content)),
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def _refused(name: str, found: str, expected: str) -> DataError:
    return DataError(
        "画像のZIPを受け付けられません",
        file=name,
        found=found,
        expected=expected,
        action="取り込まずに受信箱に残しました。税務署に確認し、正しいファイルに差し替えてください",
    )
