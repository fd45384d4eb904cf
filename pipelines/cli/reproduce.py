"""`juminzei reproduce`: a decided version computed again from its pin, to the yen."""

from typing import Annotated

import typer

from pipelines.cli.output import EXIT_BROKEN, City, Csv, FiscalYear, Json, console, say_json, show


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("reproduce")(reproduce)


def reproduce(
    fiscal_year: FiscalYear,
    version: Annotated[int, typer.Option("--version", help="賦課の版", min=1)],
    taxpayer_no: Annotated[str | None, typer.Option("--taxpayer-no", help="一人だけ（宛名番号15桁）")] = None,
    csv: Csv = None,
    city: City = "041009",
    as_json: Json = False,
) -> None:
    """決定した版を、そのとき知っていたことから計算し直す。同じか、違えばどの資料・パラメータ・計算の版か。例: juminzei reproduce --fiscal-year 2026 --version 1"""
    from pipelines.run.reproduce import reproduce as again

    found = again(city, fiscal_year, version, taxpayer_no)
    if as_json:
        say_json(found.as_dict())
    else:
        for line in found.lines():
            console.print(line, soft_wrap=True)
        if found.figures:
            show(found.rows(), title="一致しない数値", as_json=False, empty="", csv=csv)
    if not found.identical:
        raise typer.Exit(EXIT_BROKEN)
