"""Chain the steps into one statement: relatives, each person's income, and the levy that also looks at the spouse."""

import re
from collections.abc import Sequence

import duckdb

from pipelines.assessment.step import Step, macros, source, steps
from pipelines.parameters import ParameterSet

CHAINS = ("relatives", "income", "levy")
_FIRST = {"relatives": "relative_row", "income": "person", "levy": "income"}


def install(con: duckdb.DuckDBPyConnection, parameters: ParameterSet) -> None:
    """Make the TEMP MACROs of the parameters and of rounding on this connection, in place of earlier ones."""
    for statement in (*parameters.macros_sql(), *macros()):
        con.execute(statement)


def compute(
    con: duckdb.DuckDBPyConnection,
    person: str,
    parameters: ParameterSet,
    *,
    relative: str | None = None,
    columns: Sequence[str] = ("*",),
) -> str:
    """Install the parameters and return the SELECT of every person's figures.

    `person` and `relative` are SELECTs with the columns of `person.PERSON` and `person.RELATIVE`; without `relative`
    the declared counts stand alone. The whole year's computation is this one statement; it makes no table.
    """
    install(con, parameters)
    return chain_sql({name: steps(name) for name in CHAINS}, person, relative or source("no_relative"), columns)


def chain_sql(chains: dict[str, Sequence[Step]], person: str, relative: str, columns: Sequence[str] = ("*",)) -> str:
    """The statement of these steps. Every common table expression is NOT MATERIALIZED: none is ever stored."""
    parts = [_expression("relative_row", relative), _expression("person", person)]
    for chain in CHAINS:
        before = _FIRST[chain]
        for step in chains[chain]:
            name = f"{chain}_{step.name}"
            parts.append(_expression(name, re.sub(r"\bFROM previous\b", f"FROM {before} AS previous", step.select)))
            before = name
        parts.append(_expression(chain, f"FROM {before}"))
    return f"WITH {', '.join(parts)}\nFROM levy SELECT {', '.join(columns)}"


def _expression(name: str, select: str) -> str:
    return f"{name} AS NOT MATERIALIZED (\n{select}\n)"
