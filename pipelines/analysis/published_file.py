"""The DuckDB file for analysts: written beside the old one, flushed, and put in its place by rename."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from pipelines.analysis.settings import Settings, terms
from pipelines.errors import TransientError
from pipelines.exchange import durable

if TYPE_CHECKING:
    from pipelines.ledger import LedgerSession

TABLES = ("publication", "taxpayer", "intake_file", "run_cost", "statistics_cell")
MODE = 0o640  # the analysts' group reads, nobody else


@dataclass(frozen=True)
class Digests:
    """What was published: SHA-256 of the rows and of the definitions that made them."""

    contents: str
    definitions: str


@contextmanager
def only_publisher(folder: Path) -> Iterator[None]:
    """Nobody else publishes into `folder` meanwhile. Raises TransientError when somebody does."""
    descriptor = os.open(folder / ".analysis.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise TransientError(
            "分析用データベースは別の処理が公開中です",
            file="analysis.duckdb",
            action="その処理の終了を待ってから、もう一度実行してください",
        ) from None
    finally:
        os.close(descriptor)


def digest_of_contents(session: "LedgerSession") -> str:
    """SHA-256 of the rows of all TEMP tables to be published, `publication` (the pin) left out."""
    queries = (
        f"SELECT '{table}' AS of, sha256(to_json(published)::VARCHAR) AS digest FROM temp.main.{table} published"
        for table in TABLES[1:]
    )
    row = session.con.execute(
        "SELECT sha256(coalesce(string_agg(of || ' ' || digest, ',' ORDER BY of, digest), '')) "
        f"FROM ({' UNION ALL '.join(queries)})"
    ).fetchone()
    assert row is not None
    return str(row[0])


def published_digests(session: "LedgerSession", path: Path) -> Digests | None:
    """What the file at `path` says of itself; None when there is none, or none that can be read."""
    if not path.exists():
        return None
    try:
        session.con.execute(f"ATTACH {_quoted(path)} AS published (READ_ONLY)")
    except duckdb.Error:
        return None
    try:
        row = session.con.execute(
            "SELECT contents_sha256, definitions_sha256 FROM published.main.publication"
        ).fetchone()
    except duckdb.Error:
        return None
    finally:
        session.con.execute("DETACH published")
    return Digests(*row) if row else None


def replace_file(session: "LedgerSession", settings: Settings, path: Path) -> None:
    """Write the TEMP tables and the views to a hidden file and rename it to `path`; open readers keep the old one."""
    part = durable.temporary(path)
    for leftover in (part, part.with_name(f"{part.name}.wal")):
        leftover.unlink(missing_ok=True)
    session.con.execute(f"ATTACH {_quoted(part)} AS analysis")
    for table in TABLES:
        session.con.execute(f"CREATE TABLE analysis.main.{table} AS SELECT * FROM temp.main.{table} ORDER BY ALL")
    session.con.execute("USE analysis")
    _create_views(session, settings)
    _comment_everything(session, settings)
    session.con.execute("CHECKPOINT analysis")
    session.con.execute("USE ledger")
    session.con.execute("DETACH analysis")
    part.chmod(MODE)
    durable.fsync_file(part, point="analysis.fsync")
    durable.replace(part, path, point="analysis.replace")


def _create_views(session: "LedgerSession", settings: Settings) -> None:
    for statistics in settings.statistics:
        session.con.execute(
            f"CREATE VIEW statistics_{statistics.name} AS SELECT fiscal_year, row_category AS {statistics.rows}, "
            f"column_category AS {statistics.columns}, suppressed, taxpayer_count "
            f"FROM statistics_cell WHERE statistics = '{statistics.name}' ORDER BY row_no, column_no"
        )


def _comment_everything(session: "LedgerSession", settings: Settings) -> None:
    """Give every table, view and column its Japanese comment. Raises KeyError for one that schemas/analysis lacks.

    Names are whole: a TEMP table of the same name would take the comment for itself.
    """
    con = session.con
    for table in TABLES:
        con.execute(f"COMMENT ON TABLE analysis.main.{table} IS {_text(terms()['tables'][table])}")
    for statistics in settings.statistics:
        rows, columns = (
            str(terms()["columns"][name]).partition("(")[0] for name in (statistics.rows, statistics.columns)
        )
        comment = str(terms()["view"]).format(rows=rows, columns=columns)
        con.execute(f"COMMENT ON VIEW analysis.main.statistics_{statistics.name} IS {_text(comment)}")
    found = con.execute(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE database_name = 'analysis' AND NOT internal "
        "ORDER BY table_name, column_index"
    ).fetchall()
    for table, column in found:
        con.execute(f"COMMENT ON COLUMN analysis.main.{table}.{column} IS {_text(terms()['columns'][column])}")


def _quoted(path: Path) -> str:
    return _text(str(path))


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
