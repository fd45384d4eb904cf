"""移転・提供 to departments: any contract that is data alone — whose list, which columns — as what changed since its last file."""

import io
from typing import TYPE_CHECKING

from pipelines.errors import ConfigurationError
from pipelines.exchange.contract import Contract
from pipelines.exchange.payload import Payload, SealedFolder, payload_file, require_contract_columns
from pipelines.extracts.query import bound, extract_sql
from pipelines.parameters import load_parameters
from pipelines.parameters.macros import scalar_macros

if TYPE_CHECKING:
    from collections.abc import Iterable

    import duckdb
    import pyarrow as pa

    from pipelines.city import City
    from pipelines.ledger import LedgerSession, Pin

CHANGE, DIGEST, AMOUNT = "change_kind", "row_digest", "total_income_yen"
TOLD = ("taxpayer_no", CHANGE, DIGEST)
NOT_FROM_FIGURES = {CHANGE}
TAXPAYER, UNIFIED = "taxpayer_no", "unified_no"
TAX_UNIT = "tax_amount_unit_yen"


def keep_person_figures(session: "LedgerSession", city: "City", fiscal_year: int) -> None:
    """Make the TEMP table `person_figures` of the session's pin, which every transfer reads. Needs the TEMP table
    `other_levy` (pipelines/assessment/other_levies.py)."""
    assert session.pinned is not None
    unit_yen = load_parameters(fiscal_year, city, as_of=session.pinned.as_of).values[TAX_UNIT]
    assert isinstance(unit_yen, int)
    for statement in scalar_macros(TAX_UNIT, unit_yen):
        session.con.execute(statement)
    session.con.execute(extract_sql("person_figures"))


def build_transfer(
    session: "LedgerSession", pin: "Pin", city: "City", fiscal_year: int, contract: Contract, *, staging: SealedFolder
) -> Payload:
    """What the recipient does not know yet: everybody in the first file of a year, then who is new, changed or gone.

    `yen` is the known total income. Reads `person_figures`. Of a contract by 統合宛名番号 nobody leaves without one: `review` tells how
    many. Raises ConfigurationError when no legal basis is in force.
    """
    import pyarrow.compute as pc
    import pyarrow.csv as pa_csv
    import pyarrow.parquet as pq

    table = changes(session, pin, fiscal_year, contract)
    review = (*_without_list(session, contract), *_without_number(session, contract))
    if table.num_rows == 0:
        return Payload(contract, fiscal_year, (), review=review)
    text, told = io.BytesIO(f"{','.join(contract.column_names())}\n".encode(contract.encoding)), io.BytesIO()
    text.seek(0, io.SEEK_END)
    rows = table.select(contract.column_names())
    pa_csv.write_csv(rows, text, pa_csv.WriteOptions(include_header=False, quoting_style="needed"))
    pq.write_table(table.select(TOLD), told, compression="zstd")
    yen = pc.sum(table.column(AMOUNT)).as_py() or 0
    whole = table.column(CHANGE).unique().to_pylist() == ["1"]
    name = f"{contract.id}-{fiscal_year}-{'list' if whole else 'changes'}.csv"
    file = payload_file(staging, name, text.getvalue(), rows=table.num_rows, yen=yen)
    known = payload_file(staging, "told.parquet", told.getvalue(), rows=table.num_rows, yen=0)
    return Payload(contract, fiscal_year, (file,), told=known, review=review)


def changes(session: "LedgerSession", pin: "Pin", fiscal_year: int, contract: Contract) -> "pa.Table":
    """The contract's columns, 宛名番号 and `row_digest`, a row a person of whom the recipient does not know what is so now."""
    keep_rows(session, pin, fiscal_year, contract)
    statement = extract_sql("transfer_change")
    if contract.identifier == UNIFIED:
        statement = extract_sql("unified_change").replace("transfer_change", f"({statement})")
    cursor = session.con.execute(statement, {"contract": contract.id, "fiscal_year": fiscal_year})
    beside = {DIGEST, TAXPAYER} - set(contract.column_names())
    require_contract_columns(contract, [column[0] for column in cursor.description or [] if column[0] not in beside])
    return cursor.to_arrow_table()


def look_up(
    session: "LedgerSession", pin: "Pin", fiscal_year: int, contract: Contract, taxpayer_no: str
) -> dict[str, object] | None:
    """The contract's columns (but the kind of change) of one person, and their digest; None when the contract does not name that person."""
    keep_rows(session, pin, fiscal_year, contract)
    cursor = session.con.execute("SELECT * FROM transfer_row WHERE taxpayer_no = ?", [taxpayer_no])
    names = [column[0] for column in cursor.description or []]
    row = cursor.fetchone()
    return None if row is None else dict(zip(names, row, strict=True))


def keep_rows(session: "LedgerSession", pin: "Pin", fiscal_year: int, contract: Contract) -> None:
    """Make the TEMP table `transfer_row`: the contract's columns but the kind of change, and their digest, of everybody whom it names.

    Raises ConfigurationError when no legal basis is in force, or a column is none that a person has.
    """
    contract.require_basis(pin.as_of)
    names = [name for name in contract.column_names() if name not in NOT_FROM_FIGURES]
    params = {
        "fiscal_year": fiscal_year,
        "as_of": pin.as_of,
        "membership": contract.population.membership,
        "roles": list(contract.population.roles),
    }
    people = extract_sql(f"population/{contract.population.query}")
    con = session.con
    con.execute(f"CREATE OR REPLACE TEMP TABLE population AS {people}", bound(people, params))
    rows = extract_sql("transfer_row")
    _require_known(con, contract, names, rows, params)
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE transfer_row AS SELECT {', '.join(dict.fromkeys((TAXPAYER, *names)))}, "
        f"{digest_sql(names)} AS {DIGEST} FROM ({rows}) AS everything"
        + (f" WHERE {UNIFIED} IS NOT NULL" if contract.identifier == UNIFIED else ""),
        bound(rows, params),
    )


def digest_sql(names: "Iterable[str]") -> str:
    """SQL of a row's digest over these columns. Control characters part them and stand for what is not known."""
    said = ", ".join(f"coalesce(CAST({name} AS VARCHAR), chr(30))" for name in names)
    return f"left(sha256(concat_ws(chr(31), {said})), 32)"


def _require_known(
    con: "duckdb.DuckDBPyConnection", contract: Contract, names: list[str], rows: str, params: dict[str, object]
) -> None:
    known = {column[0] for column in con.execute(f"{rows} LIMIT 0", bound(rows, params)).description or []}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise ConfigurationError(
            "契約の列が、人ごとの数値の表にありません",
            item=contract.id,
            found="、".join(unknown),
            expected="sql/extracts/person_figures.sql にある列",
            action="契約の列の名前を直すか、列を person_figures.sql に加えてください",
        )


def _without_number(session: "LedgerSession", contract: Contract) -> tuple[str, ...]:
    """A line for the operator about those whom a contract by 統合宛名番号 names and who have none."""
    if contract.identifier != UNIFIED:
        return ()
    statement = "SELECT count(*) FROM population ANTI JOIN unified_number_of_person USING (taxpayer_no)"
    (count,) = session.con.execute(statement).fetchone() or (0,)
    if count == 0:
        return ()
    return (
        f"統合宛名番号のない人が {count:,} 人いるので、その人の情報は出ません（`juminzei unified-numbers missing`、"
        "付番の依頼は `juminzei run … --cut unified_numbers`）",
    )


def _without_list(session: "LedgerSession", contract: Contract) -> tuple[str, ...]:
    """A line for the operator when the recipient's list of people has never come; then the contract names nobody."""
    membership = contract.population.membership
    found = session.con.execute("SELECT count(*) FROM pinned_membership WHERE recipient = ?", [membership]).fetchone()
    if membership is None or found != (0,):
        return ()
    return (f"対象者の名簿（membership_list の {membership}）がまだ届いていないので、誰の情報も出ません",)
