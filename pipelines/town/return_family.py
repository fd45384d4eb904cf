"""What a return says of the family: the relatives whom the main job's report, or the main pension's, names, and nobody else."""

import numpy as np

from pipelines.town.faces import Faces
from pipelines.town.jobs import Rows
from pipelines.town.people import CHILD, PARENT, People, partner_of
from pipelines.town.settings import Bools
from pipelines.town.written_dates import etax_date

SHOWN_RELATIVES = 4
_FLAGS = ("single_parent", "widow", "working_student", "self_special_disability")
_PREMIUMS = ("new_general", "old_general", "care", "new_pension", "old_pension", "earthquake", "old_long_term")
_FIGURES = (
    "spouse_deduction_yen",
    "life_insurance_deduction_yen",
    "earthquake_insurance_deduction_yen",
    "housing_loan_credit_yen",
)


class Families:
    """The families of a block's people, as returns have them."""

    def __init__(self, people: People, faces: Faces, wages: Rows, pensions: Rows) -> None:
        self._people, self._faces, self._wages = people, faces, wages
        self._born = people.born_on.astype("datetime64[D]").tolist()
        main = np.flatnonzero(~wages["second"])
        self._row = dict(zip(wages["person"][main].tolist(), main.tolist(), strict=True))
        declared = pensions["person"][pensions["spouse"] == 1]
        self._spouse = dict(zip(declared.tolist(), partner_of(people)[declared].tolist(), strict=True))

    def fits(self) -> Bools:
        """Who has no more relatives than one sheet shows, and none for 特定親族特別控除."""
        wages = self._wages
        claimed = (wages["dependants"] >= 0).sum(axis=1) + (wages["under_16"] >= 0).sum(axis=1)
        too_many = (claimed > SHOWN_RELATIVES) | (wages["special_relatives"] >= 0).any(axis=1)
        fits = np.ones(len(self._people), dtype=np.bool_)
        fits[wages["person"][too_many]] = False
        return fits

    def of(self, person: int) -> dict[str, str]:
        """The items of this person's family, premiums and facts."""
        row = self._row.get(person)
        partner = self._spouse.get(person, -1)
        items: dict[str, str] = {}
        disability = int(self._people.disability[person])
        if disability:
            items["self_special_disability" if disability > 1 else "self_ordinary_disability"] = "2"
        if row is not None:
            wages = self._wages
            # A spouse is named where there is a deduction for one.
            if wages["spouse_within"][row] or wages["spouse_special"][row]:
                partner = int(wages["partner"][row])
                items["spouse_total_income_yen"] = str(int(wages["spouse_total_income_yen"][row]))
            items |= {name: "2" for name in _FLAGS if wages[name][row]}
            items |= {name: str(int(wages[name][row])) for name in _FIGURES if wages[name][row]}
            items |= {
                f"{name}_premium": str(int(wages[f"{name}_premium_yen"][row]))
                for name in _PREMIUMS
                if wages[f"{name}_premium_yen"][row]
            }
            relatives = [*wages["dependants"][row].tolist(), *wages["under_16"][row].tolist()]
            for n, relative in enumerate([place for place in relatives if place >= 0], start=1):
                items |= self._relative(person, relative, f"relative_{n}")
        if partner >= 0:
            items |= self._named(partner, "spouse")
        return items

    def _named(self, place: int, name: str) -> dict[str, str]:
        items = {f"{name}_name": self._faces.name[place], f"{name}_number": self._faces.number[place]}
        disability = int(self._people.disability[place])
        if disability:
            items[f"{name}_{'special' if disability > 1 else 'ordinary'}_disability"] = "2"
        return items | etax_date(f"{name}_born", self._born[place])

    def _relative(self, person: int, place: int, name: str) -> dict[str, str]:
        people = self._people
        under_16 = {f"{name}_under_16": "2"} if people.age[place] < 16 else {}
        relationship = _relationship(int(people.role[person]), int(people.role[place]), bool(people.male[place]))
        return self._named(place, name) | {f"{name}_relationship": relationship} | under_16


def _relationship(own: int, role: int, male: bool) -> str:
    """What the relative is to the person, by their places in the household."""
    if role == CHILD:
        return "子" if own not in (CHILD, PARENT) else "他"
    if own == CHILD and role == PARENT:
        return "祖父" if male else "祖母"
    if own == CHILD or role == PARENT:
        return "父" if male else "母"
    return "他"
