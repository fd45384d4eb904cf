"""The audit log as it lies on the disk: one JSON line an event, each with the digest of the one before."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

EVENTS = "events.jsonl"
CHECKPOINTS = "checkpoints.jsonl"


@dataclass(frozen=True)
class Event:
    """One event. `digest` covers all the rest, `previous` is the digest of event `no` − 1."""

    no: int
    kind: str
    key: str
    payload: dict[str, Any]
    previous: str
    digest: str

    @classmethod
    def following(cls, no: int, previous: str, *, kind: str, key: str, payload: dict[str, Any]) -> "Event":
        """The event `no` after the one whose digest is `previous`."""
        body = {"no": no, "kind": kind, "key": key, "payload": payload, "previous": previous}
        return cls(no, kind, key, payload, previous, hashlib.sha256(canonical(body)).hexdigest())

    @classmethod
    def from_line(cls, line: bytes) -> "Event":
        """Raises ValueError when the line is not an event (whether its digest fits is `is_intact`)."""
        content = json.loads(line)
        try:
            event = cls(**content)
        except TypeError:
            raise ValueError("not an audit event") from None
        if not isinstance(event.payload, dict):
            raise ValueError("not an audit event")
        return event

    def to_line(self) -> bytes:
        """The line in the log, without its newline."""
        return canonical(self.__dict__)

    def is_intact(self) -> bool:
        """Whether the digest is that of the contents."""
        return self == Event.following(self.no, self.previous, kind=self.kind, key=self.key, payload=self.payload)


def canonical(content: dict[str, Any]) -> bytes:
    """The one way to write `content` as bytes that are digested or signed."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def beginning(city_code: str) -> str:
    """What stands for the digest before the first event; it ties a log to its municipality."""
    return hashlib.sha256(f"juminzei-audit/1 {city_code}".encode()).hexdigest()


def complete_lines(path: Path, offset: int = 0) -> Iterator[bytes]:
    """Lines of `path` from byte `offset`, with their newline; a torn last line is left out."""
    if not path.exists():
        return
    with path.open("rb") as stream:
        stream.seek(offset)
        for line in stream:
            if line.endswith(b"\n"):
                yield line


def event_on_disk(folder: Path, no: int) -> Event | None:
    """Event `no` of the log in `folder`, None when it is not there or not intact."""
    for place, line in enumerate(complete_lines(folder / EVENTS), start=1):
        if place == no:
            try:
                event = Event.from_line(line)
            except ValueError:
                return None
            return event if event.no == no and event.is_intact() else None
    return None
