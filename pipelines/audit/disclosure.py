"""Disclosure events: one a batch, with a root over its people and purpose instead of the people."""

import hashlib
from collections.abc import Iterable, Sequence

DISCLOSURE = "disclosure"


def merkle_root(people: Iterable[str], purpose: str) -> str:
    """Root (SHA-256, hex) over the sorted, distinct `people` for `purpose`.

    One person's presence can be proven later with the digests beside the path to the root, without naming the others.
    Leaves and nodes are marked apart (RFC 6962 §2.1), and a leaf holds the purpose.
    """
    level = [_digest(b"\x00", f"{purpose}\x00{person}".encode()) for person in sorted(set(people))]
    if not level:
        return hashlib.sha256(purpose.encode()).hexdigest()
    while len(level) > 1:
        pairs = [_digest(b"\x01", level[at] + level[at + 1]) for at in range(0, len(level) - 1, 2)]
        level = pairs + level[len(pairs) * 2 :]
    return level[0].hex()


def disclosure(purpose: str, number_ids: Sequence[int]) -> dict[str, str | int]:
    """The part of a disclosure event's payload that names the numbers to be revealed, without naming them.

    `number_ids` are the vault's (random, permanent). The vault reveals exactly these and no others for the event.
    """
    distinct = {str(number_id) for number_id in number_ids}
    return {"purpose": purpose, "number_count": len(distinct), "number_root": merkle_root(distinct, purpose)}


def _digest(mark: bytes, content: bytes) -> bytes:
    return hashlib.sha256(mark + content).digest()
