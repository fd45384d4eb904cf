"""What people paid to the city's own insurances in the year, or had withheld from a pension, as those departments tell it."""

import numpy as np

from pipelines.town.identifiers import taxpayer_nos
from pipelines.town.jobs import Rows
from pipelines.town.people_changes import Record
from pipelines.town.reports import Block, Town
from pipelines.town.returns import return_figures
from pipelines.town.settings import Ints
from pipelines.town.streams import hashed

_ABOVE = 143
_HEALTH, _CARE = "1", "2"


def premium_records(town: Town, block: Block, pensions: Rows) -> list[Record]:
    """国保 of who has no other insurance, and 介護保険 withheld from pensions; some paid less than they claim."""
    people, rules = block.people, town.settings.returns
    withheld: Ints = np.zeros(len(people), dtype=np.int64)
    np.add.at(withheld, pensions["person"], pensions["social_insurance_yen"])
    insured = withheld + block.social_insurance_yen
    claimed = return_figures(town, block, pensions)["social_insurance_yen"]
    health = np.where(insured == 0, np.maximum(claimed - rules["national_pension_yen"], 0), 0)
    less = hashed(town.seed * 1000 + _ABOVE, people.index, 1000) < rules["premium_claimed_above"]
    health = np.where(less, health // 2, health)
    here = ~people.elsewhere
    numbers = taxpayer_nos(people.index)
    return [
        {
            "submission_kind": "0",
            "taxpayer_no": numbers[place],
            "insurance": insurance,
            "paid_year": str(town.fiscal_year - 1),
            "paid_yen": str(paid_yen),
            "withheld_yen": str(withheld_yen),
        }
        for place in np.flatnonzero(here & (health + withheld > 0)).tolist()
        for insurance, paid_yen, withheld_yen in (
            (_HEALTH, int(health[place]), 0),
            (_CARE, 0, int(withheld[place])),
        )
        if paid_yen + withheld_yen > 0
    ]
