"""Airflow's own REST API, as an officer or an operator uses it: trigger, wait, answer, read."""

import json
import os
import time
from pathlib import Path
from typing import Any

import httpx

from pipelines.errors import TransientError
from pipelines.paths import airflow_root

POLL_SECONDS = 1.0


def base_url() -> str:
    """Where the pages and the API answer: the port of airflow.cfg, unless the environment sets another."""
    return f"http://127.0.0.1:{os.environ.get('AIRFLOW__API__PORT', '18080')}"


def passwords_file() -> Path:
    """Where Airflow keeps the passwords that it made on its first start."""
    return airflow_root() / "var" / "simple_auth_passwords.json"


class AirflowApi:
    """A logged-in user of the running Airflow."""

    def __init__(self, user: str) -> None:
        base = base_url()
        password = json.loads(passwords_file().read_text())[user]
        self.user = user
        answer = httpx.post(f"{base}/auth/token", json={"username": user, "password": password}, timeout=30)
        answer.raise_for_status()
        token = answer.json()["access_token"]
        self._client = httpx.Client(base_url=f"{base}/api/v2", headers={"Authorization": f"Bearer {token}"}, timeout=60)

    def get(self, path: str, **params: Any) -> Any:
        """GET a resource as JSON."""
        return self._done(self._client.get(path, params=params))

    def patch(self, path: str, body: dict[str, Any]) -> Any:
        """PATCH a resource."""
        return self._done(self._client.patch(path, json=body))

    def trigger(self, dag_id: str, run_id: str, conf: dict[str, Any], logical_date: str | None = None) -> None:
        """Start a run of a DAG with the values of its form."""
        body = {"dag_run_id": run_id, "logical_date": logical_date, "conf": conf}
        self._done(self._client.post(f"/dags/{dag_id}/dagRuns", json=body))

    def state(self, dag_id: str, run_id: str) -> str:
        """`queued`, `running`, `success` or `failed`."""
        return str(self.get(f"/dags/{dag_id}/dagRuns/{run_id}")["state"])

    def waiting_gates(self, dag_id: str, run_id: str) -> set[str]:
        """The tasks of this run that wait for a person's answer. One that is only about to wait must not be answered yet:
        Airflow would lose the answer and ask again."""
        found = self.get(f"/dags/{dag_id}/dagRuns/{run_id}/hitlDetails", response_received=False)
        asked = [gate["task_instance"] for gate in found["hitl_details"]]
        return {task["task_id"] for task in asked if task["state"] == "awaiting_input"}

    def answer(self, dag_id: str, run_id: str, task_id: str, option: str) -> None:
        """Answer a question to people as this user."""
        path = f"/dags/{dag_id}/dagRuns/{run_id}/taskInstances/{task_id}/-1/hitlDetails"
        self.patch(path, {"chosen_options": [option], "params_input": {}})

    @staticmethod
    def _done(answer: httpx.Response) -> Any:
        if answer.is_error:
            raise TransientError(
                "AirflowのAPIが要求を受け付けませんでした",
                found=f"{answer.status_code} {answer.text[:300]}",
                item=str(answer.request.url.path),
                action="Airflowの画面でDAGの状態を確認してください",
            )
        return answer.json() if answer.content else None


def wait_until_healthy(seconds: float) -> None:
    """Wait until the scheduler, the DAG processor and the pages answer. Raises TransientError when they don't."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            health = httpx.get(f"{base_url()}/api/v2/monitor/health", timeout=5).json()
            parts = ("metadatabase", "scheduler", "dag_processor")
            if all(health[part]["status"] == "healthy" for part in parts) and passwords_file().exists():
                return
        except (httpx.HTTPError, KeyError, ValueError):
            pass
        time.sleep(POLL_SECONDS)
    raise TransientError(
        f"Airflowが {seconds:g} 秒以内に起動しませんでした",
        action="var/logs/standalone.log を確認してください。ポート18080・8793が使われていないかも確認してください",
    )
