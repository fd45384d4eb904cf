"""`juminzei request`: a department is told of one person, when its contract has look-ups and the person is its own; all is logged."""

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines.audit import merkle_root
from pipelines.city import City, CityHome
from pipelines.cli.app import app
from pipelines.errors import ConfigurationError, DataError
from pipelines.exchange.contract import load_contract
from pipelines.ledger import open_ledger
from pipelines.vault import KeyRing
from tests.extracts.conftest import HANAKO, TARO, Books

CONTRACT = "public_assistance-income_check"


def ask(purpose: str = "income_check", taxpayer_no: str = HANAKO, **changed: str) -> dict[str, str]:
    options = {
        "recipient": "public_assistance",
        "purpose": purpose,
        "taxpayer": taxpayer_no,
        "fiscal-year": "2026",
        "officer": "sato",
        "reason": "収入の確認",
        "on": "2026-06-20",
    } | changed
    arguments = [word for name, value in options.items() for word in (f"--{name}", value)]
    result = CliRunner().invoke(app, ["request", *arguments, "--json"])
    if result.exception:
        raise result.exception
    return {row["項目"]: row["値"] for row in json.loads(result.output)}


def test_a_look_up_is_logged_and_answers_with_the_contract_s_columns_of_its_own_people_only(
    home: CityHome, keyring: KeyRing, sendai: City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JUMINZEI_DATA", str(home.root.parent))
    monkeypatch.setenv("JUMINZEI_KEYS", str(home.root.parent.parent / "keys"))
    with open_ledger(home, keyring, holder="test") as session:
        books = Books(session, sendai, keyring, tmp_path / "made")
        for taxpayer_no in (HANAKO, TARO):
            books.resident(taxpayer_no)
            books.assessed(taxpayer_no)
        books.listed("public_assistance", HANAKO)
        books.assessed(HANAKO, version=2, on=date(2026, 7, 1), total_income_yen=1)
    answer = ask()
    columns = [column.ja for column in load_contract(CONTRACT, city_code=sendai.code).columns]
    assert list(answer) == [name for name in columns if name != "異動区分"]
    assert answer["課税区分"] == "1 課税"
    assert (answer["履歴番号"], answer["合計所得金額"]) == ("1", "3,160,000")
    with pytest.raises(DataError, match="この契約の対象でない人なので、答えられません"):
        ask(taxpayer_no=TARO)
    with pytest.raises(
        DataError, match=r"照会を認めた契約がないので、答えられません.*契約がない.*public_assistance-income_check"
    ):
        ask(purpose="curiosity")
    with pytest.raises(DataError, match="ファイルだけの契約"):
        ask("services", recipient="disabled_child", city="112101")
    with pytest.raises(DataError, match="宛名番号の書き方が正しくありません"):
        ask(taxpayer_no="101")
    with pytest.raises(ConfigurationError):
        ask(officer="nobody")
    events = [json.loads(line) for line in (home.audit / "events.jsonl").read_text().splitlines()]
    assert [(one["payload"]["person_root"], one["payload"]["answered"]) for one in events] == [
        (merkle_root([HANAKO], CONTRACT), True),
        (merkle_root([TARO], CONTRACT), False),
    ]
    assert HANAKO not in json.dumps(events)
