"""Which report speaks for premiums, relatives and the person."""

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.consolidation.conftest import Town

HANAKO = "000000000000101"
TARO = "000000000000102"
SIDE_JOB: dict[str, Any] = {
    "payer_designated_no": "B2",
    "payer_name": "有限会社若林",
    "paid_yen": 9_000_000,
    "second_column": True,
}
LEFT_JOB: dict[str, Any] = {
    "payer_designated_no": "C3",
    "payer_name": "株式会社太白",
    "paid_yen": 6_000_000,
    "employment_change": "left",
}


@pytest.mark.parametrize("other", [SIDE_JOB, LEFT_JOB])
def test_premiums_are_those_of_the_year_end_adjustment_even_if_another_payer_paid_more(
    town: "Town", other: dict[str, Any]
) -> None:
    town.report(**other, new_general_premium_yen=99_999, housing_loan_credit_yen=99_999)
    town.report(
        new_general_premium_yen=80_000,
        old_general_premium_yen=1_000,
        care_premium_yen=2_000,
        new_pension_premium_yen=3_000,
        old_pension_premium_yen=4_000,
        housing_loan_credit_yen=120_000,
        housing_loan_creditable_yen=200_000,
    )
    base = town.base()
    assert base["new_general_premium_yen"] == 80_000
    assert base["old_general_premium_yen"] == 1_000
    assert base["care_premium_yen"] == 2_000
    assert base["new_pension_premium_yen"] == 3_000
    assert base["old_pension_premium_yen"] == 4_000
    assert (base["housing_loan_credit_yen"], base["housing_loan_creditable_yen"]) == (120_000, 200_000)


def test_of_two_equal_payers_the_first_document_is_the_main_one(town: "Town") -> None:
    town.report(care_premium_yen=1)
    town.report(payer_designated_no="B2", care_premium_yen=2)
    assert town.base()["care_premium_yen"] == 1


@pytest.mark.parametrize(
    ("deduction", "old_long_term", "earthquake"),
    [
        (30_000, 0, 30_000),
        (30_000, 10_000, 20_000),  # 30,000 - 10,000 (in full up to 10,000)
        (30_000, 10_001, 19_999),  # 10,001 / 2 = 5,000.5 -> 5,001, + 5,000 = 10,001; 30,000 - 10,001
        (30_000, 20_000, 15_000),  # 20,000 / 2 + 5,000 = 15,000
        (30_000, 90_000, 15_000),  # 15,000 above 20,000
        (8_000, 8_000, 0),
        (7_000, 8_000, 0),  # never below zero
    ],
)
def test_the_earthquake_premium_is_what_the_old_long_term_deduction_leaves(
    town: "Town", deduction: int, old_long_term: int, earthquake: int
) -> None:
    town.report(earthquake_insurance_deduction_yen=deduction, old_long_term_premium_yen=old_long_term)
    base = town.base()
    assert (base["earthquake_premium_yen"], base["old_long_term_premium_yen"]) == (earthquake, old_long_term)


def test_dependants_are_those_declared_to_the_main_payer(town: "Town") -> None:
    town.report(**LEFT_JOB, dependant_specific_count=5)
    town.report(
        dependant_specific_count=1,
        dependant_elderly_count=2,
        dependant_elderly_parent_count=1,
        dependant_other_count=3,
        dependant_under_16_count=4,
        disability_special_count=2,
        disability_special_living_together_count=1,
        disability_other_count=1,
    )
    base = town.base()
    names = [name for name in base if name.startswith(("dependant_", "disability_"))]
    assert {name: base[name] for name in names} == {
        "dependant_specific_count": 1,
        "dependant_elderly_count": 2,
        "dependant_elderly_parent_count": 1,
        "dependant_other_count": 3,
        "dependant_under_16_count": 4,
        "disability_special_count": 2,
        "disability_special_living_together_count": 1,
        "disability_other_count": 1,
    }


def test_dependants_declared_to_another_payer_alone_are_not_lost(town: "Town") -> None:
    town.report()
    town.report(**LEFT_JOB, dependant_under_16_count=2, has_spouse=True)
    report = town.consolidate()
    assert report.counts["relatives_from_another_report"] == 1
    base = town.base()
    assert (base["dependant_under_16_count"], base["has_spouse"]) == (2, True)


@pytest.mark.parametrize(
    "claim",
    [{"has_spouse": True}, {"spouse_deduction_yen": 210_000}],
)
def test_a_spouse_declared_to_another_payer_alone_is_not_lost(town: "Town", claim: dict[str, Any]) -> None:
    town.report()
    town.report(**LEFT_JOB, **claim)
    assert town.base()["has_spouse"] is True


def test_a_spouse_of_the_same_city_is_known_as_a_taxpayer(town: "Town") -> None:
    town.resident(TARO, number_id=12, sex="male")
    document = town.report(has_spouse=True, spouse_elderly=True, spouse_total_income_yen=300_000)
    town.spouse_in(document, number_id=12, of=TARO)
    base = town.base()
    assert (base["has_spouse"], base["spouse_taxpayer_no"]) == (True, TARO)
    assert (base["spouse_total_income_yen"], base["spouse_elderly"]) == (300_000, True)
    assert base["spouse_living_together"] is True


def test_a_spouse_who_is_not_found_stays_declared(town: "Town") -> None:
    town.spouse_in(town.report(has_spouse=True), number_id=99)
    base = town.base()
    assert (base["has_spouse"], base["spouse_taxpayer_no"], base["spouse_total_income_yen"]) == (True, None, 0)
    assert base["spouse_living_together"] is False


def test_a_spouse_of_another_household_lives_apart(town: "Town") -> None:
    town.resident(TARO, number_id=12, household_no="000000000000009")
    town.spouse_in(town.report(has_spouse=True), number_id=12, of=TARO)
    base = town.base()
    assert (base["spouse_taxpayer_no"], base["spouse_living_together"]) == (TARO, False)


def test_a_claim_for_the_special_spouse_deduction_shows_that_there_is_a_spouse(town: "Town") -> None:
    town.report(has_spouse=False, spouse_deduction_yen=210_000, spouse_total_income_yen=1_050_000)
    base = town.base()
    assert (base["has_spouse"], base["spouse_total_income_yen"]) == (True, 1_050_000)


@pytest.mark.parametrize(
    ("sex", "expected", "told"), [("male", "father", 0), ("female", "mother", 0), ("unknown", "mother", 1)]
)
def test_a_single_parent_is_father_or_mother_by_the_register(town: "Town", sex: str, expected: str, told: int) -> None:
    town.resident(TARO, number_id=12, sex=sex)
    town.report(of=TARO, single_parent=True)
    assert town.consolidate().counts["single_parents_of_unknown_sex"] == told
    assert town.base(TARO)["single_parent"] == expected


def test_what_one_report_says_of_the_person_holds(town: "Town") -> None:
    town.report(self_disability="ordinary", widow=True)
    town.report(**SIDE_JOB, self_disability="special", working_student=True)
    base = town.base()
    assert (base["self_disability"], base["widow"], base["working_student"], base["single_parent"]) == (
        "special",
        True,
        True,
        "none",
    )


def test_public_assistance_is_the_registers(town: "Town") -> None:
    town.resident(TARO, number_id=12, public_assistance=True)
    town.report(of=TARO)
    town.report()
    assert (town.base(TARO)["public_assistance"], town.base()["public_assistance"]) == (True, False)
