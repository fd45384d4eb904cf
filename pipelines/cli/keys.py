"""`juminzei keys`: make, list, rotate and retire keys; register officers."""

from pathlib import Path
from typing import Annotated

import typer

from pipelines.cli.output import City, Json, console, show
from pipelines.run import keys as key_work

keys = typer.Typer(help="鍵の作成・一覧・更新・廃止、職員の登録", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the group to the command line."""
    app.add_typer(keys, name="keys")


@keys.command("init")
def init(
    fiscal_year: Annotated[list[int], typer.Option("--fiscal-year", help="データ鍵を作る課税年度（複数可）")],
) -> None:
    """足りない鍵を作る（あるものは変えない）。例: juminzei keys init --fiscal-year 2026"""
    made = key_work.init(fiscal_year)
    console.print("作成: " + "、".join(made) if made else "すべての鍵があります。何も変えていません")


@keys.command("list")
def listing(city: City = "041009", as_json: Json = False) -> None:
    """鍵の版と、その版で守られている行数。例: juminzei keys list --city 041009"""
    show(key_work.listing(city), title="鍵", as_json=as_json, empty="鍵がありません。`juminzei keys init` で作ります")


@keys.command("officer")
def officer(officer_id: Annotated[str, typer.Argument(help="職員ID（英小文字と数字）")]) -> None:
    """職員の署名鍵を作り、決定・決裁ができるようにする。例: juminzei keys officer sato"""
    made = key_work.register_officer(officer_id)
    console.print(f"職員 {officer_id} を登録しました" if made else f"職員 {officer_id} は登録済みです")


@keys.command("identity")
def identity(
    recipient: Annotated[str, typer.Argument(help="自団体の受領者（eltax = eLTAX の審査システムの端末）")],
    out: Annotated[Path, typer.Option("--out", help="書き出すファイル（新しく作る。所有者だけが読める）")],
) -> None:
    """自団体の端末に渡す、暗号化した発送ファイルを開く鍵を書き出す。例: juminzei keys identity eltax --out eltax.key"""
    key_work.write_identity(recipient, out)
    console.print(
        f"{out} に書き出しました。端末で `age -d -i {out.name} ファイル.age` で開けます。渡したら消してください"
    )


@keys.command("rotate")
def rotate(
    purpose: Annotated[str, typer.Argument(help="鍵の用途（例 vault-token）")],
    city: City = "041009",
) -> None:
    """新しい版の鍵を作り、その鍵で守られたものを移す。例: juminzei keys rotate vault-token"""
    console.print(key_work.rotate(purpose, city))


@keys.command("retire")
def retire(
    purpose: Annotated[str, typer.Argument(help="鍵の用途")],
    version: Annotated[int, typer.Argument(help="廃止する版", min=1)],
    city: City = "041009",
) -> None:
    """使われていない版の鍵を廃棄する（使う行が残っていれば断る）。例: juminzei keys retire vault-token 1"""
    key_work.retire(purpose, version, city)
    console.print(f"{purpose} の {version} 版を廃棄しました")
