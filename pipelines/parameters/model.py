"""One parameter of the law as its file gives it: what it is, from which article, and its value per fiscal year."""

import re
from datetime import date
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

Unit = Literal["yen", "count", "age", "year", "month", "fraction", "rounding", "choice", "table"]
VARIANTS = ({"ordinary", "designated"}, {"grade_1", "grade_2", "grade_3"})
_FRACTION = re.compile(r"(\d+(?:\.\d+)?)/(\d+)")
_YEARS = re.compile(r"(\d{4})-(\d{4})")


def fraction(text: object) -> Fraction:
    """`"6/100"` or `"4.025/100"` as an exact fraction; ValueError otherwise."""
    match = _FRACTION.fullmatch(text) if isinstance(text, str) else None
    if match is None or int(match[2]) == 0:
        raise ValueError("分数（例 6/100）ではありません。")
    return Fraction(match[1]) / int(match[2])


Rate = Annotated[Fraction, BeforeValidator(fraction)]


class Strict(BaseModel):
    """A model that knows its keys and refuses others."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, arbitrary_types_allowed=True)


class Row(Strict):
    """A row of a table: its upper bound (none in the last) and a value, a linear formula, or rows by the next argument.

    The formula: the argument, cut to `unit_yen`, times `rate`, rounded as the table says, plus `offset_yen`.
    """

    up_to: int | None = None
    below: int | None = None
    value: int | None = None
    rate: Rate | None = None
    unit_yen: int | None = None
    offset_yen: int | None = None
    rows: "tuple[Row, ...] | None" = Field(default=None, strict=False)

    @model_validator(mode="after")
    def _says_one_thing(self) -> "Row":
        if self.up_to is not None and self.below is not None:
            raise ValueError("up_to と below は片方だけです。")
        if sum(given is not None for given in (self.value, self.rate, self.rows)) != 1:
            raise ValueError("value・rate・rows のどれか一つが要ります。")
        if self.rate is None and (self.unit_yen is not None or self.offset_yen is not None):
            raise ValueError("unit_yen・offset_yen は rate のある行だけに書けます。")
        return self

    @property
    def bound(self) -> int | None:
        """The first argument at which the row no longer holds, or None."""
        return self.below if self.below is not None else (None if self.up_to is None else self.up_to + 1)


def check_rows(rows: "tuple[Row, ...]") -> None:
    """ValueError unless the bounds rise and only the last row has none."""
    bounds = [row.bound for row in rows]
    inner = [bound for bound in bounds[:-1] if bound is not None]
    if not bounds or bounds[-1] is not None or len(inner) != len(bounds) - 1:
        raise ValueError("最後の行だけが上限なしでなければなりません。")
    if inner != sorted(set(inner)):
        raise ValueError("上限が小さい順に並んでいません。")
    for row in rows:
        if row.rows is not None:
            check_rows(row.rows)


Scalar = int | str
Plain = Scalar | dict[str, Scalar]


class Known(Strict):
    """A value as it was known since a day."""

    known_on: date = Field(strict=False)
    value: Plain | None = None
    rows: tuple[Row, ...] | None = Field(default=None, strict=False)

    @model_validator(mode="after")
    def _one_form(self) -> "Known":
        if (self.value is None) == (self.rows is None):
            raise ValueError("value か rows のどちらか一つが要ります。")
        if isinstance(self.value, dict) and set(self.value) not in VARIANTS:
            raise ValueError("区分は ordinary・designated か grade_1〜grade_3 です。")
        if self.rows is not None:
            check_rows(self.rows)
        return self


class Corrected(Known):
    """What a wrong value was put right to, and why; the wrong one stays in the file, for what was decided by it."""

    reason: str


class Value(Known):
    """The value for one fiscal year; `known_on`: the day since when it was known; `expected`: it is not law yet.

    `corrected`: what it was put right to afterwards, the earliest first.
    """

    expected: bool = False
    corrected: tuple[Corrected, ...] = Field(default=(), strict=False)

    @model_validator(mode="after")
    def _put_right_later(self) -> "Value":
        days = [self.known_on, *(one.known_on for one in self.corrected)]
        if days != sorted(set(days)):
            raise ValueError("corrected の known_on は、前の値より後の日を古い順に書きます。")
        return self

    def known(self, as_of: date) -> Known:
        """What was known of it on that day: the value, or what it had been put right to by then."""
        found: Known = self
        for one in self.corrected:
            found = one if one.known_on <= as_of else found
        return found


class Parameter(Strict):
    """A parameter file: `name` is the file's name, `subject` its folder."""

    description: str
    unit: Unit
    article: str
    argument: tuple[str, ...] = Field(default=(), strict=False)
    rounding: Literal["up", "down"] = "down"
    values: dict[int, Value]

    @field_validator("values", mode="before")
    @classmethod
    def _each_year(cls, values: object) -> object:
        return _by_year(values) if isinstance(values, dict) else values

    @model_validator(mode="after")
    def _fits_its_unit(self) -> "Parameter":
        for value in (one for year in self.values.values() for one in (year, *year.corrected)):
            if (self.unit == "table") != (value.rows is not None):
                raise ValueError("rows は unit: table のときだけに書きます。")
            plain = value.value
            for one in plain.values() if isinstance(plain, dict) else [] if plain is None else [plain]:
                in_unit(self.unit, one)
        if self.unit == "table" and len(self.argument) not in (1, 2):
            raise ValueError("表の argument は1つか2つです。")
        return self


def _by_year(values: dict[object, object]) -> dict[object, object]:
    """`2022-2025: value` as one entry a fiscal year; ValueError when a year is given twice or a range runs backwards."""
    found: dict[object, object] = {}
    for key, value in values.items():
        match = _YEARS.fullmatch(key) if isinstance(key, str) else None
        years: list[object] = [key] if match is None else list(range(int(match[1]), int(match[2]) + 1))
        if not years or any(year in found for year in years):
            raise ValueError("年度の範囲が逆か、同じ年度が二度あります。")
        found |= dict.fromkeys(years, value)
    return found


def in_unit(unit: Unit, value: Scalar) -> int | Fraction:
    """The value as a number: yen, count, age, year, month ≥ 0; a fraction; up = 1, yes = 1. Else ValueError."""
    if unit == "fraction":
        return fraction(value)
    words = {"rounding": {"down": 0, "up": 1}, "choice": {"no": 0, "yes": 1}}.get(unit)
    if words is not None:
        if value not in words:
            raise ValueError(f"{'・'.join(words)} のどれかです。")
        return words[str(value)]
    if not isinstance(value, int) or value < 0:
        raise ValueError("0 以上の整数ではありません。")
    return value
