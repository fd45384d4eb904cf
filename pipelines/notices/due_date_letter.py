"""納期限変更告知書: the tax notice was served too late for these instalments (返戻の後の送達, 公示送達, 地方税法20条の2・319条の2③), so they get a new due date."""

from datetime import date
from typing import TYPE_CHECKING, Any

from pipelines.calendar import wareki
from pipelines.ledger.sql_file import rows_of
from pipelines.notices.due import DAYS_BEFORE_DUE, earliest_due_on
from pipelines.notices.made_letter import MadeLetter, Recipient
from pipelines.notices.payment_way import Account, Ways
from pipelines.notices.slip_printing import period_name
from pipelines.notices.slips import slips_of_new_dates

if TYPE_CHECKING:
    from pipelines.ledger import LedgerSession

Row = dict[str, Any]


def facts(session: "LedgerSession", fiscal_year: int, notice_on: date, due_on: list[date]) -> dict[str, Row]:
    """The late instalments of each taxpayer, rows as in sql/notices/late_service.sql."""
    found: dict[str, Row] = {}
    for row in rows_of(
        session, "notices", "late_service", fiscal_year=fiscal_year, due_on=due_on, days_before_due=DAYS_BEFORE_DUE
    ):
        found.setdefault(row["taxpayer_no"], {"late": []})["late"].append(row)
    return found


def made(recipient: Recipient, notice_on: date) -> MadeLetter:
    """The letter: the same new due date for all that is late, the first that leaves the time that the law wants."""
    row, late = recipient.face, recipient.fact["late"]
    new_on = earliest_due_on(notice_on)
    account, known = recipient.payer.account_on(new_on), dict(recipient.payer.told)
    periods = [each["period"] for each in late]
    told = {period: account for period in periods if (account.key if account else None) != known.get(period)}
    return MadeLetter(
        row,
        recipient.payer,
        slips_of_new_dates(row, {} if account else dict.fromkeys(periods, new_on), late, recipient.slips),
        _ways(account, periods, told),
        sum(each["asked_yen"] for each in late),
        {"instalments": [_instalment(each, new_on) for each in late]},
        [_entry(row, each, new_on) for each in late],
    )


def _ways(account: Account | None, periods: list[int], told: dict[int, Account | None]) -> Ways:
    accounts = dict.fromkeys(periods, account) if account else {}
    return Ways({period: each for period, each in accounts.items() if each}, frozenset(accounts), frozenset(), told)


def _instalment(late: Row, new_on: date) -> list[object]:
    served = wareki(late["served_on"]) if late["served_on"] else "―"
    return [
        period_name(late["period"]),
        late["asked_yen"],
        wareki(late["earlier_due_on"]),
        wareki(new_on),
        late["late_notice_no"],
        f"{served}（公示送達）" if late["published"] else served,
    ]


def _entry(row: Row, late: Row, new_on: date) -> Row:
    named = {name: row[name] for name in ("notice_no", "fiscal_year", "taxpayer_no", "ward_code")}
    return named | {
        "period": late["period"],
        "late_notice_no": late["late_notice_no"],
        "earlier_due_on": late["earlier_due_on"].isoformat(),
        "due_on": new_on.isoformat(),
    }
