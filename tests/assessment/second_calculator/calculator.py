"""The calculation from a case to its figures, in the order of the statute."""

from typing import Any

from second_calculator import credits, deductions, instalments
from second_calculator.employment_income import employment_income, income_adjustment_deduction
from second_calculator.exemptions import exemptions, income_levy_limit
from second_calculator.household import Household, read_household
from second_calculator.levies import IncomeLevy, income_levies
from second_calculator.municipality import Municipality, municipality
from second_calculator.paid import housing_loan, paid_deductions
from second_calculator.people import wages
from second_calculator.reading import choice, integer, known_keys, nothing_but_zero
from second_calculator.rounding import taxable_base

CASE_KEYS = (
    "case",
    "fiscal_year",
    "municipality",
    "cites",
    "taxpayer",
    "income",
    "spouse",
    "dependants",
    "paid",
    "collection",
    "expect",
)
OTHER_INCOME_KEYS = (
    "public_pension",
    "business_yen",
    "real_estate_yen",
    "dividend",
    "miscellaneous_yen",
    "occasional",
    "capital_gain",
    "land",
    "shares",
    "futures_yen",
    "forestry_yen",
    "loss_carried_forward_yen",
)
FOREST_ENVIRONMENT_TAX = 1_000  # 森林環境税法5条
Figures = dict[str, Any]


def assess(case: dict[str, Any]) -> Figures:
    """The figures of a case (`docs/cases.md` names them), in yen; ValueError for what a case may not say."""
    given = known_keys(case, CASE_KEYS, "case")
    fiscal_year = integer(given.get("fiscal_year"), "fiscal_year")
    if fiscal_year not in (2025, 2026):
        raise ValueError(f"fiscal_year: {fiscal_year} is outside the scope of the second calculator")
    city = municipality(given.get("municipality"))
    household = read_household(given, fiscal_year)
    figures = _income(given, household, fiscal_year)
    figures |= _deductions(given, household, figures["total_income_yen"], fiscal_year)
    figures |= _taxes(given, household, figures, city, fiscal_year)
    figures |= _instalments(given, figures, city)
    return figures


def _income(given: dict[str, Any], household: Household, fiscal_year: int) -> Figures:
    """給与所得, 所得金額調整控除 and the sums, which are all one where there is nothing but wages."""
    income = known_keys(given.get("income") or {}, ("employment", *OTHER_INCOME_KEYS), "income")
    paid, net = wages(income.pop("employment", []), "income.employment")
    nothing_but_zero(income, "income")
    if net is None:
        net = employment_income(paid, fiscal_year - 1)
    elif net > 6_550_000:
        paid = net + 1_950_000  # 所得税法28条③五 turned round
    adjustment = income_adjustment_deduction(paid, household.income_adjustment_entitled)
    total = net - adjustment
    return {
        "employment_income_yen": net,
        "income_adjustment_deduction_yen": adjustment,
        "total_income_yen": total,
        "gross_income_yen": total,
        "gross_income_etc_yen": total,
    }


def _deductions(given: dict[str, Any], household: Household, total_income: int, fiscal_year: int) -> Figures:
    person, partner, relatives = household.person, household.spouse, household.dependants
    single_parent = deductions.is_single_parent(person, total_income)
    amounts = paid_deductions(given) | {
        "disability": deductions.disability(person, household.relatives, (260_000, 300_000, 530_000)),
        "widow": 260_000 if deductions.is_widow(person, total_income) else 0,
        "single_parent": 300_000 if single_parent else 0,
        "working_student": 260_000 if deductions.is_working_student(person, total_income, fiscal_year) else 0,
        "spouse": deductions.spouse(partner, total_income),
        "spouse_special": deductions.spouse_special(partner, total_income),
        "dependant": sum(deductions.one_dependant(relative) for relative in relatives),
        "specific_relative_special": sum(deductions.one_specific_relative(r, fiscal_year) for r in relatives),
        "basic": deductions.basic(total_income),
    }
    figures: Figures = {f"{name}_deduction_yen": amount for name, amount in amounts.items()}
    figures["deductions_yen"] = sum(amounts.values())
    figures["taxable_income_yen"] = taxable_base(total_income - figures["deductions_yen"])
    figures["personal_deduction_difference_yen"] = (
        50_000
        + deductions.disability(person, household.relatives, (10_000, 100_000, 220_000))
        + deductions.own_status_difference(person, total_income, fiscal_year)
        + deductions.spouse_difference(partner, total_income)
        + sum(deductions.dependant_difference(relative) for relative in relatives)
    )
    return figures


def _income_levy(
    given: dict[str, Any], household: Household, figures: Figures, city: Municipality, year: int
) -> IncomeLevy:
    """所得割 with its credits in order: 調整控除, 住宅, 調整措置, 定額減税."""
    total = figures["total_income_yen"]
    taxable = figures["taxable_income_yen"]
    difference = figures["personal_deduction_difference_yen"]
    partner = household.spouse
    spouse_counts = year == 2025 and partner is not None and partner.within_income_limit and not partner.abroad
    limit = income_levy_limit(household.counted_for_exemption)
    levy = IncomeLevy(income_levies(taxable, city))
    levy.take(
        "adjustment_credit",
        lambda left: credits.adjustment_credit(difference, taxable, total, city.designated_city, left),
    )
    levy.take("housing_loan_credit", lambda left: housing_loan(given, total, year, city.designated_city, left))
    levy.take("exemption_adjustment", lambda left: credits.exemption_adjustment(total, limit, left))
    levy.take("fixed_reduction", lambda left: credits.fixed_reduction_2025(total, spouse_counts, left))
    return levy


def _taxes(given: dict[str, Any], household: Household, figures: Figures, city: Municipality, year: int) -> Figures:
    free = exemptions(household.person, figures["total_income_yen"], household.counted_for_exemption, city)
    levy = _income_levy(given, household, figures, city, year)
    if free.income_levy:
        levy = IncomeLevy((0, 0), {name: (0, 0) for name in levy.taken})
    per_capita = (0, 0) if free.per_capita else (city.city_per_capita_yen, city.prefecture_per_capita_yen)
    forest = 0 if free.forest_environment_tax else FOREST_ENVIRONMENT_TAX
    result: Figures = {
        "per_capita_exempt": free.per_capita,
        "income_levy_exempt": free.income_levy,
        "forest_environment_tax_exempt": free.forest_environment_tax,
        "forest_environment_tax_yen": forest,
        "annual_tax_yen": sum(levy.fixed) + sum(per_capita) + forest,
    }
    for side, name in enumerate(("city", "prefecture")):
        result[f"{name}_income_levy_before_credits_yen"] = levy.before_credits[side]
        for credit, pair in levy.taken.items():
            result[f"{name}_{credit}_yen"] = pair[side]
        result[f"{name}_income_levy_yen"] = levy.fixed[side]
        result[f"{name}_per_capita_yen"] = per_capita[side]
        result[f"{name}_tax_yen"] = levy.fixed[side] + per_capita[side]
    return result


def _instalments(given: dict[str, Any], figures: Figures, city: Municipality) -> Figures:
    keys = ("method", "previous_year_pension_tax_yen")
    collection = known_keys(given.get("collection") or {}, keys, "collection")
    nothing_but_zero(collection.get("previous_year_pension_tax_yen", 0), "collection.previous_year_pension_tax_yen")
    if "method" not in collection:
        return {}
    method = choice(collection["method"], ("employment", "ordinary"), "collection.method")
    annual = figures["annual_tax_yen"]
    per_capita = (
        figures["city_per_capita_yen"] + figures["prefecture_per_capita_yen"] + figures["forest_environment_tax_yen"]
    )
    if method == "employment":
        return {"instalments": {"employment_withholding": instalments.employment_withholding(annual, per_capita)}}
    parts = instalments.ordinary_collection(annual, per_capita, city.ordinary_split_unit_yen)
    return {"instalments": {"ordinary_collection": parts}}
