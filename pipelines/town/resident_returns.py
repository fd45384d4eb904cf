"""市民税・県民税申告書 of a block's people: a row a return, with the incomes and deductions that it declares."""

import numpy as np

from pipelines.town.careers import NO_WORK
from pipelines.town.jobs import Rows, joined, take
from pipelines.town.one_stop import main_rows, story_names
from pipelines.town.reports import Block, Town
from pipelines.town.schedule import apply_table
from pipelines.town.settings import Ints, Values
from pipelines.town.streams import hashed

NO_INCOME, SMALL_BUSINESS, SIDE_INCOME, ALSO_FILED = range(4)
KIND_NAMES = ("no_income", "small_business", "side_income", "also_filed")
_IDLE, _BUSINESS, _BUSINESS_YEN, _SIDE, _SIDE_YEN, _MEDICAL, _ELECTRONIC, _DAY = range(81, 89)


def return_rows(town: Town, block: Block, notices: Rows) -> Rows:
    """A row a return: person, kind (place in KIND_NAMES), yen declared, the place of the main job's row or -1.

    `notices` are the block's one-stop notices: some who asked for 申告特例 file a return with the same gifts in it.
    Every draw belongs to the person's index.
    """
    rules = town.settings.resident_returns
    rows = joined(_idle(block, town.seed, rules), _earners(town, block, notices, rules))
    index, salt = block.people.index[rows["person"]], town.seed * 1000
    rows["total_income_yen"] = (
        rows["employment_income_yen"] + rows["miscellaneous_business_yen"] + rows["miscellaneous_yen"]
    )
    rows["electronic"] = hashed(salt + _ELECTRONIC, index, 1000) < rules["electronic"]
    first = np.datetime64(f"{town.fiscal_year}-{rules['filed_from'][0]:02d}-{rules['filed_from'][1]:02d}")
    rows["filed_on"] = first + hashed(salt + _DAY, index, rules["filed_within_days"])
    return rows


def _idle(block: Block, seed: int, rules: Values) -> Rows:
    """Who has no report at all: some with a little income of their own."""
    people, rule, salt = block.people, rules["idle"], seed * 1000
    youngest, oldest = rule["ages"]
    idle = (block.careers.kind == NO_WORK) & (people.age >= youngest) & (people.age <= oldest) & ~people.elsewhere
    person = np.flatnonzero(idle & (hashed(salt + _IDLE, people.index, 1000) < rule["share"]))
    index = people.index[person]
    business = hashed(salt + _BUSINESS, index, 1000) < rule["small_business"]
    yen = _drawn(salt + _BUSINESS_YEN, index, rule["business_from_yen"], rule["business_to_yen"], rules)
    return _rows(person, np.where(business, SMALL_BUSINESS, NO_INCOME)) | {
        "miscellaneous_business_yen": np.where(business, yen, 0)
    }


def _earners(town: Town, block: Block, notices: Rows, rules: Values) -> Rows:
    """Wage earners with other income, and those who asked for 申告特例 and file nevertheless; all they have is in it."""
    job = main_rows(block)
    person = block.rows["person"][job]
    index, salt = block.people.index[person], town.seed * 1000
    story = story_names(town.settings.one_stop).index("also_filed")
    given = np.bincount(notices["person"], notices["donated_yen"], len(block.people)).astype(np.int64)
    filed = np.isin(person, notices["person"][notices["story"] == story])
    here = ~filed & ~block.people.elsewhere[person]
    side = here & (hashed(salt + _SIDE, index, 1000) < rules["side_income"]["share"])
    family = (block.rows["dependants"][job, 0] >= 0) & (filed | here)
    if block.number == 0 and not (family & (filed | side)).any():
        side[np.flatnonzero(family)[:1]] = True  # a town of some size has a return that names relatives
    paid = block.paid_yen[person]
    rows = _rows(person, np.where(filed, ALSO_FILED, SIDE_INCOME)) | {
        "job": job,
        "employment_paid_yen": paid,
        "employment_income_yen": apply_table(town.settings.tax["employment_income"], paid),
        "miscellaneous_yen": np.where(side, _within(salt + _SIDE_YEN, index, rules, "side_income"), 0),
        "medical_expense_yen": np.where(filed, _within(salt + _MEDICAL, index, rules, "medical"), 0),
        "furusato_yen": np.where(filed, given[person], 0),
        "social_insurance_yen": block.rows["social_insurance_yen"][job],
    }
    return take(rows, filed | side)


_YEN = (
    "employment_paid_yen",
    "employment_income_yen",
    "miscellaneous_business_yen",
    "miscellaneous_yen",
    "medical_expense_yen",
    "furusato_yen",
    "social_insurance_yen",
)


def _rows(person: Ints, kind: Ints) -> Rows:
    """Returns of these people that declare nothing yet."""
    nothing = {name: np.zeros(len(person), dtype=np.int64) for name in _YEN}
    return {"person": person, "kind": kind, "job": np.full(len(person), -1)} | nothing


def _within(salt: int, index: Ints, rules: Values, name: str) -> Ints:
    return _drawn(salt, index, rules[name]["from_yen"], rules[name]["to_yen"], rules)


def _drawn(salt: int, index: Ints, from_yen: int, to_yen: int, rules: Values) -> Ints:
    step: int = rules["step_yen"]
    return from_yen + hashed(salt, index, (to_yen - from_yen) // step + 1) * step
