"""One-stop notices: the rows' figures under the layout's item names."""

from datetime import date

import numpy as np

from pipelines.town.difficulties import Columns
from pipelines.town.faces import Faces
from pipelines.town.jobs import Rows
from pipelines.town.people import People
from pipelines.town.settings import Values


def notice_columns(
    rows: Rows, people: People, faces: Faces, rules: Values, fiscal_year: int, city_code: str
) -> Columns:
    """Every item of the 申告特例通知書 that the town fills, by the layout's item names; one place a notice."""
    person, given_to = rows["person"], rows["municipality"].tolist()
    count = len(person)
    return {
        "notified_on": [date(fiscal_year, *rules["notified_on"]).isoformat()] * count,
        "sender_municipality": [rules["donated_to"][place]["code"] for place in given_to],
        "sender_name": [rules["donated_to"][place]["name"] for place in given_to],
        "city_code": [city_code] * count,
        "donation_year": [str(fiscal_year - 1)] * count,
        "reference_no": [f"R{index % 10**9 + 1:09d}" for index in people.index[person].tolist()],
        "submission_kind": ["0"] * count,
        "individual_number": faces.number[person].tolist(),
        "name": faces.name[person].tolist(),
        "kana": faces.half_kana[person].tolist(),
        "born_on": np.datetime_as_string(people.born_on[person]).tolist(),
        "address": faces.address[person].tolist(),
        "donated_yen": list(map(str, rows["donated_yen"].tolist())),
        "application_count": list(map(str, rows["applications"].tolist())),
    }
