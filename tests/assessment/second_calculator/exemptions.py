"""Exemptions (非課税): 法295条, 附則3条の3, and 森林環境税's own standard (森林環境税法4条, 同令1条)."""

from dataclasses import dataclass

from second_calculator.deductions import is_single_parent, is_widow
from second_calculator.municipality import GRADE_RATE, Municipality
from second_calculator.people import Taxpayer


@dataclass(frozen=True)
class Exemptions:
    """Which of the three burdens a person is free of."""

    per_capita: bool
    income_levy: bool
    forest_environment_tax: bool


def exempt_in_person(person: Taxpayer, total_income: int) -> bool:
    """法295条① (= 24条の5①, 森林環境税法4条①一・二): 生活扶助; or a protected status up to 135万."""
    protected = (
        person.disability != "none"
        or person.minor
        or is_widow(person, total_income)
        or is_single_parent(person, total_income)
    )
    return person.public_assistance or (protected and total_income <= 1_350_000)


def _limit(base: int, addition: int, relatives: int) -> int:
    """base x (1 + relatives) + 100,000, and the addition where there is a relative."""
    return base * (1 + relatives) + 100_000 + (addition if relatives else 0)


def income_levy_limit(relatives: int) -> int:
    """所得割の非課税限度額 (附則3条の3①④): the same in the whole country."""
    return _limit(350_000, 320_000, relatives)


def per_capita_limit(relatives: int, city: Municipality) -> int:
    """均等割の非課税限度額 of the ordinance (法295条③, 24条の5③, 令47条の3)."""
    return _limit(city.exemption_base_yen, city.exemption_addition_yen, relatives)


def forest_environment_tax_limit(relatives: int, city: Municipality) -> int:
    """森林環境税の非課税限度額: the order's rate of the grade, whatever the ordinance says (森林環境税法施行令1条)."""
    rate = GRADE_RATE[city.exemption_grade]
    return _limit(int(350_000 * rate), int(210_000 * rate), relatives)


def exemptions(
    person: Taxpayer, total_income: int, gross_income_etc: int, relatives: int, city: Municipality
) -> Exemptions:
    """The exemptions of a resident; `relatives` counts 同一生計配偶者, those under 16 and 控除対象扶養親族.

    均等割 and 森林環境税 look at 合計所得金額, 所得割 at 総所得金額等 after losses carried (附則3条の3①④).
    """
    if exempt_in_person(person, total_income):
        return Exemptions(True, True, True)
    return Exemptions(
        per_capita=total_income <= per_capita_limit(relatives, city),
        income_levy=gross_income_etc <= income_levy_limit(relatives),
        forest_environment_tax=total_income <= forest_environment_tax_limit(relatives, city),
    )
