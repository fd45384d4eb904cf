"""Who files is taxed by the return that the law puts first; what it lacks or contradicts is counted for a person."""

from datetime import date
from typing import TYPE_CHECKING

import pytest

from pipelines.consolidation import invariants
from pipelines.consolidation.lists import keep_premium_claims
from pipelines.consolidation.origin import origins_of
from pipelines.run.rows import rows
from tests.consolidation.conftest import FISCAL_YEAR, HANAKO, PRIORITY, RECEIVED_ON

if TYPE_CHECKING:
    from tests.consolidation.conftest import Town

FEBRUARY, MARCH, JUNE = date(2026, 2, 20), date(2026, 3, 12), date(2026, 6, 20)


def test_a_claim_of_more_premiums_than_anybody_knows_of_is_asked_about_and_changes_nothing(town: "Town") -> None:
    """Withheld from pay and pension, and paid to the city's insurances; what two sources tell of a pension counts once."""
    town.report(social_insurance_yen=100_000)
    town.pension_report(social_insurance_yen=60_000)
    for number, (insurance, paid, withheld, kind) in enumerate(
        (
            ("national_health", 900_000, 0, "new"),
            ("national_health", 200_000, 0, "new"),  # replaces it
            ("long_term_care", 0, 70_000, "new"),
            ("late_elderly", 500_000, 0, "new"),
            ("late_elderly", 500_000, 0, "cancellation"),
        )
    ):
        town.append(
            "insurance_premium", RECEIVED_ON, file_no=9, record_no=number, content_digest=f"{number}", fiscal_year=2026,
            taxpayer_no=HANAKO, insurance=insurance, paid_yen=paid, withheld_yen=withheld, submission_kind=kind,
        )  # fmt: skip

    def asked(above: int = 0) -> list[tuple[int, ...]]:
        town.session.pin(2026, date(2026, 5, 1))
        keep_premium_claims(town.session, 2026)
        return [tuple(row.values())[2:] for row in rows(town.session, "premium_claims", {"above": above})]

    assert asked() == [], "no return, no claim to check"
    town.tax_return("final", social_insurance_yen=370_000)  # 100,000 + 70,000 + 200,000
    assert asked() == []
    town.tax_return("final", social_insurance_yen=370_001, received_on=date(2026, 3, 11))
    assert asked() == [(370_001, 100_000, 70_000, 200_000, 1)]
    assert asked(1) == []
    assert town.base()["social_insurance_yen"] == 370_001


def test_a_return_says_what_is_taxed_and_the_reports_who_withholds(town: "Town") -> None:
    report = town.report(paid_yen=5_000_000, social_insurance_yen=750_000, new_general_premium_yen=80_000)
    filed = town.tax_return(
        employment_paid_yen=5_000_000, business_yen=-300_000, social_insurance_yen=800_000, medical_expense_yen=240_000
    )
    base = town.base()
    assert base["document_nos"] == [report, filed]
    assert (base["employment_paid_yen"], base["business_yen"]) == (5_000_000, -300_000)
    assert (base["social_insurance_yen"], base["medical_expense_yen"]) == (800_000, 240_000)
    assert base["new_general_premium_yen"] == 0  # the return claims none
    assert (base["collection_method"], base["payer_document_no"]) == ("employment", report)


@pytest.mark.parametrize(
    ("kinds", "decides"),
    [
        ([("final", FEBRUARY), ("final", MARCH)], 1),  # the latest 確定申告書
        ([("amended", MARCH), ("final", JUNE)], 0),  # what was amended goes before
        ([("final", MARCH), ("amended", MARCH), ("corrected", JUNE)], 2),
        ([("corrected", MARCH), ("amended", JUNE)], 1),
        ([("final", FEBRUARY), ("resident", MARCH)], 0),
        ([("resident", FEBRUARY), ("resident", MARCH)], 1),
    ],
)
def test_the_law_says_which_return_decides(town: "Town", kinds: list[tuple[str, date]], decides: int) -> None:
    numbers = [
        town.tax_return(kind, received_on=filed_on, business_yen=place) for place, (kind, filed_on) in enumerate(kinds)
    ]
    report = town.consolidate(JUNE)
    assert town.ask("SELECT document_nos, business_yen FROM tax_base") == [([numbers[decides]], decides)]
    assert report.counts["superseded_returns"] == len(kinds) - 1


def test_a_return_known_later_does_not_reach_back(town: "Town") -> None:
    town.report(paid_yen=5_000_000)
    town.tax_return(received_on=JUNE, employment_paid_yen=5_000_000, business_yen=1_000_000)
    town.consolidate(MARCH)
    town.consolidate(JUNE)
    assert town.ask("SELECT business_yen FROM tax_base ORDER BY tax_base_version") == [(0,), (1_000_000,)]


def test_a_resident_tax_return_beside_a_final_one_is_for_a_person_to_look_at(town: "Town") -> None:
    town.tax_return("resident", received_on=FEBRUARY)
    town.tax_return("final", received_on=MARCH)
    report = town.consolidate()
    assert "確定申告書のほかに住民税申告書もある人（要確認）: 1 件" in report.lines


def test_a_report_that_the_return_lacks_is_for_a_person_to_look_at(town: "Town") -> None:
    town.report(paid_yen=5_000_000)
    town.pension_report(paid_yen=1_000_000)
    town.tax_return(employment_paid_yen=5_000_000)
    assert "申告書の収入が報告書の合計より少ない人（要確認）: 1 件" in town.consolidate().lines


def test_no_document_and_no_yen_is_lost_beside_a_return(town: "Town") -> None:
    town.report(paid_yen=5_000_000)
    town.pension_report(paid_yen=1_000_000)
    town.tax_return("final", received_on=FEBRUARY)
    town.tax_return("amended", employment_paid_yen=5_000_000, pension_paid_yen=1_100_000)
    town.consolidate()
    town.session.pin(2026, date(2026, 5, 1))
    documents, yen, *_ = invariants(town.session)
    assert documents.ok
    assert yen.ok
    assert documents.figures["in_a_base"] == 3
    assert (yen.figures["returned_yen"], yen.figures["tax_base_yen"]) == (6_100_000, 6_100_000)


def test_the_spouse_whom_a_return_names_is_known_as_a_taxpayer(town: "Town") -> None:
    town.resident("000000000000102", number_id=12)
    filed = town.tax_return(has_spouse=True, spouse_total_income_yen=300_000)
    town.relative_in_return(filed, number_id=12, of="000000000000102")
    base = town.base()
    assert (base["spouse_taxpayer_no"], base["spouse_living_together"]) == ("000000000000102", True)
    assert base["spouse_total_income_yen"] == 300_000


def test_a_return_that_was_withdrawn_decides_nothing(town: "Town") -> None:
    report = town.report(paid_yen=5_000_000)
    town.tax_return("resident", business_yen=1)
    town.tax_return("resident", submitted="cancellation", business_yen=1)
    base = town.base()
    assert (base["document_nos"], base["business_yen"]) == ([report], 0)


@pytest.mark.parametrize(
    ("total_income_yen", "listed_shares_yen", "paid_yen"),
    [
        (5_000_000, 0, 250_000),  # 150,000 and 100,000
        (1_500_000, 0, 225_000),  # 150,000 and 5 % of 1,500,000
        (1_500_000, 500_000, 250_000),  # 総所得金額等 2,000,000
    ],
)
def test_a_declared_medical_deduction_is_read_back_into_what_was_paid(
    town: "Town", total_income_yen: int, listed_shares_yen: int, paid_yen: int
) -> None:
    town.tax_return(
        total_income_yen=total_income_yen,
        listed_shares_yen=listed_shares_yen,
        declared_medical_deduction_yen=150_000,
        declared_self_medication_deduction_yen=8_000,
    )
    base = town.base()
    assert (base["medical_expense_yen"], base["self_medication_expense_yen"]) == (paid_yen, 20_000)


def test_the_housing_loan_credit_of_the_employer_stays_beside_a_resident_tax_return(town: "Town") -> None:
    moved_in_on = date(2022, 5, 1)
    loan = {"housing_loan_credit_yen": 113_000, "housing_loan_creditable_yen": 300_000}
    town.report(housing_moved_in_on=moved_in_on, **loan)
    town.tax_return("resident", employment_paid_yen=5_000_000)
    base = town.base()
    assert {name: base[name] for name in loan} == loan
    town.tax_return(
        "final", employment_paid_yen=5_000_000, housing_loan_credit_yen=90_000, housing_loan_creditable_yen=300_000
    )
    base = town.base()
    assert (base["housing_loan_credit_yen"], base["housing_moved_in_on"]) == (90_000, moved_in_on)


def test_premiums_as_on_the_withholding_statement_are_the_reports(town: "Town") -> None:
    premiums = {"new_general_premium_yen": 60_000, "care_premium_yen": 30_000, "old_long_term_premium_yen": 9_000}
    report = town.report(paid_yen=5_000_000, **premiums)
    town.tax_return(employment_paid_yen=5_000_000, life_premiums_as_reported=True, care_premium_yen=12_000)
    base = town.base()
    # The report's, but for what the return gives in yen; nothing was said of 旧長期損害保険料.
    assert [base[name] for name in premiums] == [60_000, 12_000, 0]
    found = {one.name: one for one in origins_of(town.session, FISCAL_YEAR, HANAKO, 1, PRIORITY).inputs}
    assert [(part.document_no, part.value) for part in found["new_general_premium_yen"].parts] == [(report, 60_000)]


def test_premiums_as_on_a_statement_that_nobody_sent_are_nought_and_told(town: "Town") -> None:
    town.tax_return(life_premiums_as_reported=True, earthquake_premiums_as_reported=True)
    report = town.consolidate()
    assert report.counts["premiums_without_report"] == 1
    assert town.base()["new_general_premium_yen"] == 0
