"""The archive: every received file as it was, sealed with the data key of its fiscal year, and read back."""

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal

from pipelines.errors import DataError, StopForPerson
from pipelines.exchange.inbox import InboxFile

if TYPE_CHECKING:
    from pipelines.city import CityHome
    from pipelines.vault import KeyRing

DIGEST_CHARACTERS = 16


def archive_path(home: "CityHome", file: InboxFile, sha256: str) -> Path:
    """Where a received file is kept; the digest keeps two deliveries of one name apart."""
    name = f"{file.path.name}.{sha256[:DIGEST_CHARACTERS]}.age"
    return home.archive / file.source / file.received_on.isoformat() / name


def archive(home: "CityHome", keyring: "KeyRing", file: InboxFile, sha256: str, fiscal_year: int) -> Path:
    """Seal the file and its note; return the file's place. What is there already is verified, never made again.

    Raises StopForPerson when what was read back is not what was received: the inbox copy then stays.
    """
    if file.note_path.exists():
        note_sha256 = hashlib.sha256(file.note_path.read_bytes()).hexdigest()
        note = InboxFile(file.source, file.received_on, file.note_path)
        _seal(keyring, note.path, archive_path(home, note, note_sha256), note_sha256, fiscal_year)
    target = archive_path(home, file, sha256)
    _seal(keyring, file.path, target, sha256, fiscal_year)
    return target


@dataclass(frozen=True)
class Original:
    """A received file in the archive, to be read as it was; see `exchange.readable`. Nothing of it is written to the disk."""

    file: InboxFile
    sealed: Path
    st_size: int
    keyring: "KeyRing"

    @property
    def name(self) -> str:
        """The name under which it was received."""
        return self.file.path.name

    @property
    def suffix(self) -> str:
        """The name's ending."""
        return self.file.path.suffix

    def open(self, mode: Literal["rb"]) -> BinaryIO:
        """The bytes, decrypted as they are read."""
        from pipelines.vault import stream_sealed

        return stream_sealed(self.sealed, keyring=self.keyring)

    def stat(self) -> "Original":
        """Its size, as that of a file."""
        return self

    @cached_property
    def fiscal_year(self) -> int:
        """The year in whose run it was taken in: its data key has sealed it."""
        from pipelines.vault import sealed_purpose

        return int(sealed_purpose(self.sealed).removeprefix("data-"))


def original(home: "CityHome", keyring: "KeyRing", file: InboxFile, sha256: str, size_bytes: int) -> Original:
    """The archived original of a file that was taken in. Raises DataError when it is not there."""
    sealed = archive_path(home, file, sha256)
    if not sealed.exists():
        raise DataError(
            "保管した原本が見つかりません",
            file=file.path.name,
            expected=f"archive/{file.source}/{file.received_on.isoformat()}/{sealed.name}",
            action="控えから戻してください。取込みの途中で止まったときは、`juminzei run` をもう一度実行してください",
        )
    return Original(file, sealed, size_bytes, keyring)


def _seal(keyring: "KeyRing", source: Path, target: Path, sha256: str, fiscal_year: int) -> None:
    from pipelines.vault import seal_file, sealed_digest

    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        seal_file(source, target, keyring=keyring, purpose=f"data-{fiscal_year}")
    if sealed_digest(target, keyring=keyring) != sha256:
        raise StopForPerson(
            "保管したファイルを読み戻すと、受け取ったものと一致しません",
            file=target.name,
            expected="受付時と同じSHA-256",
            action="受信箱のファイルは残してあります。保管側のファイルを別の場所へ移し、ディスクを点検してから、もう一度実行してください",
        )
