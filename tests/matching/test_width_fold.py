"""Width is folded exactly as Unicode's NFKC folds it, and nothing else is."""

import unicodedata
from collections.abc import Iterator

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.ledger.sql_file import sql_text

HALF_WIDTH_KANA = [chr(code) for code in range(0xFF61, 0xFFA0)]
FULL_WIDTH_ASCII = [chr(code) for code in range(0xFF01, 0xFF5F)]
KATAKANA = [chr(code) for code in range(0x30A1, 0x30FD)]
OTHER = ["　", " ", "a", "0", "山", "田", "-", "ー"]


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    con = duckdb.connect(":memory:")
    con.execute(sql_text("matching", "macros/width_fold"))
    yield con
    con.close()


def fold(con: duckdb.DuckDBPyConnection, text: str) -> str:
    row = con.execute("SELECT width_fold(?)", [text]).fetchone()
    assert row is not None
    return str(row[0])


def test_half_width_kana_of_a_report_is_the_full_width_kana_of_the_register(con: duckdb.DuckDBPyConnection) -> None:
    assert fold(con, "ﾔﾏﾀﾞ ﾀﾛｳ") == fold(con, "ヤマダ　タロウ") == "ヤマダ タロウ"


def test_every_character_and_every_sound_mark_folds_as_nfkc(con: duckdb.DuckDBPyConnection) -> None:
    single = HALF_WIDTH_KANA + FULL_WIDTH_ASCII + KATAKANA + OTHER
    marked = [kana + mark for kana in HALF_WIDTH_KANA + KATAKANA for mark in "ﾞﾟ"]
    for text in single + marked:
        assert fold(con, text) == unicodedata.normalize("NFKC", text), text.encode("unicode_escape")


@given(st.text(st.sampled_from(HALF_WIDTH_KANA + FULL_WIDTH_ASCII + KATAKANA + OTHER), max_size=40))
def test_any_text_of_them_folds_as_nfkc(con: duckdb.DuckDBPyConnection, text: str) -> None:
    assert fold(con, text) == unicodedata.normalize("NFKC", text)


@pytest.mark.parametrize(
    ("one", "other"), [("ﾔﾏｸﾞﾁ", "ヤマクチ"), ("ｷﾖｳｺ", "キョウコ"), ("ｴﾗ-", "エラー"), ("ﾔﾏﾀﾞﾀﾛｳ", "ヤマダ　タロウ")]
)
def test_another_spelling_stays_another_spelling(con: duckdb.DuckDBPyConnection, one: str, other: str) -> None:
    assert fold(con, one) != fold(con, other)
