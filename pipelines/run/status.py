"""The state of a city's ledger: its last commits, from the run register; and the statutory dates that were missed."""

from typing import Any

from pipelines.city import CityHome
from pipelines.exchange.operations_log import operations
from pipelines.ledger import open_snapshot
from pipelines.run.rows import rows
from pipelines.run.statutory import MISSED
from pipelines.vault import KeyRing

COMMITS_SHOWN = 20


def status(city: str) -> list[dict[str, Any]]:
    """The newest commits first, with stage, origin, rows and milliseconds."""
    with open_snapshot(CityHome(city), KeyRing.open()) as session:
        return rows(session, "status")[:COMMITS_SHOWN]


def missed_dates(city: str) -> list[dict[str, Any]]:
    """Every statutory date that a run missed, oldest first, with what had left and what waited then."""
    return [
        {
            "期限": line["due_on"],
            "法定の事務": line["title"],
            "実行": line["dag_run_id"],
            "発送済み": line.get("left_count", "—"),
            "未発送": line.get("waiting_count", "—"),
        }
        for line in operations(CityHome(city), MISSED)
    ]
