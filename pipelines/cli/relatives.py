"""`juminzei relatives`, `non-filers` and `compare-years`: what a person should look at before the tax is decided."""

from dataclasses import asdict
from datetime import date
from typing import Annotated

import typer

from pipelines.cli.decision import DecidedOn, Officer
from pipelines.cli.output import City, Csv, FiscalYear, Json, console, say_json, show
from pipelines.run import relatives as desk
from pipelines.run import year_comparison

relatives = typer.Typer(help="申告された配偶者・扶養親族の確認（扶養照会・否認）", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the group and the command to the command line."""
    app.add_typer(relatives, name="relatives")
    app.command("non-filers")(non_filers)
    app.command("compare-years")(compare_years)


@relatives.command("list")
def list_all(fiscal_year: FiscalYear, city: City = "041009", csv: Csv = None, as_json: Json = False) -> None:
    """確認の要る配偶者・扶養親族と理由（重複・所得・年齢・住民でない・特定できない）。例: juminzei relatives list --fiscal-year 2026"""
    rows = desk.findings(city, fiscal_year)
    empty = "確認の要る配偶者・扶養親族はいません"
    show(rows, title="確認の要る配偶者・扶養親族", as_json=as_json, empty=empty, csv=csv)


@relatives.command("inquiries")
def inquiries(fiscal_year: FiscalYear, city: City = "041009", csv: Csv = None, as_json: Json = False) -> None:
    """扶養照会をする人（1月1日に当市区町村の住民でない親族）。例: juminzei relatives inquiries --fiscal-year 2026 --csv inquiries.csv"""
    rows = desk.inquiries(city, fiscal_year)
    show(rows, title="扶養照会", as_json=as_json, empty="扶養照会をする人はいません", csv=csv)


@relatives.command("denied")
def denied(fiscal_year: FiscalYear, city: City = "041009", csv: Csv = None, as_json: Json = False) -> None:
    """否認した配偶者・扶養親族（税務署への通知のもと）。例: juminzei relatives denied --fiscal-year 2026 --csv denied.csv"""
    rows = desk.denied(city, fiscal_year)
    empty = "否認した配偶者・扶養親族はいません"
    show(rows, title="否認した配偶者・扶養親族", as_json=as_json, empty=empty, csv=csv)


@relatives.command("decide")
def decide(
    subject: Annotated[str, typer.Argument(help="`juminzei relatives list` の「対象」")],
    verdict: Annotated[str, typer.Argument(help="deny（否認）、allow（是認）、withdraw（決定の取下げ）")],
    officer: Officer,
    reason: Annotated[str, typer.Option("--reason", help="判断の理由")],
    decided_on: DecidedOn,
    city: City = "041009",
) -> None:
    """職員の判断を署名して受信箱に置く。例: juminzei relatives decide 000000000000034:12:dependant:1 deny --officer sato --reason 所得超過 --on 2026-04-02"""
    path = desk.decide(city, subject, verdict, officer, reason, date.fromisoformat(decided_on))
    console.print(f"決定ファイルを置きました: {path.name}（次の受付で台帳に入ります）")


def non_filers(fiscal_year: FiscalYear, city: City = "041009", csv: Csv = None, as_json: Json = False) -> None:
    """申告依頼の対象（資料がなく、誰の扶養親族でもない住民）。例: juminzei non-filers --fiscal-year 2026 --csv non-filers.csv"""
    rows = desk.non_filers(city, fiscal_year)
    show(rows, title="未申告者", as_json=as_json, empty="未申告者はいません", csv=csv)


def compare_years(fiscal_year: FiscalYear, city: City = "041009", csv: Csv = None, as_json: Json = False) -> None:
    """前年比較。合計と例外（基準は schemas/run/year_comparison.yaml）を示し、全員をCSVに書く。例: juminzei compare-years --fiscal-year 2026 --csv comparison.csv"""
    found = year_comparison.compare_years(city, fiscal_year, csv)
    if as_json:
        say_json(asdict(found))
        return
    if csv is not None:
        console.print(f"前年比較 {found.people:,} 人を書きました: {csv}", soft_wrap=True)
    if not found.last_year:
        console.print(year_comparison.no_last_year(fiscal_year))
        return
    show(found.totals, title="前年比較（合計、円）", as_json=False, empty="")
    show(found.exceptions, title="前年比較の例外（円）", as_json=False, empty="例外はありません")
