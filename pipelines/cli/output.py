"""How commands speak: tables and lines for people, JSON for programs, exit codes with a meaning."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from pipelines.run.private_file import write_csv

EXIT_DATA = 1
EXIT_CONFIGURATION = 3
EXIT_TRANSIENT = 4
EXIT_BROKEN = 5

Json = Annotated[bool, typer.Option("--json", help="JSON で出力する")]
City = Annotated[str, typer.Option("--city", help="市区町村コード（6桁）", envvar="JUMINZEI_CITY")]
FiscalYear = Annotated[
    int, typer.Option("--fiscal-year", help="課税年度（西暦。令和8年度 = 2026）", min=2022, max=2100)
]
Csv = Annotated[Path | None, typer.Option("--csv", help="一覧をこのCSVファイルに書く（上書きしない）")]

console = Console(highlight=False)
problems = Console(stderr=True, highlight=False)


def say_json(value: Any) -> None:
    """Print a value as JSON, as it is (no colours, no wrapping)."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def say_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows as a table; whole numbers are right-aligned and grouped."""
    listed = [list(row) for row in rows]
    table = Table(title=title, title_justify="left")
    for position, name in enumerate(columns):
        numeric = bool(listed) and all(isinstance(row[position], int) for row in listed)
        table.add_column(name, justify="right" if numeric else "left", overflow="fold")
    for row in listed:
        table.add_row(*[f"{cell:,}" if isinstance(cell, int) else str(cell) for cell in row])
    console.print(table)


def show(rows: list[dict[str, Any]], *, title: str, as_json: bool, empty: str, csv: Path | None = None) -> None:
    """Show a list of like rows: as JSON, as a table, or the sentence `empty`; with `csv`, write it there and say so."""
    if csv is not None:
        problems.print(f"{title} {write_csv(csv, rows):,} 件を書きました: {csv}", soft_wrap=True)
        if not as_json:
            return
    if as_json:
        say_json(rows)
    elif rows:
        say_table(title, list(rows[0]), [list(row.values()) for row in rows])
    else:
        console.print(empty)
