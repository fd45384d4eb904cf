"""Statutory dates: until when each run must be done, and what is written when it is not."""

from datetime import UTC, date, datetime

import pytest

from pipelines.calendar import FiscalYear, due_dates
from pipelines.city import load_city
from pipelines.exchange.operations_log import operations
from pipelines.ledger import StageContext
from pipelines.run import statutory
from pipelines.run.status import missed_dates
from tests.exchange.releases import Office

CITY = "041009"


@pytest.mark.parametrize(
    ("duty", "as_of", "midnight"),
    [
        # 法321条の4②: by 31 May, though it is a Sunday in 2026.
        ("employers_told", date(2026, 5, 8), "2026-06-01"),
        ("employers_told", date(2026, 5, 28), None),
        # 法319条の2③: due on 30 June, so delivered by 20 June.
        ("taxpayers_told", date(2026, 5, 28), "2026-06-21"),
        ("taxpayers_told", date(2026, 5, 8), None),
        # 法317条の6①, 20条の5②: 31 January 2026 is a Saturday.
        ("reports_taken_in", date(2026, 2, 2), "2026-02-03"),
        ("reports_taken_in", date(2026, 1, 31), None),
    ],
)
def test_a_run_has_until_the_end_of_the_day_that_the_law_sets(duty: str, as_of: date, midnight: str | None) -> None:
    due_at = statutory.due_at(CITY, duty, as_of, as_of.year)
    assert (due_at and due_at.isoformat()) == (midnight and f"{midnight}T00:00:00+09:00")


def test_a_city_whose_first_instalment_is_due_on_another_day_has_another_date() -> None:
    first = due_dates(load_city("131032"), FiscalYear(2027), "ordinary")[0]
    due_at = statutory.due_at("131032", "taxpayers_told", date(2027, 5, 28), 2027)
    assert due_at is not None
    assert (first - due_at.date()).days == 9


def test_a_runs_day_is_that_of_its_form_else_of_its_logical_date_in_japan() -> None:
    evening = datetime(2026, 5, 7, 20, tzinfo=UTC)
    assert statutory.run_day(evening, {}) == (date(2026, 5, 8), 2026)
    assert statutory.run_day(evening, {"as_of": "2026-05-28", "fiscal_year": 2025}) == (date(2026, 5, 28), 2025)
    assert statutory.run_day(None, None) is None


def test_what_is_missed_is_written_with_what_has_left_and_what_waits(
    ctx: StageContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = Office(ctx)
    monkeypatch.setenv("JUMINZEI_DATA", str(office.home.root.parent))
    monkeypatch.setenv("JUMINZEI_KEYS", str(office.keyring.folder))
    office.prepare()
    run = {"logical_date": None, "conf": {"as_of": "2026-05-28", "fiscal_year": 2026}, "dag_run_id": "by hand"}
    statutory.tell(CITY, "taxpayers_told", statutory.MISSED, {"dag_run": run})
    office.decide(office.prepare(), "sato", "suzuki")
    office.emit()
    statutory.tell(CITY, "taxpayers_told", statutory.MISSED, {"dag_run": run})
    told = [
        (line["due_on"], line["left_count"], line["waiting_count"])
        for line in operations(office.home, statutory.MISSED)
    ]
    assert told == [("2026-06-20", 0, 1), ("2026-06-20", 1, 0)]
    assert [row["未発送"] for row in missed_dates(CITY)] == [1, 0]


def test_a_missed_day_is_told_where_there_is_no_ledger_yet(ctx: StageContext, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUMINZEI_DATA", str(ctx.home.root.parent / "nothing yet"))
    monkeypatch.setenv("JUMINZEI_KEYS", str(ctx.keyring.folder))
    run = {"logical_date": "2026-05-07T20:00:00Z", "conf": None, "dag_run_id": "scheduled"}
    statutory.tell(CITY, "employers_told", statutory.MISSED, {"dag_run": run})
    [row] = missed_dates(CITY)
    assert (row["期限"], row["未発送"]) == ("2026-05-31", "—")
