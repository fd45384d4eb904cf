"""One received record for an officer to read: its items in clear terms, 個人番号 never among them."""

from typing import TYPE_CHECKING, Any

import pyarrow as pa
from stdnum.jp import cn

from pipelines.errors import DataError
from pipelines.exchange.archive import original
from pipelines.intake.landing import reader_of
from pipelines.intake.numbers import mask
from pipelines.intake.quarantine import Stopped
from pipelines.intake.records import Records
from pipelines.intake.rework import Reworked
from pipelines.layout import Item

if TYPE_CHECKING:
    from pipelines.city import CityHome
    from pipelines.ledger import LedgerSession
    from pipelines.vault import KeyRing

_NUMBERS = {
    "valid": "（個人番号。検査用数字は合っています）",
    "bad_check_digit": "（個人番号。検査用数字が合いません）",
    "malformed": "（個人番号の形ではありません）",
}


def received_record(home: "CityHome", keyring: "KeyRing", stopped: Stopped) -> Records:
    """The record alone, as it came, read from the archive. Raises DataError when it cannot be cut into items."""
    if stopped.readable:
        file = stopped.inbox_file(home)
        kept = original(home, keyring, file, stopped.sha256, stopped.size_bytes)
        for records in Reworked(reader_of(stopped.source, kept, {stopped.record_no}), {stopped.record_no: {}}):
            if isinstance(records, Records):
                return records
    raise DataError(
        "項目に分けて読めないレコードです",
        file=stopped.file_name,
        record=stopped.record_no,
        action="中身は示せません。原本を確かめるときは提出者に再送を求めてください（`juminzei quarantine return`）",
    )


def corrections(session: "LedgerSession", stopped: Stopped) -> dict[str, str | None]:
    """What officers have put in the place of items so far, the last of each."""
    rows = session.con.execute(
        "SELECT item, corrected_value FROM ledger.record_correction WHERE file_no = ? AND record_no = ? "
        "ORDER BY decision_no, item",
        [stopped.file_no, stopped.record_no],
    ).fetchall()
    return dict(rows)


def shown_items(records: Records, stopped: Stopped, corrected: dict[str, str | None]) -> list[dict[str, Any]]:
    """The items that have something in them, were corrected, or have a fault, in the order of the layout."""
    faults: dict[int, list[str]] = {}
    for reason in stopped.reasons:
        if reason.item_no is not None:
            faults.setdefault(reason.item_no, []).append(reason.rule)
    shown = []
    for item in records.layout.items:
        if item.unused is not None:
            continue
        value = records.columns[item.name][0].as_py() if item.name in records.columns else None
        if value is None and item.name not in corrected and item.no not in faults:
            continue
        row = {
            "項目番号": item.no,
            "項目": item.ja,
            "値": shown_value(item, value),
            "指摘": "・".join(faults.get(item.no, [])),
        }
        if corrected:
            row["訂正後"] = shown_value(item, corrected[item.name]) if item.name in corrected else ""
        shown.append(row)
    return shown


def shown_value(item: Item, value: str | None) -> str:
    """A value with its unit or the meaning of its code; of a number only whether it is well formed."""
    if value is None:
        return "（空）"
    if item.number == "embedded":
        return "（個人番号を含む項目のため示しません）"
    if item.number == "payer" and cn.is_valid(value):
        return f"{value}（法人番号）"
    if item.number:
        from pipelines.vault import number_status

        return _NUMBERS[number_status(pa.array([value], pa.string()))[0].as_py()]
    if item.name.endswith("_yen") and value.isascii() and value.isdigit():
        return f"{int(value):,} 円"
    masked: str = mask(pa.array([value], pa.string()), identifier=item.identifier)[0][0].as_py()
    meaning = (item.codes or {}).get(masked)
    return f"{masked}（{meaning}）" if meaning else masked
