"""The pensions of a block's elderly: a row a pension report, and what the payers withheld and took off for insurance."""

import numpy as np

from pipelines.town.careers import NO_WORK, Careers
from pipelines.town.difficulties import stories
from pipelines.town.jobs import Rows, joined
from pipelines.town.people import People, partner_of
from pipelines.town.schedule import apply_table, share
from pipelines.town.settings import Bools, Ints, Settings, Values
from pipelines.town.streams import hashed

MAIN_PAYER = 0
_HAS, _FIRST, _SECOND, _THIRD, _FUND, _FUND_YEN, _FUND_PAYER, _FAULT = range(61, 69)


def pension_rows(people: People, careers: Careers, seed: int, first_block: bool, settings: Settings) -> Rows:
    """A row a report: payer (0 the main one, then the funds), parts in yen, relatives, fault (place in `fault_names`).

    Every draw belongs to the person's index, so that it depends on no other person.
    """
    rules = settings.pensions
    old = (people.age >= rules["from_age"]) & ~people.elsewhere
    person = np.flatnonzero(old & (_draw(people, seed, _HAS, 1000) >= rules["no_pension"]))
    paid = _main_yen(people, person, seed, rules)
    spouse, elderly = _spouses(people, careers, person, rules)
    insurance = _insurance(people, person, paid, rules)
    main: Rows = {
        "person": person,
        "payer": np.full(len(person), MAIN_PAYER),
        "main_yen": paid,
        "fund_yen": np.zeros_like(paid),
        "social_insurance_yen": insurance,
        "spouse": spouse,
        "spouse_elderly": elderly,
        "disability": people.disability[person],
        "fault": stories(_draw(people, seed, _FAULT, 10_000)[person], rules["faults"], first_block),
    }
    main["withheld_yen"] = _withheld(main, rules["withholding"])
    funds = _funds(people, person, seed, rules)
    return joined(main, {name: funds.get(name, np.zeros_like(funds["person"])) for name in main})


def fault_names(rules: Values) -> list[str]:
    """All kinds of difficulty of a pension report; place 0 is none."""
    return ["none", *rules["faults"]]


def _draw(people: People, seed: int, use: int, below: int) -> Ints:
    return hashed(seed * 1000 + use, people.index, below)


def _main_yen(people: People, person: Ints, seed: int, rules: Values) -> Ints:
    draws = sum((_draw(people, seed, use, 1_000_001)[person] for use in (_FIRST, _SECOND, _THIRD)), start=0)
    bands = rules["main"]
    which = np.where(people.pension_small[person], 0, np.where(people.male[person], 1, 2))
    low, high = (np.array([bands[name][end] for name in ("small", "male", "female")]) for end in ("from_yen", "to_yen"))
    step = rules["round_yen"]
    yen: Ints = (low[which] + (high - low)[which] * draws // 3_000_000) // step * step
    return yen


def _spouses(people: People, careers: Careers, person: Ints, rules: Values) -> tuple[Bools, Bools]:
    """Who declares a spouse to the payer, and whose is 70 or older: in homes where nobody works, the larger pension's."""
    partner = partner_of(people)[person]
    works = careers.kind != NO_WORK
    idle_home = np.bincount(people.household_place[works], minlength=people.household_place[-1] + 1) == 0
    small = people.pension_small | (people.age < rules["from_age"])
    has = (partner >= 0) & idle_home[people.household_place[person]] & ~people.pension_small[person] & small[partner]
    return has, has & (people.age[partner] >= 70)


def _insurance(people: People, person: Ints, paid: Ints, rules: Values) -> Ints:
    """介護保険料, and from 75 on 後期高齢者医療保険料, taken from the pension; never more than a third of it."""
    medical = apply_table(rules["medical_premium"], paid)
    both = apply_table(rules["care_premium"], paid) + np.where(
        people.age[person] >= rules["medical_from_age"], medical, 0
    )
    capped: Ints = np.minimum(both, paid // 3)
    return capped


def _withheld(rows: Rows, rules: Values) -> Ints:
    base, paid = rules["base"], rows["main_yen"]
    deducted = np.maximum(share(paid, base["rate"]) + base["plus"], base["least"])
    deducted += np.where(rows["spouse_elderly"], rules["elderly_spouse_yen"], rows["spouse"] * rules["spouse_yen"])
    deducted += np.array([0, rules["disability_yen"], rules["special_disability_yen"]])[rows["disability"]]
    return share(np.maximum(paid - rows["social_insurance_yen"] - deducted, 0), rules["rate"])


def _funds(people: People, person: Ints, seed: int, rules: Values) -> Rows:
    """A second pension, of a fund, for some of those whose main pension is not small."""
    rule = rules["fund"]
    has = ~people.pension_small & (_draw(people, seed, _FUND, 1000) < rule["share"])
    who = person[has[person]]
    span = rule["to_yen"] - rule["from_yen"] + 1
    yen = rule["from_yen"] + _draw(people, seed, _FUND_YEN, span)[who]
    return {
        "person": who,
        "payer": 1 + _draw(people, seed, _FUND_PAYER, len(rules["fund_payers"]))[who],
        "fund_yen": yen,
        "withheld_yen": share(yen, rules["withholding"]["fund_rate"]),
    }
