"""What is put into a file only when it leaves: individual numbers and people's own keys. Until then the file names the person.

So no number waits for an approval, and what is approved has one digest whatever ids and keys we use (decision 0023).
"""

import csv
import io
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from pipelines.audit import DISCLOSURE, AuditLog, disclosure
from pipelines.vault import Vault, personal_identity

if TYPE_CHECKING:
    from pipelines.city import CityHome
    from pipelines.vault import KeyRing

# Column → 宛名番号 → what stands in the column.
Fillings = dict[str, dict[str, str]]


def fillings(
    home: "CityHome",
    keyring: "KeyRing",
    columns: dict[str, str],
    listing: dict[str, Any],
    event: dict[str, Any],
    *,
    key: str,
) -> Fillings:
    """For each of the columns (name → type): what stands in it, by 宛名番号. `key` names the disclosure of numbers, if any.

    The disclosure `event` is on the disk before the vault is asked; the same `key` again writes no second event, so that
    what a killed process began is one disclosure.
    """
    made: Fillings = {}
    for column, kind in columns.items():
        if kind == "number":
            made[column] = _numbers(home, keyring, listing["number_ids"], event, key)
        else:
            year = event["fiscal_year"]
            made[column] = {number: personal_identity(keyring, year, number) for number in listing["people"]}
    return made


def filled(payload: bytes, values: Fillings) -> bytes:
    """A CSV file (UTF-8, LF) with the value where one of the columns names a person by 宛名番号; the rest stays as it is."""
    rows = list(csv.DictReader(io.StringIO(payload.decode(), newline="")))
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(
        row | {column: by_person[row[column]] for column, by_person in values.items() if row[column]} for row in rows
    )
    return text.getvalue().encode()


def _numbers(
    home: "CityHome", keyring: "KeyRing", number_ids: dict[str, int], event: dict[str, Any], key: str
) -> dict[str, str]:
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
