"""The operations log: one JSON line for what happened to a file without changing the ledger (the same file again, a file held)."""

import json
from typing import TYPE_CHECKING, Any

from pipelines.exchange import durable
from pipelines.exchange.canonical import canonical_json

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.city import CityHome


def operations_log(home: "CityHome") -> "Path":
    """Where the log lies."""
    return home.root / "operations.jsonl"


def note_operation(home: "CityHome", event: str, **details: str | int) -> None:
    """Append one line. `details` are names, dates, counts and digests; never a person's data."""
    durable.append_line(operations_log(home), canonical_json({"event": event, **details}), point="operations.append")


def operations(home: "CityHome", event: str) -> "list[dict[str, Any]]":
    """The details of every line of this event, oldest first."""
    path = operations_log(home)
    if not path.exists():
        return []
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [line for line in lines if line["event"] == event]
