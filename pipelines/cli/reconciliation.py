"""`juminzei reconciliation`: what was received and what became of it, as a table, a page and CSV files."""

from pathlib import Path
from typing import Annotated

import typer

from pipelines.cli.output import EXIT_BROKEN, City, FiscalYear, Json, console, say_json, say_table


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("reconciliation")(reconciliation)


def reconciliation(
    fiscal_year: FiscalYear,
    city: City = "041009",
    out: Annotated[
        Path | None, typer.Option("--out", help="HTML と CSV を書くフォルダ（中の同じ名前のものは書き直す）")
    ] = None,
    as_json: Json = False,
) -> None:
    """受付照合表: 資料とファイルごとの件数・金額、止まったもの、総括表との違い、報告のまだの給与支払者、前年度との比べ。例: juminzei reconciliation --fiscal-year 2026 --out reconciliation"""
    from pipelines.run import reconciliation as report

    found = report.reconciliation(city, fiscal_year)
    if as_json:
        say_json(found.as_dict())
    else:
        columns = ["資料", "ファイル", "読込", "受理", "保留", "重複", "ほか"]
        listed = [
            [
                report.source_name(row["source"]),
                row["file_count"],
                *[row[f"{part}_count"] for part in ("read", "accepted", "waiting", "duplicate")],
                sum(row[f"{part}_count"] for part in ("rejected", "returned", "refused")),
            ]
            for row in found.by_source
        ]
        say_table(f"受付照合表　{found.city.name}　{fiscal_year}年度", columns, listed)
        console.print(
            f"件数と金額の照合: {'一致' if found.balanced else '不一致'}\n受信箱に止まるファイル {len(found.held):,}、"
            f"総括表との違い {len(found.summaries):,}、報告のまだの給与支払者 {len(found.missing):,}"
        )
    if out is not None:
        for path in report.write(found, out):
            typer.echo(f"書きました: {path}", err=as_json)
    if not found.balanced:
        raise typer.Exit(EXIT_BROKEN)
