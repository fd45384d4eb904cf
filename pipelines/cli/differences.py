"""`juminzei differences`: who changed, by how much and why, and the two approvals that notices and deltas wait for."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from pipelines.cli.decision import Officer
from pipelines.cli.output import City, FiscalYear, Json, console, say_json, say_table, show

differences = typer.Typer(help="差額表（月次の更正・バックフィル）", no_args_is_help=True)

ReportNo = Annotated[int, typer.Argument(help="差額表番号", min=1)]
On = Annotated[str, typer.Option("--on", help="決裁日 YYYY-MM-DD")]
Reason = Annotated[str, typer.Option("--reason", help="理由")]
Out = Annotated[Path, typer.Option("--out", help="書くファイル（上書きしない）")]


def register(app: typer.Typer) -> None:
    """Add the group to the command line."""
    app.add_typer(differences, name="differences")


@differences.command("prepare")
def prepare(
    fiscal_year: FiscalYear,
    as_of: Annotated[str, typer.Option("--as-of", help="基準日 YYYY-MM-DD")],
    city: City = "041009",
) -> None:
    """決裁されていない更正の差額表を作る（同じ内容なら同じ番号）。例: juminzei differences prepare --fiscal-year 2026 --as-of 2026-06-10"""
    from pipelines.run.difference_report import enter_monthly
    from pipelines.run.stages import stage_context

    entered = enter_monthly(stage_context(city, fiscal_year, date.fromisoformat(as_of)))
    if entered is None:
        console.print("決裁を待つ更正はありません")
        return
    found = [
        [one.reason, one.count, one.increase_yen, one.decrease_yen]
        for one in (*entered.report.totals(), entered.report.total())
    ]
    say_table(f"差額表 {entered.report_no}", ["理由", "人・区", "増額", "減額"], found)


@differences.command("list")
def listing(city: City = "041009", as_json: Json = False) -> None:
    """差額表の一覧（人数・増減・決裁者・状態）。例: juminzei differences list"""
    from pipelines.run import difference_report

    show(difference_report.listing(city), title="差額表", as_json=as_json, empty="差額表はまだありません")


@differences.command("show")
def detail(report_no: ReportNo, city: City = "041009", as_json: Json = False) -> None:
    """一人ずつの差額（変わった数値ごとに1行。JSON で全部）。例: juminzei differences show 1 --json"""
    from pipelines.run.difference_page import csv_rows
    from pipelines.run.difference_report import read

    report = read(city, report_no)
    if as_json:
        say_json({"digest": report.digest, "rows": list(csv_rows(report))})
        return
    columns = ["宛名番号", "版", "前の年税額", "年税額", "差額", "理由"]
    listed = [
        [
            line.key.taxpayer_no,
            f"{line.earlier_version or '—'} → {line.version}",
            "—" if line.earlier_yen is None else f"{line.earlier_yen:,}",
            line.later_yen,
            line.difference_yen,
            "・".join(line.reasons),
        ]
        for line in report.lines
    ]
    say_table(f"差額表 {report_no}（ダイジェスト {report.digest[:12]}）", columns, listed)


@differences.command("html")
def html(report_no: ReportNo, out: Out, city: City = "041009") -> None:
    """決裁する人が読む頁（画面とA4横）。例: juminzei differences html 1 --out 差額表.html"""
    from pipelines.run.difference_page import page
    from pipelines.run.difference_report import read
    from pipelines.run.private_file import private_file

    content = page(read(city, report_no))
    with private_file(out, "差額表") as stream:
        stream.write(content)
    console.print(f"差額表を書きました: {out}", soft_wrap=True)


@differences.command("csv")
def csv(report_no: ReportNo, out: Out, city: City = "041009") -> None:
    """変わった数値ごとに1行のCSV。例: juminzei differences csv 1 --out 差額表.csv"""
    from pipelines.run.difference_page import csv_rows
    from pipelines.run.difference_report import read
    from pipelines.run.private_file import write_csv

    console.print(f"{write_csv(out, csv_rows(read(city, report_no))):,} 行を書きました: {out}", soft_wrap=True)


@differences.command("approve")
def approve(
    report_no: ReportNo, officer: Officer, on: On, reason: Reason = "内容を確認した", city: City = "041009"
) -> None:
    """承認を署名して受信箱に置く（違う職員2人の承認で先へ進む）。例: juminzei differences approve 1 --officer sato --on 2026-06-11"""
    _decide(city, report_no, "approve", officer, reason, on)


@differences.command("reject")
def reject(report_no: ReportNo, officer: Officer, on: On, reason: Reason, city: City = "041009") -> None:
    """差戻しを署名して受信箱に置く。例: juminzei differences reject 1 --officer suzuki --on 2026-06-11 --reason 減額が多すぎる"""
    _decide(city, report_no, "reject", officer, reason, on)


def _decide(city: str, report_no: int, verdict: str, officer: str, reason: str, on: str) -> None:
    from pipelines.run.difference_report import Entered, read
    from pipelines.run.officer import place_decision

    subject = Entered(read(city, report_no), report_no, approved=False).subject
    path = place_decision(
        city, "difference", subject, verdict, officer=officer, reason=reason, decided_on=date.fromisoformat(on)
    )
    console.print(f"決裁ファイルを置きました: {path.name}（次の `juminzei run` かDAGで台帳に入ります）")
