"""総括表: what each employer of a file of wage reports says of these, counted as the employer counts them."""

from collections import Counter
from collections.abc import Iterator

import numpy as np

from pipelines.layout import Layout
from pipelines.town.employers import Employers
from pipelines.town.jobs import NO_REASON, REASON_F
from pipelines.town.places import Places
from pipelines.town.settings import Ints, Texts

_WITHHELD, _LEAVER, _OTHER = "withheld", "leaver", "other"
_MARK = ":"
EMPLOYERS_AT_A_TIME = 10_000


def counted_as(employer: Ints, reason: Ints) -> list[str]:
    """For each report its employer, and as whom that one counts the person."""
    ways: Texts = np.select([reason == NO_REASON, reason == REASON_F], [_WITHHELD, _LEAVER], _OTHER)
    return [f"{number}{_MARK}{way}" for number, way in zip(employer.tolist(), ways.tolist(), strict=True)]


def summary_lines(
    layout: Layout,
    counted: Counter[str],
    employers: Employers,
    places: Places,
    fiscal_year: int,
    city_code: str,
    *,
    submission_kind: str,
    electronic: bool,
) -> Iterator[str]:
    """A line an employer, in the order of their numbers, without line ends."""
    which = np.unique(np.array([int(key.partition(_MARK)[0]) for key in counted], dtype=np.int64))
    for first in range(0, len(which), EMPLOYERS_AT_A_TIME):
        part = which[first : first + EMPLOYERS_AT_A_TIME]
        faces = zip(
            part.tolist(),
            employers.designated_nos(part),
            employers.numbers(part).tolist(),
            employers.names(part).tolist(),
            employers.addresses(part, places),
            strict=True,
        )
        for employer, designated_no, number, name, address in faces:
            people = {way: counted[f"{employer}{_MARK}{way}"] for way in (_WITHHELD, _LEAVER, _OTHER)}
            yield layout.record(
                {
                    "fiscal_year": str(fiscal_year),
                    "city_code": city_code,
                    "submission_kind": submission_kind,
                    "payer_designated_no": designated_no,
                    "payer_number": number,
                    "payer_name": name,
                    "payer_address": address,
                    "report_count": str(sum(people.values())),
                    "withholding_count": str(people[_WITHHELD]),
                    "ordinary_leaver_count": str(people[_LEAVER]),
                    "ordinary_other_count": str(people[_OTHER]),
                    "notice_delivery": "1" if electronic else "2",
                }
            )
