"""総括表 against reports, who has not reported yet, how many have come, and why people are billed themselves."""

from datetime import date

from tests.withholding.conftest import IZUMI, RECEIVED_ON, Office

LAST_YEAR = date(2025, 1, 20)


def differences(office: Office) -> list[tuple[object, ...]]:
    return [(row["指定番号"], row["違い"], row["総括表 人員"], row["報告書 人員"]) for row in office.rows("comparison")]


def test_a_summary_that_agrees_is_not_told(office: Office) -> None:
    office.summary(
        report_count=3, withholding_count=1, ordinary_leaver_count=1, ordinary_other_count=1, paid_yen=3_000_000
    )
    office.report()
    office.report(ordinary_collection=True, ordinary_reason="F")
    office.report(ordinary_collection=True, ordinary_reason="C")
    assert office.keep().counts["summaries_differing"] == 0
    assert differences(office) == []


def test_where_they_differ_it_is_told_how(office: Office) -> None:
    office.summary("A1", report_count=2, withholding_count=2)
    office.report("A1")
    office.summary("A2", **IZUMI)
    office.report("A2", ordinary_collection=True, **IZUMI)
    office.summary("A3", payer_corporate_number=None, paid_yen=999_999)
    office.report("A3", payer_corporate_number=None)
    office.summary("A4", payer_corporate_number=None)
    office.report("A5", payer_corporate_number=None)
    report = office.keep()
    assert report.lines == ["総括表と給与支払報告書が合わない給与支払者: 5 件（`juminzei employers compare`）"]
    assert report.problems == []
    assert sorted(differences(office), key=lambda row: str(row[0])) == [
        ("A1", "人員が違う", 2, 1),
        ("A2", "人員の内訳が違う", 1, 1),
        ("A3", "支払金額が違う", 1, 1),
        ("A4", "報告書がない", 1, 0),
        ("A5", "総括表がない", 0, 1),
    ]


def test_additional_summaries_add_up_cancellations_are_taken_off_and_a_correction_begins_anew(office: Office) -> None:
    office.summary(report_count=5, withholding_count=5)
    office.summary(on=date(2026, 2, 1), submission_kind="correction", report_count=3, withholding_count=3)
    office.summary(on=date(2026, 2, 2), submission_kind="additional", report_count=2, withholding_count=2)
    office.summary(on=date(2026, 2, 3), submission_kind="cancellation", report_count=1, withholding_count=1)
    for _ in range(4):
        office.report()
    office.keep()
    assert differences(office) == []


def test_a_summary_released_from_quarantine_stands_where_its_file_came(office: Office) -> None:
    """Not after the correction that was sent for it, although it became known later; nor does it take a number back."""
    office._append("source_file", RECEIVED_ON, file_no=7, received_on=RECEIVED_ON)
    office.decide("B1", "register", on=date(2026, 2, 10), name="泉商店", address="仙台市泉区将監９－１")
    office.summary(on=date(2026, 2, 1), submission_kind="correction", payer_name="株式会社新青葉")
    office.summary(on=date(2026, 2, 15), file_no=7, report_count=9, withholding_count=9)
    office.summary("B1", on=date(2026, 2, 15), file_no=7, **IZUMI)
    for number in ("A1", "B1"):
        office.report(number, on=date(2026, 2, 16), **(IZUMI if number == "B1" else {}))
    assert office.keep().problems == []
    assert differences(office) == []
    assert office.versions("name") == [("A1", 1, "株式会社新青葉"), ("B1", 1, "泉商店")]


def test_a_person_counts_once_whatever_was_corrected_and_not_at_all_when_cancelled(office: Office) -> None:
    office.summary()
    office.report(employee_no="1")
    office.report(employee_no="1", on=date(2026, 2, 1), submission_kind="correction")
    office.report(employee_no="2")
    office.report(employee_no="2", on=date(2026, 2, 1), submission_kind="cancellation")
    office.keep()
    assert differences(office) == []


def test_a_year_without_any_summary_has_no_differences(office: Office) -> None:
    office.report()
    assert office.keep().counts["summaries_differing"] == 0


def test_who_reported_last_year_and_not_this_year(office: Office) -> None:
    office.report("A1", on=LAST_YEAR, year=2025)
    office.report("A1", on=LAST_YEAR, year=2025, ordinary_collection=True)
    office.report("A2", on=LAST_YEAR, year=2025, **IZUMI)
    office.report("A2", **IZUMI)
    office.report(None, on=LAST_YEAR, year=2025, payer_name="新店", payer_corporate_number=None)
    office.keep()
    assert office.rows("missing") == [
        {"指定番号": "A1", "名称": "株式会社青葉", "所在地": "仙台市青葉区国分町１－１", "前年度の報告人員": 2, "うち特別徴収": 1},
        {"指定番号": "", "名称": "新店", "所在地": "仙台市青葉区国分町１－１", "前年度の報告人員": 1, "うち特別徴収": 1},
    ]  # fmt: skip


def test_whose_successor_reports_is_not_missing(office: Office) -> None:
    office.report("A1", on=LAST_YEAR, year=2025)
    office.report("A2", **IZUMI)
    office.decide("A1", "merge", merged_into="A2")
    office.keep()
    assert office.rows("missing") == []


def test_reports_by_day_against_the_year_before(office: Office) -> None:
    for day in (13, 20, 20):
        office.report(on=date(2025, 1, day), year=2025)
    for day in (13, 27):
        office.report(on=date(2026, 1, day))
    office.keep()
    assert [tuple(row.values()) for row in office.rows("arrival")] == [
        ("01-13", 1, 1, 1, 1),
        ("01-20", 0, 1, 2, 3),
        ("01-27", 1, 2, 0, 3),
    ]


def test_people_billed_themselves_are_counted_by_the_reason_given(office: Office) -> None:
    for reason in ("C", "A", "C", None):
        office.report(ordinary_collection=True, ordinary_reason=reason)
    office.report()
    office.keep()
    assert [tuple(row.values()) for row in office.rows("ordinary_reason")] == [
        ("普A", 1, 1, 1_000_000),
        ("普C", 2, 1, 2_000_000),
        ("符号なし", 1, 1, 1_000_000),
    ]
    assert [tuple(row.values()) for row in office.rows("employer_year", designated_no="A1")] == [
        (2026, "普通徴収 普A", 1, 1_000_000),
        (2026, "普通徴収 普C", 2, 2_000_000),
        (2026, "普通徴収 符号なし", 1, 1_000_000),
        (2026, "特別徴収", 1, 1_000_000),
    ]
