"""A stage's SQL lies in sql/<stage>/: defining its macros and views, and keeping the rows of its SELECTs."""

from typing import TYPE_CHECKING, Any

from pipelines.paths import SQL

if TYPE_CHECKING:
    from pipelines.ledger.session import LedgerSession


def sql_text(stage: str, name: str) -> str:
    """The text of sql/<stage>/<name>.sql."""
    return (SQL / stage / f"{name}.sql").read_text(encoding="utf-8")


def define(session: "LedgerSession", stage: str, *names: str) -> None:
    """Execute files that define TEMP macros or views, in the order given."""
    for name in names:
        session.con.execute(sql_text(stage, name))


def keep_rows(session: "LedgerSession", stage: str, name: str, **params: object) -> int:
    """Keep the rows of the SELECT sql/<stage>/<name>.sql as TEMP table `<name>`; how many. A step of the register.

    Of `params` the SELECT gets those that it names.
    """
    with session.register.step(name) as step:
        create = f"CREATE OR REPLACE TEMP TABLE {name} AS {sql_text(stage, name)}"
        named = {param: value for param, value in params.items() if f"${param}" in create}
        row = session.con.execute(create, named or None).fetchone()
        step.rows_out = int(row[0]) if row else 0
    return step.rows_out


def show_rows(session: "LedgerSession", stage: str, name: str) -> None:
    """Show the rows of the SELECT sql/<stage>/<name>.sql as TEMP view `<name>`, for a SELECT that reads them once."""
    session.con.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS {sql_text(stage, name)}")


def rows_of(session: "LedgerSession", stage: str, name: str, **params: object) -> list[dict[str, Any]]:
    """The rows of the SELECT sql/<stage>/<name>.sql by column; of `params` it gets those that it names."""
    select = sql_text(stage, name)
    cursor = session.con.execute(select, {param: value for param, value in params.items() if f"${param}" in select})
    names = [str(column[0]) for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def figures_of(session: "LedgerSession", stage: str, name: str, **params: object) -> dict[str, int]:
    """The one row of whole numbers of the SELECT sql/<stage>/<name>.sql, by column."""
    cursor = session.con.execute(sql_text(stage, name), params or None)
    names = [str(column[0]) for column in cursor.description or ()]
    row = cursor.fetchone() or ()
    return {name: int(value) for name, value in zip(names, row, strict=True)}
