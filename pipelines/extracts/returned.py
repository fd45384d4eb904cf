"""A list that a recipient returns of what it holds, against what it was told: who is missing there, too many, or different."""

from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from pipelines.errors import DataError
from pipelines.exchange.contract import Contract
from pipelines.extracts.query import extract_sql
from pipelines.extracts.transfers import DIGEST, NOT_FROM_FIGURES, UNIFIED, digest_sql

if TYPE_CHECKING:
    from pipelines.ledger import LedgerSession

TYPES = {"yen": "BIGINT", "count": "BIGINT", "date": "DATE", "code": "VARCHAR", "text": "VARCHAR"}


def differences(session: "LedgerSession", contract: Contract, fiscal_year: int, path: Path) -> list[tuple[str, str]]:
    """(宛名番号, `missing`, `extra`, `differs` or `twice`) by 宛名番号; reads the session's pinned views.

    The list is a CSV with the contract's columns but the kind of change, in their order. Raises DataError when it is not.
    """
    columns = [column for column in contract.columns if column.name not in NOT_FROM_FIGURES]
    names = [column.name for column in columns]
    con = session.con
    try:
        source = con.read_csv(path.as_posix(), header=True, all_varchar=True, delimiter=",", quotechar='"')
        if source.columns != names:
            raise _unreadable(path, "見出しの列が契約と違う", names)
        typed = ", ".join(f"CAST(nullif({one.name}, '') AS {TYPES[one.type]}) AS {one.name}" for one in columns)
        con.register("returned_text", source)
        con.execute(
            f"CREATE OR REPLACE TEMP TABLE returned_row AS SELECT *, {digest_sql(names)} AS {DIGEST} "
            f"FROM (SELECT {typed} FROM returned_text)"
        )
        con.unregister("returned_text")
        if contract.identifier == UNIFIED:
            con.execute(extract_sql("returned_by_number"))
    except duckdb.Error as error:
        raise _unreadable(path, "CSV として読めない、または数・日付でない値がある", names) from error
    statement = extract_sql("returned_difference")
    return con.execute(statement, {"contract": contract.id, "fiscal_year": fiscal_year}).fetchall()


def _unreadable(path: Path, found: str, names: list[str]) -> DataError:
    return DataError(
        "提供先が返した一覧を読めません",
        file=path.name,
        found=found,
        expected=f"UTF-8のCSV、見出しは {'、'.join(names[:3])} から {names[-1]} までの {len(names)} 列",
        action="提供先に、渡したファイルと同じ列で書き出すよう依頼してください",
    )
