"""What a case says was paid (`paid`): the deductions and the housing loan credit that follow from it."""

from datetime import date
from typing import Any

from second_calculator import credits, insurance
from second_calculator.credits import Pair
from second_calculator.reading import day, integer, known_keys, nothing_but_zero, yen

OTHER_PAID_KEYS = ("medical", "self_medication", "casualty", "donation", "foreign_tax_yen", "withheld")


def _amounts(given: dict[str, Any], key: str, names: tuple[str, ...]) -> list[int]:
    mapping = known_keys(given.get(key) or {}, names, f"paid.{key}")
    return [yen(mapping.get(name, 0), f"paid.{key}.{name}") for name in names]


def paid_deductions(given: dict[str, Any]) -> dict[str, int]:
    """The deductions for what was paid: social insurance, mutual aid, life and earthquake insurance."""
    simple = ("social_insurance_yen", "small_enterprise_mutual_aid_yen")
    structured = ("life_insurance", "earthquake_insurance", "housing_loan")
    paid = known_keys(given.get("paid") or {}, (*simple, *structured, *OTHER_PAID_KEYS), "paid")
    for key in OTHER_PAID_KEYS:
        nothing_but_zero(paid.get(key, 0), f"paid.{key}")
    life = ("new_general_yen", "new_care_yen", "new_pension_yen", "old_general_yen", "old_pension_yen")
    quake = ("earthquake_yen", "old_long_term_yen")
    return {
        "social_insurance": yen(paid.get(simple[0], 0), f"paid.{simple[0]}"),
        "small_enterprise": yen(paid.get(simple[1], 0), f"paid.{simple[1]}"),
        "life_insurance": insurance.life_insurance(*_amounts(paid, "life_insurance", life)),
        "earthquake_insurance": insurance.earthquake_insurance(*_amounts(paid, "earthquake_insurance", quake)),
    }


def housing_loan(given: dict[str, Any], total_income: int, fiscal_year: int, designated: bool, levies: Pair) -> Pair:
    """住宅借入金等特別税額控除 of a case as (city, prefecture); zero where nothing is creditable."""
    keys = (
        "moved_in_on",
        "creditable_yen",
        "income_tax_before_credit_yen",
        "income_tax_taxable_yen",
        "rate_percent",
    )
    loan = known_keys((given.get("paid") or {}).get("housing_loan") or {}, keys, "paid.housing_loan")
    if not loan.get("creditable_yen"):
        return 0, 0
    where = "paid.housing_loan."
    moved_in_on = day(loan.get("moved_in_on"), where + "moved_in_on")
    if moved_in_on > date(fiscal_year - 1, 12, 31):
        raise ValueError(where + "moved_in_on: after the income year")
    rate_percent = integer(loan.get("rate_percent", 5), where + "rate_percent")
    if rate_percent not in (5, 7):
        raise ValueError(where + "rate_percent: neither 5 nor 7")
    income_tax = yen(loan.get("income_tax_before_credit_yen", 0), where + "income_tax_before_credit_yen")
    unused = max(yen(loan["creditable_yen"], where + "creditable_yen") - income_tax, 0)
    added = 0
    if fiscal_year >= 2026:  # 令和8年法律2号附則3条①, 11条①
        added = max(credits.income_tax_basic_deduction(total_income) - 480_000, 0)
    taxable = yen(loan.get("income_tax_taxable_yen", 0), where + "income_tax_taxable_yen")
    return credits.housing_loan_credit(moved_in_on, unused, taxable, rate_percent, added, designated, levies)
