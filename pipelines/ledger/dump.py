"""The logical dump: every fact of the ledger as sorted lines, equal for equal states on any machine.

Left out are the tables of operations (which try of which run did it), signatures (they depend on the keys) and the
digests of documents, summaries and people (they cover `number_id`, which is random by design). The dump names each number_id by
the place where it is first mentioned.
"""

from collections.abc import Iterator
from pathlib import Path

import duckdb

from pipelines.ledger.catalogue import catalogue

LEFT_OUT = frozenset(
    {
        ("decision", "signature"),
        ("document", "content_digest"),
        ("outside_register", "content_digest"),
        ("register_change", "content_digest"),
        ("wage_report_summary", "content_digest"),
    }
)
NUMBER_SUFFIX = "number_id"


def dump_lines(con: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """`<table>\\t<row as JSON>`, tables in alphabetical order, rows by all their columns."""
    columns = _columns(con)
    _name_numbers(con, columns)
    for table in columns:
        chosen = ", ".join(_shown(table, name) for name in columns[table] if (table, name) not in LEFT_OUT)
        cursor = con.execute(
            f"SELECT to_json(row_of)::VARCHAR AS line FROM (SELECT {chosen} FROM ledger.{table} fact) row_of ORDER BY line"
        )
        while batch := cursor.fetchmany(10_000):
            for (line,) in batch:
                yield f"{table}\t{line}"


def _columns(con: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """The columns of each table of facts that has rows: nothing is ever deleted, so that DuckDB's count of them is exact."""
    rows = con.execute(
        "SELECT table_name, column_name FROM duckdb_columns() JOIN duckdb_tables() USING (database_name, table_name) "
        "WHERE database_name = 'ledger' AND estimated_size > 0 ORDER BY table_name, column_index"
    ).fetchall()
    found: dict[str, list[str]] = {}
    for table, column in rows:
        found.setdefault(table, []).append(column)
    return {table: found[table] for table in ["ledger_commit", *catalogue().fact_tables] if table in found}


def _name_numbers(con: duckdb.DuckDBPyConnection, columns: dict[str, list[str]]) -> None:
    """TEMP table number_name: number_id → its rank by first mention (table, key)."""
    mentions = []
    for table in columns:
        key = " || '/' || ".join(f"lpad({name}::VARCHAR, 20, '0')" for name in catalogue().keys[table])
        mentions += [
            f"SELECT {name} AS number_id, '{table}/{name}/' || {key} AS place FROM ledger.{table} WHERE {name} IS NOT NULL"
            for name in columns[table]
            if name.endswith(NUMBER_SUFFIX)
        ]
    nobody = "SELECT NULL::BIGINT AS number_id, '' AS place WHERE false"
    con.execute(
        "CREATE OR REPLACE TEMP TABLE number_name AS "
        "SELECT number_id, 'number#' || row_number() OVER (ORDER BY min(place)) AS name "
        f"FROM ({' UNION ALL '.join([nobody, *mentions])}) GROUP BY number_id"
    )


def _shown(table: str, column: str) -> str:
    if column.endswith(NUMBER_SUFFIX):
        return f"(SELECT name FROM number_name WHERE number_name.number_id = fact.{column}) AS {column}"
    return f"fact.{column}"


def difference(first: Path, second: Path) -> list[str]:
    """The lines that only one of two dumps has, marked `-` and `+`; empty when they are equal."""
    before = set(first.read_text(encoding="utf-8").splitlines())
    after = set(second.read_text(encoding="utf-8").splitlines())
    return [f"- {line}" for line in sorted(before - after)] + [f"+ {line}" for line in sorted(after - before)]
