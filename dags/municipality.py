"""What the DAGs of every municipality share: names, form, pool, retries, and what a run may know. Holds no DAG."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from airflow.sdk import (
    CronTriggerTimetable,
    ExceptionRetryPolicy,
    MultipleCronTriggerTimetable,
    Param,
    RetryAction,
    RetryRule,
    get_current_context,
)

from pipelines.errors import DataError, TransientError
from pipelines.paths import city_names

CITIES = city_names()
ZONE = "Asia/Tokyo"
RETRIES = 3
# Unpaused for the first time, a DAG waits for its next time. `False` says so too, but Airflow 3.3 then still makes up for the last time
# for a tenth of the period: a daily run unpaused in the morning would run twice that day.
NEVER_LATE = timedelta()

FORM = {
    "fiscal_year": Param(
        None,
        type=["null", "integer"],
        minimum=2022,
        maximum=2100,
        title="課税年度（西暦）",
        description="空欄なら、基準日の年。例: 令和8年度は 2026",
    ),
    "as_of": Param(
        None,
        type=["null", "string"],
        format="date",
        title="基準日",
        description="この日までに受け付けた資料だけを使う。空欄なら、実行予定日",
    ),
}


def daily(at: str) -> CronTriggerTimetable:
    """A cron trigger in Japanese time; it fires when the time has come (interval timetables fire a period late)."""
    return CronTriggerTimetable(at, timezone=ZONE, run_immediately=NEVER_LATE)


def yearly(month_day: str) -> str:
    """The cron expression of the evening of `MM-DD`, when what was received on that day lies in the inbox."""
    month, day = month_day.split("-")
    return f"0 20 {int(day)} {int(month)} *"


def several(*at: str) -> MultipleCronTriggerTimetable:
    """Several cron triggers in Japanese time."""
    return MultipleCronTriggerTimetable(*at, timezone=ZONE, run_immediately=NEVER_LATE)


def settings(city: str) -> dict[str, Any]:
    """The DAG arguments common to every municipality's DAGs: wrong data fail at once, surroundings are retried."""
    return {
        "catchup": False,
        "max_active_runs": 1,
        "params": FORM,
        "rerun_with_latest_version": True,
        "default_args": {
            "pool": f"ledger_{city}",
            "retries": RETRIES,
            "retry_delay": timedelta(minutes=1),
            "retry_policy": ExceptionRetryPolicy(
                [
                    RetryRule(exception=DataError, action=RetryAction.FAIL, reason="データの誤りは再実行で直らない"),
                    RetryRule(
                        exception=TransientError, action=RetryAction.RETRY, reason="環境の障害は再実行で直りうる"
                    ),
                ]
            ),
        },
    }


def run_values(city: str, choose_year: Callable[[str], int] | None = None) -> dict[str, Any]:
    """What this task's run may know and who it is: city, fiscal_year, as_of, identity.

    `as_of` is the form's value, else the day of the logical date; a run with neither fails. The fiscal year is the form's, else what
    `choose_year(as_of)` says, by default the day's calendar year.
    """
    context = get_current_context()
    dag_run = context["dag_run"]
    instance = context["ti"]
    as_of = context["params"]["as_of"] or _day(dag_run.logical_date)
    return {
        "city": city,
        "fiscal_year": context["params"]["fiscal_year"] or (choose_year or _calendar_year)(as_of),
        "as_of": as_of,
        "identity": {
            "dag_id": instance.dag_id,
            "dag_run_id": instance.run_id,
            "task_id": instance.task_id,
            "try_number": instance.try_number,
            "run_type": str(dag_run.run_type.value),
        },
    }


def _calendar_year(as_of: str) -> int:
    return date.fromisoformat(as_of).year


def _day(logical_date: Any) -> str:
    if logical_date is None:
        raise DataError(
            "基準日がありません",
            item="as_of",
            expected="YYYY-MM-DD の日付",
            action="実行画面で基準日を入れて、もう一度実行してください",
        )
    return str(logical_date.astimezone(ZoneInfo(ZONE)).date().isoformat())
