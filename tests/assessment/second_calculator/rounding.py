"""Rounding (端数): the few ways the statutes and the practice cut or lift a yen."""

from fractions import Fraction


def cut(yen: Fraction | int, unit: int = 1) -> int:
    """Cuts off what is below `unit` yen (切捨て)."""
    return int(Fraction(yen) // unit) * unit


def lift(yen: Fraction | int, unit: int = 1) -> int:
    """Lifts what is below `unit` yen to the next unit (切上げ)."""
    return -int(-Fraction(yen) // unit) * unit


def taxable_base(yen: int) -> int:
    """課税標準額: below 1,000 yen is cut off, and nothing is below zero (法20条の4の2①)."""
    return cut(max(yen, 0), 1000)


def fixed_tax(yen: int) -> int:
    """確定金額: below 100 yen is cut off (法20条の4の2③)."""
    return cut(max(yen, 0), 100)
