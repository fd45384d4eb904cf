"""The DAGs: every city has them all, with the form, the pool, and the order in which the business goes."""

import os
import subprocess
import sys
from typing import Any

import pytest

from pipelines.paths import ROOT, city_codes

CITY = "041009"
SCHEDULED = (
    "intake",
    "initial_assessment",
    "monthly_correction",
    "department_transfers",
    "mailings",
    "publish_analysis",
)
NAMES = (*SCHEDULED, "backfill")


@pytest.fixture(scope="module")
def bag(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The DAGs, parsed as Airflow parses them, with a home of their own."""
    os.environ.setdefault("AIRFLOW_HOME", str(tmp_path_factory.mktemp("airflow")))
    os.environ["AIRFLOW__CORE__LOAD_EXAMPLES"] = "False"
    os.environ["AIRFLOW__LOGGING__LOGGING_LEVEL"] = "ERROR"
    from airflow.dag_processing.dagbag import DagBag

    return DagBag(dag_folder=str(ROOT / "dags"))


def test_every_dag_file_is_read_without_an_error(bag: Any) -> None:
    assert bag.import_errors == {}


def test_every_municipality_with_a_profile_has_every_dag(bag: Any) -> None:
    assert sorted(bag.dags) == sorted(f"{name}__{code}" for name in NAMES for code in city_codes())


def structure(dag: Any) -> dict[str, list[str]]:
    return {task.task_id: sorted(task.downstream_task_ids) for task in dag.tasks}


def test_the_initial_assessment_asks_two_people_before_anything_leaves(bag: Any) -> None:
    assert structure(bag.dags[f"initial_assessment__{CITY}"]) == {
        "take_in": ["decide"],
        "decide": ["compare"],
        "compare": ["release.prepare"],
        "release.prepare": [
            "release.anything_waiting",
            "release.emit",
            "release.record_first",
            "release.record_second",
        ],
        "release.anything_waiting": ["release.first_approval"],
        "release.first_approval": ["release.record_first"],
        "release.record_first": ["release.second_approval"],
        "release.second_approval": ["release.record_second"],
        "release.record_second": ["release.emit"],
        "release.emit": [],
    }


def test_the_monthly_correction_asks_two_people_of_the_differences_before_it_prepares_anything(bag: Any) -> None:
    tasks = structure(bag.dags[f"monthly_correction__{CITY}"])
    gate = {name: followers for name, followers in tasks.items() if name.startswith("differences.")}
    assert gate == {
        "differences.prepare": [
            f"differences.{name}" for name in ("anything_waiting", "record_first", "record_second")
        ],
        "differences.anything_waiting": ["differences.first_approval"],
        "differences.first_approval": ["differences.record_first"],
        "differences.record_first": ["differences.second_approval"],
        "differences.second_approval": ["differences.record_second"],
        "differences.record_second": ["release.prepare"],
    }
    assert tasks["decide_again"] == ["differences.prepare"]


def test_where_nobody_need_be_asked_the_work_goes_on(bag: Any) -> None:
    """Questions that are skipped skip neither the preparation after them nor the promotion."""
    for dag_id, task_id in (("monthly_correction", "release.prepare"), ("backfill", "promote")):
        assert bag.dags[f"{dag_id}__{CITY}"].get_task(task_id).trigger_rule == "none_failed"
    skipping = bag.dags[f"monthly_correction__{CITY}"].get_task("differences.anything_waiting")
    assert skipping.ignore_downstream_trigger_rules is False


def test_what_departments_are_told_waits_for_the_approved_differences_without_holding_the_ledger(bag: Any) -> None:
    dag = bag.dags[f"department_transfers__{CITY}"]
    assert structure(dag)["wait_for_differences"] == ["release.prepare"]
    waiting = dag.get_task("wait_for_differences")
    assert (waiting.mode, waiting.pool) == ("reschedule", "default_pool")


def test_a_backfill_is_started_by_a_person_who_names_its_plan(bag: Any) -> None:
    dag = bag.dags[f"backfill__{CITY}"]
    assert structure(dag) == {
        "prepare": ["anything_waiting", "record_first", "record_second"],
        "anything_waiting": ["first_approval"],
        "first_approval": ["record_first"],
        "record_first": ["second_approval"],
        "second_approval": ["record_second"],
        "record_second": ["promote"],
        "promote": [],
    }
    assert dag.timetable.can_be_scheduled is False


def test_a_rerun_uses_the_code_and_the_parameters_of_today(bag: Any) -> None:
    """Both are chosen on purpose, and the run register keeps which ones (tests/run/test_reproduce.py reads them back)."""
    assert all(dag.rerun_with_latest_version is True for dag in bag.dags.values())


def test_no_gate_has_an_answer_of_its_own(bag: Any) -> None:
    gates = [task for dag in bag.dags.values() for task in dag.tasks if task.task_id.endswith("_approval")]
    assert len(gates) == 6 * 2 * len(city_codes())
    for gate in gates:
        assert gate.defaults is None
        assert gate.response_timeout is None
        assert gate.pool == "default_pool"


def test_one_run_at_a_time_writes_a_citys_ledger_and_wrong_data_are_not_retried(bag: Any) -> None:
    for dag_id, dag in bag.dags.items():
        code = dag_id.rpartition("__")[2]
        assert dag.max_active_runs == 1
        assert dag.catchup is False
        assert {task.pool for task in dag.tasks} <= {f"ledger_{code}", "default_pool"}
        assert all(task.retry_policy is not None for task in dag.tasks if task.pool != "default_pool")


def test_each_dag_tells_its_purpose_inputs_outputs_and_rerun_rule_in_japanese(bag: Any) -> None:
    for dag in bag.dags.values():
        for heading in ("目的", "入力", "出力", "再実行", "法定期限"):
            assert heading in dag.doc_md, (dag.dag_id, heading)
        assert set(dag.params) - {"backfill_no", "mailing"} == {"fiscal_year", "as_of"}


def test_reading_a_dag_file_loads_nothing_heavy() -> None:
    heavy = ("duckdb", "pandas", "great_expectations", "typst", "lxml", "pyarrow")
    code = (
        "import sys; import airflow.sdk, airflow.providers.standard.operators.hitl; before = set(sys.modules)\n"
        + "\n".join(f"import dags.{name}" for name in NAMES)
        + f"\nprint([name for name in {heavy!r} if name in set(sys.modules) - before])"
    )
    environment = os.environ | {"AIRFLOW__LOGGING__LOGGING_LEVEL": "ERROR"}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, env=environment, check=True
    )
    assert done.stdout.strip().splitlines()[-1] == "[]"


def test_a_scheduled_run_knows_what_its_day_in_japan_knew() -> None:
    from datetime import UTC, datetime

    from dags.municipality import _day

    assert _day(datetime(2026, 2, 1, 21, tzinfo=UTC)) == "2026-02-02"


def test_a_run_without_a_day_is_refused_with_what_to_do() -> None:
    from dags.municipality import _day
    from pipelines.errors import DataError

    with pytest.raises(DataError, match="基準日がありません"):
        _day(None)


def crons_of(dag: Any) -> set[str]:
    """The cron expressions of a DAG, as the scheduler will read them."""
    from airflow.serialization.encoders import coerce_to_core_timetable

    return set(coerce_to_core_timetable(dag.timetable).summary.split(", "))


def cron(hour: int, month_day: str) -> str:
    month, day = month_day.split("-")
    return f"0 {hour} {int(day)} {int(month)} *"


def test_the_initial_assessment_runs_on_the_evenings_of_the_profiles_cut_offs(bag: Any) -> None:
    from pipelines.city import load_city

    for code in city_codes():
        profile = load_city(code)
        crons = crons_of(bag.dags[f"initial_assessment__{code}"])
        expected = {cron(20, profile.cut_offs.employment), cron(20, profile.cut_offs.ordinary)}
        assert crons == expected
        corrections = [run.cut_off for run in profile.monthly_corrections]
        assert len(corrections) == 11
        assert crons_of(bag.dags[f"monthly_correction__{code}"]) == {cron(20, month_day) for month_day in corrections}
        # After the night's decision, for those whom it concerns.
        nights = {cron(23, month_day) for month_day in (profile.cut_offs.ordinary, *corrections)}
        assert crons_of(bag.dags[f"department_transfers__{code}"]) == nights


def test_the_ordinary_cut_decides_from_its_cut_off_on() -> None:
    from dags.initial_assessment import cut_of

    assert [cut_of(f"2026-{day}", ordinary="05-26") for day in ("05-08", "05-25", "05-26", "06-01")] == [
        "employment",
        "employment",
        "ordinary",
        "ordinary",
    ]


@pytest.mark.parametrize("name", SCHEDULED)
def test_a_dag_unpaused_for_the_first_time_waits_for_its_next_time(bag: Any, name: str) -> None:
    from datetime import UTC, datetime

    from airflow.serialization.encoders import coerce_to_core_timetable
    from airflow.timetables.base import TimeRestriction

    timetable = coerce_to_core_timetable(bag.dags[f"{name}__{CITY}"].timetable)
    again = type(timetable).deserialize(timetable.serialize())
    first = again.next_dagrun_info(
        last_automated_data_interval=None, restriction=TimeRestriction(earliest=None, latest=None, catchup=False)
    )
    assert first is not None
    assert first.run_after > datetime.now(tz=UTC)


def test_the_years_mailings_leave_in_their_seasons(bag: Any) -> None:
    from pipelines.city import load_city

    for code in city_codes():
        days = load_city(code).mailing_days.model_dump().values()
        expected = {f"0 20 {int(day[3:])} {int(day[:2])} *" for day in days}
        assert crons_of(bag.dags[f"mailings__{code}"]) == expected
        assert len(expected) == 5


@pytest.mark.parametrize(
    ("as_of", "mailing", "fiscal_year"),
    [
        ("2026-11-20", "employer_forms", 2027),
        ("2027-01-05", "employer_forms", 2027),
        ("2027-01-20", "returns", 2027),
        ("2027-07-15", "requests", 2027),
        ("2027-09-09", "requests", 2027),
        ("2027-12-31", "employer_forms", 2028),
    ],
)
def test_a_day_has_the_mailing_of_its_season(as_of: str, mailing: str, fiscal_year: int) -> None:
    from pipelines.paths import city_mailing_days
    from pipelines.run.cuts import CUTS
    from pipelines.run.mailings import TITLES, fiscal_year_of, mailing_of

    assert mailing_of(city_mailing_days(CITY), as_of) == mailing
    assert fiscal_year_of(mailing, as_of) == fiscal_year
    assert set(city_mailing_days(CITY)) == set(TITLES) <= set(CUTS)


def test_airflow_reads_the_statutory_dates_back_as_they_were_given(bag: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from airflow import plugins_manager, settings
    from airflow.serialization.decoders import decode_deadline_alert
    from airflow.serialization.encoders import encode_deadline_alert

    monkeypatch.setattr(settings, "PLUGINS_FOLDER", str(ROOT / "dags" / "plugins"))
    for cached in (plugins_manager._get_plugins, plugins_manager.get_deadline_references_plugins):
        cached.cache_clear()
    for code in city_codes():
        alerts = bag.dags[f"initial_assessment__{code}"].deadline
        assert [(alert.reference.city, alert.reference.duty, alert.interval.days) for alert in alerts] == [
            (code, "employers_told", -7),
            (code, "employers_told", 0),
            (code, "taxpayers_told", -7),
            (code, "taxpayers_told", 0),
        ]
        for alert in alerts:
            again = decode_deadline_alert(encode_deadline_alert(alert))
            assert again.reference.inner_ref == alert.reference
            assert (again.interval, again.callback) == (alert.interval, alert.callback)
            assert "地方税法" in alert.name
