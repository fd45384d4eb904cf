"""Chain the steps into one statement: relatives, the spouse's income, the person's own, and the levy."""

import re
from collections.abc import Mapping, Sequence

import duckdb

from pipelines.assessment.fold import Constants, fold, neutral_columns
from pipelines.assessment.step import Step, macros, source, steps
from pipelines.parameters import ParameterSet

_COLUMNS = re.compile(r"SELECT \*,\s+(.*)\nFROM previous", re.S)
_NOTHING_NEW = "SELECT *\nFROM previous"
_WORD = re.compile(r"[a-z]\w*")
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
    *,
    relative: str | None = None,
    columns: Sequence[str] = ("*",),
    folded: bool = False,
) -> str:
    """The SELECT of every person's figures, under the parameters that are installed when it runs (and now, when `folded`).

    `person` and `relative` are SELECTs with the columns of `person.PERSON` and `person.RELATIVE`; without `relative`
    the declared counts stand alone. The whole year's computation is this one statement; it makes no table. When `folded`,
    what follows from columns that are neutral for all of these people is computed now and not for each of them.
    """
    given = neutral_columns(con, person) if folded else {}
    chains = {name: steps(name) for name in CHAINS}
    return chain_sql(chains, person, relative or source("no_relative"), columns, con=con, given=given)


def chain_sql(
    chains: Mapping[str, Sequence[Step]],
    person: str,
    relative: str,
    columns: Sequence[str] = ("*",),
    *,
    con: duckdb.DuckDBPyConnection | None = None,
    given: Constants | None = None,
) -> str:
    """The statement of these steps. Every common table expression is NOT MATERIALIZED: none is ever stored.

    With a connection, what follows from the `given` columns is computed on it now.
    """
    parts = [_expression("relative_row", relative), _expression("person", person)]
    parts.append(_expression("person_alone", source("alone")))
    known = dict(given or {})
    for run, chain, before in _RUNS:
        selects = [step.select for step in chains[chain]]
        labels = [set(step.labels) for step in chains[chain]]
        constants: Constants = {}
        if con is not None and known:
            for place, select in enumerate(selects):
                selects[place], found = fold(con, select, known | constants)
                constants |= found
        for number, select in enumerate(_side_by_side(selects, labels)):
            name = f"{run}_{number}"
            parts.append(_expression(name, re.sub(r"\bFROM previous\b", f"FROM {before} AS previous", select)))
            before = name
        columns_again = "".join(f", {value} AS {name}" for name, value in constants.items())
        parts.append(_expression(run, f"SELECT *{columns_again} FROM {before}"))
        if run == "income":
            known |= constants
    return f"WITH {', '.join(parts)}\nFROM levy SELECT {', '.join(columns)}"


def _side_by_side(selects: Sequence[str], labels: Sequence[set[str]]) -> list[str]:
    """The SELECTs of the steps; neighbours of which none reads what another adds become one, which DuckDB plans faster."""
    merged: list[str] = []
    added: set[str] = set()
    for select, names in zip(selects, labels, strict=True):
        if select == _NOTHING_NEW:
            continue
        alone = _COLUMNS.fullmatch(select)
        if alone and added and added.isdisjoint(_WORD.findall(select)):
            merged[-1] = merged[-1].removesuffix("\nFROM previous") + f",\n{alone[1]}\nFROM previous"
            added |= names
            continue
        merged.append(select)
        added = set(names) if alone else set()
    return merged


def _expression(name: str, select: str) -> str:
    return f"{name} AS NOT MATERIALIZED (\n{select}\n)"
