"""How instalments are paid: out of an account (口座振替) when its entry holds on the day on which they are due, else by slip."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from pipelines.ledger.sql_file import rows_of
from pipelines.notices.due import late_due_on

if TYPE_CHECKING:
    from pipelines.ledger import LedgerSession

Row = dict[str, Any]
AccountKey = tuple[int, int]
_DEPOSITS = {"ordinary": "普通", "current": "当座", "tax_reserve": "納税準備", "other": "その他"}


@dataclass(frozen=True)
class Account:
    """An entry of the account system: from when to when, and how the account is named on paper (its number masked)."""

    key: AccountKey
    from_on: date
    to_on: date | None
    text: str

    def holds_on(self, day: date) -> bool:
        """Whether what is due on `day` is debited from it."""
        return self.from_on <= day and (self.to_on is None or day <= self.to_on)


@dataclass(frozen=True)
class Payer:
    """What is known of how a taxpayer pays: the accounts, the last to begin first; by period what was told (None: by slip again)."""

    accounts: tuple[Account, ...] = ()
    told: tuple[tuple[int, AccountKey | None], ...] = ()

    def account_on(self, day: date) -> Account | None:
        """The account from which what is due on `day` is debited."""
        return next((account for account in self.accounts if account.holds_on(day)), None)


@dataclass(frozen=True)
class Ways:
    """The ways of payment that a notice tells: the account of each period that is debited from now on; periods without a slip;
    periods paid by slip again; and what it tells anew."""

    accounts: dict[int, Account]
    debited: frozenset[int]
    again: frozenset[int]
    told: dict[int, Account | None]

    def entries(self, row: Row) -> list[Row]:
        """The rows of told_payment_way, without the release."""
        keys = {period: (account.key if account else (None, None)) for period, account in self.told.items()}
        named = {name: row[name] for name in ("notice_no", "fiscal_year", "taxpayer_no")}
        return [
            named | {"period": period, "account_file_no": key[0], "account_record_no": key[1]}
            for period, key in keys.items()
        ]

    def printed(self) -> list[Row]:
        """`account` and the `periods` that are debited from it, in the order of the first of them."""
        texts = dict.fromkeys(account.text for account in self.accounts.values())
        return [
            {"account": text, "periods": [period for period, account in self.accounts.items() if account.text == text]}
            for text in texts
        ]


def payers(session: "LedgerSession", fiscal_year: int, taxpayer_nos: Iterable[str]) -> dict[str, Payer]:
    """How each of these taxpayers pays, of whom an account is known or was told. The views of `define_told` must be there."""
    numbers = [*taxpayer_nos]
    accounts: dict[str, list[Account]] = {}
    for row in rows_of(session, "notices", "account", taxpayer_nos=numbers):
        text = f"{row['bank_name']}　{row['branch_name']}　{_DEPOSITS[row['deposit_kind']]}　{row['masked_account']}"
        key = (row["file_no"], row["record_no"])
        accounts.setdefault(row["taxpayer_no"], []).append(Account(key, row["from_on"], row["to_on"], text))
    told: dict[str, list[tuple[int, AccountKey | None]]] = {}
    for row in rows_of(session, "notices", "told_way_of", fiscal_year=fiscal_year, taxpayer_nos=numbers):
        known = None if row["account_file_no"] is None else (row["account_file_no"], row["account_record_no"])
        told.setdefault(row["taxpayer_no"], []).append((row["period"], known))
    return {
        number: Payer(tuple(accounts.get(number, ())), tuple(told.get(number, ())))
        for number in accounts.keys() | told.keys()
    }


def ways_of(row: Row, due_on: list[date], notice_on: date, payer: Payer) -> Ways:
    """How the row's instalments are paid. What was due before the notice stays as it was told: by slip, and what is added by one more;
    or out of an account, and what is added out of the one that holds by then."""
    known = dict(payer.told)
    accounts: dict[int, Account] = {}
    debited, again, told = set(), set(), {}
    amounts = zip(due_on, row["payable_instalments_yen"], row["earlier_payable_yen"], strict=True)
    for period, (day, yen, before_yen) in enumerate(amounts, 1):
        asked_on = late_due_on(day, notice_on, more_yen=yen - before_yen) or day
        slipped = day < notice_on and before_yen > 0 and not known.get(period)
        if slipped or asked_on < notice_on or yen == 0:
            if known.get(period):
                debited.add(period)
            continue
        account = payer.account_on(asked_on)
        if account:
            accounts[period] = account
            debited.add(period)
        elif known.get(period) and day >= notice_on:
            again.add(period)
        if (account.key if account else None) != known.get(period):
            told[period] = account
    return Ways(accounts, frozenset(debited), frozenset(again), told)
