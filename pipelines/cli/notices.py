"""`juminzei notices`: the register of notices, returned mail, sending again, 公示送達."""

from datetime import date
from typing import Annotated

import typer

from pipelines.cli.decision import DecidedOn, Officer, Reason
from pipelines.cli.output import City, FiscalYear, Json, console, show
from pipelines.run import notices as office

notices = typer.Typer(help="発送した通知書の台帳（返戻・再送付・公示送達）", no_args_is_help=True)

NoticeNo = Annotated[str, typer.Argument(help="通知書番号")]


def register(app: typer.Typer) -> None:
    """Add the group to the command line."""
    app.add_typer(notices, name="notices")


@notices.command("list")
def list_all(
    fiscal_year: FiscalYear,
    taxpayer_no: Annotated[str | None, typer.Option("--taxpayer", help="この宛名番号の人のものだけ")] = None,
    state: Annotated[
        str | None, typer.Option("--state", help="この状態のものだけ: 発送・送達・返戻・再送付・公示送達")
    ] = None,
    city: City = "041009",
    as_json: Json = False,
) -> None:
    """通知書の台帳（種類・版・状態・送達の日・次にすること）。例: juminzei notices list --fiscal-year 2026 --state 返戻"""
    rows = office.register(city, fiscal_year, taxpayer_no, state)
    shown = rows if as_json else [{name: value for name, value in row.items() if name != "最新"} for row in rows]
    show(shown, title="通知書", as_json=as_json, empty="発送した通知書はありません")


@notices.command("served")
def served(
    notice_no: NoticeNo, fiscal_year: FiscalYear, officer: Officer, reason: Reason, on: DecidedOn, city: City = "041009"
) -> None:
    """送達を確かめた（交付、書留の配達）。--on は送達の日。例: juminzei notices served 2026-11-000000000000034-01 --fiscal-year 2026 --officer sato --reason 窓口で交付 --on 2026-07-01"""
    _place(city, fiscal_year, notice_no, "served", officer, reason, on)


@notices.command("returned")
def returned(
    notice_no: NoticeNo, fiscal_year: FiscalYear, officer: Officer, reason: Reason, on: DecidedOn, city: City = "041009"
) -> None:
    """返戻された。--on は戻った日。例: juminzei notices returned 2026-11-000000000000034-01 --fiscal-year 2026 --officer sato --reason あて所に尋ねあたりません --on 2026-06-22"""
    _place(city, fiscal_year, notice_no, "returned", officer, reason, on)


@notices.command("resend")
def resend(
    notice_no: NoticeNo, fiscal_year: FiscalYear, officer: Officer, reason: Reason, on: DecidedOn, city: City = "041009"
) -> None:
    """返戻された通知書を、今の送り先へ出し直す（納期限は必要なだけ改まる）。例: juminzei notices resend 2026-11-000000000000034-01 --fiscal-year 2026 --officer sato --reason 送付先を登録した --on 2026-07-03"""
    _place(city, fiscal_year, notice_no, "resend", officer, reason, on)


@notices.command("serve-by-publication")
def publish(
    notice_no: NoticeNo, fiscal_year: FiscalYear, officer: Officer, reason: Reason, on: DecidedOn, city: City = "041009"
) -> None:
    """公示送達をした（地方税法20条の2）。--on は掲示を始めた日。例: juminzei notices serve-by-publication 2026-11-000000000000034-01 --fiscal-year 2026 --officer sato --reason 所在不明 --on 2026-07-06"""
    _place(city, fiscal_year, notice_no, "publish", officer, reason, on)


def _place(
    city: str, fiscal_year: int, notice_no: str, verdict: office.Verdict, officer: str, reason: str, on: str
) -> None:
    path = office.decide(city, fiscal_year, notice_no, verdict, officer, reason, date.fromisoformat(on))
    console.print(f"決定ファイルを置きました: {path.name}（次の受付で台帳に入ります）")
