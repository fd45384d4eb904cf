"""A change of the tax after it was told: what fell due stays, the rest is spread anew.

Read: 法20条の9の2③⑤ (a change leaves what it does not change), 17条 and 17条の4③ (several instalments: the last paid is
overpaid first), 319条の2③, 320条, 321条の2①, 321条の4⑤, 321条の6③, 321条の7, 321条の7の7, 321条の7の10; 令48条の9の15, 48条の9の16.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from second_calculator.instalments import split

TEN_DAYS = timedelta(days=10)  # 法319条の2③
PAYMENTS = ((4, 6, 8), (10, 12, 2))  # 仮徴収, 本徴収: months of the payments
Lists = tuple[list[int], list[int]]


@dataclass(frozen=True)
class Told:
    """What was decided before, by way; empty where nothing was. `decided_on` is the day of the change."""

    fiscal_year: int
    decided_on: date | None = None
    due_on: tuple[date, ...] = ()
    bills: tuple[int, ...] = ()
    months_past: int = 0
    months: tuple[int, ...] = ()
    provisional: tuple[int, ...] = ()
    final: tuple[int, ...] = ()
    income_tax_changed: bool = False

    @property
    def bills_past(self) -> int:
        """Bills whose notice can no longer be delivered ten days before their day (法319条の2③)."""
        if self.decided_on is None:
            return 0
        return len([day for day in self.due_on if day - self.decided_on < TEN_DAYS])

    @property
    def year_is_over(self) -> bool:
        """Decided in a later 賦課年度: a fiscal year begins on 1 April (地方自治法208条)."""
        return self.decided_on is not None and self.decided_on >= date(self.fiscal_year + 1, 4, 1)

    def paid(self, months: tuple[int, ...]) -> int:
        """Payments withheld when a pension stops: those to the end of the month (法321条の7の7①)."""
        return 0 if self.decided_on is None else len([m for m in months if self._first(m) <= self.decided_on])

    def fixed(self, months: tuple[int, ...]) -> int:
        """Payments whose amount can change no longer.

        仮徴収 (令48条の9の16⑥): a change to 10 February stops all, to 10 April those from June, to 10 June that of August.
        本徴収 (令48条の9の15①④): all until the payer is told by 31 July; then from December with a change to 10 October, from
        February with one to 10 December.
        """
        if self.decided_on is None:
            return 0
        year = self.fiscal_year
        last_days = {
            **{4: date(year, 2, 10), 6: date(year, 4, 10), 8: date(year, 6, 10)},
            **{10: date(year, 7, 31), 12: date(year, 10, 10), 2: date(year, 12, 10)},
        }
        return len([month for month in months if self.decided_on > last_days[month]])

    def _first(self, month: int) -> date:
        return date(self.fiscal_year + (month < 4), month, 1)


def at_most(parts: list[int], total: int) -> list[int]:
    """The parts as far as the total reaches: what is too much is taken from the last ones (17条の4③)."""
    left, kept = total, []
    for part in parts:
        kept.append(min(part, max(left, 0)))
        left -= part
    return kept


def padded(parts: tuple[int, ...], count: int) -> list[int]:
    """As many parts, with nothing where nothing was told."""
    return ([*parts] + [0] * count)[:count]


def pension_after(told: Told, withheld: bool, tax: int, first: Lists, first_year: bool) -> Lists:
    """仮徴収 and 本徴収 after a change; `first` is what a first decision would say of them, `tax` the pension's whole tax."""
    if not told.provisional and not told.final and not told.fixed(PAYMENTS[1]):
        return first
    provisional, final = padded(told.provisional, 3), padded(told.final, 3)
    if not withheld:  # 321条の7の7: it stops; what was withheld was withheld
        if not told.provisional and not told.final:
            return [], []
        kept = [told.paid(months) for months in PAYMENTS]
        return tuple(one[:n] + [0] * (3 - n) for one, n in zip((provisional, final), kept, strict=True))  # type: ignore[return-value]
    if not told.provisional:
        provisional = first[0]
    elif provisional != first[0]:
        kept_n = told.fixed(PAYMENTS[0])
        provisional = provisional[:kept_n] + [0] * (3 - kept_n)
    left = max(tax - sum(provisional), 0)
    return provisional, _final_after(told, final, min(sum(first[1]), left) if first_year else left, first[1])


def _final_after(told: Told, final: list[int], target: int, first: list[int]) -> list[int]:
    """本徴収 of `target` after a change of what was told (令48条の9の15); an increase after 10 December goes by bill (⑤)."""
    if target == sum(final) and told.final:
        return final
    past = told.fixed(PAYMENTS[1])
    if past == 0:
        return first if target == sum(first) else split(target, 3, 100, 0)
    kept = at_most(final[:past], target)
    return kept if past == 3 else [*kept, *split(target - sum(kept), 3 - past, 100, 0)]


def by_wages_after(told: Told, withheld: bool, law: int, to_collect: int) -> int:
    """What the employer withholds in the year. `law`: the wages' share as at first; `to_collect`: all but the pension's."""
    past = sum(padded(told.months, told.months_past))
    if not withheld:  # 321条の7①: the rest goes by bill
        amount = min(past, to_collect)
    else:  # bills that fell due before the employer took over are no longer the employer's
        billed = sum(told.bills[: told.bills_past])
        bills = max(to_collect - law, min(billed, to_collect - past), 0)
        amount = to_collect - bills
    if told.year_is_over:  # what a later 賦課年度 adds goes by bill at once
        amount = min(amount, sum(told.months))
    return amount


def bills_after(
    told: Told, total: int, first: list[int], unit: int, per_capita: int, *, evenly: bool, count: int
) -> list[int]:
    """The bills after a change to `total`; `first` is what a first decision would say."""
    past = told.bills_past
    if (past == 0 and total == sum(first)) or (total == 0 and not told.bills):
        return at_most(first, total)
    before = padded(told.bills, count)
    more = total - sum(before)
    if told.bills and more == 0:
        return before
    if more > 0 and told.income_tax_changed:  # 321条の2①: each bill's share, those of past ones at once
        return [had + adds for had, adds in zip(before, split(more, count, unit, 0), strict=True)]
    if past == count and more > 0:  # 321条の7①: at once
        return [*before[:-1], before[-1] + more]
    rest = total - sum(before[:past])
    if rest < 0 or past == count or (more < 0 and past > 0 and not evenly):
        # 20条の4の2⑥: what is below the unit is the first bill's, here the first to come
        odd = -more % unit if rest >= 0 and past < count else 0
        if odd and odd <= before[past]:
            before[past] -= odd
        return at_most(before, total)
    return [*before[:past], *split(rest, count - past, unit, per_capita if total <= per_capita else 0)]
