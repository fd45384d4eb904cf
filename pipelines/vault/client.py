"""The caller's side of the vault: starts its process, asks, and stops it."""

import subprocess
import sys
from collections.abc import Callable, Sequence
from threading import Timer
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any, ClassVar, Protocol

import pyarrow as pa

from pipelines import errors
from pipelines.vault.numbers import PAIRS
from pipelines.vault.wire import receive, send

if TYPE_CHECKING:
    from pipelines.city import CityHome
    from pipelines.vault.keys import KeyRing

# The longest that a request may take: taking a city of a million takes some ten seconds.
REQUEST_SECONDS_MAX = 900.0
STOP_SECONDS_MAX = 30.0


class VaultProcess(Protocol):
    """What the caller needs of the vault's process."""

    @property
    def stdin(self) -> IO[bytes] | None: ...
    @property
    def stdout(self) -> IO[bytes] | None: ...
    def wait(self) -> int: ...
    def kill(self) -> None: ...


def start_process(command: Sequence[str]) -> VaultProcess:
    """The vault's process as a new one of the operating system."""
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl-C stops the caller, which then stops the vault between two transactions
    )


class Vault:
    """The municipality's vault, open in a process of its own while the context lasts. One at a time: others wait.

    Every method raises the vault's own errors (DataError, ConfigurationError, TransientError), which carry no values.
    """

    command = (sys.executable, "-m", "pipelines.vault.process")
    start: ClassVar[Callable[[Sequence[str]], VaultProcess]] = staticmethod(start_process)

    def __init__(self, home: "CityHome", keyring: "KeyRing") -> None:
        self._home = home
        self._keyring = keyring
        self._process: VaultProcess | None = None

    def __enter__(self) -> "Vault":
        self._home.vault.mkdir(mode=0o700, parents=True, exist_ok=True)
        folders = (self._home.vault, self._home.audit, self._keyring.folder)
        self._process = Vault.start([*self.command, *(str(folder.resolve()) for folder in folders)])
        try:
            self._receive()
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def take(self, pairs: pa.Table, fiscal_year: int) -> pa.Table:
        """`token` and `number_id` (random, permanent) of every distinct token in `pairs`; nulls are left out.

        `pairs` has the columns of PAIRS, as `Tokeniser.pairs` makes them. One transaction; the same pairs again change
        nothing. Ordered by token. A token from an older key is answered under that same token.
        """
        _, table = self._ask({"operation": "take", "fiscal_year": fiscal_year}, pairs.select(PAIRS.names).cast(PAIRS))
        assert table is not None
        return table

    def reveal(self, number_ids: "pa.Array[Any]", *, audit_event_no: int) -> pa.Table:
        """`number_id` and `number`, ordered by number_id, of the distinct non-null `number_ids`.

        Refuses (DataError) unless audit event `audit_event_no` is on the disk and discloses exactly these numbers: its
        kind is `audit.DISCLOSURE` and its payload holds `audit.disclosure(purpose, number_ids)`.
        """
        wanted = pa.table({"number_id": number_ids.cast(pa.int64())})
        _, table = self._ask({"operation": "reveal", "audit_event_no": audit_event_no}, wanted)
        assert table is not None
        return table

    def rewrap(self) -> int:
        """Move all rows and the vault's file to the primary keys; how many rows were moved."""
        header, _ = self._ask({"operation": "rewrap"})
        return int(header["moved"])

    def counts(self) -> dict[str, dict[int, int]]:
        """Rows by key version, for `vault-token`, `vault-cipher` and `vault-file`."""
        header, _ = self._ask({"operation": "counts"})
        return {purpose: dict(by_version) for purpose, by_version in header["counts"].items()}

    def _ask(self, request: dict[str, Any], table: pa.Table | None = None) -> tuple[dict[str, Any], pa.Table | None]:
        assert self._process is not None, "the vault is open inside `with` only"
        assert self._process.stdin is not None
        try:
            send(self._process.stdin, request, table)
        except BrokenPipeError:
            raise _gone() from None
        return self._receive()

    def _receive(self) -> tuple[dict[str, Any], pa.Table | None]:
        assert self._process is not None
        assert self._process.stdout is not None
        watchdog = Timer(REQUEST_SECONDS_MAX, self._process.kill)
        watchdog.start()
        try:
            answer = receive(self._process.stdout)
        finally:
            watchdog.cancel()
        if answer is None:
            raise _gone()
        header, table = answer
        if "error" in header:
            raise getattr(errors, header["error"])(**header["parts"])
        if "fault" in header:
            raise errors.OperatorError(
                "個人番号保管庫の処理で想定外の誤りが起きました",
                found=f"{header['fault']}（{' '.join(header['at'])}）",
                action="保管庫は変わっていません。この表示を添えて管理者に連絡してください",
            )
        return header, table

    def _stop(self) -> None:
        """End the process: by closing its stdin, and if that does not help, by killing it."""
        if self._process is None:
            return
        process, self._process = self._process, None
        for stream in (process.stdin, process.stdout):
            assert stream is not None
            try:
                stream.close()
            except BrokenPipeError:
                continue
        watchdog = Timer(STOP_SECONDS_MAX, process.kill)
        watchdog.start()
        process.wait()  # without a timeout of its own: that one polls, with pauses
        watchdog.cancel()


def _gone() -> errors.TransientError:
    return errors.TransientError(
        "個人番号保管庫のプロセスが途中で終わりました",
        action="もう一度実行してください。途中まで書いた内容は残っていません",
    )
