"""The ledger's format: one numbered SQL file a version, applied forward in one transaction.

DuckDB cannot fill a new column and make it NOT NULL in one transaction; a migration that needs this makes the table
anew, fills it, drops the old one and renames.
"""

from contextlib import suppress
from pathlib import Path

import duckdb

from pipelines.errors import ConfigurationError
from pipelines.exchange import durable
from pipelines.ledger.catalogue import FOLDER, Catalogue, catalogue


def migrations(folder: Path = FOLDER) -> list[Path]:
    """The migration files, oldest first; the n-th makes format version n."""
    return sorted(folder.glob("[0-9][0-9][0-9][0-9]_*.sql"))


def format_version(con: duckdb.DuckDBPyConnection) -> int:
    """The format version of the attached ledger; 0 when it is new."""
    known = con.execute(
        "SELECT count(*) FROM duckdb_tables() WHERE database_name = 'ledger' AND table_name = 'ledger_format'"
    ).fetchone()
    if known == (0,):
        return 0
    row = con.execute("SELECT max(format_version) FROM ledger_format").fetchone()
    return int(row[0]) if row else 0


def migrate(con: duckdb.DuckDBPyConnection, folder: Path = FOLDER) -> bool:
    """Bring the attached ledger to the newest format in `folder`, in one transaction; whether anything had to be done.

    Raises ConfigurationError when the ledger is newer than this code.
    """
    files = migrations(folder)
    version = format_version(con)
    if version > len(files):
        raise ConfigurationError(
            "台帳の書式が、このプログラムより新しい版です",
            found=f"書式 {version} 版",
            expected=f"書式 {len(files)} 版以下",
            action="新しい版のプログラムで実行してください",
        )
    if version == len(files):
        return False
    con.begin()
    try:
        con.execute(
            "CREATE TABLE IF NOT EXISTS ledger_format (format_version INTEGER NOT NULL, migration VARCHAR NOT NULL)"
        )
        for number, file in enumerate(files[version:], start=version + 1):
            con.execute(file.read_text(encoding="utf-8"))
            con.execute("INSERT INTO ledger_format VALUES (?, ?)", [number, file.stem])
        _comment_everything(con, catalogue(folder))
        durable.commit(con, point="ledger.format")
    except BaseException:
        with suppress(duckdb.Error):  # a fatal error has closed the transaction by itself
            con.rollback()
        raise
    return True


def _comment_everything(con: duckdb.DuckDBPyConnection, names: Catalogue) -> None:
    """Give every table and column its Japanese standard term (the data dictionary lives in the file itself)."""
    rows = con.execute(
        "SELECT table_name, column_name FROM duckdb_columns() "
        "WHERE database_name = 'ledger' AND NOT internal ORDER BY table_name, column_index"
    ).fetchall()
    for table in sorted({table for table, _ in rows}):
        con.execute(f"COMMENT ON TABLE {table} IS {_text(names.table_comment(table))}")
    for table, column in rows:
        con.execute(f"COMMENT ON COLUMN {table}.{column} IS {_text(names.column_comment(table, column))}")


def _text(comment: str) -> str:
    return "'" + comment.replace("'", "''") + "'"
