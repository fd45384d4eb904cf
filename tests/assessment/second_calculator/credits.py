"""Credits (税額控除) but those for donations, each as (city, prefecture) in yen, in the order they are taken."""

from fractions import Fraction

from second_calculator.levies import Pair
from second_calculator.paid import HousingLoan
from second_calculator.rounding import lift

HOUSING_BASIC_ADDITION_FROM = 2026  # 令和8年法律2号附則3条①, 11条①


def at_most(amounts: Pair, levies: Pair) -> Pair:
    """No credit is greater than the levy it is taken from."""
    return min(amounts[0], levies[0]), min(amounts[1], levies[1])


def adjustment_credit(difference: int, taxable: int, total_income: int, designated: bool, levies: Pair) -> Pair:
    """調整控除 (法314条の6, 37条): 3 % and 2 %, in a designated city 4 % and 1 %.

    `taxable` is 合計課税所得金額: 課税総所得 + 課税退職 + 課税山林, without the separate bases.
    """
    if total_income > 25_000_000:
        return 0, 0
    base = min(difference, taxable) if taxable <= 2_000_000 else max(difference - (taxable - 2_000_000), 50_000)
    city, prefecture = (4, 1) if designated else (3, 2)
    # The base is a multiple of 1,000 yen, so a hundredth of it is whole.
    return at_most((base * city // 100, base * prefecture // 100), levies)


# 附則5条①③: rates in hundredths of a percent, (city, prefecture) and those of a designated city; above 1,000万 half
DIVIDEND_RATES = {
    "ordinary": ((160, 120), (224, 56)),
    "investment_trust": ((80, 60), (112, 28)),
    "foreign_currency": ((40, 30), (56, 14)),
}


def dividend_credit(by_kind: dict[str, int], taxable: int, designated: bool, levies: Pair) -> Pair:
    """配当控除 (附則5条①③); `taxable` is 課税総所得金額 with every separate taxable base (附則34条⑥四 and the like).

    For the 1,000万, trusts are left out for the first row and foreign-currency trusts for the second.
    """
    trusts, foreign = by_kind["investment_trust"], by_kind["foreign_currency"]
    compared = {
        "ordinary": taxable - trusts - foreign,
        "investment_trust": taxable - foreign,
        "foreign_currency": taxable,
    }
    credit = [Fraction(0), Fraction(0)]
    for kind, rates in DIVIDEND_RATES.items():
        above = min(max(compared[kind] - 10_000_000, 0), by_kind[kind])
        for side in (0, 1):
            whole_and_half = 2 * (by_kind[kind] - above) + above
            credit[side] += Fraction(whole_and_half * rates[designated][side], 20_000)
    return at_most((lift(credit[0]), lift(credit[1])), levies)


def income_tax_basic_deduction(total_income: int, fiscal_year: int) -> int:
    """所得税の基礎控除 (所得税法86条, 措法41条の16の2): of 2025 for 令和8年度, of 2026 and 2027 for 令和9・10年度."""
    low = (
        ((1_320_000, 950_000), (3_360_000, 880_000), (4_890_000, 680_000), (6_550_000, 630_000), (23_500_000, 580_000))
        if fiscal_year <= 2026
        else ((4_890_000, 1_040_000), (6_550_000, 670_000), (23_500_000, 620_000))
    )
    steps = (*low, (24_000_000, 480_000), (24_500_000, 320_000), (25_000_000, 160_000))
    return next((amount for limit, amount in steps if total_income <= limit), 0)


def basic_deduction_addition(total_income: int, fiscal_year: int) -> int:
    """所得税の基礎控除 above 480,000, from 令和8年度: for the housing cap and for the donation's ratio."""
    if fiscal_year < HOUSING_BASIC_ADDITION_FROM:
        return 0
    return max(income_tax_basic_deduction(total_income, fiscal_year) - 480_000, 0)


def housing_loan_credit(loan: HousingLoan | None, added: int, designated: bool, levies: Pair) -> Pair:
    """附則5条の4 (until 令和8年3月31日 5条の4の2).

    `added`: 所得税の基礎控除 above 480,000, for homes moved into from 2016 to 2025 (①⑤).
    City and prefecture are worked out apart and below one yen is lifted (practice; no provision).
    """
    if loan is None or not 2009 <= loan.moved_in_on.year <= 2030:
        return 0, 0
    base = loan.income_tax_taxable + (added if 2016 <= loan.moved_in_on.year <= 2025 else 0)
    city_share = Fraction(4, 5) if designated else Fraction(3, 5)
    most = 97_500 if loan.rate_percent == 5 else 136_500

    def side(share: Fraction) -> int:
        cap = min(base * Fraction(loan.rate_percent, 100) * share, most * share)
        return lift(min(loan.unused * share, cap))

    return at_most((side(city_share), side(1 - city_share)), levies)


def foreign_tax_credit(left: int, national_limit: int, designated: bool, levies: Pair) -> Pair:
    """外国税額控除 (法37条の3, 314条の8; 令7条の19③, 48条の9の2④): the prefecture first, then the city.

    `left` is the foreign tax after the credit of income tax. What the prefecture's limit covers is not the city's, even
    if the prefecture's levy is too small for it.
    """
    city_percent, prefecture_percent = (24, 6) if designated else (18, 12)
    prefecture = lift(min(Fraction(left), Fraction(national_limit * prefecture_percent, 100)))
    city = lift(min(Fraction(left - prefecture), Fraction(national_limit * city_percent, 100)))
    return at_most((city, prefecture), levies)


def exemption_adjustment(gross_income_etc: int, limit: int, levies: Pair) -> Pair:
    """調整措置 (附則3条の3②⑤): the tax must not push the rest of the income below the exemption figure.

    Split by the two levies; the prefecture's part is lifted and the city takes the rest, as the only
    provision on such a split does (附則5条の8②).
    """
    both = sum(levies)
    short = limit - (gross_income_etc - both)
    if short <= 0 or both == 0:
        return 0, 0
    prefecture = lift(Fraction(short * levies[1], both))
    return at_most((short - prefecture, prefecture), levies)


def withheld_levy_credit(withheld: int) -> Pair:
    """配当割額・株式等譲渡所得割額 (法314条の9①, 37条の4): 3/5 and 2/5, in designated cities too; below 1 yen lifted."""
    return lift(Fraction(withheld * 3, 5)), lift(Fraction(withheld * 2, 5))


def fixed_reduction(entitled: int, levies: Pair) -> Pair:
    """定額減税 (附則5条の8②⑤, 5条の12②④): the prefecture's part by the levies, lifted; the city the rest."""
    both = sum(levies)
    if both <= entitled:
        return levies
    prefecture = lift(Fraction(entitled * levies[1], both))
    return entitled - prefecture, prefecture


def fixed_reduction_entitled(fiscal_year: int, total_income: int, spouse_counts: bool, dependants: int) -> int:
    """What 定額減税 gives: 令和6年度 10,000 a head (附則5条の8), 令和7年度 10,000 for a spouse (5条の12).

    `spouse_counts`: a 同一生計配偶者 living in Japan; she is 控除対象配偶者 up to 1,000万 of the taxpayer's income.
    """
    if total_income > 18_050_000:
        return 0
    deductible_spouse = spouse_counts and total_income <= 10_000_000
    if fiscal_year == 2024:
        return 10_000 * (1 + deductible_spouse + dependants)
    return 10_000 if fiscal_year == 2025 and spouse_counts and not deductible_spouse else 0
