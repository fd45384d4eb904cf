"""Eras are converted strictly, and a code means nothing without its coding."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.calendar import ERAS, NATIONAL_TAX_ERA_CODES, WAGE_REPORT_ERA_CODES, FiscalYear, era_date, wareki


@pytest.mark.parametrize(
    ("era", "year", "month", "day", "expected"),
    [
        ("昭和", 55, 3, 1, date(1980, 3, 1)),
        ("昭和", 64, 1, 7, date(1989, 1, 7)),
        ("平成", 1, 1, 8, date(1989, 1, 8)),
        ("平成", 31, 4, 30, date(2019, 4, 30)),
        ("令和", 1, 5, 1, date(2019, 5, 1)),
        ("大正", 15, 12, 24, date(1926, 12, 24)),
        ("明治", 45, 7, 29, date(1912, 7, 29)),
    ],
)
def test_a_day_of_an_era(era: str, year: int, month: int, day: int, expected: date) -> None:
    assert era_date(era, year, month, day) == expected


@pytest.mark.parametrize(
    ("era", "year", "month", "day", "why"),
    [
        ("昭和", 65, 1, 1, "昭和に無い日付"),
        ("昭和", 64, 1, 8, "昭和に無い日付"),
        ("平成", 31, 5, 1, "平成に無い日付"),
        ("平成", 0, 12, 31, "平成に無い日付"),
        ("令和", 1, 4, 30, "令和に無い日付"),
        ("昭和", 55, 2, 30, "暦に無い日付"),
        ("明治", 5, 12, 3, "明治に無い日付"),
        ("慶応", 3, 1, 1, "元号が明治・大正・昭和・平成・令和のどれでもない"),
    ],
)
def test_a_day_that_the_era_does_not_have_is_refused(era: str, year: int, month: int, day: int, why: str) -> None:
    with pytest.raises(ValueError, match=f"^{why}$"):
        era_date(era, year, month, day)


def test_the_eras_follow_each_other_without_a_gap() -> None:
    for former, latter in pairwise(ERAS):
        assert (latter.first_on - former.last_on).days == 1


def test_code_1_is_showa_in_a_wage_report_but_meiji_in_a_tax_return() -> None:
    assert WAGE_REPORT_ERA_CODES["1"] == "昭和"
    assert NATIONAL_TAX_ERA_CODES["1"] == "明治"
    assert set(WAGE_REPORT_ERA_CODES.values()) == set(NATIONAL_TAX_ERA_CODES.values()) == {era.name for era in ERAS}


def test_a_notice_prints_the_first_year_as_gannen() -> None:
    assert wareki(date(2026, 6, 1)) == "令和8年6月1日"
    assert wareki(date(2019, 5, 1)) == "令和元年5月1日"


@given(st.dates(min_value=date(1873, 1, 1), max_value=date(2100, 12, 31)))
def test_a_printed_day_reads_back_as_the_same_day(day: date) -> None:
    printed = wareki(day)
    year, rest = printed[2:].split("年")
    month, rest = rest.split("月")
    assert era_date(printed[:2], 1 if year == "元" else int(year), int(month), int(rest.removesuffix("日"))) == day


def test_fiscal_year_2026_taxes_the_income_of_2025_of_those_living_here_on_new_years_day() -> None:
    reiwa_8 = FiscalYear(2026)
    assert (reiwa_8.label, reiwa_8.income_year, reiwa_8.assessment_day) == ("令和8年度", 2025, date(2026, 1, 1))


def test_the_fiscal_year_of_the_change_of_era_began_in_heisei() -> None:
    assert FiscalYear(2019).label == "平成31年度"
