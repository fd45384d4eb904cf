"""`juminzei supplement`: from an officer's word to the list of what stands."""

import json
from datetime import date
from typing import Any

import pytest
from typer.testing import CliRunner

from pipelines.cli.app import app
from pipelines.errors import DataError
from pipelines.exchange.decisions import take_decisions
from pipelines.ledger import StageContext, open_ledger
from tests.consolidation.conftest import HANAKO, RESIDENT

SIGNED = ("--officer", "sato", "--reason", "聴取", "--on", "2026-04-20")


def call(*arguments: str) -> str:
    result = CliRunner().invoke(app, ("supplement", *arguments))
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.output


def listed(*options: str) -> list[dict[str, Any]]:
    return list(json.loads(call("list", "--fiscal-year", "2026", "--json", *options)))


@pytest.fixture
def office(ctx: StageContext, monkeypatch: pytest.MonkeyPatch) -> StageContext:
    monkeypatch.setenv("JUMINZEI_DATA", str(ctx.home.root.parent))
    monkeypatch.setenv("JUMINZEI_KEYS", str(ctx.home.root.parent.parent / "keys"))
    with open_ledger(ctx.home, ctx.keyring, holder="試験") as session:
        person = RESIDENT | {"fiscal_year": 2026, "taxpayer_no": HANAKO, "revision": 1}
        with session.transaction(stage="intake", known_on=date(2026, 1, 5)) as transaction:
            transaction.append_row("resident", **person)
    return ctx


def test_an_officer_adds_changes_and_withdraws(office: StageContext) -> None:
    whose = (HANAKO, "--fiscal-year", "2026")
    told = call("add", *whose, "--item", "支払った医療費の金額", "--value", "120000", "--basis", "image", *SIGNED)
    assert "決定ファイルを置きました: supplement-" in told.replace("\n", "")
    call("add", *whose, "--item", "collection_method", "--value", "ordinary", "--basis", "phone", *SIGNED)
    assert take_decisions(office).counts["taken"] == 2
    call("withdraw", *whose, "--item", "medical_expense_yen", *SIGNED)
    take_decisions(office)
    (method,) = listed()
    assert method == {
        "宛名番号": HANAKO,
        "項目": "徴収方法",
        "版": 1,
        "値": "普通徴収",
        "根拠": "電話での聴取",
        "資料番号": "",
        "決定": f"{method['決定'].split('（')[0]}（sato 2026-04-20 聴取）",
        "状態": "有効",
    }
    assert [(row["項目"], row["版"], row["状態"]) for row in listed("--all")] == [
        ("徴収方法", 1, "有効"),
        ("支払った医療費の金額", 1, "後の決定に代わった"),
        ("支払った医療費の金額", 2, "取下げ"),
    ]


@pytest.mark.parametrize(
    ("item", "value", "basis", "message"),
    [
        (
            "medical_expense_yen", "12万", "image",
            "補記の値か根拠の書き方が正しくありません ／ 項目: 支払った医療費の金額 ／ 内容: 3 文字 ／ 正しい形: 0以上の整数（円、12桁まで） ／ 対処: 正しい値で、もう一度実行してください",
        ),
        (
            "widow", "true", "hearsay",
            "補記の値か根拠の書き方が正しくありません ／ 項目: --basis ／ 内容: 7 文字 ／ 正しい形: image・phone・visit・letter・inquiry・office ／ 対処: 正しい値で、もう一度実行してください",
        ),
        (
            "collection_method", "employment", "phone",
            "給与からの特別徴収とするには、その支払者の報告書が要ります ／ 項目: --document ／ 正しい形: 本人の給与支払報告書の課税資料番号 ／ 対処: 課税資料番号を加えて、もう一度実行してください",
        ),
        (
            "sex", "male", "phone",
            "補記の宛名番号か項目が正しくありません ／ 正しい形: 15桁の宛名番号と、`juminzei supplement items` にある項目 ／ 対処: 確かめて、もう一度実行してください",
        ),
    ],
)  # fmt: skip
def test_what_could_never_stand_is_not_signed(item: str, value: str, basis: str, message: str) -> None:
    with pytest.raises(DataError) as error:
        call("add", HANAKO, "--fiscal-year", "2026", "--item", item, "--value", value, "--basis", basis, *SIGNED)
    assert str(error.value) == message
