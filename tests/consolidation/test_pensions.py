"""Pension reports in a base: they add up, speak for relatives where no wage report does, and are corrected like wage reports."""

from typing import TYPE_CHECKING

from tests.consolidation.conftest import PRIORITY

if TYPE_CHECKING:
    from tests.consolidation.conftest import Town

OTHER_PAYER = {"payer_corporate_number": "3000012010003", "payer_name": "企業年金基金", "payee_no": "0002"}


def test_pensions_of_all_payers_add_up_beside_the_wages(town: "Town") -> None:
    wages = town.report(paid_yen=3_000_000, social_insurance_yen=400_000)
    first = town.pension_report(paid_yen=1_800_000, social_insurance_yen=120_000)
    second = town.pension_report(paid_yen=600_000, **OTHER_PAYER)
    base = town.base()
    assert base["document_nos"] == [wages, first, second]
    assert (base["employment_paid_yen"], base["pension_paid_yen"]) == (3_000_000, 2_400_000)
    assert base["social_insurance_yen"] == 520_000


def test_a_pension_alone_makes_a_base_without_withholding(town: "Town") -> None:
    town.pension_report(paid_yen=1_800_000, self_disability="ordinary", widow=True)
    base = town.base()
    assert (base["employment_paid_yen"], base["employment_payer_count"], base["pension_paid_yen"]) == (0, 0, 1_800_000)
    assert (base["self_disability"], base["widow"], base["collection_method"]) == ("ordinary", True, "ordinary")


def test_relatives_come_from_the_pension_report_where_no_wage_report_declares_any(town: "Town") -> None:
    town.report(paid_yen=900_000)
    town.pension_report(has_spouse=True, spouse_elderly=True, dependant_elderly_count=1)
    base = town.base()
    assert (base["has_spouse"], base["spouse_elderly"], base["dependant_elderly_count"]) == (True, True, 1)


def test_relatives_that_the_employer_knows_are_not_counted_again_from_the_pension(town: "Town") -> None:
    town.report(dependant_other_count=1)
    town.pension_report(dependant_other_count=1, dependant_elderly_count=1)
    base = town.base()
    assert (base["dependant_other_count"], base["dependant_elderly_count"]) == (1, 0)


def test_a_city_may_put_the_pension_report_first(town: "Town") -> None:
    town.report(dependant_other_count=1)
    town.pension_report(dependant_elderly_count=1)
    town.priority = (*PRIORITY[:3], "pension_report", "wage_report")
    base = town.base()
    assert (base["dependant_other_count"], base["dependant_elderly_count"]) == (0, 1)


def test_a_corrected_pension_report_replaces_the_first(town: "Town") -> None:
    town.pension_report(paid_yen=1_800_000)
    corrected = town.pension_report("correction", paid_yen=1_900_000)
    base = town.base()
    assert (base["document_nos"], base["pension_paid_yen"]) == ([corrected], 1_900_000)


def test_a_correction_by_an_employer_does_not_replace_its_pension_report(town: "Town") -> None:
    """One body may pay wages and a pension: the kinds stay apart."""
    body = {"payer_designated_no": "A1", "employee_no": "7"}
    town.pension_report(paid_yen=1_800_000, payer_designated_no="A1", payee_no="7")
    town.report("correction", paid_yen=500_000, **body)
    base = town.base()
    assert (base["employment_paid_yen"], base["pension_paid_yen"]) == (500_000, 1_800_000)


def test_pay_that_a_treaty_exempts_is_left_out_beside_a_pension(town: "Town") -> None:
    town.report(treaty_exempt=True)
    town.pension_report(paid_yen=1_800_000)
    base = town.base()
    assert (base["treaty_exempt"], base["employment_paid_yen"], base["pension_paid_yen"]) == (False, 0, 1_800_000)
