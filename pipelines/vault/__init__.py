"""個人番号 and keys: the only place where numbers are opened, in a process of its own."""

from pipelines.vault.client import Vault
from pipelines.vault.keys import Key, KeyRing
from pipelines.vault.numbers import PAIRS, Tokeniser, number_status
from pipelines.vault.personal import PERSONAL, encrypt_for_person, personal_identity
from pipelines.vault.sealed import (
    decrypt_to,
    encrypt_for,
    open_sealed,
    parquet_key,
    seal_file,
    sealed_digest,
    sealed_purpose,
    stream_sealed,
)
from pipelines.vault.signing import Verifier

__all__ = [
    "PAIRS",
    "PERSONAL",
    "Key",
    "KeyRing",
    "Tokeniser",
    "Vault",
    "Verifier",
    "decrypt_to",
    "encrypt_for",
    "encrypt_for_person",
    "number_status",
    "open_sealed",
    "parquet_key",
    "personal_identity",
    "seal_file",
    "sealed_digest",
    "sealed_purpose",
    "stream_sealed",
]
