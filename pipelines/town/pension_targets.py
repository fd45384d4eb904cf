"""The pension payers' list of May: everybody whose main pension is large enough for tax to be withheld from it."""

from datetime import date

import numpy as np

from pipelines.town.difficulties import Columns
from pipelines.town.faces import Faces
from pipelines.town.jobs import Rows, take
from pipelines.town.pensions import MAIN_PAYER
from pipelines.town.people import People
from pipelines.town.settings import Ints, Values

# 旧社保庁, in the list of codes of such files.
_PAYER_CODE = "999"
_KANA_BYTES_MAX = 25


def target_rows(pensions: Rows, rules: Values) -> Rows:
    """A row an entry: the person, and the main pension of the year before."""
    rows = {name: pensions[name] for name in ("person", "payer", "main_yen")}
    return take(rows, (rows["payer"] == MAIN_PAYER) & (rows["main_yen"] >= rules["targets_from_yen"]))


def target_columns(rows: Rows, people: People, faces: Faces, made_on: date, city_code: str) -> Columns:
    """Every item of the record that the town fills, by the layout's item names."""
    person: Ints = rows["person"]
    count = len(person)
    return {
        "record_kind": ["2"] * count,
        "city_code": [city_code[:5]] * count,
        "payer_code": [_PAYER_CODE] * count,
        "content_code": ["00"] * count,
        "medium_code": ["1"] * count,
        "system_code": ["0"] * count,
        "made_on": [f"{made_on:%Y%m%d}"] * count,
        "basic_pension_no": [f"{index % 10**9 + 1:010d}" for index in people.index[person].tolist()],
        "pension_code": ["1150"] * count,
        "born_on": [day.replace("-", "") for day in np.datetime_as_string(people.born_on[person]).tolist()],
        "sex": np.where(people.male[person], "1", "2").tolist(),
        "kana": [kana[:_KANA_BYTES_MAX] for kana in faces.half_kana[person].tolist()],
        "name": faces.name[person].tolist(),
        "address": faces.address[person].tolist(),
        # The youngest are on the list for the first time.
        "detail_code": np.where(people.age[person] == people.age[person].min(initial=200), "01", "02").tolist(),
        "result_code": ["00"] * count,
        "event_on": ["00000000"] * count,
        "amount_1_yen": [str(yen) for yen in rows["main_yen"].tolist()],
        "amount_2_yen": ["0"] * count,
        "amount_3_yen": ["0"] * count,
    }
