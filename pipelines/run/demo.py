"""`make demo`: a small synthetic town through the real DAGs under the real scheduler, approvals included."""

import shutil
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.table import Table

from pipelines.calendar import FiscalYear
from pipelines.city import CityHome, load_city
from pipelines.errors import DataError
from pipelines.ledger import open_snapshot
from pipelines.paths import ROOT, SQL, data_root
from pipelines.run import airflow_home
from pipelines.run.airflow_api import AirflowApi, base_url, wait_until_healthy
from pipelines.run.keys import init, register_officer
from pipelines.vault import KeyRing

CITY = "041009"
FISCAL_YEAR = 2026
OFFICERS = ("sato", "suzuki")
START_SECONDS = 180.0
RUN_SECONDS = 900.0
# Nobody answers at once; an answer while the scheduler still books the question as asked would be asked for again.
READING_SECONDS = 6.0
# Wide enough for the closing table wherever it is printed.
WIDTH_MIN = 110
console = Console(highlight=False, width=max(WIDTH_MIN, Console().width))


@dataclass(frozen=True)
class DemoRun:
    """One DAG run of the demo: which DAG, as of which day, told as what."""

    dag: str
    as_of: date
    label: str


RUNS = (
    DemoRun("intake", date(2026, 2, 16), "課税資料の受付と突合（2月16日現在）"),
    DemoRun("initial_assessment", date(2026, 5, 8), "当初賦課 — 特別徴収の締め（5月8日）"),
    DemoRun("initial_assessment", date(2026, 5, 28), "当初賦課 — 普通徴収の締め（5月28日）"),
    DemoRun("publish_analysis", date(2026, 6, 1), "分析用データベースの公開"),
)


def demo(*, people: int, seed: int) -> None:
    """Set up keys and a town (once), run the DAGs, answer the gates as two demo officers, and show what came of it."""
    started = time.monotonic()
    before = _prepare(people, seed)
    airflow_home.prepare()
    console.print("Airflow を起動しています（スケジューラ・DAG処理・画面）…")
    with airflow_home.standalone():
        wait_until_healthy(START_SECONDS)
        operator = AirflowApi("operator")
        for run in RUNS:
            _run(operator, run)
    after = _commit_no()
    _table(started)
    if after == before:
        console.print(
            f"[bold]何も変わっていません[/]（台帳の確定番号 {after} のまま。同じ資料・同じ決定なので、何も出ていません）"
        )


def _prepare(people: int, seed: int) -> int:
    """Keys, officers and the town's files; what exists stays. The ledger's commit number before the runs."""
    init([FISCAL_YEAR])
    for officer in OFFICERS:
        register_officer(officer)
    home = CityHome(CITY)
    if not home.root.exists():
        from pipelines.town import make_town

        town = data_root().parent / "town"
        make_town(town, people=people, seed=seed, city=load_city(CITY), fiscal_year=FISCAL_YEAR)
        home.make()
        shutil.copytree(town / "inbox", home.inbox, dirs_exist_ok=True)
        console.print(f"合成の町を作りました: {people} 人、種 {seed}（すべて架空。個人番号は合成の範囲）")
        return 0
    console.print("合成の町はすでにあります。もう一度、同じことを実行します")
    return _commit_no()


def _commit_no() -> int:
    with open_snapshot(CityHome(CITY), KeyRing.open()) as session:
        return session.commit_no


def _run(operator: AirflowApi, run: DemoRun) -> None:
    """Trigger one DAG run and wait for it, answering its gates."""
    dag_id = f"{run.dag}__{CITY}"
    run_id = f"demo__{run.as_of.isoformat()}__{time.time_ns()}"
    operator.patch(f"/dags/{dag_id}", {"is_paused": False})
    operator.trigger(dag_id, run_id, {"fiscal_year": FISCAL_YEAR, "as_of": run.as_of.isoformat()})
    deadline = time.monotonic() + RUN_SECONDS
    asked: dict[str, float] = {}
    with console.status(run.label) as spinner:
        state = ""
        while time.monotonic() < deadline and state not in ("success", "failed"):
            time.sleep(1)
            state = operator.state(dag_id, run_id)
            spinner.update(f"{run.label} … {_progress(operator, dag_id, run_id)}")
            gates = operator.waiting_gates(dag_id, run_id)
            asked = {task_id: asked.get(task_id, time.monotonic()) for task_id in gates}
            for task_id, since in asked.items():
                if time.monotonic() - since > READING_SECONDS:
                    _answer(dag_id, run_id, task_id)
    if state != "success":
        raise DataError(
            f"{run.label} が終わりませんでした",
            found=f"状態 {state}",
            action=f"`make up` のあと {base_url()} で {dag_id} の {run_id} のログを見てください",
        )
    console.print(f"[green]✔[/] {run.label}")


def _progress(operator: AirflowApi, dag_id: str, run_id: str) -> str:
    tasks = operator.get(f"/dags/{dag_id}/dagRuns/{run_id}/taskInstances")["task_instances"]
    done = sum(task["state"] in ("success", "skipped") for task in tasks)
    return f"{done}/{len(tasks)} 作業"


def _answer(dag_id: str, run_id: str, task_id: str) -> None:
    """Answer a gate as the demo officer whose turn it is."""
    officer = OFFICERS[0] if task_id.endswith("first_approval") else OFFICERS[1]
    AirflowApi(officer).answer(dag_id, run_id, task_id, "承認")
    console.print(f"  デモ職員 [bold]{officer}[/] として「承認」と答えました（実際の運用では職員が画面で答えます）")


def _table(started: float) -> None:
    """The table worth reading: what went in, what came of it, where it lies."""
    home = CityHome(CITY)
    with open_snapshot(home, KeyRing.open()) as session:
        found = session.con.execute((SQL / "run" / "demo_summary.sql").read_text(encoding="utf-8")).fetchall()
        commit_no = session.commit_no
    table = Table(title=f"{load_city(CITY).name} {FiscalYear(FISCAL_YEAR).label}（合成の町）", title_justify="left")
    table.add_column("項目")
    table.add_column("数", justify="right")
    table.add_column("場所・見方")
    for label, figure, place in found:
        table.add_row(label, f"{figure:,}", place.replace("{root}", str(_short(home.root))))
    console.print(table)
    console.print(f"台帳の確定番号 {commit_no}、所要 {time.monotonic() - started:.0f} 秒")
    console.print(
        f"Airflow を開く: [bold]make up[/] → {base_url()}（利用者 operator、パスワードは var/simple_auth_passwords.json）"
    )
    console.print(
        f"分析用データベース: [bold]duckdb -readonly {_short(home.published / 'analysis.duckdb')}[/]（docs/analysis.md に例）"
    )
    console.print(
        "一人の計算過程: [bold].venv/bin/juminzei explain 宛名番号 --fiscal-year 2026[/]、確認: [bold].venv/bin/juminzei verify[/]"
    )


def _short(path: Path) -> Path:
    return path.relative_to(ROOT) if path.is_relative_to(ROOT) else path


def up() -> None:
    """Run Airflow with its pages until Ctrl-C."""
    init([FISCAL_YEAR])
    airflow_home.prepare()
    console.print(
        f"Airflow を起動します: {base_url()}（利用者とパスワードは var/simple_auth_passwords.json。Ctrl-C で終了）"
    )
    with airflow_home.standalone() as process:
        try:
            wait_until_healthy(START_SECONDS)
            console.print("起動しました")
            process.wait()
        except KeyboardInterrupt:
            console.print("終了します")
