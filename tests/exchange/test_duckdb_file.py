"""Database files are encrypted, bounded and closed to the network."""

from pathlib import Path

import duckdb
import pytest

from pipelines.errors import ConfigurationError
from pipelines.exchange import duckdb_file
from pipelines.exchange.duckdb_file import attach, connect

KEY = "k" * 32


def written(path: Path, temp: Path) -> None:
    con = connect(temp_directory=temp)
    attach(con, path, "ledger", KEY)
    con.execute("CREATE TABLE ledger.taxpayer AS SELECT 'Katsushika Hokusai' AS name")
    con.close()


def test_a_name_in_the_file_cannot_be_read_from_the_disk(tmp_path: Path) -> None:
    written(tmp_path / "ledger.duckdb", tmp_path)
    assert b"Hokusai" not in (tmp_path / "ledger.duckdb").read_bytes()

    con = connect(temp_directory=tmp_path)
    attach(con, tmp_path / "ledger.duckdb", "ledger", KEY, read_only=True)
    assert con.execute("SELECT name FROM ledger.taxpayer").fetchall() == [("Katsushika Hokusai",)]


def test_another_key_does_not_open_it_and_the_error_names_no_key(tmp_path: Path) -> None:
    written(tmp_path / "ledger.duckdb", tmp_path)
    con = connect(temp_directory=tmp_path)
    with pytest.raises(ConfigurationError) as refusal:
        attach(con, tmp_path / "ledger.duckdb", "ledger", "x" * 32)
    assert str(refusal.value) == (
        "データベースを開けません。鍵が合いません ／ ファイル: ledger.duckdb ／ "
        "対処: このデータベースを作ったときの鍵(鍵フォルダ)を使っているか確認してください"
    )


def test_what_spills_to_the_disk_is_encrypted(tmp_path: Path) -> None:
    con = connect("60MB", 1, temp_directory=tmp_path / "spill")
    con.execute("CREATE TEMP TABLE person AS SELECT i, 'HOKUSAI' || i AS name FROM range(4000000) t(i)")
    spilled = list((tmp_path / "spill").iterdir())
    assert spilled
    assert all(b"HOKUSAI" not in file.read_bytes() for file in spilled)


def test_the_network_is_closed(tmp_path: Path) -> None:
    con = connect(temp_directory=tmp_path)
    with pytest.raises(duckdb.PermissionException):
        con.execute("SELECT * FROM read_csv('http://127.0.0.1:9/x.csv')")


def test_the_configuration_cannot_be_loosened_afterwards(tmp_path: Path) -> None:
    con = connect(temp_directory=tmp_path)
    with pytest.raises(duckdb.InvalidInputException, match="locked"):
        con.execute("SET disabled_filesystems = ''")


def test_an_unknown_extension_is_not_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duckdb_file, "EXTENSION_SHA256", {})
    duckdb_file.encryption_extension.cache_clear()
    with pytest.raises(ConfigurationError, match="確認済みのものと一致しません"):
        connect(temp_directory=tmp_path)
