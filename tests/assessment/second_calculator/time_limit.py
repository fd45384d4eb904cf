"""How long a tax may still be decided or changed: 法17条の5③④⑦, 17条の6①一・三・③, 附則7条の2③⑥; counted by 民法140条・143条 (法20条の5①)."""

from calendar import monthrange
from datetime import date, timedelta
from typing import Any

from second_calculator.late_charge import COMMON_KEYS
from second_calculator.reading import choice, day, known_keys, truth

ONE_DAY = timedelta(days=1)
DAYS = ("ruling_on", "void_on", "income_tax_on")
KEYS = ("statutory_due_on", "effect", "one_stop", "fraud", "decided_on", *DAYS)


def last_day(event_on: date, months: int) -> date:
    """The last day of so many months counted from the day after: the day before the corresponding one, or the month's last."""
    start = event_on + ONE_DAY
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    days = monthrange(year, month + 1)[1]
    return date(year, month + 1, days) if start.day > days else date(year, month + 1, start.day) - ONE_DAY


def time_limit(case: dict[str, Any]) -> dict[str, Any]:
    """A case of `kind: time_limit`: the last day, by which article, and whether `decided_on` is not after it."""
    given = known_keys(case, (*COMMON_KEYS, *KEYS), "case")
    due_on, decided_on = (
        day(given.get("statutory_due_on"), "statutory_due_on"),
        day(given.get("decided_on"), "decided_on"),
    )
    lowers = choice(given.get("effect"), ("increase", "decrease"), "effect") == "decrease"
    ruling_on, void_on, income_tax_on = (None if given.get(n) is None else day(given[n], n) for n in DAYS)
    limits = [(last_day(due_on, 36), "地方税法17条の5③")]
    if lowers:
        limits.append((last_day(due_on, 60), "地方税法17条の5④"))
    if truth(given.get("one_stop", False), "one_stop"):
        limits.append((last_day(due_on, 60), "地方税法附則7条の2③⑥"))
    if truth(given.get("fraud", False), "fraud"):
        limits.append((last_day(due_on, 84), "地方税法17条の5⑦"))
    if ruling_on:
        limits.append((last_day(ruling_on, 6), "地方税法17条の6①一"))
    if void_on and lowers:
        limits.append((last_day(void_on, 36), "地方税法17条の6①三"))
    if income_tax_on:
        limits.append((last_day(income_tax_on, 24), "地方税法17条の6③"))
    last_on = max(limit for limit, _ in limits)
    article = next(article for limit, article in limits if limit == last_on)
    return {"limit_last_on": last_on, "limit_article": article, "within_limit": decided_on <= last_on}
