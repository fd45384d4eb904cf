"""The people of one block, spread from its households. Drawn without the year, then looked at in a given year."""

from dataclasses import dataclass, fields, replace
from typing import Self

import numpy as np

from pipelines.town.households import Households, households
from pipelines.town.identifiers import ELSEWHERE_FROM
from pipelines.town.settings import Bools, Dates, Ints, Settings, Values
from pipelines.town.streams import FAULTS, PEOPLE, chance, stream, weighted

HEAD, SPOUSE, CHILD, PARENT = range(4)


@dataclass(frozen=True)
class People:
    """One place in each array a person; a household stands together, head first. Ages hold at the year's end.

    `index` is the person's number in the town, `household` the household's, `place` the home's (a number that the
    address is derived from). `elsewhere` people live in another municipality and are in no register of the town.
    """

    index: Ints
    household: Ints
    role: Ints
    male: Bools
    born_on: Dates
    age: Ints
    surname: Ints
    given: Ints
    place: Ints
    disability: Ints  # 0 none, 1 ordinary, 2 special
    assistance: Bools
    protected: Bools
    pension_small: Bools
    elsewhere: Bools

    def __len__(self) -> int:
        return len(self.index)

    @property
    def household_place(self) -> Ints:
        """The households numbered from 0 in the order in which they stand here."""
        return np.cumsum(np.diff(self.household, prepend=-1) != 0) - 1

    def take(self, rows: Ints | Bools) -> Self:
        """The people at these places."""
        return replace(self, **{field.name: getattr(self, field.name)[rows] for field in fields(self)})


def people_of_block(seed: int, city_code: str, block: int, count: int, income_year: int, settings: Settings) -> People:
    """The block's people at the end of `income_year`: at most `count` residents, then some of other municipalities.

    The same block always holds the same people, however many of them are taken. Those not yet born are left out.
    """
    size = settings.people["block_people"]
    rng = stream(seed, city_code, PEOPLE, block)
    everybody = _with_persons(rng, households(rng, size, settings.people), block * size, size, settings)
    taken = everybody.take(np.arange(size) < count)
    rule = settings.difficulties["of_people"]["elsewhere"]
    taken = _join(taken, _elsewhere(seed, city_code, block, taken, rule))
    return _in_year(taken, income_year)


def partner_of(people: People) -> Ints:
    """The place of each head's spouse and each spouse's head; -1 for all others."""
    partner = np.full(len(people), -1, dtype=np.int64)
    spouses = np.flatnonzero(people.role == SPOUSE)
    partner[spouses] = spouses - 1
    partner[spouses - 1] = spouses
    return partner


def _with_persons(
    rng: np.random.Generator, homes: Households, index_from: int, size: int, settings: Settings
) -> People:
    """Spread the households into persons: the first `size` of them."""
    values = settings.people
    children = (homes.child_ages >= 0).sum(axis=1)
    members = 1 + homes.spouse + children + homes.parents
    home = np.repeat(np.arange(len(members)), members)[:size]
    nth = np.arange(size) - (np.cumsum(members) - members)[home]
    child_nth = nth - 1 - homes.spouse[home]
    parent_nth = child_nth - children[home]
    role = np.select([nth == 0, child_nth < 0, parent_nth < 0], [HEAD, SPOUSE, CHILD], PARENT)

    head_age, head_male = homes.head_age[home], homes.head_male[home]
    gap = values["spouse_younger_by_years"] * np.where(head_male, -1, 1)
    spread = np.rint(rng.normal(0, values["spouse_age_spread_years"], size)).astype(np.int64)
    spouse_age = np.clip(head_age + gap + spread, 20, values["age_max"])
    child_age = homes.child_ages[home, np.clip(child_nth, 0, homes.child_ages.shape[1] - 1)]
    parent_age = homes.parent_ages[home, np.clip(parent_nth, 0, 1)]
    age = np.choose(role, [head_age, spouse_age, child_age, parent_age])
    parent_male = homes.parent_first_male[home] ^ (parent_nth == 1)
    male = np.choose(role, [head_male, ~head_male, chance(rng, values["boys"], size), parent_male]).astype(np.bool_)

    year = values["base_income_year"] - age
    born_on = (year - 1970).astype("datetime64[Y]").astype("datetime64[D]") + rng.integers(0, 365, size)
    surname = (rng.random(size) ** 1.7 * len(settings.surnames.written)).astype(np.int64)
    disability = values["disability"]
    assistance, protected = (chance(rng, values[name], size) for name in ("public_assistance", "protected_address"))
    return People(
        index=index_from + np.arange(size),
        household=index_from + home,
        role=role.astype(np.int64),
        male=male,
        born_on=born_on,
        age=age,
        surname=surname[home],
        given=rng.integers(0, 2**31, size),
        place=rng.integers(0, 2**40, size)[home],
        disability=weighted(rng, [[1000 - sum(disability.values())], *[[v] for v in disability.values()]], size),
        assistance=assistance[home],
        protected=protected[home],
        pension_small=chance(rng, values["pension_small"], size),
        elsewhere=np.zeros(size, dtype=np.bool_),
    )


def _elsewhere(seed: int, city_code: str, block: int, residents: People, rule: Values) -> People:
    """People of other municipalities: each is like a head here, but with another name, number and home."""
    rng = stream(seed, city_code, FAULTS, block)
    draw = rng.random(len(residents))
    working_age = (residents.role == HEAD) & (residents.age >= 23) & (residents.age < 60) & residents.male
    working = np.flatnonzero(working_age)
    heads = np.flatnonzero(residents.role == HEAD)
    wanted = int((draw * 10_000 < rule["share"]).sum())
    if block == 0:
        wanted = max(wanted, rule["at_least"])
    models = residents.take((working if len(working) else heads)[:wanted])
    return replace(
        models,
        index=models.index + ELSEWHERE_FROM,
        household=models.household + ELSEWHERE_FROM,
        surname=models.surname // 2 + 3,
        given=models.given + 17,
        place=models.place + 977,
        elsewhere=np.ones(len(models), dtype=np.bool_),
    )


def _join(left: People, right: People) -> People:
    return replace(
        left, **{f.name: np.concatenate([getattr(left, f.name), getattr(right, f.name)]) for f in fields(left)}
    )


def _in_year(people: People, income_year: int) -> People:
    """Those who are born, with their age at the year's end: who is born on 1 January is a year older (年齢計算法)."""
    year = people.born_on.astype("datetime64[Y]").astype(np.int64) + 1970
    first_of_january = people.born_on == people.born_on.astype("datetime64[Y]").astype("datetime64[D]")
    aged = replace(people, age=income_year - year + first_of_january)
    return aged.take(year <= income_year)
