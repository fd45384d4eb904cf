"""Seeded cases for comparing two calculators: ordinary households, and households pressed against the cliffs.

`generate(seed, count, fiscal_year)` gives the same cases for the same arguments, in the form of a case file.
"""

from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Any

from second_calculator.calculator import assess
from second_calculator.employment_income import employment_income
from second_calculator.exemptions import forest_environment_tax_limit, income_levy_limit, per_capita_limit
from second_calculator.household import read_household
from second_calculator.municipality import SHIPPED, municipality

Case = dict[str, Any]
DISABILITY = ("none", "none", "none", "none", "none", "none", "none", "ordinary", "special")
# Cliffs of 合計所得金額 for the taxpayer, and of a relative's own income
OWN_CLIFFS = (
    *(450_000, 750_000, 850_000, 1_350_000, 5_000_000, 9_000_000, 9_500_000, 10_000_000, 18_050_000),
    *(24_000_000, 24_500_000, 25_000_000, 1_320_000, 3_360_000, 4_890_000, 6_550_000, 23_500_000),
)
SPOUSE_CLIFFS = (
    *(480_000, 500_000, 550_000, 580_000, 950_000, 1_000_000, 1_050_000, 1_100_000),
    *(1_150_000, 1_200_000, 1_250_000, 1_300_000, 1_330_000),
)
RELATIVE_CLIFFS = (480_000, 580_000, 950_000, 1_000_000, 1_050_000, 1_100_000, 1_150_000, 1_200_000, 1_230_000)
PAID_CLIFFS = (
    *(551_000, 651_000, 1_619_000, 1_620_000, 1_622_000, 1_624_000, 1_628_000, 1_800_000, 1_900_000),
    *(3_600_000, 6_600_000, 8_500_000, 10_000_000, 20_000_000),
)
PREMIUM_CLIFFS = (0, 12_000, 15_000, 32_000, 40_000, 56_000, 70_000)
QUAKE_CLIFFS = (0, 5_000, 10_000, 15_000, 50_000)


def generate(seed: int, count: int, fiscal_year: int) -> Iterator[Case]:
    """`count` cases of one fiscal year (2025 or 2026) from one seed; amounts in yen, no `expect`."""
    random = Random(seed)
    for number in range(count):
        yield _case(random, f"seed {seed} の {number} 件目", fiscal_year)


def _near(random: Random, cliff: int) -> int:
    return max(cliff + random.choice((-1, 0, 0, 1)), 0)


def _case(random: Random, sentence: str, fiscal_year: int) -> Case:
    case: Case = {
        "case": sentence,
        "fiscal_year": fiscal_year,
        "municipality": _municipality(random),
        "taxpayer": _taxpayer(random, fiscal_year),
        "dependants": [_dependant(random, fiscal_year) for _ in range(random.choice((0, 0, 1, 1, 2, 2, 3, 4, 6)))],
        "collection": {"method": random.choice(("employment", "ordinary"))},
    }
    if random.random() < 0.55:
        case["spouse"] = _spouse(random, fiscal_year)
    case["income"] = {"employment": _payers(random, _wages(random, case))}
    case["paid"] = _paid(random, fiscal_year)
    pressed = random.random()
    if pressed < 0.25:
        _press_taxable_income(random, case)
    elif pressed < 0.50:
        _press_exemption(random, case)
    return case


def _municipality(random: Random) -> str | dict[str, Any]:
    if random.random() < 0.75:
        return random.choice(sorted(SHIPPED))
    designated = random.random() < 0.4
    grade = random.choice((1, 2, 3))
    base, addition = random.choice(
        {
            1: ((350_000, 210_000), (345_000, 162_000)),
            2: ((315_000, 189_000), (320_000, 189_000), (320_000, 190_000)),
            3: ((280_000, 168_000), (290_000, 170_000)),
        }[grade]
    )
    return {
        "designated_city": designated,
        "exemption_grade": grade,
        "city_rate": random.choice(("8/100", "77/1000") if designated else ("6/100",)),
        "prefecture_rate": random.choice(("2/100", "2025/100000") if designated else ("4/100", "4025/100000")),
        "city_per_capita_yen": random.choice((2800, 3000, 3400, 3900)),
        "prefecture_per_capita_yen": random.choice((1000, 1300, 1500, 1800, 2000)),
        "exemption_base_yen": base,
        "exemption_addition_yen": addition,
        "ordinary_split_unit_yen": random.choice((1000, 1000, 100)),
    }


def _birthday(random: Random, years: tuple[int, ...], first: int, last: int) -> date:
    """A day around 1 January of one of the years of a cliff, or any day between two years."""
    if random.random() < 0.4:
        return date(random.choice(years), 1, random.choice((1, 2, 3)))
    return date(random.randint(first, last), random.randint(1, 12), random.randint(1, 28))


def _taxpayer(random: Random, fiscal_year: int) -> dict[str, Any]:
    single_parent = random.choice(("none",) * 8 + ("mother", "father"))
    return {
        "born_on": _birthday(random, (fiscal_year - 18,), fiscal_year - 85, fiscal_year - 16),
        "disability": random.choice(DISABILITY),
        "widow": random.random() < 0.07,
        "single_parent": single_parent,
        "working_student": random.random() < 0.07,
        "public_assistance": random.random() < 0.02,
    }


def _spouse(random: Random, fiscal_year: int) -> dict[str, Any]:
    return {
        "born_on": _birthday(random, (fiscal_year - 70,), fiscal_year - 85, fiscal_year - 18),
        "total_income_yen": _near(random, random.choice((0, 0, 0, *SPOUSE_CLIFFS))),
        "disability": random.choice(DISABILITY),
        "living_together": random.random() < 0.9,
        "abroad": random.random() < 0.05,
    }


def _dependant(random: Random, fiscal_year: int) -> dict[str, Any]:
    years = tuple(fiscal_year - age for age in (16, 19, 23, 30, 70))
    born_on = _birthday(random, years, fiscal_year - 95, fiscal_year - 1)
    abroad = random.random() < 0.1
    together = not abroad and random.random() < 0.8
    return {
        "born_on": born_on,
        "total_income_yen": _near(random, random.choice((0, 0, 0, 0, *RELATIVE_CLIFFS))),
        "disability": random.choice(DISABILITY),
        "parent_living_together": together and born_on.year <= fiscal_year - 65 and random.random() < 0.6,
        "living_together": together,
        "abroad": abroad,
    }


def wages_for(total_income: int, fiscal_year: int) -> int:
    """The least wages whose 給与所得 is at least `total_income` yen."""
    low, high = 0, total_income + 2_000_000
    while low < high:
        middle = (low + high) // 2
        if employment_income(middle, fiscal_year - 1) >= total_income:
            high = middle
        else:
            low = middle + 1
    return low


def _wages(random: Random, case: Case) -> int:
    kind = random.random()
    if kind < 0.35:
        return random.randint(0, 12_000_000)
    if kind < 0.45:
        return random.randint(8_000_000, 30_000_000)
    if kind < 0.60:
        return _near(random, random.choice(PAID_CLIFFS))
    if kind < 0.80:
        return _near(random, wages_for(random.choice(OWN_CLIFFS), case["fiscal_year"]))
    return wages_for(random.randint(10_000_000, 18_100_000), case["fiscal_year"])


def _press_exemption(random: Random, case: Case) -> None:
    """Sets the wages so that 合計所得金額 lands at an exemption figure or a little above it, where 調整措置 works."""
    fiscal_year = case["fiscal_year"]
    relatives = read_household(case, fiscal_year).counted_for_exemption
    city = municipality(case["municipality"], fiscal_year)
    cliff = random.choice(
        (
            income_levy_limit(relatives),
            per_capita_limit(relatives, city),
            forest_environment_tax_limit(relatives, city),
        )
    )
    paid = _near(random, wages_for(cliff, fiscal_year)) + random.choice((0, 0, 1_000, 4_000, 20_000, 80_000, 200_000))
    case["income"] = {"employment": _payers(random, paid)}
    if random.random() < 0.7:
        case["paid"] = {"social_insurance_yen": 0}
        case["taxpayer"] = {"born_on": date(fiscal_year - 40, 5, 5)}


def _payers(random: Random, paid: int) -> list[dict[str, int]]:
    if random.random() < 0.8:
        return [{"paid_yen": paid}]
    first = random.randint(0, paid)
    return [{"paid_yen": first}, {"paid_yen": paid - first}]


def _paid(random: Random, fiscal_year: int) -> dict[str, Any]:
    life = ("new_general_yen", "new_care_yen", "new_pension_yen", "old_general_yen", "old_pension_yen")
    paid: dict[str, Any] = {"social_insurance_yen": random.choice((0, random.randint(0, 1_500_000)))}
    if random.random() < 0.2:
        paid["small_enterprise_mutual_aid_yen"] = random.randint(0, 816_000)
    if random.random() < 0.6:
        paid["life_insurance"] = {name: _premium(random, PREMIUM_CLIFFS, 120_000) for name in life}
    if random.random() < 0.4:
        names = ("earthquake_yen", "old_long_term_yen")
        paid["earthquake_insurance"] = {name: _premium(random, QUAKE_CLIFFS, 60_000) for name in names}
    if random.random() < 0.25:
        paid["housing_loan"] = _housing_loan(random, fiscal_year)
    return paid


def _premium(random: Random, cliffs: tuple[int, ...], most: int) -> int:
    return _near(random, random.choice(cliffs)) if random.random() < 0.7 else random.randint(0, most)


def _housing_loan(random: Random, fiscal_year: int) -> dict[str, Any]:
    moved_in_on = date(random.randint(2009, fiscal_year - 1), random.randint(1, 12), random.randint(1, 28))
    return {
        "moved_in_on": moved_in_on,
        "creditable_yen": random.randint(0, 400_000),
        "income_tax_before_credit_yen": random.randint(0, 300_000),
        "income_tax_taxable_yen": random.randint(0, 4_000) * 1_000,
        "rate_percent": random.choice((5, 7)) if 2014 <= moved_in_on.year <= 2022 else 5,
    }


def _press_taxable_income(random: Random, case: Case) -> None:
    """Sets the social insurance so that 課税総所得金額 lands at a cliff of rounding or of the 調整控除."""
    case["paid"]["social_insurance_yen"] = 0
    figures = assess(case)
    target = random.choice((0, 1_000, 20_000, 50_000, 100_000, 2_000_000, 2_001_000, 2_050_000, 2_051_000))
    room = figures["total_income_yen"] - figures["deductions_yen"] - target
    case["paid"]["social_insurance_yen"] = _near(random, max(room, 0))
