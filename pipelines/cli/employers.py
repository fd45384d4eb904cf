"""`juminzei employers`: the master of 特別徴収義務者, who has reported, and an officer's decisions on employers."""

from datetime import date
from typing import Annotated, Any

import typer

from pipelines.cli.decision import DecidedOn, Officer, Reason
from pipelines.cli.output import City, FiscalYear, Json, console, say_json, show
from pipelines.run import employers as office

employers = typer.Typer(help="特別徴収義務者（給与支払者）の台帳", no_args_is_help=True)

DesignatedNo = Annotated[str, typer.Argument(help="指定番号")]
ValidFrom = Annotated[str | None, typer.Option("--from", help="適用開始日 YYYY-MM-DD（省略時は決定日）")]
Name = Annotated[str | None, typer.Option("--name", help="氏名又は名称")]
Kana = Annotated[str | None, typer.Option("--kana", help="フリガナ")]
Address = Annotated[str | None, typer.Option("--address", help="所在地又は住所")]
CorporateNumber = Annotated[str | None, typer.Option("--corporate-number", help="法人番号（13桁）")]
Exception_ = Annotated[bool | None, typer.Option("--instalment-exception/--no-instalment-exception", help="納期の特例")]
Delivery = Annotated[
    str | None, typer.Option("--notice-delivery", help="通知の受取方法: electronic（eLTAX）、paper（書面）、both")
]


def register(app: typer.Typer) -> None:
    """Add the group to the command line."""
    app.add_typer(employers, name="employers")


@employers.command("list")
def list_all(fiscal_year: FiscalYear, city: City = "041009", as_json: Json = False) -> None:
    """特別徴収義務者の一覧と、その年度・前年度の報告人員。例: juminzei employers list --fiscal-year 2026"""
    rows = office.employers(city, fiscal_year)
    shown = rows if as_json else [_without(row, "所在地", "法人番号") for row in rows]
    show(shown, title="特別徴収義務者", as_json=as_json, empty="特別徴収義務者はまだいません")


@employers.command("show")
def show_one(
    designated_no: DesignatedNo, fiscal_year: FiscalYear, city: City = "041009", as_json: Json = False
) -> None:
    """一つの特別徴収義務者の版とそのもと、年度ごとの報告人員。例: juminzei employers show 10000001 --fiscal-year 2026"""
    found = office.one_employer(city, fiscal_year, designated_no)
    if as_json:
        say_json(found)
        return
    versions = found["versions"]
    fields = [
        {"項目": name} | {f"第{row['版']}版": row[name] for row in versions} for name in versions[0] if name != "版"
    ]
    show(fields, title=f"特別徴収義務者 {designated_no}", as_json=False, empty="")
    years = [row | {"年度": str(row["年度"])} for row in found["reported"]]
    show(years, title="報告", as_json=False, empty="給与支払報告書はありません")


@employers.command("unnumbered")
def unnumbered(fiscal_year: FiscalYear, city: City = "041009", as_json: Json = False) -> None:
    """指定番号のない給与支払者（付番を待つもの）。例: juminzei employers unnumbered --fiscal-year 2026"""
    rows = office.unnumbered(city, fiscal_year)
    show(rows, title="指定番号のない給与支払者", as_json=as_json, empty="付番を待つ給与支払者はいません")


@employers.command("conflicts")
def conflicts(fiscal_year: FiscalYear, city: City = "041009", as_json: Json = False) -> None:
    """指定番号と法人番号（個人番号）が台帳と合わない資料。例: juminzei employers conflicts --fiscal-year 2026"""
    rows = office.number_conflicts(city, fiscal_year)
    show(rows, title="番号の合わない資料", as_json=as_json, empty="番号の合わない資料はありません")


@employers.command("compare")
def compare(fiscal_year: FiscalYear, city: City = "041009", as_json: Json = False) -> None:
    """総括表と給与支払報告書が合わない給与支払者。例: juminzei employers compare --fiscal-year 2026"""
    rows = office.compare(city, fiscal_year)
    shown = rows if as_json else [_compared(row) for row in rows]
    show(shown, title="総括表と給与支払報告書の違い", as_json=as_json, empty="違いはありません")


@employers.command("reasons")
def reasons(fiscal_year: FiscalYear, city: City = "041009", as_json: Json = False) -> None:
    """普通徴収とされた人の、切替理由の符号ごとの数。例: juminzei employers reasons --fiscal-year 2026"""
    rows = office.reasons(city, fiscal_year)
    show(rows, title="普通徴収の切替理由", as_json=as_json, empty="普通徴収とされた人はいません")


@employers.command("missing")
def missing(fiscal_year: FiscalYear, city: City = "041009", as_json: Json = False) -> None:
    """前年度に報告して今年度まだの給与支払者と、届いた報告書の前年度との比べ。例: juminzei employers missing --fiscal-year 2026"""
    found = office.missing(city, fiscal_year)
    if as_json:
        say_json(found)
        return
    show(
        found["missing"],
        title="前年度に報告して今年度まだの給与支払者",
        as_json=False,
        empty="まだの給与支払者はいません",
    )
    show(found["arrivals"], title="届いた給与支払報告書", as_json=False, empty="給与支払報告書はまだ届いていません")


@employers.command("leavers")
def leavers(fiscal_year: FiscalYear, city: City = "041009", as_json: Json = False) -> None:
    """給与所得者異動届出書と、その人の徴収方法。例: juminzei employers leavers --fiscal-year 2026"""
    rows = office.leavers(city, fiscal_year)
    show(rows, title="給与所得者異動届出書", as_json=as_json, empty="異動届出書はありません")


@employers.command("register")
def register_new(
    designated_no: DesignatedNo,
    officer: Officer,
    reason: Reason,
    decided_on: DecidedOn,
    document_no: Annotated[
        int | None, typer.Option("--document", help="その給与支払者の資料番号（名称・所在地・番号を写す）", min=1)
    ] = None,
    name: Name = None,
    kana: Kana = None,
    address: Address = None,
    corporate_number: CorporateNumber = None,
    instalment_exception: Exception_ = None,
    notice_delivery: Delivery = None,
    city: City = "041009",
) -> None:
    """新しい特別徴収義務者に指定番号を付ける。例: juminzei employers register 10000099 --document 12 --officer sato --reason 新規 --on 2026-02-10"""
    path = office.decide(
        city,
        "register",
        designated_no,
        officer,
        reason,
        date.fromisoformat(decided_on),
        document_no=document_no,
        name=name,
        kana=kana,
        address=address,
        corporate_number=corporate_number,
        instalment_exception=instalment_exception,
        notice_delivery=notice_delivery,
    )
    _placed(path.name)


@employers.command("change")
def change(
    designated_no: DesignatedNo,
    officer: Officer,
    reason: Reason,
    decided_on: DecidedOn,
    valid_from: ValidFrom = None,
    name: Name = None,
    kana: Kana = None,
    address: Address = None,
    corporate_number: CorporateNumber = None,
    instalment_exception: Exception_ = None,
    notice_delivery: Delivery = None,
    city: City = "041009",
) -> None:
    """名称・所在地・法人番号・納期の特例・受取方法を変える。例: juminzei employers change 10000001 --instalment-exception --officer sato --reason 申請 --on 2026-04-02"""
    path = office.decide(
        city,
        "change",
        designated_no,
        officer,
        reason,
        date.fromisoformat(decided_on),
        valid_from=valid_from,
        name=name,
        kana=kana,
        address=address,
        corporate_number=corporate_number,
        instalment_exception=instalment_exception,
        notice_delivery=notice_delivery,
    )
    _placed(path.name)


@employers.command("merge")
def merge(
    designated_no: DesignatedNo,
    into: Annotated[str, typer.Argument(help="引き継ぐ特別徴収義務者の指定番号。合併を取りやめるときは none")],
    officer: Officer,
    reason: Reason,
    decided_on: DecidedOn,
    valid_from: ValidFrom = None,
    city: City = "041009",
) -> None:
    """合併・統合により別の特別徴収義務者が引き継ぐ。例: juminzei employers merge 10000002 10000001 --officer sato --reason 合併 --on 2026-04-02"""
    merged_into = "" if into == "none" else into
    day = date.fromisoformat(decided_on)
    path = office.decide(
        city, "merge", designated_no, officer, reason, day, merged_into=merged_into, valid_from=valid_from
    )
    _placed(path.name)


@employers.command("withdraw")
def withdraw(
    designated_no: DesignatedNo, officer: Officer, reason: Reason, decided_on: DecidedOn, city: City = "041009"
) -> None:
    """反映できなかった決定を取り下げる。例: juminzei employers withdraw 10000099 --officer sato --reason 番号の誤り --on 2026-04-03"""
    path = office.decide(city, "withdraw", designated_no, officer, reason, date.fromisoformat(decided_on))
    _placed(path.name)


def _without(row: dict[str, Any], *names: str) -> dict[str, Any]:
    """The row without what a list has no room for; `show` and `--json` tell it."""
    return {name: value for name, value in row.items() if name not in names}


def _compared(row: dict[str, Any]) -> dict[str, str]:
    """A difference in as many columns as a terminal has room for: 人員 as 計（特別徴収・退職者・その他）."""

    def people(whose: str) -> str:
        parts = "・".join(f"{row[f'{whose} {way}']:,}" for way in ("特別徴収", "普通徴収(退職者)", "普通徴収(その他)"))
        return f"{row[f'{whose} 人員']:,}（{parts}）"

    declared = row["総括表 支払金額"]
    return {
        **{name: row[name] for name in ("指定番号", "名称", "違い")},
        "総括表 計（特・退・他）": people("総括表"),
        "報告書 計（特・退・他）": people("報告書"),
        "支払金額": f"{'記載なし' if declared is None else f'{declared:,}'} → {row['報告書 支払金額']:,}",
    }


def _placed(name: str) -> None:
    console.print(f"決定ファイルを置きました: {name}（次の受付で台帳に入ります）")
