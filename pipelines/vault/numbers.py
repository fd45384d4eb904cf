"""個人番号 in bulk: the check digit, and the (token, ciphertext) pairs that stand for numbers outside the vault."""

import hashlib
import secrets
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from pipelines.errors import DataError
from pipelines.vault.keys import Key

if TYPE_CHECKING:
    from pipelines.vault.keys import KeyRing

NUMBER_DIGITS = 12
NONCE_BYTES = 12
_PAIR: dict[str, Any] = {
    "token": pa.binary(32),
    "token_key_version": pa.int32(),
    "ciphertext": pa.binary(),
    "cipher_key_version": pa.int32(),
}
PAIRS = pa.schema(_PAIR)
_STATUSES = ["absent", "malformed", "bad_check_digit", "valid"]
# Weights of the first eleven digits, from the left (番号法施行令8条, 平成26年総務省令85号5条).
_WEIGHTS = np.array([6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2])


def number_status(numbers: "pa.Array[Any]") -> "pa.Array[Any]":
    """For each number: `absent` (null or empty), `malformed` (not twelve ASCII digits), `bad_check_digit`, `valid`."""
    column: Any = numbers
    present = pc.fill_null(pc.not_equal(column, pa.scalar("")), False).to_numpy(zero_copy_only=False)
    formed = pc.fill_null(pc.match_substring_regex(column, r"^[0-9]{12}\z"), False)
    fits = np.zeros(len(column), dtype=bool)
    fits[formed.to_numpy(zero_copy_only=False)] = _check_digit_fits(column.filter(formed))
    place: Any = np.where(fits, 3, np.where(formed.to_numpy(zero_copy_only=False), 2, np.where(present, 1, 0)))
    return pa.array(_STATUSES).take(place)


def _check_digit_fits(numbers: Any) -> npt.NDArray[np.bool_]:
    """For numbers of twelve digits: the last is 11 − (weighted sum mod 11), or 0 where that is above 9."""
    letters = numbers.cast(pa.binary()).cast(pa.binary(NUMBER_DIGITS))
    start = letters.offset * NUMBER_DIGITS
    raw = np.frombuffer(letters.buffers()[1] or b"", np.uint8)[start : start + len(letters) * NUMBER_DIGITS]
    digits = raw.reshape(-1, NUMBER_DIGITS).astype(np.int64) - ord("0")
    remainder = digits[:, :11] @ _WEIGHTS % 11
    fits: npt.NDArray[np.bool_] = np.where(remainder <= 1, 0, 11 - remainder) == digits[:, 11]
    return fits


class Tokeniser:
    """Makes pairs under the primary keys."""

    def __init__(self, keyring: "KeyRing") -> None:
        self._token_key = keyring.primary("vault-token")
        self._cipher_key = keyring.primary("vault-cipher")

    def pairs(self, numbers: "pa.Array[Any]") -> pa.RecordBatch:
        """Token and ciphertext of each number, null for null and empty; schema PAIRS.

        The token is HMAC-SHA-256: the same number has the same token, and without the key nobody can try all numbers.
        The ciphertext is nonce + AES-256-GCM with the token as associated data: it opens only beside its own token.
        """
        column: Any = numbers
        present = pc.fill_null(pc.not_equal(column, pa.scalar("")), False)
        messages = column.filter(present).cast(pa.binary()).to_pylist()
        tokens = tokens_of(messages, self._token_key)
        ciphertexts = encrypted(messages, tokens, self._cipher_key)
        # The place of each present number among the present ones; null where there is none.
        place = pc.if_else(present, pa.array(np.cumsum(present.to_numpy(zero_copy_only=False)) - 1), None)
        columns: list[Any] = [
            pa.array(tokens, pa.binary(32)).take(place),
            pc.if_else(present, pa.scalar(self._token_key.version, pa.int32()), None),
            pa.array(ciphertexts, pa.binary()).take(place),
            pc.if_else(present, pa.scalar(self._cipher_key.version, pa.int32()), None),
        ]
        return pa.RecordBatch.from_arrays(columns, schema=PAIRS)


def tokens_of(messages: list[bytes], key: Key) -> list[bytes]:
    """HMAC-SHA-256 (RFC 2104) of each message; the key's two blocks are hashed once (three times `hmac.digest`)."""
    block = key.secret.ljust(hashlib.sha256().block_size, b"\0")
    inner_of_key = hashlib.sha256(bytes(byte ^ 0x36 for byte in block)).copy
    outer_of_key = hashlib.sha256(bytes(byte ^ 0x5C for byte in block)).copy
    tokens = []
    for message in messages:
        inner, outer = inner_of_key(), outer_of_key()
        inner.update(message)
        outer.update(inner.digest())
        tokens.append(outer.digest())
    return tokens


def encrypted(messages: list[bytes], tokens: list[bytes], key: Key) -> list[bytes]:
    """Each message under AES-256-GCM, bound to its token; a random 96-bit nonce stands before the ciphertext.

    NIST SP 800-38D allows 2^32 random nonces a key: a city of a million uses some millions a year.
    """
    encrypt = AESGCM(key.secret).encrypt
    drawn = secrets.token_bytes(NONCE_BYTES * len(messages))
    nonces = [drawn[at : at + NONCE_BYTES] for at in range(0, len(drawn), NONCE_BYTES)]
    return [
        nonce + encrypt(nonce, message, token) for nonce, message, token in zip(nonces, messages, tokens, strict=True)
    ]


def decrypted(ciphertexts: list[bytes], tokens: list[bytes], key: Key) -> list[bytes]:
    """The numbers again. Raises DataError when a ciphertext was changed or stands beside another's token."""
    decrypt = AESGCM(key.secret).decrypt
    try:
        return [
            decrypt(ciphertext[:NONCE_BYTES], ciphertext[NONCE_BYTES:], token)
            for ciphertext, token in zip(ciphertexts, tokens, strict=True)
        ]
    except InvalidTag:
        raise DataError(
            "暗号化された個人番号が改変されているか、別の人のものと入れ替わっています",
            expected="トークンと対になった暗号文",
            action="処理を止め、情報セキュリティ責任者に連絡してください",
        ) from None
