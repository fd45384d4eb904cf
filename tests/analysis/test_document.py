"""docs/analysis.md names everything that is published, and its queries run."""

import re

import duckdb
import pytest

from pipelines.paths import ROOT

TEXT = (ROOT / "docs" / "analysis.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"```sql\n(.*?)```", TEXT, re.S)


def test_there_are_queries_to_start_with() -> None:
    assert len(QUERIES) >= 8


@pytest.mark.parametrize("number", range(len(QUERIES)))
def test_each_query_runs_and_finds_something(con: duckdb.DuckDBPyConnection, number: int) -> None:
    assert con.execute(QUERIES[number]).fetchall() != []


def test_every_table_and_view_is_in_the_document(con: duckdb.DuckDBPyConnection) -> None:
    names = con.execute(
        "SELECT table_name FROM duckdb_tables() UNION ALL SELECT view_name FROM duckdb_views() WHERE NOT internal"
    ).fetchall()
    assert len(names) > 10
    assert [name for (name,) in names if f"`{name}`" not in TEXT] == []
