"""`juminzei attachments`: images of returns and the forms that came with them."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from pipelines.cli.output import City, FiscalYear, Json, console, show
from pipelines.run import attachments as office

attachments = typer.Typer(help="申告書の画像・添付書類", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the group to the command line."""
    app.add_typer(attachments, name="attachments")


@attachments.command("list")
def list_all(
    fiscal_year: FiscalYear,
    taxpayer_no: Annotated[str | None, typer.Option("--taxpayer", help="この宛名番号の人のものだけ")] = None,
    document_no: Annotated[int | None, typer.Option("--document", help="この資料番号のものだけ", min=1)] = None,
    city: City = "041009",
    as_json: Json = False,
) -> None:
    """画像・添付書類の一覧と、どの申告書のものか。例: juminzei attachments list --fiscal-year 2026"""
    rows = office.attachments(city, fiscal_year, taxpayer_no, document_no)
    show(rows, title="申告書の画像・添付書類", as_json=as_json, empty="画像・添付書類はありません")


@attachments.command("open")
def open_one(
    file_no: Annotated[int, typer.Argument(help="ファイル", min=1)],
    record_no: Annotated[int, typer.Argument(help="レコード", min=1)],
    fiscal_year: FiscalYear,
    target: Annotated[Path, typer.Option("--to", help="書き出す先（新しいファイル）")],
    officer: Annotated[str, typer.Option("--officer", help="閲覧する職員ID")],
    opened_on: Annotated[str, typer.Option("--on", help="閲覧日 YYYY-MM-DD")],
    attachment_no: Annotated[int, typer.Option("--no", help="番号", min=1)] = 1,
    city: City = "041009",
) -> None:
    """一つを復号して書き出す。閲覧は監査記録に残る。例: juminzei attachments open 12 3 --fiscal-year 2026 --to page.pdf --officer sato --on 2026-04-20"""
    place = (file_no, record_no, attachment_no)
    office.open_attachment(city, fiscal_year, place, target, officer, date.fromisoformat(opened_on))
    console.print(f"書き出しました: {target.name}（閲覧を監査記録に残しました。用が済んだら消してください）")
