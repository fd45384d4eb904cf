"""`juminzei attachments`: images and other forms of a return are listed with it, and opening one is logged."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines import intake, matching
from pipelines.audit import merkle_root
from pipelines.cli.app import app
from pipelines.errors import DataError, OperatorError
from pipelines.ledger import StageContext
from pipelines.run.verify import check_home
from tests.intake.kit import (
    ATTACHMENT,
    KSK,
    REGISTER,
    RETURN,
    Office,
    attached,
    ksk_return,
    resident,
    tax_return,
    tax_returns,
    zipped,
)

PDF = b"%PDF-1.4 page one"
# Forms that e-Tax packs beside KOA020, and one that nobody knows.
FORMS = '<KOA210 VR="11.0"><AMA00000>売上</AMA00000></KOA210><XYZ999/>'


def call(*arguments: str) -> str:
    result = CliRunner().invoke(app, ("attachments", *arguments))
    if isinstance(result.exception, OperatorError):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.output


def test_what_came_with_a_return_is_listed_with_it_and_opened_for_an_officer(
    ctx: StageContext, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("JUMINZEI_DATA", str(ctx.home.root.parent))
    monkeypatch.setenv("JUMINZEI_KEYS", str(ctx.home.root.parent.parent / "keys"))
    office = Office(ctx)
    own = {"name": "見本　太郎", "born_on": "1985-04-01"}
    office.put("register.csv", resident(1, **own), layout=REGISTER)
    office.put("ksk.csv", ksk_return(1), layout=KSK)
    etax = tax_return(2).replace("</KOA020>", f"</KOA020>{FORMS}")
    office.put_bytes("etax.xml", tax_returns(tax_return(3, city_code=""), etax), RETURN)
    office.put_bytes("images.zip", zipped(attached(), attached("p2.pdf", "KSK9"), p1_pdf=PDF, p2_pdf=PDF), ATTACHMENT)
    intake.run(ctx)
    matching.run(ctx)
    listed = json.loads(call("list", "--fiscal-year", "2026", "--json"))
    assert [(row["種類"], row["名称"], row["資料番号"] != "（申告書は未着）", row["宛名番号"]) for row in listed] == [
        ("一緒に届いた様式", "KOA210 青色申告決算書（一般用）", True, ""),
        ("一緒に届いた様式", "XYZ999 様式の一覧にないもの", True, ""),
        ("申告書の画像", "第一表", True, "000000000000001"),
        ("申告書の画像", "第一表", False, ""),
    ]
    mine = json.loads(call("list", "--fiscal-year", "2026", "--taxpayer", "000000000000001", "--json"))
    assert mine == [listed[2]]

    def opened(row: dict[str, object], name: str, officer: str = "sato") -> bytes:
        place = (str(row["ファイル"]), str(row["レコード"]), "--no", str(row["番号"]), "--fiscal-year", "2026")
        call("open", *place, "--to", str(tmp_path / name), "--officer", officer, "--on", "2026-04-20")
        return (tmp_path / name).read_bytes()

    assert opened(listed[2], "p1.pdf") == PDF
    assert "売上".encode() in opened(listed[0], "koa210.xml")
    assert (tmp_path / "p1.pdf").stat().st_mode & 0o777 == 0o600
    with pytest.raises(DataError, match="同じ名前のファイルがあります"):
        opened(listed[2], "p1.pdf")
    with pytest.raises(OperatorError):
        opened(listed[2], "p2.pdf", officer="nobody")
    assert not (tmp_path / "p2.pdf").exists()
    events = [json.loads(line) for line in (ctx.home.audit / "events.jsonl").read_text().splitlines()]
    looked_up = [event["payload"] for event in events if event["kind"] == "attachment_opened"]
    assert [(event["officer"], event["known_on"]) for event in looked_up] == [("sato", "2026-04-20")] * 2
    assert looked_up[0]["person_root"] == merkle_root(["000000000000001"], "attachment")
    assert all(promise.ok for promise in check_home(ctx.home, ctx.keyring))
