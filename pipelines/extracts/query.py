"""Running a contract's query: its rows, held to the contract's columns, people and legal basis."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import duckdb

from pipelines.errors import DataError
from pipelines.exchange.contract import Contract
from pipelines.exchange.payload import require_contract_columns
from pipelines.paths import SQL

if TYPE_CHECKING:
    from pipelines.ledger import LedgerSession, Pin

FOLDER = SQL / "extracts"
LINE_ENDS = {"CRLF": "\r\n", "LF": "\n"}


def run_contract(
    session: "LedgerSession", pin: "Pin", contract: Contract, fiscal_year: int, **names: str
) -> duckdb.DuckDBPyConnection:
    """The cursor of the contract's query over the pinned views; `names` are words that its rows hold.

    Raises ConfigurationError when no legal basis is in force, DataError when a column or a person is not the contract's.
    """
    contract.require_basis(pin.as_of)
    session.con.execute(extract_sql("newest_assessment"))
    session.con.execute(extract_sql("newest_house_levy"))
    rows = extract_sql(contract.population.query)
    params = {"fiscal_year": fiscal_year, "as_of": pin.as_of, **names}
    if contract.identifier != "none":
        _require_population(session, contract, rows, params)
    cursor = session.con.execute(rows, bound(rows, params))
    require_contract_columns(contract, [column[0] for column in cursor.description or []])
    return cursor


def extract_sql(name: str) -> str:
    """A statement of sql/extracts."""
    return (FOLDER / f"{name}.sql").read_text(encoding="utf-8")


def bound(sql: str, params: dict[str, object]) -> dict[str, object]:
    """Those of the parameters that the statement names; DuckDB refuses others."""
    return {name: value for name, value in params.items() if f"${name}" in sql}


def _require_population(session: "LedgerSession", contract: Contract, rows: str, params: dict[str, object]) -> None:
    """Raise DataError when a row is of somebody whom sql/extracts/population/<contract>.sql does not name."""
    population = extract_sql(f"population/{contract.id}")
    statement = f"SELECT count(*) FROM ({rows}) AS taken ANTI JOIN ({population}) AS population USING (taxpayer_no)"
    outside = session.con.execute(statement, bound(statement, params)).fetchone()
    if outside != (0,):
        raise DataError(
            "契約の対象でない人の行があるので、出せません",
            item=contract.id,
            found=f"{outside[0] if outside else 0} 行",
            expected=contract.population.description,
            action="抽出のSQLと、対象となる本人のSQLを見比べてください",
        )


def csv_bytes(rows: Iterable[Sequence[object]], contract: Contract) -> bytes:
    """The rows as the contract's CSV: a header of its column names, its line ends, empty for what is not known."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator=LINE_ENDS[contract.line_end])
    writer.writerow(contract.column_names())
    writer.writerows(rows)
    return text.getvalue().encode(contract.encoding)
