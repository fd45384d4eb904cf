"""The archive: every received file as it was, sealed with the data key of its fiscal year, and read back."""

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.errors import StopForPerson
from pipelines.exchange import durable
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


def _seal(keyring: "KeyRing", source: Path, target: Path, sha256: str, fiscal_year: int) -> None:
    from pipelines.vault import seal_file

    if target.exists():
        _verify(keyring, target, sha256)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    part = durable.temporary(target)
    seal_file(source, part, keyring=keyring, purpose=f"data-{fiscal_year}")
    durable.fsync_file(part, point="archive.fsync")
    _verify(keyring, part, sha256)
    durable.replace(part, target, point="archive.replace")


def _verify(keyring: "KeyRing", sealed: Path, sha256: str) -> None:
    from pipelines.vault import open_sealed

    if hashlib.sha256(open_sealed(sealed, keyring=keyring)).hexdigest() != sha256:
        raise StopForPerson(
            "保管したファイルを読み戻すと、受け取ったものと一致しません",
            file=sealed.name,
            expected="受付時と同じSHA-256",
            action="受信箱のファイルは残してあります。ディスクを点検し、保管側のファイルを別の場所へ移してから、もう一度実行してください",
        )
