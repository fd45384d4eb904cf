"""Who works, as what, for how much a year. Drawn without the year; the year moves ages and gives the pay a turn."""

from dataclasses import dataclass

import numpy as np

from pipelines.town.people import People
from pipelines.town.settings import Bools, Floats, Ints, Settings, Values
from pipelines.town.streams import CAREERS, stream

NO_WORK, REGULAR, SENIOR, PART_TIME, STUDENT_JOB, SELF_EMPLOYED = range(6)
KIND_NAMES = ("none", "regular", "senior", "part_time", "student_job", "self_employed")


@dataclass(frozen=True)
class Careers:
    """One place in each array a person: kind of work, pay of the main job (yen), in the employees' insurance or not.

    `employer_draw` (0 to 1) says how small the employer is.
    """

    kind: Ints
    pay_yen: Ints
    insured: Bools
    employer_draw: Floats


def careers_of(people: People, partner: Ints, seed: int, city_code: str, block: int, settings: Settings) -> Careers:
    """The careers of a block's people. Every draw belongs to the person's index, not to who else is in the block."""
    size = settings.people["block_people"]
    rng = stream(seed, city_code, CAREERS, block)
    seat = people.index % size + np.where(people.elsewhere, size, 0)
    uniform = rng.random((2 * size, 6))[seat]
    normal = rng.standard_normal(2 * size)[seat]

    kind = np.where(people.elsewhere, REGULAR, _kinds(people, uniform[:, 0], settings.people["employment"]))
    pay = _pay(people, kind, normal, uniform[:, 1], uniform[:, 2], settings.wages)
    pay = _at_the_wall(pay, kind, partner, uniform[:, 3], uniform[:, 2], settings.wages["income_wall"])
    rules = settings.wages["social_insurance"]
    covered = np.array([rules["covered"].get(name, 0) for name in KIND_NAMES])[kind]
    insured = (pay >= rules["covered_from_yen"]) & (uniform[:, 4] * 1000 < covered) & (people.age < 75)
    return Careers(kind=kind, pay_yen=pay, insured=insured, employer_draw=uniform[:, 5])


def _kinds(people: People, draw: Floats, bands: list[Values]) -> Ints:
    band = np.searchsorted(np.array([row["age_to"] for row in bands]), people.age, side="left")
    kind = np.zeros(len(people), dtype=np.int64)
    for male, sex in ((True, "male"), (False, "female")):
        shares = np.array([[row[sex].get(name, 0) for name in KIND_NAMES[1:]] for row in bands])
        edges = np.cumsum(shares, axis=1)[band]
        drawn = (draw[:, None] * 1000 >= edges).sum(axis=1) + 1
        kind = np.where(people.male == male, np.where(drawn > len(KIND_NAMES) - 1, NO_WORK, drawn), kind)
    return kind


def _pay(
    people: People,
    kind: Ints,
    normal: Floats,
    tail_draw: Floats,
    turn: Floats,
    wages: Values,
) -> Ints:
    """Log-normal pay of employees; 0 for all others. Floats end here: what leaves is whole yen."""
    rows = [wages["kinds"].get(name) for name in KIND_NAMES]

    def of_kind(name: str) -> Ints:
        return np.array([row[name] if row else 0 for row in rows], dtype=np.int64)[kind]

    by_age = wages["regular_by_age"]
    age_row = np.searchsorted(np.array([row[0] for row in by_age]), people.age, side="left")
    by_sex = np.where(people.male, 100, wages["regular_female"])
    factor = np.array([row[1] for row in by_age])[age_row] * by_sex / 10_000
    tail = wages["tail"]
    place_in_tail = tail_draw * 1000 / tail["share"]
    tail_factor = (tail["factor_from"] + (tail["factor_to"] - tail["factor_from"]) * turn**2) / 100
    factor = factor * np.where((place_in_tail < 1) & (people.age >= 35), tail_factor, 1)
    drawn = of_kind("median_yen") * np.exp(normal * of_kind("spread") / 1000) * np.where(kind == REGULAR, factor, 1)
    return np.clip(drawn, of_kind("min_yen"), of_kind("max_yen")).astype(np.int64)


def _at_the_wall(
    pay: Ints,
    kind: Ints,
    partner: Ints,
    draw: Floats,
    turn: Floats,
    wall: Values,
) -> Ints:
    """Some married part-timers keep their pay just below the limit for the spouse's deduction."""
    keeps = (kind == PART_TIME) & (partner >= 0) & (draw * 1000 < wall["share"])
    return np.where(keeps, wall["pay_yen"] - (turn * wall["below_yen"]).astype(np.int64), pay)
