"""A process that has imported everything and started nothing; it forks one child a phase (threads do not survive forks).

`python -m tests.crash.zygote`: one JSON command a line on stdin — {folder, phase, log, kill: [role, point, occurrence]
or null} — and one answer a line on stdout: the child's exit code, negative when it was killed.
"""

import json
import os
import sys
import traceback
from importlib import import_module
from pathlib import Path
from typing import Any

from pipelines.run.simulator import World
from pipelines.vault import Vault
from pipelines.vault.nursery import nursery
from tests.crash.hook import Kill, install
from tests.crash.phases import PHASES

HEAVY = ("great_expectations", "pandas", "typst", "pipelines.intake.stage", "pipelines.notices", "pipelines.extracts")
NOWHERE = Kill("nobody", "nowhere", 1)


def main() -> None:
    """Answer commands until stdin ends."""
    for name in HEAVY:
        import_module(name)
    with nursery():  # the children ask it too, one at a time
        _answer()


def _answer() -> None:
    for line in sys.stdin:
        command = json.loads(line)
        child = os.fork()
        if child == 0:
            _work(command)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _work(command: dict[str, Any]) -> None:
    """Live the phase, and leave without any clean-up of the interpreter."""
    log = Path(command["log"])
    kill = Kill(*command["kill"]) if command["kill"] else NOWHERE
    install("main", log, kill)
    Vault.command = (
        sys.executable,
        "-m",
        "tests.crash.vault_process",
        str(log),
        kill.role,
        kill.point,
        str(kill.occurrence),
    )
    try:
        PHASES[command["phase"]](World(Path(command["folder"])))
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)
    os._exit(0)


if __name__ == "__main__":
    main()
