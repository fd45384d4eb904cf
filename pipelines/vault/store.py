"""The vault's database: which number_id stands for which number. Used by the vault's own process only."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from pipelines.audit.disclosure import DISCLOSURE, merkle_root
from pipelines.audit.journal import event_on_disk
from pipelines.errors import ConfigurationError, DataError
from pipelines.exchange import duckdb_file, durable
from pipelines.vault.keys import KeyRing
from pipelines.vault.numbers import decrypted, encrypted, tokens_of

VAULT_FILE = "vault.duckdb"
_CHUNK_ROWS = 200_000
# number_id: random, permanent, the only thing that the ledger knows of a number.
# first_, last_fiscal_year: the years in which it was handed in, for erasure after the retention years.
_CREATE = """
CREATE TABLE IF NOT EXISTS vault.number (
  number_id BIGINT NOT NULL,
  token BLOB NOT NULL,
  token_key_version INTEGER NOT NULL,
  ciphertext BLOB NOT NULL,
  cipher_key_version INTEGER NOT NULL,
  first_fiscal_year INTEGER NOT NULL,
  last_fiscal_year INTEGER NOT NULL
)
"""


class NumberStore:
    """The open vault. Every change is one transaction; what each method promises stands at `Vault`."""

    def __init__(self, folder: Path, audit_folder: Path, keyring: KeyRing) -> None:
        self._path = folder / VAULT_FILE
        self._audit_folder = audit_folder
        self._keyring = keyring
        self._token_key = keyring.primary("vault-token")
        self._cipher_key = keyring.primary("vault-cipher")
        self._con = duckdb_file.connect("1GB", 2, temp_directory=folder / "spill")
        self._file_version = self._attach()
        with self._transaction() as con:
            con.execute(_CREATE)

    def close(self) -> None:
        """Close the database."""
        self._con.close()

    def take(self, pairs: pa.Table, fiscal_year: int) -> pa.Table:
        """`token`, `number_id` for every distinct token in `pairs`; tokens not seen before get a new number_id.

        Pairs made under older keys are made anew under the primary ones, and so are the rows of the vault first, so
        that the same number always meets its row. The same pairs again change nothing.
        """
        with self._transaction() as con:
            self._renew("vault.number", "number_id")
            self._load_pairs(pairs)
            self._insert_new(fiscal_year)
            con.execute(
                "UPDATE vault.number SET first_fiscal_year = least(first_fiscal_year, $1), "
                "last_fiscal_year = greatest(last_fiscal_year, $1) "
                "FROM pair WHERE number.token = pair.token AND $1 NOT BETWEEN first_fiscal_year AND last_fiscal_year",
                [fiscal_year],
            )
        return self._con.execute(
            "SELECT given AS token, number_id FROM pair JOIN vault.number USING (token) ORDER BY given"
        ).to_arrow_table()

    def reveal(self, number_ids: "pa.Array[Any]", *, audit_event_no: int) -> pa.Table:
        """`number_id`, `number` of exactly the numbers that the audit event on the disk names."""
        distinct: Any = number_ids.drop_null().unique().to_pylist()
        wanted = sorted(distinct)
        _require_event(self._audit_folder, audit_event_no, wanted)
        self._con.register("wanted", pa.table({"number_id": pa.array(wanted, pa.int64())}))
        rows = self._con.execute(
            "SELECT number_id, token, ciphertext, cipher_key_version FROM vault.number JOIN wanted USING (number_id) "
            "ORDER BY number_id"
        ).to_arrow_table()
        if rows.num_rows != len(wanted):
            raise DataError(
                "個人番号保管庫に無い番号が求められました",
                found=f"{len(wanted) - rows.num_rows}件",
                action="台帳と保管庫が同じ時点の控えから戻されているか確認してください",
            )
        columns: Any = [rows["number_id"], pa.array([number.decode() for number in self._opened(rows)], pa.string())]
        return pa.table(columns, names=["number_id", "number"])

    def rewrap(self) -> int:
        """Move every row, and the file itself, to the primary keys; the number of rows moved."""
        with self._transaction():
            moved = self._renew("vault.number", "number_id")
        if self._file_version != self._keyring.primary("vault-file").version:
            self._rekey_file()
        return moved

    def counts(self) -> dict[str, dict[int, int]]:
        """Rows by key version, for each of the vault's keys."""
        con = self._con
        by_token_key = con.execute(
            "SELECT token_key_version, count(*) FROM vault.number GROUP BY 1 ORDER BY 1"
        ).fetchall()
        by_cipher_key = con.execute(
            "SELECT cipher_key_version, count(*) FROM vault.number GROUP BY 1 ORDER BY 1"
        ).fetchall()
        rows = sum(count for _, count in by_token_key)
        return {
            "vault-token": dict(by_token_key),
            "vault-cipher": dict(by_cipher_key),
            "vault-file": {self._file_version: rows},
        }

    def _attach(self) -> int:
        """Attach the file under the key version that opens it, the primary first; that version."""
        primary = self._keyring.primary("vault-file").version
        older = [version for version in reversed(self._keyring.versions("vault-file")) if version != primary]
        for version in [primary, *older]:
            try:
                key = self._keyring.get("vault-file", version)
                duckdb_file.attach(self._con, self._path, "vault", key.text)
            except ConfigurationError as error:
                refusal = error
            else:
                return version
        raise refusal

    def _rekey_file(self) -> None:
        """Write the database anew under the primary key, and put it in the old one's place."""
        part = durable.temporary(self._path)
        part.unlink(missing_ok=True)
        duckdb_file.attach(self._con, part, "fresh", self._keyring.primary("vault-file").text)
        self._con.execute("COPY FROM DATABASE vault TO fresh")
        for database in ("fresh", "vault"):
            self._con.execute(f"CHECKPOINT {database}")
            self._con.execute(f"DETACH {database}")
        # A log left beside the old file would be read as the new one's.
        assert not self._path.with_name(f"{VAULT_FILE}.wal").exists()
        durable.fsync_file(part, point="vault.rekey.fsync")
        durable.replace(part, self._path, point="vault.rekey.replace")
        self._file_version = self._attach()

    def _load_pairs(self, pairs: pa.Table) -> None:
        """TEMP TABLE pair: the distinct pairs, `given` = the token as handed in, the rest under the primary keys."""
        self._con.register("handed_in", pairs)
        self._con.execute(
            "CREATE OR REPLACE TEMP TABLE pair AS SELECT DISTINCT ON (token) token AS given, token, "
            "token_key_version, ciphertext, cipher_key_version FROM handed_in WHERE token IS NOT NULL ORDER BY token"
        )
        self._renew("pair", "given")

    def _renew(self, table: str, row_key: str) -> int:
        """Make token and ciphertext of the rows under older keys anew under the primary ones; how many there were."""
        versions = [self._token_key.version, self._cipher_key.version]
        renewed = 0
        while True:
            stale = self._con.execute(
                f"SELECT {row_key} AS row_key, token, ciphertext, cipher_key_version FROM {table} "
                f"WHERE token_key_version <> $1 OR cipher_key_version <> $2 ORDER BY {row_key} LIMIT {_CHUNK_ROWS}",
                versions,
            ).to_arrow_table()
            if stale.num_rows == 0:
                return renewed
            numbers = self._opened(stale)
            tokens = tokens_of(numbers, self._token_key)
            fresh: Any = [stale["row_key"], tokens, encrypted(numbers, tokens, self._cipher_key)]
            self._con.register("fresh", pa.table(fresh, names=["row_key", "token", "ciphertext"]))
            self._con.execute(
                f"UPDATE {table} SET token = fresh.token, ciphertext = fresh.ciphertext, token_key_version = $1, "
                f"cipher_key_version = $2 FROM fresh WHERE {row_key} = row_key",
                versions,
            )
            renewed += stale.num_rows

    def _insert_new(self, fiscal_year: int) -> None:
        """Rows for the tokens that the vault does not know. Each pair is opened once, so that no wrong one gets in."""
        newcomers = self._con.execute(
            "SELECT DISTINCT ON (token) token, ciphertext, cipher_key_version FROM pair ANTI JOIN vault.number "
            "USING (token) ORDER BY token, given"
        ).to_arrow_table()
        for start in range(0, newcomers.num_rows, _CHUNK_ROWS):
            self._opened(newcomers.slice(start, _CHUNK_ROWS))
        number_ids: Any = self._new_number_ids(newcomers.num_rows)
        self._con.register("newcomer", newcomers.append_column("number_id", pa.array(number_ids)))
        self._con.execute(
            "INSERT INTO vault.number SELECT number_id, token, $1, ciphertext, $2, $3, $3 FROM newcomer",
            [self._token_key.version, self._cipher_key.version, fiscal_year],
        )

    def _new_number_ids(self, count: int) -> npt.NDArray[np.int64]:
        """`count` random ids of 62 bits that nobody has: they tell nothing, not even an order."""
        while True:
            drawn = np.frombuffer(secrets.token_bytes(8 * count), np.uint64) >> np.uint64(2)
            number_ids = drawn.astype(np.int64)
            column: Any = number_ids
            self._con.register("drawn", pa.table({"number_id": column}))
            taken = self._con.execute("SELECT count(*) FROM vault.number JOIN drawn USING (number_id)").fetchone()
            if taken == (0,) and len(np.unique(number_ids)) == count:
                return number_ids

    def _opened(self, rows: pa.Table) -> list[bytes]:
        """The numbers of `rows` (token, ciphertext, cipher_key_version), in order."""
        tokens: Any = rows["token"].to_pylist()
        ciphertexts: Any = rows["ciphertext"].to_pylist()
        versions = np.array(rows["cipher_key_version"].to_pylist(), np.int64)
        numbers = [b""] * len(tokens)
        for version in np.unique(versions):
            places = np.flatnonzero(versions == version).tolist()
            key = self._keyring.get("vault-cipher", int(version))
            opened = decrypted([ciphertexts[at] for at in places], [tokens[at] for at in places], key)
            for at, number in zip(places, opened, strict=True):
                numbers[at] = number
        return numbers

    @contextmanager
    def _transaction(self) -> Iterator[duckdb.DuckDBPyConnection]:
        self._con.begin()
        try:
            yield self._con
        except BaseException:
            self._con.rollback()
            raise
        durable.commit(self._con, point="vault.commit")


def _require_event(audit_folder: Path, audit_event_no: int, number_ids: list[int]) -> None:
    """Refuse unless the event is on the disk and is the disclosure of exactly these numbers."""
    event = event_on_disk(audit_folder, audit_event_no)
    payload = event.payload if event is not None and event.kind == DISCLOSURE else {}
    root = merkle_root(map(str, number_ids), str(payload.get("purpose", "")))
    if payload.get("number_root") != root:
        raise DataError(
            "個人番号を取り出せません。監査記録に、この取出しの記録がありません",
            record=audit_event_no,
            expected="同じ人・同じ目的の disclosure の記録",
            action="audit.disclosure で記録を作り、監査記録に書いてから取り出してください",
        )
