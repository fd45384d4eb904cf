"""Files with people's data that leave the ledger at an officer's wish: for the owner of the process alone, nothing overwritten."""

import csv
import io
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from pipelines.errors import ConfigurationError, DataError


@contextmanager
def private_file(path: Path, what: str) -> Iterator[BinaryIO]:
    """A new file that only its owner may read. Raises DataError when it is there already; `what` names it in messages."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise DataError(
            "同じ名前のファイルがあります。",
            file=path.name,
            action=f"ほかの人の{what}かもしれません。別の名前にするか、確かめてから消してください。",
        ) from None
    except OSError as error:
        raise ConfigurationError(
            f"{what}を書けません。", file=path.name, found=error.strerror, action="出力先のフォルダを確かめてください。"
        ) from None
    with os.fdopen(descriptor, "wb") as stream:
        yield stream


def write_csv(path: Path, rows: Iterable[Mapping[str, Any]]) -> int:
    """Write like rows as CSV: UTF-8 with a byte order mark (as spreadsheets want it), a header, CRLF. How many; none, an empty file."""
    count = 0
    with private_file(path, "一覧") as stream, io.TextIOWrapper(stream, encoding="utf-8-sig", newline="") as text:
        writer = csv.writer(text, lineterminator="\r\n")
        for count, row in enumerate(rows, start=1):
            if count == 1:
                writer.writerow(row.keys())
            writer.writerow(row.values())
    return count
