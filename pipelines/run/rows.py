"""Rows of a query of sql/run, by column name, for people and programs to read."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pipelines.paths import SQL

if TYPE_CHECKING:
    from pipelines.ledger import LedgerSession


def rows(
    session: "LedgerSession", query: str, params: Sequence[object] | Mapping[str, object] = ()
) -> list[dict[str, Any]]:
    """The rows of `sql/run/<query>.sql`, its parameters by place or by name."""
    cursor = session.con.execute((SQL / "run" / f"{query}.sql").read_text(encoding="utf-8"), params or None)
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
