"""An Airflow of the test's own: home, ports, keys and data in a temporary folder, never the developer's."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipelines.paths import ROOT
from pipelines.run import airflow_home
from pipelines.run.airflow_api import wait_until_healthy

START_SECONDS = 240.0


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


class OwnAirflow:
    """`folder/airflow` is its home; every municipality's data lie in the folder that `data` names."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        home = folder / "airflow"
        (home / "var").mkdir(parents=True)
        (home / "airflow.cfg").symlink_to(ROOT / "airflow.cfg")
        (home / "dags").symlink_to(ROOT / "dags")
        port = free_port()
        self.settings = {
            "JUMINZEI_AIRFLOW": str(home),
            "JUMINZEI_KEYS": str(folder / "keys"),
            "AIRFLOW__API__PORT": str(port),
            "AIRFLOW__API__BASE_URL": f"http://127.0.0.1:{port}",
            "AIRFLOW__LOGGING__WORKER_LOG_SERVER_PORT": str(free_port()),
            "AIRFLOW__LOGGING__TRIGGER_LOG_SERVER_PORT": str(free_port()),
            "AIRFLOW__LOGGING__LOGGING_LEVEL": "WARNING",
        }

    def environment(self, data: str) -> dict[str, str]:
        return os.environ | self.settings | {"JUMINZEI_DATA": str(self.folder / data)}

    def juminzei(self, data: str, *arguments: str) -> str:
        """Run our command line against `data`; what it printed."""
        command = [str(Path(sys.executable).parent / "juminzei"), *arguments]
        done = subprocess.run(
            command, env=self.environment(data), capture_output=True, text=True, cwd=ROOT, check=False
        )
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
        return done.stdout

    @contextmanager
    def running(self, data: str) -> Iterator[None]:
        """The same Airflow, up, working on `data`; this process then speaks to it as the front does."""
        before = dict(os.environ)
        os.environ.update(self.environment(data))
        try:
            airflow_home.prepare()
            with airflow_home.standalone():
                wait_until_healthy(START_SECONDS)
                yield
        finally:
            os.environ.clear()
            os.environ.update(before)
