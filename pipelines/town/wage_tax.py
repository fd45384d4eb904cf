"""The year-end adjustment (年末調整): the figures of a wage report that follow from pay, family and premiums."""

import numpy as np

from pipelines.town.family import Circumstances
from pipelines.town.jobs import JOINED, LEFT, Rows
from pipelines.town.people import People
from pipelines.town.schedule import apply_table, share
from pipelines.town.settings import Ints, Settings, Values

PREMIUMS = (
    "new_general_premium_yen",
    "care_premium_yen",
    "new_pension_premium_yen",
    "old_general_premium_yen",
    "old_pension_premium_yen",
    "old_long_term_premium_yen",
)


def with_tax(rows: Rows, people: People, known: Circumstances, settings: Settings) -> Rows:
    """The rows with income after deduction, deductions and tax withheld (yen).

    Reports without a year-end adjustment (乙欄, leavers, large pay) have no income and no deductions (所得税法190条).
    """
    tax, paid = settings.tax, rows["paid_yen"]
    adjusted = ~rows["second"] & (rows["change"] != LEFT)
    adjusted &= paid < settings.wages["no_year_end_adjustment_from_yen"]
    rows = rows | {"adjusted": adjusted}
    before = apply_table(tax["employment_income"], paid)
    rows["income_adjustment_deduction_yen"] = _adjustment(rows, people, tax["adjustment"])
    income = before - rows["income_adjustment_deduction_yen"]
    rows["income_after_deduction_yen"] = income
    rows |= _family_deductions(rows, people, known, income, tax)
    rows |= _personal_flags(rows, people, income, tax)
    rows |= _premium_deductions(rows, tax)
    rows["basic_deduction_yen"] = apply_table(tax["basic"], income)
    rows["deductions_yen"] = _deductions(rows, tax)
    rows |= _withheld(rows, tax)
    rows |= _previous_withheld(rows, tax)
    figures = ("income_after_deduction_yen", "deductions_yen", "income_adjustment_deduction_yen", "basic_deduction_yen")
    relatives = ("spouse_deduction_yen", "specific_relative_special_deduction_yen", "specific_relative_count")
    for name in (*figures, *relatives, *PREMIUMS):
        rows[name] = np.where(adjusted, rows[name], 0)
    return rows


def _adjustment(rows: Rows, people: People, rule: Values) -> Ints:
    """所得金額調整控除 (措法41条の3の11①): large pay with a child under 23 or a special disability in the family."""
    self_special = people.disability[rows["person"]] == 2
    entitled = (rows["dependant_under_23_count"] > 0) | (rows["disability_special_count"] > 0) | self_special
    over = np.clip(rows["paid_yen"], rule["from_yen"], rule["to_yen"]) - rule["from_yen"]
    return np.where(entitled & ~rows["second"], share(over, rule["rate"], round_up=True), 0)


def _family_deductions(rows: Rows, people: People, known: Circumstances, income: Ints, tax: Values) -> Rows:
    """Spouse's and specific relatives' deductions, and the spouse as the report shows him or her."""
    rule, limit = tax["spouse"], tax["dependant_income_to_yen"]
    partner = rows["partner"]
    spouse_income = np.where(partner >= 0, known.income_yen[partner], 0)
    elderly = (partner >= 0) & (people.age[partner] >= 70)
    column = np.searchsorted(np.array(rule["own_income_to_yen"]), income, side="left")
    allowed = (partner >= 0) & (column < len(rule["own_income_to_yen"]))
    column = np.minimum(column, len(rule["own_income_to_yen"]) - 1)
    within = allowed & (spouse_income <= limit)
    special_row = np.searchsorted(np.array([row["up_to"] for row in rule["special"]]), spouse_income, side="left")
    special = allowed & ~within & (special_row < len(rule["special"])) & rows["adjusted"]
    special_values = np.array([row["values"] for row in rule["special"]])
    special_yen = special_values[np.minimum(special_row, len(special_values) - 1), column]
    ordinary_yen = np.where(elderly, np.array(rule["elderly"])[column], np.array(rule["ordinary"])[column])
    specific = rows["special_relatives"]
    each = apply_table(tax["specific_relative"], known.income_yen[specific]) if tax["specific_relative"] else specific
    return {
        "spouse_within": within,
        "spouse_special": special,
        "spouse_elderly": within & elderly,
        "spouse_total_income_yen": np.where(within | special, spouse_income, 0),
        "spouse_deduction_yen": np.where(within, ordinary_yen, np.where(special, special_yen, 0)),
        "specific_relative_count": (specific >= 0).sum(axis=1),
        "specific_relative_special_deduction_yen": np.where(specific >= 0, each, 0).sum(axis=1),
    }


def _personal_flags(rows: Rows, people: People, income: Ints, tax: Values) -> Rows:
    person, first = rows["person"], ~rows["second"]
    single = income <= tax["personal"]["single_income_to_yen"]
    student = (income <= tax["working_student_income_to_yen"]) & (income > 0)
    return {
        "single_parent": first & single & rows["single_parent_claimed"],
        "widow": first & single & rows["widow_claimed"],
        "working_student": first & student & rows["working_student_claimed"],
        "self_special_disability": first & (people.disability[person] == 2),
        "self_other_disability": first & (people.disability[person] == 1),
        "minor": people.age[person] < 18,
    }


def _premium_deductions(rows: Rows, tax: Values) -> Rows:
    """Deductions for life (所得税法76条) and earthquake insurance (77条); 0 without the year-end adjustment."""

    def new(name: str) -> Ints:
        return apply_table(tax["life_insurance_new"], rows[name], round_up=True)

    def both(kind: str) -> Ints:
        fresh = new(f"new_{kind}_premium_yen")
        old = apply_table(tax["life_insurance_old"], rows[f"old_{kind}_premium_yen"], round_up=True)
        together: Ints = np.minimum(fresh + old, tax["life_insurance_both_to_yen"])
        return np.maximum(old, together)

    life = np.minimum(both("general") + both("pension") + new("care_premium_yen"), tax["life_insurance_to_yen"])
    earthquake = apply_table(tax["earthquake"], rows["earthquake_premium_yen"])
    long_term = apply_table(tax["old_long_term"], rows["old_long_term_premium_yen"], round_up=True)
    adjusted = rows["adjusted"]
    return {
        "life_insurance_deduction_yen": np.where(adjusted, life, 0),
        "earthquake_insurance_deduction_yen": np.where(
            adjusted, np.minimum(earthquake + long_term, tax["earthquake_to_yen"]), 0
        ),
    }


def _deductions(rows: Rows, tax: Values) -> Ints:
    """所得控除の額の合計額, by the income tax law."""
    each, personal = tax["dependant"], tax["personal"]
    parents, elderly = rows["dependant_elderly_parent_count"], rows["dependant_elderly_count"]
    together = rows["disability_special_living_together_count"]
    amounts = [
        rows["social_insurance_yen"] + rows["small_enterprise_yen"],
        rows["life_insurance_deduction_yen"] + rows["earthquake_insurance_deduction_yen"],
        rows["spouse_deduction_yen"] + rows["specific_relative_special_deduction_yen"],
        rows["dependant_specific_count"] * each["specific_yen"],
        parents * each["elderly_parent_yen"] + (elderly - parents) * each["elderly_yen"],
        rows["dependant_other_count"] * each["other_yen"],
        together * personal["special_disability_living_together_yen"],
        (rows["disability_special_count"] - together) * personal["special_disability_yen"],
        (rows["disability_other_count"] + rows["self_other_disability"]) * personal["disability_yen"],
        rows["self_special_disability"] * personal["special_disability_yen"],
        rows["widow"] * personal["widow_yen"],
        rows["single_parent"] * personal["single_parent_yen"],
        rows["working_student"] * personal["working_student_yen"],
        rows["basic_deduction_yen"],
    ]
    total = np.zeros(len(rows["person"]), dtype=np.int64)
    for amount in amounts:
        total = total + amount.astype(np.int64)
    return total


def _withheld(rows: Rows, tax: Values) -> Rows:
    """Tax of the year with the housing loan credit, the reduction of 2024 and the reconstruction tax."""
    step = tax["taxable_step_yen"]
    taxable = np.maximum(rows["income_after_deduction_yen"] - rows["deductions_yen"], 0) // step * step
    income_tax = apply_table(tax["tax"], taxable)
    credit = np.where(rows["adjusted"], np.minimum(rows["housing_creditable_yen"], income_tax), 0)
    left = income_tax - credit
    relatives = rows["dependants"], rows["under_16"]
    heads = 1 + rows["spouse_within"] + sum((places >= 0).sum(axis=1) for places in relatives)
    entitled = rows["adjusted"] & (rows["income_after_deduction_yen"] <= tax["fixed_reduction_income_to_yen"])
    reducible = np.where(entitled, heads * tax["fixed_reduction_a_person_yen"], 0)
    reduction = np.minimum(reducible, left)
    whole = _with_reconstruction(left - reduction, tax)
    paid = rows["paid_yen"]
    second = share(paid, tax["second_column_rate"])
    large = rows["change"] != LEFT
    leaver = share(paid, tax["unadjusted_rate"])
    unadjusted = np.where(large, share(paid, tax["large_unadjusted_rate"]), leaver)
    return {
        "housing_loan_credit_yen": credit,
        "withheld_yen": np.where(rows["adjusted"], whole, np.where(rows["second"], second, unadjusted)),
        "reduction_yen": reduction,
        "reduction_rest_yen": reducible - reduction,
    }


def _with_reconstruction(income_tax: Ints, tax: Values) -> Ints:
    step = tax["reconstruction_step_yen"]
    whole: Ints = share(income_tax, tax["reconstruction_rate"]) // step * step
    return whole


def _previous_withheld(rows: Rows, tax: Values) -> Rows:
    previous = share(rows["previous_paid_yen"], tax["unadjusted_rate"])
    return {"previous_withheld_yen": np.where(rows["change"] == JOINED, previous, 0)}
