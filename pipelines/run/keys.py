"""Work on keys: make the missing ones, register officers, rotate, retire."""

from pathlib import Path
from typing import Any

from pipelines.city import CityHome
from pipelines.errors import ConfigurationError
from pipelines.ledger import open_ledger
from pipelines.ledger.files import ledger_file, snapshot_file
from pipelines.run.private_file import private_file
from pipelines.vault import KeyRing, Vault
from pipelines.vault.keys import OWN_RECIPIENTS

VAULT_PURPOSES = ("vault-token", "vault-cipher", "vault-file")


def init(fiscal_years: list[int]) -> list[str]:
    """Make the keys that are missing (one data key a fiscal year); their names."""
    return KeyRing.open().create_missing(fiscal_years=fiscal_years)


def register_officer(officer: str) -> bool:
    """Make an officer's signing key; False when the officer has one."""
    return bool(KeyRing.open().create_missing(officers=[officer]))


def write_identity(recipient: str, path: Path) -> None:
    """Write the age identity that opens what leaves for a recipient of our own house. Raises ConfigurationError for another."""
    if recipient not in OWN_RECIPIENTS:
        raise ConfigurationError(
            "この受領者の秘密鍵は、ここにはありません",
            item=recipient,
            expected="、".join(OWN_RECIPIENTS),
            action="外の受領者は、自分の秘密鍵を自分で持っています",
        )
    secret = KeyRing.open().recipient_identity(recipient)
    with private_file(path, "鍵") as stream:
        stream.write(f"{secret}\n".encode())


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
    """Add and promote a new version, and move the city's data to it; what happened, in Japanese."""
    if purpose not in (*VAULT_PURPOSES, "ledger"):
        raise ConfigurationError(
            "この用途の鍵は、ここでは更新できません",
            item=purpose,
            expected="、".join((*VAULT_PURPOSES, "ledger")),
            action="保管庫か台帳の鍵を指定してください。ほかの鍵の扱いは運用の手引きにあります",
        )
    keyring, home = KeyRing.open(), CityHome(city)
    version = keyring.rotate(purpose)
    keyring.promote(purpose, version)
    if purpose == "ledger":
        with open_ledger(home, keyring, holder="鍵の更新"):
            return f"台帳の鍵を {version} 版に更新し、台帳を書き直しました"
    with Vault(home, keyring) as vault:
        vault.rewrap()
    return f"{purpose} を {version} 版に更新し、保管庫の全行を移しました"


def retire(purpose: str, version: int, city: str) -> None:
    """Destroy a version that nothing uses. Raises ConfigurationError while something does."""
    keyring, home = KeyRing.open(), CityHome(city)
    if purpose == "ledger":
        used = sum(file(home, version).exists() for file in (ledger_file, snapshot_file))
    else:
        used = _vault_counts(city, keyring).get(purpose, {}).get(version, 0)
    keyring.retire(purpose, version, rows=used)
