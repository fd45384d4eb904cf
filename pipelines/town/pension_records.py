"""Pension report records: the rows' figures under the layout's item names."""

import numpy as np

from pipelines.calendar import ERAS
from pipelines.town.difficulties import Columns
from pipelines.town.faces import Faces
from pipelines.town.identifiers import PENSION_PAYERS_FROM, corporate_numbers
from pipelines.town.jobs import Rows
from pipelines.town.people import People, partner_of
from pipelines.town.settings import Values
from pipelines.town.wage_records import figure_texts, flag_texts
from pipelines.town.written_dates import birth_columns

_DESIGNATED_FROM = 99_000_001


def pension_columns(
    rows: Rows, people: People, faces: Faces, rules: Values, seed: int, fiscal_year: int, city_code: str
) -> Columns:
    """Every item of the pension report that the town fills, by the layout's item names; one place a record."""
    person, payer = rows["person"], rows["payer"]
    count = len(person)
    payers = [rules["main_payer"], *rules["fund_payers"]]
    numbers = corporate_numbers(PENSION_PAYERS_FROM + np.arange(len(payers)), seed)
    fund = payer > 0
    spouse = np.where(rows["spouse"] == 1, partner_of(people)[person], -1)
    columns: Columns = {
        "statutory_document_kind": ["331"] * count,
        "payer_address": [payers[number]["address"] for number in payer.tolist()],
        "payer_name": [payers[number]["name"] for number in payer.tolist()],
        "payer_number": numbers[payer].tolist(),
        "payer_designated_no": [str(_DESIGNATED_FROM + number) for number in payer.tolist()],
        "submission_kind": ["0"] * count,
        "income_era_year": [f"{fiscal_year - 1 - ERAS[-1].year_before:02d}"] * count,
        "address": faces.address[person].tolist(),
        "address_abroad": ["0"] * count,
        "name": faces.name[person].tolist(),
        "kana": faces.half_kana[person].tolist(),
        "individual_number": faces.number[person].tolist(),
        "part_1_paid_yen": figure_texts(rows["main_yen"]),
        "part_1_withheld_yen": figure_texts(np.where(fund, 0, rows["withheld_yen"])),
        "part_3_paid_yen": figure_texts(rows["fund_yen"]),
        "part_3_withheld_yen": figure_texts(np.where(fund, rows["withheld_yen"], 0)),
        "social_insurance_yen": figure_texts(rows["social_insurance_yen"]),
        "self_special_disability": flag_texts(rows["disability"] == 2),
        "self_other_disability": flag_texts(rows["disability"] == 1),
        # A fund got no declaration and says nothing of relatives.
        "spouse_kind": np.select(
            [fund, rows["spouse_elderly"] == 1, rows["spouse"] == 1], ["", "3", "1"], "2"
        ).tolist(),
        "spouse_kana": faces.half_kana[spouse].tolist(),
        "spouse_name": faces.name[spouse].tolist(),
        "spouse_residence": np.where(spouse >= 0, "00", "").tolist(),
        "spouse_number": faces.number[spouse].tolist(),
        "payee_no": [f"{index % 10**9 + 1:010d}" for index in people.index[person].tolist()],
        "city_code": [city_code] * count,
        "creation_kind": ["1"] * count,
    }
    return columns | birth_columns(people.born_on[person])
