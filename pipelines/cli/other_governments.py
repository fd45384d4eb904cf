"""`juminzei municipalities`, `unified-numbers`, `network-inquiries` and `taxed-elsewhere`: dealings with other governments."""

from datetime import date
from typing import Annotated

import typer

from pipelines.cli.decision import DecidedOn, Officer
from pipelines.cli.output import City, Csv, FiscalYear, Json, console, show
from pipelines.run import network_inquiries, other_governments
from pipelines.run import taxed_elsewhere as conflicts

municipalities = typer.Typer(help="市区町村の名簿（文書・回送の送り先）", no_args_is_help=True)
unified_numbers = typer.Typer(help="統合宛名番号", no_args_is_help=True)
inquiries = typer.Typer(help="情報照会（中間サーバーを経て、ほかの市区町村に聞く）", no_args_is_help=True)
taxed_elsewhere = typer.Typer(help="ほかの市区町村からの294条3項の通知", no_args_is_help=True)

Reason = Annotated[str, typer.Option("--reason", help="理由")]
Taxpayer = Annotated[str, typer.Option("--taxpayer", help="照会する人の宛名番号（15桁）")]
PLACED = "決定ファイルを置きました: {name}（次の受付で台帳に入ります）"


def register(app: typer.Typer) -> None:
    """Add the groups to the command line."""
    app.add_typer(municipalities, name="municipalities")
    app.add_typer(unified_numbers, name="unified-numbers")
    app.add_typer(inquiries, name="network-inquiries")
    app.add_typer(taxed_elsewhere, name="taxed-elsewhere")


@municipalities.command("list")
def list_municipalities(fiscal_year: FiscalYear, city: City = "041009", csv: Csv = None, as_json: Json = False) -> None:
    """市区町村の名簿と、送り先なのに名簿にない団体コード。例: juminzei municipalities list --fiscal-year 2026"""
    rows = other_governments.municipalities(city, fiscal_year)
    show(rows, title="市区町村の名簿", as_json=as_json, empty="名簿はまだ届いていません", csv=csv)


@unified_numbers.command("missing")
def missing(fiscal_year: FiscalYear, city: City = "041009", csv: Csv = None, as_json: Json = False) -> None:
    """統合宛名番号のない人と、付番を依頼した日。例: juminzei unified-numbers missing --fiscal-year 2026 --csv missing.csv"""
    rows = other_governments.without_number(city, fiscal_year)
    show(rows, title="統合宛名番号のない人", as_json=as_json, empty="統合宛名番号のない人はいません", csv=csv)


@inquiries.command("list")
def list_inquiries(fiscal_year: FiscalYear, city: City = "041009", csv: Csv = None, as_json: Json = False) -> None:
    """誰が誰をなぜ照会したか、出たか、回答は何か。例: juminzei network-inquiries list --fiscal-year 2026"""
    rows = network_inquiries.listing(city, fiscal_year)
    show(rows, title="情報照会", as_json=as_json, empty="情報照会はありません", csv=csv)


@inquiries.command("ask")
def ask(
    taxpayer_no: Taxpayer,
    provider: Annotated[str, typer.Option("--provider", help="照会先の団体コード（6桁）")],
    fiscal_year: FiscalYear,
    officer: Officer,
    reason: Reason,
    decided_on: DecidedOn,
    city: City = "041009",
) -> None:
    """照会を監査記録に残し、署名して受信箱に置く。例: juminzei network-inquiries ask --taxpayer 000000000000034 --provider 011002 --fiscal-year 2026 --officer sato --reason 扶養親族の所得の確認 --on 2026-04-02"""
    path = network_inquiries.ask(
        city,
        fiscal_year,
        taxpayer_no,
        provider,
        officer=officer,
        reason=reason,
        decided_on=date.fromisoformat(decided_on),
    )
    console.print(PLACED.format(name=path.name))


@inquiries.command("withdraw")
def withdraw(
    taxpayer_no: Taxpayer,
    fiscal_year: FiscalYear,
    officer: Officer,
    reason: Reason,
    decided_on: DecidedOn,
    city: City = "041009",
) -> None:
    """まだ出ていない照会を取り下げる。例: juminzei network-inquiries withdraw --taxpayer 000000000000034 --fiscal-year 2026 --officer sato --reason 本人から書面が届いた --on 2026-04-03"""
    path = network_inquiries.withdraw(
        city, fiscal_year, taxpayer_no, officer=officer, reason=reason, decided_on=date.fromisoformat(decided_on)
    )
    console.print(PLACED.format(name=path.name))


@taxed_elsewhere.command("list")
def list_conflicts(fiscal_year: FiscalYear, city: City = "041009", csv: Csv = None, as_json: Json = False) -> None:
    """294条3項の通知ごとに、先方の言い分とこちらの扱い・税額・判断。例: juminzei taxed-elsewhere list --fiscal-year 2026"""
    rows = conflicts.listing(city, fiscal_year)
    show(rows, title="294条3項の通知", as_json=as_json, empty="294条3項の通知は届いていません", csv=csv)


@taxed_elsewhere.command("decide")
def decide(
    document_no: Annotated[int, typer.Argument(help="`juminzei taxed-elsewhere list` の資料番号", min=1)],
    verdict: Annotated[
        str, typer.Argument(help="accept（認めて課税しない）、contest（争って課税を続ける）、withdraw（取下げ）")
    ],
    fiscal_year: FiscalYear,
    officer: Officer,
    reason: Reason,
    decided_on: DecidedOn,
    city: City = "041009",
) -> None:
    """誰が課税するかの判断を署名して受信箱に置く。例: juminzei taxed-elsewhere decide 12 accept --fiscal-year 2026 --officer sato --reason 居住の実態を確認した --on 2026-04-02"""
    path = conflicts.decide(city, fiscal_year, document_no, verdict, officer, reason, date.fromisoformat(decided_on))
    console.print(PLACED.format(name=path.name))
