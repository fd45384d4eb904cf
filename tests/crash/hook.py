"""The hook at the write points: writes down what is reached, and kills this very process where it is told to."""

import os
import signal
from dataclasses import dataclass
from pathlib import Path

from pipelines.exchange import durable


@dataclass(frozen=True)
class Kill:
    """Where to die: in the process of this role, at this side of this point, when it is reached for the n-th time."""

    role: str
    point: str
    occurrence: int


def install(role: str, log: Path, kill: Kill | None) -> None:
    """Log every point reached in this process as `<role> <point>`, and die (SIGKILL) at `kill`."""
    seen = 0

    def reached(point: str) -> None:
        nonlocal seen
        with log.open("a") as stream:
            stream.write(f"{role} {point}\n")
        if kill is not None and (kill.role, kill.point) == (role, point):
            seen += 1
            if seen == kill.occurrence:
                os.kill(os.getpid(), signal.SIGKILL)

    durable.on_reach = reached
