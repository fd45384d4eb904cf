"""Opening the ledger: one writer at a time, readers on the published snapshot."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from pipelines.errors import ConfigurationError
from pipelines.exchange import duckdb_file, durable
from pipelines.exchange.full_disk import told_of_full_disk
from pipelines.ledger import migrations
from pipelines.ledger.catalogue import FOLDER
from pipelines.ledger.code_version import code_version
from pipelines.ledger.context import RunIdentity
from pipelines.ledger.files import ledger_file, snapshot_file
from pipelines.ledger.lock import writer_lock
from pipelines.ledger.pin import Pin, create_pinned_views, show_pinned
from pipelines.ledger.register import Register
from pipelines.ledger.rekey import settle_key
from pipelines.ledger.transaction import Transaction

if TYPE_CHECKING:
    from pipelines.city import CityHome
    from pipelines.vault import KeyRing

MEMORY_LIMIT = "3GB"
WAIT_SECONDS = 60.0


class LedgerSession:
    """A connection to the ledger (`con`, with the ledger as default catalogue) and what was done through it."""

    def __init__(self, con: duckdb.DuckDBPyConnection, identity: RunIdentity) -> None:
        self.con = con
        self.register = Register(identity)
        self.pinned: Pin | None = None
        self.committed = False

    @property
    def commit_no(self) -> int:
        """The number of the ledger's last commit, 0 when it is empty."""
        return self.next_no("ledger_commit", "commit_no") - 1

    def next_no(self, table: str, column: str) -> int:
        """The next number of `column`: one more than the largest that is in use."""
        row = self.con.execute(f"SELECT coalesce(max({column}), 0) + 1 FROM ledger.{table}").fetchone()
        assert row is not None
        return int(row[0])

    def pin(self, fiscal_year: int, as_of: date, commit_no_max: int | None = None) -> Pin:
        """Fix what may be known from here on; the TEMP views `pinned_<table>` show just that."""
        last = self.commit_no if commit_no_max is None else commit_no_max
        seen_before = self.pinned is not None
        self.pinned = Pin(fiscal_year, as_of, last, code_version())
        show_pinned(self.con, self.pinned)
        if not seen_before:
            create_pinned_views(self.con)
        return self.pinned

    def define_leaving(self, *names: str) -> None:
        """Make the TEMP views and tables sql/ledger/leaving/<name>.sql over the pin, in this order: what notices and extracts
        share. Apart from the others because they are the larger ones, and most pins need none."""
        for name in names:
            self.con.execute((FOLDER / "leaving" / f"{name}.sql").read_text(encoding="utf-8"))

    @contextmanager
    def transaction(self, *, stage: str, known_on: date, parameter_digest: str = "") -> Iterator[Transaction]:
        """One ledger transaction of `stage`: all of its rows or none.

        A transaction that appended nothing leaves nothing, not even a commit number.
        """
        self.con.begin()
        transaction = Transaction(self.con, stage, known_on, self.commit_no + 1)
        try:
            yield transaction
            if transaction.row_count == 0:
                self.con.rollback()
                return
            transaction.check_keys()
            transaction.number_commit()
            self.register.write(self.con, transaction, self.pinned, parameter_digest)
            durable.commit(self.con, point="ledger.commit")
        except BaseException:
            _rollback(self.con)
            raise
        self.committed = True


def _rollback(con: duckdb.DuckDBPyConnection) -> None:
    """Roll back, when a transaction is still open (a fatal error closes it by itself)."""
    try:
        con.rollback()
    except duckdb.Error:
        return


def _connect(home: "CityHome") -> duckdb.DuckDBPyConnection:
    temp = home.ledger / "spill"
    temp.mkdir(parents=True, exist_ok=True)
    return duckdb_file.connect(MEMORY_LIMIT, os.cpu_count() or 1, temp_directory=temp)


@contextmanager
def open_ledger(
    home: "CityHome",
    keyring: "KeyRing",
    *,
    holder: str,
    identity: RunIdentity | None = None,
    wait_seconds: float = WAIT_SECONDS,
) -> Iterator[LedgerSession]:
    """The writer's session. First finishes what an earlier one began to emit; last publishes the snapshot.

    Raises LedgerBusy (who holds it), ConfigurationError (key, format), TransientError (the disk is full or fails).
    """
    from pipelines.exchange.outbox import complete_open_intents

    lock = writer_lock(home.ledger / "writer.lock", holder=holder, wait_seconds=wait_seconds)
    with told_of_full_disk(home.root.name), lock:
        session = _open_for_writing(home, keyring, identity or RunIdentity())
        try:
            complete_open_intents(session, home, keyring)
            yield session
        finally:
            _close(session, home, keyring)


def _open_for_writing(home: "CityHome", keyring: "KeyRing", identity: RunIdentity) -> LedgerSession:
    key = keyring.primary("ledger")
    con = _connect(home)
    try:
        rewritten = settle_key(con, home, keyring)
        duckdb_file.attach(con, ledger_file(home, key.version), "ledger", key.text)
        con.execute("USE ledger")
        session = LedgerSession(con, identity)
        migrated = migrations.migrate(con)
        session.committed = (
            migrated or rewritten or _snapshot_is_behind(session, snapshot_file(home, key.version), key.text)
        )
    except BaseException:
        con.close()
        raise
    return session


def _snapshot_is_behind(session: LedgerSession, snapshot: Path, key: str) -> bool:
    """Whether a writer died between its last commit and the publishing of the snapshot."""
    if not snapshot.exists():
        return True
    state = "SELECT (SELECT max(format_version) FROM {0}.ledger_format), (SELECT max(commit_no) FROM {0}.ledger_commit)"
    duckdb_file.attach(session.con, snapshot, "published", key, read_only=True)
    published = session.con.execute(state.format("published")).fetchone()
    session.con.execute("DETACH published")
    return published != session.con.execute(state.format("ledger")).fetchone()


def _close(session: LedgerSession, home: "CityHome", keyring: "KeyRing") -> None:
    """Detach, and publish the snapshot if anything was committed since the last one was published."""
    version = keyring.primary("ledger").version
    try:
        session.con.execute("CHECKPOINT ledger")
        session.con.execute("USE memory")
        session.con.execute("DETACH ledger")
    finally:
        session.con.close()
    if session.committed:
        publish_snapshot(ledger_file(home, version), snapshot_file(home, version))


def publish_snapshot(ledger: Path, snapshot: Path) -> None:
    """Put a copy of the (closed, encrypted) ledger in the readers' place, by rename: open readers keep the old one."""
    part = durable.temporary(snapshot)
    shutil.copyfile(ledger, part)
    durable.fsync_file(part, point="ledger.snapshot.fsync")
    durable.replace(part, snapshot, point="ledger.snapshot.replace")


@contextmanager
def open_snapshot(home: "CityHome", keyring: "KeyRing") -> Iterator[LedgerSession]:
    """A reader's session on the last published snapshot. Raises ConfigurationError when there is none yet."""
    versions = [keyring.primary("ledger").version, *reversed(keyring.versions("ledger"))]
    published = [version for version in versions if snapshot_file(home, version).exists()]
    if not published:
        raise ConfigurationError(
            "この市区町村の台帳はまだありません",
            file=str(home.root.name),
            action="先に `juminzei run` か `make demo` で取込みを実行してください",
        )
    key = keyring.get("ledger", published[0])
    con = _connect(home)
    try:
        duckdb_file.attach(con, snapshot_file(home, key.version), "ledger", key.text, read_only=True)
        con.execute("USE ledger")
        yield LedgerSession(con, RunIdentity())
    finally:
        con.close()
