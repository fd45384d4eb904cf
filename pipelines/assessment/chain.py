"""Chain the steps into one statement: relatives, the spouse's income, the person's own, and the levy."""

import re
from collections.abc import Sequence

import duckdb

from pipelines.assessment.step import Step, macros, source, steps
from pipelines.parameters import ParameterSet

CHAINS = ("relatives", "household", "income", "levy")
# The name under which a chain runs, its steps, and what it starts from. The income chain runs twice: for everybody as if
# alone, which gives each spouse's income, and then for everybody with a spouse.
_RUNS = (
    ("relatives", "relatives", "relative_row"),
    ("alone", "income", "person_alone"),
    ("household", "household", "person"),
    ("income", "income", "household"),
    ("levy", "levy", "income"),
)


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
    parts.append(_expression("person_alone", source("alone")))
    for run, chain, before in _RUNS:
        for step in chains[chain]:
            name = f"{run}_{step.name}"
            parts.append(_expression(name, re.sub(r"\bFROM previous\b", f"FROM {before} AS previous", step.select)))
            before = name
        parts.append(_expression(run, f"FROM {before}"))
    return f"WITH {', '.join(parts)}\nFROM levy SELECT {', '.join(columns)}"


def _expression(name: str, select: str) -> str:
    return f"{name} AS NOT MATERIALIZED (\n{select}\n)"
