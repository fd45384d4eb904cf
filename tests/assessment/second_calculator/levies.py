"""Levies (所得割・均等割): the income levy step by step from the taxable income to the fixed amount."""

from collections.abc import Callable
from dataclasses import dataclass, field

from second_calculator.credits import Pair
from second_calculator.municipality import Municipality
from second_calculator.rounding import cut, fixed_tax


def income_levies(taxable: int, city: Municipality) -> Pair:
    """所得割 before credits (法314条の3, 35条), below one yen cut off (published examples at 4.025 %)."""
    return cut(taxable * city.city_rate), cut(taxable * city.prefecture_rate)


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
