"""The gate before anything leaves: prepare, ask two people, record their answers in the ledger, emit. Holds no DAG."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from airflow.providers.standard.operators.hitl import HITLOperator
from airflow.sdk import TaskGroup, task

from dags.municipality import CITIES, run_values
from pipelines.run.tasks import emit_approved, prepare_cut, record_answer

APPROVE = "承認"
REJECT = "差戻し"


def gate(city: str, choose_cut: Callable[[str], str], choose_year: Callable[[str], int] | None = None) -> TaskGroup:
    """Task group `release`: an answer counts only through the ledger, so a gate marked successful releases nothing.

    `choose_cut(as_of)` says which contracts are decided, `choose_year(as_of)` of which fiscal year where the form does not. There is no
    default answer and no timeout that approves.
    """
    with TaskGroup("release", group_display_name="決裁と発送") as group:

        @task(task_display_name="発送データの準備")
        def prepare(city: str) -> dict[str, Any]:
            values = run_values(city, choose_year)
            return prepare_cut(choose_cut(values["as_of"]), **values)

        @task.short_circuit(task_display_name="決裁を待つものがあるか")
        def anything_waiting(prepared: Any) -> bool:
            return bool(prepared["waiting"])

        @task(task_display_name="発送")
        def emit(prepared: Any, city: str) -> dict[str, Any]:
            return emit_approved(prepared["subjects"], **run_values(city, choose_year))

        prepared = prepare(city)
        previous: Any = anything_waiting(prepared)
        for order, title in (("first", "決裁（1人目）"), ("second", "決裁（2人目・別の職員）")):
            ask = HITLOperator(
                task_id=f"{order}_approval",
                task_display_name=title,
                subject=f"{title} — {CITIES[city]}",
                body="{{ ti.xcom_pull(task_ids='release.prepare')['question'] }}",
                options=[APPROVE, REJECT],
                pool="default_pool",  # waiting for a person must not hold the ledger
                # An answer within a moment of the question can be lost between scheduler and executor: ask again.
                retries=5,
                retry_delay=timedelta(seconds=5),
            )

            @task(task_id=f"record_{order}", task_display_name=f"{title}の記録")
            def record(answer: Any, prepared: Any, city: str) -> dict[str, Any]:
                return record_answer(answer, prepared["subjects"], **run_values(city, choose_year))

            recorded = record(ask.output, prepared, city)
            previous >> ask
            previous = recorded
        previous >> emit(prepared, city)
    return group
