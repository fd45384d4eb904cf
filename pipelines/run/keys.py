"""Work on keys: make the missing ones, register officers, rotate, retire."""

from pathlib import Path
from typing import Any

from pipelines.city import CityHome
from pipelines.errors import ConfigurationError
from pipelines.vault import KeyRing, Vault

VAULT_PURPOSES = ("vault-token", "vault-cipher")


def init(fiscal_years: list[int]) -> list[str]:
    """Make the keys that are missing (one data key a fiscal year); their names."""
    return KeyRing.open().create_missing(fiscal_years=fiscal_years)


def register_officer(officer: str) -> bool:
    """Make an officer's signing key; False when the officer has one."""
    return bool(KeyRing.open().create_missing(officers=[officer]))


def listing(city: str) -> list[dict[str, Any]]:
    """Every purpose's versions, which is in use, and for the vault's keys how many rows use each."""
    keyring = KeyRing.open()
    counts = _vault_counts(city, keyring)
    found = []
    for path in sorted(Path(keyring.folder).glob("*.json")):
        for version in keyring.versions(path.stem):
            used = counts.get(path.stem, {}).get(version, 0) if path.stem in VAULT_PURPOSES else None
            found.append(
                {
                    "用途": path.stem,
                    "版": version,
                    "使用中": "はい" if keyring.primary(path.stem).version == version else "",
                    "行": "" if used is None else used,
                }
            )
    return found


def _vault_counts(city: str, keyring: KeyRing) -> dict[str, dict[int, int]]:
    home = CityHome(city)
    if not (home.vault / "vault.duckdb").exists():
        return {}
    with Vault(home, keyring) as vault:
        return vault.counts()


def rotate(purpose: str, city: str) -> str:
    """Add and promote a new version, and move what the vault holds to it; what happened, in Japanese."""
    if purpose not in VAULT_PURPOSES:
        raise ConfigurationError(
            "この用途の鍵は、ここでは更新できません",
            item=purpose,
            expected="、".join(VAULT_PURPOSES),
            action="金庫の鍵を指定してください。ほかの鍵の更新手順は運用手引にあります",
        )
    keyring = KeyRing.open()
    version = keyring.rotate(purpose)
    keyring.promote(purpose, version)
    with Vault(CityHome(city), keyring) as vault:
        vault.rewrap()
    return f"{purpose} を {version} 版に更新し、金庫の全行を移しました"


def retire(purpose: str, version: int, city: str) -> None:
    """Destroy a version that no row uses. Raises ConfigurationError while rows use it."""
    keyring = KeyRing.open()
    rows = _vault_counts(city, keyring).get(purpose, {}).get(version, 0)
    keyring.retire(purpose, version, rows=rows)
