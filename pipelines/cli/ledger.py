"""`juminzei ledger` and `juminzei audit`: the logical dump, comparing two of them, and the audit log's proof."""

from pathlib import Path
from typing import Annotated

import typer

from pipelines.audit import verify as verify_audit
from pipelines.city import CityHome
from pipelines.cli.output import EXIT_BROKEN, EXIT_DATA, City, Json, console, say_json
from pipelines.ledger import open_snapshot
from pipelines.ledger.dump import difference, dump_lines
from pipelines.vault import KeyRing

ledger = typer.Typer(help="台帳の論理ダンプと比較", no_args_is_help=True)
audit = typer.Typer(help="監査記録", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the groups to the command line."""
    app.add_typer(ledger, name="ledger")
    app.add_typer(audit, name="audit")


@ledger.command("dump")
def dump(
    out: Annotated[Path | None, typer.Option("--out", help="出力ファイル（省略時は標準出力）")] = None,
    city: City = "041009",
) -> None:
    """台帳の全事実を並べて出す（同じ状態なら同じバイト）。例: juminzei ledger dump --out before.txt"""
    with open_snapshot(CityHome(city), KeyRing.open()) as session:
        if out is None:
            for line in dump_lines(session.con):
                typer.echo(line)
        else:
            with out.open("w", encoding="utf-8") as stream:
                stream.writelines(f"{line}\n" for line in dump_lines(session.con))


@ledger.command("diff")
def diff(
    first: Annotated[Path, typer.Argument(help="前のダンプ", exists=True)],
    second: Annotated[Path, typer.Argument(help="後のダンプ", exists=True)],
) -> None:
    """二つのダンプの違い（同じなら終了コード0）。例: juminzei ledger diff before.txt after.txt"""
    lines = difference(first, second)
    for line in lines:
        typer.echo(line)
    if lines:
        raise typer.Exit(EXIT_DATA)
    console.print("同じです")


@audit.command("verify")
def audit_verify(
    city: City = "041009",
    public_key: Annotated[Path | None, typer.Option("--public-key", help="監査の公開鍵（PEM）", exists=True)] = None,
    as_json: Json = False,
) -> None:
    """監査記録の連鎖と署名を検証する（秘密鍵は要らない）。例: juminzei audit verify --city 041009"""
    pem = public_key.read_bytes() if public_key else KeyRing.open().public_pem("audit")
    report = verify_audit(CityHome(city), pem)
    if as_json:
        say_json(report.__dict__)
    else:
        console.print(str(report))
    if not report.ok:
        raise typer.Exit(EXIT_BROKEN)
