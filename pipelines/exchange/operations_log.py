"""The operations log: one JSON line for what happened to a file without changing the ledger (the same file again)."""

from typing import TYPE_CHECKING

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
