"""Extracts that are one table: 課税台帳, 調定表, the reports to the prefecture and the tax office."""

from typing import TYPE_CHECKING

from pipelines.errors import DataError
from pipelines.exchange.contract import Contract
from pipelines.exchange.payload import Payload, SealedFolder, payload_file
from pipelines.extracts.query import csv_bytes, run_contract

if TYPE_CHECKING:
    from pipelines.city import City
    from pipelines.ledger import LedgerSession, Pin


def build_assessment_ledger(
    session: "LedgerSession", pin: "Pin", city: "City", fiscal_year: int, contract: Contract, *, staging: SealedFolder
) -> Payload:
    """課税台帳 as CSV and as Parquet, a row a taxpayer; `yen` is the annual tax. In both the rows stand in one order."""
    import io

    import pyarrow.compute as pc
    import pyarrow.csv as pa_csv
    import pyarrow.parquet as pq

    table = run_contract(session, pin, contract, fiscal_year).to_arrow_table()
    if table.num_rows == 0:
        return Payload(contract, fiscal_year, ())
    text, parquet = io.BytesIO(csv_bytes([], contract)), io.BytesIO()
    text.seek(0, io.SEEK_END)
    pa_csv.write_csv(table, text, pa_csv.WriteOptions(include_header=False, quoting_style="needed"))
    pq.write_table(table, parquet, compression="zstd")
    yen, name = pc.sum(table.column("annual_tax_yen")).as_py(), f"assessment-ledger-{fiscal_year}"
    return Payload(
        contract,
        fiscal_year,
        (
            payload_file(staging, f"{name}.csv", text.getvalue(), rows=table.num_rows, yen=yen),
            payload_file(staging, f"{name}.parquet", parquet.getvalue(), rows=0, yen=0),
        ),
    )


def build_levy_summary(
    session: "LedgerSession", pin: "Pin", city: "City", fiscal_year: int, contract: Contract, *, staging: SealedFolder
) -> Payload:
    """調定表. Raises DataError when kinds and instalments do not both add up to the annual taxes."""
    taxes = city.tax_names
    rows = run_contract(
        session, pin, contract, fiscal_year, city_tax=taxes.city, prefecture_tax=taxes.prefecture
    ).fetchall()
    if not rows:
        return Payload(contract, fiscal_year, ())
    columns = contract.column_names()
    section, amount = columns.index("section"), columns.index("amount_yen")
    totals = {kind: sum(row[amount] for row in rows if row[section] == kind) for kind in ("tax", "instalment")}
    annual = session.con.execute(
        "SELECT coalesce(sum(annual_tax_yen), 0)::BIGINT FROM newest_assessment WHERE fiscal_year = ?", [fiscal_year]
    ).fetchone()
    if annual is None or {annual[0]} != set(totals.values()):
        raise DataError(
            "調定表が賦課と一致しません",
            item=contract.title_ja,
            found=f"税の種類の計 {totals['tax']:,}円、期・月の計 {totals['instalment']:,}円",
            expected=f"年税額の計 {annual[0] if annual else 0:,}円",
            action="発送を止めました。管理者に連絡してください",
        )
    name = f"levy-summary-{fiscal_year}.csv"
    return Payload(
        contract,
        fiscal_year,
        (payload_file(staging, name, csv_bytes(rows, contract), rows=len(rows), yen=totals["tax"]),),
    )


def build_levy_changes(
    session: "LedgerSession", pin: "Pin", city: "City", fiscal_year: int, contract: Contract, *, staging: SealedFolder
) -> Payload:
    """調定表（更正）: what corrections add and take; `yen` is what they add."""
    return _one_file(session, pin, fiscal_year, contract, staging, amount="plus_yen")


def build_prefecture_report(
    session: "LedgerSession", pin: "Pin", city: "City", fiscal_year: int, contract: Contract, *, staging: SealedFolder
) -> Payload:
    """How many were assessed with 道府県民税, and how much is levied; `yen` is the levy (地方税法46条①)."""
    return _one_file(session, pin, fiscal_year, contract, staging, amount="amount_yen")


def build_denied_relatives(
    session: "LedgerSession", pin: "Pin", city: "City", fiscal_year: int, contract: Contract, *, staging: SealedFolder
) -> Payload:
    """The relatives whom officers denied. Reads the TEMP table `claimed_relative` (pipelines/consolidation/lists.py)."""
    return _one_file(session, pin, fiscal_year, contract, staging)


def _one_file(
    session: "LedgerSession",
    pin: "Pin",
    fiscal_year: int,
    contract: Contract,
    staging: SealedFolder,
    *,
    amount: str | None = None,
) -> Payload:
    """The contract's rows as one CSV, or nothing; `yen` is the sum of the column `amount`."""
    rows = run_contract(session, pin, contract, fiscal_year).fetchall()
    if not rows:
        return Payload(contract, fiscal_year, ())
    yen = sum(row[contract.column_names().index(amount)] for row in rows) if amount else 0
    name = f"{contract.id}-{fiscal_year}.csv"
    file = payload_file(staging, name, csv_bytes(rows, contract), rows=len(rows), yen=yen)
    return Payload(contract, fiscal_year, (file,))
