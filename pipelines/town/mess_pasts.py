"""What the register of a messy town tells of the past: the changes behind former names and addresses that documents still carry."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, pairwise

import numpy as np

from pipelines.town.faces import Faces
from pipelines.town.identifiers import taxpayer_nos
from pipelines.town.people import People
from pipelines.town.people_changes import Change, Record
from pipelines.town.places import Places
from pipelines.town.register import RELATIONSHIPS
from pipelines.town.reports import Town
from pipelines.town.streams import hashed

_TOLD, _DAY, _DELAY = range(151, 154)
_DAYS = 330  # from 10 January on: all is over, and notified, before the next 1 January
_DELAY_DAYS = 14
ELSEWHERE, HERE, SURNAME = range(3)  # in the order in which somebody lives through them


@dataclass(frozen=True, order=True)
class Past:
    """What the person at this place of the block was once: `number` is a surname's, or a place's (elsewhere or here)."""

    person: int
    kind: int
    number: int


def past_changes(town: Town, people: People, faces: Faces, places: Places, pasts: set[Past]) -> list[Change]:
    """The changes of the year before by which each person became who the register of 1 January has, in their order.

    The register knows the past of `told_by_register` of 1,000 people; the others were renamed before they came.
    """
    told = hashed(town.seed * 1000 + _TOLD, people.index, 1000) < town.settings.mess["told_by_register"]
    writer = _Writer(town, people, faces, places)
    found = []
    for (person, renamed), mine in groupby(sorted(pasts), lambda past: (past.person, past.kind == SURNAME)):
        if told[person]:
            write = writer.names if renamed else writer.moves
            found += write(person, list(mine))
    return found


class _Writer:
    """Writes one person's chain of changes, from what they were first to what they are."""

    def __init__(self, town: Town, people: People, faces: Faces, places: Places) -> None:
        self._town, self._people, self._faces, self._places = town, people, faces, places

    def names(self, person: int, pasts: list[Past]) -> list[Change]:
        """Each surname to the next."""
        names, faces = self._town.settings.surnames, self._faces
        given, given_kana = (text[person].split("　")[1] for text in (faces.name, faces.kana))
        borne = [(f"{names.written[p.number]}　{given}", f"{names.kana[p.number]}　{given_kana}") for p in pasts]
        steps = pairwise([*borne, (faces.name[person], faces.kana[person])])
        return [
            self._change(person, nth, len(pasts), "renamed_earlier", record)
            for nth, record in enumerate(
                {
                    "change_kind": "04",
                    "name": name,
                    "kana": kana,
                    "former_name": name_before,
                    "former_kana": kana_before,
                }
                for (name_before, kana_before), (name, kana) in steps
            )
        ]

    def moves(self, person: int, pasts: list[Past]) -> list[Change]:
        """Each place to the next; from elsewhere with all that a register asks of who comes."""
        here = [past.number for past in pasts if past.kind == HERE] + [int(self._people.place[person])]
        came_from = [past.number for past in pasts if past.kind == ELSEWHERE]
        records = [
            self._home(place) | self._person(person) | {"change_kind": "02", "former_address": self._elsewhere(before)}
            for before, place in zip(came_from, here[:1], strict=False)
        ]
        records += [
            self._home(place) | {"change_kind": "03", "former_address": self._home(before)["address"]}
            for before, place in pairwise(here)
        ]
        return [self._change(person, nth, len(records), "moved_earlier", record) for nth, record in enumerate(records)]

    def _change(self, person: int, nth: int, count: int, story: str, record: Record) -> Change:
        part = _DAYS // count
        happened_on = date(self._town.fiscal_year - 1, 1, 10) + timedelta(
            days=nth * part + self._draw(_DAY, person, part - _DELAY_DAYS)
        )
        notified_on = happened_on + timedelta(days=self._draw(_DELAY, person, _DELAY_DAYS))
        days = {"happened_on": happened_on.isoformat(), "notified_on": notified_on.isoformat()}
        taxpayer_no = taxpayer_nos(self._people.index[person : person + 1])[0]
        return Change({"submission_kind": "0", "taxpayer_no": taxpayer_no} | days | record, notified_on, story)

    def _person(self, person: int) -> Record:
        faces, people = self._faces, self._people
        male = bool(people.male[person])
        return {
            "individual_number": faces.number[person],
            "household_no": taxpayer_nos(people.household[person : person + 1])[0],
            "relationship": RELATIONSHIPS[int(people.role[person]), male],
            "name": faces.name[person],
            "kana": faces.kana[person],
            "born_on": str(people.born_on[person]),
            "sex": "1" if male else "2",
        }

    def _home(self, place: int) -> Record:
        at = np.array([place])
        return {
            "postcode": self._places.postcodes(at)[0],
            "address": self._places.addresses(at)[0],
            "ward_code": self._places.ward_codes(at)[0],
        }

    def _elsewhere(self, place: int) -> str:
        return str(self._places.elsewhere(np.array([place]))[0])

    def _draw(self, use: int, person: int, below: int) -> int:
        return int(hashed(self._town.seed * 1000 + use, self._people.index[person : person + 1], below)[0])
