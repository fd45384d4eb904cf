"""A promise about the ledger, checked: its name, whether it holds, and the figures that show it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Invariant:
    """`name` in Japanese, as `juminzei verify` prints it; `figures` are counts and yen."""

    name: str
    ok: bool
    figures: dict[str, int]
