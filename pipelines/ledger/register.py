"""The run register: who made each commit, what it knew, and what each step cost. The source of status and reports."""

import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import duckdb

from pipelines.ledger.code_version import code_version
from pipelines.ledger.context import RunIdentity
from pipelines.ledger.pin import Pin
from pipelines.ledger.transaction import Transaction

BYTES_PER_RSS_UNIT = 1024


@dataclass
class Step:
    """One step of a run: set `rows_in`, `rows_out` and `amount_yen` while it runs."""

    name: str
    rows_in: int = 0
    rows_out: int = 0
    amount_yen: int = 0
    duration_ms: int = 0
    memory_peak_bytes: int = 0


class Register:
    """Collects the steps of a session and writes them with the commit that they led to."""

    def __init__(self, identity: RunIdentity) -> None:
        self.identity = identity
        self.steps: list[Step] = []

    @contextmanager
    def step(self, name: str) -> Iterator[Step]:
        """Measure a step: milliseconds and the process's peak memory."""
        step = Step(name)
        started = time.monotonic_ns()
        yield step
        step.duration_ms = (time.monotonic_ns() - started) // 1_000_000
        step.memory_peak_bytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * BYTES_PER_RSS_UNIT
        self.steps.append(step)

    def write(
        self, con: duckdb.DuckDBPyConnection, transaction: Transaction, pin: Pin | None, parameter_digest: str
    ) -> None:
        """Write the run and its steps inside the open transaction; the steps collected so far are then its own."""
        row = con.execute("SELECT coalesce(max(run_no), 0) + 1 FROM ledger.run").fetchone()
        run_no = row[0] if row else 1
        who = self.identity
        con.execute(
            "INSERT INTO ledger.run (run_no, stage, fiscal_year, as_of, commit_no_max, parameter_digest, code_version, "
            "dag_id, dag_run_id, task_id, try_number, run_type, commit_no) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
            [
                run_no,
                transaction.stage,
                pin.fiscal_year if pin else None,
                pin.as_of if pin else transaction.known_on,
                pin.commit_no_max if pin else transaction.commit_no - 1,
                parameter_digest,
                code_version(),
                who.dag_id,
                who.dag_run_id,
                who.task_id,
                who.try_number,
                who.run_type,
                transaction.commit_no,
            ],
        )
        for number, step in enumerate(self.steps, start=1):
            con.execute(
                "INSERT INTO ledger.run_step (run_no, step_no, step, rows_in, rows_out, amount_yen, duration_ms, "
                "memory_peak_bytes) VALUES (?,?,?,?,?,?,?,?)",
                [
                    run_no,
                    number,
                    step.name,
                    step.rows_in,
                    step.rows_out,
                    step.amount_yen,
                    step.duration_ms,
                    step.memory_peak_bytes,
                ],
            )
        self.steps = []
