"""The vault's own process: `python -m pipelines.vault.process VAULT AUDIT KEYS`, one request after another on stdin.

Numbers are in the clear in this process only. It leaves no core file, prints nothing, and its errors carry no values.
"""

import os
import resource
import sys
import time
import traceback
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa

from pipelines.errors import OperatorError, TransientError
from pipelines.vault.keys import KeyRing
from pipelines.vault.store import NumberStore
from pipelines.vault.wire import receive, send

WAIT_SECONDS = 60.0


def main(arguments: list[str]) -> int:
    """Open the vault, say so, and answer until stdin ends."""
    vault_folder, audit_folder, keys_folder = map(Path, arguments)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.umask(0o077)
    answers = _private_stdout()
    try:
        store = _open(vault_folder, audit_folder, KeyRing.open(keys_folder))
    except Exception as error:  # whatever it is, the caller must hear of it, without its values
        send(answers, _told(error))
        return 1
    send(answers, {})
    while (request := receive(sys.stdin.buffer)) is not None:
        try:
            header, table = _answer(store, *request)
        except Exception as error:
            header, table = _told(error), None
        send(answers, header, table)
    store.close()
    return 0


def _answer(
    store: NumberStore, request: dict[str, Any], table: pa.Table | None
) -> tuple[dict[str, Any], pa.Table | None]:
    operation = request["operation"]
    if operation == "take":
        assert table is not None
        return {}, store.take(table, request["fiscal_year"])
    if operation == "reveal":
        assert table is not None
        number_ids = table["number_id"].combine_chunks()
        return {}, store.reveal(number_ids, audit_event_no=request["audit_event_no"])
    if operation == "rewrap":
        return {"moved": store.rewrap()}, None
    counts = {purpose: list(by_version.items()) for purpose, by_version in store.counts().items()}
    return {"counts": counts}, None


def _open(folder: Path, audit_folder: Path, keyring: KeyRing) -> NumberStore:
    """The store; waits while another process has it open."""
    deadline = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            return NumberStore(folder, audit_folder, keyring)
        except TransientError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def _told(error: Exception) -> dict[str, Any]:
    """An operator's error by its parts; any other by its type and place only, for its text may hold values."""
    if isinstance(error, OperatorError):
        return {"error": type(error).__name__, "parts": error.as_dict()}
    places = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)]
    return {"fault": type(error).__name__, "at": places[-3:]}


def _private_stdout() -> BinaryIO:
    """The pipe to the caller, out of reach of whatever prints."""
    answers = os.fdopen(os.dup(1), "wb")
    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, 1)
    os.dup2(devnull, 2)
    return answers


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
