"""The values of one fiscal year and municipality, their digest, and the SQL macros that carry them."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cached_property

from pipelines.errors import ConfigurationError
from pipelines.parameters.macros import scalar_macros, table_macro
from pipelines.parameters.model import Row

Number = int | Fraction


@dataclass(frozen=True)
class Table:
    """Brackets by one or two arguments; `rounding` is that of the rows with a rate."""

    rows: tuple[Row, ...]
    arguments: int
    rounding: str


@dataclass(frozen=True)
class Source:
    """Where a value comes from: description and article in Japanese, the day since when it was known."""

    description: str
    article: str
    unit: str
    known_on: date | None
    expected: bool


@dataclass(frozen=True)
class ParameterSet:
    """What the chain's `p_` and `t_` macros stand for. Same values, same `digest`."""

    fiscal_year: int
    values: Mapping[str, Number | Table]
    sources: Mapping[str, Source]

    @cached_property
    def digest(self) -> str:
        """SHA-256 (hex) of the fiscal year and every value in canonical JSON; texts and dates do not enter."""
        content = {"fiscal_year": self.fiscal_year} | self.canonical()
        return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

    def canonical(self) -> dict[str, object]:
        """Every value by name, as JSON has it: whole numbers, fractions as text, tables as their rows."""
        return {name: _canonical(value) for name, value in self.values.items()}

    def macros_sql(self) -> list[str]:
        """Statements that make the TEMP MACROs: `p_<name>()` (BIGINT), `p_<name>_numerator()` and `_denominator()`
        for a fraction, `t_<name>(x[, y])` for a table."""
        statements = scalar_macros("fiscal_year", self.fiscal_year)
        for name, value in sorted(self.values.items()):
            if isinstance(value, Table):
                statements.append(table_macro(name, value.rows, value.arguments, value.rounding))
            else:
                statements.extend(scalar_macros(name, value))
        return statements

    def with_value(self, name: str, value: Number | Table) -> "ParameterSet":
        """The same set with one value changed."""
        if name not in self.values:
            raise KeyError(name)
        return replace(self, values={**self.values, name: value})

    def require_known(self, as_of: date) -> None:
        """`ConfigurationError` when a value was not yet known on `as_of`."""
        late = sorted(name for name, source in self.sources.items() if source.known_on and source.known_on > as_of)
        if late:
            raise ConfigurationError(
                "この時点ではまだ知られていない値があります。",
                item="、".join(late),
                expected=f"{as_of.isoformat()} までに知られた値",
                action="as_of か、パラメータの known_on を確かめてください。",
            )


def _canonical(value: Number | Table) -> object:
    if isinstance(value, Table):
        return {"rounding": value.rounding, "rows": [_canonical_row(row) for row in value.rows]}
    return str(value) if isinstance(value, Fraction) else value


def _canonical_row(row: Row) -> dict[str, object]:
    given = {
        "bound": row.bound,
        "value": row.value,
        "rate": None if row.rate is None else str(row.rate),
        "unit_yen": row.unit_yen,
        "offset_yen": row.offset_yen,
        "rows": None if row.rows is None else [_canonical_row(one) for one in row.rows],
    }
    return {key: part for key, part in given.items() if part is not None}
