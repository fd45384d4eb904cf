"""A release to work with: a file of two lines under a contract, officers' decisions, and what has left."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines.city import CityHome
from pipelines.exchange.contract import load_contract
from pipelines.exchange.decisions import DecisionFile, take_decisions, write_decision
from pipelines.exchange.emission import MANIFEST
from pipelines.exchange.outbox import Prepared, prepare_releases
from pipelines.exchange.payload import Payload, SealedFolder, payload_file
from pipelines.ledger import StageContext, open_ledger
from pipelines.run.releases import emit
from pipelines.vault import KeyRing

CONTRACT = "city-levy_summary"
CONTENT = "区分,金額\n均等割,5000\n".encode()


@dataclass(frozen=True)
class Office:
    """The municipality at work on one contract."""

    ctx: StageContext
    encryption: str = "none"

    @property
    def home(self) -> CityHome:
        return self.ctx.home

    @property
    def keyring(self) -> KeyRing:
        return self.ctx.keyring

    @property
    def emissions(self) -> list[Path]:
        """The folders with a manifest, in the order of their sequence numbers."""
        return sorted(path.parent for path in self.home.outbox.glob(f"*/*/{MANIFEST}"))

    def prepare(self, content: bytes = CONTENT) -> Prepared:
        year = self.ctx.fiscal_year
        contract = load_contract(CONTRACT).model_copy(update={"encryption": self.encryption})
        folder = SealedFolder(self.home.staging / "work" / CONTRACT, self.keyring, f"data-{year}")
        with open_ledger(self.home, self.keyring, holder="試験") as session:
            session.pin(year, self.ctx.as_of)
            payload = Payload(contract, year, (payload_file(folder, "levy.csv", content, rows=1, yen=5000),))
            return prepare_releases(session, self.home, self.keyring, [payload])[0]

    def decision(self, release: Prepared, officer: str, verdict: str = "approve") -> DecisionFile:
        return DecisionFile(
            kind="release",
            subject=f"{release.release_no}:{release.payload_digest}",
            verdict=verdict,
            reason="確認した",
            officer=officer,
            channel="file",
            decided_on=self.ctx.as_of,
        )

    def decide(self, release: Prepared, *officers: str, verdict: str = "approve") -> None:
        for officer in officers:
            write_decision(self.home, self.keyring, self.decision(release, officer, verdict))
        report = take_decisions(self.ctx)
        assert report.problems == []

    def emit(self) -> int:
        """How many releases left."""
        return emit(self.ctx).counts["emitted"]

    def count(self, table: str) -> int:
        with open_ledger(self.home, self.keyring, holder="試験") as session:
            row = session.con.execute(f"SELECT count(*) FROM ledger.{table}").fetchone()
        assert row is not None
        return int(row[0])


def manifest(folder: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((folder / MANIFEST).read_bytes())
    return content
