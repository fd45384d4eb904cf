"""`juminzei notices`: an officer tells what became of a notice; what cannot be is not signed."""

import json
from datetime import date
from typing import Any

import pytest
from typer.testing import CliRunner

from pipelines.cli.app import app
from pipelines.errors import DataError
from pipelines.exchange.decisions import take_decisions
from pipelines.ledger import StageContext, open_ledger
from tests.notices.conftest import HANAKO

YEAR = ("--fiscal-year", "2026")
SENT = f"2026-11-{HANAKO}-01"
LATER = f"2026-12-{HANAKO}-02"


def call(*arguments: str) -> str:
    result = CliRunner().invoke(app, ("notices", *arguments))
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.output


def said(on: str) -> tuple[str, ...]:
    return (*YEAR, "--officer", "sato", "--reason", "調査", "--on", on)


def listed(*options: str) -> list[dict[str, Any]]:
    return list(json.loads(call("list", *YEAR, "--json", *options)))


@pytest.fixture
def office(ctx: StageContext, monkeypatch: pytest.MonkeyPatch) -> StageContext:
    monkeypatch.setenv("JUMINZEI_DATA", str(ctx.home.root.parent))
    monkeypatch.setenv("JUMINZEI_KEYS", str(ctx.home.root.parent.parent / "keys"))
    sent(ctx, SENT, 1, date(2026, 5, 20))
    return ctx


def sent(ctx: StageContext, notice_no: str, version: int, on: date) -> None:
    whose = {"fiscal_year": 2026, "taxpayer_no": HANAKO, "ward_code": "041017"}
    notice = whose | {"notice_no": notice_no, "notice_kind": "first_notice", "version": version, "amount_yen": 1_000}
    slip = whose | {"slip_no": str(version), "notice_no": notice_no, "period": 1, "slip_yen": 1_000, "reissue_no": 0}
    with (
        open_ledger(ctx.home, ctx.keyring, holder="試験") as session,
        session.transaction(stage="release", known_on=on) as transaction,
    ):
        transaction.append_row("notice", **notice, release_no=1)
        transaction.append_row("payment_slip", **slip, due_on=date(2026, 6, 30), release_no=1)


def test_returned_mail_is_published_and_its_due_date_told_to_be_moved(office: StageContext) -> None:
    assert "決定ファイルを置きました: notice-" in call("returned", SENT, *said("2026-05-26")).replace("\n", "")
    take_decisions(office)
    (row,) = listed("--state", "返戻")
    assert (row["通知書番号"], row["状態の日"], row["次にすること"]) == (
        SENT,
        "2026-05-26",
        "送り先を調べ、再送付か公示送達",
    )
    call("serve-by-publication", SENT, *said("2026-05-28"))
    take_decisions(office)
    assert listed("--state", "返戻") == []
    (row,) = listed("--taxpayer", HANAKO)
    assert (row["状態"], row["送達の日"], row["次にすること"]) == ("公示送達", "2026-06-04", "")


def test_a_notice_served_too_late_for_its_first_slip_needs_another_due_date(office: StageContext) -> None:
    call("served", SENT, *said("2026-05-28"))
    take_decisions(office)
    assert [(row["状態"], row["次にすること"]) for row in listed()] == [("送達", "")]
    late = StageContext(office.city, office.home, office.keyring, office.fiscal_year, date(2026, 6, 25))
    call("served", SENT, *said("2026-06-25"))
    take_decisions(late)
    assert [row["次にすること"] for row in listed()] == ["納期限の変更告知（2026-06-30。次の発送の準備で出る）"]


def test_what_cannot_be_said_of_a_notice_is_not_signed(office: StageContext) -> None:
    with pytest.raises(DataError) as error:
        call("resend", SENT, *said("2026-05-26"))
    assert str(error.value) == (
        f"この通知書の状態では、その記録はできません ／ 項目: 通知書番号 {SENT} ／ 内容: 状態 発送 ／ 正しい形: 返戻 ／ "
        "対処: 返戻は `juminzei notices returned` で先に記録し、次の受付の後にもう一度実行してください"
    )
    with pytest.raises(DataError, match="その通知書は台帳にありません"):
        call("served", LATER, *said("2026-05-26"))
    with pytest.raises(DataError, match="発送より前の日です"):
        call("served", SENT, *said("2026-05-19"))
    with pytest.raises(DataError, match="その状態はありません"):
        call("list", *YEAR, "--state", "紛失")
    call("returned", SENT, *said("2026-05-26"))
    take_decisions(office)
    sent(office, LATER, 2, date(2026, 5, 27))
    with pytest.raises(DataError, match="後の通知書があるので、この通知書は送り直せません"):
        call("resend", SENT, *said("2026-05-28"))
