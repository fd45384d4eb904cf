"""Looking at the ledger as a stage left it: what came after its last run is not yet its business."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipelines.ledger.session import LedgerSession


@contextmanager
def as_left_by(session: "LedgerSession", stage: str) -> Iterator[None]:
    """Inside, the session is pinned to the last run of `stage` that wrote something, with what it wrote.

    Of the fiscal year and up to the commit that the session has pinned, which it sees again afterwards. A stage that never
    wrote anything left an empty ledger: nothing is visible then.
    """
    pinned = session.pinned
    if pinned is None:
        raise ValueError("pin the session first")
    row = session.con.execute(
        "SELECT as_of, commit_no FROM ledger.run WHERE stage = ? AND fiscal_year = ? AND commit_no <= ? "
        "ORDER BY commit_no DESC LIMIT 1",
        [stage, pinned.fiscal_year, pinned.commit_no_max],
    ).fetchone()
    as_of, commit_no = row or (date.min, 0)
    session.pin(pinned.fiscal_year, as_of, commit_no)
    try:
        yield
    finally:
        session.pin(pinned.fiscal_year, pinned.as_of, pinned.commit_no_max)
