"""Credits (税額控除): 調整控除, 住宅借入金等特別税額控除, 調整措置, 定額減税, each as (city, prefecture) in yen."""

from datetime import date
from fractions import Fraction

from second_calculator.rounding import lift

Pair = tuple[int, int]


def _at_most(amounts: Pair, levies: Pair) -> Pair:
    return min(amounts[0], levies[0]), min(amounts[1], levies[1])


def adjustment_credit(difference: int, taxable: int, total_income: int, designated: bool, levies: Pair) -> Pair:
    """調整控除 (法314条の6, 37条): 3 % and 2 %, in a designated city 4 % and 1 %."""
    if total_income > 25_000_000:
        return 0, 0
    base = min(difference, taxable) if taxable <= 2_000_000 else max(difference - (taxable - 2_000_000), 50_000)
    city, prefecture = (4, 1) if designated else (3, 2)
    # The base is a multiple of 1,000 yen, so a hundredth of it is whole.
    return _at_most((base * city // 100, base * prefecture // 100), levies)


def income_tax_basic_deduction(total_income: int) -> int:
    """所得税の基礎控除 of 2025 (所得税法86条, 措法41条の16の2)."""
    steps = (
        (1_320_000, 950_000),
        (3_360_000, 880_000),
        (4_890_000, 680_000),
        (6_550_000, 630_000),
        (23_500_000, 580_000),
        (24_000_000, 480_000),
        (24_500_000, 320_000),
        (25_000_000, 160_000),
    )
    return next((amount for limit, amount in steps if total_income <= limit), 0)


def housing_loan_credit(
    moved_in_on: date,
    unused: int,
    income_tax_taxable: int,
    rate_percent: int,
    added: int,
    designated: bool,
    levies: Pair,
) -> Pair:
    """附則5条の4 (until 令和8年3月31日 5条の4の2); `unused` is what income tax had no room for.

    `added`: 所得税の基礎控除 above 480,000, from 令和8年度 for homes moved into from 2016 (①⑤).
    City and prefecture are worked out apart and below one yen is lifted (practice; no provision).
    """
    if not 2009 <= moved_in_on.year <= 2025:
        return 0, 0
    base = income_tax_taxable + (added if moved_in_on.year >= 2016 else 0)
    city_share = Fraction(4, 5) if designated else Fraction(3, 5)
    most = 97_500 if rate_percent == 5 else 136_500

    def side(share: Fraction) -> int:
        cap = min(base * Fraction(rate_percent, 100) * share, most * share)
        return lift(min(unused * share, cap))

    return _at_most((side(city_share), side(1 - city_share)), levies)


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
    return _at_most((short - prefecture, prefecture), levies)


def fixed_reduction_2025(total_income: int, spouse_counts: bool, levies: Pair) -> Pair:
    """令和7年度の定額減税 (附則5条の12): 10,000 for a 同一生計配偶者 who is no 控除対象配偶者 and lives in Japan."""
    if not spouse_counts or not 10_000_000 < total_income <= 18_050_000:
        return 0, 0
    both = sum(levies)
    if both <= 10_000:
        return levies
    prefecture = lift(Fraction(10_000 * levies[1], both))
    return 10_000 - prefecture, prefecture
