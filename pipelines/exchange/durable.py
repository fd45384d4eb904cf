"""Every call that makes state durable: commit, fsync, rename, remove. Each names its write point.

Order is the whole idea: a file is written under a temporary name, flushed to the disk, renamed, and the folder is
flushed (without that last step a rename may be lost with the power). Tests replace `on_reach` and kill the process there.
Every call raises TransientError when the disk is full or fails; the file is then as it was before.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from pipelines.exchange.full_disk import told_of_full_disk
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
    with told_of_full_disk(WRITE_POINTS[point].partition("（")[0]):
        connection.commit()
    reach(f"{point}:after")


def fsync_file(path: Path, *, point: str) -> None:
    """Flush the contents of `path` to the disk."""
    reach(f"{point}:before")
    descriptor = os.open(path, os.O_RDONLY)
    try:
        with told_of_full_disk(path.name.removeprefix(".").removesuffix(".part")):
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
    with told_of_full_disk(target.name):
        source.replace(target)
        fsync_folder(target.parent)
    reach(f"{point}:after")


def remove(path: Path, *, point: str) -> None:
    """Remove a file, if it is still there."""
    reach(f"{point}:before")
    with told_of_full_disk(path.name):
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
    with told_of_full_disk(path.name):
        try:
            descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            part.replace(path)
        except OSError:
            part.unlink(missing_ok=True)  # what could not be written whole takes no more of the room
            raise
        fsync_folder(path.parent)
    reach(f"{point}:after")


def append_line(path: Path, line: bytes, *, point: str) -> None:
    """Append `line` and a newline to `path` and flush it; a crash leaves at most one torn last line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    reach(f"{point}:before")
    with told_of_full_disk(path.name):
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            _append(descriptor, line + b"\n")
        finally:
            os.close(descriptor)
    reach(f"{point}:after")


def _append(descriptor: int, line: bytes) -> None:
    """Append and flush; when the disk refuses, cut what it took of the line."""
    whole_bytes = os.fstat(descriptor).st_size
    try:
        written = 0
        while written < len(line):
            written += os.write(descriptor, line[written:])
        os.fsync(descriptor)
    except OSError:
        os.ftruncate(descriptor, whole_bytes)
        raise
