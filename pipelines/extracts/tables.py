"""Extracts that are one table: 課税台帳, 調定表, the reports to the prefecture and the tax office."""

from typing import TYPE_CHECKING

from pipelines.errors import DataError
from pipelines.exchange.contract import Contract
from pipelines.exchange.payload import Payload, SealedFolder, payload_file
from pipelines.extracts.query import csv_bytes, extract_sql, run_contract

if TYPE_CHECKING:
    from pipelines.city import City
    from pipelines.ledger import LedgerSession, Pin


def build_assessment_ledger(
    session: "LedgerSession", pin: "Pin", city: "City", fiscal_year: int, contract: Contract, *, staging: SealedFolder
) -> Payload:
    """課税台帳 as CSV and as Parquet, a row a taxpayer, and one a ward with a house levy; `yen` is the tax of the year. In both the rows stand in one order."""
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
    """調定表. Raises DataError when kinds and instalments do not both add up to the annual taxes, before 減免 and after."""
    taxes = city.tax_names
    rows = run_contract(
        session, pin, contract, fiscal_year, city_tax=taxes.city, prefecture_tax=taxes.prefecture
    ).fetchall()
    if not rows:
        return Payload(contract, fiscal_year, ())
    columns = contract.column_names()
    section = columns.index("section")
    totals = {
        kind: tuple(
            sum(row[columns.index(name)] for row in rows if row[section] == kind)
            for name in ("amount_yen", "reduced_yen")
        )
        for kind in ("tax", "instalment")
    }
    annual = session.con.execute(extract_sql("annual_levy"), {"fiscal_year": fiscal_year}).fetchone()
    if {annual} != set(totals.values()):
        raise DataError(
            "調定表が賦課と一致しません",
            item=contract.title_ja,
            found=f"税の種類の計 {_before_and_after(totals['tax'])}、期・月の計 {_before_and_after(totals['instalment'])}",
            expected=f"年税額の計 {_before_and_after(annual or (0, 0))}",
            action="発送を止めました。管理者に連絡してください",
        )
    name = f"levy-summary-{fiscal_year}.csv"
    return Payload(
        contract,
        fiscal_year,
        (payload_file(staging, name, csv_bytes(rows, contract), rows=len(rows), yen=totals["tax"][0]),),
    )


def _before_and_after(yen: tuple[int, ...]) -> str:
    return f"{yen[0]:,}円（減免後 {yen[1]:,}円）"


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


def build_own_computation(
    session: "LedgerSession", pin: "Pin", city: "City", fiscal_year: int, contract: Contract, *, staging: SealedFolder
) -> Payload:
    """The incomes that the city computed itself (地方税法317条). Reads the TEMP table `raised_income` (pipelines/consolidation/lists.py)."""
    return _one_file(session, pin, fiscal_year, contract, staging, amount="gross_income_yen")


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
