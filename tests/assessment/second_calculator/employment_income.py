"""Employment income (給与所得): 所得税法28条 and 別表第五, as they stood in the income year."""

from fractions import Fraction

from second_calculator.rounding import cut, lift


def employment_income(paid_yen: int, income_year: int) -> int:
    """給与所得 of all wages of the year together (所得税法28条②: one deduction, however many payers)."""
    if paid_yen >= 6_600_000:
        return _by_formula(paid_yen)
    if income_year <= 2024:
        low = _low_until_2024(paid_yen)
    else:
        low = _low_2025(paid_yen) if income_year == 2025 else _low_2026(paid_yen)
    return _by_table(paid_yen) if low is None else low


def _rows(paid: int, rows: tuple[tuple[int, int], ...]) -> int | None:
    """The income of the first row whose upper edge lies above the wages."""
    return next((income for below, income in rows if paid < below), None)


def _low_until_2024(paid: int) -> int | None:
    """別表第五 before 令和7年法律13号: 55万 at least, and the rows around 1,620,000."""
    if paid < 1_619_000:
        return max(paid - 550_000, 0) if paid >= 551_000 else 0
    rows = ((1_620_000, 1_069_000), (1_622_000, 1_070_000), (1_624_000, 1_072_000), (1_628_000, 1_074_000))
    return _rows(paid, rows)


def _low_2025(paid: int) -> int | None:
    """別表第五 of 2025: 65万 up to 1,900,000 yen (所得税法28条③一)."""
    if paid < 651_000:
        return 0
    return paid - 650_000 if paid < 1_900_000 else None


def _low_2026(paid: int) -> int | None:
    """別表第五 of 2026 and 2027: 74万, and the rows below 2,200,000 (租税特別措置法29条の4, by published tables)."""
    if paid < 2_191_000:
        return paid - 740_000 if paid >= 741_000 else 0
    return _rows(paid, ((2_193_000, 1_451_000), (2_196_000, 1_453_000), (2_200_000, 1_456_000)))


def _by_table(paid: int) -> int:
    """別表第五 above its low rows: every row is 4,000 yen wide and holds the income of its lower edge."""
    row = cut(paid, 4000)
    if row < 1_800_000:
        return row * 6 // 10 + 100_000
    if row < 3_600_000:
        return row * 7 // 10 - 80_000
    return row * 8 // 10 - 440_000


def _by_formula(paid: int) -> int:
    """所得税法28条③四・五, which apply as they are from 6,600,000 yen (同条④)."""
    if paid > 8_500_000:
        return paid - 1_950_000
    return cut(paid - 1_760_000 - Fraction(paid - 6_600_000, 10))


def income_adjustment_deduction(paid_yen: int, entitled: bool) -> int:
    """所得金額調整控除 (租税特別措置法41条の3の11①): a tenth of the wages between 850万 and 1,000万.

    `entitled`: special disability, a dependant under 23, or a specially disabled spouse or dependant.
    Below one yen is lifted (practice; no provision).
    """
    if not entitled or paid_yen <= 8_500_000:
        return 0
    return lift(Fraction(min(paid_yen, 10_000_000) - 8_500_000, 10))


def wages_and_pension_deduction(employment: int, pension: int) -> int:
    """所得金額調整控除 for whoever has both (同条②): up to 10万 of each, less 10万."""
    return max(min(employment, 100_000) + min(pension, 100_000) - 100_000, 0)
