"""A full disk is told in the operator's words, nothing is half-written, and the same again completes the work."""

import errno
import os
import resource
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.audit import AuditLog, verify
from pipelines.city import CityHome
from pipelines.errors import TransientError
from pipelines.exchange import durable
from pipelines.exchange.emission import verify_emission
from pipelines.exchange.full_disk import told_of_full_disk
from pipelines.ledger import StageContext, open_ledger, open_snapshot
from pipelines.vault import KeyRing, open_sealed, seal_file
from tests.exchange.releases import CONTENT, Office

MESSAGE = (
    "ディスクに書き込めません ／ ファイル: {file} ／ 内容: {found} ／ "
    "対処: 空き容量とディスクの状態を確認し、もう一度実行してください。途中まで書いた内容は使われません"
)
FULL = "空き容量がない"
TOO_LARGE = "1ファイルの大きさの上限に達した"


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """From the n-th flush on the disk is full; `full_disk(0)` frees it again."""
    flush = os.fsync

    def fill(nth: int) -> None:
        flushes = 0

        def refuse(descriptor: int) -> None:
            nonlocal flushes
            flushes += 1
            if nth and flushes >= nth:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            flush(descriptor)

        monkeypatch.setattr(os, "fsync", refuse)

    return fill


@pytest.mark.parametrize(
    ("number", "found"),
    [
        (errno.ENOSPC, FULL),
        (errno.EDQUOT, "利用者の割当て容量を使い切った"),
        (errno.EFBIG, TOO_LARGE),
        (errno.EIO, "読み書きの失敗（機器の故障の恐れ）"),
        (errno.EROFS, "書込みが禁止されている"),
    ],
)
def test_what_the_disk_says_is_said_in_japanese(number: int, found: str) -> None:
    with pytest.raises(TransientError) as told, told_of_full_disk("台帳"):
        raise OSError(number, os.strerror(number))
    assert str(told.value) == MESSAGE.format(file="台帳", found=found)


def test_another_error_stays_what_it_is() -> None:
    with pytest.raises(FileNotFoundError), told_of_full_disk("台帳"):
        raise FileNotFoundError(errno.ENOENT, "no such file")


def test_a_file_is_the_old_one_whole(tmp_path: Path, full_disk: Callable[[int], None]) -> None:
    path = tmp_path / "manifest.json"
    durable.write_file(path, b"old", point="outbox.manifest.write")
    full_disk(1)
    with pytest.raises(TransientError) as told:
        durable.write_file(path, b"new", point="outbox.manifest.write")
    assert str(told.value) == MESSAGE.format(file="manifest.json", found=FULL)
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("manifest.json", b"old")]
    full_disk(0)
    durable.write_file(path, b"new", point="outbox.manifest.write")
    assert path.read_bytes() == b"new"


def test_a_log_has_no_half_line(tmp_path: Path, full_disk: Callable[[int], None]) -> None:
    path = tmp_path / "operations.jsonl"
    durable.append_line(path, b"first", point="operations.append")
    full_disk(1)
    with pytest.raises(TransientError):
        durable.append_line(path, b"second", point="operations.append")
    assert path.read_bytes() == b"first\n"
    full_disk(0)
    durable.append_line(path, b"second", point="operations.append")
    assert path.read_bytes() == b"first\nsecond\n"


def test_a_sealed_file_is_there_whole_or_not_at_all(
    tmp_path: Path, keyring: KeyRing, full_disk: Callable[[int], None]
) -> None:
    path = tmp_path / "levy.csv.sealed"
    full_disk(1)
    with pytest.raises(TransientError) as told:
        seal_file(CONTENT, path, keyring=keyring, purpose="data-2026")
    assert not path.exists()
    assert str(told.value) == MESSAGE.format(file="levy.csv.sealed", found=FULL)
    full_disk(0)
    seal_file(CONTENT, path, keyring=keyring, purpose="data-2026")
    assert open_sealed(path, keyring=keyring) == CONTENT


def test_the_audit_log_goes_on_after_the_event_that_did_not_fit(
    home: CityHome, keyring: KeyRing, full_disk: Callable[[int], None]
) -> None:
    log = AuditLog(home, keyring)
    log.append("release", {"rows": 1}, key="1")
    full_disk(1)
    with pytest.raises(TransientError):
        log.append("release", {"rows": 2}, key="2")
    full_disk(0)
    assert log.append("release", {"rows": 2}, key="2") == 2
    log.checkpoint()
    assert verify(home, keyring.public_pem("audit")).ok


@pytest.mark.parametrize("nth", range(1, 9))
def test_an_emission_that_did_not_fit_is_completed_by_the_next_run(
    office: Office, full_disk: Callable[[int], None], nth: int
) -> None:
    office.decide(office.prepare(), "sato", "suzuki")
    full_disk(nth)
    with pytest.raises(TransientError, match=FULL):
        office.emit()
    full_disk(0)
    office.emit()
    (folder,) = office.emissions
    assert verify_emission(folder, office.keyring) == []
    assert (folder / "levy.csv").read_bytes() == CONTENT
    assert (office.count("outbox_intent"), office.count("delivery")) == (1, 1)
    assert verify(office.home, office.keyring.public_pem("audit")).unsigned_count == 0


# ---------------------------------------------------------------- DuckDB's own writes, under a real limit


def in_a_small_disk(limit_bytes: int, work: Callable[[], None]) -> str:
    """Do the work in a forked process that may write no file beyond the limit; what it was told."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        signal.alarm(60)
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit_bytes, limit_bytes))
        try:
            work()
            said = "done"
        except TransientError as error:
            said = str(error)
        except BaseException as error:
            said = repr(error)
        os.write(writer, said.encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as stream:
        said = stream.read().decode()
    os.waitpid(child, 0)
    return said


def enter_many(ctx: StageContext) -> None:
    with (
        open_ledger(ctx.home, ctx.keyring, holder="試験") as session,
        session.transaction(stage="matching", known_on=ctx.as_of) as transaction,
    ):
        transaction.append(
            "review_item",
            "SELECT i AS document_no, 1 AS review_version, 'number_unknown' AS reason, "
            "sha256(i::VARCHAR) AS message, []::VARCHAR[] AS candidates, []::VARCHAR[] AS evidence FROM range(20000) t(i)",
        )


@pytest.mark.skipif(sys.platform != "linux", reason="the limit is Linux's")
def test_a_ledger_transaction_that_did_not_fit_leaves_the_ledger_as_it_was(ctx: StageContext) -> None:
    with open_ledger(ctx.home, ctx.keyring, holder="試験"):
        pass
    size_bytes = max(path.stat().st_size for path in ctx.home.ledger.glob("ledger.k1.duckdb*"))
    said = in_a_small_disk(size_bytes + 65_536, lambda: enter_many(ctx))
    assert said == MESSAGE.format(file="台帳への取引の確定", found=TOO_LARGE)
    with open_snapshot(ctx.home, ctx.keyring) as session:
        assert session.commit_no == 0

    enter_many(ctx)
    with open_snapshot(ctx.home, ctx.keyring) as session:
        assert session.con.execute("SELECT count(*) FROM ledger.review_item").fetchone() == (20_000,)
