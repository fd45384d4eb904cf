"""Which records are accepted: not quarantined, not a duplicate; their numbers from the vault; the reconciliation."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.errors import DataError, StopForPerson
from pipelines.exchange.inbox import DeliveryNote, InboxFile
from pipelines.intake.landing import Landed
from pipelines.intake.rules import keeps_critical
from pipelines.intake.sources import Source, intake_sql
from pipelines.intake.suite import Suite
from pipelines.intake.typed import FINDINGS
from pipelines.layout import source_layouts

if TYPE_CHECKING:
    import duckdb

    from pipelines.vault import Vault

CLASSES = ("accepted", "quarantined", "duplicate")
# Encrypted pairs that go to the vault in one request; it holds them in memory.
REQUEST_BYTES_MAX = 32 * 1024 * 1024


@dataclass(frozen=True)
class Reconciliation:
    """read = accepted + quarantined + duplicate, in records and in yen (支払金額; what can't be read counts 0)."""

    read_count: int
    read_yen: int
    counts: dict[str, int]
    yen: dict[str, int]


def choose(con: "duckdb.DuckDBPyConnection", suite: Suite, refused: Collection[int]) -> None:
    """Make the TEMP table `candidate_record`: the records that keep every critical rule; of `refused` files none."""
    con.execute(
        "CREATE OR REPLACE TEMP TABLE candidate_record AS "
        f"SELECT row_no FROM checked WHERE {keeps_critical(suite)} AND NOT list_contains(?::BIGINT[], file_no)",
        [list(refused)],
    )


def take_numbers(
    con: "duckdb.DuckDBPyConnection",
    source: Source,
    lot: Mapping[int, Landed],
    key: str,
    vault: Callable[[], "Vault"],
    year: int,
) -> None:
    """Give the vault (asked for when there is a number) the pairs behind the candidates.

    Makes the TEMP table `record_number` (row_no, item, place, number_id); `place` counts within the item from 1.
    """
    con.execute(f"CREATE OR REPLACE TEMP TABLE record_token AS {_token_select(source)}")
    con.execute("CREATE OR REPLACE TEMP TABLE number_map (token BLOB, number_id BIGINT)")
    for parts in _number_parts(lot):
        pairs = con.execute(
            "SELECT DISTINCT ON (token) * FROM read_parquet(?, encryption_config = {footer_key_value: ?}) "
            "WHERE token IN (SELECT token FROM record_token) ORDER BY token",
            [parts, key],
        ).to_arrow_table()
        if pairs.num_rows:
            con.register("taken", vault().take(pairs, year))
            con.execute("INSERT INTO number_map SELECT token, number_id FROM taken")
            con.unregister("taken")
    con.execute(
        "CREATE OR REPLACE TEMP TABLE record_number AS SELECT row_no, item, place, number_id FROM record_token "
        "JOIN (SELECT DISTINCT token, number_id FROM number_map) AS known USING (token)"
    )
    _require_all_numbers(con)


def _number_parts(lot: Mapping[int, Landed]) -> Iterator[list[str]]:
    """The parts with number pairs, a request to the vault at a time: many small ones, or few large ones."""
    parts: list[str] = []
    size_bytes = 0
    for path in (path for landed in lot.values() for path in landed.number_parts):
        parts.append(str(path))
        size_bytes += path.stat().st_size
        if size_bytes >= REQUEST_BYTES_MAX:
            yield parts
            parts, size_bytes = [], 0
    if parts:
        yield parts


def _token_select(source: Source) -> str:
    """Every token of the candidates: (row_no, item, place, token)."""
    layouts = source_layouts(source.name)
    nothing = "SELECT 0 AS row_no, '' AS item, 0 AS place, ''::BLOB AS token LIMIT 0"
    selects = [f"({nothing})"]
    for item in layouts[max(layouts)].items:
        if item.number == "embedded":
            tokens = f"{item.name}_tokens"
            selects.append(
                f"SELECT row_no, '{item.name}' AS item, place, {tokens}[place] AS token "
                "FROM candidate_record JOIN record USING (row_no) "
                f"CROSS JOIN LATERAL (SELECT unnest(range(1, len({tokens}) + 1)) AS place)"
            )
        elif item.number is not None:
            selects.append(
                f"SELECT row_no, '{item.name}' AS item, 1 AS place, {item.name} AS token FROM candidate_record "
                f"JOIN record USING (row_no) WHERE {item.name} IS NOT NULL"
            )
    return "\nUNION ALL BY NAME\n".join(selects)


def _require_all_numbers(con: "duckdb.DuckDBPyConnection") -> None:
    row = con.execute("SELECT (SELECT count(*) FROM record_token), (SELECT count(*) FROM record_number)").fetchone()
    assert row is not None
    if row[0] != row[1]:
        raise DataError(
            "個人番号保管庫が、渡した番号の一部に識別子を返しませんでした",
            found=f"{row[0]}件のうち{row[1]}件",
            expected="渡した番号のすべて",
            action="取込みを取り消しました。保管庫の状態を確認してください",
        )


def accept(con: "duckdb.DuckDBPyConnection", source: Source, first_document_no: int) -> None:
    """Make TEMP `candidate` (with the digest of its content) and `accepted` (with its document number)."""
    con.execute(f"CREATE OR REPLACE TEMP TABLE candidate AS {_digest_select(con)}")
    con.execute(f"CREATE OR REPLACE TEMP TABLE duplicate AS SELECT DISTINCT row_no FROM ({source.sql('duplicate')})")
    con.execute(
        "CREATE OR REPLACE TEMP TABLE accepted AS SELECT row_no, content_digest, "
        "? + row_number() OVER (ORDER BY row_no) - 1 AS document_no "
        "FROM candidate ANTI JOIN duplicate USING (row_no)",
        [first_document_no],
    )


def _digest_select(con: "duckdb.DuckDBPyConnection") -> str:
    """Candidates with the SHA-256 of what they say: every loaded item, numbers by their permanent number_id.

    A digest over the clear numbers, or over tokens, would be a search key for the former or die with their key.
    """
    described = con.execute("DESCRIBE landed").fetchall()
    left_out = {"row_no", "file_no", "record_no", "edition", *FINDINGS}
    texts = [name for name, kind, *_ in described if name not in left_out and not kind.startswith("BLOB")]
    content = ", ".join(f"coalesce(CAST({name} AS VARCHAR), '')" for name in texts)
    return f"""
WITH numbered AS (
  SELECT row_no, string_agg(item || ':' || place || ':' || number_id, ',' ORDER BY item, place) AS numbers
  FROM record_number GROUP BY row_no
), digested AS (
  SELECT row_no, sha256(concat_ws(chr(31), coalesce(numbers, ''), {content})) AS content_digest
  FROM candidate_record JOIN landed USING (row_no) LEFT JOIN numbered USING (row_no)
)
SELECT *, row_number() OVER (PARTITION BY content_digest ORDER BY row_no) AS place_among_equals FROM digested"""


def reconcile(con: "duckdb.DuckDBPyConnection", lot: Mapping[int, Landed]) -> dict[int, Reconciliation]:
    """Count every record of each file once. Raises DataError when records or yen got lost on the way."""
    counts = {file_no: dict.fromkeys(CLASSES, 0) for file_no in lot}
    yen = {file_no: dict.fromkeys(CLASSES, 0) for file_no in lot}
    for file_no, name, count, amount in con.execute(intake_sql("reconcile")).fetchall():
        counts[file_no][name] = count
        yen[file_no][name] = amount
    read = read_yen(con, lot)
    for file_no, landed in lot.items():
        counts[file_no]["quarantined"] += len(landed.unreadable)
        _require_nothing_lost(landed, read[file_no], counts[file_no], yen[file_no])
    return {
        file_no: Reconciliation(landed.read_count, read[file_no], counts[file_no], yen[file_no])
        for file_no, landed in lot.items()
    }


def _require_nothing_lost(landed: Landed, read_yen: int, counts: dict[str, int], yen: dict[str, int]) -> None:
    if sum(counts[name] for name in CLASSES) != landed.read_count or sum(yen[name] for name in CLASSES) != read_yen:
        raise DataError(
            "読んだレコードと、受入れ・保留・重複の合計が一致しません",
            found=f"読込み{landed.read_count}件{read_yen}円、内訳{counts}件{yen}円",
            expected="件数も金額も一致",
            action="取込みを取り消しました。この表示を添えて開発者に連絡してください",
        )


def read_yen(con: "duckdb.DuckDBPyConnection", lot: Iterable[int]) -> dict[int, int]:
    """What the readable records of each file add up to; an amount that can't be read counts 0."""
    sums = con.execute(
        "SELECT file_no, sum(amount_yen)::BIGINT FROM record GROUP BY file_no ORDER BY file_no"
    ).fetchall()
    return dict.fromkeys(lot, 0) | dict(sums)


def compare_with_note(file: InboxFile, note: DeliveryNote | None, read_count: int, read_yen: int) -> None:
    """Raise StopForPerson when the file isn't what its delivery note (送付書) says."""
    if note is None:
        return
    wrong = []
    if note.records != read_count:
        wrong.append(("件数", f"{read_count:,}件", f"{note.records:,}件"))
    if note.paid_yen is not None and note.paid_yen != read_yen:
        wrong.append(("支払金額の合計", f"{read_yen:,}円", f"{note.paid_yen:,}円"))
    if wrong:
        raise StopForPerson(
            "送付書とファイルの内容が一致しません",
            file=file.path.name,
            item="・".join(name for name, _, _ in wrong),
            found="・".join(found for _, found, _ in wrong),
            expected="・".join(expected for _, _, expected in wrong),
            action="取り込まずに止めました。提出者に確認し、正しいファイルか送付書に差し替えてください",
        )
