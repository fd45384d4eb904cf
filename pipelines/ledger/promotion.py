"""Taking over into the ledger what was decided in a copy of it: its commits after the copy was made, renumbered, all or none."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.exchange import duckdb_file, durable
from pipelines.ledger.catalogue import catalogue
from pipelines.ledger.transaction import Transaction

if TYPE_CHECKING:
    from pipelines.ledger.session import LedgerSession

Finish = Callable[[Transaction, int, int], None]


def append_staged(
    session: "LedgerSession",
    staged: Path,
    key: str,
    base_commit_no: int,
    *,
    stage: str,
    known_on: date,
    finish: Finish,
) -> tuple[int, int]:
    """Append the copy's commits after `base_commit_no` and one of `stage` that `finish` fills; first and last of the former.

    The copy's commits keep their order, days, pins and run register and get the ledger's next numbers; a pin after the base moves
    with them. Whether the ledger has moved on in what they read is the caller's to know. Raises DataError when a key is taken.
    """
    duckdb_file.attach(session.con, staged, "staged", key, read_only=True)
    try:
        session.con.begin()
        try:
            first, last = _append(session, base_commit_no)
            transaction = Transaction(session.con, stage, known_on, last + 1)
            finish(transaction, first, last)
            transaction.check_keys()
            transaction.number_commit()
            session.register.write(session.con, transaction, session.pinned, "")
            durable.commit(session.con, point="ledger.promote")
        except BaseException:
            session.con.rollback()
            raise
    finally:
        session.con.execute("DETACH staged")
    session.committed = True
    return first, last


def _append(session: "LedgerSession", base: int) -> tuple[int, int]:
    shift = session.commit_no - base
    run_shift = _run_shift(session, base)
    moved = f"CASE WHEN {{0}} > {base:d} THEN {{0}} + {shift:d} ELSE {{0}} END AS {{0}}"
    appended: dict[int, Counter[str]] = {}
    for table in catalogue().fact_tables:
        columns = ["commit_no", *_pin_column(session, table)]
        rows = f"staged.{table} WHERE commit_no > {base:d}{_lacking(table)}"
        session.con.execute(
            f"INSERT INTO ledger.{table} BY NAME SELECT * REPLACE ({', '.join(map(moved.format, columns))}) FROM {rows}"
        )
        for commit_no, count in session.con.execute(f"SELECT commit_no, count(*) FROM {rows} GROUP BY ALL").fetchall():
            appended.setdefault(commit_no + shift, Counter())[table] = count
    for table, columns in {"ledger_commit": ["commit_no"], "run": ["commit_no", "commit_no_max"]}.items():
        numbers = f", run_no + {run_shift:d} AS run_no" if table == "run" else ""
        session.con.execute(
            f"INSERT INTO ledger.{table} BY NAME SELECT * REPLACE ({', '.join(map(moved.format, columns))}{numbers}) "
            f"FROM staged.{table} WHERE commit_no > {base:d}"
        )
    session.con.execute(
        f"INSERT INTO ledger.run_step BY NAME SELECT step.* REPLACE (run_no + {run_shift:d} AS run_no) "
        f"FROM staged.run_step AS step SEMI JOIN (SELECT run_no FROM staged.run WHERE commit_no > {base:d}) USING (run_no)"
    )
    _check_keys(session, appended)
    return base + shift + 1, max(appended)


def _lacking(table: str) -> str:
    """What parameters a digest stands for is the same whoever kept it first."""
    if table != "parameter_value":
        return ""
    return " AND parameter_digest NOT IN (SELECT parameter_digest FROM ledger.parameter_value)"


def _run_shift(session: "LedgerSession", base: int) -> int:
    row = session.con.execute(
        "SELECT (SELECT coalesce(max(run_no), 0) FROM ledger.run) - (SELECT min(run_no) - 1 FROM staged.run WHERE commit_no > ?)",
        [base],
    ).fetchone()
    return int(row[0]) if row else 0


def _pin_column(session: "LedgerSession", table: str) -> list[str]:
    found = session.con.execute(
        "SELECT column_name FROM duckdb_columns() WHERE database_name = 'ledger' AND table_name = ? "
        "AND column_name = 'pinned_commit_no'",
        [table],
    ).fetchall()
    return [name for (name,) in found]


def _check_keys(session: "LedgerSession", appended: dict[int, Counter[str]]) -> None:
    for commit_no, tables in sorted(appended.items()):
        transaction = Transaction(session.con, "", date.min, commit_no)
        transaction.appended = dict(tables)
        transaction.check_keys()
