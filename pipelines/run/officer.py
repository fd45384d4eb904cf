"""An officer at the command line: what everything now known makes of a fiscal year, and the officer's signed decision."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from pipelines.city import CityHome
from pipelines.exchange.decisions import DecisionFile, DecisionKind, write_decision
from pipelines.ledger import LedgerSession, open_snapshot
from pipelines.vault import KeyRing


@contextmanager
def everything_known(city: str, fiscal_year: int) -> Iterator[LedgerSession]:
    """The published snapshot, pinned to all that it holds."""
    with open_snapshot(CityHome(city), KeyRing.open()) as session:
        session.pin(fiscal_year, date.max)
        yield session


def place_decision(
    city: str,
    kind: DecisionKind,
    subject: str,
    verdict: str,
    *,
    officer: str,
    reason: str,
    decided_on: date,
    detail: str = "",
) -> Path:
    """Sign the decision and put it into the inbox; its file. Raises ConfigurationError when the officer has no key."""
    decision = DecisionFile(
        kind=kind,
        subject=subject,
        verdict=verdict,
        detail=detail,
        reason=reason,
        officer=officer,
        channel="file",
        decided_on=decided_on,
    )
    return write_decision(CityHome(city), KeyRing.open(), decision)
