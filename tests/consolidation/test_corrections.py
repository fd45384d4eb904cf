"""Corrected, cancelled and re-linked reports: what they replace, and what then stands in the base."""

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from pipelines.consolidation import invariants

if TYPE_CHECKING:
    from tests.consolidation.conftest import Town

HANAKO = "000000000000101"
TARO = "000000000000102"
LATER = date(2026, 2, 10)
RECEIVED_ON = date(2026, 1, 20)
_COUNTS = [f"{part}_{unit}" for part in ("read", "accepted", "quarantined", "duplicate") for unit in ("count", "yen")]
FILE = {
    **dict.fromkeys([*_COUNTS, "size_bytes", "warning_count"], 0),
    **dict.fromkeys(["sender", "batch", "file_name", "sha256", "edition", "verdict_reason"], "-"),
    "source": "wage_report",
    "verdict": "loaded",
}


def test_a_corrected_report_replaces_the_first(town: "Town") -> None:
    town.report(paid_yen=5_000_000)
    corrected = town.report("correction", paid_yen=4_800_000)
    base = town.base()
    assert (base["document_nos"], base["employment_paid_yen"]) == ([corrected], 4_800_000)


def test_the_last_of_several_corrections_holds(town: "Town") -> None:
    town.report("correction", paid_yen=4_900_000, received_on=LATER)
    town.report(paid_yen=5_000_000)
    town.report("correction", paid_yen=4_800_000)
    assert town.base()["employment_paid_yen"] == 4_900_000


def test_an_original_released_from_quarantine_after_its_correction_is_still_replaced(town: "Town") -> None:
    corrected = town.report("correction", paid_yen=4_800_000, received_on=LATER)
    original = town.report(paid_yen=5_000_000, received_on=LATER)
    assert town.base()["employment_paid_yen"] == 5_000_000 + 4_800_000, "two reports, as far as the days tell"
    for table in ("document", "wage_report"):
        town.ask(f"UPDATE {table} SET known_on = DATE '2026-02-20' WHERE document_no = {original}")
    town.ask(f"UPDATE document SET file_no = 2 WHERE document_no = {corrected}")
    for file_no, received_on in ((1, RECEIVED_ON), (2, LATER)):
        town.append("source_file", received_on, **FILE, file_no=file_no, received_on=received_on)
    assert town.base()["employment_paid_yen"] == 4_800_000


def test_a_correction_of_one_employer_leaves_the_other_alone(town: "Town") -> None:
    town.report(paid_yen=1_000_000, payer_designated_no="B2", payer_name="有限会社若林")
    town.report(paid_yen=5_000_000)
    town.report("correction", paid_yen=4_800_000)
    assert town.base()["employment_paid_yen"] == 5_800_000


def test_a_correction_for_one_employee_number_leaves_the_persons_other_number_alone(town: "Town") -> None:
    town.report(paid_yen=1_000_000, employee_no="0002")
    town.report(paid_yen=5_000_000, employee_no="0001")
    town.report("correction", paid_yen=4_800_000, employee_no="0001")
    assert town.base()["employment_paid_yen"] == 5_800_000


@pytest.mark.parametrize(("first", "second"), [(None, "0001"), ("0001", None), (None, None), ("", "0001")])
def test_a_correction_holds_when_a_report_bears_no_employee_number(
    town: "Town", first: str | None, second: str | None
) -> None:
    town.report(paid_yen=5_000_000, employee_no=first)
    town.report("correction", paid_yen=4_800_000, employee_no=second)
    assert town.base()["employment_paid_yen"] == 4_800_000


@pytest.mark.parametrize(
    ("payer", "written_otherwise"),
    [
        ({"payer_corporate_number": "1234567890123"}, {"payer_name": "（株）青葉"}),
        ({"payer_number_id": 77}, {"payer_address": "青葉区本町１－１"}),
        ({}, {}),
    ],
)
@pytest.mark.parametrize("designated_no", [None, ""])
def test_a_payer_without_a_designated_number_is_known_by_its_own_number_or_its_name(
    town: "Town", designated_no: str | None, payer: dict[str, Any], written_otherwise: dict[str, Any]
) -> None:
    town.report(paid_yen=5_000_000, payer_designated_no=designated_no, **payer)
    town.report("correction", paid_yen=4_800_000, payer_designated_no=designated_no, **payer, **written_otherwise)
    assert town.base()["employment_paid_yen"] == 4_800_000


def test_two_payers_without_any_number_are_told_apart_by_name(town: "Town") -> None:
    town.report(paid_yen=5_000_000, payer_designated_no=None)
    town.report("correction", paid_yen=4_800_000, payer_designated_no=None, payer_name="個人商店")
    assert town.base()["employment_paid_yen"] == 9_800_000


def test_a_cancelled_report_leaves_a_base_of_zeros(town: "Town") -> None:
    town.report(social_insurance_yen=500_000, dependant_other_count=2, has_spouse=True)
    assert town.base()["collection_method"] == "employment"
    town.report("cancellation", received_on=LATER)
    base = town.base()
    assert base["tax_base_version"] == 2
    assert (base["document_nos"], base["employment_paid_yen"], base["social_insurance_yen"]) == ([], 0, 0)
    assert (base["dependant_other_count"], base["has_spouse"], base["collection_method"]) == (0, False, "ordinary")
    assert base["payer_document_no"] is None


def test_a_cancelled_report_before_the_first_consolidation_leaves_nothing(town: "Town") -> None:
    town.report()
    town.report("cancellation", received_on=LATER)
    assert town.consolidate().commit_no is None


def test_a_report_after_a_cancellation_counts(town: "Town") -> None:
    town.report(paid_yen=5_000_000)
    town.report("cancellation")
    town.report(paid_yen=4_700_000)
    assert town.base()["employment_paid_yen"] == 4_700_000


def test_a_correction_without_an_original_counts_and_is_told(town: "Town") -> None:
    town.report("correction", paid_yen=4_800_000)
    report = town.consolidate()
    assert report.counts["changes_without_original"] == 1
    assert report.lines == ["元の報告書が見つからない訂正・取消（要確認）: 1 件"]
    assert town.base()["employment_paid_yen"] == 4_800_000


def test_a_correction_of_somebody_elses_report_replaces_nothing_of_mine(town: "Town") -> None:
    town.resident(TARO, number_id=12)
    town.report(paid_yen=5_000_000)
    town.report("correction", of=TARO, paid_yen=4_800_000)
    assert town.base()["employment_paid_yen"] == 5_000_000
    assert town.base(TARO)["employment_paid_yen"] == 4_800_000


def test_a_report_linked_to_another_person_moves_from_base_to_base(town: "Town") -> None:
    town.resident(TARO, number_id=12)
    document = town.report()
    assert town.base()["employment_paid_yen"] == 5_000_000
    town.link(document, TARO, version=2, known_on=LATER)
    assert town.base()["employment_paid_yen"] == 0
    assert town.base(TARO)["employment_paid_yen"] == 5_000_000


def test_a_link_that_was_taken_back_leaves_a_base_of_zeros(town: "Town") -> None:
    document = town.report()
    town.consolidate()
    town.link(document, None, version=2, known_on=LATER)
    assert town.base()["document_nos"] == []
    town.session.pin(2026, date(2026, 5, 1))
    documents, yen, *_ = invariants(town.session)
    assert (documents.figures["linked"], yen.figures["reported_yen"]) == (0, 0)


def test_a_correction_received_tomorrow_changes_nothing_today(town: "Town") -> None:
    town.report(paid_yen=5_000_000)
    town.report("correction", paid_yen=4_800_000, received_on=date(2026, 5, 2))
    town.consolidate(as_of=date(2026, 5, 1))
    assert town.ask("SELECT employment_paid_yen FROM tax_base") == [(5_000_000,)]
    town.consolidate(as_of=date(2026, 5, 2))
    assert town.ask("SELECT tax_base_version, employment_paid_yen FROM tax_base ORDER BY tax_base_version") == [
        (1, 5_000_000),
        (2, 4_800_000),
    ]


def test_the_same_again_appends_nothing(town: "Town") -> None:
    town.report()
    first = town.consolidate()
    assert first.counts["new_versions"] == 1
    again = town.consolidate()
    assert (again.commit_no, again.counts["new_versions"], town.session.commit_no) == (None, 0, first.commit_no)


def test_a_changed_register_is_a_new_version(town: "Town") -> None:
    town.report()
    town.consolidate()
    town.resident(revision=2, ward_code="041050", known_on=LATER)
    base = town.base()
    assert (base["tax_base_version"], base["ward_code"]) == (2, "041050")
