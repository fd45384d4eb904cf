"""The ledger under its newest key: after a promotion the next writer rewrites the file, whole, beside the old one."""

from typing import TYPE_CHECKING

import duckdb

from pipelines.exchange import duckdb_file, durable
from pipelines.ledger.files import ledger_file, snapshot_file

if TYPE_CHECKING:
    from pipelines.city import CityHome
    from pipelines.vault import KeyRing


def settle_key(con: duckdb.DuckDBPyConnection, home: "CityHome", keyring: "KeyRing") -> bool:
    """Bring the ledger file under the primary key; whether it had to be rewritten.

    The old file goes once the new one is in its place, the old snapshot once there is a new one. Killed anywhere, the
    next writer does the rest.
    """
    primary = keyring.primary("ledger")
    target = ledger_file(home, primary.version)
    older = [version for version in reversed(keyring.versions("ledger")) if version != primary.version]
    held = [version for version in older if ledger_file(home, version).exists()]
    rewritten = bool(held) and not target.exists()
    if rewritten:
        part = durable.temporary(target)
        part.unlink(missing_ok=True)
        duckdb_file.attach(
            con, ledger_file(home, held[0]), "former", keyring.get("ledger", held[0]).text, read_only=True
        )
        duckdb_file.attach(con, part, "fresh", primary.text)
        con.execute("COPY FROM DATABASE former TO fresh")
        con.execute("DETACH former")
        con.execute("DETACH fresh")
        durable.fsync_file(part, point="ledger.rekey.fsync")
        durable.replace(part, target, point="ledger.rekey.replace")
    for version in held:
        durable.remove(ledger_file(home, version), point="ledger.rekey.remove")
    for version in older:
        if snapshot_file(home, primary.version).exists():
            snapshot_file(home, version).unlink(missing_ok=True)
    return rewritten
