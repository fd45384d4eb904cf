"""A newcomer's demo, an office's backfill: real runs, two people, equal ledgers."""

import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from pipelines.city import CityHome, load_city
from pipelines.exchange.inbox import NOTE_SUFFIX
from pipelines.exchange.operations_log import operations
from pipelines.ledger import open_snapshot
from pipelines.ledger.dump import dump_lines
from pipelines.paths import ROOT
from pipelines.run import airflow_home
from pipelines.run.airflow_api import AirflowApi
from pipelines.run.statutory import MISSED
from pipelines.town import make_town
from pipelines.vault import KeyRing
from tests.demo.airflow_of_ours import OwnAirflow
from tests.leaks.needles import needles_of, patterns
from tests.leaks.search import Matcher, search

CITY = "041009"
PEOPLE = 60
DAYS = ("2026-02-02", "2026-02-03", "2026-02-04")
BACKFILL_SECONDS = 480
QUIET_SECONDS = 8

# One worker lives the season once for all of these.
pytestmark = pytest.mark.xdist_group("airflow")


@pytest.fixture(scope="module")
def airflow(tmp_path_factory: pytest.TempPathFactory) -> OwnAirflow:
    return OwnAirflow(tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="module")
def demo(airflow: OwnAirflow) -> str:
    """What the demo printed."""
    return airflow.juminzei("data", "demo", "--people", str(PEOPLE))


@pytest.fixture(scope="module")
def api(airflow: OwnAirflow, demo: str) -> Iterator[AirflowApi]:
    """The same Airflow, up again, with the demo's runs in its memory and the backfill's data before it."""
    with airflow.running("backfilled"):
        yield AirflowApi("operator")


@pytest.fixture(scope="module")
def small_town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    town = tmp_path_factory.mktemp("town")
    make_town(town, people=PEOPLE, seed=2, city=load_city(CITY), fiscal_year=2026)
    return town


def fill_inbox(town: Path, home: CityHome, days: tuple[str, ...]) -> None:
    """The register and two files of reports, received on three following days: those of `days` lie there."""
    home.make()
    wages = sorted(town.glob("inbox/wage_report/*/*.csv"))
    files = [*town.glob("inbox/resident_register/*/*.csv"), *wages[:2]]
    for day, path in zip(DAYS, files, strict=True):
        if day in days:
            folder = home.inbox / path.parent.parent.name / day
            folder.mkdir(parents=True)
            for each in (path, path.with_name(path.name + NOTE_SUFFIX)):
                if each.exists():
                    shutil.copyfile(each, folder / each.name)


def dump(airflow: OwnAirflow, data: str) -> list[str]:
    with open_snapshot(CityHome(CITY, airflow.folder / data), KeyRing.open(airflow.folder / "keys")) as session:
        return list(dump_lines(session.con))


def test_the_demo_ends_with_a_table_worth_reading(demo: str) -> None:
    for line in (
        "受け付けたファイル",
        "給与支払報告書",
        "検証で止めたレコード",
        "納税義務者",
        "特別徴収税額決定通知（給与所得者）",
        "市民税 円",
        "森林環境税 円",
        "台帳の確定番号",
    ):
        assert line in demo
    assert "デモ職員 sato として" in demo
    assert "デモ職員 suzuki として" in demo


def test_airflows_database_locked_by_another_process_is_tried_again(
    airflow: OwnAirflow, demo: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = Path(airflow.settings["JUMINZEI_AIRFLOW"]) / "var" / "airflow.db"
    for name, value in airflow.settings.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("AIRFLOW__DATABASE__SQL_ALCHEMY_CONN", f"sqlite:///{database}?timeout=0")
    pauses: list[float] = []
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")

        def pause(seconds: float) -> None:
            pauses.append(seconds)
            other.rollback()

        monkeypatch.setattr(airflow_home.time, "sleep", pause)
        airflow_home.airflow("pools", "set", "patience", "1", "もう一度")
        assert len(pauses) == 1
        assert other.execute("SELECT slots FROM slot_pool WHERE pool = 'patience'").fetchall() == [(1,)]


def test_the_ledgers_commits_were_made_by_real_runs_and_two_people(
    airflow: OwnAirflow, demo: str, api: AirflowApi
) -> None:
    with open_snapshot(CityHome(CITY, airflow.folder / "data"), KeyRing.open(airflow.folder / "keys")) as session:
        runs = session.con.execute("SELECT DISTINCT dag_id, dag_run_id FROM ledger.run ORDER BY ALL").fetchall()
        approvers = session.con.execute(
            "SELECT r.contract, list(DISTINCT a.officer ORDER BY a.officer) FROM ledger.approval a "
            "JOIN ledger.release r USING (release_no) WHERE a.channel = 'airflow' GROUP BY r.contract ORDER BY ALL"
        ).fetchall()
    assert len(runs) >= 3
    for dag_id, run_id in runs:
        assert api.state(dag_id, run_id) == "success"
    answered = {
        gate["responded_by_user"]["name"]
        for dag_id, run_id in runs
        for gate in api.get(f"/dags/{dag_id}/dagRuns/{run_id}/hitlDetails")["hitl_details"]
    }
    assert answered == {"sato", "suzuki"}
    assert approvers
    assert all(officers == ["sato", "suzuki"] for _, officers in approvers)


def test_a_statutory_date_that_was_missed_is_told(airflow: OwnAirflow, demo: str) -> None:
    """Whoever runs the demo is late: the days by which the notices of its year had to be out are past."""
    told = operations(CityHome(CITY, airflow.folder / "data"), MISSED)
    assert [(line["duty"], line["due_on"]) for line in told] == [
        ("employers_told", "2026-05-31"),
        ("taxpayers_told", "2026-06-20"),
    ]


def test_airflows_database_and_logs_know_nobody(airflow: OwnAirflow, demo: str, api: AirflowApi) -> None:
    needles = needles_of(airflow.folder / "town" / "inbox")
    spill = airflow.folder / "spill"
    spill.mkdir()
    assert search(airflow.folder / "airflow" / "var", Matcher(patterns(needles)), None, spill) == []


def backfill(api: AirflowApi, days: tuple[str, ...]) -> list[str]:
    """Run a backfill of the intake DAG over `days` to its end; the states of all runs that are no demo runs."""
    dag_id = f"intake__{CITY}"
    span = ("--from-date", f"{days[0]}T00:00:00+09:00", "--to-date", f"{days[-1]}T23:00:00+09:00")
    airflow_home.airflow("backfill", "create", "--dag-id", dag_id, *span, "--max-active-runs", "1")
    deadline = time.monotonic() + BACKFILL_SECONDS
    quiet_since = time.monotonic()
    states: list[str] = []
    while time.monotonic() < deadline and time.monotonic() - quiet_since < QUIET_SECONDS:
        time.sleep(1)
        runs = api.get(f"/dags/{dag_id}/dagRuns", limit=100)["dag_runs"]
        states = [run["state"] for run in runs if run["run_type"] != "manual"]
        backfills = api.get("/backfills", dag_id=dag_id)["backfills"]
        if set(states) - {"success", "failed"} or not all(each["completed_at"] for each in backfills):
            quiet_since = time.monotonic()
    return states


def test_a_backfill_over_three_past_days_equals_three_live_days(
    airflow: OwnAirflow, api: AirflowApi, small_town: Path
) -> None:
    api.patch(f"/dags/intake__{CITY}", {"is_paused": False})
    # The scheduler makes up for the newest missed day as soon as it has a past run to count from: let it, with nothing there.
    before = backfill(api, ("2026-01-15",))
    assert set(before) == {"success"}
    fill_inbox(small_town, CityHome(CITY, airflow.folder / "backfilled"), DAYS)
    after = backfill(api, DAYS)
    assert after == ["success"] * (len(before) + len(DAYS))
    # The running scheduler would take tasks of the live days, and run them on the other ledger: it leaves paused DAGs alone.
    api.patch(f"/dags/intake__{CITY}", {"is_paused": True})
    for day in DAYS:
        fill_inbox(small_town, CityHome(CITY, airflow.folder / "live"), (day,))
        command = [sys.executable, "-m", "tests.demo.one_live_day", day]
        environment = airflow.environment("live") | {"AIRFLOW_HOME": airflow.settings["JUMINZEI_AIRFLOW"]}
        done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    assert dump(airflow, "backfilled") == dump(airflow, "live")
