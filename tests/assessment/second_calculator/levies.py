"""Levies (所得割): the income levy step by step from the taxable bases to the fixed amount."""

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction

from second_calculator.municipality import Municipality
from second_calculator.rounding import cut, fixed_tax

Pair = tuple[int, int]

# Rates of the separate bases in thousandths: (city, prefecture) and those of a designated city
PLAIN_RATES = ((30, 20), (40, 10))
SEPARATE_RATES = {
    "land_short": ((54, 36), (72, 18)),  # 附則35条①⑤
    "land_short_public": PLAIN_RATES,  # 附則35条③⑦
    "land_long": PLAIN_RATES,  # 附則34条①④
    "land_long_excellent": PLAIN_RATES,
    "land_long_residence": PLAIN_RATES,
    "general_shares": PLAIN_RATES,  # 附則35条の2①⑤
    "listed_shares": PLAIN_RATES,  # 附則35条の2の2①⑤
    "listed_dividend": PLAIN_RATES,  # 附則33条の2①⑤
    "futures": PLAIN_RATES,  # 附則35条の4①④
}
# The lower part of two bases: its limit and its rates (附則34条の2①④, 34条の3①③)
LOWER_RATES = ((24, 16), (32, 8))
LOWER_PART_MAX = {"land_long_excellent": 20_000_000, "land_long_residence": 60_000_000}


def _separate_levy(name: str, base: int, designated: bool) -> Pair:
    lower = min(base, LOWER_PART_MAX.get(name, 0))
    low_rates, rates = LOWER_RATES[designated], SEPARATE_RATES[name][designated]
    city, prefecture = (cut(Fraction(lower * low_rates[side] + (base - lower) * rates[side], 1000)) for side in (0, 1))
    return city, prefecture


def income_levies(bases: dict[str, int], city: Municipality) -> Pair:
    """所得割 before credits, below one yen cut off (published examples at 4.025 %).

    総所得, 退職 and 山林 together at the ordinance's rate (法314条の3, 35条), the separate bases at their own.
    """
    together = bases["income"] + bases["retirement"] + bases["forestry"]
    levies = [(cut(together * city.city_rate), cut(together * city.prefecture_rate))]
    levies += [_separate_levy(name, bases[name], city.designated_city) for name in SEPARATE_RATES]
    return sum(c for c, _ in levies), sum(p for _, p in levies)


@dataclass
class IncomeLevy:
    """The pair of income levies with a note of every credit taken from it."""

    before_credits: Pair
    taken: dict[str, Pair] = field(default_factory=dict)

    @property
    def now(self) -> Pair:
        """What is left after the credits taken so far."""
        city, prefecture = self.before_credits
        return city - sum(c for c, _ in self.taken.values()), prefecture - sum(p for _, p in self.taken.values())

    def take(self, name: str, credit: Callable[[Pair], Pair]) -> None:
        """Takes a credit from what is left; it is given the levies and may not ask for more."""
        left = self.now
        asked = credit(left)
        if not (0 <= asked[0] <= left[0] and 0 <= asked[1] <= left[1]):
            raise AssertionError(f"{name} {asked} of {left}")
        self.taken[name] = asked

    @property
    def fixed(self) -> Pair:
        """The final 所得割 of each side (法20条の4の2③)."""
        city, prefecture = self.now
        return fixed_tax(city), fixed_tax(prefecture)

    @property
    def fixed_before_reduction(self) -> Pair:
        """The final 所得割 as it would be without 定額減税 (附則5条の9①一)."""
        reduction = self.taken.get("fixed_reduction", (0, 0))
        city, prefecture = self.now
        return fixed_tax(city + reduction[0]), fixed_tax(prefecture + reduction[1])
