"""Instalments (期割・月割): 法320条, 321条の5, 321条の7の2, 321条の7の8; their rounding 20条の4の2⑥⑧ over the three taxes as one."""

from dataclasses import dataclass

from second_calculator.rounding import cut


def split(annual: int, parts: int, unit: int, per_capita_in_all: int) -> list[int]:
    """Equal parts in whole units with the rest in the first; a tax not above the per-capita sum is due at once."""
    if annual <= per_capita_in_all:
        return [annual] + [0] * (parts - 1)
    part = cut(annual // parts, unit)
    return [annual - part * (parts - 1)] + [part] * (parts - 1)


def minus_from_the_front(parts: list[int], reduction: int) -> list[int]:
    """The parts with a reduction taken from the first on, as 附則5条の9 and 5条の11 take it."""
    left = []
    for part in parts:
        taken = min(part, reduction)
        left.append(part - taken)
        reduction -= taken
    return left


def employment_withholding(
    annual: int, per_capita_in_all: int, reduced_2024: bool, past: int = 0, earlier: list[int] | None = None
) -> list[int]:
    """Twelve months from June in units of 100 yen (法321条の5①, 20条の4の2⑧後段).

    A notice after 31 May: the months from the next on (321条の5①); of a change: what the `past` months had stays theirs
    (`earlier`), as far as the new tax is not below it, and the others share the rest (321条の6③). Where the 定額減税 of
    令和6年度 applies: nothing in June, eleven parts from July (附則5条の10).
    """
    withheld = []
    rest = annual
    for month in range(max(past, 1) if reduced_2024 else past):
        amount = earlier[month] if earlier and month < len(earlier) else 0
        withheld.append(min(amount, rest))
        rest -= withheld[-1]
    to_come = 12 - len(withheld)
    if annual <= per_capita_in_all:
        return [*withheld, rest, *[0] * (to_come - 1)]
    return [*withheld, *split(rest, to_come, 100, 0)]


def half(amount: int) -> int:
    """The half that is withheld: below 100 yen cut off, and 100 yen at least (法321条の7の2①, 321条の7の8①)."""
    return max(cut(amount // 2, 100), min(amount, 100))


@dataclass(frozen=True)
class PensionParts:
    """A pension's tax: by bill in the first half year, provisionally and finally by withholding."""

    ordinary: list[int]
    provisional: list[int]
    final: list[int]


def pension_first_year(annual: int, reduction: int, bills: int, unit: int) -> PensionParts:
    """First year: a half by bills until September, the other half in October, December and February (法321条の7の2①③).

    `annual` is before 定額減税 and `reduction` the part of it that falls on the pension (附則5条の11①); `unit` is that
    of the bills.
    """
    withheld = half(annual)
    ordinary = split(annual - withheld, bills, unit, 0)
    parts = minus_from_the_front([*ordinary, *split(withheld, 3, 100, 0)], reduction)
    return PensionParts(parts[:bills], [0, 0, 0], parts[bills:])


def pension_continuing(annual: int, reduction: int, previous_year: int) -> PensionParts:
    """Later years: half of last year's in April, June and August, then the rest of this year's (法321条の7の8①②)."""
    provisional = half(previous_year)
    final = split(max(annual - provisional, 0), 3, 100, 0)
    return PensionParts([], split(provisional, 3, 100, 0), minus_from_the_front(final, reduction))
