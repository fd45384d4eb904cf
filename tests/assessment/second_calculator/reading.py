"""Reading a case: known keys only, whole yen only, real dates only."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

# An amount above this is a slip of the pen, not a salary.
YEN_MAX = 1_000_000_000_000


def known_keys(value: Any, allowed: Iterable[str], where: str) -> dict[str, Any]:
    """The mapping itself, once every key of it is known; ValueError names the unknown ones."""
    if not isinstance(value, Mapping):
        raise ValueError(f"{where}: a mapping is expected, not {type(value).__name__}")
    unknown = sorted(str(key) for key in value if key not in set(allowed))
    if unknown:
        raise ValueError(f"{where}: unknown key {', '.join(unknown)}")
    return dict(value)


def integer(value: Any, where: str) -> int:
    """A whole number; true and 1.0 are none."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(f"{where}: a whole number is expected, not {value!r}")
    return value


def yen(value: Any, where: str) -> int:
    """An amount in yen: whole, not negative, below a trillion."""
    amount = integer(value, where)
    if not 0 <= amount < YEN_MAX:
        raise ValueError(f"{where}: {amount} is outside 0 to {YEN_MAX} yen")
    return amount


def loss_or_gain(value: Any, where: str) -> int:
    """An amount in yen that may be a loss: whole, nearer to zero than a trillion."""
    amount = integer(value, where)
    if not -YEN_MAX < amount < YEN_MAX:
        raise ValueError(f"{where}: {amount} is beyond {YEN_MAX} yen")
    return amount


def truth(value: Any, where: str) -> bool:
    """true or false."""
    if not isinstance(value, bool):
        raise ValueError(f"{where}: true or false is expected, not {value!r}")
    return value


def day(value: Any, where: str) -> date:
    """A calendar day, as YAML reads it or quoted."""
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise ValueError(f"{where}: {value!r} is no day") from error
    if type(value) is not date:
        raise ValueError(f"{where}: a date is expected, not {value!r}")
    return value


def choice(value: Any, allowed: tuple[str, ...], where: str) -> str:
    """One of the words allowed."""
    if not isinstance(value, str) or value not in allowed:
        raise ValueError(f"{where}: one of {', '.join(allowed)} is expected, not {value!r}")
    return value


def amounts(value: Any, names: Iterable[str], where: str) -> dict[str, int]:
    """A mapping of yen by name; what is not given is zero."""
    names = tuple(names)
    given = known_keys(value or {}, names, where)
    return {name: yen(given.get(name, 0), f"{where}.{name}") for name in names}
