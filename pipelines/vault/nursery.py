"""Many vaults, quickly: processes forked from one that has imported everything and knows the encryption extension.

For simulations, which open a vault for every few records. Each is a process of its own, as in production, and begins as empty as one: the nursery opens no vault and knows no key.
`python -m pipelines.vault.nursery FD` is the nursery's own process; on the socket FD each line is a command
(`[interpreter, "-m", module, arguments…]`, JSON) with the file descriptors of stdin, stdout and a pipe that stays open while
the process lives; the answer is a line with the process's number.
"""

import json
import os
import runpy
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import IO

from pipelines.exchange.duckdb_file import encryption_extension
from pipelines.vault.client import Vault

LINE_BYTES_MAX = 1 << 16


@contextmanager
def nursery() -> Iterator[None]:
    """Inside, every `Vault` of this process starts from a nursery; one that is in use already is used on."""
    if isinstance(getattr(Vault.start, "__self__", None), _Nursery):
        yield
        return
    started, own = _Nursery(), Vault.start
    Vault.start = started.start
    try:
        yield
    finally:
        Vault.start = own
        started.close()


class _Nursling:
    """A forked process, as far as its caller needs to know."""

    def __init__(self, pid: int, stdin: IO[bytes], stdout: IO[bytes], alive: IO[bytes]) -> None:
        self.pid = pid
        self.stdin = stdin
        self.stdout = stdout
        self._alive = alive

    def wait(self) -> int:
        """Wait until it is gone. How it ended is not told."""
        self._alive.read()
        return 0

    def kill(self) -> None:
        """Kill it, if it still lives: its number may be another's afterwards."""
        if not select.select([self._alive], [], [], 0)[0]:
            os.kill(self.pid, signal.SIGKILL)


class _Nursery:
    """The caller's side: asks the nursery's process for vaults, one after another."""

    def __init__(self) -> None:
        self._socket, theirs = socket.socketpair()
        with theirs:
            command = [sys.executable, "-m", "pipelines.vault.nursery", str(theirs.fileno())]
            self._process = subprocess.Popen(command, pass_fds=[theirs.fileno()], start_new_session=True)

    def start(self, command: Sequence[str]) -> _Nursling:
        """A process of that command."""
        (stdin, to_it), (from_it, stdout), (alive, lives) = os.pipe(), os.pipe(), os.pipe()
        handed_over = [stdin, stdout, lives]
        socket.send_fds(self._socket, [json.dumps(list(command)).encode() + b"\n"], handed_over)
        for descriptor in handed_over:
            os.close(descriptor)
        pid = int(_line(self._socket))
        return _Nursling(pid, os.fdopen(to_it, "wb"), os.fdopen(from_it, "rb"), os.fdopen(alive, "rb", buffering=0))

    def close(self) -> None:
        """End the nursery; its vaults live on until their callers leave them."""
        self._socket.close()
        self._process.wait()


def _line(stream: socket.socket) -> str:
    """The next line, "" at the end."""
    text = b""
    while not text.endswith(b"\n") and (part := stream.recv(LINE_BYTES_MAX)):
        text += part
    return text.decode()


def _serve(stream: socket.socket) -> None:
    """Fork a process a command, until the caller is gone."""
    runpy.run_module("pipelines.vault.process")  # everything it imports
    encryption_extension()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody asks how a vault ended
    while True:
        message, descriptors, _, _ = socket.recv_fds(stream, LINE_BYTES_MAX, 3)
        if not message:
            return
        while not message.endswith(b"\n"):
            message += stream.recv(LINE_BYTES_MAX)
        child = os.fork()
        if child == 0:
            stream.close()
            _become(json.loads(message), descriptors)
        for descriptor in descriptors:
            os.close(descriptor)
        stream.sendall(f"{child}\n".encode())


def _become(command: list[str], descriptors: list[int]) -> None:
    """Be that command's process, in a session of its own; leaves without any clean-up of the interpreter."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setsid()
    stdin, stdout, _ = descriptors
    os.dup2(stdin, 0)
    os.dup2(stdout, 1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    os.close(stdin)
    os.close(stdout)
    _, _, module, *sys.argv[1:] = command
    code = 1
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    except SystemExit as left:
        code = int(left.code or 0)
    finally:
        os._exit(code)


if __name__ == "__main__":
    _serve(socket.socket(fileno=int(sys.argv[1])))
