"""`juminzei run|status|verify|demo|up|simulate`: operating the whole."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from pipelines.cli.output import EXIT_BROKEN, EXIT_DATA, City, FiscalYear, Json, console, say_json, say_table, show
from pipelines.run.cuts import CUTS


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    for command in (run, status, verify, demo, up, simulate):
        app.command(command.__name__)(command)


def run(
    fiscal_year: FiscalYear,
    as_of: Annotated[str, typer.Option("--as-of", help="基準日 YYYY-MM-DD（この日までに知ったことだけを使う）")],
    city: City = "041009",
    data: Annotated[
        Path | None, typer.Option("--data", help="データの置き場（省略時は $JUMINZEI_DATA か var/data）")
    ] = None,
    cut: Annotated[
        str,
        typer.Option(
            "--cut",
            help=" / ".join(f"{name}（{one.title}）" for name, one in CUTS.items()),
        ),
    ] = "all",
    as_json: Json = False,
) -> None:
    """受付から発送の準備まで（Airflow なし）。二人の決裁ファイルがあれば発送する。例: juminzei run --city 041009 --fiscal-year 2026 --as-of 2026-05-29"""
    from pipelines.run.season import run_season

    outcome = run_season(city, fiscal_year, date.fromisoformat(as_of), cut=cut, data=data)
    if as_json:
        say_json(outcome.as_dict())
    else:
        say_table("処理", ["段階", "台帳の確定番号", "件数"], outcome.rows())
        for line in outcome.lines:
            console.print(line)
        for problem in outcome.problems:
            console.print(f"[bold yellow]要確認[/] {problem}", soft_wrap=True)
    if outcome.problems:
        raise typer.Exit(EXIT_DATA)


def status(city: City = "041009", as_json: Json = False) -> None:
    """台帳の今の状態（確定番号・件数・最近の処理）。例: juminzei status --city 041009"""
    from pipelines.run.status import status as look

    rows = look(city)
    show(rows, title=f"台帳 {city}", as_json=as_json, empty="台帳は空です")


def verify(city: City = "041009", as_json: Json = False) -> None:
    """すべての不変条件を数字とともに確かめる。例: juminzei verify --city 041009"""
    from pipelines.run.verify import verify as check

    found = check(city)
    rows = [
        {
            "不変条件": invariant.name,
            "結果": "成立" if invariant.ok else "破れ",
            "数値": "、".join(f"{name} {value:,}" for name, value in invariant.figures.items()),
        }
        for invariant in found
    ]
    show(rows, title=f"不変条件 {city}", as_json=as_json, empty="確かめるものがありません")
    if not all(invariant.ok for invariant in found):
        raise typer.Exit(EXIT_BROKEN)


def demo(
    people: Annotated[int, typer.Option("--people", help="合成の町の人口", min=10, max=100_000)] = 2_000,
    seed: Annotated[int, typer.Option("--seed", help="乱数の種", min=0)] = 1,
) -> None:
    """合成の町で、本物のAirflowを動かして受付から発送までを見せる。例: juminzei demo"""
    from pipelines.run.demo import demo as show_everything

    show_everything(people=people, seed=seed)


def up() -> None:
    """Airflow を画面付きで起動する（Ctrl-C で終わる）。例: juminzei up"""
    from pipelines.run.demo import up as keep_running

    keep_running()


def simulate(
    seeds: Annotated[int, typer.Option("--seeds", help="試す種の数", min=1)] = 20,
    first_seed: Annotated[int, typer.Option("--first-seed", help="最初の種（失敗した種の再現に使う）", min=0)] = 1,
    as_json: Json = False,
) -> None:
    """種から作った一季節（資料・決定・中断）を動かし、毎日すべての不変条件を確かめる。例: juminzei simulate --seeds 1 --first-seed 17"""
    from pipelines.run.simulator import simulate as play

    rows = play(range(first_seed, first_seed + seeds), say=None if as_json else console.print)
    if as_json:
        say_json(rows)
    if any(row["broken"] for row in rows):
        raise typer.Exit(EXIT_BROKEN)
