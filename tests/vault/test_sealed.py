"""A sealed file opens with its key alone, is whole or not there, and any age tool can read it."""

import base64
import hashlib
from pathlib import Path

import duckdb
import pyrage
import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from pipelines.errors import ConfigurationError, DataError
from pipelines.exchange.duckdb_file import connect
from pipelines.vault import KeyRing, encrypt_for, open_sealed, parquet_key, seal_file, sealed_digest
from pipelines.vault.age import _ALPHABET, identity

REPORT = "給与支払報告書　加須　太郎\n".encode() * 5000


@pytest.mark.parametrize("as_file", [False, True])
def test_a_sealed_report_opens_again_with_the_digest_of_its_contents(
    keyring: KeyRing, tmp_path: Path, as_file: bool
) -> None:
    (tmp_path / "report.csv").write_bytes(REPORT)
    source = tmp_path / "report.csv" if as_file else REPORT
    digest = seal_file(source, tmp_path / "report.sealed", keyring=keyring, purpose="data-2026")
    assert digest == hashlib.sha256(REPORT).hexdigest() == sealed_digest(tmp_path / "report.sealed", keyring=keyring)
    assert open_sealed(tmp_path / "report.sealed", keyring=keyring) == REPORT


def test_nothing_of_the_report_can_be_read_and_nobody_else_can_open_the_file(keyring: KeyRing, tmp_path: Path) -> None:
    seal_file(REPORT, tmp_path / "report.sealed", keyring=keyring, purpose="data-2026")
    assert "加須".encode() not in (tmp_path / "report.sealed").read_bytes()
    assert (tmp_path / "report.sealed").stat().st_mode & 0o777 == 0o600


def test_after_rotation_old_files_open_and_new_ones_use_the_new_key(keyring: KeyRing, tmp_path: Path) -> None:
    seal_file(b"old", tmp_path / "old", keyring=keyring, purpose="data-2026")
    keyring.rotate("data-2026")
    keyring.promote("data-2026", 2)
    seal_file(b"new", tmp_path / "new", keyring=keyring, purpose="data-2026")
    assert (open_sealed(tmp_path / "old", keyring=keyring), open_sealed(tmp_path / "new", keyring=keyring)) == (
        b"old",
        b"new",
    )
    keyring.retire("data-2026", 1, rows=0)
    with pytest.raises(ConfigurationError, match="鍵「data-2026」の第1版がありません"):
        open_sealed(tmp_path / "old", keyring=keyring)


@pytest.mark.parametrize("damage", ["cut", "changed", "header"])
def test_a_damaged_file_is_refused(keyring: KeyRing, tmp_path: Path, damage: str) -> None:
    path = tmp_path / "report.sealed"
    seal_file(REPORT, path, keyring=keyring, purpose="data-2026")
    whole = bytearray(path.read_bytes())
    if damage == "cut":
        whole = whole[:-100]
    elif damage == "changed":
        whole[-100] ^= 1
    else:
        whole = whole[3:]
    path.write_bytes(whole)
    with pytest.raises(DataError, match="封をしたファイル"):
        open_sealed(path, keyring=keyring)


def test_the_rest_after_the_first_line_is_a_plain_age_file(keyring: KeyRing, tmp_path: Path) -> None:
    seal_file(b"payload", tmp_path / "f", keyring=keyring, purpose="data-2026")
    _, age_file = (tmp_path / "f").read_bytes().split(b"\n", 1)
    assert age_file.startswith(b"age-encryption.org/v1\n")
    assert pyrage.decrypt(age_file, [identity(keyring.primary("data-2026").derive("age"))]) == b"payload"


@given(st.binary(min_size=32, max_size=32))
def test_an_identity_is_the_x25519_key_of_its_bytes(secret: bytes) -> None:
    public = str(identity(secret).to_public())
    bits = int("".join(f"{_ALPHABET.index(letter):05b}" for letter in public[len("age1") : -6])[:256], 2)
    assert bits.to_bytes(32, "big") == X25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()


def test_a_recipient_opens_what_was_encrypted_for_it(keyring: KeyRing) -> None:
    recipient = pyrage.x25519.Identity.generate()
    (keyring.folder / "kokuho.age.pub").write_text(f"{recipient.to_public()}\n")
    assert pyrage.decrypt(encrypt_for(b"extract", "kokuho", keyring=keyring), [recipient]) == b"extract"


@pytest.mark.parametrize("content", [None, "", "age1nonsense"])
def test_without_the_recipients_key_nothing_leaves(keyring: KeyRing, content: str | None) -> None:
    if content is not None:
        (keyring.folder / "kokuho.age.pub").write_text(content)
    with pytest.raises(
        ConfigurationError, match="受領者「kokuho」の公開鍵がないか、正しくありません。発送を中止しました"
    ):
        encrypt_for(b"extract", "kokuho", keyring=keyring)


def test_an_encrypted_parquet_file_opens_with_the_version_that_wrote_it(keyring: KeyRing, tmp_path: Path) -> None:
    con, path = connect(temp_directory=tmp_path), str(tmp_path / "landing.parquet")
    key = parquet_key(keyring, "data-2026")
    assert len(key) == 32
    assert len(base64.b64decode(key)) == 24
    con.execute("COPY (SELECT '加須' AS name) TO $1 (ENCRYPTION_CONFIG {footer_key_value: $2})", [path, key])
    assert "加須".encode() not in Path(path).read_bytes()

    keyring.rotate("data-2026")
    keyring.promote("data-2026", 2)
    read = "SELECT name FROM read_parquet($1, encryption_config={footer_key_value: $2})"
    assert con.execute(read, [path, parquet_key(keyring, "data-2026", 1)]).fetchall() == [("加須",)]
    with pytest.raises(duckdb.Error):
        con.execute(read, [path, parquet_key(keyring, "data-2026")])
