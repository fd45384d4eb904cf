"""Exactly once, nothing lost: what is received is in the ledger once, counted, archived and out of the inbox."""

import json
from dataclasses import replace
from datetime import date

import pytest

from pipelines import intake
from pipelines.exchange import durable
from pipelines.exchange.archive import archive_path
from pipelines.exchange.inbox import inbox_file
from pipelines.exchange.operations_log import operations_log
from pipelines.vault import Vault, open_sealed
from tests.intake.kit import (
    LISTED,
    MEMBERS,
    REGISTER,
    Office,
    listed,
    member,
    number,
    resident,
    wage,
    with_wrong_check_digit,
)


def files_below(folder) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def operations(office: Office) -> list[str]:
    return [json.loads(line)["event"] for line in operations_log(office.ctx.home).read_text().splitlines()]


def state(office: Office) -> list[object]:
    """Everything that intake appends, without the vault's random numbers."""
    tables = ("source_file", "record_exception", "wage_report", "wage_report_relative", "resident", "membership")
    rows = [
        office.rows(f"SELECT * EXCLUDE (commit_no) FROM {table} ORDER BY ALL")
        for table in tables
        if table != "resident"
    ]
    return [*rows, office.rows("SELECT document_no, file_no, record_no, name, amount_yen FROM document ORDER BY ALL")]


def test_a_file_is_taken_in_archived_and_gone_from_the_inbox(office: Office) -> None:
    path = office.put("kyuho.csv", wage(1), note="sender: '9000001'\nbatch: A\nrecords: 1\npaid_yen: 5000000\n")
    content, file = path.read_bytes(), inbox_file(office.ctx.home, path)
    report = intake.run(office.ctx)
    assert (report.counts["loaded"], report.commit_no) == (1, 1)
    [(sha256, sender, batch)] = office.rows("SELECT sha256, sender, batch FROM source_file")
    assert (sender, batch) == ("9000001", "A")
    sealed = archive_path(office.ctx.home, file, sha256)
    assert open_sealed(sealed, keyring=office.ctx.keyring) == content
    assert files_below(office.ctx.home.inbox) == []
    assert [name for name in files_below(office.ctx.home.landing) if name.endswith(".parquet")] == []
    assert len(files_below(office.ctx.home.archive)) == 2, "the file and its delivery note"


def test_the_same_file_twice_changes_nothing_but_the_operations_log(office: Office) -> None:
    office.put("kyuho.csv", wage(1), wage(2))
    intake.run(office.ctx)
    before, archived = state(office), files_below(office.ctx.home.archive)
    office.put("kyuho.csv", wage(1), wage(2), received_on=date(2026, 2, 10))
    report = intake.run(office.ctx)
    assert (report.commit_no, report.counts["known"], report.problems) == (None, 1, [])
    assert state(office) == before
    assert files_below(office.ctx.home.archive) == archived
    assert files_below(office.ctx.home.inbox) == []
    assert operations(office) == ["same_file_again"]


def test_an_empty_inbox_does_nothing(office: Office) -> None:
    report = intake.run(office.ctx)
    assert (report.commit_no, report.counts["files"], report.lines, report.problems) == (None, 0, [], [])


def test_what_is_received_after_the_run_s_day_waits(office: Office) -> None:
    office.put("late.csv", wage(1), received_on=date(2026, 5, 29))
    assert intake.run(office.ctx).counts["files"] == 0
    assert intake.run(replace(office.ctx, as_of=date(2026, 5, 29))).counts["loaded"] == 1


def test_next_year_s_file_waits_for_next_year_s_run(office: Office) -> None:
    path = office.put("next.csv", wage(1, income_era_year="08"))
    report = intake.run(office.ctx)
    assert report.lines == [
        "wage_report/2026-01-31/next.csv: すべて別の年度の資料です。その年度の取込みまで受信箱に残します"
    ]
    assert (report.commit_no, path.exists()) == (None, True)


def test_a_record_received_before_is_counted_as_duplicate_and_not_loaded_again(office: Office) -> None:
    office.put("a.csv", wage(1), wage(2))
    office.put("b.csv", wage(2), wage(3), wage(3), received_on=date(2026, 2, 10))
    report = intake.run(office.ctx)
    assert (report.counts["accepted"], report.counts["duplicate"]) == (3, 2)
    assert office.rows("SELECT document_no, file_no, record_no FROM document ORDER BY document_no") == [
        (1, 1, 1),
        (2, 1, 2),
        (3, 2, 2),
    ]


def test_a_correction_of_the_same_person_is_a_document_of_its_own(office: Office) -> None:
    office.put("a.csv", wage(1))
    office.put("b.csv", wage(1, submission_kind="2", paid_yen="5100000"), received_on=date(2026, 2, 10))
    intake.run(office.ctx)
    assert office.rows("SELECT submission_kind, amount_yen, known_on FROM document ORDER BY document_no") == [
        ("new", 5_000_000, date(2026, 1, 31)),
        ("correction", 5_100_000, date(2026, 2, 10)),
    ]
    assert office.rows("SELECT count(DISTINCT number_id) FROM document") == [(1,)]


def test_records_and_yen_are_reconciled(office: Office) -> None:
    wrong = wage(3, individual_number=with_wrong_check_digit(number(3)), paid_yen="1000000")
    office.put("a.csv", wage(1), wrong, wage(1), "315,short", wage(4, paid_yen="x"))
    intake.run(office.ctx)
    assert office.rows(
        "SELECT read_count, accepted_count, quarantined_count, duplicate_count, "
        "read_yen, accepted_yen, quarantined_yen, duplicate_yen FROM source_file"
    ) == [(5, 1, 3, 1, 11_000_000, 5_000_000, 1_000_000, 5_000_000)]


def test_a_file_with_too_many_failures_is_refused_counted_and_explained(office: Office) -> None:
    bad = [wage(serial, city_code="131032") for serial in range(20, 31)]
    office.put("a.csv", *(wage(serial) for serial in range(1, 20)), *bad)
    report = intake.run(office.ctx)
    assert report.counts["refused"] == 1
    assert office.rows("SELECT verdict, read_count, accepted_count, quarantined_count FROM source_file") == [
        ("refused", 30, 0, 30)
    ]
    assert office.rows("SELECT count(*) FROM document") == [(0,)]
    assert len(office.messages()) == 11
    with Vault(office.ctx.home, office.ctx.keyring) as vault:
        assert sum(vault.counts()["vault-token"].values()) == 0
    assert files_below(office.ctx.home.inbox) == []


def test_a_corrected_file_may_follow_a_refused_one_under_the_same_batch(office: Office) -> None:
    note = "sender: a\nbatch: A\nrecords: 11\n"
    office.put("a.csv", *(wage(serial, city_code="131032") for serial in range(11)), note=note)
    office.put("a.csv", *(wage(serial) for serial in range(11)), note=note, received_on=date(2026, 2, 10))
    report = intake.run(office.ctx)
    assert (report.counts["refused"], report.counts["loaded"], report.counts["accepted"]) == (1, 1, 11)


def test_ten_bad_records_of_ten_are_still_records_not_a_wrong_file(office: Office) -> None:
    office.put("a.csv", *(wage(serial, city_code="131032") for serial in range(10)))
    assert intake.run(office.ctx).counts["refused"] == 0


def test_one_file_can_be_taken_in_alone(office: Office) -> None:
    office.put("a.csv", wage(1))
    chosen = office.put("b.csv", wage(2))
    assert intake.intake_one(office.ctx, chosen).counts["loaded"] == 1
    assert office.rows("SELECT file_name FROM source_file") == [("b.csv",)]


class Killed(BaseException):
    """The process is gone."""


@pytest.mark.parametrize(
    "point",
    [
        "ledger.commit:before",
        "ledger.commit:after",
        "sealed.replace:before",
        "inbox.remove:before",
        "inbox.remove:after",
        "inbox.note.remove:after",
    ],
)
def test_a_killed_intake_is_finished_by_the_next_run(office: Office, monkeypatch, point: str) -> None:
    reached: list[str] = []

    def kill(name: str) -> None:
        if name == point and not reached:
            reached.append(name)
            raise Killed

    office.put(
        "kyuho.csv",
        wage(1),
        wage(2, spouse_kind="1", spouse_name="見本　花子"),
        note="sender: a\nbatch: A\nrecords: 2\n",
    )
    monkeypatch.setattr(durable, "on_reach", kill)
    with pytest.raises(Killed):
        intake.run(office.ctx)
    report = intake.run(office.ctx)
    assert report.problems == []
    assert office.rows("SELECT verdict, accepted_count FROM source_file") == [("loaded", 2)]
    assert office.rows("SELECT document_no, record_no FROM document ORDER BY ALL") == [(1, 1), (2, 2)]
    assert len(files_below(office.ctx.home.archive)) == 2
    assert files_below(office.ctx.home.inbox) == []


def test_no_individual_number_is_left_in_the_clear(office: Office) -> None:
    office.put(
        "kyuho.csv",
        wage(1, spouse_number=number(2), dependant_1_number=number(3), payer_number=number(4)),
        wage(5, remarks=f"本人 {number(6)}"),
        wage(7, dependants_from_5th=f"({number(8)})見本　五郎　({number(9)})見本　六郎"),
        wage(10, paid_yen=number(11)),
    )
    office.put("jumin.csv", resident(12), resident(13, address=number(14)), layout=REGISTER)
    intake.run(office.ctx)
    everything = b"".join(path.read_bytes() for path in office.ctx.home.root.rglob("*") if path.is_file())
    told = str(office.messages()) + str(office.rows("SELECT * FROM wage_report")) + str(office.rows("FROM resident"))
    for serial in range(1, 15):
        assert number(serial).encode() not in everything
        assert number(serial) not in told


def test_a_register_says_something_new_in_a_new_revision_only(office: Office) -> None:
    office.put("a.csv", resident(1), resident(2), layout=REGISTER)
    moved = resident(2, address="仙台市青葉区見本町９－９")
    office.put("b.csv", resident(1), moved, layout=REGISTER, received_on=date(2026, 2, 10))
    report = intake.run(office.ctx)
    assert (report.counts["accepted"], report.counts["duplicate"]) == (3, 1)
    assert office.rows("SELECT taxpayer_no, revision, address FROM resident ORDER BY ALL") == [
        ("000000000000001", 1, "仙台市青葉区見本町２－２"),
        ("000000000000002", 1, "仙台市青葉区見本町２－２"),
        ("000000000000002", 2, "仙台市青葉区見本町９－９"),
    ]


def test_a_resident_without_a_number_is_taken_in(office: Office) -> None:
    office.put("a.csv", resident(1, individual_number=""), layout=REGISTER)
    assert intake.run(office.ctx).counts["accepted"] == 1
    assert office.rows("SELECT number_id, born_on, sex, ward_code FROM resident") == [
        (None, date(1985, 4, 1), "male", "041017")
    ]


def test_one_list_names_people_of_several_recipients_each_once(office: Office) -> None:
    office.put(
        "lists.csv",
        listed(1),
        listed(1, recipient="childcare_certification", household_no=f"{5:015d}"),
        listed(2),
        listed(2, left_on="2026-01-10"),
        layout=LISTED,
    )
    intake.run(office.ctx)
    assert office.rows("SELECT recipient, taxpayer_no, household_no FROM membership ORDER BY ALL") == [
        ("child_allowance", "000000000000001", ""),
        ("childcare_certification", "000000000000001", "000000000000005"),
    ]
    assert office.rows("SELECT DISTINCT rule FROM record_exception") == [("person_twice",)]


def test_every_membership_list_is_kept_whole(office: Office) -> None:
    office.put("a.csv", member(1), member(2, left_on="2026-01-10"), layout=MEMBERS)
    office.put("b.csv", member(1), layout=MEMBERS, received_on=date(2026, 4, 2))
    intake.run(office.ctx)
    assert office.rows(
        "SELECT recipient, taxpayer_no, left_on, file_no FROM membership ORDER BY file_no, taxpayer_no"
    ) == [
        ("national_health_insurance", "000000000000001", None, 1),
        ("national_health_insurance", "000000000000002", date(2026, 1, 10), 1),
        ("national_health_insurance", "000000000000001", None, 2),
    ]
