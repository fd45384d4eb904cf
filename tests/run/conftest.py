"""Three taxpayers in a ledger on the disk, as intake and matching would leave them, and two officers with keys."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipelines.exchange.decisions import DecisionFile, take_decisions, write_decision
from pipelines.ledger import StageContext, open_ledger, open_snapshot
from pipelines.ledger.dump import dump_lines
from pipelines.parameters import load
from pipelines.parameters.model import Parameter
from pipelines.run.stages import run_stage
from tests.consolidation.conftest import HANAKO, Town

TARO, JIRO = "000000000000102", "000000000000103"
INITIAL, JUNE, JULY, NEXT_MARCH, NEXT_APRIL = (
    date(2026, 5, 26),
    date(2026, 6, 10),
    date(2026, 7, 10),
    date(2027, 3, 10),
    date(2027, 4, 10),
)


@dataclass
class Office:
    ctx: StageContext

    def on(self, day: date) -> StageContext:
        return replace(self.ctx, as_of=day)

    @contextmanager
    def town(self) -> Iterator[Town]:
        """The ledger, to append what earlier stages would."""
        with open_ledger(self.ctx.home, self.ctx.keyring, holder="試験") as session:
            yield Town(session)

    def decide(self, day: date) -> None:
        """Consolidate and assess as of a day."""
        for stage in ("consolidation", "assessment"):
            run_stage(stage, self.on(day))

    def answer(self, subject: str, day: date, *officers: str, verdict: str = "approve") -> None:
        """These officers' answers to a difference report, signed and taken in."""
        self.sign([("difference", subject, verdict, officer, "") for officer in officers], day)

    def supplement(self, item: str, value: str, day: date, of: str = HANAKO) -> None:
        detail = json.dumps({"basis": "phone", "value": value}, separators=(",", ":"))
        self.sign([("supplement", f"2026:{of}:{item}", "add", "sato", detail)], day)

    def sign(self, decisions: list[tuple[Any, ...]], day: date) -> None:
        for kind, subject, verdict, officer, detail in decisions:
            decision = DecisionFile(
                kind=kind,
                subject=subject,
                verdict=verdict,
                detail=detail,
                reason="試験",
                officer=officer,
                channel="file",
                decided_on=day,
            )
            write_decision(self.ctx.home, self.ctx.keyring, decision)
        assert take_decisions(self.on(day)).problems == []

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        with open_snapshot(self.ctx.home, self.ctx.keyring) as session:
            return session.con.execute(sql).fetchall()

    def dump(self) -> list[str]:
        with open_snapshot(self.ctx.home, self.ctx.keyring) as session:
            return list(dump_lines(session.con))

    def tax(self, taxpayer_no: str) -> list[int]:
        """The year's tax of each version, in yen, oldest first."""
        rows = self.ask(f"SELECT annual_tax_yen FROM assessment WHERE taxpayer_no = '{taxpayer_no}' ORDER BY version")
        return [yen for (yen,) in rows]


@pytest.fixture
def office(ctx: StageContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Hanako is disabled, Taro has a dependant, an officer has noted medical expenses of Jiro; all are assessed in May."""
    monkeypatch.setenv("JUMINZEI_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("JUMINZEI_KEYS", str(tmp_path / "keys"))
    office = Office(ctx)
    with office.town() as town:
        for number in (HANAKO, TARO, JIRO):
            town.resident(number)
        town.report(of=HANAKO, self_disability="ordinary")
        town.report(of=TARO, dependant_other_count=1)
        town.report(of=JIRO)
    office.supplement("medical_expense_yen", "300000", date(2026, 4, 20), of=JIRO)
    office.decide(INITIAL)
    return office


@pytest.fixture
def put_right(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Put values of the fiscal year 2026 right, as a corrected parameter file would: name → [(known_on, yen)]."""
    files = dict(load.parameters())

    def put(corrections: dict[str, list[tuple[date, int]]]) -> None:
        changed = dict(files)
        for name, values in corrections.items():
            document = files[name].model_dump()
            document["values"][2026]["corrected"] = [
                {"known_on": day, "value": yen, "reason": "誤りの訂正"} for day, yen in values
            ]
            changed[name] = Parameter.model_validate(document)
        monkeypatch.setattr(load, "parameters", lambda folder=load.FOLDER: changed)

    return put
