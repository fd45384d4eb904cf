"""Tax bases made again from what was known then, beside those that the ledger keeps: for `reproduce`."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from pipelines.consolidation import parameters
from pipelines.consolidation.consolidate import keep_bases
from pipelines.ledger.catalogue import catalogue

if TYPE_CHECKING:
    from pipelines.ledger import LedgerSession


def other_bases(
    session: "LedgerSession",
    fiscal_year: int,
    known_on: date,
    commit_no: int,
    document_priority: Sequence[str],
    *,
    only: str | None = None,
) -> list[tuple[str, list[str]]]:
    """The taxpayers whose bases of that commit do not come out again, with the Japanese terms of what differs.

    With `only`, of one taxpayer. Pins the session to what the run of that commit knew.
    """
    session.pin(fiscal_year, known_on, commit_no - 1)
    parameters.install(session, fiscal_year)
    keep_bases(session, fiscal_year, document_priority, only=only)
    names = [name for name, *_ in session.con.execute("DESCRIBE supplemented").fetchall() if name != "taxpayer_no"]
    differing = ", ".join(f"CASE WHEN kept.{name} IS DISTINCT FROM again.{name} THEN '{name}' END" for name in names)
    rows = session.con.execute(
        f"SELECT kept.taxpayer_no, list_filter([{differing}], lambda one: one IS NOT NULL) AS names "
        "FROM ledger.tax_base AS kept LEFT JOIN supplemented AS again USING (taxpayer_no) "
        "WHERE kept.fiscal_year = $fiscal_year AND kept.commit_no = $commit_no AND coalesce($only, kept.taxpayer_no) = kept.taxpayer_no "
        "ORDER BY kept.taxpayer_no",
        {"fiscal_year": fiscal_year, "commit_no": commit_no, "only": only},
    ).fetchall()
    return [(taxpayer_no, [_term(name) for name in found]) for taxpayer_no, found in rows if found]


def _term(column: str) -> str:
    names = catalogue().columns
    return (names.get(f"tax_base.{column}") or names[column])["ja"]
