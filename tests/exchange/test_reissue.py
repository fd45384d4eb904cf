"""What was lost on the way leaves again as it was: new approvals, a new number, nobody told twice; and what an approver sees of a release."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from pipelines.audit.journal import EVENTS
from pipelines.cli.app import app
from pipelines.errors import DataError
from pipelines.exchange import durable
from pipelines.exchange.decisions import take_decisions
from pipelines.exchange.outbox import Prepared
from pipelines.ledger import open_ledger, open_snapshot
from pipelines.run import releases
from pipelines.run.release_difference import difference
from pipelines.run.releases import emit
from pipelines.run.verify import check_home
from tests.exchange.releases import CONTRACT, Office, manifest

HEAD = "fiscal_year,collection_method,section,item,person_count,amount_yen\n"
CONTENT = f"{HEAD}2026,ordinary,tax,均等割,1,5000\n".encode()
MORE = f"{HEAD}2026,ordinary,tax,均等割,2,7000\n2026,ordinary,tax,所得割,1,1000\n".encode()
AGAIN = ("--officer", "suzuki", "--on", "2026-05-28", "--reason", "媒体の破損")


@pytest.fixture
def desk(office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    """The office, with the command line at work on its folders."""
    monkeypatch.setenv("JUMINZEI_DATA", str(office.home.root.parent))
    monkeypatch.setenv("JUMINZEI_KEYS", str(office.keyring.folder))
    return office


def call(*arguments: str) -> str:
    result = CliRunner().invoke(app, ("release", *arguments))
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.output


def left(office: Office, content: bytes = CONTENT) -> Prepared:
    release = office.prepare(content)
    office.decide(release, "sato", "suzuki")
    assert office.emit() == 1
    return release


def asked_again(office: Office, release: Prepared) -> Prepared:
    """An officer asks for it, and the next emission makes a release of it, which waits."""
    call("reissue", str(release.release_no), *AGAIN)
    assert take_decisions(office.ctx).problems == []
    assert office.emit() == 0, "it waits for two people"
    (row,) = [row for row in releases.listing(office.home.city_code) if row["再発送"]]
    assert (row["再発送"], row["状態"]) == (str(release.release_no), "決裁待ち")
    return Prepared(row["発送番号"], release.payload_digest, new=True)


def test_it_leaves_again_as_it_was_under_a_number_of_its_own_that_names_what_it_repeats(desk: Office) -> None:
    again = asked_again(desk, left(desk))
    desk.decide(again, "sato", "suzuki")
    assert desk.emit() == 1
    first, second = (manifest(folder) for folder in desk.emissions)
    assert (second["sequence_no"], second["repeats_sequence_no"], second["replaces_sequence_no"]) == (2, 1, None)
    assert second["payload_digest"] == first["payload_digest"]
    assert [file["sha256"] for file in second["files"]] == [file["sha256"] for file in first["files"]]
    assert desk.emit() == 0
    assert not desk.prepare(CONTENT).new, "what is in force is still what left first"
    assert [promise.name for promise in check_home(desk.home, desk.keyring) if not promise.ok] == []


def test_the_approvals_of_the_first_time_let_nothing_leave_again(desk: Office) -> None:
    again = asked_again(desk, left(desk))
    desk.decide(again, "sato")
    assert desk.emit() == 0
    desk.decide(again, "suzuki", verdict="reject")
    assert desk.emit() == 0
    assert len(desk.emissions) == 1


def test_the_registers_keep_one_row_for_what_left_twice(desk: Office) -> None:
    again = asked_again(desk, left(desk))
    with (
        open_ledger(desk.home, desk.keyring, holder="試験") as session,
        session.transaction(stage="release", known_on=desk.ctx.as_of) as transaction,
    ):
        transaction.append_row(
            "told_person", release_no=again.release_no, contract=CONTRACT, fiscal_year=2026, taxpayer_no="1",
            change_kind="1", row_digest="d",
        )  # fmt: skip
    broken = {promise.name: promise.figures for promise in check_home(desk.home, desk.keyring) if not promise.ok}
    name = "再発送: 前に出たものと同じ中身で、通知書・納付書・伝えた人の台帳に行を増やしていない"
    assert broken[name] == {"再発送": 1, "中身の違うもの": 0, "二重の行": 1}


def test_what_has_not_left_or_was_overtaken_is_refused(desk: Office) -> None:
    waiting = desk.prepare(CONTENT)
    with pytest.raises(DataError, match="まだ出ていない発送なので、再発送はできません"):
        call("reissue", str(waiting.release_no), *AGAIN)
    desk.decide(waiting, "sato", "suzuki")
    desk.emit()
    left(desk, MORE)
    with pytest.raises(DataError) as refused:
        call("reissue", str(waiting.release_no), *AGAIN)
    assert str(refused.value) == (
        "より新しい内容がすでに出ているので、古い内容は再発送できません ／ 項目: 発送番号 1（連番 000001） ／ "
        "内容: 連番 000002 が後に出ている ／ 対処: 新しいほうの発送番号を再発送してください"
    )
    with pytest.raises(DataError, match="その発送はありません"):
        call("reissue", "9", *AGAIN)


def test_slips_that_a_later_notice_made_void_do_not_go_out_again(desk: Office) -> None:
    release = left(desk)
    slip = {
        "slip_no": "1",
        "notice_no": "n",
        "fiscal_year": 2026,
        "taxpayer_no": "1",
        "ward_code": "041017",
        "period": 1,
    }
    with (
        open_ledger(desk.home, desk.keyring, holder="試験") as session,
        session.transaction(stage="release", known_on=desk.ctx.as_of) as transaction,
    ):
        transaction.append_row(
            "payment_slip", **slip, slip_yen=1, due_on=date(2026, 6, 30), reissue_no=0, release_no=release.release_no
        )
        transaction.append_row("payment_slip_void", slip_no="1", notice_no="later", release_no=9)
    with pytest.raises(DataError, match="後の通知書で使えなくしたものがあります"):
        call("reissue", str(release.release_no), *AGAIN)


class Died(BaseException):
    """The process is killed here."""


@pytest.mark.parametrize("side", ["before", "after"])
@pytest.mark.parametrize("point", ["ledger.commit", "outbox.file.write", "outbox.manifest.write", "audit.append"])
def test_killed_while_it_leaves_again_it_has_left_once_more_and_no_oftener(
    desk: Office, point: str, side: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.decide(asked_again(desk, left(desk)), "sato", "suzuki")

    def die(reached: str) -> None:
        if reached == f"{point}:{side}":
            raise Died

    with monkeypatch.context() as killing:
        killing.setattr(durable, "on_reach", die)
        with pytest.raises(Died):
            emit(desk.ctx)
    emit(desk.ctx)
    assert [manifest(folder)["sequence_no"] for folder in desk.emissions] == [1, 2]
    assert (desk.count("outbox_intent"), desk.count("delivery"), desk.count("release_repeat")) == (2, 2, 1)
    assert [promise.name for promise in check_home(desk.home, desk.keyring) if not promise.ok] == []


def test_an_approver_reads_what_is_new_beside_what_left_last(desk: Office) -> None:
    left(desk)
    later = desk.prepare(MORE)
    told = {row["項目"]: row["この発送"] for row in json.loads(call("show", str(later.release_no), "--json"))}
    # 均等割 5,000 -> 7,000, and 所得割 1,000 is new.
    assert {name: told[name] for name in ("増えた行", "なくなった行", "変わった行", "円の差")} == {
        "増えた行": "1", "なくなった行": "0", "変わった行": "1", "円の差": "+3,000",
    }  # fmt: skip
    with open_snapshot(desk.home, desk.keyring) as session:
        found = difference(session, desk.home, desk.keyring, later.release_no)
    assert found is not None
    assert found.before_release_no == 1


def audited(office: Office) -> list[dict[str, Any]]:
    path = office.home.audit / EVENTS
    events = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []
    return [event["payload"] for event in events if event["kind"] == "release_sample"]


def test_who_looks_into_a_release_stands_in_the_audit_log_before_anything_is_shown(
    desk: Office, tmp_path: Path
) -> None:
    number = str(desk.prepare(CONTENT).release_no)
    assert "均等割" not in call("show", number)
    assert audited(desk) == []
    assert "均等割" in call("show", number, "--officer", "sato", "--on", "2026-05-28")
    page = tmp_path / "levy.csv"
    call("show", number, "--officer", "sato", "--on", "2026-05-28", "--to", str(page))
    assert page.read_bytes() == CONTENT
    assert page.stat().st_mode & 0o077 == 0
    seen = audited(desk)
    assert [(one["officer"], one["release_no"], one["file"]) for one in seen] == [
        ("sato", 1, None),
        ("sato", 1, "levy.csv"),
    ]
    assert "均等割" not in json.dumps(seen, ensure_ascii=False)


def test_a_stranger_sees_nothing(desk: Office) -> None:
    number = str(desk.prepare(CONTENT).release_no)
    with pytest.raises(Exception, match="officer-yamada"):
        call("show", number, "--officer", "yamada", "--on", "2026-05-28")
