"""What people look up: lists over the master and the reports, each one query of sql/withholding."""

from typing import Any

from pipelines.ledger import LedgerSession
from pipelines.ledger.sql_file import sql_text
from pipelines.withholding.master import STAGE, hear, prepare_lists

Rows = list[dict[str, Any]]


def listed(session: LedgerSession, *names: str, **params: object) -> list[Rows]:
    """For each name the rows of sql/withholding/<name>.sql by column, over what the session has pinned."""
    prepare_lists(session)
    return [_rows(session, name, params) for name in names]


def conflicts(session: LedgerSession) -> Rows:
    """Numbers under which somebody else reported, over what the session has pinned."""
    hear(session)
    return _rows(session, "identity_conflict", {})


def _rows(session: LedgerSession, name: str, params: dict[str, object]) -> Rows:
    sql = sql_text(STAGE, name)
    # DuckDB refuses a parameter that the statement does not name.
    cursor = session.con.execute(sql, {key: value for key, value in params.items() if f"${key}" in sql} or None)
    columns = [str(column[0]) for column in cursor.description or ()]
    return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
