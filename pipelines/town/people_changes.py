"""What happens to a block's people around 1 January: the register's changes, as rows by item, each with its true story."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from pipelines.town.difficulties import stories
from pipelines.town.faces import Faces
from pipelines.town.identifiers import taxpayer_nos
from pipelines.town.people import People
from pipelines.town.places import Places
from pipelines.town.reports import Block, Town
from pipelines.town.settings import Bools, Ints, Values
from pipelines.town.streams import hashed

_CHANGE, _QUIET, _AWAY, _DAY, _DELAY, _SURNAME = range(131, 137)
_KINDS = {
    "moved_in_later": "02",
    "moved_within": "03",
    "renamed": "04",
    "moved_out": "05",
    "moved_out_before": "05",
    "withdrawn": "05",
    "died": "06",
    "died_before": "06",
    "protection_began": "09",
    "protection_ended": "10",
}
_BEFORE = ("moved_out_before", "died_before", "withdrawn")
Record = dict[str, str]


@dataclass(frozen=True)
class Change:
    """One record, the day on which it was notified, and its story."""

    record: Record
    notified_on: date
    story: str


def drawn_stories(people: People, who: Bools, salt: int, rules: Values, first_block: bool) -> list[tuple[int, str]]:
    """(place, story) of those among `who` to whom something of `rules` happens; each draw belongs to the person."""
    person = np.flatnonzero(who)
    told = stories(hashed(salt, people.index[person], 10_000), rules, first_block)
    names = ["", *rules]
    return [(int(place), names[story]) for place, story in zip(person, told, strict=True) if 0 < story < len(names)]


def changes_of(town: Town, block: Block, faces: Faces, places: Places, documented: set[str]) -> list[Change]:
    """The block's changes. Who has a document (`documented`, by taxpayer number) did not leave before 1 January."""
    people, salt, rules = block.people, town.seed * 1000, town.settings.people_changes
    first = block.number == 0
    quiet = ~people.elsewhere & ~np.isin(taxpayer_nos(people.index), sorted(documented))
    early = drawn_stories(people, quiet, salt + _QUIET, rules["changes_without_documents"], first)
    left = np.zeros(len(people), dtype=np.bool_)
    left[[place for place, _ in early]] = True
    here = drawn_stories(people, ~people.elsewhere & ~left, salt + _CHANGE, rules["changes"], first)
    away = drawn_stories(people, people.elsewhere, salt + _AWAY, rules["elsewhere"], first)
    scene = _Scene(town, people, faces, places, salt)
    found = []
    for place, story in sorted([*early, *here, *away]):
        change = scene.change(place, story)
        found.append(change)
        if story == "withdrawn":
            found.append(Change(change.record | {"submission_kind": "9"}, change.notified_on, story))
    return found


class _Scene:
    """Writes changes of the block's people."""

    def __init__(self, town: Town, people: People, faces: Faces, places: Places, salt: int) -> None:
        self._town, self._people, self._faces, self._places, self._salt = town, people, faces, places, salt

    def change(self, place: int, story: str) -> Change:
        """What happened to the person at this place, and when it was told."""
        happened_on, notified_on = self._days(place, story)
        record = {
            "submission_kind": "0",
            "taxpayer_no": taxpayer_nos(self._people.index[place : place + 1])[0],
            "change_kind": _KINDS[story],
            "happened_on": happened_on.isoformat(),
            "notified_on": notified_on.isoformat(),
        }
        return Change(record | self._state(place, story), notified_on, story)

    def _days(self, place: int, story: str) -> tuple[date, date]:
        year = self._town.fiscal_year
        delay = timedelta(days=self._draw(_DELAY, place, 14))
        if story in _BEFORE:
            return date(year - 1, 12, 1) + timedelta(days=self._draw(_DAY, place, 31)), date(year, 1, 8) + delay
        happened_on = date(year, 1, 6) + timedelta(days=self._draw(_DAY, place, 80))
        return happened_on, happened_on + delay

    def _state(self, place: int, story: str) -> Record:
        faces, people = self._faces, self._people
        other = self._town.settings.people_changes["other_municipality"]
        if people.elsewhere[place]:
            return self._whole_state(place, story) | {"january_municipality": other}
        if story == "moved_within":
            return self._home(place, 5) | {"former_address": faces.address[place]}
        if story == "renamed":
            return self._renamed(place)
        if story in ("moved_out", "moved_out_before", "withdrawn"):
            january = self._town.city_code if story == "moved_out" else other
            return {
                "postcode": "000-0000",
                "address": self._places.elsewhere(people.place[place : place + 1] + 13)[0],
                "january_municipality": january,
                "former_address": faces.address[place],
            }
        return {}

    def _whole_state(self, place: int, story: str) -> Record:
        """Of somebody whom the register of 1 January does not have: who it is, there and here."""
        faces, people = self._faces, self._people
        person = {
            "individual_number": faces.number[place],
            "name": faces.name[place],
            "kana": faces.kana[place],
            "born_on": str(people.born_on[place]),
            "sex": "1" if people.male[place] else "2",
        }
        home = self._home(place, 5)
        if story == "moved_in_later":
            household = taxpayer_nos(people.household[place : place + 1])[0]
            home |= {"household_no": household, "relationship": "世帯主", "former_address": faces.address[place]}
            return person | home
        there = {"postcode": "000-0000", "address": faces.address[place], "former_address": home["address"]}
        return person | there

    def _home(self, place: int, step: int) -> Record:
        at = self._people.place[place : place + 1] + step
        return {
            "postcode": self._places.postcodes(at)[0],
            "address": self._places.addresses(at)[0],
            "ward_code": self._places.ward_codes(at)[0],
        }

    def _renamed(self, place: int) -> Record:
        faces, names = self._faces, self._town.settings.surnames
        nth = self._draw(_SURNAME, place, len(names.written))
        return {
            "name": names.written[nth] + "　" + faces.name[place].split("　")[1],
            "kana": names.kana[nth] + "　" + faces.kana[place].split("　")[1],
            "former_name": faces.name[place],
            "former_kana": faces.kana[place],
        }

    def _draw(self, use: int, place: int, below: int) -> int:
        index: Ints = self._people.index[place : place + 1]
        return int(hashed(self._salt + use, index, below)[0])
