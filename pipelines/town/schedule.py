"""Tables of the income tax as integer arithmetic over arrays: the row whose `up_to` holds the value, rate and sum."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from pipelines.town.settings import Ints, Values

_NO_LIMIT = np.iinfo(np.int64).max


def apply_table(rows: Sequence[Values], values: Ints, *, round_up: bool = False) -> Ints:
    """The table's yen for each value (yen). Below one yen is cut off, or rounded up."""
    row = np.searchsorted(np.array([row.get("up_to", _NO_LIMIT) for row in rows]), values, side="left")
    step = _column(rows, "step", 1)[row]
    numerator = np.array([row["rate"][0] for row in rows])[row]
    denominator = np.array([row["rate"][1] for row in rows])[row]
    product = values // step * step * numerator
    whole = -(-product // denominator) if round_up else product // denominator
    result: Ints = whole + _column(rows, "plus", 0)[row]
    return result


def share(values: Ints, rate: Sequence[int], *, round_up: bool = False) -> Ints:
    """`values` times an integer fraction, below one yen cut off or rounded up."""
    product = values * rate[0]
    return -(-product // rate[1]) if round_up else product // rate[1]


def _column(rows: Sequence[Any], name: str, default: int) -> Ints:
    return np.array([row.get(name, default) for row in rows], dtype=np.int64)
