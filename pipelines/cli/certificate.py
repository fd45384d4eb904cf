"""`juminzei certificate`: 所得証明・課税証明・非課税証明 on request."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from pipelines.cli.output import City, FiscalYear, console
from pipelines.notices.certificate import CertificateKind
from pipelines.run.certificates import issue_certificate


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("certificate")(certificate)


def certificate(
    fiscal_year: FiscalYear,
    taxpayer_no: Annotated[str, typer.Option("--taxpayer", help="宛名番号（15桁）")],
    kind: Annotated[
        CertificateKind, typer.Option("--kind", help="income 所得証明、tax 課税証明、exemption 非課税証明")
    ],
    purpose: Annotated[str, typer.Option("--purpose", help="使いみち（schemas/notices/certificate.yaml の purposes）")],
    target: Annotated[Path, typer.Option("--to", help="書き出す先（新しいPDF）")],
    officer: Annotated[str, typer.Option("--officer", help="発行する職員ID")],
    issued_on: Annotated[str, typer.Option("--on", help="発行日 YYYY-MM-DD")],
    city: City = "041009",
) -> None:
    """証明書を発行する（決定した賦課だけ。未申告は証明しない）。監査記録に残る。例: juminzei certificate --fiscal-year 2026 --taxpayer 000000000000034 --kind tax --purpose loan --to certificate.pdf --officer sato --on 2026-07-01"""
    day = date.fromisoformat(issued_on)
    issue_no = issue_certificate(city, fiscal_year, taxpayer_no, kind, purpose, officer, day, target)
    console.print(f"発行しました: {target.name}（{issue_no}。監査記録に残しました）")
