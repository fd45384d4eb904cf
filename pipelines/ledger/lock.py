"""The one writer's lock: a file lock with a bounded wait that names its holder."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipelines.errors import LedgerBusy

POLL_SECONDS = 0.2


@contextmanager
def writer_lock(path: Path, *, holder: str, wait_seconds: float) -> Iterator[None]:
    """Hold the lock at `path` as `holder`. Raises LedgerBusy, naming who holds it, after `wait_seconds`.

    The kernel releases the lock when the process dies, however it dies.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _acquire(descriptor, path, wait_seconds)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{holder} (PID {os.getpid()})".encode(), 0)
        yield
    finally:
        os.close(descriptor)


def _acquire(descriptor: int, path: Path, wait_seconds: float) -> None:
    deadline = time.monotonic() + wait_seconds
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                holder = os.pread(descriptor, 200, 0).decode(errors="replace") or "不明"
                raise LedgerBusy(
                    "台帳は別の処理が書込み中です",
                    file=path.parent.name,
                    found=f"保有者 {holder}",
                    expected=f"{wait_seconds:g}秒以内に空くこと",
                    action="その処理の終了を待ってから、もう一度実行してください",
                ) from None
            time.sleep(POLL_SECONDS)
        else:
            return
