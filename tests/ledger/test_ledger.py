"""The ledger appends, numbers, pins, refuses, and shows readers whole states only."""

import multiprocessing
import time
from datetime import date
from pathlib import Path

import pytest

from pipelines.city import CityHome
from pipelines.errors import ConfigurationError, DataError, LedgerBusy
from pipelines.ledger import LedgerSession, RunIdentity, open_ledger, open_snapshot
from pipelines.ledger.dump import difference, dump_lines
from pipelines.ledger.files import ledger_file
from pipelines.vault import KeyRing

JANUARY = date(2026, 1, 20)
MARCH = date(2026, 3, 1)
MEMBER = {
    "recipient": "national_health_insurance",
    "taxpayer_no": "000000000000001",
    "household_no": "000000000000001",
    "role": "insured",
    "joined_on": JANUARY,
    "left_on": None,
    "file_no": 1,
    "record_no": 1,
}


def enter_decision(session: LedgerSession, number: int, known_on: date) -> None:
    with session.transaction(stage="decisions", known_on=known_on) as transaction:
        transaction.append_row(
            "decision",
            decision_no=number,
            decision_kind="link",
            subject=str(number),
            verdict="forward",
            detail="",
            reason="試験",
            officer="sato",
            channel="file",
            decided_on=known_on,
            file_no=None,
            signature=f"signature {number}",
        )


def decisions(session: LedgerSession, view: str = "ledger.decision") -> list[int]:
    return [row[0] for row in session.con.execute(f"SELECT decision_no FROM {view} ORDER BY decision_no").fetchall()]


def test_what_is_committed_is_read_from_the_snapshot(home: CityHome, keyring: KeyRing) -> None:
    with open_ledger(home, keyring, holder="test") as session:
        enter_decision(session, 1, JANUARY)
    with open_snapshot(home, keyring) as session:
        assert decisions(session) == [1]
        assert session.commit_no == 1


def test_a_transaction_that_appends_nothing_leaves_nothing(home: CityHome, keyring: KeyRing) -> None:
    with open_ledger(home, keyring, holder="test") as session:
        with session.transaction(stage="matching", known_on=JANUARY) as transaction:
            transaction.append("decision", "SELECT * EXCLUDE (known_on, commit_no) FROM ledger.decision")
        assert session.commit_no == 0
        assert session.con.execute("SELECT count(*) FROM ledger.run").fetchone() == (0,)


def test_a_failed_transaction_leaves_nothing(home: CityHome, keyring: KeyRing) -> None:
    with open_ledger(home, keyring, holder="test") as session:
        with pytest.raises(RuntimeError):
            enter_and_fail(session)
        assert session.con.execute("SELECT count(*) FROM ledger.membership").fetchone() == (0,)
        enter_decision(session, 1, JANUARY)
        assert session.commit_no == 1


def enter_and_fail(session: LedgerSession) -> None:
    with session.transaction(stage="decisions", known_on=JANUARY) as transaction:
        transaction.append_row("membership", **MEMBER)
        raise RuntimeError


def test_the_same_key_twice_is_refused_and_everything_of_that_transaction_undone(
    home: CityHome, keyring: KeyRing
) -> None:
    with open_ledger(home, keyring, holder="test") as session:
        enter_decision(session, 1, JANUARY)
        with pytest.raises(DataError) as caught:
            enter_decision(session, 1, MARCH)
        assert decisions(session) == [1]
    assert str(caught.value) == (
        "台帳の一意性に反する追加です。取引をすべて取り消しました ／ 項目: 職員の決定（decision） ／ 内容: 重複した鍵 1 件 ／ "
        "正しい形: 鍵 decision_no は一意 ／ 対処: 同じ資料が二重に渡されていないか確認してください"
    )


def test_nothing_appended_later_changes_a_pinned_run(home: CityHome, keyring: KeyRing) -> None:
    with open_ledger(home, keyring, holder="test") as session:
        enter_decision(session, 1, JANUARY)
        pin = session.pin(2026, JANUARY)
        enter_decision(session, 2, JANUARY)
        enter_decision(session, 3, MARCH)
        assert decisions(session, "pinned_decision") == [1]
        session.pin(2026, JANUARY)
        assert decisions(session, "pinned_decision") == [1, 2]
        session.pin(2026, MARCH, commit_no_max=pin.commit_no_max)
        assert decisions(session, "pinned_decision") == [1]


def test_every_commit_says_which_airflow_try_made_it(home: CityHome, keyring: KeyRing) -> None:
    identity = RunIdentity("intake__041009", "scheduled__2026-01-20", "take_in", 2, "scheduled")
    with open_ledger(home, keyring, holder="test", identity=identity) as session:
        with session.register.step("読込") as step:
            step.rows_in, step.rows_out = 3, 2
        enter_decision(session, 1, JANUARY)
        run = session.con.execute("SELECT dag_id, task_id, try_number, run_type, commit_no FROM ledger.run").fetchall()
        steps = session.con.execute(
            "SELECT step, rows_in, rows_out, memory_peak_bytes > 0 FROM ledger.run_step"
        ).fetchall()
    assert run == [("intake__041009", "take_in", 2, "scheduled", 1)]
    assert steps == [("読込", 3, 2, True)]


def hold(home: CityHome, keyring: KeyRing, held: Path) -> None:
    with open_ledger(home, keyring, holder="夜間の受付"):
        held.touch()
        time.sleep(30)


def test_a_second_writer_waits_and_is_told_who_holds_the_ledger(
    home: CityHome, keyring: KeyRing, tmp_path: Path
) -> None:
    held = tmp_path / "held"
    other = multiprocessing.get_context("spawn").Process(target=hold, args=(home, keyring, held))
    other.start()
    try:
        while not held.exists():
            time.sleep(0.05)
        with pytest.raises(LedgerBusy) as caught, open_ledger(home, keyring, holder="昼の受付", wait_seconds=0.3):
            pass
    finally:
        other.kill()
        other.join()
    assert str(caught.value) == (
        f"台帳は別の処理が書込み中です ／ ファイル: ledger ／ 内容: 保有者 夜間の受付 (PID {other.pid}) ／ "
        "正しい形: 0.3秒以内に空くこと ／ 対処: その処理の終了を待ってから、もう一度実行してください"
    )
    with open_ledger(home, keyring, holder="昼の受付") as session:
        assert session.commit_no == 0  # the dead holder's lock is gone with it


def test_a_reader_keeps_its_state_while_the_snapshot_is_replaced(home: CityHome, keyring: KeyRing) -> None:
    with open_ledger(home, keyring, holder="test") as session:
        enter_decision(session, 1, JANUARY)
    with open_snapshot(home, keyring) as reader:
        with open_ledger(home, keyring, holder="test") as session:
            enter_decision(session, 2, JANUARY)
        assert decisions(reader) == [1]
    with open_snapshot(home, keyring) as reader:
        assert decisions(reader) == [1, 2]


def test_without_its_key_the_ledger_says_which_key_is_missing(home: CityHome, keyring: KeyRing) -> None:
    with open_ledger(home, keyring, holder="test") as session:
        enter_decision(session, 1, JANUARY)
    (Path(keyring.folder) / "ledger.json").unlink()
    with pytest.raises(ConfigurationError, match="鍵「ledger」がありません"), open_snapshot(home, keyring):
        pass


def test_with_another_key_the_ledger_stays_shut(home: CityHome, keyring: KeyRing, tmp_path: Path) -> None:
    with open_ledger(home, keyring, holder="test") as session:
        enter_decision(session, 1, JANUARY)
    stranger = KeyRing.open(tmp_path / "other keys")
    stranger.create_missing()
    with pytest.raises(ConfigurationError, match="鍵が合いません"), open_snapshot(home, stranger):
        pass


def test_the_file_shows_nothing_in_the_clear(home: CityHome, keyring: KeyRing) -> None:
    with open_ledger(home, keyring, holder="test") as session:
        enter_decision(session, 1, JANUARY)
    content = ledger_file(home, 1).read_bytes()
    assert b"signature 1" not in content
    assert "試験".encode() not in content


def test_equal_states_have_equal_dumps_and_another_fact_shows_as_a_line(tmp_path: Path, keyring: KeyRing) -> None:
    dumps = []
    for name, numbers in (("a", (1, 2)), ("b", (1, 2)), ("c", (1, 3))):
        home = CityHome("041009", tmp_path / name)
        home.make()
        with open_ledger(home, keyring, holder="test", identity=RunIdentity(run_type=name)) as session:
            for number in numbers:
                enter_decision(session, number, JANUARY)
            path = tmp_path / f"{name}.txt"
            path.write_text("\n".join(dump_lines(session.con)))
            dumps.append(path)
    assert difference(dumps[0], dumps[1]) == []
    assert [line[0] for line in difference(dumps[0], dumps[2])] == ["-", "+"]


def test_a_promoted_key_takes_the_ledger_over_and_the_old_one_is_no_longer_needed(
    home: CityHome, keyring: KeyRing
) -> None:
    with open_ledger(home, keyring, holder="test") as session:
        enter_decision(session, 1, JANUARY)
        comments = session.con.execute(
            "SELECT count(comment) FROM duckdb_columns() WHERE database_name = 'ledger'"
        ).fetchone()
    keyring.promote("ledger", keyring.rotate("ledger"))
    with open_snapshot(home, keyring) as session:
        assert decisions(session) == [1]  # readers go on with the old snapshot until there is a new one
    with open_ledger(home, keyring, holder="test") as session:
        enter_decision(session, 2, JANUARY)
        assert (
            session.con.execute("SELECT count(comment) FROM duckdb_columns() WHERE database_name = 'ledger'").fetchone()
            == comments
        )
    with open_ledger(home, keyring, holder="test"):
        pass
    keyring.retire("ledger", 1, rows=0)
    with open_snapshot(home, keyring) as session:
        assert decisions(session) == [1, 2]
    assert sorted(path.name for path in home.ledger.glob("*.duckdb")) == ["ledger.k2.duckdb", "snapshot.k2.duckdb"]
