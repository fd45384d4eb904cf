"""Individual numbers in what leaves: until it leaves a file names the person instead; the vault gives the numbers at emission alone.

So no number waits for an approval, and what is approved has one digest whatever ids and keys the vault uses (decision 0023).
"""

import csv
import io
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from pipelines.audit import DISCLOSURE, AuditLog, disclosure
from pipelines.vault import Vault

if TYPE_CHECKING:
    from pipelines.city import CityHome
    from pipelines.vault import KeyRing


def revealed(
    home: "CityHome", keyring: "KeyRing", number_ids: dict[str, int], event: dict[str, Any], *, key: str
) -> dict[str, str]:
    """宛名番号 → individual number, from 宛名番号 → number_id; the disclosure `event` is on the disk before the vault is asked.

    The same `key` again writes no second event: what a killed process began is one disclosure.
    """
    if not number_ids:
        return {}
    wanted = sorted(set(number_ids.values()))
    event_no = AuditLog(home, keyring).append(
        DISCLOSURE, event | disclosure(f"release {event['contract']}", wanted), key=key
    )
    with Vault(home, keyring) as vault:
        found = vault.reveal(pa.array(wanted, pa.int64()), audit_event_no=event_no)
    numbers: dict[int, str] = {row["number_id"]: row["number"] for row in found.to_pylist()}
    return {taxpayer_no: numbers[number_id] for taxpayer_no, number_id in number_ids.items()}


def with_numbers(payload: bytes, column: str, numbers: dict[str, str]) -> bytes:
    """A CSV file (UTF-8, LF) with the number where its `column` names a person by 宛名番号; the rest stays as it is."""
    rows = list(csv.reader(io.StringIO(payload.decode(), newline="")))
    place = rows[0].index(column)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(rows[0])
    writer.writerows([*row[:place], numbers[row[place]] if row[place] else "", *row[place + 1 :]] for row in rows[1:])
    return text.getvalue().encode()
