"""Seeded households over the complete law: every income, every deduction and credit, every way of collection.

`full_case(random, fiscal_year)` gives one case; `full_cases(seed, count, fiscal_year)` the same ones for the same
arguments. Amounts gather around the cliffs (one yen below, on it, one yen above). Left out on purpose, because the law
leaves the answer open: interest above the dividend it was borrowed for, and a casualty loss carried into a year with a
special deduction on land.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from second_calculator.calculator import assess
from second_calculator.credits import basic_deduction_addition
from second_calculator.donations import ONE_STOP, RATIOS
from second_calculator.exemptions import forest_environment_tax_limit, income_levy_limit, per_capita_limit
from second_calculator.generate import (
    DISABILITY,
    OWN_CLIFFS,
    PREMIUM_CLIFFS,
    QUAKE_CLIFFS,
    RELATIVE_CLIFFS,
    SPOUSE_CLIFFS,
    wages_for,
)
from second_calculator.household import read_household
from second_calculator.municipality import SHIPPED, municipality

Case = dict[str, Any]
ODD_CITIES: tuple[Case, ...] = (
    # 横浜市 and the like: a designated city with a prefecture's 0.025 %
    {
        "designated_city": True,
        "exemption_grade": 1,
        "city_rate": "8/100",
        "prefecture_rate": "2025/100000",
        "city_per_capita_yen": 3900,
        "prefecture_per_capita_yen": 1300,
    },
    # 名古屋市: 7.7 %
    {
        "designated_city": True,
        "exemption_grade": 1,
        "city_rate": "77/1000",
        "prefecture_rate": "2/100",
        "city_per_capita_yen": 2800,
        "prefecture_per_capita_yen": 1500,
        "ordinary_split_unit_yen": 100,
    },
    {
        "designated_city": False,
        "exemption_grade": 2,
        "city_rate": "6/100",
        "prefecture_rate": "4025/100000",
        "exemption_base_yen": 320_000,
        "exemption_addition_yen": 190_000,
        "non_employment_by_employment": False,
    },
    {
        "designated_city": False,
        "exemption_grade": 3,
        "exemption_base_yen": 280_000,
        "exemption_addition_yen": 168_000,
        "ordinary_due_months": [6, 8, 10, 12],
    },
    {
        "designated_city": True,
        "exemption_grade": 1,
        "exemption_base_yen": 345_000,
        "exemption_addition_yen": 162_000,
        "ordinary_decrease_evenly": True,
    },
)
PAID_CLIFFS = (
    *(551_000, 651_000, 741_000, 1_619_000, 1_620_000, 1_622_000, 1_624_000, 1_628_000, 1_800_000, 1_900_000),
    *(2_191_000, 2_193_000, 2_196_000, 2_200_000, 3_600_000, 6_600_000, 8_500_000, 10_000_000, 20_000_000),
)
PENSION_CLIFFS = (
    *(500_000, 600_000, 700_000, 1_000_000, 1_100_000, 1_200_000, 1_300_000, 1_580_000, 2_110_000),
    *(3_300_000, 4_100_000, 7_700_000, 10_000_000),
)
TOTAL_CLIFFS = (*OWN_CLIFFS, 890_000, 20_000_000, 30_000_000)
DIFFERENT_SPOUSE_CLIFFS = (*SPOUSE_CLIFFS, 620_000)
DIFFERENT_RELATIVE_CLIFFS = (*RELATIVE_CLIFFS, 620_000)
# What a case says of the decision before it.
TOLD = (
    "decided_on",
    "due_on",
    "from_month",
    "earlier_months_yen",
    "earlier_bills_yen",
    "earlier_provisional_yen",
    "earlier_final_yen",
    "income_tax_changed",
)


def near(random: Random, cliff: int) -> int:
    """The cliff, or one yen below or above it; not below zero."""
    return max(cliff + random.choice((-1, 0, 0, 1)), 0)


def full_cases(seed: int, count: int, fiscal_year: int) -> Iterator[Case]:
    """`count` cases of one fiscal year (2022 to 2027) from one seed."""
    random = Random(f"full {seed} {fiscal_year}")
    for number in range(count):
        yield full_case(random, fiscal_year) | {"case": f"seed {seed} の {number} 件目"}


def full_case(random: Random, fiscal_year: int) -> Case:
    """One household of a fiscal year from 2022 to 2027; amounts in yen, no `expect`."""
    case: Case = {
        "fiscal_year": fiscal_year,
        "municipality": _municipality(random),
        "taxpayer": _taxpayer(random, fiscal_year),
        "dependants": [_dependant(random, fiscal_year) for _ in range(random.choice((0, 0, 1, 1, 2, 3, 5)))],
        "income": _income(random, fiscal_year),
        "paid": _paid(random, fiscal_year),
        "collection": _collection(random, fiscal_year),
    }
    if random.random() < 0.55:
        case["spouse"] = _spouse(random, fiscal_year)
    for change, chance in (
        (_press_total, 0.25),
        (_press_exemption, 0.15),
        (_press_taxable, 0.25),
        (_press_donation, 0.15),
    ):
        if random.random() < chance:
            change(random, case)
    if random.random() < 0.03:
        case["houses"] = [
            {"ward": ward} for ward in random.sample(("041017", "041025", "112101"), random.choice((1, 2)))
        ]
        if random.random() < 0.3:
            del case["income"]
    # A stream of its own, so that the people drawn stay who they were.
    later = Random(sum(random.getstate()[1][:9]) + 1)
    whim = later.random()
    if whim < 0.12:
        case["collection"] = _told_as_it_stands(later, case)
    elif whim < 0.17:
        _late_and_small(later, case)
    return case


def _municipality(random: Random) -> str | Case:
    if random.random() < 0.6:
        return random.choice(sorted(SHIPPED))
    return dict(random.choice(ODD_CITIES))


def _birthday(random: Random, years: tuple[int, ...], first: int, last: int) -> date:
    """A day around 1 January or 1 April of a year of a cliff, or any day between two years."""
    if random.random() < 0.5:
        month = random.choice((1, 1, 1, 4))
        return date(random.choice(years), month, random.choice((1, 2, 3)))
    return date(random.randint(first, last), random.randint(1, 12), random.randint(1, 28))


def _taxpayer(random: Random, fiscal_year: int) -> Case:
    years = tuple(fiscal_year - age for age in (18, 20, 65, 65, 65))
    return {
        "born_on": _birthday(random, years, fiscal_year - 90, fiscal_year - 16),
        "disability": random.choice(DISABILITY),
        "widow": random.random() < 0.07,
        "single_parent": random.choice(("none",) * 8 + ("mother", "father")),
        "working_student": random.random() < 0.07,
        "public_assistance": random.random() < 0.02,
    }


def _spouse(random: Random, fiscal_year: int) -> Case:
    spouse: Case = {
        "born_on": _birthday(random, (fiscal_year - 70, fiscal_year - 65), fiscal_year - 90, fiscal_year - 18),
        "disability": random.choice(DISABILITY),
        "living_together": random.random() < 0.9,
        "abroad": random.random() < 0.05,
        "family_employee": random.random() < 0.04,
    }
    return spouse | _relatives_income(random, fiscal_year, DIFFERENT_SPOUSE_CLIFFS)


def _relatives_income(random: Random, fiscal_year: int, cliffs: tuple[int, ...]) -> Case:
    cliff = near(random, random.choice((0, 0, 0, *cliffs)))
    if random.random() < 0.7:
        return {"total_income_yen": cliff}
    if random.random() < 0.5:
        return {"income": {"employment": [{"paid_yen": wages_for(cliff, fiscal_year)}]}}
    pension = [{"paid_yen": near(random, random.choice((600_000, 1_100_000, 1_580_000, 1_680_000, 2_110_000)))}]
    return {"income": {"public_pension": pension, "employment": [{"paid_yen": near(random, 650_000)}]}}


def _dependant(random: Random, fiscal_year: int) -> Case:
    years = tuple(fiscal_year - age for age in (16, 19, 23, 30, 70))
    born_on = _birthday(random, years, fiscal_year - 95, fiscal_year - 1)
    if born_on > date(fiscal_year - 1, 12, 31):
        born_on = date(fiscal_year - 1, 12, 31)
    abroad = random.random() < 0.2
    together = not abroad and random.random() < 0.8
    return {
        "born_on": born_on,
        "disability": random.choice(DISABILITY),
        "parent_living_together": together and born_on.year <= fiscal_year - 65 and random.random() < 0.6,
        "living_together": together,
        "abroad": abroad,
        "abroad_student": abroad and random.random() < 0.2,
        "abroad_remittance_yen": random.choice((0, 379_999, 380_000, 380_001)) if abroad else 0,
        "family_employee": random.random() < 0.03,
    } | _relatives_income(random, fiscal_year, DIFFERENT_RELATIVE_CLIFFS)


def _any(random: Random, most: int, *, loss: float = 0.0) -> int:
    """Any amount, small ones more often; a loss with this chance."""
    amount = int(most * random.random() ** 2)
    return -amount if random.random() < loss else amount


def _wages(random: Random, fiscal_year: int) -> int:
    kind = random.random()
    if kind < 0.4:
        return near(random, random.choice(PAID_CLIFFS))
    if kind < 0.6:
        return near(random, wages_for(random.choice(TOTAL_CLIFFS), fiscal_year))
    return _any(random, 25_000_000)


def _employment(random: Random, fiscal_year: int) -> list[Case]:
    paid = _wages(random, fiscal_year)
    if random.random() < 0.05:
        return [{"net_yen": paid}]
    payers: list[Case] = [{"paid_yen": paid}]
    if random.random() < 0.2:
        first = random.randint(0, paid)
        payers = [{"paid_yen": first}, {"paid_yen": paid - first}]
    if random.random() < 0.04:
        payers.append({"paid_yen": _any(random, 5_000_000), "treaty_exempt": True})
    return payers


def _pension(random: Random) -> list[Case]:
    paid = near(random, random.choice(PENSION_CLIFFS)) if random.random() < 0.6 else _any(random, 8_000_000)
    if random.random() < 0.05:
        return [{"net_yen": paid}]
    return [{"paid_yen": paid}]


def _dividend(random: Random) -> list[Case]:
    found = []
    for _ in range(random.choice((1, 1, 2, 3))):
        paid = _any(random, random.choice((300_000, 3_000_000, 15_000_000)))
        interest = random.randint(0, paid) if random.random() < 0.2 else 0
        kind = random.choice(("ordinary", "ordinary", "investment_trust", "foreign_currency", "none"))
        found.append({"paid_yen": paid, "debt_interest_yen": interest, "kind": kind})
    return found


def _land(random: Random, *, special: bool) -> Case:
    land: Case = {}
    for kind, most in (
        ("short", 20_000_000),
        ("short_public", 20_000_000),
        ("long", 40_000_000),
        ("long_excellent", 40_000_000),
        ("long_residence", 110_000_000),
    ):
        if random.random() < 0.4:
            land[f"{kind}_yen"] = _any(random, most, loss=0.2)
            if special and kind != "long_excellent" and random.random() < 0.3:
                amount = random.choice((1_000_000, 8_000_000, 15_000_000))
                land[f"{kind}_special_deduction_yen"] = 5_000_000 if kind == "short_public" else amount
    edges = {"long_excellent": 20_000_000, "long_residence": 60_000_000}
    for kind, edge in edges.items():
        if random.random() < 0.15:
            land[f"{kind}_yen"] = near(random, edge) + random.choice((0, 430_000, 1_000))
    return land


def _plain(
    name: str, most: int, *, loss: float = 0.0
) -> tuple[str, Callable[[Random, int], int]]:  # an ingredient by its key
    return name, lambda random, _year: _any(random, most, loss=loss)


INGREDIENTS: tuple[tuple[float, tuple[str, Callable[[Random, int], Any]]], ...] = (
    (0.70, ("employment", _employment)),
    (0.35, ("public_pension", lambda random, _year: _pension(random))),
    (0.20, _plain("business_yen", 15_000_000, loss=0.25)),
    (0.07, _plain("farming_yen", 4_000_000, loss=0.4)),
    (0.15, _plain("real_estate_yen", 6_000_000, loss=0.35)),
    (0.08, _plain("real_estate_land_interest_yen", 2_000_000)),
    (0.15, ("dividend", lambda random, _year: _dividend(random))),
    (0.06, _plain("miscellaneous_business_yen", 2_000_000, loss=0.3)),
    (0.10, _plain("miscellaneous_yen", 2_000_000, loss=0.2)),
    (0.08, _plain("forestry_yen", 8_000_000, loss=0.3)),
    (0.06, _plain("retirement_income_yen", 10_000_000)),
    (0.08, _plain("futures_yen", 6_000_000, loss=0.3)),
    (0.08, _plain("loss_carried_forward_yen", 6_000_000)),
)


def _income(random: Random, fiscal_year: int) -> Case:
    income: Case = {name: make(random, fiscal_year) for chance, (name, make) in INGREDIENTS if random.random() < chance}
    if random.random() < 0.12:
        expense = _any(random, 1_000_000)
        revenue = expense + random.choice((500_000, 500_001, 500_002, _any(random, 6_000_000)))
        income["occasional"] = {"revenue_yen": revenue, "expense_yen": expense}
    if random.random() < 0.12:
        short, long = _any(random, 4_000_000, loss=0.35), _any(random, 6_000_000, loss=0.35)
        short = random.choice((short, 0, 499_999, 500_001))
        income["capital_gain"] = {"short_yen": short, "long_yen": long}
    if random.random() < 0.2:
        income["shares"] = {
            "listed_yen": _any(random, 6_000_000, loss=0.4),
            "general_yen": random.choice((0, _any(random, 4_000_000))),
            "listed_dividend_yen": random.choice((0, _any(random, 4_000_000))),
        }
    casualty = random.random() < 0.05
    if random.random() < 0.2:
        income["land"] = _land(random, special=not casualty)
    carried = {
        "casualty_yen": _any(random, 3_000_000) if casualty else 0,
        "listed_shares_yen": _any(random, 4_000_000) if random.random() < 0.08 else 0,
        "futures_yen": _any(random, 3_000_000) if random.random() < 0.06 else 0,
        "residence_yen": _any(random, 20_000_000) if random.random() < 0.06 else 0,
    }
    if any(carried.values()):
        income["losses_carried_forward"] = carried
    return income


def _premium(random: Random, cliffs: tuple[int, ...], most: int) -> int:
    return near(random, random.choice(cliffs)) if random.random() < 0.7 else random.randint(0, most)


def _paid(random: Random, fiscal_year: int) -> Case:
    paid: Case = {"social_insurance_yen": random.choice((0, random.randint(0, 1_500_000)))}
    if random.random() < 0.15:
        paid["small_enterprise_mutual_aid_yen"] = random.randint(0, 816_000)
    if random.random() < 0.4:
        names = ("new_general_yen", "new_care_yen", "new_pension_yen", "old_general_yen", "old_pension_yen")
        paid["life_insurance"] = {name: _premium(random, PREMIUM_CLIFFS, 120_000) for name in names}
    if random.random() < 0.3:
        names = ("earthquake_yen", "old_long_term_yen")
        paid["earthquake_insurance"] = {name: _premium(random, QUAKE_CLIFFS, 60_000) for name in names}
    if random.random() < 0.2:
        spent = random.choice((near(random, 100_000), near(random, 2_100_000), random.randint(0, 900_000)))
        paid["medical"] = {"paid_yen": spent, "reimbursed_yen": random.choice((0, 0, random.randint(0, 300_000)))}
    if random.random() < 0.12:
        spent = random.choice((near(random, 12_000), near(random, 100_000), random.randint(0, 150_000)))
        paid["self_medication"] = {"paid_yen": spent, "reimbursed_yen": random.choice((0, 0, 3_000))}
    for chance, name, make in CREDITS_PAID:
        if random.random() < chance:
            paid[name] = make(random, fiscal_year)
    if "foreign_tax_yen" in paid:
        paid["foreign_tax_national_limit_yen"] = random.choice((0, _any(random, 900_000)))
    return paid


def _casualty(random: Random, _fiscal_year: int) -> Case:
    loss = _any(random, 6_000_000)
    expense = random.choice((0, 50_000, 50_001, loss, random.randint(0, loss)))
    return {
        "loss_yen": loss,
        "reimbursed_yen": random.choice((0, 0, random.randint(0, loss))),
        "disaster_expense_yen": min(expense, loss),
    }


def _withheld(random: Random, _fiscal_year: int) -> Case:
    return {
        "dividend_levy_yen": _any(random, random.choice((1_000, 50_000, 400_000))),
        "share_gain_levy_yen": random.choice((0, _any(random, 200_000))),
    }


def _donation(random: Random, _fiscal_year: int) -> Case:
    def gift() -> int:
        return random.choice((2_000, 2_001, 1_999, 10_000, 50_000, random.randint(0, 300_000), _any(random, 3_000_000)))

    return {
        "furusato_yen": gift() if random.random() < 0.8 else 0,
        "city_and_prefecture_yen": gift() if random.random() < 0.2 else 0,
        "city_only_yen": gift() if random.random() < 0.1 else 0,
        "prefecture_only_yen": gift() if random.random() < 0.1 else 0,
        "one_stop": random.random() < 0.4,
    }


def _housing_loan(random: Random, fiscal_year: int) -> Case:
    year = random.choice((random.randint(2009, fiscal_year - 1), 2015, 2016, fiscal_year - 1))
    seven = 2014 <= year <= 2022 and random.random() < 0.5
    return {
        "moved_in_on": date(year, random.randint(1, 12), random.randint(1, 28)),
        "creditable_yen": random.randint(0, 400_000),
        "income_tax_before_credit_yen": random.choice((0, random.randint(0, 300_000))),
        "income_tax_taxable_yen": random.choice((0, 1_950_000, random.randint(0, 4_000) * 1_000)),
        "rate_percent": 7 if seven else 5,
    }


CREDITS_PAID: tuple[tuple[float, str, Callable[[Random, int], Any]], ...] = (
    (0.08, "casualty", _casualty),
    (0.35, "donation", _donation),
    (0.20, "housing_loan", _housing_loan),
    (0.12, "foreign_tax_yen", lambda random, _year: _any(random, 400_000)),
    (0.15, "withheld", _withheld),
)


def _collection(random: Random, fiscal_year: int) -> Case:
    method = random.choice(
        (
            "employment",
            "ordinary",
            "pension",
            ["employment", "pension"],
            ["employment", "ordinary"],
            ["pension", "ordinary"],
            ["employment", "pension", "ordinary"],
        )
    )
    collection: Case = {"method": method, "non_employment": random.choice(("employment", "employment", "ordinary"))}
    if random.random() < 0.5:
        collection["previous_year_pension_tax_yen"] = random.choice((0, 100, 5_000, random.randint(0, 2_000) * 100))
    if random.random() < 0.1:
        collection["pension_first_year"] = random.random() < 0.5
    # A stream of its own, so that the people drawn stay who they were.
    later = Random(sum(random.getstate()[1][:9]))
    if "employment" in method and later.random() < 0.4:
        collection["from_month"] = later.randint(1, 12)
        collection["earlier_months_yen"] = [later.randint(0, 600) * 100 for _ in range(later.choice((0, 12)))]
    if later.random() < 0.4:
        collection |= _told(later, method, fiscal_year)
    return collection


def _told(random: Random, method: str | list[str], year: int) -> Case:
    """A decision before this one, which told bills or payments of a pension, and the day of this one."""
    decided_on = date(year, 6, 1) + timedelta(days=random.randint(0, 400))
    if random.random() < 0.3:  # around the days on which a bill or a payment becomes fixed
        month, day = random.choice(((6, 20), (8, 21), (10, 22), (7, 31), (10, 10), (12, 10), (9, 1)))
        decided_on = date(year, month, day) + timedelta(days=random.randint(-1, 1))
    told: Case = {"decided_on": decided_on}
    told["due_on"] = [date(year, 6, 30), date(year, 8, 31), date(year, 11, 2), date(year + 1, 2, 1)]
    told["from_month"] = decided_on.month % 12 + 1 if decided_on < date(year + 1, 5, 1) else 5
    months = random.choice((0, 0, 0, random.randint(0, 400) * 100))
    told["earlier_months_yen"] = [months + 300] + [months] * 11 if months else []
    if random.random() < 0.7:
        bill = random.randint(0, 60) * 1_000
        told["earlier_bills_yen"] = [bill + random.randint(0, 9) * 100, bill, bill, bill]
    if ("pension" in method and random.random() < 0.7) or random.random() < 0.1:
        part, last = random.randint(0, 200) * 100, random.randint(0, 200) * 100
        told["earlier_provisional_yen"] = [part + 100, part, part] if random.random() < 0.6 else []
        told["earlier_final_yen"] = [last + 200, last, last] if random.random() < 0.8 else []
    told["income_tax_changed"] = random.random() < 0.3
    return told


def _told_as_it_stands(random: Random, case: Case) -> Case:
    """A decision before this one told what a first one would say now, or a little else."""
    collection = case["collection"]
    year, method = case["fiscal_year"], collection["method"]
    first = {name: value for name, value in collection.items() if name not in TOLD}
    parts = assess(case | {"collection": first}).get("instalments", {})
    told = _told(random, method, year) | {"decided_on": _day_of_change(random, year)}
    pension = parts.get("pension_withholding", {})
    told |= {
        "earlier_months_yen": _nearly(random, parts.get("employment_withholding", [])),
        "earlier_bills_yen": _nearly(random, parts.get("ordinary_collection", [])),
        "earlier_provisional_yen": pension.get("provisional", []),
        "earlier_final_yen": pension.get("final", []),
    }
    return first | told


def _nearly(random: Random, amounts: list[int]) -> list[int]:
    """Mostly the amounts as they are, sometimes one of them a little more or less."""
    if not amounts or random.random() < 0.5:
        return amounts
    place = random.randrange(len(amounts))
    if random.random() < 0.3:  # a small bill before a large one, together a little more
        small = random.randint(0, 9) * 100
        rest = max(amounts[place] - small, 0) + random.randint(1, 19) * 100
        return [small if place == each else yen for each, yen in enumerate(amounts[:-1])] + [amounts[-1] + rest]
    step = random.choice((100, 300, 1_000, 1_100, 5_000, 5_300, -100, -1_000, -1_100))
    return [max(yen + step, 0) if place == each else yen for each, yen in enumerate(amounts)]


def _late_and_small(random: Random, case: Case) -> None:
    """A levy per capita only, or little more, that is decided first after some bills fell due."""
    year = case["fiscal_year"]
    case["income"] = {"employment": [{"paid_yen": random.choice((1_100_000, 1_150_000, 1_200_000))}]}
    case["dependants"] = []
    case.pop("spouse", None)
    bills = random.choice(([], [], [1_000, 0, 0, 0], [5_000, 0, 0, 0], [2_000, 1_000, 1_000, 1_000]))
    case["collection"] = _told(random, "ordinary", year) | {
        "method": "ordinary",
        "decided_on": _day_of_change(random, year),
        "earlier_months_yen": [],
        "earlier_bills_yen": bills,
        "earlier_provisional_yen": [],
        "earlier_final_yen": [],
    }


def _day_of_change(random: Random, year: int) -> date:
    """Mostly within the year's bills, sometimes around the day on which the next year of account begins."""
    if random.random() < 0.15:
        return date(year + 1, 4, 1) + timedelta(days=random.randint(-1, 1))
    return date(year, 6, 1) + timedelta(days=random.randint(0, 250))


def _press_total(random: Random, case: Case) -> None:
    """Sets the business income so that 合計所得金額 lands at a cliff, where the other incomes let it."""
    target = near(random, random.choice(TOTAL_CLIFFS))
    income = case["income"]
    for _ in range(2):
        business = income.get("business_yen", 0) + target - assess(_plainly(case))["total_income_yen"]
        if abs(business) < 40_000_000:
            income["business_yen"] = business


def _press_exemption(random: Random, case: Case) -> None:
    """The same for the exemption figures, and a little above them, where 調整措置 works."""
    year = case["fiscal_year"]
    relatives = read_household(case, year).counted_for_exemption
    city = municipality(case["municipality"], year)
    limits = (
        income_levy_limit(relatives),
        per_capita_limit(relatives, city),
        forest_environment_tax_limit(relatives, city),
    )
    target = near(random, random.choice(limits)) + random.choice((0, 0, 500, 1_000, 2_500, 10_000, 30_000, 60_000))
    income = case["income"]
    for _ in range(2):
        business = income.get("business_yen", 0) + target - assess(_plainly(case))["gross_income_etc_yen"]
        if abs(business) < 40_000_000:
            income["business_yen"] = business
    if random.random() < 0.6:
        case["paid"] = {"social_insurance_yen": 0}
        case["taxpayer"] = {"born_on": date(year - 40, 5, 5)}


def _plainly(case: Case) -> Case:
    """The case without its collection, which costs time and decides no amount of the year."""
    return {name: value for name, value in case.items() if name != "collection"}


def _press_taxable(random: Random, case: Case) -> None:
    """Sets the social insurance so that 課税総所得金額 lands at a cliff of rounding, of a credit or of a ratio."""
    case["paid"]["social_insurance_yen"] = 0
    figures = assess(_plainly(case))
    added = basic_deduction_addition(figures["total_income_yen"], case["fiscal_year"])
    difference = figures["personal_deduction_difference_yen"] + added
    ratio_edges = tuple(limit + difference for limit, _ in (*RATIOS, *ONE_STOP))
    separate = sum(v for name, v in figures.items() if name.startswith("taxable_") and name != "taxable_income_yen")
    fixed = (0, 1_000, 50_000, 2_000_000, 2_001_000, 2_050_000, 2_051_000, 10_000_000 - separate, 10_001_000)
    target = random.choice((*fixed, difference, difference - 1_000, *ratio_edges))
    room = figures["gross_income_yen"] - figures["deductions_yen"] - target
    case["paid"]["social_insurance_yen"] = min(near(random, max(room, 0)), 900_000_000)


def _press_donation(random: Random, case: Case) -> None:
    """A furusato gift near the 20 % cap of 特例控除, or near 30 % of the income."""
    figures = assess(_plainly(case))
    levy = figures["city_income_levy_before_credits_yen"] - figures["city_adjustment_credit_yen"]
    at_cap = levy // 5 * 100_000 // (60_000 * 84_895 // 100_000) + 2_000
    gift = random.choice((at_cap, at_cap + 1, figures["gross_income_etc_yen"] * 3 // 10))
    case["paid"]["donation"] = case["paid"].get("donation", {}) | {"furusato_yen": near(random, gift)}
