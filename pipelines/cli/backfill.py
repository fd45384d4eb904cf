"""`juminzei backfill`: decide closed years again by a reviewed plan, in a copy first; two approve, then it is appended."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from pipelines.cli.decision import DecidedOn, Officer, Reason
from pipelines.cli.output import City, Json, console, show

backfill = typer.Typer(help="バックフィル（過去の年度の決定し直し）", no_args_is_help=True)

BackfillNo = Annotated[int, typer.Argument(help="バックフィル番号（計画の決定の番号）", min=1)]


def register(app: typer.Typer) -> None:
    """Add the group to the command line."""
    app.add_typer(backfill, name="backfill")


@backfill.command("plan")
def plan(
    file: Annotated[Path, typer.Argument(help="計画（YAML）", exists=True, dir_okay=False)],
    on: Annotated[
        str | None, typer.Option("--on", help="計画の日 YYYY-MM-DD。付けると依頼者の署名をして受信箱に置く")
    ] = None,
    city: City = "041009",
    as_json: Json = False,
) -> None:
    """計画が触れるもの（人・版・異動分が続く契約）を示し、--on で署名して置く。例: juminzei backfill plan 計画.yaml --on 2027-03-10"""
    from pipelines.run import backfill_plan

    read = backfill_plan.read_plan(file)
    touched = backfill_plan.touches(city, read)
    title = f"計画が触れるもの（{backfill_plan.years_text(read.fiscal_years)}、{'→'.join(read.stages)}）"
    show([touched], title=title, as_json=as_json, empty="")
    if on is not None:
        path = backfill_plan.place_plan(city, read, date.fromisoformat(on))
        typer.echo(
            f"計画を署名して置きました: {path.name}（次の受付で番号が付きます: juminzei backfill status）", err=as_json
        )


@backfill.command("run")
def run(backfill_no: BackfillNo, city: City = "041009") -> None:
    """計画を台帳の写しの上で実行し、差額表を作る（台帳は変わらない）。例: juminzei backfill run 12"""
    from pipelines.run.backfill import backfill_context
    from pipelines.run.backfill import run as work

    outcome = work(backfill_context(city), backfill_no)
    for line in outcome.lines:
        console.print(line, soft_wrap=True)
    if outcome.entered is None:
        console.print("変わるものはありません")
        return
    total, report_no = outcome.entered.report.total(), outcome.entered.report_no
    console.print(
        f"差額表 {report_no}: {total.count:,} 件、増額 {total.increase_yen:,} 円、減額 {total.decrease_yen:,} 円"
        f"（`juminzei differences html {report_no} --out 差額表.html` で確認し、違う職員2人が `juminzei differences approve {report_no}`）",
        soft_wrap=True,
    )


@backfill.command("status")
def status(city: City = "041009", as_json: Json = False) -> None:
    """計画の一覧と、どこまで進んだか。例: juminzei backfill status"""
    from pipelines.run.backfill_plan import listing

    show(listing(city), title="バックフィル", as_json=as_json, empty="計画はまだありません")


@backfill.command("promote")
def promote(backfill_no: BackfillNo, city: City = "041009") -> None:
    """二人が承認した差額表のとおりに、一つの取引で台帳に追加する。例: juminzei backfill promote 12"""
    from pipelines.run.backfill import backfill_context
    from pipelines.run.backfill import promote as work

    commits = work(backfill_context(city), backfill_no)
    if commits is None:
        console.print("変わるものはありません")
        return
    console.print(
        f"台帳に追加しました: 確定番号 {commits[0]} から {commits[1]}（通知と異動分は、次の準備と決裁で出ます）"
    )


@backfill.command("discard")
def discard(backfill_no: BackfillNo, officer: Officer, reason: Reason, on: DecidedOn, city: City = "041009") -> None:
    """計画をやめる（署名した決定が台帳に残り、写しは消える）。例: juminzei backfill discard 12 --officer sato --reason 原因が別だった --on 2027-03-12"""
    from pipelines.run.backfill import backfill_context
    from pipelines.run.backfill import discard as work

    work(backfill_context(city), backfill_no, officer, reason, date.fromisoformat(on))
    console.print(f"バックフィル {backfill_no} をやめました")
