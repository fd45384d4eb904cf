"""Extracts that are one table: 課税台帳, 調定表, 国民健康保険への移転."""

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
    """課税台帳 as CSV and as Parquet, a row a taxpayer; `yen` is the annual tax."""
    import io

    import pyarrow.parquet as pq

    table = run_contract(session, contract, [fiscal_year]).to_arrow_table()
    yen = sum(value or 0 for value in table.column("annual_tax_yen").to_pylist())
    name = f"assessment-ledger-{fiscal_year}"
    parquet = io.BytesIO()
    pq.write_table(table, parquet, compression="zstd")
    rows = list(zip(*(column.to_pylist() for column in table.columns), strict=True))
    if not rows:
        return Payload(contract.id, fiscal_year, ())
    return Payload(
        contract.id,
        fiscal_year,
        (
            payload_file(staging, f"{name}.csv", csv_bytes(rows, contract), rows=len(rows), yen=yen),
            payload_file(staging, f"{name}.parquet", parquet.getvalue(), rows=0, yen=0),
        ),
    )


def build_levy_summary(
    session: "LedgerSession", pin: "Pin", city: "City", fiscal_year: int, contract: Contract, *, staging: SealedFolder
) -> Payload:
    """調定表. Raises DataError when kinds and instalments do not both add up to the annual taxes."""
    rows = run_contract(session, contract, [fiscal_year]).fetchall()
    if not rows:
        return Payload(contract.id, fiscal_year, ())
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
        contract.id,
        fiscal_year,
        (payload_file(staging, name, csv_bytes(rows, contract), rows=len(rows), yen=totals["tax"]),),
    )


def build_health_insurance(
    session: "LedgerSession", pin: "Pin", city: "City", fiscal_year: int, contract: Contract, *, staging: SealedFolder
) -> Payload:
    """The members of the national health insurance as of the pin's day, and nobody else; `yen` is total income."""
    cursor = run_contract(session, contract, {"fiscal_year": fiscal_year, "as_of": pin.as_of})
    rows = cursor.fetchall()
    if not rows:
        return Payload(contract.id, fiscal_year, ())
    income = contract.column_names().index("total_income_yen")
    name = f"health-insurance-{fiscal_year}.csv"
    content = csv_bytes(rows, contract)
    return Payload(
        contract.id,
        fiscal_year,
        (payload_file(staging, name, content, rows=len(rows), yen=sum(row[income] for row in rows)),),
    )
