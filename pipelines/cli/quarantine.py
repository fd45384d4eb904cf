"""`juminzei quarantine`: records that validation stopped, and an officer's work on them."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from pipelines.cli.decision import DecidedOn, Officer, Reason
from pipelines.cli.output import City, Json, console, say_json, show
from pipelines.run import quarantine as desk

quarantine = typer.Typer(help="取込保留（検証で止めたレコード）", no_args_is_help=True)

FileNo = Annotated[int, typer.Argument(help="ファイル番号", min=1)]
RecordNo = Annotated[int, typer.Argument(help="レコード番号（0 はファイルごと受け付けなかったファイル）", min=0)]


def register(app: typer.Typer) -> None:
    """Add the group to the command line."""
    app.add_typer(quarantine, name="quarantine")


@quarantine.command("list")
def list_waiting(
    everything: Annotated[
        bool, typer.Option("--all", help="処理の済んだもの、受付不可のファイルのレコード、受理したレコードの注意も示す")
    ] = False,
    city: City = "041009",
    as_json: Json = False,
) -> None:
    """保留中のレコードの一覧（どのファイルの何件目・項目・理由・対処）。例: juminzei quarantine list"""
    rows = desk.waiting(city, everything=everything)
    shown = rows if as_json else [_short(row) for row in rows]
    show(shown, title="取込保留", as_json=as_json, empty="保留中のレコードはありません")


@quarantine.command("show")
def show_one(file_no: FileNo, record_no: RecordNo, city: City = "041009", as_json: Json = False) -> None:
    """一つのレコードの理由・項目（個人番号は伏せる）・これまでの決定。例: juminzei quarantine show 3 120"""
    found = desk.one_record(city, file_no, record_no)
    if as_json:
        say_json(found)
        return
    console.print(
        f"[bold]{found['ファイル']} の {record_no} 件目: {found['状態']}[/]　受付 {found['受付日']}　送付元 {found['送付元']}"
    )
    show(found["理由"], title="理由", as_json=False, empty="今の指摘はありません")
    show(found["項目"], title="項目（届いたまま）", as_json=False, empty="項目に分けて読めないレコードです")
    show(found["経過"], title="これまでの決定", as_json=False, empty="決定はまだありません")


@quarantine.command("correct")
def correct(
    file_no: FileNo,
    record_no: RecordNo,
    changes: Annotated[list[str], typer.Argument(help="項目番号=新しい値（消すときは 項目番号= ）。いくつでも")],
    officer: Officer,
    reason: Reason,
    decided_on: DecidedOn,
    city: City = "041009",
) -> None:
    """項目を訂正する（原本は残る。同じ検査をやり直す）。例: juminzei quarantine correct 3 120 14=見本　花子 95= --officer sato --reason 電話で確認 --on 2026-02-10"""
    _placed(desk.correct(city, file_no, record_no, changes, **_by(officer, reason, decided_on)))


@quarantine.command("release")
def release(
    file_no: FileNo,
    record_no: RecordNo,
    officer: Officer,
    reason: Reason,
    decided_on: DecidedOn,
    city: City = "041009",
) -> None:
    """正しいと確かめ、止めた規則を当てはめない（形式と個人番号の規則は解除できない）。例: juminzei quarantine release 3 121 --officer sato --reason 役員退職の賞与と確認 --on 2026-02-10"""
    _placed(desk.release(city, file_no, record_no, **_by(officer, reason, decided_on)))


@quarantine.command("recheck")
def recheck(
    file_no: FileNo,
    record_no: RecordNo,
    officer: Officer,
    reason: Reason,
    decided_on: DecidedOn,
    city: City = "041009",
) -> None:
    """届いたまま、検査だけをやり直す（レイアウトにコードや版を足した後、同じファイルの相手のレコードを不採用にした後）。例: juminzei quarantine recheck 3 124 --officer sato --reason 新しいコードを追加 --on 2026-02-10"""
    _placed(desk.decide(city, file_no, record_no, "recheck", **_by(officer, reason, decided_on)))


@quarantine.command("reject")
def reject(
    file_no: FileNo,
    record_no: RecordNo,
    officer: Officer,
    reason: Reason,
    decided_on: DecidedOn,
    city: City = "041009",
) -> None:
    """課税資料として数えない。例: juminzei quarantine reject 3 122 --officer sato --reason 試験送信のレコード --on 2026-02-10"""
    _placed(desk.decide(city, file_no, record_no, "reject", **_by(officer, reason, decided_on)))


@quarantine.command("return")
def return_to_sender(
    file_no: FileNo,
    record_no: RecordNo,
    officer: Officer,
    reason: Reason,
    decided_on: DecidedOn,
    city: City = "041009",
) -> None:
    """提出者に返戻する（訂正分が新しいファイルで届くまで数えない）。例: juminzei quarantine return 3 123 --officer sato --reason 生年月日を確認できない --on 2026-02-10"""
    _placed(desk.decide(city, file_no, record_no, "return", **_by(officer, reason, decided_on)))


@quarantine.command("returns")
def returns(
    out: Annotated[Path | None, typer.Option("--out", help="送付元ごとのCSVを書くフォルダ")] = None,
    city: City = "041009",
    as_json: Json = False,
) -> None:
    """返戻するレコードの一覧（送付元ごと。個人の値は載せない）。例: juminzei quarantine returns --out returns"""
    if out is not None:
        for path in desk.write_returned(city, out):
            console.print(f"書きました: {path}", soft_wrap=True)
        return
    show(desk.returned(city), title="返戻", as_json=as_json, empty="返戻するレコードはありません")


def _short(row: dict[str, Any]) -> dict[str, Any]:
    """A reason in as many columns as a terminal has room for; `show` tells the rest."""
    what, item, *_ = row["説明"].split(" ／ ")
    return {
        **{name: row[name] for name in ("ファイル番号", "レコード", "扱い")},
        "理由": f"{what}\n{item}",
        "円": row["円"],
        "状態": row["状態"],
    }


def _by(officer: str, reason: str, decided_on: str) -> dict[str, Any]:
    return {"officer": officer, "reason": reason, "decided_on": date.fromisoformat(decided_on)}


def _placed(path: Path) -> None:
    console.print(f"決定ファイルを置きました: {path.name}（次の受付で検査をやり直し、台帳に入ります）")
