"""`juminzei corrections`: what corrections changed of each instalment, what came too late, what lifts a time limit."""

from datetime import date
from typing import Annotated

import typer

from pipelines.cli.decision import DecidedOn, Officer
from pipelines.cli.output import City, Csv, FiscalYear, Json, console, show
from pipelines.run import corrections as desk

corrections = typer.Typer(help="更正による期・月の異動、期間制限により行わなかった変更", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the group to the command line."""
    app.add_typer(corrections, name="corrections")


@corrections.command("list")
def list_all(fiscal_year: FiscalYear, city: City = "041009", csv: Csv = None, as_json: Json = False) -> None:
    """更正が変えた納期・月ごとの税額（随時・過納を含む）。例: juminzei corrections list --fiscal-year 2026 --csv changes.csv"""
    rows = desk.changes(city, fiscal_year)
    show(rows, title="更正による異動", as_json=as_json, empty="更正による異動はありません", csv=csv)


@corrections.command("refused")
def refused(fiscal_year: FiscalYear, city: City = "041009", csv: Csv = None, as_json: Json = False) -> None:
    """期間制限（地方税法17条の5・17条の6）により行わなかった変更。例: juminzei corrections refused --fiscal-year 2026"""
    rows = desk.refused(city, fiscal_year)
    empty = "期間制限により行わなかった変更はありません"
    show(rows, title="期間制限により行わなかった変更", as_json=as_json, empty=empty, csv=csv)


@corrections.command("lift")
def lift(
    taxpayer_no: Annotated[str, typer.Argument(help="宛名番号")],
    ground: Annotated[str, typer.Argument(help="fraud（偽りその他不正）、ruling（裁決・判決）、void（無効・取消し）")],
    fiscal_year: FiscalYear,
    officer: Officer,
    reason: Annotated[str, typer.Option("--reason", help="根拠の文書など")],
    decided_on: DecidedOn,
    happened_on: Annotated[
        str | None, typer.Option("--happened-on", help="裁決・判決の日、理由が生じた日 YYYY-MM-DD")
    ] = None,
    city: City = "041009",
) -> None:
    """期間制限を延ばす事実を署名して受信箱に置く。例: juminzei corrections lift 000000000000034 ruling --happened-on 2029-06-01 --fiscal-year 2026 --officer sato --reason 裁決書 --on 2029-07-01"""
    path = desk.lift(
        city,
        fiscal_year,
        taxpayer_no,
        ground,
        happened_on=None if happened_on is None else date.fromisoformat(happened_on),
        officer=officer,
        reason=reason,
        decided_on=date.fromisoformat(decided_on),
    )
    console.print(f"決定ファイルを置きました: {path.name}（次の受付で台帳に入ります）")
