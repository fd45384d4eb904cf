"""納付方法の変更のお知らせ: instalments not yet due that are debited from now on, from another account, or paid by slip again."""

from datetime import date
from typing import TYPE_CHECKING, Any

from pipelines.calendar import wareki
from pipelines.ledger.sql_file import rows_of
from pipelines.notices.made_letter import MadeLetter, Recipient
from pipelines.notices.payment_way import ways_of
from pipelines.notices.slip_printing import period_name
from pipelines.notices.slips import slips_of_notice

if TYPE_CHECKING:
    from pipelines.ledger import LedgerSession

Row = dict[str, Any]


def facts(session: "LedgerSession", fiscal_year: int, notice_on: date, due_on: list[date]) -> dict[str, Row]:
    """Whose way of payment may have changed, by taxpayer; nothing more is known of them here."""
    return {row["taxpayer_no"]: {} for row in rows_of(session, "notices", "way_candidate", fiscal_year=fiscal_year)}


def made(recipient: Recipient, notice_on: date) -> MadeLetter | None:
    """The letter; None when every instalment is paid as was told."""
    row = recipient.face
    ways = ways_of(row, recipient.due_on, notice_on, recipient.payer)
    if not ways.told:
        return None
    issue = slips_of_notice(
        row,
        recipient.due_on,
        notice_on,
        recipient.slips,
        whole_year=False,
        debited=ways.debited,
        again=ways.again,
    )
    instalments: list[list[object]] = [
        [
            period_name(period),
            wareki(recipient.due_on[period - 1]),
            row["payable_instalments_yen"][period - 1],
            f"口座振替　{account.text}" if account else "納付書（同封）",
        ]
        for period, account in ways.told.items()
    ]
    amount_yen = sum(row["payable_instalments_yen"][period - 1] for period in ways.told)
    return MadeLetter(row, recipient.payer, issue, ways, amount_yen, {"instalments": instalments})
