"""延滞金 (法326条, 附則3条の2①, 20条の4の2②⑤⑥, 20条の9の4) and 還付加算金 (法17条の4, 附則3条の2④)."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from second_calculator.reading import choice, day, known_keys, yen

COMMON_KEYS = ("case", "kind", "fiscal_year", "municipality", "cites", "expect")
# Tenths of a percent a year (告示): until one month has passed, and after it
LATE_RATES = {
    **{2014: (29, 92), 2015: (28, 91), 2016: (28, 91), 2017: (27, 90)},
    **{2018: (26, 89), 2019: (26, 89), 2020: (26, 89), 2021: (25, 88)},
    **{2022: (24, 87), 2023: (24, 87), 2024: (24, 87), 2025: (24, 87), 2026: (28, 91)},
}
REFUND_RATES = {
    **{2014: 19, 2015: 18, 2016: 18, 2017: 17, 2018: 16, 2019: 16, 2020: 16},
    **{2021: 10, 2022: 9, 2023: 9, 2024: 9, 2025: 9, 2026: 13},
}
ONE_DAY = timedelta(days=1)
Figures = dict[str, Any]


@dataclass(frozen=True)
class Period:
    """Days of one calendar year with one rate and one base, both ends counted."""

    first: date
    last: date
    rate: int
    base: int

    @property
    def yen(self) -> int:
        """Below one yen cut off (附則3条の2⑥); a year has 365 days, leap or not."""
        return self.base * self.rate * ((self.last - self.first).days + 1) // 365_000

    def figures(self) -> Figures:
        """The period as a part of the answer."""
        return {
            "year": self.first.year,
            "rate": f"{self.rate}/1000",
            "days": (self.last - self.first).days + 1,
            "base_yen": self.base,
            "charge_yen": self.yen,
        }


def month_passes_on(start: date) -> date:
    """The day on which one month from `start` (counted in) has passed: the day before the corresponding day (民法143条)."""
    year, month = (start.year + 1, 1) if start.month == 12 else (start.year, start.month + 1)
    days = monthrange(year, month)[1]
    return date(year, month, days) if start.day > days else date(year, month, start.day) - ONE_DAY


def charged_base(tax: int) -> int:
    """法20条の4の2②: below 1,000 yen cut off, nothing below 2,000."""
    return tax // 1000 * 1000 if tax >= 2000 else 0


def fixed_charge(charge: int) -> int:
    """法20条の4の2⑤: below 100 yen cut off, nothing below 1,000."""
    return charge // 100 * 100 if charge >= 1000 else 0


def _runs(first: date, last: date, cuts: list[date]) -> list[tuple[date, date]]:
    """The days from `first` to `last` cut after each 31 December and after each of `cuts`."""
    ends = {date(year, 12, 31) for year in range(first.year, last.year)} | set(cuts)
    runs = []
    for end in sorted({end for end in ends if first <= end < last} | {last}):
        if first <= end:
            runs.append((first, end))
            first = end + ONE_DAY
    return runs


def _rate_of(table: dict[int, Any], year: int, where: str) -> Any:
    if year not in table:
        raise ValueError(f"{where}: no rate is known for {year}")
    return table[year]


def late_charge(case: dict[str, Any]) -> Figures:
    """A case of `kind: late_charge`: the charge on a tax, with part payments on the way if there are any."""
    given = known_keys(case, (*COMMON_KEYS, "tax_yen", "due_on", "paid_on", "part_payments"), "case")
    tax = yen(given.get("tax_yen"), "tax_yen")
    due_on, paid_on = day(given.get("due_on"), "due_on"), day(given.get("paid_on"), "paid_on")
    parts = [known_keys(part, ("paid_on", "paid_yen"), "part_payments") for part in given.get("part_payments") or []]
    payments = sorted((day(part.get("paid_on"), "part_payments.paid_on"), part) for part in parts)
    paid: list[tuple[date, int]] = [
        (when, yen(part.get("paid_yen"), "part_payments.paid_yen")) for when, part in payments
    ]
    if any(when > paid_on for when, _ in paid):
        raise ValueError("part_payments.paid_on: after paid_on")
    if sum(amount for _, amount in paid) > tax:
        raise ValueError("part_payments.paid_yen: more than the tax")
    periods = []
    low_until = month_passes_on(due_on + ONE_DAY)
    for first, last in _runs(due_on + ONE_DAY, paid_on, [low_until, *(when for when, _ in paid)]):
        rates = _rate_of(LATE_RATES, first.year, "due_on")
        base = charged_base(tax - sum(amount for when, amount in paid if when < first))
        periods.append(Period(first, last, rates[first > low_until], base))
    return {
        "late_charge_yen": fixed_charge(sum(period.yen for period in periods)),
        "late_charge_parts": [period.figures() for period in periods],
    }


def refund_interest(case: dict[str, Any]) -> Figures:
    """A case of `kind: refund_interest`.

    `cause`: assessment (①一: from the day after the payment), income_tax (①三: when one month has passed from the day
    after `event_on`, the notice of 更正 or the filing), mistake (①四, 令6条の15: the same from the day after the payment).
    It ends on `decided_on`.
    """
    keys = ("refund_yen", "cause", "paid_on", "event_on", "decided_on")
    given = known_keys(case, (*COMMON_KEYS, *keys), "case")
    refund = yen(given.get("refund_yen"), "refund_yen")
    cause = choice(given.get("cause", "assessment"), ("assessment", "income_tax", "mistake"), "cause")
    origin_key = "event_on" if cause == "income_tax" else "paid_on"
    start = day(given.get(origin_key), origin_key) + ONE_DAY
    if cause != "assessment":
        start = month_passes_on(start) + ONE_DAY
    if cause == "income_tax" and given.get("paid_on") is not None:
        start = max(start, day(given["paid_on"], "paid_on") + ONE_DAY)
    decided_on = day(given.get("decided_on"), "decided_on")
    periods = [
        Period(first, last, _rate_of(REFUND_RATES, first.year, "decided_on"), charged_base(refund))
        for first, last in _runs(start, decided_on, [])
        if first <= last
    ]
    return {
        "refund_interest_yen": fixed_charge(sum(period.yen for period in periods)),
        "refund_interest_parts": [period.figures() for period in periods],
    }
