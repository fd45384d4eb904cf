"""Ledgers kept from each format, and what made the newest: `python -m tests.ledger.kept` makes format_1 anew.

A kept ledger is never made anew once its format was released: then a change of the format is a new migration.
"""

import base64
from pathlib import Path

# Opens the kept ledgers, which hold nobody: it keeps no secret.
SECRET = b"only for the ledgers kept here.."
KEY_TEXT = base64.b64encode(SECRET).decode()


def kept_ledger(version: int) -> Path:
    """The kept ledger file of a format."""
    return Path(__file__).parent / f"format_{version}" / "ledger.k1.duckdb"
