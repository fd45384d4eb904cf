"""`juminzei release`: what is to leave, who approved it, and whether what left is as signed."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from pipelines.cli.decision import Officer
from pipelines.cli.output import EXIT_BROKEN, EXIT_DATA, City, Csv, FiscalYear, Json, console, show
from pipelines.run import releases
from pipelines.run.release_sample import Look, sample

release = typer.Typer(help="決裁と発送", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the group to the command line."""
    app.add_typer(release, name="release")


@release.command("list")
def listing(city: City = "041009", as_json: Json = False) -> None:
    """発送の一覧（件数・税額・決裁者・発送済みか）。例: juminzei release list"""
    show(releases.listing(city), title="発送", as_json=as_json, empty="準備された発送はありません")


@release.command("show")
def detail(
    release_no: Annotated[int, typer.Argument(help="発送番号", min=1)],
    officer: Annotated[str, typer.Option("--officer", help="中身の見本を見る職員ID（監査記録に残る）")] = "",
    seen_on: Annotated[str, typer.Option("--on", help="見る日 YYYY-MM-DD（見本を見るとき）")] = "",
    reason: Annotated[str, typer.Option("--reason", help="見る理由")] = "決裁のため",
    target: Annotated[
        Path | None, typer.Option("--to", help="最初のファイルを書き出す先（新しいファイル。本人だけが読める）")
    ] = None,
    city: City = "041009",
    as_json: Json = False,
) -> None:
    """一つの発送の中身と、前に出たものとの差。--officer と --on で見本も見る（監査記録に残る。個人番号は出ない）。例: juminzei release show 1 --officer sato --on 2026-05-08"""
    rows = releases.detail(city, release_no)
    show(rows, title=f"発送 {release_no}", as_json=as_json, empty="その発送はありません")
    if officer and seen_on:
        look = Look(officer, reason, date.fromisoformat(seen_on), target)
        found = sample(city, release_no, look)
        show(found, title="見本", as_json=as_json, empty="見本にできる記録はありません")
        if target is not None:
            console.print(
                f"最初のファイルを書きました: {target.name}（確かめたら消してください。監査記録に残しました）"
            )


def _decide(city: str, release_no: int, verdict: str, officer: str, reason: str, on: str) -> None:
    path = releases.decide(city, release_no, verdict, officer, reason, date.fromisoformat(on))
    console.print(f"決裁ファイルを置きました: {path.name}（次の `juminzei run` かDAGで台帳に入ります）")


Reason = Annotated[str, typer.Option("--reason", help="理由")]
On = Annotated[str, typer.Option("--on", help="決裁日 YYYY-MM-DD")]
ReleaseNo = Annotated[int, typer.Argument(help="発送番号", min=1)]


@release.command("approve")
def approve(
    release_no: ReleaseNo, officer: Officer, on: On, reason: Reason = "内容を確認した", city: City = "041009"
) -> None:
    """承認を署名して受信箱に置く（違う職員2人の承認で出る）。例: juminzei release approve 1 --officer sato --on 2026-05-08"""
    _decide(city, release_no, "approve", officer, reason, on)


@release.command("reject")
def reject(release_no: ReleaseNo, officer: Officer, on: On, reason: Reason, city: City = "041009") -> None:
    """差戻しを署名して受信箱に置く。例: juminzei release reject 1 --officer suzuki --on 2026-05-08 --reason 件数が合わない"""
    _decide(city, release_no, "reject", officer, reason, on)


@release.command("reissue")
def reissue(release_no: ReleaseNo, officer: Officer, on: On, reason: Reason, city: City = "041009") -> None:
    """届かなかった・壊れたものを、同じ中身で再発送するよう署名する（新しい連番。改めて2人の承認が要る）。例: juminzei release reissue 1 --officer sato --on 2026-06-20 --reason 媒体の破損"""
    path = releases.reissue(city, release_no, officer, reason, date.fromisoformat(on))
    console.print(f"決定ファイルを置きました: {path.name}（次の発送の処理で、決裁を待つ再発送になります）")


@release.command("compare")
def compare(
    contract: Annotated[str, typer.Argument(help="契約の名前")],
    fiscal_year: FiscalYear,
    returned: Annotated[Path, typer.Option("--file", help="提供先が返した一覧（契約の列から異動区分を除いたCSV）")],
    csv: Csv = None,
    city: City = "041009",
    as_json: Json = False,
) -> None:
    """提供先（中間サーバーなど）が持っている一覧を、渡したものと比べる。例: juminzei release compare intermediate_server-copy --fiscal-year 2026 --file server.csv"""
    rows = releases.returned(city, fiscal_year, contract, returned)
    show(
        rows,
        title=f"提供先との違い {contract}",
        as_json=as_json,
        empty="提供先の一覧は、渡したものと一致します",
        csv=csv,
    )
    if rows:
        raise typer.Exit(EXIT_DATA)


@release.command("verify")
def verify(city: City = "041009", as_json: Json = False) -> None:
    """出たファイルすべてを署名付き目録と照合する（公開鍵だけで足りる）。例: juminzei release verify"""
    rows = releases.verify(city)
    show(rows, title="発送の照合", as_json=as_json, empty="まだ何も出ていません")
    if any(row["結果"] != "一致" for row in rows):
        raise typer.Exit(EXIT_BROKEN)
