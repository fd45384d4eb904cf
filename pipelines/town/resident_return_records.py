"""市民税・県民税申告書: the rows' figures under the layout's item names; whoever has a wage report repeats what it says."""

import numpy as np

from pipelines.town.difficulties import Columns
from pipelines.town.employers import Employers
from pipelines.town.faces import Faces
from pipelines.town.jobs import Rows
from pipelines.town.people import CHILD, PARENT, People
from pipelines.town.reports import Block
from pipelines.town.settings import Ints
from pipelines.town.wage_records import figure_texts, flag_texts

_DECLARED = (
    "employment_paid_yen",
    "miscellaneous_business_yen",
    "miscellaneous_yen",
    "medical_expense_yen",
    "furusato_yen",
    "social_insurance_yen",
)
# Figures of the main job's wage report that the return repeats, under the name that both have.
_REPEATED = (
    "small_enterprise_yen",
    "new_general_premium_yen",
    "old_general_premium_yen",
    "care_premium_yen",
    "new_pension_premium_yen",
    "old_pension_premium_yen",
    "earthquake_premium_yen",
    "old_long_term_premium_yen",
    "dependant_specific_count",
    "dependant_elderly_count",
    "dependant_elderly_parent_count",
    "dependant_other_count",
    "dependant_under_16_count",
    "disability_special_count",
    "disability_special_living_together_count",
    "disability_other_count",
)
_FLAGS = ("widow", "single_parent", "working_student")
_NAMED = {"dependants": ("dependant", 4), "under_16": ("under_16", 3)}


def return_columns(
    rows: Rows, block: Block, faces: Faces, employers: Employers, fiscal_year: int, city_code: str
) -> Columns:
    """Every item of the return that the town fills, by the layout's item names; one place a return."""
    people, person = block.people, rows["person"]
    count = len(person)
    columns: Columns = {name: figure_texts(rows[name]) for name in _DECLARED}
    columns |= {name: figure_texts(_of_job(rows, block, name)) for name in _REPEATED}
    columns |= {name: flag_texts(_of_job(rows, block, name) == 1) for name in _FLAGS}
    columns |= _relatives(rows, block, faces) | _payer(rows, block, employers)
    receipts = [f"S{fiscal_year}{index % 10**9 + 1:09d}" for index in people.index[person].tolist()]
    columns |= {
        "fiscal_year": [str(fiscal_year)] * count,
        "city_code": [city_code] * count,
        "submission_kind": ["0"] * count,
        "channel": np.where(rows["electronic"], "2", "1").tolist(),
        "receipt_no": np.where(rows["electronic"], np.array(receipts, dtype=object), "").tolist(),
        "filed_on": np.datetime_as_string(rows["filed_on"].astype("datetime64[D]")).tolist(),
        "individual_number": faces.number[person].tolist(),
        "name": faces.name[person].tolist(),
        "kana": faces.half_kana[person].tolist(),
        "born_on": np.datetime_as_string(people.born_on[person]).tolist(),
        "address": faces.address[person].tolist(),
        "total_income_yen": list(map(str, rows["total_income_yen"].tolist())),
        "self_disability": figure_texts(people.disability[person]),
    }
    return columns


def _of_job(rows: Rows, block: Block, name: str, otherwise: int = 0) -> Ints:
    """What the main job's row has under this name; for who has none, `otherwise`."""
    column = block.rows[name]
    none = np.full((1, *column.shape[1:]), otherwise, dtype=column.dtype)
    found: Ints = np.concatenate([column, none])[rows["job"]]  # place -1 is the one at the end
    return found


def _relatives(rows: Rows, block: Block, faces: Faces) -> Columns:
    """The spouse who counts for a deduction, and as many dependants as the form has lines for."""
    people = block.people
    claimed = (_of_job(rows, block, "spouse_within") | _of_job(rows, block, "spouse_special")) > 0
    elderly = _of_job(rows, block, "spouse_elderly") > 0
    spouse = np.where(claimed, _of_job(rows, block, "partner", -1), -1)
    income = _of_job(rows, block, "spouse_total_income_yen").tolist()
    columns = _relative("spouse", spouse, people, faces) | {
        "spouse_kind": np.select([elderly, claimed], ["3", "1"], "").tolist(),
        "spouse_total_income_yen": [str(yen) if has else "" for yen, has in zip(income, claimed.tolist(), strict=True)],
    }
    for group, (name, lines) in _NAMED.items():
        places = _of_job(rows, block, group, -1)
        for nth in range(lines):
            columns |= _relative(f"{name}_{nth + 1}", places[:, nth], people, faces)
    return columns


def _relative(name: str, place: Ints, people: People, faces: Faces) -> Columns:
    born_on = np.where(place >= 0, np.datetime_as_string(people.born_on[place]).astype(object), "")
    role, male = people.role[place], people.male[place]
    related = np.select(
        [place < 0, role == CHILD, (role == PARENT) & male, role == PARENT], ["", "子", "父", "母"], "その他"
    )
    return {
        f"{name}_name": faces.name[place].tolist(),
        f"{name}_relationship": related.tolist(),
        f"{name}_born_on": born_on.tolist(),
        f"{name}_number": faces.number[place].tolist(),
        f"{name}_residence": np.where(place >= 0, "00", "").tolist(),
        f"{name}_disability": figure_texts(np.where(place >= 0, people.disability[place], 0)),
    }


def _payer(rows: Rows, block: Block, employers: Employers) -> Columns:
    """The main employer with what it paid; a sole proprietor's number is no corporate number, and is left out."""
    has_job = rows["job"] >= 0
    which, row = np.unique(_of_job(rows, block, "employer"), return_inverse=True)
    numbers = np.array([number if len(number) == 13 else "" for number in employers.numbers(which)], dtype=object)
    return {
        "payer_1_income_kind": np.where(has_job, "給与", "").tolist(),
        "payer_1_name": np.where(has_job, employers.names(which)[row], "").tolist(),
        "payer_1_corporate_number": np.where(has_job, numbers[row], "").tolist(),
        "payer_1_paid_yen": figure_texts(_of_job(rows, block, "paid_yen")),
        "payer_1_withheld_yen": figure_texts(_of_job(rows, block, "withheld_yen")),
    }
