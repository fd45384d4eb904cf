"""`juminzei register`: who is taxed otherwise than the extract of 1 January says, and what is known of a person."""

from typing import Annotated

import typer

from pipelines.cli.output import City, FiscalYear, Json, show
from pipelines.run import residents

group = typer.Typer(help="住民異動・住登外者・送付先・受給や手帳の状況", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the group to the command line."""
    app.add_typer(group, name="register")


@group.command("list")
def register_list(fiscal_year: FiscalYear, city: City = "041009", as_json: Json = False) -> None:
    """賦課期日の抽出と違う扱いの人（転出・死亡・転入・住登外）と次にすること。例: juminzei register list --fiscal-year 2026"""
    rows = residents.differing(city, fiscal_year)
    show(rows, title="異動・住登外による課税の扱い", as_json=as_json, empty="抽出と違う扱いの人はいません")


@group.command("show")
def register_show(
    taxpayer_no: Annotated[str, typer.Argument(help="宛名番号（15桁）")],
    fiscal_year: FiscalYear,
    city: City = "041009",
    as_json: Json = False,
) -> None:
    """一人の異動・住登外・送付先・納税管理人・相続人代表者・受給や手帳。例: juminzei register show 000000000000034 --fiscal-year 2026"""
    rows = residents.person(city, fiscal_year, taxpayer_no)
    show(rows, title=f"宛名番号 {taxpayer_no}", as_json=as_json, empty="この宛名番号の人は台帳にいません")


@group.command("disability")
def register_disability(fiscal_year: FiscalYear, city: City = "041009", as_json: Json = False) -> None:
    """本人の障害を申告し、手帳の名簿に同じ程度の記録がない人（課税は変えない）。例: juminzei register disability --fiscal-year 2026"""
    rows = residents.unproven_disability(city, fiscal_year)
    show(rows, title="障害の確認", as_json=as_json, empty="確認の要る人はいません")


@group.command("houses")
def register_houses(fiscal_year: FiscalYear, city: City = "041009", as_json: Json = False) -> None:
    """住所のない区にある家屋敷・事務所等の均等割（区ごと、決定済みの版）。例: juminzei register houses --fiscal-year 2026"""
    rows = residents.house_levies(city, fiscal_year)
    show(rows, title="家屋敷・事務所等の均等割", as_json=as_json, empty="家屋敷・事務所等の均等割はありません")


@group.command("reductions")
def register_reductions(fiscal_year: FiscalYear, city: City = "041009", as_json: Json = False) -> None:
    """減免の決定と、今の賦課から減らす額・知らせた通知書・減らす納期のない決定。例: juminzei register reductions --fiscal-year 2026"""
    rows = residents.reductions(city, fiscal_year)
    show(rows, title="減免", as_json=as_json, empty="減免の決定はありません")
