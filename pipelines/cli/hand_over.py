"""`juminzei hand-over`: 庁内連携 of what has left, and what the departments say that they received."""

from datetime import date
from typing import Annotated

import typer

from pipelines.cli.decision import Officer
from pipelines.cli.output import City, Json, show
from pipelines.run import hand_over as office

hand_over = typer.Typer(help="庁内連携（部署のフォルダへの引渡しと受領）", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the group to the command line."""
    app.add_typer(hand_over, name="hand-over")


@hand_over.command("run")
def run(
    officer: Officer,
    handed_on: Annotated[str, typer.Option("--on", help="引渡日 YYYY-MM-DD")],
    contract: Annotated[
        str | None, typer.Option("--contract", help="この契約だけ（省略時は経路のある契約すべて）")
    ] = None,
    city: City = "041009",
    as_json: Json = False,
) -> None:
    """発送済みのものを決められた経路の部署のフォルダへ渡し、受領の知らせを読む。例: juminzei hand-over run --officer sato --on 2026-06-01"""
    rows = office.hand_over(city, officer, date.fromisoformat(handed_on), contract)
    show(rows, title="庁内連携", as_json=as_json, empty="新しく渡すものも、新しい受領の知らせもありません")


@hand_over.command("list")
def listing(city: City = "041009", as_json: Json = False) -> None:
    """経路のある発送と、渡したか・受領されたか。例: juminzei hand-over list"""
    show(office.listing(city), title="庁内連携", as_json=as_json, empty="経路のある発送はまだありません")
