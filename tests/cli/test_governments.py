"""Dealings with other governments at the command line: from received files to tax, lists, files and the audit log."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pyrage  # type: ignore[import-untyped]
import pytest
from typer.testing import CliRunner

from pipelines.city import CityHome, load_city
from pipelines.cli.app import app
from pipelines.errors import DataError
from pipelines.exchange.decisions import DecisionFile, write_decision
from pipelines.exchange.emission import verify_emission
from pipelines.ledger import StageContext
from pipelines.run.cuts import CUTS
from pipelines.run.people import decide_link
from pipelines.run.preparation import prepare_contracts
from pipelines.run.releases import emit
from pipelines.run.stages import run_stage
from pipelines.vault import KeyRing
from tests.cli.test_register import STAGES, born, report
from tests.intake.kit import REGISTER, Office, number, resident
from tests.intake.kit_governments import (
    DIRECTORY,
    SAPPORO,
    TAXED_ELSEWHERE,
    UNIFIED,
    municipality,
    taxed_elsewhere,
    unified,
)

MAY, JUNE, JULY = date(2026, 5, 20), date(2026, 6, 20), date(2026, 7, 20)
FORWARDING = ("municipality-forwarded_document",)
STAYS, TAKEN = (f"{serial:015d}" for serial in (1, 2))
ON = ("--officer", "sato", "--on", JUNE.isoformat())


class City:
    """Sendai with two people who work, of whom Sapporo says that it taxes the second."""

    def __init__(self, folder: Path) -> None:
        home = CityHome("041009", folder / "data")
        home.make()
        ring = KeyRing.open(folder / "keys")
        ring.create_missing(fiscal_years=[2026], officers=["sato", "suzuki"])
        self.ctx = StageContext(load_city("041009"), home, ring, 2026, MAY)
        self.office = Office(self.ctx)
        self.office.put(
            "r.csv", *(resident(n, **born(n)) for n in (1, 2)), layout=REGISTER, received_on=date(2026, 1, 5)
        )
        self.office.put("w.csv", report(1), report(2))
        person = {"name": born(2)["name"], "born_on": born(2)["born_on"]}
        self.office.put("t.csv", taxed_elsewhere(2, **person), layout=TAXED_ELSEWHERE)
        self.run(MAY)

    def run(self, on: date) -> None:
        for stage in ("decisions", *STAGES):
            assert run_stage(stage, replace(self.ctx, as_of=on)).problems == []

    def taxes(self) -> dict[str, int]:
        rows: list[Any] = self.office.rows(
            "SELECT taxpayer_no, annual_tax_yen FROM assessment "
            "QUALIFY row_number() OVER (PARTITION BY taxpayer_no ORDER BY version DESC) = 1 ORDER BY taxpayer_no"
        )
        return dict(rows)

    def released(self, contracts: tuple[str, ...], on: date) -> None:
        """Prepare the contracts, have two people approve them, and let them out."""
        ctx = replace(self.ctx, as_of=on)
        for one in prepare_contracts(ctx, contracts).waiting:
            for officer in ("sato", "suzuki"):
                subject = f"{one.release_no}:{one.payload_digest}"
                said = {
                    "kind": "release",
                    "subject": subject,
                    "verdict": "approve",
                    "reason": "確認",
                    "channel": "file",
                }
                write_decision(ctx.home, ctx.keyring, DecisionFile(**said, officer=officer, decided_on=on))  # type: ignore[arg-type]
        run_stage("decisions", ctx)
        emit(ctx)


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> City:
    return City(tmp_path_factory.mktemp("governments"))


@pytest.fixture
def say(city: City, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("JUMINZEI_DATA", str(city.ctx.home.root.parent))
    monkeypatch.setenv("JUMINZEI_KEYS", str(city.ctx.keyring.folder))

    def say(*words: str) -> Any:
        listed = words[1] in ("list", "missing")
        result = CliRunner().invoke(app, [*words, "--fiscal-year", "2026", *(["--json"] if listed else [])])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == 0, result.output
        return json.loads(result.output) if listed else result.output

    return say


def test_an_officer_who_accepts_that_another_municipality_taxes_ends_our_levy_and_may_take_it_back(
    city: City, say: Any
) -> None:
    before = city.taxes()
    assert before[TAKEN] > 0
    (row,) = say("taxed-elsewhere", "list")
    assert (row["宛名番号"], row["通知した市区町村"], row["こちらの扱い"], row["判断"]) == (
        TAKEN, f"団体 {SAPPORO}", "1月1日に住民登録あり", "未判断",
    )  # fmt: skip
    assert row["こちらの年税額（円）"] == before[TAKEN]
    notice = str(row["資料番号"])
    say("taxed-elsewhere", "decide", notice, "accept", "--reason", "居住の実態を確認した", *ON)
    city.run(JUNE)
    assert city.taxes() == before | {TAKEN: 0}
    (row,) = say("taxed-elsewhere", "list")
    assert (row["判断"], row["こちらの扱い"]) == ("認めた（sato）", "住民登録はあるが課税しない（294条4項）")
    say(
        "taxed-elsewhere",
        "decide",
        notice,
        "withdraw",
        "--reason",
        "先方が取り消した",
        "--officer",
        "sato",
        "--on",
        str(JULY),
    )
    city.run(JULY)
    assert city.taxes() == before
    with pytest.raises(DataError, match="その資料番号の294条3項の通知には、判断できません"):
        say("taxed-elsewhere", "decide", "999", "accept", "--reason", "x", *ON)


def test_numbers_are_asked_for_encrypted_and_inquiries_are_logged_person_by_person(city: City, say: Any) -> None:
    assert [row["宛名番号"] for row in say("unified-numbers", "missing")] == [STAYS, TAKEN]
    city.released(CUTS["unified_numbers"].contracts, MAY)
    (folder,) = (city.ctx.home.outbox / "unified_system-number_request").iterdir()
    (sealed,) = folder.glob("*.age")
    assert number(1).encode() not in sealed.read_bytes()
    assert say("unified-numbers", "missing")[0]["付番の依頼日"] == MAY.isoformat()

    say("network-inquiries", "ask", "--taxpayer", STAYS, "--provider", SAPPORO, "--reason", "扶養の確認", *ON)
    lines = (city.ctx.home.audit / "events.jsonl").read_text(encoding="utf-8").splitlines()
    events = [event for event in map(json.loads, lines) if event["kind"] == "network_inquiry"]
    assert [(event["payload"]["officer"], event["payload"]["reason"]) for event in events] == [("sato", "扶養の確認")]
    assert STAYS not in json.dumps(events)
    with pytest.raises(DataError, match="照会先の書き方が正しくありません"):
        say("network-inquiries", "ask", "--taxpayer", STAYS, "--provider", "041009", "--reason", "x", *ON)
    with pytest.raises(DataError, match="照会の理由がありません"):
        say("network-inquiries", "ask", "--taxpayer", STAYS, "--provider", SAPPORO, "--reason", " ", *ON)
    city.run(JUNE)
    assert [row["状態"] for row in say("network-inquiries", "list")] == ["統合宛名番号がなく出せない"]

    city.office.put("u.csv", unified(1), layout=UNIFIED, received_on=JUNE)
    city.run(JUNE)
    city.released(CUTS["network_inquiries"].contracts, JUNE)
    (row,) = say("network-inquiries", "list")
    assert (row["宛名番号"], row["照会した職員"], row["理由"], row["状態"]) == (STAYS, "sato", "扶養の確認", "回答待ち")
    assert [path.suffix for path in (city.ctx.home.outbox / "intermediate_server-inquiry").rglob("P640R110_*")] == [
        ".age"
    ]


def test_forwarded_documents_wait_for_the_directory_and_leave_under_a_key_alone(city: City, say: Any) -> None:
    (document_no,) = city.office.rows(
        f"SELECT document_no FROM document_link JOIN document USING (document_no) WHERE taxpayer_no = '{TAKEN}' "
        "AND document_kind = 'wage_report' LIMIT 1"
    )[0]
    decide_link("041009", int(str(document_no)), "forward", "sato", "札幌市へ", JULY, SAPPORO)
    city.run(JULY)
    assert [(row["団体コード"], row["所見"]) for row in say("municipalities", "list")] == [
        (SAPPORO, "名簿にない（municipality_directory に加える）")
    ]
    city.released(FORWARDING, JULY)
    assert not (city.ctx.home.outbox / FORWARDING[0]).exists()
    city.office.put("d.csv", municipality(1), layout=DIRECTORY, received_on=JULY)
    city.run(JULY)
    city.released(FORWARDING, JULY)
    (sealed,) = (city.ctx.home.outbox / FORWARDING[0]).rglob("*.csv*")
    assert sealed.name == f"forwarding-2026-{SAPPORO}-20260720.csv.age"
    identity = pyrage.x25519.Identity.from_str(city.ctx.keyring.recipient_identity("printing"))
    text = pyrage.decrypt(sealed.read_bytes(), [identity]).decode()
    assert f"{SAPPORO},北海道札幌市,財政局税政部市民税課,060-8611" in text
    assert verify_emission(sealed.parent, city.ctx.keyring) == []
