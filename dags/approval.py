"""The gates before anything leaves: prepare, ask two people, record their answers in the ledger, emit. Holds no DAG."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from airflow.providers.standard.operators.hitl import HITLOperator
from airflow.sdk import TaskGroup, task

from dags.municipality import CITIES, run_values
from pipelines.run.tasks import emit_approved, prepare_cut, prepare_differences, record_answer

APPROVE = "承認"
REJECT = "差戻し"


def gate(city: str, choose_cut: Callable[[str], str], choose_year: Callable[[str], int] | None = None) -> TaskGroup:
    """Task group `release`: an answer counts only through the ledger, so a gate marked successful releases nothing.

    `choose_cut(as_of)` says which contracts are decided, `choose_year(as_of)` of which fiscal year where the form does not. There is no
    default answer and no timeout that approves.
    """
    with TaskGroup("release", group_display_name="決裁と発送") as group:
        # Where no difference waited for anybody, its questions were skipped; the ledger itself refuses what is not approved.
        @task(task_display_name="発送データの準備", trigger_rule="none_failed")
        def prepare(city: str) -> dict[str, Any]:
            values = run_values(city, choose_year)
            return prepare_cut(choose_cut(values["as_of"]), **values)

        @task(task_display_name="発送")
        def emit(prepared: Any, city: str) -> dict[str, Any]:
            return emit_approved(prepared["subjects"], **run_values(city, choose_year))

        prepared = prepare(city)
        asked = ask_two(city, prepared, question="release.prepare", kind="release", choose_year=choose_year)
        asked >> emit(prepared, city)
    return group


def difference_gate(city: str) -> TaskGroup:
    """Task group `differences`: the difference report of what was decided anew, approved by two people."""
    with TaskGroup("differences", group_display_name="差額表の決裁") as group:

        @task(task_display_name="差額表の作成")
        def prepare(city: str) -> dict[str, Any]:
            return prepare_differences(**run_values(city))

        ask_two(city, prepare(city), question="differences.prepare", kind="difference")
    return group


def ask_two(
    city: str, prepared: Any, *, question: str, kind: str, choose_year: Callable[[str], int] | None = None
) -> Any:
    """Ask two people one after the other, when anything waits, and record what they said; the last task.

    `prepared` gives `question`, `subjects` and `waiting`; it is what the task `question` returned. `kind` is the decision's.
    """

    @task.short_circuit(task_display_name="決裁を待つものがあるか", ignore_downstream_trigger_rules=False)
    def anything_waiting(prepared: Any) -> bool:
        return bool(prepared["waiting"])

    previous: Any = anything_waiting(prepared)
    for order, title in (("first", "決裁（1人目）"), ("second", "決裁（2人目・別の職員）")):
        ask = HITLOperator(
            task_id=f"{order}_approval",
            task_display_name=title,
            subject=f"{title} — {CITIES[city]}",
            body=f"{{{{ ti.xcom_pull(task_ids='{question}')['question'] }}}}",
            options=[APPROVE, REJECT],
            pool="default_pool",  # waiting for a person must not hold the ledger
            # An answer within a moment of the question can be lost between scheduler and executor: ask again.
            retries=5,
            retry_delay=timedelta(seconds=5),
        )

        @task(task_id=f"record_{order}", task_display_name=f"{title}の記録")
        def record(answer: Any, prepared: Any, city: str) -> dict[str, Any]:
            return record_answer(answer, prepared["subjects"], kind, **run_values(city, choose_year))

        recorded = record(ask.output, prepared, city)
        previous >> ask
        previous = recorded
    return previous
