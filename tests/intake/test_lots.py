"""Lots: many files in one commit, and each still judged alone."""

from datetime import date

from pipelines import intake
from tests.intake.kit import Office, wage

NOTE = "sender: '9000001'\nbatch: {batch}\nrecords: {records}\npaid_yen: 5000000\n"


def test_the_files_of_a_day_are_one_commit_and_each_is_counted_alone(office: Office) -> None:
    office.put("a.csv", wage(1), wage(2))
    office.put("b.csv", wage(2), wage(3))
    office.put("c.csv", *(wage(serial, city_code="131032") for serial in range(20, 31)))
    office.put("d.csv", wage(4), received_on=date(2026, 2, 10))
    report = intake.run(office.ctx)
    assert (report.commit_no, report.problems) == (2, [])
    assert office.rows(
        "SELECT file_no, file_name, verdict, read_count, accepted_count, quarantined_count, duplicate_count, commit_no "
        "FROM source_file ORDER BY file_no"
    ) == [
        (1, "a.csv", "loaded", 2, 2, 0, 0, 1),
        (2, "b.csv", "loaded", 2, 1, 0, 1, 1),
        (3, "c.csv", "refused", 11, 0, 11, 0, 1),
        (4, "d.csv", "loaded", 1, 1, 0, 0, 2),
    ]
    assert office.rows("SELECT document_no, file_no, record_no FROM document ORDER BY document_no") == [
        (1, 1, 1),
        (2, 1, 2),
        (3, 2, 2),
        (4, 4, 1),
    ]


def test_what_contradicts_its_note_or_is_of_another_year_leaves_the_lot_as_if_it_had_not_come(office: Office) -> None:
    wrong = office.put("a.csv", wage(1), note=NOTE.format(batch="A", records=2))
    next_year = office.put("b.csv", wage(2, income_era_year="08"))
    office.put("c.csv", wage(3), note=NOTE.format(batch="C", records=1))
    report = intake.run(office.ctx)
    assert [problem.file for problem in report.problems] == ["a.csv"]
    assert (report.counts["loaded"], report.counts["waiting"]) == (1, 1)
    assert office.rows("SELECT file_no, file_name, accepted_count FROM source_file") == [(1, "c.csv", 1)]
    assert wrong.exists()
    assert next_year.exists()


def test_the_same_delivery_twice_in_a_day_is_never_in_one_lot(office: Office) -> None:
    office.put("a.csv", wage(1), note=NOTE.format(batch="A", records=1))
    office.put("b.csv", wage(1), note=NOTE.format(batch="A", records=1))
    other_bytes = office.put("c.csv", wage(2), note=NOTE.format(batch="A", records=1))
    report = intake.run(office.ctx)
    assert (report.counts["loaded"], report.counts["known"]) == (1, 1)
    assert [(problem.what, problem.file) for problem in report.problems] == [
        ("同じバッチで内容の違うファイルが届きました", "c.csv")
    ]
    assert other_bytes.exists()
