"""Insurance premiums: 生命保険料控除 (法314条の2①五) and 地震保険料控除 (五の三, with 旧長期損害保険料)."""

from fractions import Fraction

from second_calculator.rounding import lift


def new_contract(paid: int) -> int:
    """新契約 and 介護医療 (五イ(1), ロ): all to 12,000, a half to 32,000, a quarter to 56,000, then 28,000."""
    if paid <= 12_000:
        return paid
    if paid <= 32_000:
        return lift(12_000 + Fraction(paid - 12_000, 2))
    if paid <= 56_000:
        return lift(22_000 + Fraction(paid - 32_000, 4))
    return 28_000


def old_contract(paid: int) -> int:
    """旧契約 (五イ(2)): all to 15,000, a half to 40,000, a quarter to 70,000, then 35,000."""
    if paid <= 15_000:
        return paid
    if paid <= 40_000:
        return lift(15_000 + Fraction(paid - 15_000, 2))
    if paid <= 70_000:
        return lift(27_500 + Fraction(paid - 40_000, 4))
    return 35_000


def _new_and_old(new_paid: int, old_paid: int) -> int:
    """五イ(3) adds both and stops at 28,000; with 旧 alone if that is better (published practice)."""
    return max(old_contract(old_paid), min(new_contract(new_paid) + old_contract(old_paid), 28_000))


def life_insurance(new_general: int, new_care: int, new_pension: int, old_general: int, old_pension: int) -> int:
    """生命保険料控除額, at most 70,000 yen."""
    total = _new_and_old(new_general, old_general) + new_contract(new_care) + _new_and_old(new_pension, old_pension)
    return min(total, 70_000)


def earthquake_insurance(earthquake: int, old_long_term: int) -> int:
    """地震保険料控除額: a half, and 旧長期 up to 10,000 (平成18年法律7号附則); 25,000 in all."""
    half = min(lift(Fraction(earthquake, 2)), 25_000)
    if old_long_term <= 5_000:
        old = old_long_term
    elif old_long_term <= 15_000:
        old = lift(2_500 + Fraction(old_long_term, 2))
    else:
        old = 10_000
    return min(half + old, 25_000)
