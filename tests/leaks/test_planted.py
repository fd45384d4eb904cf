"""A leak of each kind, in each decoding and each container, is found: otherwise finding nothing would mean nothing."""

import base64
import gzip
import io
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import mojimoji
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from pipelines.exchange import duckdb_file
from pipelines.notices.glyphs import font_file
from pipelines.vault import KeyRing, parquet_key, seal_file
from tests.leaks.allowed import leaks
from tests.leaks.needles import patterns
from tests.leaks.search import Finding, Matcher, search

NEEDLES = {"999000000012": "number", "架空　花子": "name", "ｶｸｳ ﾊﾅｺ": "name"}
NUMBER, NAME, KANA = NEEDLES

DECODINGS: dict[str, Callable[[str], bytes]] = {
    "utf-8": lambda text: text.encode(),
    "cp932": lambda text: text.encode("cp932"),
    "utf-16-le": lambda text: text.encode("utf-16-le"),
    "utf-16-be": lambda text: text.encode("utf-16-be"),
    "utf-16 at an odd place": lambda text: b"x" + text.encode("utf-16-le"),
    "cp932 after half a character": lambda text: b"\x8e" + text.encode("cp932"),
    "full width": lambda text: mojimoji.han_to_zen(text).encode(),
    "full width cp932": lambda text: mojimoji.han_to_zen(text).encode("cp932"),
    "base64": lambda text: base64.b64encode(text.encode()),
    "base64, second alignment": lambda text: base64.b64encode(b"1" + text.encode()),
    "base64, third alignment": lambda text: base64.b64encode(b"12" + text.encode()),
    "base64 in lines": lambda text: base64.encodebytes(b"0" * 50 + text.encode() + b"0" * 50),
    "base64 of cp932 for addresses": lambda text: base64.urlsafe_b64encode(text.encode("cp932")),
    "base64 twice": lambda text: base64.b64encode(base64.b64encode(text.encode())),
    "gzip in base64": lambda text: base64.b64encode(gzip.compress(text.encode())),
    "hex": lambda text: text.encode("cp932").hex().encode(),
    "JSON escapes": lambda text: "".join(f"\\u{ord(letter):04x}" for letter in text).encode(),
    "percent": lambda text: "".join(f"%{byte:02X}" for byte in text.encode()).encode(),
}


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(patterns(NEEDLES))


@pytest.fixture
def found(tmp_path: Path, keyring: KeyRing, matcher: Matcher) -> Callable[[], list[Finding]]:
    """Searches the folder `root`."""
    (tmp_path / "root").mkdir()
    return lambda: search(tmp_path / "root", matcher, keyring, tmp_path / "spill")


@pytest.mark.parametrize("secret", NEEDLES, ids=["number", "name", "kana"])
@pytest.mark.parametrize("decoding", DECODINGS)
def test_a_secret_in_a_log_is_found_however_it_is_written(
    decoding: str, secret: str, tmp_path: Path, found: Callable[[], list[Finding]]
) -> None:
    (tmp_path / "root" / "task.log").write_bytes(b'{"event": "' + DECODINGS[decoding](secret) + b'"}\n')
    assert {(finding.path, finding.kind) for finding in leaks(found())} == {("task.log", NEEDLES[secret])}


SPELLINGS = {
    "name with an ASCII space": NAME.replace("\u3000", " "),
    "name without a space": NAME.replace("\u3000", ""),
    "name in two CSV items": NAME.replace("\u3000", ","),
    "kana in full width": "カクウ　ハナコ",
    "number in groups": "9990-0000-0012",
    "number in spaced groups": "9990 0000 0012",
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_secret_in_another_spelling_is_found(
    spelling: str, tmp_path: Path, found: Callable[[], list[Finding]]
) -> None:
    (tmp_path / "root" / "task.log").write_text(f"対象: {SPELLINGS[spelling]} です")
    assert {finding.kind for finding in leaks(found())} == {spelling.split()[0].replace("kana", "name")}


def parquet(path: Path, secret: str, keyring: KeyRing) -> None:
    pq.write_table(pa.table({"remarks": [secret] * 3}), path, compression="zstd")


def encrypted_parquet(path: Path, secret: str, keyring: KeyRing) -> None:
    con = duckdb_file.connect(temp_directory=path.parent.parent / "spill")
    con.execute(
        f"COPY (SELECT ? AS remarks) TO '{path}' (FORMAT parquet, ENCRYPTION_CONFIG {{footer_key_value: ?}})",
        [secret, parquet_key(keyring, "data-2026")],
    )


def zipped(path: Path, secret: str, keyring: KeyRing) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inner.csv", f"remarks\n{secret}\n".encode("cp932"))


def parquet_in_zip(path: Path, secret: str, keyring: KeyRing) -> None:
    inner = io.BytesIO()
    pq.write_table(pa.table({"remarks": [secret]}), inner)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inner.parquet", inner.getvalue())


def gzipped(path: Path, secret: str, keyring: KeyRing) -> None:
    path.write_bytes(gzip.compress(secret.encode()))


def zstandard_compressed(path: Path, secret: str, keyring: KeyRing) -> None:
    path.write_bytes(zstandard.compress(secret.encode() * 10))


def pdf(path: Path, secret: str, keyring: KeyRing) -> None:
    source = f'#set text(font: "IPAexGothic")\n#"{secret}"'.encode()
    import typst

    fonts: Any = [str(font_file().parent)]
    written: object = typst.compile(source, font_paths=fonts, ignore_system_fonts=True)
    assert isinstance(written, bytes)
    path.write_bytes(written)


def pdf_metadata(path: Path, secret: str, keyring: KeyRing) -> None:
    import typst

    source = f'#set document(title: "{secret}")\n1'.encode()
    written: object = typst.compile(source)
    assert isinstance(written, bytes)
    path.write_bytes(written)


def sqlite(path: Path, secret: str, keyring: KeyRing) -> None:
    with sqlite3.connect(path) as con:
        con.execute("CREATE TABLE xcom (value BLOB)")
        con.execute("INSERT INTO xcom VALUES (?)", [secret.encode("utf-16-le")])
    con.close()


def published_duckdb(path: Path, secret: str, keyring: KeyRing) -> None:
    with duckdb.connect(path) as con:
        con.execute("CREATE TABLE assessment AS SELECT ? AS remarks FROM range(3)", [secret])


def duckdb_comment(path: Path, secret: str, keyring: KeyRing) -> None:
    with duckdb.connect(path) as con:
        con.execute(f"CREATE TABLE assessment (taxpayer INTEGER); COMMENT ON TABLE assessment IS '{secret}'")


def encrypted_duckdb(path: Path, secret: str, keyring: KeyRing) -> None:
    con = duckdb_file.connect(temp_directory=path.parent.parent / "spill")
    duckdb_file.attach(con, path, "ledger", keyring.primary("ledger").text)
    con.execute("CREATE TABLE ledger.run AS SELECT [?] AS remarks", [secret])
    con.close()


def sealed(path: Path, secret: str, keyring: KeyRing) -> None:
    seal_file(secret.encode("cp932"), path, keyring=keyring, purpose="data-2026")


CONTAINERS = {
    make.__name__: make
    for make in (
        parquet,
        encrypted_parquet,
        zipped,
        parquet_in_zip,
        gzipped,
        zstandard_compressed,
        pdf,
        pdf_metadata,
        sqlite,
        published_duckdb,
        duckdb_comment,
        encrypted_duckdb,
        sealed,
    )
}


@pytest.mark.parametrize("secret", [NUMBER, NAME], ids=["number", "name"])
@pytest.mark.parametrize("container", CONTAINERS)
def test_a_secret_in_a_container_is_found(
    container: str, secret: str, tmp_path: Path, keyring: KeyRing, found: Callable[[], list[Finding]]
) -> None:
    CONTAINERS[container](tmp_path / "root" / "planted", secret, keyring)
    assert {(finding.path, finding.kind) for finding in leaks(found())} == {("planted", NEEDLES[secret])}


def test_a_number_stored_as_a_number_is_found(tmp_path: Path, found: Callable[[], list[Finding]]) -> None:
    with duckdb.connect(tmp_path / "root" / "analysis.duckdb") as con:
        con.execute("CREATE TABLE person AS SELECT ?::BIGINT AS number_id", [int(NUMBER)])
    assert {finding.kind for finding in leaks(found())} == {"number"}


def test_a_secret_in_the_name_of_a_file_is_found(tmp_path: Path, found: Callable[[], list[Finding]]) -> None:
    (tmp_path / "root" / f"notice-{NUMBER}.pdf.part").touch()
    assert {finding.kind for finding in leaks(found())} == {"number"}


@pytest.mark.parametrize(
    "place",
    ["operations.jsonl", "audit/events.jsonl", "staging/made/x.csv", "published/analysis.csv", "outbox/a-b/1/x.csv"],
)
def test_the_places_that_may_hold_neither_hold_neither(
    place: str, tmp_path: Path, found: Callable[[], list[Finding]]
) -> None:
    path = tmp_path / "root" / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{NUMBER} {NAME}")
    assert {(finding.path, finding.kind) for finding in leaks(found())} == {(place, "number"), (place, "name")}


def test_a_finding_never_repeats_the_secret(tmp_path: Path, found: Callable[[], list[Finding]]) -> None:
    (tmp_path / "root" / NUMBER).write_text(f"{NUMBER} {NAME}")
    assert not any(secret in repr(finding) for finding in found() for secret in NEEDLES)
