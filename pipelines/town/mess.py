"""How messy a town is: its level from 0 to 1, and what the shares of schemas/town/mess.yaml come to at that level."""

from dataclasses import replace

import numpy as np

from pipelines.town.settings import Bools, Floats, Ints, Settings, Values
from pipelines.town.streams import hashed

_PARTS = 1_000_000  # shares are per 1,000; so fine a level still counts


def with_mess(settings: Settings, level: float) -> Settings:
    """The settings of a town so messy: the shares that a plain town has, too, are grown on the way to `instead`."""
    grown: Values = settings.mess["instead"]

    def between(name: str, share: float) -> float:
        return share + (float(grown[name]) - share) * level

    def of(rules: Values) -> Values:
        return {n: rule | {"share": between(n, rule["share"])} if n in grown else rule for n, rule in rules.items()}

    wages = {name: between(name, settings.wages[name]) for name in ("second_job", "joined")}
    difficulties = {name: of(settings.difficulties[name]) for name in ("of_jobs", "of_people")}
    return replace(
        settings,
        mess_level=level,
        wages={**settings.wages, **wages},
        difficulties={**settings.difficulties, **difficulties},
    )


def occurs(settings: Settings, salt: int, key: Ints, share: float) -> Bools:
    """True for `share` per 1,000 of the keys at mess 1, and so much less at the town's level."""
    hit: Bools = hashed(salt, key, _PARTS) < share * _PARTS / 1000 * settings.mess_level
    return hit


def drawn_kinds(settings: Settings, salt: int, key: Ints, rules: Values) -> list[str]:
    """For each key at most one of the kinds, each with its share; an empty name is none."""
    edges: Floats = np.cumsum([share * _PARTS / 1000 * settings.mess_level for share in rules.values()])
    names = np.array([*rules, ""], dtype=object)
    kinds: list[str] = names[np.searchsorted(edges, hashed(salt, key, _PARTS), side="right")].tolist()
    return kinds
