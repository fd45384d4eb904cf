"""The queue: documents that wait for a person's decision."""

from dataclasses import dataclass
from datetime import date

from pipelines.ledger import LedgerSession
from pipelines.ledger.sql_file import sql_text
from pipelines.matching.match import define_views


@dataclass(frozen=True)
class ReviewItem:
    """One document in the queue. `candidates`: 宛名番号 of whom it may be, the likeliest first; `evidence`: for each of them, what
    agrees and what differs. `message` and `evidence` hold no value of a person.
    """

    document_no: int
    reason: str
    message: str
    candidates: list[str]
    evidence: list[str]
    since: date


def waiting(session: LedgerSession) -> list[ReviewItem]:
    """The queue of the pinned fiscal year, by document number; what was forwarded (回送) or closed no longer waits."""
    assert session.pinned is not None, "pin the session first"
    define_views(session)
    rows = session.con.execute(sql_text("matching", "queue"), {"fiscal_year": session.pinned.fiscal_year}).fetchall()
    return [ReviewItem(*row) for row in rows]
