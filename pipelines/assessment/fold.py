"""Compute once what is the same for everybody: a column that the source gives as a constant, and what follows from it.

The ledger knows wages only; every other income is a constant 0 there. DuckDB would compute what follows from it for each
person. The steps stay as they are; only the text of the statement is shorter.
"""

import re
from collections.abc import Mapping

import duckdb

_COLUMNS = re.compile(r"SELECT \*,\s+(.*)\nFROM previous", re.S)
_GIVEN = re.compile(r"(?:,|SELECT)\s+(0::BIGINT|NULL::BIGINT|FALSE|0) AS (\w+)")
_OUTPUT = re.compile(r"\s*(.*?)\s+AS\s+(\w+)\s*", re.S)
_QUOTED_OR_NAME = re.compile(r"'[^']*'|\b[a-z_][a-z0-9_]*\b(?!\s*\()")
Constants = dict[str, str]


def given(person: str) -> Constants:
    """The columns that the SELECT of the people gives as constants, as SQL by name."""
    return {name: f"({value})" for value, name in _GIVEN.findall(person)}


def fold(con: duckdb.DuckDBPyConnection, select: str, known: Mapping[str, str]) -> tuple[str, Constants]:
    """The step's SELECT without the outputs that are the same for everybody, and these. The macros must be installed."""
    columns = _COLUMNS.fullmatch(select)
    if columns is None:
        return select, {}
    constants: Constants = {}
    left: list[str] = []
    for output in _split(columns[1]):
        match = _OUTPUT.fullmatch(output)
        if match is None:
            raise ValueError(f"not an output with a name: {output}")
        expression = _replaced(match[1], {**known, **constants})
        value = None if _names(expression) else con.execute(f"SELECT {expression}").fetchall()[0][0]
        if isinstance(value, int):
            constants[match[2]] = str(value).upper() if isinstance(value, bool) else f"({value}::BIGINT)"
        else:
            left.append(f"{expression} AS {match[2]}")
    return "SELECT *" + "".join(f",\n  {one}" for one in left) + "\nFROM previous", constants


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
