"""Instalments (期割・月割): 法320条, 321条の5, and their rounding 20条の4の2⑥⑧ over the three taxes as one."""

from second_calculator.rounding import cut


def split(annual: int, parts: int, unit: int, per_capita_in_all: int) -> list[int]:
    """Equal parts in whole units with the rest in the first; a tax not above the per-capita sum is due at once."""
    if annual <= per_capita_in_all:
        return [annual] + [0] * (parts - 1)
    part = cut(annual // parts, unit)
    return [annual - part * (parts - 1)] + [part] * (parts - 1)


def employment_withholding(annual: int, per_capita_in_all: int) -> list[int]:
    """Twelve months from June in units of 100 yen (法321条の5①, 20条の4の2⑧後段)."""
    return split(annual, 12, 100, per_capita_in_all)


def ordinary_collection(annual: int, per_capita_in_all: int, unit: int) -> list[int]:
    """Four instalments in units of 1,000 yen or the ordinance's (法320条, 20条の4の2⑥)."""
    return split(annual, 4, unit, per_capita_in_all)
