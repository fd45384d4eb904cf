"""個人番号: checked like the ordinance says, and replaced by pairs that only the vault opens."""

import hmac
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.exceptions import InvalidChecksum, ValidationError
from stdnum.jp import in_

from pipelines.errors import DataError
from pipelines.vault import PAIRS, KeyRing, Tokeniser, number_status
from pipelines.vault.numbers import decrypted

VALID = "123456789018"
OTHER = "876543210987"[:11] + in_.calc_check_digit("87654321098")


def numbers(*values: str | None) -> "pa.Array[Any]":
    return pa.array(values, pa.string())


@pytest.mark.parametrize(
    ("number", "status"),
    [
        (None, "absent"),
        ("", "absent"),
        (VALID, "valid"),
        ("123456789012", "bad_check_digit"),
        ("1234567890123", "malformed"),
        ("12345678901", "malformed"),
        ("１２３４５６７８９０１８", "malformed"),
        ("12345678901\n", "malformed"),
        (VALID + "\n", "malformed"),
        (" ", "malformed"),
    ],
)
def test_each_number_has_a_status(number: str | None, status: str) -> None:
    assert number_status(numbers(number)).to_pylist() == [status]


@given(st.lists(st.from_regex(r"[0-9]{12}", fullmatch=True), max_size=30))
def test_the_check_digit_agrees_with_another_implementation(texts: list[str]) -> None:
    def verdict(text: str) -> str:
        try:
            in_.validate(text)
        except InvalidChecksum:
            return "bad_check_digit"
        except ValidationError:
            return "malformed"
        return "valid"

    assert number_status(numbers(*texts)).to_pylist() == [verdict(text) for text in texts]


@given(st.from_regex(r"[0-9]{11}", fullmatch=True))
def test_of_ten_last_digits_exactly_one_is_right(first_eleven: str) -> None:
    statuses = number_status(numbers(*(f"{first_eleven}{last}" for last in range(10)))).to_pylist()
    assert statuses.count("valid") == 1


def test_a_part_of_a_column_is_checked_like_the_column() -> None:
    column = numbers(None, VALID, "123456789012", OTHER)
    assert number_status(column.slice(1, 2)).to_pylist() == ["valid", "bad_check_digit"]


def test_an_empty_column_has_no_statuses_and_no_pairs(keyring: KeyRing) -> None:
    assert number_status(numbers()).to_pylist() == []
    assert Tokeniser(keyring).pairs(numbers()).num_rows == 0


def test_the_same_number_has_the_same_token_but_never_the_same_ciphertext(keyring: KeyRing) -> None:
    pairs = Tokeniser(keyring).pairs(numbers(VALID, OTHER, VALID))
    tokens, ciphertexts = pairs["token"].to_pylist(), pairs["ciphertext"].to_pylist()
    assert tokens[0] == tokens[2] != tokens[1]
    assert len(set(ciphertexts)) == 3


def test_absent_numbers_stay_absent(keyring: KeyRing) -> None:
    pairs = Tokeniser(keyring).pairs(numbers(None, VALID, ""))
    assert pairs.schema == PAIRS
    assert [row["token"] is None for row in pairs.to_pylist()] == [True, False, True]
    assert pairs["cipher_key_version"].to_pylist() == [None, 1, None]


def test_the_token_is_the_standard_hmac(keyring: KeyRing) -> None:
    token = Tokeniser(keyring).pairs(numbers(VALID))["token"][0].as_py()
    assert token == hmac.digest(keyring.primary("vault-token").secret, VALID.encode(), "sha256")


def test_a_pair_shows_nothing_of_the_number(keyring: KeyRing) -> None:
    sink = pa.BufferOutputStream()
    pairs = Tokeniser(keyring).pairs(numbers(VALID))
    with pa.ipc.new_stream(sink, pairs.schema) as stream:
        stream.write(pairs)
    assert VALID.encode() not in sink.getvalue().to_pybytes()


def test_a_ciphertext_beside_another_persons_token_does_not_open(keyring: KeyRing) -> None:
    pairs = Tokeniser(keyring).pairs(numbers(VALID, OTHER))
    tokens, ciphertexts = pairs["token"].to_pylist(), pairs["ciphertext"].to_pylist()
    key = keyring.primary("vault-cipher")
    assert decrypted(ciphertexts, tokens, key) == [VALID.encode(), OTHER.encode()]
    with pytest.raises(DataError, match="別の人のものと入れ替わっています"):
        decrypted(ciphertexts, tokens[::-1], key)
