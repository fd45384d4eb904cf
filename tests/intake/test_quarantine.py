"""Quarantine as a workplace: an officer corrects, releases, rejects or returns a record; the original stays as it came."""

import shutil
from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from pipelines import intake
from pipelines.city import CityHome, load_city
from pipelines.errors import DataError
from pipelines.exchange import durable
from pipelines.exchange.decisions import DecisionFile, take_decisions, write_decision
from pipelines.intake.quarantine import Rework, show_stopped, stopped_record
from pipelines.intake.shown import corrections, received_record, shown_items
from pipelines.ledger import StageContext, StageReport, open_snapshot
from pipelines.ledger.dump import dump_lines
from pipelines.run import quarantine as desk
from pipelines.run.verify import ledger_invariants
from pipelines.vault import KeyRing
from tests.intake.kit import Office, number, wage, wage_values, with_wrong_check_digit, xml_file, xml_report

DAY = date(2026, 2, 10)
LATER = date(2026, 2, 20)
HUGE = "9999999999"


def decide(office: Office, file_no: int, record_no: int, verdict: str, detail: str = "", on: date = DAY) -> None:
    """An officer's signed decision, put into the inbox and taken in."""
    write_decision(
        office.ctx.home,
        office.ctx.keyring,
        DecisionFile(
            kind="quarantine",
            subject=f"{file_no}:{record_no}",
            verdict=verdict,
            detail=detail,
            reason="原本で確認",
            officer="sato",
            channel="file",
            decided_on=on,
        ),
    )


def items(**values: str | None) -> str:
    return Rework(items=values).detail()


def rules(*names: str) -> str:
    return Rework(rules=names).detail()


def work(office: Office, as_of: date = LATER) -> StageReport:
    ctx = replace(office.ctx, as_of=as_of)
    assert take_decisions(ctx).problems == []
    return intake.settle(ctx)


def standing(office: Office) -> dict[tuple[int, int], str]:
    """Where each record that was ever stopped stands."""
    with open_snapshot(office.ctx.home, office.ctx.keyring) as session:
        show_stopped(session)
        rows = session.con.execute("SELECT file_no, record_no, outcome FROM stopped_record").fetchall()
    return {(file_no, record_no): outcome for file_no, record_no, outcome in rows}


def reasons(office: Office, file_no: int, record_no: int) -> dict[str, str]:
    with open_snapshot(office.ctx.home, office.ctx.keyring) as session:
        show_stopped(session)
        stopped = stopped_record(session, file_no, record_no)
        assert stopped is not None
        return {reason.rule: reason.severity for reason in stopped.reasons}


def broken(office: Office) -> list[str]:
    """The promises about what was received that do not hold; the other stages have not run here."""
    with open_snapshot(office.ctx.home, office.ctx.keyring) as session:
        return [each.name for each in ledger_invariants(session) if not each.ok and each.name.startswith("受付")]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """A file of CSV (1) and one of XML (2); each of their records but the first of each is stopped, and then decided on."""
    folder = tmp_path_factory.mktemp("workplace")
    home = CityHome("041009", folder / "data")
    home.make()
    keyring = KeyRing.open(folder / "keys")
    keyring.create_missing(fiscal_years=[2026], officers=["sato"])
    office = Office(StageContext(load_city("041009"), home, keyring, 2026, date(2026, 1, 31)))
    office.put(
        "a.csv",
        wage(1),
        wage(2, name=""),
        wage(3, paid_yen=HUGE),
        wage(4, individual_number=with_wrong_check_digit(number(4))),
        "315,,",
        wage(6, born_day="31"),
        wage(1, name=""),
        wage(8, name="", paid_yen=HUGE),
        wage(9, name=""),
    )
    office.put_bytes("b.xml", xml_file(xml_report(wage_values(21)), xml_report(wage_values(22, paid_yen=HUGE))))
    taken = intake.run(office.ctx)
    assert (taken.counts["accepted"], taken.counts["quarantined"]) == (2, 9)
    return office


@pytest.fixture(scope="module")
def settled(office: Office) -> StageReport:
    decide(office, 1, 2, "correct", items(name="見本　花子", paid_yen="5100000"))
    decide(office, 1, 3, "release", rules("amount_out_of_range"))
    decide(office, 1, 4, "correct", items(individual_number=None))
    decide(office, 1, 5, "reject")
    decide(office, 1, 6, "return")
    decide(office, 1, 7, "correct", items(name="見本　太郎"))
    decide(office, 1, 8, "correct", items(name="見本　次郎"))
    ctx = replace(office.ctx, as_of=LATER)
    take_decisions(ctx)
    shutil.copytree(office.ctx.home.root, calm_home(office).root)
    for point in ("ledger.commit:before", "ledger.commit:after"):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(durable, "on_reach", partial(die_at, point))
            with pytest.raises(Killed):
                intake.settle(ctx)
    intake.settle(ctx)
    return intake.settle(replace(ctx, home=calm_home(office)))


class Killed(BaseException):
    """Stands for the end of the process."""


def die_at(wanted: str, point: str) -> None:
    if point == wanted:
        raise Killed


def calm_home(office: Office) -> CityHome:
    """Where the same decisions are carried out without being disturbed."""
    return CityHome("041009", office.ctx.home.root.parent.parent / "calm")


def test_killed_before_or_after_the_commit_and_run_again_it_is_as_if_nothing_happened(
    office: Office, settled: StageReport
) -> None:
    dumps = []
    for home in (office.ctx.home, calm_home(office)):
        assert intake.settle(replace(office.ctx, home=home, as_of=LATER)).commit_no is None
        with open_snapshot(home, office.ctx.keyring) as session:
            dumps.append(list(dump_lines(session.con)))
    assert dumps[0] == dumps[1]


def test_each_decision_has_its_outcome_and_nothing_is_lost(office: Office, settled: StageReport) -> None:
    assert settled.problems == []
    assert settled.counts == {
        "accepted": 3, "duplicate": 1, "quarantined": 1, "rejected": 1, "returned": 1, "refused": 0,
    }  # fmt: skip
    assert standing(office) == {
        (1, 2): "accepted", (1, 3): "accepted", (1, 4): "accepted", (1, 5): "rejected", (1, 6): "returned",
        (1, 7): "duplicate", (1, 8): "quarantined", (1, 9): "quarantined", (2, 2): "quarantined",
    }  # fmt: skip
    assert broken(office) == []


def test_an_accepted_record_is_a_document_known_since_the_decision(office: Office, settled: StageReport) -> None:
    assert office.rows(
        "SELECT record_no, name, amount_yen, number_id IS NULL, known_on FROM document WHERE file_no = 1 ORDER BY record_no"
    ) == [
        (1, "見本　太郎", 5_000_000, False, date(2026, 1, 31)),
        (2, "見本　花子", 5_100_000, False, DAY),
        (3, "見本　太郎", int(HUGE), False, DAY),
        (4, "見本　太郎", 5_000_000, True, DAY),
    ]
    assert office.rows(
        "SELECT sum(settled_yen - amount_yen) FROM record_settlement WHERE record_no = 2 AND file_no = 1"
    ) == [(100_000,)]


def test_what_fails_again_stays_with_the_new_reason(office: Office, settled: StageReport) -> None:
    assert reasons(office, 1, 8) == {"amount_out_of_range": "critical"}
    assert reasons(office, 1, 3) == {"amount_out_of_range": "waived"}
    assert "required" in reasons(office, 1, 9)


def test_the_same_run_again_undoes_nothing(office: Office, settled: StageReport) -> None:
    before = standing(office)
    again = work(office)
    assert (again.commit_no, again.lines, standing(office)) == (None, [], before)


REFUSED = [
    (9, "release", rules("required"), "解除できない規則です（required）"),
    (9, "correct", items(name=""), "200字以内"),
    (9, "correct", items(name="１２３４５６７８９０１２"), "個人番号の疑い"),
    (9, "correct", items(individual_number=number(9)), "個人番号の項目に値は書けません"),
    (9, "correct", items(no_such_item="1"), "この様式にない項目"),
    (9, "correct", rules("required"), "訂正する項目と値"),
    (9, "reject", items(name="見本"), "項目や規則は書けません"),
    (9, "correct", "{", "決定の内容が読めません"),
    (9, "forget", "", "決定の内容が読めません"),
    (2, "reject", "", "すでに受理されています"),
    (1, "reject", "", "取込保留になっていません"),
    (5, "correct", items(name="見本"), "項目に分けて読めない"),
]


def test_decisions_that_cannot_be_carried_out_are_told_once_and_kept(office: Office, settled: StageReport) -> None:
    before = standing(office)
    for record_no, verdict, detail, _ in REFUSED:
        decide(office, 1, record_no, verdict, detail)
    decide(office, 1, 9, "reject", on=date(2026, 1, 30))
    report = work(office)
    told = sorted(str(problem) for problem in report.problems)
    assert report.counts["refused"] == len(told) == len(REFUSED) + 1
    for expected in [*(each for *_, each in REFUSED), "受付日（2026-01-31）より前"]:
        assert any(expected in problem for problem in told), expected
    assert standing(office) == before
    assert work(office).problems == []


def test_a_file_refused_as_a_whole_is_listed_and_goes_back_to_its_sender(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JUMINZEI_DATA", str(office.ctx.home.root.parent))
    monkeypatch.setenv("JUMINZEI_KEYS", str(office.ctx.home.root.parent.parent / "keys"))
    office.put(
        "wrong.csv",
        *(wage(serial, city_code="131032") for serial in range(11)),
        note="sender: 見本商会\nbatch: A\nrecords: 11\n",
    )
    (line,) = intake.run(office.ctx).lines
    assert line.endswith(
        "ファイル全体を受け付けません。送付元に正しいファイルを求め、届いたら受信箱に置いてください（`juminzei quarantine list` に載ります）"
    )
    city = office.ctx.city.code
    [row] = [row for row in desk.waiting(city) if row["ファイル"] == "wrong.csv"]
    file_no = row["ファイル番号"]
    assert (row["レコード"], row["円"], row["状態"]) == (0, 55_000_000, "ファイルごと受付不可")
    assert row["説明"] == (
        "11件のうち11件が重大な規則に反しています（上限は10件かつ20%）。ファイル全体を受け付けません ／ "
        f"対処: 送付元に正しいファイルを求め（返戻は `juminzei quarantine return {file_no} 0`）、届いたら受信箱に置いてください。"
        "一部のレコードだけを直して使うことはできません"
    )
    by = {"officer": "sato", "reason": "市区町村コードの誤り", "decided_on": DAY}
    with pytest.raises(DataError, match="ファイルごと受け付けなかったものは直せません"):
        desk.decide(city, file_no, 0, "recheck", **by)
    desk.decide(city, file_no, 0, "return", **by)
    assert work(office).lines == [f"取込保留 {file_no} の 0 件目: 返戻"]
    assert "wrong.csv" not in {row["ファイル"] for row in desk.waiting(city)}
    [returned] = [row for row in desk.returned(city) if row["ファイル"] == "wrong.csv"]
    assert (returned["送付元"], returned["ファイル"], returned["返戻の理由"]) == (
        "見本商会",
        "wrong.csv",
        "市区町村コードの誤り",
    )
    assert returned["指摘"].endswith("ファイル全体を受け付けません")
    shown = desk.one_record(city, file_no, 0)
    assert (shown["状態"], shown["項目"], [one["結果"] for one in shown["経過"]]) == ("返戻", [], ["返戻"])
    with open_snapshot(office.ctx.home, office.ctx.keyring) as session:
        assert all(promise.ok for promise in ledger_invariants(session))


def test_an_officer_reads_the_items_but_never_a_number(office: Office, settled: StageReport) -> None:
    with open_snapshot(office.ctx.home, office.ctx.keyring) as session:
        show_stopped(session)
        records = [stopped_record(session, 1, record_no) for record_no in (4, 5)]
        four, five = [stopped for stopped in records if stopped]
        corrected = corrections(session, four)
    items = shown_items(received_record(office.ctx.home, office.ctx.keyring, four), four, corrected)
    by_no = {item["項目番号"]: item for item in items}
    assert (by_no[14]["値"], by_no[10]["値"]) == ("見本　太郎", "0（新規）")
    number_item = by_no[95]
    assert (number_item["値"], number_item["訂正後"]) == ("（個人番号。検査用数字が合いません）", "（空）")
    assert number(4)[:11] not in str(items)
    with pytest.raises(DataError, match="項目に分けて読めない"):
        received_record(office.ctx.home, office.ctx.keyring, five)


def test_what_was_stopped_or_turned_away_may_be_decided_on_anew(office: Office, settled: StageReport) -> None:
    """A correction holds when the rest of the record is released; a returned one is corrected; a changed archive is told."""
    [sealed] = office.ctx.home.archive.glob("wage_report/*/b.xml*")
    kept = sealed.read_bytes()
    sealed.write_bytes(kept[:-1] + bytes([kept[-1] ^ 1]))
    decide(office, 2, 2, "correct", items(paid_yen="5000000"))
    decide(office, 1, 8, "release", rules("amount_out_of_range"), on=LATER)
    decide(office, 1, 6, "correct", items(born_day="30"), on=LATER)
    decide(office, 1, 5, "recheck", on=LATER)
    decide(office, 1, 9, "recheck", on=LATER)
    assert work(office, as_of=date(2026, 2, 9)).lines == [], "what is decided later is not known yet"
    report = work(office)
    assert (report.counts["accepted"], report.counts["quarantined"]) == (2, 2)
    assert reasons(office, 1, 5) == {"item_count": "critical"}
    assert ["改変されたか" in str(problem) for problem in report.problems] == [True]
    assert office.rows("SELECT name, amount_yen, known_on FROM document WHERE record_no = 8") == [
        ("見本　次郎", int(HUGE), LATER)
    ]
    sealed.write_bytes(kept)
    assert work(office).counts["accepted"] == 1
    assert office.rows(
        "SELECT record_no, paid_yen FROM wage_report JOIN document USING (document_no) WHERE file_no = 2 ORDER BY record_no"
    ) == [(1, 5_000_000), (2, 5_000_000)]
    assert broken(office) == []
