"""Running a contract's query: its rows, held to the contract's columns."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import duckdb

from pipelines.exchange.contract import Contract
from pipelines.exchange.payload import require_contract_columns
from pipelines.paths import SQL

if TYPE_CHECKING:
    from pipelines.ledger import LedgerSession

FOLDER = SQL / "extracts"


def run_contract(
    session: "LedgerSession", contract: Contract, params: Sequence[object] | Mapping[str, object]
) -> duckdb.DuckDBPyConnection:
    """The cursor of the contract's query over the pinned views. Raises DataError when its columns are not the contract's."""
    session.con.execute((FOLDER / "newest_assessment.sql").read_text(encoding="utf-8"))
    bound = dict(params) if isinstance(params, Mapping) else list(params)
    cursor = session.con.execute((FOLDER / f"{contract.population.query}.sql").read_text(encoding="utf-8"), bound)
    require_contract_columns(contract, [column[0] for column in cursor.description or []])
    return cursor


def csv_bytes(rows: Sequence[Sequence[object]], contract: Contract) -> bytes:
    """The rows as the contract's CSV: a header of its column names, its line ends, empty for what is not known."""
    import csv
    import io

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n" if contract.line_end == "CRLF" else "\n")
    writer.writerow(contract.column_names())
    writer.writerows(rows)
    return text.getvalue().encode(contract.encoding)
