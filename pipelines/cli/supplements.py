"""`juminzei supplement`: what officers add to or set over the documents (補記)."""

from datetime import date
from typing import Annotated

import typer

from pipelines.cli.decision import DecidedOn, Officer
from pipelines.cli.output import City, FiscalYear, Json, console, show
from pipelines.consolidation.supplement import Subject, Supplement
from pipelines.run import supplements as office

supplement = typer.Typer(help="職員の補記（資料の値に代える、課税基礎の項目）", no_args_is_help=True)

TaxpayerNo = Annotated[str, typer.Argument(help="宛名番号（15桁）")]
Item = Annotated[str, typer.Option("--item", help="項目（`juminzei supplement items` の項目か用語）")]
Reason = Annotated[str, typer.Option("--reason", help="補記の理由")]


def register(app: typer.Typer) -> None:
    """Add the group to the command line."""
    app.add_typer(supplement, name="supplement")


@supplement.command("items")
def list_items(as_json: Json = False) -> None:
    """補記できる項目と、値の書き方。例: juminzei supplement items"""
    show(office.items(), title="補記できる項目", as_json=as_json, empty="")


@supplement.command("list")
def list_all(
    fiscal_year: FiscalYear,
    everything: Annotated[bool, typer.Option("--all", help="代わったもの・取り下げたものも示す")] = False,
    city: City = "041009",
    as_json: Json = False,
) -> None:
    """補記の一覧（有効なものと、反映できないもの）。例: juminzei supplement list --fiscal-year 2026"""
    rows = office.supplements(city, fiscal_year, everything=everything)
    show(rows, title="職員の補記", as_json=as_json, empty="補記はありません")


@supplement.command("add")
def add(
    taxpayer_no: TaxpayerNo,
    fiscal_year: FiscalYear,
    item: Item,
    value: Annotated[str, typer.Option("--value", help="値。空（なし）にするときは none")],
    basis: Annotated[str, typer.Option("--basis", help="根拠: image・phone・visit・letter・inquiry・office")],
    officer: Officer,
    reason: Reason,
    decided_on: DecidedOn,
    document_no: Annotated[
        int | None,
        typer.Option("--document", help="根拠の課税資料番号。特別徴収とするときは、その支払者の給与支払報告書", min=1),
    ] = None,
    city: City = "041009",
) -> None:
    """課税基礎の1項目を補記する。例: juminzei supplement add 000000000000034 --fiscal-year 2026 --item collection_method --value ordinary --basis phone --officer sato --reason 退職の申出 --on 2026-04-20"""
    column = office.named(item)
    blank = value == "none" and column not in ("self_disability", "spouse_disability", "single_parent")
    said = Supplement(value="" if blank else value[:40], basis=basis, document_no=document_no)
    path = office.add(
        city, Subject(fiscal_year, taxpayer_no, column), said, officer, reason, date.fromisoformat(decided_on)
    )
    _placed(path.name)


@supplement.command("withdraw")
def withdraw(
    taxpayer_no: TaxpayerNo,
    fiscal_year: FiscalYear,
    item: Item,
    officer: Officer,
    reason: Reason,
    decided_on: DecidedOn,
    city: City = "041009",
) -> None:
    """補記を取り下げ、資料の値に戻す。例: juminzei supplement withdraw 000000000000034 --fiscal-year 2026 --item collection_method --officer sato --reason 誤り --on 2026-04-25"""
    subject = Subject(fiscal_year, taxpayer_no, office.named(item))
    path = office.withdraw(city, subject, officer, reason, date.fromisoformat(decided_on))
    _placed(path.name)


def _placed(name: str) -> None:
    console.print(f"決定ファイルを置きました: {name}（次の受付で台帳に入ります）")
