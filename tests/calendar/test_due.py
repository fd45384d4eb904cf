"""Due dates move to the next business day, except where the law says that they do not."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.calendar import FiscalYear, due_dates, is_business_day, next_business_day
from pipelines.city import load_city


@pytest.mark.parametrize(
    ("day", "moved"),
    [
        (date(2026, 6, 30), date(2026, 6, 30)),  # a Tuesday
        (date(2026, 10, 31), date(2026, 11, 2)),  # Saturday → Monday
        (date(2026, 2, 11), date(2026, 2, 12)),  # 建国記念の日
        (date(2026, 5, 6), date(2026, 5, 7)),  # 振替休日
        (date(2026, 9, 22), date(2026, 9, 24)),  # 国民の休日 between two holidays, then 秋分の日
        (date(2026, 12, 28), date(2026, 12, 28)),
        (date(2026, 12, 29), date(2027, 1, 4)),  # 29 December to 3 January
        (date(2027, 12, 31), date(2028, 1, 4)),
        (date(2026, 1, 2), date(2026, 1, 5)),  # 2, 3 January, then a Sunday
    ],
)
def test_a_due_date_on_a_closed_day_moves(day: date, moved: date) -> None:
    assert next_business_day(day) == moved


@given(st.dates(min_value=date(2020, 1, 1), max_value=date(2030, 12, 31)))
def test_a_due_date_never_moves_backwards_nor_further_than_a_long_holiday(day: date) -> None:
    moved = next_business_day(day)
    assert is_business_day(moved)
    assert 0 <= (moved - day).days <= 10


def test_ordinary_collection_of_sendai_is_due_four_times() -> None:
    assert due_dates(load_city("041009"), FiscalYear(2026), "ordinary") == [
        date(2026, 6, 30),
        date(2026, 8, 31),
        date(2026, 11, 2),  # 31 October 2026 is a Saturday
        date(2027, 2, 1),  # 31 January 2027 is a Sunday
    ]


def test_what_employers_withhold_from_june_to_may_is_due_on_the_tenth_of_the_next_month() -> None:
    days = due_dates(load_city("041009"), FiscalYear(2026), "employment")
    assert len(days) == 12
    assert (days[0], days[-1]) == (date(2026, 7, 10), date(2027, 6, 10))
    assert days[3] == date(2026, 10, 13)  # 10 October is a Saturday, 12 October スポーツの日


def test_the_day_for_withholding_notices_does_not_move_although_it_is_a_sunday() -> None:
    assert FiscalYear(2026).employment_notice_deadline == date(2026, 5, 31)
    assert not is_business_day(date(2026, 5, 31))
