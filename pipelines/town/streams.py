"""Randomness of the town: every block of people has streams of its own, so that order and threads don't matter."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from pipelines.town.settings import Bools, Floats, Ints

# What a stream is for. People and places are drawn without the year, so that two years of a town show the same people.
PEOPLE, CAREERS, YEAR, FAULTS = range(4)

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)


def stream(seed: int, city_code: str, purpose: int, *parts: int) -> np.random.Generator:
    """The random stream of one purpose in a city; `parts` are the block and, for a year's own draws, the year."""
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, int(city_code), purpose, *parts])))


def hashed(salt: int, index: Ints, below: int) -> Ints:
    """A number in [0, below) for each index, always the same (SplitMix64's finaliser). `salt` tells the uses apart."""
    value = (index.astype(np.uint64) + np.uint64(1)) * _GOLDEN + np.uint64(salt % 2**63)
    value = (value ^ (value >> np.uint64(30))) * _MIX_1
    value = (value ^ (value >> np.uint64(27))) * _MIX_2
    return ((value ^ (value >> np.uint64(31))) % np.uint64(below)).astype(np.int64)


def scattered(index: Ints, seed: int) -> Ints:
    """The index at another place below 100,000,000, each place once (an affine permutation chosen by the seed)."""
    size = 100_000_000
    factor = 61_803_399 + 10 * (seed % 1_000_000)  # ends with 9, so it has no common factor with the size
    return (index * factor + 27_182_818 + seed % size) % size


def weighted(rng: np.random.Generator, rows: Sequence[Sequence[Any]], count: int) -> Ints:
    """`count` row numbers, drawn by the weight that stands first in each row."""
    weights = np.array([row[0] for row in rows], dtype=np.float64)
    return by_share(rng.random(count), weights)


def by_share(draw: Floats, weights: Floats) -> Ints:
    """The row in whose part of the whole each draw (0 to 1) falls."""
    edges = np.cumsum(weights) / weights.sum()
    return np.minimum(np.searchsorted(edges, draw, side="right"), len(weights) - 1).astype(np.int64)


def chance(rng: np.random.Generator, per_thousand: float, count: int) -> Bools:
    """True for about so many of 1,000."""
    return rng.random(count) * 1000 < per_thousand
