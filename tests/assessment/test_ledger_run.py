"""Assessment in the ledger: one version a change, the same again changes nothing, every figure can be explained."""

from datetime import date
from typing import TYPE_CHECKING

import pytest
from ledger_town import HANAKO, JULY, MAY, SENDAI, TARO

from pipelines.assessment.explanation import create_trace_view, explain_assessment
from pipelines.assessment.figures import KEPT
from pipelines.errors import ConfigurationError, DataError
from pipelines.parameters import load_parameters

if TYPE_CHECKING:
    from ledger_town import Town


def test_the_first_assessment_is_version_one(town: "Town") -> None:
    town.base(social_insurance_yen=750_000)
    assert town.assess().counts == {"initial": 1, "corrections": 0, "annual_tax_yen": 241_700}
    (first,) = town.versions()
    assert (first["version"], first["replaces_version"], first["reason"]) == (1, None, "initial")
    assert first["withholding_instalments_yen"] == [20_600] + [20_100] * 11
    assert first["ordinary_instalments_yen"] == []
    assert (first["decided_on"], first["tax_base_version"]) == (MAY, 1)


def test_the_same_again_changes_nothing(town: "Town") -> None:
    town.base()
    town.assess()
    assert town.assess().commit_no is None
    assert town.assess(JULY).counts == {"initial": 0, "corrections": 0, "annual_tax_yen": 0}
    assert len(town.versions()) == 1


def test_a_corrected_base_gives_a_version_that_names_the_one_it_replaces(town: "Town") -> None:
    town.base()
    town.assess()
    town.base(JULY, tax_base_version=2, employment_paid_yen=5_400_000)
    assert town.assess(JULY).counts["corrections"] == 1
    first, second = town.versions()
    assert (second["version"], second["replaces_version"], second["reason"]) == (2, 1, "correction")
    assert second["annual_tax_yen"] > first["annual_tax_yen"]


def test_a_new_base_with_the_same_figures_makes_no_version(town: "Town") -> None:
    town.base()
    town.assess()
    town.base(JULY, tax_base_version=2, document_nos=[1, 2])
    assert town.assess(JULY).commit_no is None


def test_a_base_known_later_does_not_reach_back(town: "Town") -> None:
    town.base()
    town.base(JULY, tax_base_version=2, employment_paid_yen=9_000_000)
    town.assess(MAY)
    assert [one["employment_paid_yen"] for one in town.versions()] == [5_000_000]


def test_the_computed_income_of_a_spouse_goes_before_the_declared_one(town: "Town") -> None:
    town.base(has_spouse=True, spouse_taxpayer_no=TARO, spouse_total_income_yen=0)
    town.base(taxpayer_no=TARO, employment_paid_yen=3_000_000)
    town.assess()
    assert town.versions()[0]["spouse_deduction_yen"] == 0


def test_the_deduction_for_specific_relatives_is_what_the_base_says(town: "Town") -> None:
    town.base()
    town.assess()
    town.base(JULY, tax_base_version=2, specific_relative_special_yen=410_000)
    town.assess(JULY)
    before, after = town.versions()
    assert (before["specific_relative_special_deduction_yen"], after["specific_relative_special_deduction_yen"]) == (
        0,
        410_000,
    )
    assert before["taxable_income_yen"] - after["taxable_income_yen"] == 410_000


def test_parents_and_people_who_live_together_are_counted_inside_the_elderly_and_the_disabled(town: "Town") -> None:
    town.base(
        dependant_elderly_count=2,
        dependant_elderly_parent_count=1,
        disability_special_count=2,
        disability_special_living_together_count=1,
    )
    town.assess()
    (one,) = town.versions()
    assert one["dependant_deduction_yen"] == 380_000 + 450_000
    assert one["disability_deduction_yen"] == 300_000 + 530_000


def test_wages_that_a_treaty_exempts_are_no_income(town: "Town") -> None:
    town.base(treaty_exempt=True)
    town.assess()
    (one,) = town.versions()
    assert (one["employment_paid_yen"], one["total_income_yen"], one["annual_tax_yen"]) == (5_000_000, 0, 0)


def test_whoever_no_longer_lives_here_pays_nothing(town: "Town") -> None:
    town.base(resident=False)
    town.assess()
    assert town.versions()[0]["annual_tax_yen"] == 0


def test_the_housing_loan_limit_comes_from_the_income_tax_of_the_same_wage_report(town: "Town") -> None:
    """所得税の課税総所得金額 3,560,000 − 750,000 − 680,000 = 2,130,000; + (680,000 − 480,000); × 4 % = 93,200, 上限 78,000."""
    loan = {"housing_loan_credit_yen": 113_000, "housing_loan_creditable_yen": 300_000}
    town.base(social_insurance_yen=750_000, housing_moved_in_on=date(2022, 5, 1), **loan)
    town.base(taxpayer_no=TARO, social_insurance_yen=2_000_000, housing_moved_in_on=date(2022, 5, 1), **loan)
    town.assess()
    assert town.versions()[0]["city_housing_loan_credit_yen"] == 78_000
    # 3,560,000 − 2,000,000 − 680,000 = 880,000; + 200,000; × 4 % and 1 %
    assert town.versions(TARO)[0]["city_housing_loan_credit_yen"] == 43_200
    assert town.versions(TARO)[0]["prefecture_housing_loan_credit_yen"] == 10_800


def test_parameters_not_yet_known_stop_the_run(town: "Town") -> None:
    town.base()
    with pytest.raises(ConfigurationError, match="この時点ではまだ知られていない値があります"):
        town.assess(date(2025, 3, 1))


def test_every_figure_is_explained_with_its_article(town: "Town") -> None:
    town.base(social_insurance_yen=750_000)
    town.assess()
    explanation = explain_assessment(town.session, SENDAI, 2026, HANAKO)
    text = explanation.text()
    assert "給与所得　［所得税法28条②③④・別表第五（地方税法313条②による）］" in text
    assert "給与所得（所得金額調整控除の前）: 3,560,000円" in text
    assert "市町村民税所得割の税率: 2/25　［市区町村の条例" in text
    assert "年税額（市町村民税・道府県民税・森林環境税の合計）: 241,700円" in text
    assert [step["title"] for step in explanation.as_dict()["steps"]][-1] == "普通徴収の納期ごとの税額"  # type: ignore[index, attr-defined]


def test_an_old_version_is_explained_from_what_was_known_then(town: "Town") -> None:
    town.base()
    town.assess()
    town.base(JULY, tax_base_version=2, employment_paid_yen=5_400_000)
    town.assess(JULY)
    assert "3,560,000円" in explain_assessment(town.session, SENDAI, 2026, HANAKO, version=1).text()
    assert "3,880,000円" in explain_assessment(town.session, SENDAI, 2026, HANAKO).text()


def test_a_kept_figure_that_is_not_reproduced_is_an_error(town: "Town") -> None:
    town.base()
    town.assess()
    town.session.con.execute("UPDATE ledger.assessment SET annual_tax_yen = annual_tax_yen + 100")
    with pytest.raises(DataError, match=r"年税額.*annual_tax_yen") as refused:
        explain_assessment(town.session, SENDAI, 2026, HANAKO)
    assert "計算し直せません" in str(refused.value)


def test_a_person_without_an_assessment_is_told_so(town: "Town") -> None:
    with pytest.raises(DataError, match="この宛名番号・年度・版の賦課がありません。"):
        explain_assessment(town.session, SENDAI, 2026, HANAKO)


def test_the_trace_view_shows_every_step_and_agrees_with_what_is_kept(town: "Town") -> None:
    town.base(social_insurance_yen=750_000)
    town.assess()
    town.session.pin(2026, MAY)
    create_trace_view(town.session, SENDAI, load_parameters(2026, SENDAI))
    cursor = town.session.con.execute("SELECT * FROM assessment_trace")
    trace = dict(zip([column[0] for column in cursor.description or ()], cursor.fetchone() or (), strict=True))
    (kept,) = town.versions()
    assert {name: trace[name] for name in KEPT} == {name: kept[name] for name in KEPT}
    assert trace["adjustment_credit_base_yen"] == 50_000


def test_the_levy_of_other_income_is_paid_by_oneself_who_asks_for_it(town: "Town") -> None:
    """Tax of 5,000,000 of wages and 1,000,000 of business: 410,500 + 6,200; of the wages alone 310,500 + 6,200."""
    town.base(business_yen=1_000_000, non_employment_ordinary=True)
    town.assess()
    (one,) = town.versions()
    assert one["annual_tax_yen"] == 416_700
    assert sum(one["withholding_instalments_yen"]) == 316_700
    assert one["ordinary_instalments_yen"] == [25_000] * 4


def test_a_trial_knows_the_spouse_s_income(town: "Town") -> None:
    """The spouse earns too much to be deducted: without her wages the trial would deduct 330,000 too much."""
    town.base(business_yen=1_000_000, non_employment_ordinary=True, has_spouse=True, spouse_taxpayer_no=TARO)
    town.base(taxpayer_no=TARO, employment_paid_yen=3_000_000)
    town.assess()
    assert town.versions()[0]["ordinary_instalments_yen"] == [25_000] * 4


def test_a_version_that_needed_a_trial_is_explained(town: "Town") -> None:
    """所得 3,560,000 − 100,000（所得金額調整控除②） + 年金 1,100,000: 100,000 more of 所得割 than the wages alone give."""
    town.base(pension_paid_yen=2_200_000, born_on=date(1958, 4, 1))
    town.assess()
    text = explain_assessment(town.session, SENDAI, 2026, HANAKO).text()
    assert "所得割のうち年金所得に係る額（年金がないとした試算との差）: 100,000円" in text


def test_a_correction_in_july_leaves_june_and_july_and_spreads_the_rest_from_august(town: "Town") -> None:
    """From 241,700 to 316,700 a year; the months that are left bear the difference (法321条の6③)."""
    town.base(social_insurance_yen=750_000)
    town.assess()
    town.base(JULY, tax_base_version=2)
    town.assess(JULY)
    first, second = (one["withholding_instalments_yen"] for one in town.versions())
    assert second[:2] == first[:2] == [20_600, 20_100]
    # 316,700 - 40,700 = 276,000 over ten months.
    assert second[2:] == [27_600] * 10
    assert explain_assessment(town.session, SENDAI, 2026, HANAKO).figures["employment_months"] == 10
    # A month later nothing is new: what was decided for the months that are left is what comes out again.
    assert town.assess(date(2026, 8, 10)).commit_no is None
    assert town.assess(date(2027, 5, 20)).commit_no is None


def test_a_first_decision_after_may_is_withheld_from_the_month_after(town: "Town") -> None:
    town.base(JULY)
    town.assess(JULY)
    assert town.versions()[0]["withholding_instalments_yen"] == [0, 0, 32_300] + [31_600] * 9
    assert town.assess(date(2026, 9, 10)).commit_no is None
