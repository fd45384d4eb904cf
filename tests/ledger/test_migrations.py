"""A ledger of an earlier format is brought to the newest one, whole or not at all, and loses nothing."""

import multiprocessing
import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest
import yaml

from pipelines.city import CityHome
from pipelines.errors import ConfigurationError
from pipelines.exchange import duckdb_file, durable
from pipelines.ledger import open_ledger, open_snapshot
from pipelines.ledger.catalogue import FOLDER
from pipelines.ledger.files import ledger_file
from pipelines.ledger.migrations import format_version, migrate, migrations
from pipelines.vault import KeyRing
from pipelines.vault.key_store import KeySet
from tests.ledger.kept import KEY_TEXT, SECRET, kept_ledger

SECOND = "ALTER TABLE decision ADD COLUMN urgency VARCHAR;\nUPDATE decision SET urgency = 'ordinary';\n"
TERM = {"ja": "緊急度", "description": "試験用の列"}


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """A copy of the ledger kept from format 1."""
    path = tmp_path / "ledger.k1.duckdb"
    shutil.copyfile(kept_ledger(1), path)
    return path


@pytest.fixture
def planted(tmp_path: Path) -> Path:
    """A folder of the first migration and a second one, which adds a column with its term and fills it."""
    folder = tmp_path / "formats"
    folder.mkdir()
    shutil.copyfile(migrations()[0], folder / migrations()[0].name)
    shutil.copyfile(FOLDER / "keys.yaml", folder / "keys.yaml")
    terms = yaml.safe_load((FOLDER / "terms.yaml").read_text(encoding="utf-8"))
    terms["columns"]["urgency"] = TERM
    (folder / "terms.yaml").write_text(yaml.safe_dump(terms, allow_unicode=True), encoding="utf-8")
    (folder / "0002_urgency.sql").write_text(SECOND, encoding="utf-8")
    return folder


def up_to_format(tmp_path: Path, version: int) -> Path:
    """A folder with our own migrations up to a format version."""
    folder = tmp_path / f"up_to_{version}"
    folder.mkdir()
    for file in [*migrations()[:version], FOLDER / "keys.yaml", FOLDER / "terms.yaml"]:
        shutil.copyfile(file, folder / file.name)
    return folder


@contextmanager
def opened(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    con = duckdb_file.connect(temp_directory=path.parent / "spill")
    duckdb_file.attach(con, path, "ledger", KEY_TEXT)
    con.execute("USE ledger")
    try:
        yield con
    finally:
        con.close()


def decisions(con: duckdb.DuckDBPyConnection, columns: str = "decision_no, signature") -> list[tuple[object, ...]]:
    return con.execute(f"SELECT {columns} FROM decision ORDER BY decision_no").fetchall()


def shape(con: duckdb.DuckDBPyConnection) -> list[tuple[object, ...]]:
    return con.execute(
        "SELECT table_name, column_name, data_type, is_nullable, comment FROM duckdb_columns() "
        "WHERE database_name = 'ledger' ORDER BY table_name, column_index"
    ).fetchall()


NOTHING = (0, False, None, [])


def plant(con: duckdb.DuckDBPyConnection, table: str, known: dict[str, str]) -> None:
    """Insert one row: what is `known`, as SQL, and otherwise nought, no and no word."""
    neutral = {"BIGINT": "0", "INTEGER": "0", "BOOLEAN": "FALSE", "VARCHAR": "''", "DATE": "DATE '2026-06-01'"}
    row = {name: known.get(name) or neutral.get(kind, "[]")
           for name, kind, *_ in con.execute(f"DESCRIBE {table}").fetchall()}  # fmt: skip
    con.execute(f"INSERT INTO {table} BY NAME SELECT " + ", ".join(f"{value} AS {name}" for name, value in row.items()))


def names(con: duckdb.DuckDBPyConnection, table: str) -> list[str]:
    return [str(row[0]) for row in con.execute(f"DESCRIBE {table}").fetchall()]


def test_the_kept_ledger_is_what_the_first_migration_makes(ledger: Path, tmp_path: Path) -> None:
    """When this fails, a released migration was edited: write the next one instead (or, unreleased, keep it anew)."""
    with opened(ledger) as kept, opened(tmp_path / "new.duckdb") as new:
        migrate(new, up_to_format(tmp_path, 1))
        assert [row[:4] for row in shape(kept)] == [row[:4] for row in shape(new)]


def test_todays_code_opens_the_kept_ledger(home: CityHome, keyring: KeyRing) -> None:
    keyring.store.save(KeySet("ledger", 1, {1: SECRET}))
    shutil.copyfile(kept_ledger(1), ledger_file(home, 1))
    with open_ledger(home, keyring, holder="試験"):
        pass
    with open_snapshot(home, keyring) as session:
        assert decisions(session.con) == [(1, "signature 1"), (2, "signature 2")]
        assert session.con.execute("SELECT name, number_id FROM resident").fetchall() == [
            ("試験　一郎", 4611686018427387904)
        ]
        assert format_version(session.con) == len(migrations())


def test_format_2_adds_the_pension_reports_to_the_kept_ledger_and_changes_nothing_else(
    ledger: Path, tmp_path: Path
) -> None:
    with opened(ledger) as con:
        before, rows = (
            [row[:4] for row in shape(con)],
            decisions(con),
        )  # comments follow terms.yaml, whatever the format
        assert migrate(con, up_to_format(tmp_path, 2))
    with opened(ledger) as con:
        assert format_version(con) == 2
        added = [row for row in shape(con) if row[:4] not in before]
        assert {row[0] for row in added} == {"pension_report", "pension_report_relative"}
        assert [row for row in before if row not in [found[:4] for found in shape(con)]] == []
        assert ("pension_report", "payee_no", "VARCHAR", True, "受給者番号: 年金の支払者が受給者に付けた番号") in added
        assert all(comment for *_, comment in added)
        assert decisions(con) == rows
        assert con.execute("SELECT count(*) FROM pension_report").fetchone() == (0,)
        assert con.execute("SELECT * FROM ledger_format ORDER BY 1").fetchall() == [
            (1, "0001_initial"),
            (2, "0002_pension_report"),
        ]


BASE = {
    "fiscal_year": "2026", "taxpayer_no": "'1'", "tax_base_version": "1", "content_digest": "'d'", "document_nos": "[7]",
    "born_on": "DATE '1980-03-01'", "known_on": "DATE '2026-05-08'", "employment_paid_yen": "5000000", "commit_no": "3",
}  # fmt: skip


def test_format_3_keeps_a_base_and_its_assessment_and_fills_what_was_unknown_with_nothing(
    ledger: Path, tmp_path: Path
) -> None:
    with opened(ledger) as con:
        migrate(con, up_to_format(tmp_path, 2))
        for table in ("tax_base", "assessment"):
            plant(con, table, BASE)
        before = {table: con.execute(f"SELECT * EXCLUDE (content_digest) FROM {table}").fetchall() for table in
                  ("tax_base", "assessment")}  # fmt: skip
        old = {table: names(con, table) for table in before}
        migrate(con)
    with opened(ledger) as con:
        for table, rows in before.items():
            kept = [name for name in old[table] if name != "content_digest"]
            assert con.execute(f"SELECT {', '.join(kept)} FROM {table}").fetchall() == rows
            added = [name for name in names(con, table) if name not in old[table]]
            assert len(added) > 40
            (filled,) = con.execute(f"SELECT {', '.join(added)} FROM {table}").fetchall()
            assert [name for name, value in zip(added, filled, strict=True) if value not in NOTHING] == []
            assert "content_digest" not in names(con, table)


def test_a_ledger_that_grew_is_the_same_as_one_made_anew(ledger: Path, tmp_path: Path) -> None:
    with opened(ledger) as grown, opened(tmp_path / "new.duckdb") as new:
        migrate(grown)
        migrate(new)
        assert shape(grown) == shape(new)


def test_a_second_migration_keeps_the_rows_fills_the_column_and_comments_on_it(ledger: Path, planted: Path) -> None:
    with opened(ledger) as con:
        assert format_version(con) == 1
        assert migrate(con, planted)
    with opened(ledger) as con:
        assert format_version(con) == 2
        assert decisions(con, "decision_no, signature, urgency") == [
            (1, "signature 1", "ordinary"),
            (2, "signature 2", "ordinary"),
        ]
        assert ("decision", "urgency", "VARCHAR", True, "緊急度: 試験用の列") in shape(con)
        assert con.execute("SELECT * FROM ledger_format ORDER BY 1").fetchall() == [
            (1, "0001_initial"),
            (2, "0002_urgency"),
        ]


def test_done_again_it_does_nothing(ledger: Path, planted: Path) -> None:
    with opened(ledger) as con:
        migrate(con, planted)
        before = shape(con)
        assert not migrate(con, planted)
        assert shape(con) == before
        assert con.execute("SELECT count(*) FROM ledger_format").fetchone() == (2,)


def test_a_new_column_that_may_not_be_empty_comes_by_making_the_table_anew(ledger: Path, planted: Path) -> None:
    (planted / "0002_urgency.sql").write_text(
        "CREATE TABLE delivery_next (intent_no BIGINT NOT NULL, manifest_digest VARCHAR NOT NULL, "
        "known_on DATE NOT NULL, commit_no BIGINT NOT NULL, urgency VARCHAR NOT NULL);"
        "INSERT INTO delivery_next SELECT *, 'ordinary' FROM delivery ORDER BY intent_no;"
        "DROP TABLE delivery; ALTER TABLE delivery_next RENAME TO delivery;",
        encoding="utf-8",
    )
    with opened(ledger) as con:
        con.execute("INSERT INTO delivery VALUES (1, 'digest', DATE '2026-06-10', 9)")
        migrate(con, planted)
    with opened(ledger) as con:
        assert con.execute("SELECT * EXCLUDE known_on FROM delivery").fetchall() == [(1, "digest", 9, "ordinary")]
        assert ("delivery", "urgency", "VARCHAR", False, "緊急度: 試験用の列") in shape(con)


def test_a_ledger_newer_than_the_code_is_left_alone(ledger: Path, planted: Path) -> None:
    with opened(ledger) as con:
        migrate(con, planted)
    with opened(ledger) as con:
        (planted / "0002_urgency.sql").unlink()
        with pytest.raises(ConfigurationError) as refusal:
            migrate(con, planted)
        assert format_version(con) == 2
    assert str(refusal.value) == (
        "台帳の書式が、このプログラムより新しい版です ／ 内容: 書式 2 版 ／ 正しい形: 書式 1 版以下 ／ "
        "対処: 新しい版のプログラムで実行してください"
    )


@pytest.mark.parametrize(
    ("statements", "failure"),
    [
        (SECOND + "SELECT error('本当の誤り')", duckdb.Error),
        (SECOND.replace("urgency", "nameless"), KeyError),
    ],
    ids=["its SQL fails", "its column has no term"],
)
def test_a_migration_that_fails_leaves_the_earlier_format_whole(
    ledger: Path, planted: Path, statements: str, failure: type[Exception]
) -> None:
    (planted / "0002_urgency.sql").write_text(statements, encoding="utf-8")
    with opened(ledger) as con:
        before = shape(con)
        with pytest.raises(failure):
            migrate(con, planted)
    with opened(ledger) as con:
        assert format_version(con) == 1
        assert shape(con) == before
        assert decisions(con) == [(1, "signature 1"), (2, "signature 2")]


def migrate_and_die(ledger: Path, planted: Path, point: str) -> None:
    def die(reached: str) -> None:
        if reached == point:
            os.kill(os.getpid(), signal.SIGKILL)

    durable.on_reach = die
    with opened(ledger) as con:
        migrate(con, planted)


@pytest.mark.parametrize(("side", "version"), [("before", 1), ("after", 2)])
def test_killed_at_the_commit_and_run_again(ledger: Path, planted: Path, side: str, version: int) -> None:
    process = multiprocessing.get_context("spawn").Process(
        target=migrate_and_die, args=(ledger, planted, f"ledger.format:{side}")
    )
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    with opened(ledger) as con:
        assert format_version(con) == version
        assert migrate(con, planted) == (version == 1)
        assert format_version(con) == 2
        assert decisions(con, "urgency") == [("ordinary",), ("ordinary",)]
