"""課税明細: which lines of the assessment a notice shows (every one that is not zero), and what changed since the last notice."""

from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from pipelines.city import City, load_city
from pipelines.parameters import ParameterSet, load_parameters
from pipelines.paths import SCHEMAS
from pipelines.yaml_file import load_yaml

Row = dict[str, Any]
LINES = SCHEMAS / "notices" / "statement.yaml"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Above(_Part):
    """The rate of what lies above a boundary (a parameter's name)."""

    boundary: str
    rate: tuple[str, str]


class Line(_Part):
    """A line of the statement: its words, the assessment's column, how it is set."""

    ja: str
    column: str
    style: Literal["plain", "total", "of"] = "plain"
    sign: Literal[1, -1] = 1
    rate: tuple[str, str] | None = None
    above: Above | None = None


class Lines(_Part):
    """schemas/notices/statement.yaml."""

    incomes: tuple[Line, ...]
    deductions: tuple[Line, ...]
    bases: tuple[Line, ...]
    credits: tuple[Line, ...]
    changes: tuple[Line, ...]


@cache
def _lines() -> Lines:
    return Lines.model_validate(load_yaml(LINES))


def statement(row: Row, city: City, fiscal_year: int) -> Row:
    """The statement's tables for the template, without the lines that are zero."""
    lines = _lines()
    return {
        "incomes": [_amount(line, row) for line in lines.incomes if row[line.column]],
        "deductions": [_amount(line, row) for line in lines.deductions if row[line.column]],
        "bases": [
            {"ja": line.ja, "yen": row[line.column], "rates": _rates(line, city, fiscal_year)}
            for line in lines.bases
            if row[line.column]
        ],
        "credits": [
            {"ja": line.ja, "city": city_yen, "prefecture": prefecture_yen, "style": line.style}
            for line in lines.credits
            for city_yen, prefecture_yen in [(row[f"city_{line.column}"], row[f"prefecture_{line.column}"])]
            if city_yen or prefecture_yen
        ],
    }


def changes(row: Row) -> list[Row]:
    """What differs from the version told before; empty on a first notice."""
    if row["notice_kind"] == "first_notice":
        return []
    return [
        {"ja": line.ja, "before": row[f"earlier_{line.column}"], "after": row[line.column]}
        for line in _lines().changes
        if row[f"earlier_{line.column}"] != row[line.column]
    ]


def percent(rate: Fraction) -> str:
    """A rate as printed: `8/100` is `8`, `4025/100000` is `4.025`."""
    scaled = rate * 100
    return f"{(Decimal(scaled.numerator) / Decimal(scaled.denominator)).normalize():f}"


def _amount(line: Line, row: Row) -> Row:
    return {"ja": line.ja, "yen": line.sign * row[line.column], "style": line.style}


def _rates(line: Line, city: City, fiscal_year: int) -> str:
    """市民税4％・県民税1％ (地方税法1条1項6号 wants the rate on the notice); above a boundary, the other too."""
    if line.rate is None:
        return ""
    known = _parameters(city.code, fiscal_year)
    text = _pair(line.rate, known, city)
    if line.above is None:
        return text
    boundary = known.values[line.above.boundary]
    return f"{boundary:,}円まで{text}、超える部分{_pair(line.above.rate, known, city)}"


def _pair(names: tuple[str, str], known: ParameterSet, city: City) -> str:
    texts = []
    for tax, name in zip((city.tax_names.city, city.tax_names.prefecture), names, strict=True):
        rate = known.values[name]
        assert isinstance(rate, Fraction)
        texts.append(f"{tax}{percent(rate)}％")
    return "・".join(texts)


@cache
def _parameters(city_code: str, fiscal_year: int) -> ParameterSet:
    return load_parameters(fiscal_year, load_city(city_code))
