"""`juminzei corrections`: what lifts a time limit is an officer's signed word, and nothing else is taken for one."""

import json
from typing import Any

import pytest
from typer.testing import CliRunner

from pipelines.cli.app import app
from pipelines.errors import DataError
from pipelines.exchange.decisions import take_decisions
from pipelines.ledger import StageContext, open_ledger

PERSON = "000000000000034"
SIGNED = ("--fiscal-year", "2026", "--officer", "sato", "--reason", "裁決書", "--on", "2026-04-20")


def call(*arguments: str) -> str:
    result = CliRunner().invoke(app, ("corrections", *arguments))
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture
def office(ctx: StageContext, monkeypatch: pytest.MonkeyPatch) -> StageContext:
    monkeypatch.setenv("JUMINZEI_DATA", str(ctx.home.root.parent))
    monkeypatch.setenv("JUMINZEI_KEYS", str(ctx.home.root.parent.parent / "keys"))
    with open_ledger(ctx.home, ctx.keyring, holder="試験") as session:
        blank: dict[str, Any] = {"fiscal_year": 2026, "taxpayer_no": PERSON, "ward_code": "041017"}
        with session.transaction(stage="assessment", known_on=ctx.as_of) as transaction:
            transaction.append_row(
                "levy_refusal", **blank, refusal_version=1, tax_base_version=2, earlier_tax_yen=0, later_tax_yen=100,
                limit_last_on=ctx.as_of, limit_article="地方税法17条の5③", decided_on=ctx.as_of,
            )  # fmt: skip
    return ctx


def test_a_ruling_is_signed_taken_in_and_kept_with_its_day(office: StageContext) -> None:
    assert "決定ファイルを置きました" in call("lift", PERSON, "ruling", "--happened-on", "2026-04-01", *SIGNED)
    assert take_decisions(office).counts == {"taken": 1, "refused": 0}
    with open_ledger(office.home, office.keyring, holder="試験") as session:
        found = session.con.execute("SELECT decision_kind, subject, verdict, detail FROM ledger.decision").fetchall()
    assert found == [("limit", f"2026:{PERSON}", "ruling", "2026-04-01")]


@pytest.mark.parametrize(
    "arguments",
    [(PERSON, "ruling"), (PERSON, "fraud", "--happened-on", "2026-04-01"), ("34", "fraud"), (PERSON, "late")],
)
def test_what_lifts_no_limit_is_refused(office: StageContext, arguments: tuple[str, ...]) -> None:
    with pytest.raises(DataError, match="期間制限の例外の書き方が正しくありません"):
        call("lift", *arguments, *SIGNED)


def test_a_levy_that_was_found_too_late_is_listed_with_its_article(office: StageContext) -> None:
    (found,) = json.loads(call("refused", "--fiscal-year", "2026", "--json"))
    assert (found["宛名番号"], found["行わなかった年税額"], found["条文"]) == (PERSON, 100, "地方税法17条の5③")
    assert json.loads(call("list", "--fiscal-year", "2026", "--json")) == []
