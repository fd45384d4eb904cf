"""Wage report records as text: the rows' figures under the layout's item names, then lines in the layout's order."""

from itertools import repeat

import mojimoji
import numpy as np

from pipelines.calendar import ERAS
from pipelines.layout import Layout
from pipelines.town.difficulties import Columns
from pipelines.town.employers import Employers
from pipelines.town.faces import Faces
from pipelines.town.jobs import JOINED, NO_CHANGE, Rows
from pipelines.town.people import People
from pipelines.town.places import Places
from pipelines.town.settings import Bools, Dates, Ints, Settings
from pipelines.town.written_dates import birth_columns, date_columns

SHOWN_RELATIVES = 4
# Items whose figure is left empty when it is nothing, under the name that rows and layout share.
_FIGURES = (
    "deductions_yen",
    "spouse_deduction_yen",
    "spouse_total_income_yen",
    "dependant_specific_count",
    "dependant_elderly_count",
    "dependant_elderly_parent_count",
    "dependant_other_count",
    "dependant_under_16_count",
    "disability_special_count",
    "disability_special_living_together_count",
    "disability_other_count",
    "small_enterprise_yen",
    "life_insurance_deduction_yen",
    "earthquake_insurance_deduction_yen",
    "housing_loan_credit_yen",
    "new_general_premium_yen",
    "old_general_premium_yen",
    "care_premium_yen",
    "new_pension_premium_yen",
    "old_pension_premium_yen",
    "old_long_term_premium_yen",
    "income_adjustment_deduction_yen",
    "specific_relative_count",
    "specific_relative_special_deduction_yen",
)
_FLAGS = (
    "spouse_elderly",
    "minor",
    "self_special_disability",
    "self_other_disability",
    "widow",
    "working_student",
    "foreigner",
    "single_parent",
    "family_employee",
)
_REASONS = ("", "普Ａ", "普Ｂ", "普Ｃ", "普Ｄ", "普Ｅ", "普Ｆ")


def wage_columns(
    rows: Rows, people: People, faces: Faces, employers: Employers, places: Places, fiscal_year: int, city_code: str
) -> Columns:
    """Every item of the wage report that the town fills, by the layout's item names; one place a record."""
    person = rows["person"]
    count = len(person)
    basic, unwritten = rows["basic_deduction_yen"], employers.settings.tax["basic_unwritten_yen"]
    columns: Columns = {name: figure_texts(rows[name]) for name in _FIGURES}
    columns |= {name: flag_texts(rows[name]) for name in _FLAGS}
    columns |= payer_columns(rows["employer"], employers, places)
    columns |= _spouse(rows, faces) | _dependants(rows, faces)
    columns |= _changes(rows, employers, places) | _housing(rows, employers.settings)
    columns |= birth_columns(people.born_on[person])
    columns |= {
        "statutory_document_kind": ["315"] * count,
        "submission_kind": list(map(str, rows["submission"].tolist())),
        "income_era_year": [f"{fiscal_year - 1 - ERAS[-1].year_before:02d}"] * count,
        "address": faces.address[person].tolist(),
        "address_abroad": ["0"] * count,
        "name": faces.name[person].tolist(),
        "kana": faces.half_kana[person].tolist(),
        "individual_number": faces.number[person].tolist(),
        "payment_kind": ["給料・賞与"] * count,
        "paid_yen": list(map(str, rows["paid_yen"].tolist())),
        "income_after_deduction_yen": np.where(
            rows["adjusted"], rows["income_after_deduction_yen"].astype(str), ""
        ).tolist(),
        "basic_deduction_yen": figure_texts(np.where(basic == unwritten, 0, basic)),
        "withheld_yen": list(map(str, rows["withheld_yen"].tolist())),
        # 社会保険料等の金額 holds the small enterprise mutual aid as 内書 (item 37 is part of item 36).
        "social_insurance_yen": figure_texts(rows["social_insurance_yen"] + rows["small_enterprise_yen"]),
        "second_column": flag_texts(rows["second"]),
        "remarks": _remarks(rows),
        "ordinary_collection": flag_texts(rows["reason"] > 0),
        "employee_no": [f"{index % 10**9 + 1:09d}" for index in people.index[person].tolist()],
        "city_code": [city_code] * count,
        "creation_kind": ["1"] * count,
    }
    return columns


def record_lines(layout: Layout, columns: Columns) -> list[str]:
    """The records in the layout's item order, without line ends; items that the layout lacks are left out."""
    return list(map(",".join, zip(*(columns.get(item.name, repeat("")) for item in layout.items), strict=False)))


def figure_texts(values: Ints) -> list[str]:
    """Figures as items; nothing stays empty."""
    return [str(value) if value else "" for value in values.tolist()]


def flag_texts(values: Bools) -> list[str]:
    """Flags as items: 1, or empty."""
    return ["1" if value else "" for value in values.tolist()]


def payer_columns(employer: Ints, employers: Employers, places: Places) -> Columns:
    """What a record tells of the payer."""
    which, row = np.unique(employer, return_inverse=True)
    numbers, names = employers.numbers(which), employers.names(which)
    addresses = np.array(employers.addresses(which, places), dtype=object)
    designated = np.array(employers.designated_nos(which), dtype=object)
    return {
        "payer_address": addresses[row].tolist(),
        "payer_name": names[row].tolist(),
        "payer_phone": [employers.settings.employers["phone"]] * len(row),
        "payer_number": numbers[row].tolist(),
        "payer_designated_no": designated[row].tolist(),
    }


def _spouse(rows: Rows, faces: Faces) -> Columns:
    within, special = rows["spouse_within"], rows["spouse_special"]
    shown = np.where(within | special, rows["partner"], -1)
    first = ~rows["second"]
    kind = np.select([within, first], ["1", "2"], "").astype(object)
    return {"spouse_kind": kind.tolist()} | _relative("spouse", shown, faces)


def _relative(name: str, place: Ints, faces: Faces) -> Columns:
    residence = np.where(place >= 0, "00", "").astype(object)
    return {
        f"{name}_kana": faces.half_kana[place].tolist(),
        f"{name}_name": faces.name[place].tolist(),
        f"{name}_residence": residence.tolist(),
        f"{name}_number": faces.number[place].tolist(),
    }


def _dependants(rows: Rows, faces: Faces) -> Columns:
    """Four of 16 and over and four under 16 with their numbers; the fifth and sixth only in the items of text."""
    columns: Columns = {}
    for group, name, text in (
        ("dependants", "dependant", "dependants_from_5th"),
        ("under_16", "under_16", "under_16_from_5th"),
    ):
        places = rows[group]
        for nth in range(SHOWN_RELATIVES):
            columns |= _relative(f"{name}_{nth + 1}", places[:, nth], faces)
        columns[text] = [""] * len(places)
        for row in np.flatnonzero(places[:, SHOWN_RELATIVES] >= 0).tolist():
            more = [place for place in places[row, SHOWN_RELATIVES:].tolist() if place >= 0]
            columns[text][row] = "　".join(f"({faces.number[place]}){faces.name[place]}" for place in more)
    return columns


def _changes(rows: Rows, employers: Employers, places: Places) -> Columns:
    """Joined or left in the year, and the previous payer whose pay is inside the report."""
    change = rows["change"]
    joined = change == JOINED
    day: Dates = rows["changed_on"]
    before: Dates = day - np.timedelta64(1, "D")
    columns = {"employment_change": figure_texts(change)}
    columns |= date_columns("employment_changed", day, change != NO_CHANGE)
    columns |= date_columns("previous_payer_left", before, joined)
    which, row = np.unique(rows["previous_employer"], return_inverse=True)
    names = np.where(joined, employers.names(which)[row], "")
    addresses = np.where(joined, np.array(employers.addresses(which, places), dtype=object)[row], "")
    return columns | {
        "previous_payer_name": names.tolist(),
        "previous_payer_address": addresses.tolist(),
        "previous_payer_paid_yen": figure_texts(rows["previous_paid_yen"]),
        "previous_payer_withheld_yen": figure_texts(rows["previous_withheld_yen"]),
        "previous_payer_social_insurance_yen": figure_texts(rows["previous_social_yen"]),
    }


def _housing(rows: Rows, settings: Settings) -> Columns:
    """The housing loan; 控除可能額 is written only where the tax was too small for the whole credit."""
    creditable, credit = rows["housing_creditable_yen"], rows["housing_loan_credit_yen"]
    has = creditable > 0
    codes = np.array([row[1] for row in settings.wages["housing_loan"]["codes"]], dtype=object)
    return date_columns("housing_moved_in", rows["housing_moved_in_on"], has) | {
        "housing_loan_count": flag_texts(has),
        "housing_loan_creditable_yen": figure_texts(np.where(creditable > credit, creditable, 0)),
        "housing_loan_kind": np.where(has, codes[rows["housing_code"]], "").tolist(),
        "housing_loan_balance_yen": figure_texts(rows["housing_balance_yen"]),
    }


def _remarks(rows: Rows) -> list[str]:
    """摘要: the reason for ordinary collection first, then the reduction of 2024's income tax (定額減税)."""
    remarks = [_REASONS[reason] for reason in rows["reason"].tolist()]
    reduction, rest = rows["reduction_yen"], rows["reduction_rest_yen"]
    for row in np.flatnonzero(reduction + rest).tolist():
        text = f"源泉徴収時所得税減税控除済額{reduction[row]}円　控除外額{rest[row]}円"
        remarks[row] = "　".join(filter(None, (remarks[row], mojimoji.han_to_zen(text))))
    return remarks
