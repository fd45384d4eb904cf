"""What is wrong or written otherwise in a record of a messy town: in each of its layers at most one kind."""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from pipelines.town.difficulties import Columns, relative_of
from pipelines.town.faces import Faces
from pipelines.town.identifiers import ELSEWHERE_FROM, NOBODY_FROM, individual_numbers
from pipelines.town.mess import drawn_kinds, occurs
from pipelines.town.mess_pasts import ELSEWHERE, HERE, SURNAME, Past
from pipelines.town.mess_variants import address_variant, kana_variant, name_variant
from pipelines.town.people import People
from pipelines.town.places import Places
from pipelines.town.settings import Ints, Settings, Texts
from pipelines.town.streams import hashed

_NAMESAKE, _OTHER, _FIRST_LAYER = 81, 82, 83
_LAYERS = ("number", "name", "kana", "address", "birth", "arrival", "intake")
# A record keys its draws by person and payer, so that a correction is written as what it corrects.
_PAYERS_MAX = 100_000_007
UNLISTED_CODE = "9"


@dataclass(frozen=True)
class Scene:
    """A block's people, how they are written, and the town's settings."""

    people: People
    faces: Faces
    places: Places
    seed: int
    settings: Settings


def mess_up(columns: Columns, faults: list[str], person: Ints, payer: Ints, scene: Scene) -> list[list[str]]:
    """Change the records' columns; for each record the kinds of mess that it has.

    Records with a fault of their own stay as they are. `short_record` and `undecodable` are only told: what they do, is
    done to the finished text.
    """
    stories: list[list[str]] = [[] for _ in faults]
    if scene.settings.mess_level == 0:
        return stories
    drawn = _Drawn(faults, person, payer, scene)
    for row, kind in drawn.layer("name"):
        stories[row] += _name(columns, row, kind, drawn)
    for row, kind in drawn.layer("kana"):
        told = _written(columns, "kana", row, kind, kana_variant(kind, columns["kana"][row], drawn.values))
        stories[row] += ["twin_kana"] * bool(told and drawn.others_like(row, columns["kana"][row])) or told
    for row, kind in drawn.layer("address"):
        stories[row] += _address(columns, row, kind, drawn)
    for row, kind in drawn.layer("birth"):
        columns["born_day"][row] = f"{int(columns['born_day'][row]) % 28 + 1:02d}"
        stories[row].append(kind)
    for row, kind in _numbers(columns, drawn):
        stories[row].append(kind)
    for row, kind in drawn.layer("intake"):
        stories[row] += _refused(columns, row, kind)
    return stories


def arrivals(faults: list[str], person: Ints, payer: Ints, scene: Scene) -> list[tuple[int, str]]:
    """The records that come twice or too late, with which of both."""
    return _Drawn(faults, person, payer, scene).layer("arrival") if scene.settings.mess_level else []


def pasts(faults: list[str], stories: list[list[str]], person: Ints, payer: Ints, scene: Scene) -> set[Past]:
    """What the residents were once, of whom `stories` tell that a record has it still (a plain town's movers, too)."""
    if scene.settings.mess_level == 0:
        return set()
    drawn, places = _Drawn(faults, person, payer, scene), scene.people.place
    found = set()
    for row, kinds in enumerate(stories):
        who = int(person[row])
        if scene.people.elsewhere[who]:
            continue
        if "former_name" in kinds:
            found.add(Past(who, SURNAME, drawn.former_surname(row)))
        if "former_address" in kinds:
            found.add(Past(who, HERE, int(places[drawn.anybody(row)])))
        if "former_address_elsewhere" in kinds:
            found.add(Past(who, ELSEWHERE, int(places[who]) + 1))
        if faults[row] in ("moved", "moved_no_number"):
            found.add(Past(who, HERE, int(places[who]) + 1))
    return found


class _Drawn:
    """The kinds that are drawn for the rows without a fault."""

    def __init__(self, faults: list[str], person: Ints, payer: Ints, scene: Scene) -> None:
        self.scene, self.person, self.payer = scene, person, payer
        self.values = scene.settings.mess
        self._faults = faults
        self.free = [fault == "none" for fault in faults]
        self._key = scene.people.index[person] * _PAYERS_MAX + payer
        self._salt = scene.seed * 1000
        self.other: list[int] = hashed(
            self._salt + _OTHER, self._key, 2**31
        ).tolist()  # whom or what a row takes instead
        self._bearers: dict[tuple[str, object], list[int]] = {}
        self.resident: list[int] = np.flatnonzero(~scene.people.elsewhere).tolist()

    def rows_with(self, fault: str) -> list[int]:
        """The rows with this fault of their own."""
        return [row for row, own in enumerate(self._faults) if own == fault]

    def layer(self, name: str) -> list[tuple[int, str]]:
        """The rows that have something in this layer, with its kind."""
        rules = self.values["records"][name]
        salt = self._salt + _FIRST_LAYER + _LAYERS.index(name)
        kinds = drawn_kinds(self.scene.settings, salt, self._key, rules)
        return [(row, kind) for row, kind in enumerate(kinds) if kind and self.free[row]]

    def others_like(self, row: int, kana: str) -> list[int]:
        """The places of other residents with this kana, half-width, and the birth date of the row's person."""
        born, faces = self.scene.people.born_on, self.scene.faces
        if not self._bearers:
            for place in self.resident:
                self._bearers.setdefault((faces.half_kana[place], born[place]), []).append(place)
        return [place for place in self._bearers.get((kana, born[self.person[row]]), []) if place != self.person[row]]

    def namesakes(self) -> dict[int, int]:
        """The row and the resident of the same name and birth date whose number it has.

        The address tells them apart. Without that nobody could: hence neither namesakes at one address nor strangers.
        """
        people, faces = self.scene.people, self.scene.faces
        hit = occurs(self.scene.settings, self._salt + _NAMESAKE, self._key, self.values["namesake_number"])
        found = {}
        for row in np.flatnonzero(hit).tolist():
            place = int(self.person[row])
            alike = self.others_like(row, faces.half_kana[place])
            same = [other for other in alike if faces.name[other] == faces.name[place]]
            apart = [other for other in same if faces.address[other] != faces.address[place]]
            if apart and self.free[row] and not people.elsewhere[place]:
                found[row] = apart[0]
        return found

    def anybody(self, row: int) -> int:
        """The place of some other resident; the person's own where there is no other."""
        place = self.resident[self.other[row] % len(self.resident)]
        beside = self.resident[(self.other[row] + 1) % len(self.resident)]
        return beside if place == int(self.person[row]) else place

    def former_surname(self, row: int) -> int:
        """The number of the surname that the row's person once had."""
        return self.other[row] % len(self.scene.settings.surnames.written)


def _written(columns: Columns, item: str, row: int, kind: str, written: str) -> list[str]:
    """Put what is written otherwise; nothing is told where that is nothing, or nothing else."""
    if written in ("", columns[item][row]):
        return []
    columns[item][row] = written
    return [kind]


def _name(columns: Columns, row: int, kind: str, drawn: _Drawn) -> list[str]:
    name = columns["name"][row]
    if kind != "former_name":
        return _written(columns, "name", row, kind, name_variant(kind, name, drawn.values))
    surnames = drawn.scene.settings.surnames
    former = drawn.former_surname(row)
    given, given_kana = name.partition("　")[2], columns["kana"][row].partition(" ")[2]
    if name == f"{surnames.written[former]}　{given}":
        return []
    columns["name"][row] = f"{surnames.written[former]}　{given}"
    columns["kana"][row] = f"{surnames.half_kana[former]} {given_kana}"
    return [kind]


def _address(columns: Columns, row: int, kind: str, drawn: _Drawn) -> list[str]:
    scene, address = drawn.scene, columns["address"][row]
    if kind == "former_address":
        former = scene.faces.address[drawn.anybody(row)]
        return _written(columns, "address", row, kind, former)
    if kind == "former_address_elsewhere":
        place = scene.people.place[drawn.person[row : row + 1]] + 1
        return _written(columns, "address", row, kind, scene.places.elsewhere(place)[0])
    hyphens = drawn.values["hyphens"]
    hyphen = hyphens[drawn.other[row] % len(hyphens)]
    return _written(columns, "address", row, kind, address_variant(kind, address, hyphen))


def _numbers(columns: Columns, drawn: _Drawn) -> list[tuple[int, str]]:
    """The rows whose number is not their own or missing, and why."""
    numbers, numbers_of = columns["individual_number"], drawn.scene.faces.number
    told = []
    namesakes = drawn.namesakes()
    for row, place in namesakes.items():
        numbers[row] = numbers_of[place]
        told.append((row, "namesake_number"))
    rows = [(row, kind) for row, kind in drawn.layer("number") if row not in namesakes]
    for row, kind in rows:
        if kind != "colleague_number" and (number := _number(kind, row, drawn, numbers_of)) is not None:
            numbers[row] = number
            told.append((row, kind))
    for pair in _colleagues([row for row, kind in rows if kind == "colleague_number"], {row for row, _ in told}, drawn):
        for row, other in (pair, pair[::-1]):
            numbers[row] = numbers_of[drawn.person[other]]
            told.append((row, "colleague_number"))
    known = [(row, _bearer_alike(row, numbers[row], drawn) or kind) for row, kind in told]
    # A plain town swaps numbers within the household, too.
    swapped = [(row, _bearer_alike(row, numbers[row], drawn)) for row in drawn.rows_with("swapped_number")]
    return known + [(row, kind) for row, kind in swapped if kind]


def _number(kind: str, row: int, drawn: _Drawn, numbers_of: Texts) -> str | None:
    """What stands there instead of the person's own number; None where there is nobody to take it from."""
    people, place = drawn.scene.people, int(drawn.person[row])
    if kind == "no_number":
        return ""
    if kind == "wrong_number":
        nobody = NOBODY_FROM + people.index[place : place + 1] % ELSEWHERE_FROM
        return str(individual_numbers(nobody, drawn.scene.seed)[0])
    if kind == "stranger_number":
        stranger = drawn.anybody(row)
        return str(numbers_of[stranger]) if stranger != place else None
    relative = relative_of(people, place)
    return str(numbers_of[relative]) if people.household[relative] == people.household[place] else None


def _bearer_alike(row: int, number: str, drawn: _Drawn) -> str:
    """The kind of a number whose bearer has the person's kana and birth date: a namesake's, or a twin's written otherwise."""
    faces, place = drawn.scene.faces, int(drawn.person[row])
    names = [
        faces.name[other] for other in drawn.others_like(row, faces.half_kana[place]) if faces.number[other] == number
    ]
    if not names:
        return ""
    return "namesake_number" if names == [faces.name[place]] else "twin_number"


def _colleagues(wanted: list[int], taken: set[int], drawn: _Drawn) -> list[tuple[int, int]]:
    """Each wanted row with the next free one of the same payer and another person."""
    of_payer: dict[int, list[int]] = defaultdict(list)
    for row, payer in enumerate(drawn.payer.tolist()):
        if row not in taken and drawn.free[row]:
            of_payer[payer].append(row)
    pairs, used = [], set()
    for row in wanted:
        if row not in used:
            others = (
                other
                for other in of_payer[int(drawn.payer[row])]
                if other not in used and drawn.person[other] != drawn.person[row]
            )
            if (other := next(others, None)) is not None:
                pairs.append((row, other))
                used |= {row, other}
    return pairs


def _refused(columns: Columns, row: int, kind: str) -> list[str]:
    """Records that intake can't accept."""
    if kind == "no_kana":
        columns["kana"][row] = ""
    elif kind == "unlisted_code":
        columns["address_abroad"][row] = UNLISTED_CODE
    elif kind == "half_width_name":
        return _written(columns, "name", row, kind, columns["name"][row].replace("　", " "))
    elif kind == "number_check_digit":
        number = columns["individual_number"][row]
        if not number:
            return []
        columns["individual_number"][row] = number[:-1] + str((int(number[-1]) + 1) % 10)
    return [kind]
