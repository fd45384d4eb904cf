"""The control sheet that lies with files for the post: counts and yen of each file, and which notice is its first and its last."""

import csv
import io
from dataclasses import replace
from typing import TYPE_CHECKING

from pipelines.exchange.payload import payload_file

if TYPE_CHECKING:
    from pipelines.exchange.payload import Payload, SealedFolder

CONTROL = "control.csv"
ENCODING = "cp932"
HEAD = ("ファイル", "件数", "金額（円）", "先頭の通知書番号", "末尾の通知書番号", "SHA-256")


def with_control_sheet(payload: "Payload", folder: "SealedFolder") -> "Payload":
    """The payload and its control sheet (CSV, CP932), where it is paper; any other as it is. The sheet itself counts nothing."""
    if payload.contract.format != "pdf" or not payload.files:
        return payload
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEAD)
    # A register with a row for each record is in the files' order; where it has another (a letter with several people) nobody says.
    numbers = [row["notice_no"] for row in payload.notices]
    told = len(numbers) == payload.row_count
    first = 0
    for file in payload.files:
        ends = (numbers[first], numbers[first + file.rows - 1]) if told and file.rows else ("", "")
        writer.writerow([file.name, file.rows, file.yen, *ends, file.sha256])
        first += file.rows
    writer.writerow(["合計", payload.row_count, payload.amount_yen, "", "", ""])
    sheet = payload_file(folder, CONTROL, text.getvalue().encode(ENCODING), rows=0, yen=0)
    return replace(payload, files=(*payload.files, sheet))
