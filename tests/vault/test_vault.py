"""The vault: a number becomes a permanent id, and is seen again only after the audit log says so."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from stdnum.jp import in_

from pipelines.audit import DISCLOSURE, AuditLog, disclosure
from pipelines.city import CityHome
from pipelines.errors import DataError
from pipelines.exchange import durable
from pipelines.vault import PAIRS, KeyRing, Tokeniser
from pipelines.vault.store import NumberStore


def number(place: int) -> str:
    """The valid number whose first eleven digits are `place`."""
    return f"{place:011d}{in_.calc_check_digit(f'{place:011d}')}"


TARO, HANAKO, JIRO = number(12345), number(67890), number(33333)


@pytest.fixture
def home(tmp_path: Path) -> CityHome:
    return CityHome("112101", tmp_path / "data")


@contextmanager
def opened(home: CityHome, keyring: KeyRing) -> Iterator[NumberStore]:
    """The vault as its own process has it, but in this one: faster, and the same in all that is tested here."""
    home.make()
    store = NumberStore(home.vault, home.audit, keyring)
    yield store
    store.close()


@pytest.fixture
def vault(home: CityHome, keyring: KeyRing) -> Iterator[NumberStore]:
    with opened(home, keyring) as store:
        yield store


def pairs(keyring: KeyRing, *numbers: str | None) -> pa.Table:
    return pa.Table.from_batches([Tokeniser(keyring).pairs(pa.array(numbers, pa.string()))], PAIRS)


def ids(vault: NumberStore, keyring: KeyRing, *numbers: str, fiscal_year: int = 2026) -> list[int]:
    """number_ids in the order of `numbers`."""
    handed_in = pairs(keyring, *numbers)
    rows = vault.take(handed_in, fiscal_year).to_pylist()
    by_token = {row["token"]: row["number_id"] for row in rows}
    return [by_token[token] for token in handed_in["token"].to_pylist()]


def disclosed(home: CityHome, keyring: KeyRing, number_ids: list[int], purpose: str = "matching") -> int:
    payload = disclosure(purpose, number_ids) | {"known_on": "2026-05-15"}
    return AuditLog(home, keyring).append(DISCLOSURE, payload, key=f"disclosure-{purpose}-{sorted(number_ids)}")


def column(number_ids: list[int]) -> "pa.Array[Any]":
    values: Any = number_ids
    return pa.array(values, pa.int64())


def test_the_same_number_has_the_same_id_forever(home: CityHome, keyring: KeyRing) -> None:
    with opened(home, keyring) as vault:
        first = ids(vault, keyring, TARO, HANAKO)
    with opened(home, keyring) as vault:
        again = ids(vault, keyring, HANAKO, TARO, JIRO, fiscal_year=2027)
    assert again[:2] == first[::-1]
    assert len(set(again)) == 3
    assert all(0 <= number_id < 2**62 for number_id in again)


def test_handing_in_the_same_pairs_again_changes_nothing(vault: NumberStore, keyring: KeyRing) -> None:
    handed_in = pairs(keyring, TARO, HANAKO, TARO, None)
    first = vault.take(handed_in, 2026)
    assert first.num_rows == 2
    assert vault.take(handed_in, 2026) == first
    assert vault.counts()["vault-token"] == {1: 2}


def test_nothing_handed_in_gives_nothing(vault: NumberStore, keyring: KeyRing) -> None:
    assert vault.take(pairs(keyring), 2026).num_rows == 0
    assert vault.take(pairs(keyring, None, None), 2026).num_rows == 0


def test_no_number_lies_in_the_vaults_folder(home: CityHome, keyring: KeyRing) -> None:
    with opened(home, keyring) as vault:
        ids(vault, keyring, TARO)
        files = [path for path in home.vault.rglob("*") if path.is_file()]
        assert files
        assert all(TARO.encode() not in path.read_bytes() for path in files)


def test_a_number_is_seen_again_after_its_audit_event(home: CityHome, vault: NumberStore, keyring: KeyRing) -> None:
    taro, hanako = ids(vault, keyring, TARO, HANAKO)
    event = disclosed(home, keyring, [taro, hanako])
    revealed = vault.reveal(column([hanako, taro, taro]), audit_event_no=event).to_pylist()
    assert {row["number_id"]: row["number"] for row in revealed} == {taro: TARO, hanako: HANAKO}


@pytest.mark.parametrize("event", ["none", "for somebody else", "for one of the two", "of another kind"])
def test_without_its_audit_event_no_number_is_seen(
    home: CityHome, vault: NumberStore, keyring: KeyRing, event: str
) -> None:
    taro, hanako, jiro = ids(vault, keyring, TARO, HANAKO, JIRO)
    no = 1
    if event == "for somebody else":
        no = disclosed(home, keyring, [jiro])
    elif event == "for one of the two":
        no = disclosed(home, keyring, [taro])
    elif event == "of another kind":
        no = AuditLog(home, keyring).append("release", {**disclosure("matching", [taro, hanako])}, key="r")
    with pytest.raises(DataError) as refusal:
        vault.reveal(column([taro, hanako]), audit_event_no=no)
    assert str(refusal.value) == (
        f"個人番号を取り出せません。監査記録に、この取出しの記録がありません ／ レコード: {no} ／ "
        "正しい形: 同じ人・同じ目的の disclosure の記録 ／ "
        "対処: audit.disclosure で記録を作り、監査記録に書いてから取り出してください"
    )


def test_an_id_that_the_vault_never_gave_is_refused(home: CityHome, vault: NumberStore, keyring: KeyRing) -> None:
    event = disclosed(home, keyring, [42])
    with pytest.raises(DataError, match="個人番号保管庫に無い番号が求められました ／ 内容: 1件"):
        vault.reveal(column([42]), audit_event_no=event)


def test_a_pair_with_another_persons_ciphertext_does_not_get_in(vault: NumberStore, keyring: KeyRing) -> None:
    honest = pairs(keyring, TARO, HANAKO)
    swapped = honest.set_column(2, "ciphertext", pa.chunked_array([honest["ciphertext"].to_pylist()[::-1]]))
    with pytest.raises(DataError, match="別の人のものと入れ替わっています"):
        vault.take(swapped, 2026)
    assert vault.counts()["vault-token"] == {}


def test_after_rotation_the_ids_stay_and_the_old_versions_can_be_retired(home: CityHome, keyring: KeyRing) -> None:
    with opened(home, keyring) as vault:
        before = ids(vault, keyring, TARO, HANAKO)
    for purpose in ("vault-token", "vault-cipher", "vault-file"):
        keyring.promote(purpose, keyring.rotate(purpose))
    with opened(home, keyring) as vault:
        assert vault.counts() == {"vault-token": {1: 2}, "vault-cipher": {1: 2}, "vault-file": {1: 2}}
        assert vault.rewrap() == 2
        assert vault.counts() == {"vault-token": {2: 2}, "vault-cipher": {2: 2}, "vault-file": {2: 2}}
        assert vault.rewrap() == 0
    for purpose in ("vault-token", "vault-cipher", "vault-file"):
        keyring.retire(purpose, 1, rows=0)
    with opened(home, keyring) as vault:
        assert ids(vault, keyring, TARO, HANAKO) == before
        event = disclosed(home, keyring, before)
        assert vault.reveal(column(before), audit_event_no=event).num_rows == 2


def test_numbers_met_before_and_after_a_rotation_are_one_person(home: CityHome, keyring: KeyRing) -> None:
    old = pairs(keyring, TARO, JIRO)
    with opened(home, keyring) as vault:
        (taro,) = ids(vault, keyring, TARO)
    for purpose in ("vault-token", "vault-cipher"):
        keyring.promote(purpose, keyring.rotate(purpose))
    both = pa.concat_tables([old, pairs(keyring, TARO, JIRO)])
    with opened(home, keyring) as vault:
        by_token = {row["token"]: row["number_id"] for row in vault.take(both, 2026).to_pylist()}
        old_taro, old_jiro, new_taro, new_jiro = (by_token[token] for token in both["token"].to_pylist())
        assert (old_taro, new_taro) == (taro, taro)
        assert old_jiro == new_jiro != taro
        assert vault.counts()["vault-token"] == {2: 2}


def test_the_vault_remembers_the_first_and_last_fiscal_year_of_a_number(vault: NumberStore, keyring: KeyRing) -> None:
    for fiscal_year in (2026, 2024, 2025):
        vault.take(pairs(keyring, TARO), fiscal_year)
    years = vault._con.execute("SELECT first_fiscal_year, last_fiscal_year FROM vault.number").fetchall()
    assert years == [(2024, 2026)]


def test_an_id_drawn_twice_is_drawn_again(
    vault: NumberStore, keyring: KeyRing, monkeypatch: pytest.MonkeyPatch
) -> None:
    (taken,) = vault.take(pairs(keyring, TARO), 2026)["number_id"].to_pylist()
    draws = iter([(taken * 4).to_bytes(8, "little"), (4 * 7).to_bytes(8, "little")])
    monkeypatch.setattr(
        "pipelines.vault.store.secrets.token_bytes", lambda size: next(draws) if size == 8 else b"n" * size
    )
    assert vault.take(pairs(keyring, HANAKO), 2026)["number_id"].to_pylist() == [7]


@pytest.mark.parametrize("step", ["vault.rekey.fsync", "vault.rekey.replace"])
@pytest.mark.parametrize("moment", ["before", "after"])
def test_killed_while_the_file_is_written_anew_nothing_is_lost(
    home: CityHome, keyring: KeyRing, monkeypatch: pytest.MonkeyPatch, step: str, moment: str
) -> None:
    class Crash(BaseException):
        pass

    def crash(point: str) -> None:
        if point == f"{step}:{moment}":
            raise Crash

    home.make()
    before = NumberStore(home.vault, home.audit, keyring)
    taken = before.take(pairs(keyring, TARO, HANAKO), 2026)
    before.close()
    keyring.promote("vault-file", keyring.rotate("vault-file"))
    torn = NumberStore(home.vault, home.audit, keyring)
    with monkeypatch.context() as patched:
        patched.setattr(durable, "on_reach", crash)
        with pytest.raises(Crash):
            torn.rewrap()
    torn.close()
    after = NumberStore(home.vault, home.audit, keyring)
    assert after.take(pairs(keyring, TARO, HANAKO), 2026) == taken
    after.rewrap()
    assert after.counts()["vault-file"] == {2: 2}
