"""A person's incomes: each kind, the three totals, and what is left of every base after losses carried forward."""

from dataclasses import dataclass

from second_calculator.employment_income import (
    employment_income,
    income_adjustment_deduction,
    wages_and_pension_deduction,
)
from second_calculator.income_given import LAND, LAND_LONG, LAND_SHORT, IncomeGiven
from second_calculator.offsets import (
    CapitalGain,
    capital_gain,
    gross_income,
    land_after_losses,
    listed_after_losses,
    occasional_income,
    set_off,
    take,
    usable_real_estate,
)
from second_calculator.pension_income import pension_income

LAND_BASES = tuple(f"land_{kind}" for kind in LAND)
SEPARATE_BASES = (*LAND_BASES, "general_shares", "listed_shares", "listed_dividend", "futures")
# 法314条の2⑪ with 附則33条の2, 34条 …; among the separate bases the law is silent (README)
BASES = ("income", *SEPARATE_BASES, "forestry", "retirement")
RESIDENCE_LOSS_INCOME_MAX = 30_000_000  # 附則4条, 4条の2


@dataclass(frozen=True)
class Incomes:
    """Every income in yen; `bases` hold what deductions are taken from, before land's special deductions."""

    employment: int
    adjustment: int
    public_pension: int
    business: int
    farming: int
    real_estate: int
    dividend: int
    dividend_by_kind: dict[str, int]
    miscellaneous: int
    occasional: int
    short_capital_gain: int
    long_capital_gain: int
    forestry: int
    retirement: int
    total: int
    bases: dict[str, int]
    other_than_work: int

    @property
    def gross(self) -> int:
        """総所得金額."""
        return self.bases["income"]

    @property
    def gross_etc(self) -> int:
        """総所得金額等: all bases after losses carried, land before its special deductions (附則34条⑥五)."""
        return sum(self.bases.values())


def _wages(given: IncomeGiven, fiscal_year: int) -> tuple[int, int]:
    """給与収入 and 給与所得; where only the income is given, 所得税法28条③五 is turned round."""
    if given.wages.net_yen is None:
        return given.wages.paid_yen, employment_income(given.wages.paid_yen, fiscal_year - 1)
    net = given.wages.net_yen
    return (net + 1_950_000 if net > 6_550_000 else 0), net


def _dividends(given: IncomeGiven) -> tuple[int, dict[str, int]]:
    """配当所得 (所得税法24条②) and its part of each kind; interest above one kind's dividends lowers the others."""
    by_kind = {"ordinary": 0, "investment_trust": 0, "foreign_currency": 0, "none": 0}
    for dividend in given.dividends:
        by_kind[dividend.kind] += dividend.net_yen
    shortage = sum(max(-amount, 0) for amount in by_kind.values())
    by_kind = {kind: max(amount, 0) for kind, amount in by_kind.items()}
    take(by_kind, ("none", "foreign_currency", "investment_trust", "ordinary"), shortage)
    return sum(by_kind.values()), by_kind


def _carry(given: IncomeGiven, bases: dict[str, int], total: int) -> None:
    """Losses carried forward, in the order 純損失, 居住用, 株式, 先物, 雑損失 (令48条の3; 措置法通達41の5-1の2)."""
    take(bases, ("income", "forestry", "retirement"), given.of("loss_carried_forward"))
    if total <= RESIDENCE_LOSS_INCOME_MAX:
        land = tuple(f"land_{kind}" for kind in LAND_LONG + LAND_SHORT)
        take(bases, (*land, "income", "forestry", "retirement"), given.carried.get("residence", 0))
    take(bases, ("listed_shares", "listed_dividend"), given.carried.get("listed_shares", 0))
    take(bases, ("futures",), given.carried.get("futures", 0))
    take(bases, BASES, given.carried.get("casualty", 0))


def _with_pension(given: IncomeGiven, pension: int, entitled: bool, fiscal_year: int) -> Incomes:
    paid, employment = _wages(given, fiscal_year)
    adjustment = income_adjustment_deduction(paid, entitled) + wages_and_pension_deduction(employment, pension)
    real_estate = usable_real_estate(given.of("real_estate"), given.of("real_estate_land_interest"))
    dividend, by_kind = _dividends(given)
    other_miscellaneous = given.of("miscellaneous_business") + given.of("miscellaneous")
    miscellaneous = max(pension + other_miscellaneous, 0)
    business, farming = given.of("business"), given.of("farming")
    ordinary = employment - adjustment + business + farming + real_estate + dividend + miscellaneous
    gains: CapitalGain = capital_gain(given.capital_short, given.capital_long)
    occasional = occasional_income(given.occasional_revenue, given.occasional_expense)
    retirement = given.of("retirement_income")
    left = set_off(ordinary, gains, occasional, given.of("forestry"), retirement)
    listed, listed_dividend = listed_after_losses(given.listed_shares, given.listed_dividend)
    land = land_after_losses(given.land)
    bases = {
        "income": gross_income(left),
        **{f"land_{kind}": land[kind] for kind in LAND},
        "general_shares": given.general_shares,
        "listed_shares": listed,
        "listed_dividend": listed_dividend,
        "futures": max(given.of("futures"), 0),
        "forestry": left["forestry"],
        "retirement": left["retirement"],
    }
    total = sum(bases.values())
    # A loss of the own business is a loss from own work (所得税法2条①三十二).
    work = max(employment - adjustment + business + farming + max(other_miscellaneous, 0) + retirement, 0)
    _carry(given, bases, total)
    return Incomes(
        employment=employment,
        adjustment=adjustment,
        public_pension=pension,
        business=business,
        farming=farming,
        real_estate=real_estate,
        dividend=dividend,
        dividend_by_kind=by_kind,
        miscellaneous=miscellaneous,
        occasional=occasional,
        short_capital_gain=left["short"],
        long_capital_gain=left["long"],
        forestry=given.of("forestry"),
        retirement=retirement,
        total=total,
        bases=bases,
        other_than_work=total - work,
    )


def work_out_incomes(given: IncomeGiven, *, aged_65: bool, entitled: bool, fiscal_year: int) -> Incomes:
    """All incomes of a person; `entitled` is the right to 所得金額調整控除①.

    The pension deduction looks at the other 合計所得金額 as if no pension had been paid (所得税法35条④, 令48条の5の2).
    """
    if given.pension.net_yen is not None:
        pension = given.pension.net_yen
    else:
        other = _with_pension(given, 0, entitled, fiscal_year).total
        pension = pension_income(given.pension.paid_yen, aged_65, other)
    return _with_pension(given, pension, entitled, fiscal_year)


def relative_total_income(given: IncomeGiven, *, aged_65: bool, entitled: bool, fiscal_year: int) -> int:
    """合計所得金額 of a spouse or another relative."""
    return work_out_incomes(given, aged_65=aged_65, entitled=entitled, fiscal_year=fiscal_year).total
