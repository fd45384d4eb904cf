"""Every promise of the ledger and of what left it, checked, with the figures that show it."""

from importlib import import_module
from typing import TYPE_CHECKING

from pipelines.audit import verify as verify_audit
from pipelines.city import CityHome
from pipelines.exchange.emission import MANIFEST, verify_emission
from pipelines.ledger import Invariant, open_snapshot
from pipelines.paths import SQL
from pipelines.vault import KeyRing

if TYPE_CHECKING:
    from pipelines.ledger import LedgerSession

STAGES_WITH_INVARIANTS = ("matching", "consolidation", "withholding")


def verify(city: str) -> list[Invariant]:
    """Check a city's published snapshot, its emissions and its audit log."""
    return check_home(CityHome(city), KeyRing.open())


def check_home(home: CityHome, keyring: KeyRing) -> list[Invariant]:
    """The same for a municipality's folders, wherever they lie."""
    with open_snapshot(home, keyring) as session:
        found = ledger_invariants(session)
        delivered = session.con.execute("SELECT count(*) FROM ledger.delivery").fetchone()
    return [*found, _emissions(home, keyring, delivered[0] if delivered else 0), _audit(home, keyring)]


def ledger_invariants(session: "LedgerSession") -> list[Invariant]:
    """What the ledger promises: the queries of sql/run/invariants, and the stages' own, for every fiscal year."""
    found = []
    for file in sorted((SQL / "run" / "invariants").glob("*.sql")):
        query = file.read_text(encoding="utf-8")
        cursor = session.con.execute(query)
        names = [column[0] for column in cursor.description or []]
        row = cursor.fetchone()
        assert row is not None
        figures = dict(zip(names[1:], row[1:], strict=True))
        found.append(Invariant(query.splitlines()[0].removeprefix("-- "), bool(row[0]), figures))
    years = session.con.execute(
        "SELECT fiscal_year, (SELECT max(known_on) FROM ledger.ledger_commit) FROM ledger.document GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    for fiscal_year, last_day in years:
        session.pin(fiscal_year, last_day)
        for stage in STAGES_WITH_INVARIANTS:
            found += import_module(f"pipelines.{stage}").invariants(session)
    return found


def _emissions(home: CityHome, keyring: KeyRing, delivered: int) -> Invariant:
    folders = [manifest.parent for manifest in sorted(home.outbox.glob(f"*/*/{MANIFEST}"))]
    broken = [folder for folder in folders if verify_emission(folder, keyring)]
    figures = {"目録": len(folders), "台帳の発送": delivered, "不一致": len(broken)}
    return Invariant(
        "発送: 出たファイルは署名付き目録と台帳に一致する", not broken and len(folders) == delivered, figures
    )


def _audit(home: CityHome, keyring: KeyRing) -> Invariant:
    report = verify_audit(home, keyring.public_pem("audit"))
    return Invariant("監査: 記録の連鎖と署名が切れていない", report.ok, {"記録": report.event_count})
