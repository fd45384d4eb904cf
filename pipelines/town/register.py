"""The resident register of 1 January and the national health insurance's list, a block at a time (interim layouts)."""

import numpy as np

from pipelines.layout import Layout
from pipelines.town.careers import SELF_EMPLOYED, Careers
from pipelines.town.faces import Faces
from pipelines.town.identifiers import taxpayer_nos
from pipelines.town.people import CHILD, HEAD, PARENT, SPOUSE, People
from pipelines.town.places import Places
from pipelines.town.settings import Bools, Values
from pipelines.town.streams import hashed
from pipelines.town.wage_records import record_lines

_JOINED, _LEFT = 51, 52
RELATIONSHIPS = {  # by role, then whether a man
    (HEAD, True): "世帯主",
    (HEAD, False): "世帯主",
    (SPOUSE, True): "夫",
    (SPOUSE, False): "妻",
    (CHILD, True): "子",
    (CHILD, False): "子",
    (PARENT, True): "父",
    (PARENT, False): "母",
}


def register_lines(layout: Layout, people: People, faces: Faces, places: Places, fiscal_year: int) -> list[str]:
    """The register's lines of the block's residents; people of elsewhere are not in it."""
    here = np.flatnonzero(~people.elsewhere)
    resident = people.take(here)
    sexes = zip(resident.role.tolist(), resident.male.tolist(), strict=True)
    columns = {
        "fiscal_year": [str(fiscal_year)] * len(here),
        "taxpayer_no": taxpayer_nos(resident.index).tolist(),
        "household_no": taxpayer_nos(resident.household).tolist(),
        "relationship": [RELATIONSHIPS[role, male] for role, male in sexes],
        "individual_number": faces.number[here].tolist(),
        "name": faces.name[here].tolist(),
        "kana": faces.kana[here].tolist(),
        "born_on": np.datetime_as_string(resident.born_on).tolist(),
        "sex": ["1" if male else "2" for male in resident.male.tolist()],
        "postcode": places.postcodes(resident.place),
        "address": faces.address[here].tolist(),
        "ward_code": places.ward_codes(resident.place),
        "public_assistance": ["1" if flag else "0" for flag in resident.assistance.tolist()],
        "protected_address": ["1" if flag else "0" for flag in resident.protected.tolist()],
    }
    return record_lines(layout, columns)


def membership_lines(layout: Layout, people: People, careers: Careers, fiscal_year: int, rules: Values) -> list[str]:
    """Households with somebody in the national health insurance: the insured, and the others as household members."""
    insured = _insured(people, careers, rules)
    listed = np.bincount(people.household_place[insured], minlength=people.household_place[-1] + 1) > 0
    shown = np.flatnonzero(listed[people.household_place] & ~people.elsewhere)
    index = people.index[shown]
    months = hashed(_JOINED, people.household[shown], 12 * 14)
    joined = np.datetime64(f"{fiscal_year - 15}-01") + months.astype("timedelta64[M]")
    born_month = people.born_on[shown].astype("datetime64[M]") + np.timedelta64(1, "M")
    left = np.where(hashed(_LEFT, index, 1000) < rules["left"], f"{fiscal_year}-03-31", "")
    columns = {
        "taxpayer_no": taxpayer_nos(index).tolist(),
        "household_no": taxpayer_nos(people.household[shown]).tolist(),
        "role": np.where(insured[shown], "insured", "household_member").tolist(),
        "joined_on": np.datetime_as_string(np.maximum(joined, born_month).astype("datetime64[D]")).tolist(),
        "left_on": left.tolist(),
    }
    return record_lines(layout, columns)


def _insured(people: People, careers: Careers, rules: Values) -> Bools:
    """Under 75, in no employees' insurance, nobody's dependant there, without public assistance (国保法5条・6条)."""
    home = people.household_place
    covered_home = np.bincount(home[careers.insured], minlength=home[-1] + 1) > 0
    earns = (careers.kind == SELF_EMPLOYED) | (careers.pay_yen >= rules["dependant_pay_below_yen"])
    dependant = covered_home[home] & ~earns
    young: Bools = people.age < rules["to_age"]
    insured: Bools = young & ~careers.insured & ~dependant & ~people.assistance & ~people.elsewhere
    return insured
