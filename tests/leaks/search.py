"""The search: which file, inside which containers, holds which kind of secret in which decoding; never the secret itself."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pipelines.vault import KeyRing
from tests.leaks.layers import Opener
from tests.leaks.needles import Pattern

# The first bytes of every pattern are compared first, at all places of the content at once.
_HEAD = 4


@dataclass(frozen=True, order=True)
class Finding:
    """`path` inside the root, `inside` the chain of containers and decodings, `kind` of secret, `decoding` of its bytes."""

    path: str
    inside: tuple[str, ...]
    kind: str
    decoding: str


class Matcher:
    """Looks for all patterns at once."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self._by_head: dict[int, list[Pattern]] = defaultdict(list)
        for pattern in patterns:
            self._by_head[int.from_bytes(pattern.content[:_HEAD], "little")].append(pattern)
        heads = np.array(sorted(self._by_head), dtype=np.uint32)
        self._low, self._high = np.zeros(1 << 16, dtype=bool), np.zeros(1 << 16, dtype=bool)
        self._low[heads & 0xFFFF] = self._high[heads >> 16] = True

    def found(self, content: bytes) -> set[tuple[str, str]]:
        """(kind, decoding) of every pattern in the content."""
        if len(content) < _HEAD:
            return set()
        data = np.frombuffer(content, np.uint8).astype(np.uint32)
        heads = data[:-3] | data[1:-2] << 8 | data[2:-1] << 16 | data[3:] << 24
        hits = set()
        for place in np.flatnonzero(self._low[heads & 0xFFFF] & self._high[heads >> 16]).tolist():
            for pattern in self._by_head.get(int(heads[place]), ()):
                if content.startswith(pattern.content, place):
                    hits.add((pattern.kind, pattern.decoding))
        return hits


def search(root: Path, matcher: Matcher, keyring: KeyRing | None, spill: Path) -> list[Finding]:
    """Everything found below `root`, in the names of files and folders too."""
    return sorted(set(_findings(root, matcher, Opener(keyring, spill))))


def _findings(root: Path, matcher: Matcher, opener: Opener) -> Iterator[Finding]:
    for path in sorted(root.rglob("*")):
        place = "/".join(_shown(part, matcher) for part in path.relative_to(root).parts)
        for kind, decoding in matcher.found(path.name.encode()):
            yield Finding(place, ("the file's name",), kind, decoding)
        if path.is_file():
            for chain, content in opener.layers(path.read_bytes()):
                for kind, decoding in matcher.found(content):
                    yield Finding(place, tuple(_shown(step, matcher) for step in chain), kind, decoding)


def _shown(name: str, matcher: Matcher) -> str:
    """A name as a finding may show it."""
    return "(hidden)" if matcher.found(name.encode()) else name
