"""The key ring: keys by purpose and version, their rotation, and signers."""

import base64
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from pipelines.errors import ConfigurationError
from pipelines.exchange import durable
from pipelines.paths import keys_root
from pipelines.vault.age import identity
from pipelines.vault.key_store import KEY_BYTES, KeySet, KeyStore, configured_store
from pipelines.vault.signing import Verifier, public_pem

# ledger, vault-file: database files. vault-token: HMAC of individual numbers. vault-cipher: their encryption.
# analysis-pseudonym: names of persons in the analysts' copy. employee-notice: each employee's key to the own electronic notice.
# Besides these `data-<fiscal year>`.
PURPOSES = ("ledger", "vault-file", "vault-token", "vault-cipher", "analysis-pseudonym", "employee-notice")
# Recipients of our own house, whose private key lies here until they bring a public key of their own (`<name>.age.pub`).
# eltax: the terminal (審査システム) that hands over to eLTAX what employers get electronically. printing: whoever prints letters. unified-system: the city's
# 統合宛名 system, which relays to 中間サーバー.
OWN_RECIPIENTS = ("eltax", "printing", "unified-system")
# release: manifests. audit: checkpoints. airflow-gate: answers given in Airflow, which knows who answered. Besides these `officer-<id>`, one for each officer who decides.
SIGNERS = ("release", "audit", "airflow-gate")


@dataclass(frozen=True)
class Key:
    """One version of a purpose's key: 32 secret bytes, which never show in a message or a log."""

    version: int
    secret: bytes = field(repr=False)

    @property
    def text(self) -> str:
        """The secret in base64 (44 characters), as DuckDB's `ENCRYPTION_KEY ?` takes it."""
        return base64.b64encode(self.secret).decode()

    def derive(self, use: str) -> bytes:
        """32 bytes for one `use` of this key (HKDF-SHA-256, RFC 5869), so that no two uses share a key."""
        return HKDF(SHA256(), KEY_BYTES, salt=None, info=f"juminzei/1 {use}".encode()).derive(self.secret)


@dataclass(frozen=True)
class KeyRing:
    """The keys of this installation. `folder` holds the key files and the public keys (`<name>.pub`)."""

    folder: Path
    store: KeyStore = field(repr=False)

    @classmethod
    def open(cls, folder: Path | None = None) -> "KeyRing":
        """The ring in `folder`, by default `$JUMINZEI_KEYS`; `$JUMINZEI_KEY_COMMAND`, when set, gives the secrets."""
        chosen = folder or keys_root()
        return cls(chosen, configured_store(chosen))

    def primary(self, purpose: str) -> Key:
        """The version that new data get. Raises ConfigurationError when there is no such key."""
        keys = self._load(purpose)
        return Key(keys.primary, keys.secrets[keys.primary])

    def get(self, purpose: str, version: int) -> Key:
        """One version, for data that it once encrypted. Raises ConfigurationError when it is gone."""
        keys = self._load(purpose)
        if version not in keys.secrets:
            raise ConfigurationError(
                f"鍵「{purpose}」の第{version}版がありません",
                expected="、".join(f"第{number}版" for number in sorted(keys.secrets)),
                action="控えから鍵を戻してください。廃止した版で暗号化したデータは読めません",
            )
        return Key(version, keys.secrets[version])

    def versions(self, purpose: str) -> list[int]:
        """All versions, oldest first."""
        return sorted(self._load(purpose).secrets)

    def signer(self, name: str) -> Ed25519PrivateKey:
        """The private key that signs as `name` now."""
        return Ed25519PrivateKey.from_private_bytes(self.primary(name).secret)

    def verifier(self, name: str) -> Verifier:
        """Verifies what `name` signed; reads `<name>.pub` alone."""
        return Verifier.from_pem(self.public_pem(name))

    def public_pem(self, name: str) -> bytes:
        """The public keys of `name`, to be given to whoever verifies. Raises ConfigurationError when there are none."""
        path = self._public_path(name)
        if not path.is_file():
            raise ConfigurationError(
                f"公開鍵「{name}」がありません",
                file=path.name,
                action="juminzei keys init で作るか、署名者から公開鍵ファイルを受け取ってください",
            )
        return path.read_bytes()

    def create_missing(self, *, fiscal_years: Iterable[int] = (), officers: Iterable[str] = ()) -> list[str]:
        """Make the keys that do not exist yet; existing ones stay as they are. Returns what was made."""
        own = [name for name in OWN_RECIPIENTS if not self._recipient_path(name).exists() or self.store.load(name)]
        purposes = [*PURPOSES, *own, *(f"data-{year}" for year in fiscal_years)]
        signers = [*SIGNERS, *(f"officer-{officer}" for officer in officers)]
        made = [name for name in [*purposes, *signers] if self.store.load(name) is None]
        for name in made:
            self.store.save(KeySet(name, 1, {1: secrets.token_bytes(KEY_BYTES)}))
        for name in signers:
            self._publish(name)
        for name in own:
            if not self._recipient_path(name).exists():
                public = str(identity(self.primary(name).derive("age")).to_public()).encode()
                durable.write_file(self._recipient_path(name), public, point="keys.public.write", mode=0o644)
        return made

    def recipient_identity(self, name: str) -> str:
        """The age identity (`AGE-SECRET-KEY-1…`) that opens what leaves for a recipient of our own house."""
        return str(identity(self.primary(name).derive("age")))

    def has_recipient(self, name: str) -> bool:
        """Whether a public key of the recipient `name` lies here."""
        return self._recipient_path(name).is_file()

    def rotate(self, purpose: str) -> int:
        """Add a new version and return its number. New data get it only once it is promoted.

        First roll the new version out to wherever keys are held, then promote it: nothing is written that another
        process cannot read yet.
        """
        keys = self._load(purpose)
        version = max(keys.secrets) + 1
        self.store.save(keys.with_version(version, secrets.token_bytes(KEY_BYTES)))
        self._republish(purpose)
        return version

    def promote(self, purpose: str, version: int) -> None:
        """Make `version` the one that new data get; of a signer, its public key is there first."""
        self.get(purpose, version)
        self._republish(purpose)
        self.store.save(replace(self._load(purpose), primary=version))

    def retire(self, purpose: str, version: int, *, rows: int) -> None:
        """Destroy `version`. `rows` is how much still uses it; refused unless 0, and for the primary version."""
        keys = self._load(purpose)
        self.get(purpose, version)
        if rows or version == keys.primary:
            raise ConfigurationError(
                f"鍵「{purpose}」の第{version}版はまだ使われているので廃止できません",
                found="現在の版" if version == keys.primary else f"{rows}件",
                action="新しい版に切り替え、すべてのデータを新しい版に移してから廃止してください",
            )
        self.store.save(keys.without_version(version))

    def _load(self, purpose: str) -> KeySet:
        keys = self.store.load(purpose)
        if keys is None:
            raise ConfigurationError(
                f"鍵「{purpose}」がありません",
                file=str(self.folder / f"{purpose}.json"),
                action="初めてなら juminzei keys init を実行し、以前からのデータがあるなら鍵を控えから戻してください",
            )
        return keys

    def _recipient_path(self, name: str) -> Path:
        return self.folder / f"{name}.age.pub"

    def _public_path(self, name: str) -> Path:
        return self.folder / f"{name}.pub"

    def _republish(self, purpose: str) -> None:
        """Publish a signer's new public key; other purposes have none."""
        if self._public_path(purpose).exists():
            self._publish(purpose)

    def _publish(self, name: str) -> None:
        """Write the public keys of all versions: what a retired key signed must stay verifiable."""
        keys = self._load(name)
        pem = public_pem([Ed25519PrivateKey.from_private_bytes(secret) for _, secret in sorted(keys.secrets.items())])
        path = self._public_path(name)
        known = path.read_bytes() if path.exists() else b""
        new = b"".join(block for block in _blocks(pem) if block not in known)
        if new:
            durable.write_file(path, known + new, point="keys.public.write", mode=0o644)


def _blocks(pem: bytes) -> list[bytes]:
    end = b"-----END PUBLIC KEY-----\n"
    return [block + end for block in pem.split(end)[:-1]]
