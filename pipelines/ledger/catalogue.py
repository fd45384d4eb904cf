"""What the ledger's tables are called and keyed by, read from sql/ledger/*.yaml."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pipelines.paths import SQL
from pipelines.yaml_file import load_yaml

FOLDER = SQL / "ledger"


@dataclass(frozen=True)
class Catalogue:
    """`keys`: table → key columns. `versions`: table → the key column that numbers versions. `operations`: tables that tell of
    runs, not of facts. `tables`, `columns`: see terms.yaml."""

    keys: dict[str, list[str]]
    versions: dict[str, str]
    operations: frozenset[str]
    tables: dict[str, dict[str, str]]
    columns: dict[str, dict[str, str]]

    @property
    def fact_tables(self) -> list[str]:
        """The tables of facts, in alphabetical order."""
        return sorted(set(self.keys) - self.operations - {"ledger_commit"})

    def table_comment(self, table: str) -> str:
        """The Japanese standard term of a table, and what it holds."""
        return _comment(self.tables[table])

    def column_comment(self, table: str, column: str) -> str:
        """The Japanese standard term of a column, and what it holds."""
        return _comment(self.columns.get(f"{table}.{column}") or self.columns[column])


def _comment(term: dict[str, str]) -> str:
    article = f"（{term['article']}）" if term.get("article") else ""
    return f"{term['ja']}{article}: {term['description']}"


@cache
def catalogue(folder: Path = FOLDER) -> Catalogue:
    """The catalogue of the newest format in `folder`."""
    keys: dict[str, Any] = load_yaml(folder / "keys.yaml")
    terms: dict[str, Any] = load_yaml(folder / "terms.yaml")
    return Catalogue(
        keys=keys["keys"],
        versions=keys["versions"],
        operations=frozenset(keys["operations"]),
        tables=terms["tables"],
        columns=terms["columns"],
    )
