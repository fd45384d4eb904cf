"""`juminzei town`: the synthetic town."""

from pathlib import Path
from typing import Annotated

import typer

from pipelines.city import load_city
from pipelines.cli.output import City, FiscalYear, Json, say_json, say_table

town = typer.Typer(help="合成の町（実在しない人・番号だけ）", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the group to the command line."""
    app.add_typer(town, name="town")


@town.command("make")
def make(
    people: Annotated[int, typer.Option("--people", help="人口", min=1, max=5_000_000)],
    seed: Annotated[int, typer.Option("--seed", help="乱数の種。同じ種なら同じ町", min=0)],
    out: Annotated[Path, typer.Option("--out", help="出力フォルダ")],
    fiscal_year: FiscalYear,
    city: City = "041009",
    mess: Annotated[float, typer.Option("--mess", help="乱れの程度。1 は現実よりも乱れた町", min=0, max=1)] = 0.0,
    as_json: Json = False,
) -> None:
    """町を作る。例: juminzei town make --people 1000 --seed 1 --city 041009 --fiscal-year 2026 --out /tmp/town"""
    from pipelines.town import make_town

    made = make_town(out, people=people, seed=seed, city=load_city(city), fiscal_year=fiscal_year, mess=mess)
    summary = made.told()
    if as_json:
        say_json(summary)
    else:
        say_table("合成の町", ["項目", "値"], [[key, str(value)] for key, value in summary.items()])
