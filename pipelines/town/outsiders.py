"""Who is taxed without being registered, to whom notices go, and what other departments tell of the block's residents."""

from dataclasses import replace
from datetime import timedelta

import numpy as np

from pipelines.town.faces import Faces
from pipelines.town.identifiers import OUTSIDE_FROM, taxpayer_nos
from pipelines.town.people import HEAD
from pipelines.town.people_changes import Change, Record, drawn_stories
from pipelines.town.places import Places
from pipelines.town.reports import Block, Town
from pipelines.town.settings import Texts
from pipelines.town.streams import hashed

_OUTSIDE, _ADDRESSEE, _STATUS, _LISTED, _SINCE, _SECOND = range(137, 143)
_ENTRIES = {"taxed_here": "1", "house": "2", "mailing": "3", "tax_agent": "4", "heir": "5"}


def outside_records(town: Town, block: Block, faces: Faces, places: Places, changes: list[Change]) -> list[Record]:
    """住登外者, houses of residents in a second ward, and 送付先・納税管理人 of residents; 相続人代表者 of who died since 1 January."""
    people, rules, salt = block.people, town.settings.people_changes, town.seed * 1000
    first = block.number == 0
    heads = ~people.elsewhere & (people.role == HEAD)
    models = drawn_stories(people, heads, salt + _OUTSIDE, rules["outside"], first)
    found = _outsiders(town, block, places, models)
    for place, story in drawn_stories(people, ~people.elsewhere, salt + _ADDRESSEE, rules["addressees"], first):
        person = taxpayer_nos(people.index[place : place + 1])[0]
        other = place if story == "mailing" else (place + 1) % len(people)
        home = places.elsewhere(people.place[place : place + 1] + 2)[0]
        found.append(_addressee(person, story, f"{town.fiscal_year - 1}-07-01", faces, other, home))
    found += _second_houses(
        town, block, faces, places, drawn_stories(people, heads, salt + _SECOND, rules["second_houses"], first)
    )
    place_of = {number: place for place, number in enumerate(taxpayer_nos(people.index))}
    for change in changes:
        if change.story == "died":
            place = place_of[change.record["taxpayer_no"]]
            since = (change.notified_on + timedelta(days=7)).isoformat()
            heir = (place + 1) % len(people)
            found.append(_addressee(change.record["taxpayer_no"], "heir", since, faces, heir, faces.address[place]))
    return found


def _second_houses(
    town: Town, block: Block, faces: Faces, places: Places, drawn: list[tuple[int, str]]
) -> list[Record]:
    """A house or an office of a resident in the ward after the own one; none in a city without wards."""
    wards = [code for code, _ in places.wards]
    if len(wards) < 2:
        return []
    person = [place for place, _ in drawn]
    homes = places.ward_codes(block.people.place[person])
    return [
        _addressee(number, "house", f"{town.fiscal_year - 8}-04-01", faces, place, faces.address[place])
        | {
            "individual_number": faces.number[place],
            "born_on": str(block.people.born_on[place]),
            "sex": "1" if block.people.male[place] else "2",
            "ward_code": wards[(wards.index(home) + 1) % len(wards)],
        }
        for number, place, home in zip(taxpayer_nos(block.people.index[person]), person, homes, strict=True)
    ]


def _addressee(person: str, story: str, since: str, faces: Faces, place: int, address: str) -> Record:
    return {
        "submission_kind": "0",
        "taxpayer_no": person,
        "entry_kind": _ENTRIES[story],
        "from_on": since,
        "name": faces.name[place],
        "kana": faces.kana[place],
        "postcode": "000-0000",
        "address": address,
    }


def _outsiders(town: Town, block: Block, places: Places, models: list[tuple[int, str]]) -> list[Record]:
    """Each like a head here, but with another name, number and home; no document comes of them."""
    rows = np.array([place for place, _ in models], dtype=np.int64)
    like = block.people.take(rows)
    people = replace(
        like,
        index=like.index + OUTSIDE_FROM,
        surname=like.surname // 2 + 7,
        given=like.given + 29,
        place=like.place + 1979,
        elsewhere=np.array([story == "house" for _, story in models], dtype=np.bool_),
    )
    faces = Faces.of(people, places, town.seed, town.settings)
    numbers: Texts = taxpayer_nos(people.index)
    wards = places.ward_codes(people.place)
    postcodes = places.postcodes(people.place)
    return [
        _addressee(numbers[nth], story, f"{town.fiscal_year - 8}-04-01", faces, nth, faces.address[nth])
        | {
            "individual_number": faces.number[nth],
            "born_on": str(people.born_on[nth]),
            "sex": "1" if people.male[nth] else "2",
            "ward_code": wards[nth],
        }
        | (
            {
                "registered_municipality": town.settings.people_changes["other_municipality"],
                "postcode": postcodes[nth],
            }
            if story == "taxed_here"
            else {}
        )
        for nth, (_, story) in enumerate(models)
    ]


def status_records(town: Town, block: Block) -> list[Record]:
    """生活扶助 as the register has it on 1 January, 手帳 of most of the disabled, and what ended before or began later."""
    people, rules, salt = block.people, town.settings.people_changes, town.seed * 1000
    here = ~people.elsewhere
    year = town.fiscal_year
    entries: list[tuple[int, str, str, str]] = []
    since = (year - 2 - hashed(salt + _SINCE, people.index, 9)).tolist()
    listed = hashed(salt + _LISTED, people.index, 1000) < rules["disability_listed"]
    entries += [
        (place, "1", f"{since[place]}-04-01", "") for place in np.flatnonzero(here & people.assistance).tolist()
    ]
    disabled = np.flatnonzero(here & listed & (people.disability > 0)).tolist()
    entries += [(place, "34"[people.disability[place] - 1], f"{since[place]}-10-01", "") for place in disabled]
    told = {
        "assistance_ended": ("1", f"{year - 3}-04-01", f"{year - 1}-09-30"),
        "assistance_began_later": ("1", f"{year}-02-01", ""),
        "returnee_support_ended": ("2", f"{year - 9}-04-01", f"{year - 2}-03-31"),
    }
    drawn = drawn_stories(people, here & ~people.assistance, salt + _STATUS, rules["status"], block.number == 0)
    entries += [(place, *told[story]) for place, story in drawn]
    numbers = taxpayer_nos(people.index)
    return [
        {"submission_kind": "0", "taxpayer_no": numbers[place], "status_kind": kind, "from_on": first, "to_on": last}
        for place, kind, first, last in sorted(entries)
    ]
