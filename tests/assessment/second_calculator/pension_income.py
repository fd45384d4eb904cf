"""Public pensions (公的年金等に係る雑所得): 所得税法35条②一・④, 租税特別措置法41条の15の3."""

from fractions import Fraction

from second_calculator.rounding import cut

# 所得税法35条④一: 40/30/20万 by the other 合計所得金額; 二 and 措法41条の15の3: the least deduction at the first step
LEAST_UNDER_65 = 600_000
LEAST_FROM_65 = 1_100_000


def pension_income(paid: int, aged_65: bool, other_total_income: int) -> int:
    """The pension's part of 雑所得, not below zero; `other_total_income` is 合計所得金額 with no pension."""
    step = sum(other_total_income > limit for limit in (10_000_000, 20_000_000)) * 100_000
    above = max(paid - 500_000, 0)
    if above <= 3_600_000:
        share = Fraction(above, 4)
    elif above <= 7_200_000:
        share = 900_000 + Fraction((above - 3_600_000) * 15, 100)
    elif above <= 9_500_000:
        share = 1_440_000 + Fraction((above - 7_200_000) * 5, 100)
    else:
        share = Fraction(1_555_000)
    least = (LEAST_FROM_65 if aged_65 else LEAST_UNDER_65) - step
    deduction = max(400_000 - step + share, Fraction(least))
    return max(cut(paid - deduction), 0)
