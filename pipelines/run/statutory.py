"""法定期限: until when the law wants done what a run does, and what is told when it is not. Airflow asks through `dags.statutory`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from pipelines.city import City

ZONE = ZoneInfo("Asia/Tokyo")
MISSED = "statutory_date_missed"
NEAR = "statutory_date_near"
BACKFILL = "backfill"


@dataclass(frozen=True)
class Duty:
    """What the law wants by a day. `due_on(city, fiscal_year)`; `concerns(city, as_of, due_on)`: whether a run as of that day has to do it;
    `cut`: what must have left by then (None: the run alone tells).
    """

    title: str
    due_on: "Callable[[City, int], date]"
    concerns: "Callable[[City, date, date], bool]"
    cut: str | None


def _employers_told_on(_: "City", fiscal_year: int) -> date:
    """31 May; closed days do not move it (321条の4②, 令6条の18①三)."""
    from pipelines.calendar import FiscalYear

    return FiscalYear(fiscal_year).employment_notice_deadline


def _taxpayers_told_on(city: "City", fiscal_year: int) -> date:
    """Ten days before the first due date of ordinary collection (319条の2③)."""
    from pipelines.calendar import FiscalYear, due_dates
    from pipelines.notices.due import DAYS_BEFORE_DUE

    return due_dates(city, FiscalYear(fiscal_year), "ordinary")[0] - timedelta(days=DAYS_BEFORE_DUE)


def _reports_due_on(_: "City", fiscal_year: int) -> date:
    """31 January, or the next business day (317条の6①, 20条の5②)."""
    from pipelines.calendar import next_business_day

    return next_business_day(date(fiscal_year, 1, 31))


def _decides_ordinary(city: "City", as_of: date) -> bool:
    return f"{as_of:%m-%d}" >= city.cut_offs.ordinary


DUTIES = {
    "employers_told": Duty(
        "特別徴収税額の通知（5月31日まで、地方税法321条の4②）",
        _employers_told_on,
        lambda city, as_of, _: not _decides_ordinary(city, as_of),
        "employment",
    ),
    "taxpayers_told": Duty(
        "納税通知書の交付（最初の納期限の10日前まで、地方税法319条の2③）",
        _taxpayers_told_on,
        lambda city, as_of, _: _decides_ordinary(city, as_of),
        "ordinary",
    ),
    "reports_taken_in": Duty(
        "給与支払報告書の提出期限の日の受付（1月31日、地方税法317条の6①）",
        _reports_due_on,
        lambda _, as_of, due_on: as_of == due_on,
        None,
    ),
}


def due_at(city_code: str, duty_name: str, as_of: date, fiscal_year: int) -> datetime | None:
    """The end of the day (in Japan) by which the run of that day must have done its duty; None when the duty is not that run's."""
    from pipelines.city import load_city

    duty, city = DUTIES[duty_name], load_city(city_code)
    due_on = duty.due_on(city, fiscal_year)
    if not duty.concerns(city, as_of, due_on):
        return None
    return datetime.combine(due_on + timedelta(days=1), time(), tzinfo=ZONE)


def due_at_of_run(session: Any, dag_id: str, run_id: str, city_code: str, duty_name: str) -> datetime | None:
    """The same of a run that Airflow has just made, by its own database session. A backfill repeats the past: it has no deadline."""
    from airflow.models import DagRun
    from sqlalchemy import select

    query = select(DagRun.logical_date, DagRun.conf, DagRun.run_type)
    row = session.execute(query.where(DagRun.dag_id == dag_id, DagRun.run_id == run_id)).one_or_none()
    asked = row and row[2] != BACKFILL and run_day(row[0], row[1])
    return due_at(city_code, duty_name, *asked) if asked else None


def run_day(logical_date: datetime | None, conf: dict[str, Any] | None) -> tuple[date, int] | None:
    """As of which day, and of which fiscal year a run is, as `dags.municipality.run_values` has it; None when nobody said."""
    said = (conf or {}).get("as_of")
    if said is None and logical_date is None:
        return None
    as_of = date.fromisoformat(said) if said else logical_date.astimezone(ZONE).date() if logical_date else date.min
    return as_of, (conf or {}).get("fiscal_year") or as_of.year


def tell(city: str, duty: str, event: str, context: dict[str, Any]) -> None:
    """The run was not done in time: a line in the operations log, with what of it has left and what waits, as the ledger knows."""
    from pipelines.city import CityHome, load_city
    from pipelines.exchange.operations_log import note_operation

    run = context["dag_run"]
    logical_date = run["logical_date"] and datetime.fromisoformat(run["logical_date"])
    asked = run_day(logical_date, run["conf"])
    assert asked is not None, "a run without a day has no deadline"
    due_on = DUTIES[duty].due_on(load_city(city), asked[1])
    home = CityHome(city)
    details = {"duty": duty, "title": DUTIES[duty].title, "due_on": due_on.isoformat(), "dag_run_id": run["dag_run_id"]}
    figures = _left_and_waiting(home, DUTIES[duty].cut, asked[1])
    note_operation(home, event, **details, **figures)
    print(f"{DUTIES[duty].title}: {due_on} {figures}")


def _left_and_waiting(home: Any, cut: str | None, fiscal_year: int) -> dict[str, int]:
    """How many releases of the cut have left, and how many were prepared and wait; nothing where no ledger can tell."""
    from pipelines.errors import OperatorError
    from pipelines.ledger import open_snapshot
    from pipelines.run.cuts import contracts_of
    from pipelines.run.rows import rows
    from pipelines.vault import KeyRing

    if cut is None:
        return {}
    asked = {"contracts": list(contracts_of(home.city_code, cut)), "fiscal_year": fiscal_year}
    try:
        with open_snapshot(home, KeyRing.open()) as session:
            (found,) = rows(session, "left_and_waiting", asked)
    except OperatorError:
        return {}
    return found
