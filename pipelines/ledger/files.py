"""What the ledger's files are called: the version of the key is in the name."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipelines.city import CityHome


def ledger_file(home: "CityHome", key_version: int) -> Path:
    """The ledger file under the given version of its key."""
    return home.ledger / f"ledger.k{key_version}.duckdb"


def snapshot_file(home: "CityHome", key_version: int) -> Path:
    """The readers' copy of the ledger."""
    return home.ledger / f"snapshot.k{key_version}.duckdb"
