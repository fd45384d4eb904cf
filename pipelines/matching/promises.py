"""What matching promises, as checked queries."""

from typing import NamedTuple

from pipelines.ledger import Invariant, LedgerSession
from pipelines.ledger.last_run import as_left_by
from pipelines.ledger.sql_file import figures_of, keep_rows
from pipelines.matching.match import STAGE, STEPS_OF_YEAR, define_views


class Promise(NamedTuple):
    """An SQL file that yields figures, what it promises, and which figures must be zero."""

    file: str
    name: str
    zero: tuple[str, ...]


PROMISES = (
    Promise(
        "invariant_place", "課税資料は、名寄せ済み・確認待ち・回送・終了のちょうど一つにある", ("nowhere", "twice")
    ),
    Promise(
        "invariant_register", "名寄せ先は、賦課期日現在の住民（住登外の課税対象者を含む）にいる", ("unregistered",)
    ),
    Promise("invariant_decision", "職員の決定のとおりに名寄せされている", ("not_followed",)),
    Promise(
        "invariant_relative",
        "見つかった配偶者・扶養親族は、賦課期日現在の住民登録にいて、申告者本人でない",
        ("unregistered", "themselves"),
    ),
)


def check(session: LedgerSession) -> list[Invariant]:
    """Check the promises for the pinned fiscal year, as the last matching left it.

    Documents and decisions that came later have not been matched yet, and break nothing. Figures are numbers of documents
    (or decisions).
    """
    assert session.pinned is not None, "pin the session first"
    with as_left_by(session, STAGE):
        define_views(session)
        for name in STEPS_OF_YEAR:
            keep_rows(session, STAGE, name, fiscal_year=session.pinned.fiscal_year)
        return [_check(session, promise) for promise in PROMISES]


def _check(session: LedgerSession, promise: Promise) -> Invariant:
    figures = figures_of(session, STAGE, promise.file)
    return Invariant(promise.name, all(figures[name] == 0 for name in promise.zero), figures)
