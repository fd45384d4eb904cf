"""Every call that makes state durable: commit, fsync, rename, remove. Each names its write point.

Order is the whole idea: a file is written under a temporary name, flushed to the disk, renamed, and the folder is
flushed (without that last step a rename may be lost with the power). Tests replace `on_reach` and kill the process there.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from pipelines.exchange.write_points import WRITE_POINTS


class Committing(Protocol):
    """What `commit` needs of a database connection."""

    def commit(self) -> object: ...


def nothing(point: str) -> None:
    """Reached in production: nothing happens."""


on_reach: Callable[[str], None] = nothing


def reach(point: str) -> None:
    """Tell that the write point `point` (`name:before` or `name:after`) is reached."""
    name = point.rpartition(":")[0]
    if name not in WRITE_POINTS:
        raise AssertionError(f"undeclared write point: {point}")
    on_reach(point)


def commit(connection: Committing, *, point: str) -> None:
    """Commit the open transaction of `connection`."""
    reach(f"{point}:before")
    connection.commit()
    reach(f"{point}:after")


def fsync_file(path: Path, *, point: str) -> None:
    """Flush the contents of `path` to the disk."""
    reach(f"{point}:before")
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    reach(f"{point}:after")


def fsync_folder(folder: Path) -> None:
    """Flush a folder, so that a rename or a removal in it is kept."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def replace(source: Path, target: Path, *, point: str) -> None:
    """Rename `source` over `target` (same folder or file system) and keep it kept."""
    reach(f"{point}:before")
    source.replace(target)
    fsync_folder(target.parent)
    reach(f"{point}:after")


def remove(path: Path, *, point: str) -> None:
    """Remove a file, if it is still there."""
    reach(f"{point}:before")
    path.unlink(missing_ok=True)
    fsync_folder(path.parent)
    reach(f"{point}:after")


def temporary(path: Path) -> Path:
    """The name under which `path` is written before it is renamed: hidden, in the same folder."""
    return path.with_name(f".{path.name}.part")


def write_file(path: Path, content: bytes, *, point: str, mode: int = 0o600) -> None:
    """Write `content` to `path` so that either the old or the new whole file is there after any crash."""
    path.parent.mkdir(parents=True, exist_ok=True)
    reach(f"{point}:before")
    part = temporary(path)
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(path)
    fsync_folder(path.parent)
    reach(f"{point}:after")


def append_line(path: Path, line: bytes, *, point: str) -> None:
    """Append `line` and a newline to `path` and flush it; a crash leaves at most one torn last line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    reach(f"{point}:before")
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "ab") as stream:
        stream.write(line + b"\n")
        stream.flush()
        os.fsync(stream.fileno())
    reach(f"{point}:after")
