"""One ledger transaction: appends rows of facts, stamped with the day they were known and its own number."""

from collections.abc import Sequence
from datetime import date

import duckdb

from pipelines.errors import DataError
from pipelines.ledger.catalogue import catalogue

STAMPS = ("known_on", "commit_no")


class Transaction:
    """Rows go in through `append` only; keys are checked before the commit, in the same transaction."""

    def __init__(self, con: duckdb.DuckDBPyConnection, stage: str, known_on: date, commit_no: int) -> None:
        self.con = con
        self.stage = stage
        self.known_on = known_on
        self.commit_no = commit_no
        self.appended: dict[str, int] = {}

    @property
    def row_count(self) -> int:
        """Rows appended so far, over all tables."""
        return sum(self.appended.values())

    def append(self, table: str, select: str, params: Sequence[object] = ()) -> int:
        """Append the rows of `select` (all columns of `table` by name, but known_on and commit_no); how many.

        A version that the ledger already has gets the next number that is free.
        """
        row = self.con.execute(
            f"INSERT INTO ledger.{table} BY NAME SELECT *, DATE '{self.known_on.isoformat()}' AS known_on, "
            f"{self.commit_no:d}::BIGINT AS commit_no FROM ({_numbered(table, select)})",
            list(params),
        ).fetchone()
        count = int(row[0]) if row else 0
        self.appended[table] = self.appended.get(table, 0) + count
        return count

    def append_row(self, table: str, **values: object) -> None:
        """Append one row."""
        columns = ", ".join(f"? AS {name}" for name in values)
        self.append(table, f"SELECT {columns}", list(values.values()))

    def check_keys(self) -> None:
        """Raise DataError when a row appended here has the key of another row."""
        for table, count in sorted(self.appended.items()):
            if count == 0:
                continue
            key = ", ".join(catalogue().keys[table])
            row = self.con.execute(
                f"SELECT count(*) FROM (SELECT {key} FROM ledger.{table} SEMI JOIN "
                f"(SELECT {key} FROM ledger.{table} WHERE commit_no = ?) USING ({key}) "
                f"GROUP BY {key} HAVING count(*) > 1)",
                [self.commit_no],
            ).fetchone()
            if row != (0,):
                raise DataError(
                    "台帳の一意性に反する追加です。取引をすべて取り消しました",
                    item=f"{catalogue().table_comment(table).split(':')[0]}（{table}）",
                    found=f"重複した鍵 {row[0] if row else 0} 件",
                    expected=f"鍵 {key} は一意",
                    action="同じ資料が二重に渡されていないか確認してください",
                )

    def number_commit(self) -> None:
        """Enter this commit in the ledger's own list."""
        self.con.execute(
            "INSERT INTO ledger.ledger_commit (commit_no, known_on, stage) VALUES (?, ?, ?)",
            [self.commit_no, self.known_on, self.stage],
        )


def _numbered(table: str, select: str) -> str:
    """The rows of `select`, their versions numbered after all that the ledger has, known to the run or not."""
    version = catalogue().versions.get(table)
    if version is None:
        return select
    thing = [name for name in catalogue().keys[table] if name != version]
    same = " AND ".join(f"kept.{name} = decided.{name}" for name in thing)
    return (
        f"SELECT decided.* REPLACE (greatest(decided.{version}, kept.last_version + 1) AS {version}) FROM ({select}) AS decided "
        f"LEFT JOIN (SELECT {', '.join(thing)}, max({version}) AS last_version FROM ledger.{table} GROUP BY ALL) AS kept ON {same}"
    )
