"""`juminzei one-stop void`: from received files to the list that a clerk reads."""

import json
from datetime import date

import pytest
from typer.testing import CliRunner

from pipelines import intake, matching
from pipelines.cli.app import app
from pipelines.ledger import StageContext
from tests.intake.kit import NOTICE, REGISTER, RESIDENT_RETURN, Office, notice, resident, resident_return

COMMAND = ("one-stop", "void", "--fiscal-year", "2026")


def test_a_return_filed_after_a_one_stop_application_is_listed(
    ctx: StageContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JUMINZEI_DATA", str(ctx.home.root.parent))
    monkeypatch.setenv("JUMINZEI_KEYS", str(ctx.home.root.parent.parent / "keys"))
    office = Office(ctx)
    born = {"born_on": "1990-05-05"}
    office.put("register.csv", resident(1), resident(2, **born), layout=REGISTER, received_on=date(2026, 1, 5))
    office.put("onestop.csv", notice(1), notice(2, **born), layout=NOTICE)
    office.put("returns.csv", resident_return(2, **born), layout=RESIDENT_RETURN, received_on=date(2026, 2, 24))
    intake.run(ctx)
    matching.run(ctx)
    assert json.loads(CliRunner().invoke(app, (*COMMAND, "--json")).output) == [
        {
            "資料番号": 2,
            "宛名番号": "000000000000002",
            "通知元コード": "011002",
            "通知元": "北海道札幌市",
            "整理番号": "K000002",
            "寄附金の額（円）": 30000,
            "理由": "市民税・県民税申告書が提出された",
        }
    ]
    shown = CliRunner().invoke(app, COMMAND, env={"COLUMNS": "200"}).output
    assert "無効の申告特例通知書" in shown
    assert "30,000" in shown
