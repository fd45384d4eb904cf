"""Ed25519 signatures that anybody can verify with the public keys alone."""

from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

_END = b"-----END PUBLIC KEY-----"


@dataclass(frozen=True)
class Verifier:
    """The public keys of one signer, one for each version of the key."""

    keys: tuple[Ed25519PublicKey, ...]

    @classmethod
    def from_pem(cls, pem: bytes) -> "Verifier":
        """The keys in `pem`, one PEM block each. Raises ValueError when there is none or one is not Ed25519."""
        keys = [load_pem_public_key(block + _END) for block in pem.split(_END)[:-1]]
        if not keys:
            raise ValueError("no public key")
        ed25519 = [key for key in keys if isinstance(key, Ed25519PublicKey)]
        if len(ed25519) != len(keys):
            raise ValueError("not an Ed25519 public key")
        return cls(tuple(ed25519))

    def verify(self, signature: bytes, data: bytes) -> None:
        """Return when one of the keys signed `data`; raises cryptography's InvalidSignature otherwise."""
        for key in self.keys:
            try:
                return key.verify(signature, data)
            except InvalidSignature:
                continue
        raise InvalidSignature


def public_pem(signers: list[Ed25519PrivateKey]) -> bytes:
    """The public halves of `signers` as PEM blocks, in order."""
    return b"".join(
        signer.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo) for signer in signers
    )
