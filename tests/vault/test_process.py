"""The vault's process: it answers, waits, dies and tells, and nothing of a number gets out of it."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from pipelines.audit import DISCLOSURE, AuditLog, disclosure
from pipelines.city import CityHome
from pipelines.errors import ConfigurationError, DataError, OperatorError, TransientError
from pipelines.vault import PAIRS, KeyRing, Tokeniser, Vault
from pipelines.vault.client import start_process
from pipelines.vault.store import NumberStore

TARO, HANAKO = "123456789018", "876543210989"


@pytest.fixture(autouse=True)
def _as_in_production(monkeypatch: pytest.MonkeyPatch) -> None:
    """Here the vault is a new process of the operating system, not one from the tests' nursery."""
    monkeypatch.setattr(Vault, "start", staticmethod(start_process))


@pytest.fixture
def home(tmp_path: Path) -> CityHome:
    return CityHome("112101", tmp_path / "data")


@pytest.fixture
def vault(home: CityHome, keyring: KeyRing) -> Iterator[Vault]:
    with Vault(home, keyring) as opened:
        yield opened


def pairs(keyring: KeyRing, *numbers: str | None) -> pa.Table:
    return pa.Table.from_batches([Tokeniser(keyring).pairs(pa.array(numbers, pa.string()))], PAIRS)


def test_numbers_go_in_and_come_out_through_the_process(home: CityHome, vault: Vault, keyring: KeyRing) -> None:
    taken: Any = vault.take(pairs(keyring, TARO, HANAKO, None), 2026)
    number_ids = taken["number_id"].combine_chunks()
    with pytest.raises(DataError, match="監査記録に、この取出しの記録がありません ／ レコード: 1"):
        vault.reveal(number_ids, audit_event_no=1)
    payload = disclosure("matching", number_ids.to_pylist())
    event = AuditLog(home, keyring).append(DISCLOSURE, payload, key="disclosure-1")
    assert set(vault.reveal(number_ids, audit_event_no=event)["number"].to_pylist()) == {TARO, HANAKO}
    assert vault.rewrap() == 0
    assert vault.counts() == {"vault-token": {1: 2}, "vault-cipher": {1: 2}, "vault-file": {1: 2}}


def test_the_process_makes_no_file_that_others_can_read(home: CityHome, vault: Vault, keyring: KeyRing) -> None:
    vault.take(pairs(keyring, TARO), 2026)
    files = [path for path in home.vault.rglob("*") if path.is_file()]
    assert files
    assert all(path.stat().st_mode & 0o077 == 0 for path in files)
    assert all(TARO.encode() not in path.read_bytes() for path in files)


def test_the_vaults_errors_arrive_without_values(vault: Vault, keyring: KeyRing) -> None:
    broken = pairs(keyring, TARO).set_column(0, "token", pa.chunked_array([[b"\x00" * 32]]))
    unknown = broken.set_column(3, "cipher_key_version", pa.chunked_array([pa.array([9], pa.int32())]))
    with pytest.raises(ConfigurationError, match="鍵「vault-cipher」の第9版がありません"):
        vault.take(unknown, 2026)
    with pytest.raises(OperatorError) as fault:
        vault._ask({"operation": "take", "fiscal_year": TARO}, broken)
    assert TARO not in str(fault.value)


def test_another_citys_key_does_not_open_the_vault(home: CityHome, keyring: KeyRing, tmp_path: Path) -> None:
    home.make()
    NumberStore(home.vault, home.audit, keyring).close()
    other = KeyRing.open(tmp_path / "other")
    other.create_missing()
    with pytest.raises(ConfigurationError, match="鍵が合いません"), Vault(home, other):
        pass


def test_a_vault_that_was_killed_says_so(vault: Vault, keyring: KeyRing) -> None:
    assert vault._process is not None
    vault._process.kill()
    vault._process.wait()
    with pytest.raises(TransientError, match="個人番号保管庫のプロセスが途中で終わりました"):
        vault.take(pairs(keyring, TARO), 2026)


KILLED = """
import os, sys
from pipelines.exchange import durable
from pipelines.vault.process import main
point = sys.argv.pop(1)
seen = []
def reached(now):
    seen.append(now)
    if now == point and seen.count(now) == 2:   # the first is the making of the table
        os._exit(9)
durable.on_reach = reached
main(sys.argv[1:])
"""


@pytest.mark.parametrize("moment", ["before", "after"])
def test_killed_around_the_commit_the_rerun_gives_every_number_one_id(
    home: CityHome, keyring: KeyRing, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(Vault, "command", (sys.executable, "-c", KILLED, f"vault.commit:{moment}"))
        with Vault(home, keyring) as vault, pytest.raises(TransientError):
            vault.take(pairs(keyring, TARO, HANAKO), 2026)
    store = NumberStore(home.vault, home.audit, keyring)
    assert store.counts()["vault-token"] == ({} if moment == "before" else {1: 2})
    first = store.take(pairs(keyring, TARO, HANAKO), 2026)
    assert store.take(pairs(keyring, TARO, HANAKO), 2026) == first
    assert store.counts()["vault-token"] == {1: 2}


def test_the_process_ends_with_its_caller(home: CityHome, keyring: KeyRing) -> None:
    caller = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from pipelines.city import CityHome\n"
        "from pipelines.vault import KeyRing, Vault\n"
        f"vault = Vault(CityHome('112101', Path({str(home.above)!r})), KeyRing.open(Path({str(keyring.folder)!r})))\n"
        "vault.__enter__()\n"
        "os._exit(9)\n"
    )
    assert subprocess.run([sys.executable, "-c", caller], check=False).returncode == 9
    with Vault(home, keyring) as vault:  # waits until the first has let go of the file
        assert vault.counts()["vault-file"] == {1: 0}
