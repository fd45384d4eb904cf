"""Airflow's own home: the environment that it needs, its secrets, its metadata database and the cities' pools."""

import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography.fernet import Fernet

from pipelines.errors import ConfigurationError
from pipelines.paths import airflow_root, city_codes

SECRETS = ("secret_key", "jwt_secret")
STOP_SECONDS = 30

# SQLite refuses at once, timeout or not, a transaction that has read before another one wrote; again is the only answer.
LOCKED = "database is locked"
LOCKED_ATTEMPTS = 5
LOCKED_PAUSE_SECONDS = 2


def environment() -> dict[str, str]:
    """The environment of every Airflow process: an absolute home, and byte code that is kept."""
    env = dict(os.environ)
    env["AIRFLOW_HOME"] = str(airflow_root())
    env["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{env.get('PATH', '')}"
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    return env


def airflow(*arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    """Run `airflow <arguments>` in our home, again while another process writes its metadata database.

    Raises ConfigurationError with its last words when it fails.
    """
    command = [str(Path(sys.executable).parent / "airflow"), *arguments]
    for attempt in range(1, LOCKED_ATTEMPTS + 1):
        done = subprocess.run(command, env=environment(), capture_output=True, text=True, check=False)
        if done.returncode == 0 or LOCKED not in done.stderr or attempt == LOCKED_ATTEMPTS:
            break
        time.sleep(LOCKED_PAUSE_SECONDS)
    if check and done.returncode != 0:
        raise ConfigurationError(
            f"airflow {' '.join(arguments[:2])} が失敗しました",
            found=(done.stderr or done.stdout).strip()[-500:],
            action="var/logs を確認し、`make up` をやり直してください",
        )
    return done


def prepare() -> None:
    """Secrets on the first start (0600, never shown), the metadata database, and a pool of one slot per ledger."""
    folder = airflow_root() / "var" / "secrets"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _secret(folder / "fernet_key", Fernet.generate_key().decode())
    for name in SECRETS:
        _secret(folder / name, secrets.token_urlsafe(48))
    airflow("db", "migrate")
    for code in city_codes():
        airflow("pools", "set", f"ledger_{code}", "1", f"台帳 {code} の書込みは一つずつ")


def _secret(path: Path, value: str) -> None:
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as stream:
            stream.write(value)


@contextmanager
def standalone() -> Iterator[subprocess.Popen[bytes]]:
    """Airflow's scheduler, processor and pages in a process group of their own, ended with all their children."""
    log = airflow_root() / "var" / "logs" / "standalone.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    command = [str(Path(sys.executable).parent / "airflow"), "standalone"]
    with log.open("ab") as stream:
        process = subprocess.Popen(
            command, env=environment(), stdout=stream, stderr=stream, start_new_session=True, cwd=airflow_root()
        )
        try:
            yield process
        finally:
            _stop_group(process)


def _stop_group(process: subprocess.Popen[bytes]) -> None:
    """End the whole group: the parent alone would leave its children running."""
    for sign, seconds in ((signal.SIGTERM, STOP_SECONDS), (signal.SIGKILL, 5)):
        try:
            os.killpg(process.pid, sign)
        except ProcessLookupError:
            return
        try:
            process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            continue
