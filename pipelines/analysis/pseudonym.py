"""Pseudonyms: a keyed name for each taxpayer that ends with the fiscal year."""

import hashlib
import hmac
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pyarrow as pa

if TYPE_CHECKING:
    from pipelines.ledger import LedgerSession
    from pipelines.vault.keys import Key

# 80 bits: among a million people two get the same name once in a trillion publications.
HEX_DIGITS = 20


def pseudonyms(taxpayer_nos: Sequence[str], key: "Key", city_code: str, fiscal_year: int) -> list[str]:
    """HMAC-SHA-256 of each number, shortened, under a key of its own for the city and the fiscal year.

    Without the key nobody can try all numbers; with different keys nobody can follow a person from year to year.
    """
    secret = key.derive(f"analysis {city_code} {fiscal_year}")
    return [hmac.new(secret, number.encode(), hashlib.sha256).hexdigest()[:HEX_DIGITS] for number in taxpayer_nos]


def keep_pseudonyms(session: "LedgerSession", key: "Key", city_code: str, fiscal_year: int) -> int:
    """Keep TEMP table `pseudonym` (taxpayer_no, person_key) of everybody in TEMP table `assessed`; how many."""
    rows = session.con.execute("SELECT taxpayer_no FROM assessed ORDER BY taxpayer_no").fetchall()
    numbers = [str(row[0]) for row in rows]
    keys = pseudonyms(numbers, key, city_code, fiscal_year)
    if len(set(keys)) != len(numbers):
        raise AssertionError("two taxpayers have the same pseudonym")
    table = pa.table({"taxpayer_no": pa.array(numbers, pa.string()), "person_key": pa.array(keys, pa.string())})
    session.con.register("pseudonym_rows", table)
    session.con.execute("CREATE OR REPLACE TEMP TABLE pseudonym AS SELECT * FROM pseudonym_rows ORDER BY taxpayer_no")
    session.con.unregister("pseudonym_rows")
    return len(numbers)
