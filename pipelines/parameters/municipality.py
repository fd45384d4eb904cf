"""The municipality's values that the assessment needs: from a city's profile, or written inline in a case file."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

FIRST_HALF = range(4, 10)


class _Rates(Protocol):
    @property
    def city_income_levy(self) -> Fraction: ...
    @property
    def prefecture_income_levy(self) -> Fraction: ...


class _PerCapita(Protocol):
    @property
    def city_yen(self) -> int: ...
    @property
    def prefecture_yen(self) -> int: ...


class _Exemption(Protocol):
    @property
    def base_yen(self) -> int: ...
    @property
    def addition_yen(self) -> int: ...
    @property
    def fixed_yen(self) -> int: ...


class CityProfile(Protocol):
    """What the assessment reads of a city's profile."""

    @property
    def designated_city(self) -> bool: ...
    @property
    def rates(self) -> _Rates: ...
    @property
    def per_capita(self) -> _PerCapita: ...
    @property
    def per_capita_exemption(self) -> _Exemption: ...
    @property
    def exemption_grade(self) -> int: ...
    @property
    def ordinary_split_unit_yen(self) -> int: ...
    @property
    def decrease_of_bills(self) -> str: ...


@dataclass(frozen=True)
class Municipality:
    """Ordinance values: rates are exact fractions, amounts whole yen; `exemption_grade` is the 級地区分 1–3.

    `None` means that the ordinance's value was not given and the law's standard holds.
    """

    designated_city: bool = False
    exemption_grade: int = 1
    city_income_levy_rate: Fraction | None = None
    prefecture_income_levy_rate: Fraction | None = None
    city_per_capita_yen: int | None = None
    prefecture_per_capita_yen: int | None = None
    exemption_base_yen: int | None = None
    exemption_addition_yen: int | None = None
    exemption_fixed_yen: int | None = None
    ordinary_split_unit_yen: int | None = None
    ordinary_due_months: tuple[int, ...] | None = None
    non_employment_by_employment: bool | None = None
    ordinary_decrease_evenly: bool | None = None

    @property
    def ordinary_instalment_count(self) -> int | None:
        """How many instalments a bill has."""
        return None if self.ordinary_due_months is None else len(self.ordinary_due_months)

    @property
    def ordinary_first_half_count(self) -> int | None:
        """How many of them fall due from April to September (法321条の7の2③)."""
        months = self.ordinary_due_months
        return None if months is None else sum(month in FIRST_HALF for month in months)

    def __post_init__(self) -> None:
        if self.exemption_grade not in (1, 2, 3):
            raise ValueError("級地区分は 1・2・3 のどれかです。")


def from_profile(city: CityProfile) -> Municipality:
    """The profile's values, all given."""
    return Municipality(
        designated_city=city.designated_city,
        exemption_grade=city.exemption_grade,
        city_income_levy_rate=city.rates.city_income_levy,
        prefecture_income_levy_rate=city.rates.prefecture_income_levy,
        city_per_capita_yen=city.per_capita.city_yen,
        prefecture_per_capita_yen=city.per_capita.prefecture_yen,
        exemption_base_yen=city.per_capita_exemption.base_yen,
        exemption_addition_yen=city.per_capita_exemption.addition_yen,
        exemption_fixed_yen=city.per_capita_exemption.fixed_yen,
        ordinary_split_unit_yen=city.ordinary_split_unit_yen,
        ordinary_decrease_evenly=city.decrease_of_bills == "evenly",
    )
