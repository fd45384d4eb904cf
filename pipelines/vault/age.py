"""age identities (X25519) made from our key bytes, so that a key file is one form for every purpose."""

import pyrage  # type: ignore[import-untyped]

# The alphabet and generator of bech32 (BIP 173), in which age writes its keys.
_ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_PREFIX = "age-secret-key-"


def identity(secret: bytes) -> pyrage.x25519.Identity:
    """The identity whose X25519 private key is `secret` (32 bytes)."""
    words = _five_bit_words(secret)
    text = "".join(_ALPHABET[word] for word in words + _checksum(words))
    return pyrage.x25519.Identity.from_str(f"{_PREFIX}1{text}".upper())


def _five_bit_words(secret: bytes) -> list[int]:
    length = -(-len(secret) * 8 // 5)
    bits = int.from_bytes(secret, "big") << (length * 5 - len(secret) * 8)
    return [bits >> 5 * place & 31 for place in reversed(range(length))]


def _checksum(words: list[int]) -> list[int]:
    prefix = [ord(letter) >> 5 for letter in _PREFIX] + [0] + [ord(letter) & 31 for letter in _PREFIX]
    state = 1
    for word in [*prefix, *words, 0, 0, 0, 0, 0, 0]:
        top = state >> 25
        state = (state & 0x1FFFFFF) << 5 ^ word
        for place, generator in enumerate(_GENERATOR):
            state ^= generator if top >> place & 1 else 0
    return [(state ^ 1) >> 5 * place & 31 for place in reversed(range(6))]
