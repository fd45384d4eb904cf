"""Each of these small mistakes in the SQL or its macros changes somebody's figures, so that the calculators would disagree."""

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace

import duckdb
import pytest
from pool import SETTINGS, Pool, all_steps, city_parameters

from pipelines.assessment.step import Step, macros

POOL = Pool()
# chain, step, what stands there, what a slip of the hand would write
SQL_MUTANTS = (
    ("relatives", "010_age", "<= p_relative", "< p_relative"),
    ("relatives", "010_age", "year_end()", "assessment_day()"),
    ("relatives", "020_class", "age_years < p_dependant_age()", "age_years <= p_dependant_age()"),
    ("relatives", "020_class", ">= p_specific_dependant_age()", "> p_specific_dependant_age()"),
    ("relatives", "020_class", "< p_specific_dependant_end_age()", "<= p_specific_dependant_end_age()"),
    ("relatives", "020_class", "AND disability = 'none'", ""),
    ("relatives", "030_per_taxpayer", "disability = 'special' AND NOT living_together", "disability = 'special'"),
    ("relatives", "030_per_taxpayer", "age_years < p_income_adjustment", "age_years <= p_income_adjustment"),
    ("household", "010_spouse", "<= p_relative", "< p_relative"),
    ("income", "080_income_adjustment", "> p_income_adjustment_from_yen() AND", ">= p_income_adjustment_cap_yen() AND"),
    ("income", "080_income_adjustment", "OR has_child_dependant", ""),
    (
        "income",
        "130_ordinary_income",
        "employment_income_yen - income_adjustment_deduction_yen",
        "employment_income_yen",
    ),
    ("levy", "235_life_insurance", "general_deduction_yen + care_deduction_yen", "general_deduction_yen"),
    ("levy", "250_disability", "+ (self_disability = 'special')::BIGINT", ""),
    ("levy", "250_disability", "AND NOT spouse_living_together", ""),
    ("levy", "260_single_parent", "widow AND NOT is_single_parent", "widow"),
    ("levy", "260_single_parent", "total_income_yen <=", "total_income_yen <"),
    ("levy", "280_spouse", "has_spouse AND NOT spouse_same_livelihood", "has_spouse"),
    ("levy", "310_deductions", "+ specific_relative_special_deduction_yen", ""),
    ("levy", "320_counted_relatives", "+ under_16_dependant_count", ""),
    ("levy", "330_status_exempt", "is_minor OR ", ""),
    ("levy", "340_per_capita_exempt", "total_income_yen <=", "total_income_yen <"),
    ("levy", "340_per_capita_exempt", "(counted_relatives + 1)", "counted_relatives"),
    ("levy", "350_income_levy_exempt", "counted_relatives > 0", "counted_relatives > 1"),
    ("levy", "360_forest_exempt", "total_income_yen <= forest_exemption", "total_income_yen <= per_capita_exemption"),
    ("levy", "410_taxable_income", "floor_taxable_base(", "("),
    ("levy", "420_income_levy_before_credits", "resident AND NOT income_levy_exempt", "resident"),
    ("levy", "435_personal_deduction_difference", "single_parent = 'mother'", "single_parent = 'father'"),
    ("levy", "440_adjustment_credit_base", "<= p_adjustment_credit_boundary", "> p_adjustment_credit_boundary"),
    ("levy", "440_adjustment_credit_base", "greatest(", "least("),
    ("levy", "446_income_tax_deductions", "t_income_tax_basic_deduction(total_income_yen)", "0"),
    ("levy", "450_housing_loan_limit", "NOT BETWEEN p_housing_basic_addition", "BETWEEN p_housing_basic_addition"),
    ("levy", "460_housing_loan_credit", "    city_housing_limit_yen,\n", ""),
    ("levy", "480_exemption_adjustment_total", "- prefecture_levy_after_credits_yen", ""),
    ("levy", "482_exemption_adjustment", "exemption_adjustment_yen * prefecture", "exemption_adjustment_yen * city"),
    ("levy", "491_fixed_reduction_total", "> p_deductible_spouse", "<= p_deductible_spouse"),
    ("levy", "492_prefecture_fixed_reduction", "reduction_yen, 1)", "reduction_yen, 0)"),
    ("levy", "510_income_levy", "floor_tax_amount(prefecture", "(prefecture"),
    ("levy", "530_forest_environment_tax", "NOT forest_environment_tax_exempt", "NOT per_capita_exempt"),
    ("income", "045_capital_gain_offset", "greatest(-capital_long_yen, 0)) END", "0) END"),
    ("income", "050_capital_gain", "greatest(capital_short_net_yen, 0)))", "0))"),
    ("income", "060_land_own_class", "greatest(-land_short_public_yen, 0)", "0"),
    ("income", "070_share_income", "greatest(-listed_shares_yen, 0)", "0"),
    ("income", "100_total_without_pension", "separate_income_yen + CASE", "CASE"),
    ("income", "130_ordinary_income", "+ farming_income_yen", ""),
    ("levy", "010_share_losses_carried", "listed_share_income_yen, listed_shares_loss", "0, listed_shares_loss"),
    (
        "levy",
        "020_net_loss_carried",
        "after_loss(set_off_forestry_yen, comprehensive_income_yen,",
        "after_loss(set_off_forestry_yen, 0,",
    ),
    ("levy", "030_residence_loss_on_land", "<= p_residence", "> p_residence"),
    ("levy", "200_casualty", "least(disaster_expense_yen, casualty_loss_yen)", "disaster_expense_yen"),
    (
        "levy",
        "205_medical",
        "greatest(medical_expense_deduction_yen, self",
        "least(medical_expense_deduction_yen, self",
    ),
    ("levy", "416_taxable_forestry", "+ taxable_retirement_yen AS", "AS"),
    ("levy", "452_dividend_by_kind", "+ taxable_land_long_residence_yen", ""),
    ("levy", "454_dividend_above_boundary", "- credited_trust_dividend_yen", ""),
    ("levy", "468_one_stop", "NOT one_stop OR", ""),
    ("levy", "469_foreign_tax_credit", "foreign_tax_yen - prefecture_foreign_tax_limit_yen", "foreign_tax_yen"),
    ("levy", "600_ways_of_collection", "AND NOT by_pension", ""),
    ("levy", "620_amount_by_way", "WHEN by_employment THEN pension_levy_yen", "WHEN by_employment THEN 0"),
    ("levy", "625_reduction_by_way", "fixed_reduction_order AND by_pension", "FALSE"),
    ("levy", "630_employment_share", "by_employment_yen <=", "by_employment_yen <"),
    ("levy", "635_employment_instalments", "(employment_months - 1)", "(employment_months)"),
    ("levy", "640_pension_halves", "NOT by_pension OR pension_first_year OR", "NOT by_pension OR"),
    ("levy", "645_pension_instalments", "loss_left(pension_reduction_yen, pension_by_bill_yen)", "0"),
    ("levy", "650_ordinary_share", "ordinary_unreduced_yen <= per", "ordinary_unreduced_yen < per"),
    ("levy", "655_ordinary_instalments", "+ coalesce(pair[1 + 1], 0)", ""),
)
MACRO_MUTANTS = (
    ("divide", "+ up * (divisor - 1)", "+ 0 * (up - divisor)"),
    ("floor_taxable_base", "p_taxable_base_unit_yen()", "p_tax_amount_unit_yen()"),
    ("floor_tax_amount", "p_tax_amount_unit_yen()", "p_taxable_base_unit_yen()"),
    ("age_on", "born_on - 1", "born_on"),
    ("younger_than", "born_on - 1 >", "born_on >"),
    ("after_loss", "loss - (amounts_before)", "loss"),
    ("unused_loss", "+ loss_left(capital_loss, occasional + greatest(ordinary, 0))", ""),
    ("half_taxed", "p_half_taxed_rounding()", "1"),
    ("parts_less", "share * (parts - part)", "share * parts"),
    ("life_insurance_of_kind", "least(new_yen + old_yen, p_life_insurance_both_limit_yen())", "new_yen + old_yen"),
)


def lives(chains: dict[str, Sequence[Step]], changed: Sequence[str] = ()) -> bool:
    """Whether nobody's figures change and nothing stops under any setting."""
    try:
        return all(
            POOL.figures(setting, city_parameters(*setting), chains, changed) == POOL.unchanged_figures(setting)
            for setting in SETTINGS
        )
    except duckdb.ConversionException:  # the division by zero that stops
        return False


def sql_mutant_lives(place: int) -> bool:
    """Whether nobody's figures change when the step says something else."""
    chain, name, said, slip = SQL_MUTANTS[place]
    chains = all_steps()
    assert any(step.name == name and said in step.select for step in chains[chain]), f"{name}: {said}"
    chains[chain] = [
        replace(step, select=step.select.replace(said, slip, 1)) if step.name == name else step
        for step in chains[chain]
    ]  # fmt: skip
    return lives(chains)


def macro_mutant_lives(place: int) -> bool:
    """Whether nobody's figures change when the macro says something else."""
    name, said, slip = MACRO_MUTANTS[place]
    changed = [body.replace(said, slip) for body in macros() if f"MACRO {name}(" in body]
    assert changed, name
    assert not any(body in macros() for body in changed), f"{name}: {said}"
    return lives(all_steps(), changed)


@pytest.mark.exhaustive
def test_no_slip_of_the_hand_lives() -> None:
    with ProcessPoolExecutor(2) as pool:
        sql = pool.map(sql_mutant_lives, range(len(SQL_MUTANTS)), chunksize=4)
        living = [SQL_MUTANTS[place] for place, lives in enumerate(sql) if lives]
        rounding = pool.map(macro_mutant_lives, range(len(MACRO_MUTANTS)))
        assert living + [MACRO_MUTANTS[place] for place, lives in enumerate(rounding) if lives] == []
