"""A person's own key for a fiscal year: what goes through others' hands (the employer's) only its person can open."""

from typing import TYPE_CHECKING

import pyrage  # type: ignore[import-untyped]

from pipelines.vault.age import identity

if TYPE_CHECKING:
    from pipelines.vault.keys import KeyRing

PERSONAL = "employee-notice"


def personal_identity(keyring: "KeyRing", fiscal_year: int, taxpayer_no: str) -> str:
    """The person's age identity of the year (`AGE-SECRET-KEY-1…`), always the same: it is sent to the person alone."""
    return str(_identity(keyring, fiscal_year, taxpayer_no))


def encrypt_for_person(payload: bytes, keyring: "KeyRing", fiscal_year: int, taxpayer_no: str) -> bytes:
    """`payload` as an age file that the person's key of the year opens."""
    sealed: bytes = pyrage.encrypt(payload, [_identity(keyring, fiscal_year, taxpayer_no).to_public()])
    return sealed


def _identity(keyring: "KeyRing", fiscal_year: int, taxpayer_no: str) -> pyrage.x25519.Identity:
    return identity(keyring.primary(PERSONAL).derive(f"person {fiscal_year} {taxpayer_no}"))
