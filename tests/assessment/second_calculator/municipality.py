"""The municipality: rates, per-capita and exemption amounts of the shipped cities, or of one in the case."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from second_calculator.reading import integer, known_keys, truth, yen

# 地方税法施行規則9条の21: 級地ごとの率
GRADE_RATE = {1: Fraction(1), 2: Fraction(9, 10), 3: Fraction(8, 10)}
STANDARD_DUE_MONTHS = (6, 8, 10, 1)  # 法320条
# 平成23年法律118号: 500 yen each on top until 令和5年度
HIGHER_PER_CAPITA_UNTIL = 2023


@dataclass(frozen=True)
class Municipality:
    """What an ordinance decides; rates are fractions of the taxable income, amounts are yen a year."""

    designated_city: bool
    exemption_grade: int
    city_rate: Fraction
    prefecture_rate: Fraction
    city_per_capita_yen: int
    prefecture_per_capita_yen: int
    exemption_base_yen: int
    exemption_addition_yen: int
    ordinary_split_unit_yen: int = 1000
    # 法321条の3②: the ordinance lets other incomes join the withholding from wages
    non_employment_by_employment: bool = True
    ordinary_due_months: tuple[int, ...] = STANDARD_DUE_MONTHS
    # a decrease on all bills still to come, not on the last of them first; no law, the city's habit
    ordinary_decrease_evenly: bool = False


def _by_grade(grade: int) -> tuple[int, int]:
    """基本額 and 加算額 at the rate of the grade, as 令47条の3 gives them for reference."""
    return int(350_000 * GRADE_RATE[grade]), int(210_000 * GRADE_RATE[grade])


def standard_per_capita(fiscal_year: int) -> tuple[int, int]:
    """標準税率 of 均等割: 3,000 and 1,000 (法310条, 38条), 500 more each until 令和5年度."""
    more = 500 if fiscal_year <= HIGHER_PER_CAPITA_UNTIL else 0
    return 3_000 + more, 1_000 + more


@dataclass(frozen=True)
class _Shipped:
    """A shipped city: what the prefecture adds, (per-capita yen, rate, last fiscal year of it)."""

    designated: bool
    grade: int
    added_yen: int = 0
    added_rate: Fraction = Fraction(0)
    added_until: int = 9999


SHIPPED = {
    # 仙台市 (指定都市); みやぎ環境税 1,200
    "041009": _Shipped(True, 1, 1_200),
    # 加須市; 3級地 is our reading, see README
    "112101": _Shipped(False, 3),
    # 港区 (特別区)
    "131032": _Shipped(False, 1),
    # 伊勢原市; 神奈川県 水源環境保全: 所得割 + 0.025 %, 均等割 + 300, until 令和8年度
    "142140": _Shipped(False, 2, 300, Fraction(25, 100_000), 2026),
}

INLINE_KEYS = (
    "designated_city",
    "exemption_grade",
    "city_rate",
    "prefecture_rate",
    "city_per_capita_yen",
    "prefecture_per_capita_yen",
    "ordinary_split_unit_yen",
    "exemption_base_yen",
    "exemption_addition_yen",
    "non_employment_by_employment",
    "ordinary_due_months",
    "ordinary_decrease_evenly",
)


def _rate(value: Any, where: str) -> Fraction:
    if not isinstance(value, str):
        raise ValueError(f"{where}: write the rate as a fraction such as 6/100, not {value!r}")
    rate = Fraction(value)
    if not 0 < rate < 1:
        raise ValueError(f"{where}: {value} is no rate")
    return rate


def _due_months(value: Any) -> tuple[int, ...]:
    where = "municipality.ordinary_due_months"
    if not isinstance(value, list) or not value:
        raise ValueError(f"{where}: a list of months is expected, not {value!r}")
    months = tuple(integer(month, where) for month in value)
    if len(set(months)) != len(months) or not all(1 <= month <= 12 for month in months):
        raise ValueError(f"{where}: {value!r} are no months of a year")
    return months


def _shipped(code: str, fiscal_year: int) -> Municipality:
    if code not in SHIPPED:
        raise ValueError(f"municipality: no shipped city has the code {code!r}")
    one = SHIPPED[code]
    adds = fiscal_year <= one.added_until
    city_share, prefecture_share = (8, 2) if one.designated else (6, 4)
    city_yen, prefecture_yen = standard_per_capita(fiscal_year)
    return Municipality(
        one.designated,
        one.grade,
        Fraction(city_share, 100),
        Fraction(prefecture_share, 100) + (one.added_rate if adds else 0),
        city_yen,
        prefecture_yen + (one.added_yen if adds else 0),
        *_by_grade(one.grade),
    )


def municipality(value: Any, fiscal_year: int) -> Municipality:
    """The municipality of a case: a six-digit code of a shipped city, or a mapping."""
    if isinstance(value, str):
        return _shipped(value, fiscal_year)
    given = known_keys(value, INLINE_KEYS, "municipality")
    grade = integer(given.get("exemption_grade"), "municipality.exemption_grade")
    if grade not in GRADE_RATE:
        raise ValueError(f"municipality.exemption_grade: {grade} is not 1, 2 or 3")
    base, addition = _by_grade(grade)
    base = yen(given.get("exemption_base_yen", base), "municipality.exemption_base_yen")
    addition = yen(given.get("exemption_addition_yen", addition), "municipality.exemption_addition_yen")
    if base > 350_000 or addition > 210_000:  # 令47条の3二・三
        raise ValueError("municipality: exemption amounts above 350,000 and 210,000 are not open to an ordinance")
    unit = yen(given.get("ordinary_split_unit_yen", 1000), "municipality.ordinary_split_unit_yen")
    if unit == 0:
        raise ValueError("municipality.ordinary_split_unit_yen: zero")
    designated = truth(given.get("designated_city", False), "municipality.designated_city")
    city_yen, prefecture_yen = standard_per_capita(fiscal_year)
    joins = given.get("non_employment_by_employment", True)
    return Municipality(
        designated_city=designated,
        exemption_grade=grade,
        city_rate=_rate(given.get("city_rate", "8/100" if designated else "6/100"), "municipality.city_rate"),
        prefecture_rate=_rate(
            given.get("prefecture_rate", "2/100" if designated else "4/100"), "municipality.prefecture_rate"
        ),
        city_per_capita_yen=yen(given.get("city_per_capita_yen", city_yen), "municipality.city_per_capita_yen"),
        prefecture_per_capita_yen=yen(
            given.get("prefecture_per_capita_yen", prefecture_yen), "municipality.prefecture_per_capita_yen"
        ),
        exemption_base_yen=base,
        exemption_addition_yen=addition,
        ordinary_split_unit_yen=unit,
        non_employment_by_employment=truth(joins, "municipality.non_employment_by_employment"),
        ordinary_due_months=_due_months(given.get("ordinary_due_months", list(STANDARD_DUE_MONTHS))),
        ordinary_decrease_evenly=truth(
            given.get("ordinary_decrease_evenly", False), "municipality.ordinary_decrease_evenly"
        ),
    )
