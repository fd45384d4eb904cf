"""Issuing a certificate on request: from the published snapshot to a PDF for its owner, with an audit event before it is written."""

from datetime import date
from pathlib import Path

from pipelines.audit import AuditLog, merkle_root
from pipelines.city import CityHome, load_city
from pipelines.errors import DataError
from pipelines.exchange.canonical import digest_of
from pipelines.ledger import open_snapshot
from pipelines.notices.certificate import CertificateKind, certificate_page, certificates, certified
from pipelines.run.private_file import private_file
from pipelines.vault import KeyRing

ISSUED = "certificate_issued"


def issue_certificate(
    city: str,
    fiscal_year: int,
    taxpayer_no: str,
    kind: CertificateKind,
    purpose: str,
    officer: str,
    issued_on: date,
    target: Path,
) -> str:
    """Write the certificate to `target`, for the owner of the process alone; its number. First the audit log tells of it.

    The same officer's same certificate on the same day has the same number and one event (a second print). Raises
    DataError when it may not be certified, or the target is there already; then nothing was issued.
    """
    if purpose not in certificates().purposes:
        raise DataError(
            "その使いみちはありません",
            item="--purpose",
            expected="、".join(f"{code}（{ja}）" for code, ja in certificates().purposes.items()),
            action="どれかを選んでください",
        )
    home, keyring = CityHome(city), KeyRing.open()
    keyring.verifier(f"officer-{officer}")
    with open_snapshot(home, keyring) as session:
        session.pin(fiscal_year, issued_on)
        row = certified(session, fiscal_year, taxpayer_no, kind)
    with private_file(target, "証明書") as stream:
        try:
            number = _log(home, keyring, row, kind, purpose, officer, issued_on)
            issue_no = f"{fiscal_year}証第{number}号"
            stream.write(certificate_page(row, load_city(city), kind, purpose, issue_no, issued_on))
        except BaseException:
            target.unlink()
            raise
    return issue_no


def _log(
    home: CityHome, keyring: KeyRing, row: dict[str, object], kind: str, purpose: str, officer: str, issued_on: date
) -> int:
    """The number of the event, which is the certificate's. The person is told by a root that only who knows the 宛名番号 can make."""
    payload = {
        "purpose": f"{kind}:{purpose}",
        "person_root": merkle_root([str(row["taxpayer_no"])], f"{ISSUED}:{kind}"),
        "fiscal_year": row["fiscal_year"],
        "version": row["version"],
        "officer": officer,
        "known_on": issued_on.isoformat(),
    }
    log = AuditLog(home, keyring)
    number = log.append(ISSUED, payload, key=f"{ISSUED}:{digest_of(payload)}")
    log.checkpoint()
    return number
