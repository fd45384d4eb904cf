"""Files with people's data that leave the ledger at an officer's wish: for the owner of the process alone, nothing overwritten."""

import csv
import io
import os
from pathlib import Path
from typing import Any

from pipelines.errors import ConfigurationError, DataError


def write_private(path: Path, content: bytes, what: str) -> None:
    """Write a file that only its owner may read. Raises DataError when it is there already; `what` names it in messages."""
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
        stream.write(content)


def csv_of(rows: list[dict[str, Any]]) -> bytes:
    """Rows as CSV: UTF-8 with a byte order mark (as spreadsheets want it), a header, CRLF; nothing for no rows."""
    text = io.StringIO(newline="")
    if rows:
        writer = csv.DictWriter(text, list(rows[0]), lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")
