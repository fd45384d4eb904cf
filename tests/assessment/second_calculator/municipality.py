"""The municipality: rates, per-capita and exemption amounts of the shipped cities, or of one in the case."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from second_calculator.reading import integer, known_keys, truth, yen

# 地方税法施行規則9条の21: 級地ごとの率
GRADE_RATE = {1: Fraction(1), 2: Fraction(9, 10), 3: Fraction(8, 10)}


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


def _by_grade(grade: int) -> tuple[int, int]:
    """基本額 and 加算額 at the rate of the grade, as 令47条の3 gives them for reference."""
    return int(350_000 * GRADE_RATE[grade]), int(210_000 * GRADE_RATE[grade])


def _shipped(designated: bool, grade: int, rates: tuple[str, str], per_capita: tuple[int, int]) -> Municipality:
    base, addition = _by_grade(grade)
    return Municipality(
        designated, grade, Fraction(rates[0]), Fraction(rates[1]), per_capita[0], per_capita[1], base, addition
    )


SHIPPED = {
    # 仙台市 (指定都市); 県 1,000 + みやぎ環境税 1,200
    "041009": _shipped(True, 1, ("8/100", "2/100"), (3000, 2200)),
    # 加須市; 3級地 is our reading, see README
    "112101": _shipped(False, 3, ("6/100", "4/100"), (3000, 1000)),
    # 港区 (特別区)
    "131032": _shipped(False, 1, ("6/100", "4/100"), (3000, 1000)),
    # 伊勢原市; 神奈川県 水源環境保全: 所得割 + 0.025 %, 均等割 + 300
    "142140": _shipped(False, 2, ("6/100", "4025/100000"), (3000, 1300)),
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
)


def _rate(value: Any, where: str) -> Fraction:
    if not isinstance(value, str):
        raise ValueError(f"{where}: write the rate as a fraction such as 6/100, not {value!r}")
    rate = Fraction(value)
    if not 0 < rate < 1:
        raise ValueError(f"{where}: {value} is no rate")
    return rate


def municipality(value: Any) -> Municipality:
    """The municipality of a case: a six-digit code of a shipped city, or a mapping."""
    if isinstance(value, str):
        if value not in SHIPPED:
            raise ValueError(f"municipality: no shipped city has the code {value!r}")
        return SHIPPED[value]
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
    return Municipality(
        designated_city=truth(given.get("designated_city", False), "municipality.designated_city"),
        exemption_grade=grade,
        city_rate=_rate(given.get("city_rate"), "municipality.city_rate"),
        prefecture_rate=_rate(given.get("prefecture_rate"), "municipality.prefecture_rate"),
        city_per_capita_yen=yen(given.get("city_per_capita_yen"), "municipality.city_per_capita_yen"),
        prefecture_per_capita_yen=yen(given.get("prefecture_per_capita_yen"), "municipality.prefecture_per_capita_yen"),
        exemption_base_yen=base,
        exemption_addition_yen=addition,
        ordinary_split_unit_yen=unit,
    )
