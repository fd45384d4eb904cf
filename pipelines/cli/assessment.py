"""`juminzei assess` and `juminzei explain`: one case, one person."""

from pathlib import Path
from typing import Annotated

import typer

from pipelines.cli.output import EXIT_DATA, City, FiscalYear, Json, console, say_json, say_table


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command("assess")(assess)
    app.command("explain")(explain)


def assess(
    case: Annotated[Path, typer.Argument(help="事例ファイル（YAML）", exists=True)], as_json: Json = False
) -> None:
    """事例を計算し、期待値があれば比べる。例: juminzei assess tests/assessment/cases/good/basic.yaml"""
    from pipelines.assessment.case import assess_file

    results = assess_file(case)
    if as_json:
        say_json([result.as_dict() for result in results])
    else:
        for result in results:
            say_table(result.case, ["項目", "円・値"], result.rows())
            for line in result.differences:
                console.print(f"[bold red]不一致[/] {line}")
    if any(result.differences for result in results):
        raise typer.Exit(EXIT_DATA)


def explain(
    taxpayer_no: Annotated[str, typer.Argument(help="宛名番号（15桁）")],
    fiscal_year: FiscalYear,
    city: City = "041009",
    version: Annotated[int | None, typer.Option("--version", help="賦課の版（省略時は最新）", min=1)] = None,
    page: Annotated[
        Path | None, typer.Option("--html", help="本人に渡す説明書をこのファイルに書く（上書きしない）")
    ] = None,
    as_json: Json = False,
) -> None:
    """一人の計算過程（資料の項目・条文・数値・根拠）。例: juminzei explain 000000000000034 --fiscal-year 2026 --html explanation.html"""
    from pipelines.run.explanation import explain_taxpayer, write_page

    if page is not None:
        write_page(page, city, fiscal_year, taxpayer_no, version)
        if not as_json:
            console.print(f"説明書を書きました: {page}（A4で印刷できます）", soft_wrap=True)
            return
    explanation = explain_taxpayer(city, fiscal_year, taxpayer_no, version)
    if as_json:
        say_json(explanation.as_dict())
    else:
        typer.echo(explanation.text())
