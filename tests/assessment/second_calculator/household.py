"""The household of a case: the taxpayer, the spouse and the other relatives, and what they are counted for."""

from dataclasses import dataclass
from typing import Any

from second_calculator.people import Relative, Taxpayer, read_relative, read_taxpayer


@dataclass(frozen=True)
class Household:
    """The taxpayer with the relatives."""

    person: Taxpayer
    spouse: Relative | None
    dependants: list[Relative]

    @property
    def relatives(self) -> list[Relative]:
        return ([self.spouse] if self.spouse else []) + self.dependants

    @property
    def counted_for_exemption(self) -> int:
        spouse_counts = self.spouse is not None and self.spouse.within_income_limit
        return int(spouse_counts) + sum(relative.counted_for_exemption for relative in self.dependants)

    @property
    def income_adjustment_entitled(self) -> bool:
        """措法41条の3の11①, with the relatives of 地方税法 (令48条の5の2)."""
        young = any(r.within_income_limit and r.age is not None and r.age < 23 for r in self.dependants)
        severe = any(r.within_income_limit and r.specially_disabled for r in self.relatives)
        return young or severe or self.person.disability == "special"


def read_household(given: dict[str, Any], fiscal_year: int) -> Household:
    """The people of a case; 専従者 are left out."""
    partner = given.get("spouse")
    dependants = [
        read_relative(relative, fiscal_year, f"dependants[{index}]", born_on_needed=True)
        for index, relative in enumerate(given.get("dependants") or [])
    ]
    return Household(
        read_taxpayer(given.get("taxpayer") or {}, fiscal_year),
        None if partner is None else read_relative(partner, fiscal_year, "spouse", born_on_needed=False),
        [relative for relative in dependants if relative is not None],
    )
