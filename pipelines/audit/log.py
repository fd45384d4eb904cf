"""Writing the audit log: append once by key, flush, and sign checkpoints."""

import base64
import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.audit.journal import CHECKPOINTS, EVENTS, Event, beginning, canonical, complete_lines
from pipelines.errors import DataError
from pipelines.exchange import durable

if TYPE_CHECKING:
    from pipelines.city import CityHome
    from pipelines.vault import KeyRing

# A run of exactly twelve digits in a text may be a 個人番号. (宛名番号 have fifteen; digests are not all digits.)
_NUMBER = re.compile(r"(?<![0-9A-Za-z])\d{12}(?![0-9A-Za-z])")


@dataclass
class _Head:
    """Where the log ends, as far as this process has read it."""

    no: int
    digest: str
    offset: int
    by_key: dict[str, tuple[int, str, dict[str, Any]]]


class AuditLog:
    """The municipality's audit log. Several processes may append; each takes a file lock while it does."""

    def __init__(self, home: "CityHome", keyring: "KeyRing") -> None:
        self._folder: Path = home.audit
        self._city_code = home.city_code
        self._keyring = keyring
        self._head = _Head(0, beginning(home.city_code), 0, {})

    def append(self, kind: str, payload: dict[str, Any], *, key: str) -> int:
        """Append an event and return its number once it is on the disk.

        The same `key` with the same contents again returns the first number and writes nothing; with other contents it
        raises DataError. `payload` holds counts, digests and whose run it was (`known_on`), never numbers or names.
        """
        _refuse_personal([kind, key, payload])
        with self._locked():
            self._read_on()
            if key in self._head.by_key:
                return self._same(kind, payload, key)
            event = Event.following(self._head.no + 1, self._head.digest, kind=kind, key=key, payload=payload)
            durable.append_line(self._folder / EVENTS, event.to_line(), point="audit.append")
            self._read_on()
            return event.no

    def checkpoint(self) -> int:
        """Sign the log as it stands (once for each length) and return the number of events it covers."""
        with self._locked():
            self._read_on()
            signed = [*complete_lines(self._folder / CHECKPOINTS)]
            _cut_torn_line(self._folder / CHECKPOINTS, sum(map(len, signed)))
            body = {"city": self._city_code, "no": self._head.no, "digest": self._head.digest}
            signature = base64.b64encode(self._keyring.signer("audit").sign(canonical(body))).decode()
            line = canonical(body | {"signature": signature})
            if self._head.no and line + b"\n" not in signed[-1:]:
                durable.append_line(self._folder / CHECKPOINTS, line, point="audit.checkpoint")
            return self._head.no

    def _same(self, kind: str, payload: dict[str, Any], key: str) -> int:
        no, known_kind, known_payload = self._head.by_key[key]
        if (known_kind, canonical(known_payload)) != (kind, canonical(payload)):
            raise DataError(
                "同じ出来事が、別の内容ですでに監査記録にあります",
                item=key,
                expected=f"監査記録 {no} 番と同じ内容",
                action="同じ処理を別の条件でやり直していないか確認してください",
            )
        return no

    def _read_on(self) -> None:
        """Read what was appended since."""
        path = self._folder / EVENTS
        head = self._head
        for line in complete_lines(path, head.offset):
            event = Event.from_line(line)
            if event.no != head.no + 1 or event.previous != head.digest or not event.is_intact():
                raise DataError(
                    "監査記録の連鎖が切れています。改変された恐れがあります",
                    file=EVENTS,
                    record=head.no + 1,
                    action="処理を止め、情報セキュリティ責任者に連絡してください",
                )
            head.no, head.digest = event.no, event.digest
            head.offset += len(line)
            head.by_key[event.key] = (event.no, event.kind, event.payload)
        _cut_torn_line(path, head.offset)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(self._folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)


def _cut_torn_line(path: Path, whole_bytes: int) -> None:
    """Cut what stands after the whole lines: its writer was never told that it is kept."""
    if path.exists() and path.stat().st_size > whole_bytes:
        os.truncate(path, whole_bytes)


def _refuse_personal(value: Any) -> None:
    """Raise ValueError when `value` holds a float, or a text with what may be a 個人番号."""
    if isinstance(value, dict):
        for name, part in value.items():
            _refuse_personal(name)
            _refuse_personal(part)
    elif isinstance(value, list | tuple):
        for part in value:
            _refuse_personal(part)
    elif isinstance(value, str):
        if _NUMBER.search(value):
            raise ValueError("a text in an audit event may hold an individual number")
    elif not (value is None or isinstance(value, int)):
        raise ValueError(f"not for an audit event: {type(value).__name__}")
