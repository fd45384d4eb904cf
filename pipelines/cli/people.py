"""`juminzei queue`, `one-stop`, `pension-targets` and `premiums`: what waits for a person or is looked up, and the person's decisions."""

from datetime import date
from typing import Annotated

import typer

from pipelines.cli.decision import DecidedOn, Officer
from pipelines.cli.output import City, FiscalYear, Json, console, show
from pipelines.run import people

queue = typer.Typer(help="突合保留（誰の資料か決められなかったもの）", no_args_is_help=True)
pension_targets = typer.Typer(help="年金特別徴収対象者情報（年金保険者の5月の通知）", no_args_is_help=True)
one_stop = typer.Typer(help="申告特例通知書（ワンストップ特例）", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the groups to the command line."""
    app.add_typer(queue, name="queue")
    app.add_typer(one_stop, name="one-stop")
    app.add_typer(pension_targets, name="pension-targets")
    app.command("premiums")(premiums)


@queue.command("list")
def queue_list(fiscal_year: FiscalYear, city: City = "041009", as_json: Json = False) -> None:
    """保留の一覧と理由・候補。例: juminzei queue list --fiscal-year 2026"""
    rows = people.queue(city, fiscal_year)
    show(rows, title="突合保留", as_json=as_json, empty="保留はありません")


@queue.command("explain")
def queue_explain(
    document_no: Annotated[int, typer.Argument(help="資料番号", min=1)], city: City = "041009", as_json: Json = False
) -> None:
    """候補ごとに、何がその人であることを裏付け、何が疑わせるか。重みは1増えるごとに見込みが2倍。重みで名寄せすることはない。例: juminzei queue explain 12"""
    rows = people.queue_weights(city, document_no)
    show(rows, title=f"資料 {document_no} の候補の重み", as_json=as_json, empty="重みを付けた候補はありません")


@queue.command("decide")
def queue_decide(
    document_no: Annotated[int, typer.Argument(help="資料番号", min=1)],
    verdict: Annotated[str, typer.Argument(help="宛名番号（15桁）、forward（回送）、keep（保留のまま）")],
    officer: Officer,
    reason: Annotated[str, typer.Option("--reason", help="判断の理由")],
    decided_on: DecidedOn,
    receiver: Annotated[str, typer.Option("--to", help="回送の送り先の団体コード（6桁）。forward のとき")] = "",
    city: City = "041009",
) -> None:
    """職員の判断を署名して受信箱に置く。例: juminzei queue decide 12 000000000000034 --officer sato --reason 戸籍で確認 --on 2026-04-02"""
    path = people.decide_link(city, document_no, verdict, officer, reason, date.fromisoformat(decided_on), receiver)
    console.print(f"決定ファイルを置きました: {path.name}（次の受付で台帳に入ります）")


@one_stop.command("void")
def one_stop_void(fiscal_year: FiscalYear, city: City = "041009", as_json: Json = False) -> None:
    """なかったものとみなす申告特例通知書の一覧と理由（附則7条6項・13項。本人への通知に使う）。例: juminzei one-stop void --fiscal-year 2026"""
    rows = people.void_one_stop(city, fiscal_year)
    show(rows, title="無効の申告特例通知書", as_json=as_json, empty="無効の申告特例通知書はありません")


@one_stop.command("doubled")
def one_stop_doubled(fiscal_year: FiscalYear, city: City = "041009", as_json: Json = False) -> None:
    """同じ通知元・整理番号の新規の申告特例通知書が複数あるもの（通知元に確認する）。例: juminzei one-stop doubled --fiscal-year 2026"""
    rows = people.doubled_one_stop(city, fiscal_year)
    show(
        rows,
        title="整理番号の重なる申告特例通知書",
        as_json=as_json,
        empty="整理番号の重なる申告特例通知書はありません",
    )


@pension_targets.command("list")
def pension_targets_list(fiscal_year: FiscalYear, city: City = "041009", as_json: Json = False) -> None:
    """年金から特別徴収できると年金保険者が知らせた人と、名寄せ・年金の収入。例: juminzei pension-targets list --fiscal-year 2026"""
    rows = people.pension_targets(city, fiscal_year)
    show(rows, title="年金特別徴収対象者", as_json=as_json, empty="対象者情報はありません")


def premiums(
    fiscal_year: FiscalYear,
    above: Annotated[int, typer.Option("--above", help="差がこの額（円）以下の人を除く", min=0)] = 0,
    city: City = "041009",
    as_json: Json = False,
) -> None:
    """申告の社会保険料控除が、控除・徴収・納付の分かる額を超える人（課税は変えない）。例: juminzei premiums --fiscal-year 2026 --above 210000"""
    rows = people.premium_claims(city, fiscal_year, above)
    show(rows, title="社会保険料の確認", as_json=as_json, empty="確認の要る人はいません")
