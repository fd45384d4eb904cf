"""Japanese eras: their days, the two codings that files use, and strict conversion both ways."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Era:
    """An era; `first_on` to `last_on` are its days, `year_before` is added to its year to give the calendar year."""

    name: str
    first_on: date
    last_on: date

    @property
    def year_before(self) -> int:
        """Calendar year of year 0 of the era: 2018 for 令和."""
        return _YEAR_BEFORE[self.name]


_YEAR_BEFORE = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}

# 明治 begins here with 明治6年 (1873), when the present calendar came into force; earlier days cannot be converted by
# year, month and day. The day on which an era changed belongs to the new one.
ERAS = (
    Era("明治", date(1873, 1, 1), date(1912, 7, 29)),
    Era("大正", date(1912, 7, 30), date(1926, 12, 24)),
    Era("昭和", date(1926, 12, 25), date(1989, 1, 7)),
    Era("平成", date(1989, 1, 8), date(2019, 4, 30)),
    Era("令和", date(2019, 5, 1), date.max),
)
_BY_NAME = {era.name: era for era in ERAS}

# Two codings live side by side; a code without its coding means nothing.
WAGE_REPORT_ERA_CODES = {"1": "昭和", "2": "大正", "3": "明治", "4": "平成", "5": "令和"}
NATIONAL_TAX_ERA_CODES = {"1": "明治", "2": "大正", "3": "昭和", "4": "平成", "5": "令和"}


def era_date(era: str, year: int, month: int, day: int) -> date:
    """The date of `day`.`month`.`year` of the era named `era`.

    Strict: raises ValueError (without the date in it, for it may be a birthday) when the era has no such day, e.g.
    昭和65年.
    """
    known = _BY_NAME.get(era)
    if known is None:
        raise ValueError("元号が明治・大正・昭和・平成・令和のどれでもない")
    try:
        converted = date(known.year_before + year, month, day)
    except ValueError:
        raise ValueError("暦に無い日付") from None
    if year < 1 or not known.first_on <= converted <= known.last_on:
        raise ValueError(f"{era}に無い日付")
    return converted


def wareki(day: date) -> str:
    """`day` as printed on a notice: 令和8年6月1日. Raises ValueError before 明治6年."""
    return f"{wareki_year(day)}{day.month}月{day.day}日"


def wareki_year(day: date) -> str:
    """The year of `day` as printed: 令和8年, 令和元年."""
    era = next((era for era in ERAS if era.first_on <= day <= era.last_on), None)
    if era is None:
        raise ValueError("明治6年より前の日付")
    year = day.year - era.year_before
    return f"{era.name}{'元' if year == 1 else year}年"
