"""Compute once what is the same for everybody: an income that nobody has, a credit that nobody claims, what follows from it.

Most of a small town's people have few kinds of income, and while the ledger takes in wages only, nobody has another.
DuckDB would compute what follows from these zeros for each person. The steps stay as they are; only the statement is shorter.
"""

import re
from collections.abc import Mapping

import duckdb

_COLUMNS = re.compile(r"SELECT \*,\s+(.*)\nFROM previous", re.S)
_OUTPUT = re.compile(r"\s*(.*?)\s+AS\s+(\w+)\s*", re.S)
_QUOTED_OR_NAME = re.compile(r"'[^']*'|\b[a-z_][a-z0-9_]*\b(?!\s*\()")
_NEUTRAL = {"BIGINT": "0", "INTEGER": "0", "BOOLEAN": "FALSE"}
Constants = dict[str, str]


def neutral_columns(con: duckdb.DuckDBPyConnection, person: str) -> Constants:
    """The columns of the SELECT `person` that are 0, FALSE or NULL in every row, as SQL by name; none without a row."""
    kinds = {name: kind for name, kind, *_ in con.execute(f"DESCRIBE {person}").fetchall() if kind in _NEUTRAL}
    tests = ", ".join(f"bool_and(coalesce({name}, {_NEUTRAL[kind]}) = {_NEUTRAL[kind]}), count({name})"
                      for name, kind in kinds.items())  # fmt: skip
    people, *found = con.execute(f"SELECT count(*), {tests} FROM ({person})").fetchall()[0]
    neutral: Constants = {}
    for (name, kind), alike, known in zip(kinds.items(), found[::2], found[1::2], strict=True):
        if alike and known in (0, people):
            neutral[name] = f"({_NEUTRAL[kind] if known else 'NULL'}::{kind})"
    return neutral


def fold(con: duckdb.DuckDBPyConnection, select: str, known: Mapping[str, str]) -> tuple[str, Constants]:
    """The step's SELECT without the outputs that are the same for everybody, and these. The macros must be installed."""
    columns = _COLUMNS.fullmatch(select)
    if columns is None:
        return select, {}
    outputs: dict[str, str] = {}
    for output in _split(columns[1]):
        match = _OUTPUT.fullmatch(output)
        if match is None:
            raise ValueError(f"not an output with a name: {output}")
        outputs[match[2]] = match[1]
    constants: Constants = {}
    tried: set[str] = set()
    while True:  # an output may follow from the one before it
        outputs = {name: _replaced(text, {**known, **constants}) for name, text in outputs.items()}
        ready = [name for name, text in outputs.items() if name not in tried and not _names(text)]
        if not ready:
            break
        tried |= set(ready)
        values = con.execute("SELECT " + ", ".join(outputs[name] for name in ready)).fetchall()[0]
        for name, value in zip(ready, values, strict=True):
            if isinstance(value, int):
                constants[name] = str(value).upper() if isinstance(value, bool) else f"({value}::BIGINT)"
                del outputs[name]
    return "SELECT *" + "".join(
        f",\n  {text} AS {name}" for name, text in outputs.items()
    ) + "\nFROM previous", constants


def _split(columns: str) -> list[str]:
    """The outputs, at the commas that stand in no bracket."""
    parts, depth = [""], 0
    for character in columns:
        depth += (character in "([") - (character in ")]")
        if character == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += character
    return parts


def _replaced(expression: str, known: Mapping[str, str]) -> str:
    return _QUOTED_OR_NAME.sub(lambda match: known.get(match[0], match[0]), expression)


def _names(expression: str) -> list[str]:
    return [name for name in _QUOTED_OR_NAME.findall(expression) if not name.startswith("'")]
