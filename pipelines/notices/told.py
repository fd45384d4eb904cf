"""What taxpayers have been told so far of a year's levy: which version, how much by instalment, which slips, which due dates."""

from datetime import date
from typing import TYPE_CHECKING

from pipelines.ledger.sql_file import define, rows_of
from pipelines.notices.slips import Slip, SlipState

if TYPE_CHECKING:
    from pipelines.city import City
    from pipelines.ledger import LedgerSession

# Each reads the pinned views and the ones before.
_VIEWS = ("told_levy", "told_reduction_version", "payable_levy", "told_way")


def define_told(session: "LedgerSession", city: "City") -> None:
    """Make the TEMP views told_levy, told_reduction_version, payable_levy and told_way over the pin, and notice_addressee."""
    session.con.execute("SET VARIABLE instalment_count = ?", [len(city.due_months.ordinary)])
    define(session, "notices", *_VIEWS)
    session.define_leaving("notice_addressee")


def earlier_slips(
    session: "LedgerSession", fiscal_year: int, taxpayer_nos: list[str]
) -> dict[str, list[tuple[Slip, SlipState]]]:
    """Every slip issued so far to these taxpayers, and whether it still holds; by taxpayer."""
    found: dict[str, list[tuple[Slip, SlipState]]] = {}
    for row in rows_of(session, "notices", "issued_slip", fiscal_year=fiscal_year, taxpayer_nos=taxpayer_nos):
        slip = Slip(row["slip_no"], row["period"], row["slip_yen"], row["due_on"])
        found.setdefault(row["taxpayer_no"], []).append((slip, row["slip_state"]))
    return found


def moved_due_dates(
    session: "LedgerSession", fiscal_year: int, taxpayer_nos: list[str], due_on: list[date]
) -> dict[str, list[date]]:
    """The due dates of each of these taxpayers to whom a notice of changed due dates went; by taxpayer."""
    found: dict[str, list[date]] = {}
    for row in rows_of(session, "notices", "moved_due_date", fiscal_year=fiscal_year, taxpayer_nos=taxpayer_nos):
        found.setdefault(row["taxpayer_no"], [*due_on])[row["period"] - 1] = row["due_on"]
    return found


def told_reductions(session: "LedgerSession", fiscal_year: int, taxpayer_nos: list[str]) -> list[dict[str, object]]:
    """The decisions of 減免 on these taxpayers with what they take off now; columns as in sql/notices/told_decision.sql."""
    return rows_of(session, "notices", "told_decision", fiscal_year=fiscal_year, taxpayer_nos=taxpayer_nos)
