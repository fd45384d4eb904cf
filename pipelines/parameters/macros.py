"""Parameters as DuckDB TEMP MACROs: constants and CASE expressions that the optimiser sees through."""

from collections.abc import Sequence
from fractions import Fraction

from pipelines.parameters.model import Row


def scalar_macros(name: str, value: int | Fraction) -> list[str]:
    """`p_<name>()`, or its numerator and denominator when the value is a fraction. BIGINT."""
    if isinstance(value, Fraction):
        return [
            *scalar_macros(f"{name}_numerator", value.numerator),
            *scalar_macros(f"{name}_denominator", value.denominator),
        ]
    return [f"CREATE OR REPLACE TEMP MACRO p_{name}() AS {value}::BIGINT"]


def table_macro(name: str, rows: Sequence[Row], arguments: int, rounding: str) -> str:
    """`t_<name>(x)` or `t_<name>(x, y)`: the row whose bound the argument does not reach. BIGINT in, BIGINT out."""
    names = ("x", "y")[:arguments]
    body = _case(rows, names, rounding)
    return f"CREATE OR REPLACE TEMP MACRO t_{name}({', '.join(names)}) AS ({body})::BIGINT"


def _case(rows: Sequence[Row], names: Sequence[str], rounding: str) -> str:
    *bounded, last = rows
    if not bounded:
        return _result(last, names, rounding)
    arms = " ".join(f"WHEN {names[0]} < {row.bound} THEN {_result(row, names, rounding)}" for row in bounded)
    return f"CASE {arms} ELSE {_result(last, names, rounding)} END"


def _result(row: Row, names: Sequence[str], rounding: str) -> str:
    if row.rows is not None:
        return _case(row.rows, names[1:], rounding)
    if row.rate is None:
        return str(row.value)
    amount = names[0] if row.unit_yen is None else f"({names[0]} // {row.unit_yen} * {row.unit_yen})"
    over, under = row.rate.numerator, row.rate.denominator
    up = under - 1 if rounding == "up" else 0  # the arguments are never negative: // cuts towards zero
    share = amount if row.rate == 1 else f"(({amount} * {over} + {up}) // {under})"
    return f"{share} + {row.offset_yen or 0}" if (row.offset_yen or 0) >= 0 else f"{share} - {-(row.offset_yen or 0)}"
