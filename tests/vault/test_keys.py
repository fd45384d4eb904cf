"""Keys are made once, kept to their owner, rotated in two steps, and never shown."""

import json
import stat
import sys
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature

from pipelines.errors import ConfigurationError
from pipelines.vault import KeyRing, Verifier


def test_initialising_twice_keeps_the_keys(keyring: KeyRing) -> None:
    before = keyring.primary("vault-token").secret
    assert keyring.create_missing(fiscal_years=[2026, 2027], officers=["sato"]) == ["data-2027"]
    assert keyring.primary("vault-token").secret == before


def test_only_the_owner_can_read_the_key_files(keyring: KeyRing) -> None:
    modes = {stat.S_IMODE(path.stat().st_mode) for path in keyring.folder.glob("*.json")}
    assert modes == {0o600}
    assert stat.S_IMODE(keyring.folder.stat().st_mode) == 0o700


def test_a_key_file_that_others_can_read_is_refused(keyring: KeyRing) -> None:
    (keyring.folder / "ledger.json").chmod(0o644)
    with pytest.raises(ConfigurationError, match="ほかの利用者から読めます"):
        keyring.primary("ledger")


def test_a_missing_key_is_named_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as refusal:
        KeyRing.open(tmp_path).primary("vault-token")
    assert str(refusal.value) == (
        f"鍵「vault-token」がありません ／ ファイル: {tmp_path}/vault-token.json ／ "
        "対処: 初めてなら juminzei keys init を実行し、以前からのデータがあるなら鍵を控えから戻してください"
    )


def test_no_key_byte_shows_when_keys_are_printed_or_damaged(keyring: KeyRing) -> None:
    key = keyring.primary("ledger")
    assert key.text not in repr(key) + repr(keyring) + repr(keyring.store)
    assert key.secret.hex() not in repr(key)

    path = keyring.folder / "ledger.json"
    path.write_text(path.read_text().replace(key.text, key.text[:-8]))
    with pytest.raises(ConfigurationError) as refusal:
        keyring.primary("ledger")
    assert key.text[:8] not in str(refusal.value)


def test_a_new_version_is_used_only_once_promoted(keyring: KeyRing) -> None:
    first = keyring.primary("vault-token")
    assert keyring.rotate("vault-token") == 2
    assert keyring.primary("vault-token") == first

    keyring.promote("vault-token", 2)
    assert keyring.primary("vault-token").version == 2
    assert keyring.get("vault-token", 1) == first


@pytest.mark.parametrize(("version", "rows"), [(1, 3), (2, 0)], ids=["rows still use it", "it is the primary"])
def test_a_version_in_use_cannot_be_retired(keyring: KeyRing, version: int, rows: int) -> None:
    keyring.rotate("vault-token")
    keyring.promote("vault-token", 2)
    with pytest.raises(ConfigurationError, match="まだ使われているので廃止できません"):
        keyring.retire("vault-token", version, rows=rows)


def test_a_retired_version_is_gone(keyring: KeyRing) -> None:
    keyring.rotate("vault-token")
    keyring.promote("vault-token", 2)
    keyring.retire("vault-token", 1, rows=0)
    with pytest.raises(ConfigurationError, match="第1版がありません"):
        keyring.get("vault-token", 1)


def test_anybody_with_the_public_key_can_verify_and_nobody_else_can_sign(keyring: KeyRing) -> None:
    signature = keyring.signer("officer-sato").sign(b"approve release 1")
    verifier = Verifier.from_pem(keyring.public_pem("officer-sato"))
    verifier.verify(signature, b"approve release 1")
    with pytest.raises(InvalidSignature):
        verifier.verify(signature, b"approve release 2")
    with pytest.raises(InvalidSignature):
        keyring.verifier("release").verify(signature, b"approve release 1")


def test_what_a_retired_key_signed_stays_verifiable(keyring: KeyRing) -> None:
    old = keyring.signer("release").sign(b"manifest 1")
    keyring.rotate("release")
    keyring.promote("release", 2)
    keyring.retire("release", 1, rows=0)
    keyring.rotate("release")
    new = keyring.signer("release").sign(b"manifest 2")
    verifier = keyring.verifier("release")
    verifier.verify(old, b"manifest 1")
    verifier.verify(new, b"manifest 2")


def test_keys_can_come_from_a_command(keyring: KeyRing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = keyring.primary("ledger")
    script = tmp_path / "kms.py"
    script.write_text(
        f"import pathlib, sys\nprint(pathlib.Path({str(keyring.folder)!r}, sys.argv[1] + '.json').read_text())"
    )
    monkeypatch.setenv("JUMINZEI_KEY_COMMAND", f"{sys.executable} {script}")
    ring = KeyRing.open(tmp_path / "empty")
    assert ring.primary("ledger") == expected
    with pytest.raises(ConfigurationError, match="ここでは作成・更新できません"):
        ring.rotate("ledger")


def test_a_failing_key_command_shows_none_of_its_output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUMINZEI_KEY_COMMAND", f"{sys.executable} -c \"print('c2VjcmV0'); raise SystemExit(3)\"")
    with pytest.raises(ConfigurationError, match="鍵「ledger」を取り出すコマンドが失敗しました") as refusal:
        KeyRing.open(tmp_path).primary("ledger")
    assert "c2VjcmV0" not in json.dumps(refusal.value.as_dict())
