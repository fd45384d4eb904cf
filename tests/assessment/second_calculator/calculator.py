"""The calculation from a case to its figures, in the order of the statute."""

from dataclasses import dataclass, replace
from typing import Any

from second_calculator import credits, deductions
from second_calculator.bases import taxable_bases
from second_calculator.collection import Amount, Shares, cut_out, instalments, read_collection
from second_calculator.credits import at_most
from second_calculator.donations import DonationCredits, donation_credits
from second_calculator.exemptions import Exemptions, exemptions, income_levy_limit
from second_calculator.household import Household, read_household
from second_calculator.houses import house_tax
from second_calculator.income_given import IncomeGiven, read_income
from second_calculator.incomes import Incomes, work_out_incomes
from second_calculator.kinds import KINDS
from second_calculator.levies import IncomeLevy, Pair, income_levies
from second_calculator.municipality import Municipality, municipality
from second_calculator.paid import Paid, read_paid
from second_calculator.reading import choice, integer, known_keys

CASE_KEYS = (
    "case",
    "kind",
    "fiscal_year",
    "municipality",
    "cites",
    "taxpayer",
    "income",
    "spouse",
    "dependants",
    "paid",
    "collection",
    "houses",
    "expect",
)
FISCAL_YEARS = range(2022, 2028)
FOREST_ENVIRONMENT_TAX = 1_000  # 森林環境税法5条
FOREST_ENVIRONMENT_TAX_FROM = 2024
SIDES = ("city", "prefecture")
CREDITS = (
    "adjustment_credit",
    "dividend_credit",
    "housing_loan_credit",
    "donation_basic_credit",
    "donation_special_credit",
    "one_stop_credit",
    "foreign_tax_credit",
    "exemption_adjustment",
    "withheld_levy_credit",
    "fixed_reduction",
)
DONATION_CREDITS = ("donation_basic_credit", "donation_special_credit", "one_stop_credit")
Figures = dict[str, Any]


@dataclass(frozen=True)
class Person:
    """Everything a case says that bears on the amount of the tax."""

    fiscal_year: int
    city: Municipality
    household: Household
    income: IncomeGiven
    paid: Paid


@dataclass(frozen=True)
class Assessed:
    """What follows for a person."""

    incomes: Incomes
    deductions: dict[str, int]
    bases: dict[str, int]
    difference: int
    exempt: Exemptions
    levy: IncomeLevy


def assess(case: dict[str, Any]) -> Figures:
    """The figures of a case (`docs/cases.md` names them), in yen; ValueError for what a case may not say."""
    kind = choice(case.get("kind", "resident_tax"), ("resident_tax", *KINDS), "kind") if isinstance(case, dict) else ""
    if kind in KINDS:
        return KINDS[kind](case)
    given = known_keys(case, CASE_KEYS, "case")
    fiscal_year = integer(given.get("fiscal_year"), "fiscal_year")
    if fiscal_year not in FISCAL_YEARS:
        raise ValueError(f"fiscal_year: {fiscal_year} is outside the scope of the second calculator")
    person = Person(
        fiscal_year,
        municipality(given.get("municipality"), fiscal_year),
        read_household(given, fiscal_year),
        read_income(given.get("income")),
        read_paid(given.get("paid"), fiscal_year),
    )
    assisted = person.household.person.public_assistance
    houses = house_tax(given.get("houses") or [], person.city, public_assistance=assisted)
    if houses and "income" not in given:
        return {"house_tax_yen": houses}  # 法294条①二: no residence, so nothing but the per-capita levy of each ward
    assessed = _assess(person)
    figures = _figures(person, assessed)
    figures |= _instalments(given.get("collection"), person, assessed, figures)
    return figures | ({"house_tax_yen": houses} if houses else {})


def _assess(person: Person) -> Assessed:
    household, year = person.household, person.fiscal_year
    incomes = work_out_incomes(
        person.income,
        aged_65=household.person.aged_65,
        entitled=household.income_adjustment_entitled,
        fiscal_year=year,
    )
    student = deductions.is_working_student(household.person, incomes.total, incomes.other_than_work, year)
    amounts = person.paid.deductions(incomes.gross_etc) | _personal_deductions(household, incomes.total, year, student)
    bases = taxable_bases(incomes, person.income, sum(amounts.values()))
    difference = _difference(household, incomes.total, student)
    exempt = exemptions(
        household.person, incomes.total, incomes.gross_etc, household.counted_for_exemption, person.city
    )
    withheld = credits.withheld_levy_credit(person.paid.withheld)
    if exempt.income_levy:
        levy = IncomeLevy((0, 0), dict.fromkeys(CREDITS, (0, 0)))
    else:
        levy = _income_levy(person, incomes, bases, difference, withheld)
    return Assessed(incomes, amounts, bases, difference, exempt, levy)


def _personal_deductions(household: Household, total_income: int, year: int, student: bool) -> dict[str, int]:
    """法314条の2①六–十二・②."""
    person, partner, relatives = household.person, household.spouse, household.dependants
    return {
        "disability": deductions.disability(person, household.relatives, (260_000, 300_000, 530_000)),
        "widow": 260_000 if deductions.is_widow(person, total_income) else 0,
        "single_parent": 300_000 if deductions.is_single_parent(person, total_income) else 0,
        "working_student": 260_000 if student else 0,
        "spouse": deductions.spouse(partner, total_income),
        "spouse_special": deductions.spouse_special(partner, total_income),
        "dependant": sum(deductions.one_dependant(relative) for relative in relatives),
        "specific_relative_special": sum(deductions.one_specific_relative(r, year) for r in relatives),
        "basic": deductions.basic(total_income),
    }


def _difference(household: Household, total_income: int, student: bool) -> int:
    """The sum of 法314条の6①一イ."""
    return (
        50_000
        + deductions.disability(household.person, household.relatives, (10_000, 100_000, 220_000))
        + deductions.own_status_difference(household.person, total_income, student)
        + deductions.spouse_difference(household.spouse, total_income)
        + sum(deductions.dependant_difference(relative) for relative in household.dependants)
    )


def _income_levy(
    person: Person, incomes: Incomes, bases: dict[str, int], difference: int, withheld: Pair
) -> IncomeLevy:
    """所得割 with its credits in order: 調整, 配当, 住宅, 寄附, 外国税額, 調整措置, 配当割等, 定額減税."""
    designated, paid, total = person.city.designated_city, person.paid, incomes.total
    added = credits.basic_deduction_addition(total, person.fiscal_year)
    together = bases["income"] + bases["retirement"] + bases["forestry"]
    for_dividends = sum(bases.values()) - bases["retirement"] - bases["forestry"]
    levy = IncomeLevy(income_levies(bases, person.city))
    levy.take(
        "adjustment_credit",
        lambda left: credits.adjustment_credit(difference, together, total, designated, left),
    )
    after_adjustment = levy.now
    levy.take(
        "dividend_credit",
        lambda left: credits.dividend_credit(incomes.dividend_by_kind, for_dividends, designated, left),
    )
    levy.take(
        "housing_loan_credit", lambda left: credits.housing_loan_credit(paid.housing_loan, added, designated, left)
    )
    donated: DonationCredits = donation_credits(
        paid.donations, incomes.gross_etc, bases, difference + added, designated, after_adjustment
    )
    for name, part in zip(DONATION_CREDITS, (donated.basic, donated.special, donated.one_stop), strict=True):
        levy.take(name, lambda left, part=part: at_most(part, left))
    levy.take(
        "foreign_tax_credit",
        lambda left: credits.foreign_tax_credit(paid.foreign_tax, paid.foreign_tax_national_limit, designated, left),
    )
    limit = income_levy_limit(person.household.counted_for_exemption)
    levy.take("exemption_adjustment", lambda left: credits.exemption_adjustment(incomes.gross_etc, limit, left))
    levy.take("withheld_levy_credit", lambda left: at_most(withheld, left))
    reduction = _fixed_reduction(person, total)
    levy.take("fixed_reduction", lambda left: credits.fixed_reduction(reduction, left))
    return levy


def _fixed_reduction(person: Person, total_income: int) -> int:
    """The 定額減税 the person is entitled to; relatives living abroad do not count."""
    partner = person.household.spouse
    spouse_counts = partner is not None and partner.within_income_limit and not partner.abroad
    dependants = sum(r.within_income_limit and not r.abroad for r in person.household.dependants)
    return credits.fixed_reduction_entitled(person.fiscal_year, total_income, spouse_counts, dependants)


def _income_figures(incomes: Incomes) -> Figures:
    names = (
        *("business", "farming", "real_estate", "dividend", "miscellaneous", "occasional", "public_pension"),
        *("employment", "forestry", "retirement"),
    )
    figures: Figures = {f"{name}_income_yen": getattr(incomes, name) for name in names}
    return figures | {
        "short_capital_gain_yen": incomes.short_capital_gain,
        "long_capital_gain_yen": incomes.long_capital_gain,
        "income_adjustment_deduction_yen": incomes.adjustment,
        "total_income_yen": incomes.total,
        "gross_income_yen": incomes.gross,
        "gross_income_etc_yen": incomes.gross_etc,
    }


def _figures(person: Person, assessed: Assessed) -> Figures:
    figures = _income_figures(assessed.incomes)
    figures |= {f"{name}_deduction_yen": amount for name, amount in assessed.deductions.items()}
    figures["deductions_yen"] = sum(assessed.deductions.values())
    figures |= {f"taxable_{name}_yen": amount for name, amount in assessed.bases.items()}
    figures["personal_deduction_difference_yen"] = assessed.difference
    exempt, levy, city = assessed.exempt, assessed.levy, person.city
    figures |= {"per_capita_exempt": exempt.per_capita, "income_levy_exempt": exempt.income_levy}
    forest = 0
    if person.fiscal_year >= FOREST_ENVIRONMENT_TAX_FROM:
        forest = 0 if exempt.forest_environment_tax else FOREST_ENVIRONMENT_TAX
        figures["forest_environment_tax_exempt"] = exempt.forest_environment_tax
    figures["forest_environment_tax_yen"] = forest
    per_capita = (0, 0) if exempt.per_capita else (city.city_per_capita_yen, city.prefecture_per_capita_yen)
    for side, name in enumerate(SIDES):
        figures[f"{name}_income_levy_before_credits_yen"] = levy.before_credits[side]
        for credit, pair in levy.taken.items():
            figures[f"{name}_{credit}_yen"] = pair[side]
        figures[f"{name}_donation_credit_yen"] = sum(levy.taken[credit][side] for credit in DONATION_CREDITS)
        figures[f"{name}_income_levy_yen"] = levy.fixed[side]
        figures[f"{name}_per_capita_yen"] = per_capita[side]
        figures[f"{name}_tax_yen"] = levy.fixed[side] + per_capita[side]
    unused = person.paid.withheld - sum(levy.taken["withheld_levy_credit"])
    figures["withheld_levy_refund_yen"] = max(unused, 0)  # 法314条の9②③; never more than was withheld
    figures["annual_tax_yen"] = sum(levy.fixed) + sum(per_capita) + forest
    return figures


def _trial(person: Person, income: IncomeGiven) -> IncomeLevy:
    """所得割 of the same person with another income."""
    return _assess(replace(person, income=income)).levy


def _shares(person: Person, assessed: Assessed, figures: Figures) -> Shares:
    """所得割 cut into its parts by two trials, before and after 定額減税."""
    no_pension, wages_only = person.income.without_pension(), person.income.wages_only()
    without_pension = _trial(person, no_pension) if person.income.pension.any else assessed.levy
    on_wages = _trial(person, wages_only) if wages_only != no_pension else without_pension
    trials = (assessed.levy, without_pension, on_wages)
    before = cut_out(*(sum(levy.fixed_before_reduction) for levy in trials))
    after = cut_out(*(sum(levy.fixed) for levy in trials))
    wages, pension, other = (Amount(*pair) for pair in zip(before, after, strict=True))
    per_capita = sum(figures[f"{name}_per_capita_yen"] for name in SIDES) + figures["forest_environment_tax_yen"]
    return Shares(wages, pension, other, per_capita)


def _instalments(value: Any, person: Person, assessed: Assessed, figures: Figures) -> Figures:
    collection = read_collection(value, person.fiscal_year)
    if not collection.methods:
        return {}
    shares = _shares(person, assessed, figures)
    reduced = any(assessed.levy.taken["fixed_reduction"])
    parts = instalments(
        collection,
        shares,
        person.city,
        pension_apart=person.household.person.aged_65_on_1_april and person.income.pension.any,
        special_order=person.fiscal_year == 2024 and reduced,
    )
    return {"instalments": parts}
