"""`juminzei request`: one person's data for a department, where its contract allows look-ups."""

from datetime import date
from typing import Annotated

import typer

from pipelines.cli.output import City, FiscalYear, Json, show
from pipelines.run import requests as office


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("request")(request)


def request(
    recipient: Annotated[str, typer.Option("--recipient", help="提供先の符号（契約の名前の前半）")],
    purpose: Annotated[str, typer.Option("--purpose", help="目的の符号（契約の名前の後半）")],
    taxpayer_no: Annotated[str, typer.Option("--taxpayer", help="照会する人の宛名番号（15桁）")],
    fiscal_year: FiscalYear,
    officer: Annotated[str, typer.Option("--officer", help="照会する職員ID")],
    reason: Annotated[str, typer.Option("--reason", help="照会の理由")],
    requested_on: Annotated[str, typer.Option("--on", help="照会日 YYYY-MM-DD（この日までに知ったことで答える）")],
    city: City = "041009",
    as_json: Json = False,
) -> None:
    """照会を認めた契約の列だけを、一人について答える。照会は監査記録に残る。例: juminzei request --recipient public_assistance --purpose income_check --taxpayer 000000000000034 --fiscal-year 2026 --officer sato --reason 収入の確認 --on 2026-06-20"""
    rows = office.request(
        city,
        fiscal_year,
        recipient,
        purpose,
        taxpayer_no,
        officer=officer,
        reason=reason,
        requested_on=date.fromisoformat(requested_on),
    )
    show(rows, title=f"照会 {recipient}-{purpose}", as_json=as_json, empty="契約に列がありません")
