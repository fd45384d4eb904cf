"""The state of a city's ledger: its last commits, from the run register."""

from typing import Any

from pipelines.city import CityHome
from pipelines.ledger import open_snapshot
from pipelines.run.rows import rows
from pipelines.vault import KeyRing

COMMITS_SHOWN = 20


def status(city: str) -> list[dict[str, Any]]:
    """The newest commits first, with stage, origin, rows and milliseconds."""
    with open_snapshot(CityHome(city), KeyRing.open()) as session:
        return rows(session, "status")[:COMMITS_SHOWN]
