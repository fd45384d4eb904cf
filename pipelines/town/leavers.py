"""Who left an employer before April: 給与所得者異動届出書, one a person, as the employer writes them."""

import numpy as np

from pipelines.town.careers import SELF_EMPLOYED
from pipelines.town.difficulties import Columns
from pipelines.town.employers import Employers
from pipelines.town.faces import Faces
from pipelines.town.jobs import NO_CHANGE, Rows, take
from pipelines.town.people import People
from pipelines.town.places import Places
from pipelines.town.reports import Block
from pipelines.town.settings import Bools, Ints, Values
from pipelines.town.streams import hashed
from pipelines.town.wage_records import payer_columns

_LEFT, _DAY, _REASON = range(95, 98)


def leaver_rows(block: Block, seed: int, rules: Values, fiscal_year: int) -> Rows:
    """A row a notice: the main job's row of those who leave, with the day and the code of the reason."""
    people, rows = block.people, block.rows
    person: Ints = rows["person"]
    withheld: Bools = rows["counts"] & ~rows["second"] & (rows["reason"] == 0) & (rows["change"] == NO_CHANGE)
    withheld &= ~people.elsewhere[person] & (block.careers.kind[person] != SELF_EMPLOYED)
    left = withheld & (hashed(seed * 1000 + _LEFT, people.index[person], 1000) < rules["left"])
    found = take({"person": person, "employer": rows["employer"]}, left)
    index = people.index[found["person"]]
    first = np.datetime64(f"{fiscal_year}-{rules['first_on'][0]:02d}-{rules['first_on'][1]:02d}")
    found["changed_on"] = first + hashed(seed * 1000 + _DAY, index, rules["days"])
    shares = np.cumsum(list(rules["reasons"].values()))
    found["reason"] = np.searchsorted(shares, hashed(seed * 1000 + _REASON, index, 1000), side="right")
    return found


def leaver_columns(
    rows: Rows,
    people: People,
    faces: Faces,
    employers: Employers,
    places: Places,
    rules: Values,
    fiscal_year: int,
    city_code: str,
) -> Columns:
    """Every item of the notice that the town fills, by the layout's item names."""
    person: Ints = rows["person"]
    count = len(person)
    changed_on = np.datetime_as_string(rows["changed_on"]).tolist()
    payers = payer_columns(rows["employer"], employers, places)
    return {name: payers[name] for name in ("payer_name", "payer_address", "payer_number", "payer_designated_no")} | {
        "fiscal_year": [str(fiscal_year)] * count,
        "city_code": [city_code] * count,
        "submission_kind": ["0"] * count,
        "submitted_on": [f"{fiscal_year}-04-10"] * count,
        "employee_no": [f"{index % 10**9 + 1:09d}" for index in people.index[person].tolist()],
        "individual_number": faces.number[person].tolist(),
        "kana": faces.half_kana[person].tolist(),
        "name": faces.name[person].tolist(),
        "born_on": np.datetime_as_string(people.born_on[person]).tolist(),
        "address": faces.address[person].tolist(),
        "changed_on": changed_on,
        "change_reason": [list(rules["reasons"])[place] for place in rows["reason"].tolist()],
        "collection_after": ["3"] * count,
    }
