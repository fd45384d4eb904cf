"""What adds up: the pay of all payers, once."""

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.consolidation.conftest import Town

OTHER_PAYER: dict[str, Any] = {"payer_designated_no": "B2", "payer_name": "有限会社若林", "employee_no": "77"}


def test_one_employer_is_one_base(town: "Town") -> None:
    document = town.report(social_insurance_yen=700_000, small_enterprise_yen=0)
    base = town.base()
    assert (base["document_nos"], base["employment_paid_yen"], base["employment_payer_count"]) == (
        [document],
        5_000_000,
        1,
    )
    assert (base["born_on"], base["sex"], base["ward_code"], base["resident"]) == (
        date(1985, 4, 1),
        "female",
        "041017",
        True,
    )


def test_two_employers_are_one_taxpayer(town: "Town") -> None:
    first = town.report(social_insurance_yen=700_000)
    second = town.report(paid_yen=1_200_000, second_column=True, social_insurance_yen=10_000, **OTHER_PAYER)
    base = town.base()
    assert base["document_nos"] == [first, second]
    assert base["employment_paid_yen"] == 6_200_000  # 5,000,000 + 1,200,000
    assert base["social_insurance_yen"] == 710_000  # 700,000 + 10,000
    assert base["employment_payer_count"] == 2
    assert town.ask("SELECT count(*) FROM tax_base") == [(1,)]


def test_mutual_aid_premiums_are_not_social_insurance(town: "Town") -> None:
    town.report(social_insurance_yen=976_000, small_enterprise_yen=276_000)  # item 37 is inside item 36
    base = town.base()
    assert (base["social_insurance_yen"], base["small_enterprise_yen"]) == (700_000, 276_000)


def test_an_additional_report_of_the_same_payer_adds_up_and_is_told(town: "Town") -> None:
    town.report(paid_yen=3_000_000)
    town.report("additional", paid_yen=200_000)
    assert town.consolidate().counts["several_reports_of_a_payer"] == 1
    base = town.base()
    assert (base["employment_paid_yen"], base["employment_payer_count"]) == (3_200_000, 1)


def previous_payer(**items: Any) -> dict[str, Any]:
    return {
        "previous_payer_name": "有限会社若林",
        "previous_payer_paid_yen": 2_000_000,
        "previous_payer_social_insurance_yen": 300_000,
    } | items


def test_what_the_previous_payer_reported_itself_is_not_counted_twice(town: "Town") -> None:
    """The final payer includes the previous one's 2,000,000; both reports are there."""
    town.report(paid_yen=5_000_000, social_insurance_yen=750_000, **previous_payer())
    town.report(paid_yen=2_000_000, social_insurance_yen=300_000, employment_change="left", **OTHER_PAYER)
    base = town.base()
    assert base["employment_paid_yen"] == 5_000_000  # (5,000,000 - 2,000,000) + 2,000,000
    assert base["social_insurance_yen"] == 750_000  # (750,000 - 300,000) + 300,000
    assert town.consolidate().counts["previous_payer_overlaps"] == 1


def test_the_previous_payer_is_known_by_its_amount_when_the_name_is_written_otherwise(town: "Town") -> None:
    town.report(paid_yen=5_000_000, **previous_payer(previous_payer_name="（有）若林"))
    town.report(paid_yen=2_000_000, **OTHER_PAYER)
    assert town.base()["employment_paid_yen"] == 5_000_000


def test_the_previous_payer_is_known_by_its_name_when_the_amount_differs(town: "Town") -> None:
    town.report(paid_yen=5_000_000, **previous_payer())
    town.report(paid_yen=2_100_000, **OTHER_PAYER)
    assert town.base()["employment_paid_yen"] == 5_100_000  # (5,000,000 - 2,000,000) + 2,100,000


def test_without_the_previous_payers_own_report_the_final_one_counts_in_full(town: "Town") -> None:
    town.report(paid_yen=5_000_000, social_insurance_yen=750_000, **previous_payer())
    base = town.base()
    assert (base["employment_paid_yen"], base["social_insurance_yen"]) == (5_000_000, 750_000)


def test_another_employer_is_not_the_previous_one(town: "Town") -> None:
    town.report(paid_yen=5_000_000, **previous_payer(previous_payer_name="株式会社太白"))
    town.report(paid_yen=900_000, **OTHER_PAYER)
    assert town.base()["employment_paid_yen"] == 5_900_000


def test_a_report_that_waits_for_a_person_counts_nowhere(town: "Town") -> None:
    town.report(of=None)
    assert town.consolidate().commit_no is None
    assert town.ask("SELECT count(*) FROM tax_base") == [(0,)]


def test_pay_that_a_treaty_exempts_makes_the_base_exempt_or_is_left_out(town: "Town") -> None:
    town.report(treaty_exempt=True)
    base = town.base()
    assert (base["treaty_exempt"], base["employment_paid_yen"]) == (True, 5_000_000)
    town.report(paid_yen=1_000_000, **OTHER_PAYER)
    base = town.base()
    assert (base["treaty_exempt"], base["employment_paid_yen"]) == (False, 1_000_000)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_the_order_in_which_reports_arrive_does_not_matter(town: "Town", order: tuple[int, ...]) -> None:
    reports: list[dict[str, Any]] = [
        {"social_insurance_yen": 500_000},
        {"paid_yen": 800_000, "second_column": True, **OTHER_PAYER},
        {"paid_yen": 300_000, "payer_designated_no": None, "payer_name": "個人商店", "dependant_other_count": 1},
    ]
    for place in order:
        town.report(**reports[place])
    base = town.base()
    assert (base["employment_paid_yen"], base["social_insurance_yen"], base["dependant_other_count"]) == (
        6_100_000,
        500_000,
        1,
    )
    assert base["payer_designated_no"] == "A1"


def test_an_additional_report_of_the_same_payer_is_not_its_previous_payer(town: "Town") -> None:
    town.report(paid_yen=5_000_000, **previous_payer())
    town.report("additional", paid_yen=2_000_000)
    assert town.base()["employment_paid_yen"] == 7_000_000


def test_a_previous_payers_share_never_makes_a_report_negative(town: "Town") -> None:
    """Item 67 should be inside item 17; where it is larger, the report adds nothing."""
    town.report(paid_yen=1_500_000, social_insurance_yen=100_000, **previous_payer())
    town.report(paid_yen=2_000_000, social_insurance_yen=300_000, **OTHER_PAYER)
    base = town.base()
    assert (base["employment_paid_yen"], base["social_insurance_yen"]) == (2_000_000, 300_000)


def test_a_report_of_another_fiscal_year_does_not_count(town: "Town") -> None:
    document = town.report()
    town.ask(f"UPDATE ledger.document SET fiscal_year = 2025 WHERE document_no = {document}")
    assert town.consolidate().commit_no is None
