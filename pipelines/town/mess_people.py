"""People whom one takes for each other: the same surname, address, name and birth date, and nearly the same name."""

from dataclasses import replace

import numpy as np

from pipelines.town.identifiers import ELSEWHERE_FROM
from pipelines.town.mess import occurs
from pipelines.town.people import CHILD, HEAD, SPOUSE, People
from pipelines.town.settings import TWIN_NAMES_FROM, Bools, Ints, Settings
from pipelines.town.streams import hashed

_SURNAME, _WHICH_SURNAME, _ADDRESS, _TWINS, _WHICH_TWINS, _NAMESAKES, _ONE_ADDRESS, _ELSEWHERE = range(71, 79)
# Who these are is drawn without the fiscal year; their ages may differ by so much, so that no parent becomes too young.
_NAMESAKES_APART_YEARS = 2


def confusable(people: People, seed: int, settings: Settings) -> People:
    """The block's people, some of whom are easily taken for others; as many as before, in the same households."""
    if settings.mess_level == 0:
        return people
    copy = replace(people, **{name: getattr(people, name).copy() for name in _CHANGED})
    for change in (_recycle_surnames, _share_addresses, _make_twins, _make_namesakes, _make_namesakes_elsewhere):
        change(copy, seed * 1000, settings)
    return copy


_IDENTITY = ("surname", "given", "male", "born_on", "age")
_CHANGED = (*_IDENTITY, "place")


def _copy(people: People, names: tuple[str, ...], to: Ints, of: Ints) -> None:
    for name in names:
        column = getattr(people, name)
        column[to] = column[of]


def _recycle_surnames(people: People, salt: int, settings: Settings) -> None:
    rule = settings.mess["people"]["recycled_surname"]
    chosen = occurs(settings, salt + _SURNAME, people.household, rule["share"])
    people.surname[chosen] = hashed(salt + _WHICH_SURNAME, people.household, rule["names"])[chosen]


def _share_addresses(people: People, salt: int, settings: Settings) -> None:
    rule = settings.mess["people"]["shared_address"]
    chosen = occurs(settings, salt + _ADDRESS, people.household, rule["share"]) & ~people.elsewhere
    home = np.unique(people.household[chosen], return_inverse=True)[1]
    first = np.flatnonzero(np.diff(home // rule["homes"], prepend=-1))
    people.place[chosen] = people.place[chosen][first][home // rule["homes"]]


def _make_twins(people: People, salt: int, settings: Settings) -> None:
    """Children who stand side by side, by twos: a group of names that differ little or only in writing."""
    child = (people.role == CHILD) & ~people.elsewhere
    pair = np.flatnonzero(child[:-1] & child[1:] & (people.household[:-1] == people.household[1:]))
    rule = settings.mess["people"]["twins"]
    pair = pair[occurs(settings, salt + _TWINS, people.household[pair], rule["share"])]
    pair = pair[np.diff(people.household[pair], prepend=-1) != 0]  # one pair a household
    _copy(people, ("male", "born_on", "age"), pair + 1, pair)
    sexes = np.array([row[0] == "male" for row in settings.mess["twin_names"]])
    for male in (True, False):
        suited = np.flatnonzero(sexes == male)
        mine = people.male[pair] == male
        number = suited[hashed(salt + _WHICH_TWINS, people.household[pair[mine]], len(suited))]
        people.given[pair[mine]] = TWIN_NAMES_FROM + 2 * number
        people.given[pair[mine] + 1] = TWIN_NAMES_FROM + 2 * number + 1


def _make_namesakes(people: People, salt: int, settings: Settings) -> None:
    """Pairs of adults of two households who are of one sex and nearly one age: one name, kana and birth date."""
    rule = settings.mess["people"]["namesakes"]
    adult: Bools = ((people.role == HEAD) | (people.role == SPOUSE)) & ~people.elsewhere
    order = np.flatnonzero(adult)
    order = order[np.lexsort((people.age[order], people.male[order]))]
    left, right = order[:-1:2], order[1::2]
    suited = (people.male[left] == people.male[right]) & (people.household[left] != people.household[right])
    suited &= np.abs(people.age[left] - people.age[right]) <= _NAMESAKES_APART_YEARS
    suited &= occurs(settings, salt + _NAMESAKES, people.index[left], rule["share"])
    left, right = left[suited], right[suited]
    _copy(people, _IDENTITY, right, left)
    near = hashed(salt + _ONE_ADDRESS, people.index[left], 1000) < rule["at_one_address"]
    for one, other in zip(left[near].tolist(), right[near].tolist(), strict=True):
        people.place[people.household == people.household[other]] = people.place[one]


def _make_namesakes_elsewhere(people: People, salt: int, settings: Settings) -> None:
    rule = settings.mess["people"]["namesake_elsewhere"]
    strangers = np.flatnonzero(people.elsewhere & occurs(settings, salt + _ELSEWHERE, people.index, rule["share"]))
    model = np.searchsorted(people.index[~people.elsewhere], people.index[strangers] - ELSEWHERE_FROM)
    _copy(people, _IDENTITY, strangers, model)
