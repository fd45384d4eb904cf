"""The inbox: `inbox/<source>/<YYYY-MM-DD received>/<file>`, delivery notes beside the files, and fingerprints.

A delivery note (送付書) is our interim sidecar `<file>.note.yaml` with `sender`, `batch`, `records` and `paid_yen`.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipelines.errors import DataError
from pipelines.exchange import durable
from pipelines.yaml_file import load_yaml

if TYPE_CHECKING:
    from pipelines.city import CityHome

NOTE_SUFFIX = ".note.yaml"
NOTE_BYTES_MAX = 65_536
UNKNOWN_SENDER = "-"


class DeliveryNote(BaseModel):
    """送付書: who sends which batch, how many records, and the sum of 支払金額 in yen."""

    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True)
    sender: str = Field(min_length=1)
    batch: str = Field(min_length=1)
    records: int = Field(ge=0, strict=True)
    paid_yen: int | None = Field(default=None, ge=0, strict=True)


@dataclass(frozen=True)
class InboxFile:
    """A file as it lies in the inbox, nothing of it read yet."""

    source: str
    received_on: date
    path: Path

    @property
    def note_path(self) -> Path:
        """Where its delivery note lies, if there is one."""
        return self.path.with_name(self.path.name + NOTE_SUFFIX)


@dataclass(frozen=True)
class Fingerprint:
    """What makes a delivery the same delivery; kept in the ledger for good.

    Without a delivery note the sender is "-" and the batch `<received_on>/<file name>`; `declared` is then False.
    """

    source: str
    sender: str
    batch: str
    declared: bool
    sha256: str
    size_bytes: int


def list_inbox(home: "CityHome", as_of: date, sources: Iterable[str]) -> tuple[list[InboxFile], list[DataError]]:
    """The files received up to `as_of`, in the order (day, source, name), and what lies there wrongly."""
    files: list[InboxFile] = []
    problems: list[DataError] = []
    for source in sorted(sources):
        for day in sorted((home.inbox / source).glob("[!.]*")):
            try:
                received_on = _received_on(day)
            except DataError as error:
                problems.append(error)
                continue
            if received_on <= as_of:
                files += [InboxFile(source, received_on, path) for path in sorted(day.glob("[!.]*"))]
    deliveries = [file for file in files if not file.path.name.endswith(NOTE_SUFFIX)]
    return sorted(deliveries, key=lambda file: (file.received_on, file.source, file.path.name)), problems


def inbox_file(home: "CityHome", path: Path) -> InboxFile:
    """The inbox file at `path`. Raises DataError when it is not at `<inbox>/<source>/<day>/<file>`."""
    day = path.parent
    if day.parent.parent != home.inbox:
        raise _misplaced(path.name, "受信箱の <資料の種類>/<受付日> の外にあるファイル")
    return InboxFile(day.parent.name, _received_on(day), path)


def _received_on(day: Path) -> date:
    try:
        if day.is_dir() and not day.is_symlink():
            return date.fromisoformat(day.name)
    except ValueError:
        pass
    raise _misplaced(f"{day.parent.name}/{day.name}", "受付日（YYYY-MM-DD）の名前のフォルダではない")


def _misplaced(name: str, found: str) -> DataError:
    return DataError(
        "受信箱の置き場所が正しくありません",
        file=name,
        found=found,
        expected="inbox/<資料の種類>/<YYYY-MM-DD>/<ファイル>",
        action="受付日のフォルダの中に置き直してください",
    )


def read_note(file: InboxFile) -> DeliveryNote | None:
    """The delivery note of `file`, None when there is none. Raises DataError when it cannot be read."""
    path = file.note_path
    if not path.exists():
        return None
    try:
        if path.stat().st_size > NOTE_BYTES_MAX:
            raise ValueError("too large")
        return DeliveryNote.model_validate(load_yaml(path))
    except (OSError, ValueError, yaml.YAMLError, ValidationError) as error:
        raise DataError(
            "送付書が読めません",
            file=path.name,
            expected="sender・batch・records・paid_yen だけを持つYAML",
            action="送付書を直すか、提出者に確認してください。本体のファイルは受信箱に残っています",
        ) from error


def fingerprint(file: InboxFile, note: DeliveryNote | None) -> Fingerprint:
    """Read the file once for its digest. Raises DataError for anything but a regular, non-empty file."""
    path = file.path
    if path.is_symlink() or not path.is_file():
        raise DataError(
            "ファイルではないものが受信箱にあります",
            file=path.name,
            found="リンク" if path.is_symlink() else "フォルダ" if path.is_dir() else "特殊なファイル",
            expected="1つのデータファイル",
            action="中のファイルを受付日のフォルダの直下に置き直してください",
        )
    size_bytes = path.stat().st_size
    if size_bytes == 0:
        raise DataError(
            "空のファイルです",
            file=path.name,
            found="0バイト",
            expected="1件以上のレコード",
            action="送信の失敗と思われます。提出者に再送を依頼し、このファイルを受信箱から除いてください",
        )
    with path.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    if note:
        return Fingerprint(file.source, note.sender, note.batch, True, sha256, size_bytes)
    batch = f"{file.received_on.isoformat()}/{path.name}"
    return Fingerprint(file.source, UNKNOWN_SENDER, batch, False, sha256, size_bytes)


def remove_from_inbox(file: InboxFile) -> None:
    """Remove the file, then its note; the day's folder stays."""
    durable.remove(file.path, point="inbox.remove")
    if file.note_path.exists():
        durable.remove(file.note_path, point="inbox.note.remove")


def orphan_notes(home: "CityHome", as_of: date, sources: Iterable[str]) -> list[InboxFile]:
    """Notes whose file is not there: each as the InboxFile that it speaks of."""
    found: list[InboxFile] = []
    for source in sorted(sources):
        for note in sorted((home.inbox / source).glob(f"[0-9]*/[!.]*{NOTE_SUFFIX}")):
            path = note.with_name(note.name.removesuffix(NOTE_SUFFIX))
            if note.parent.name <= as_of.isoformat() and not path.exists():
                found.append(InboxFile(source, date.fromisoformat(note.parent.name), path))
    return found
