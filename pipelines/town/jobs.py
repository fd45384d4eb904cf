"""The jobs of a block's people in the year: one row a wage report to come, as arrays by name."""

from typing import Any

import numpy as np
import numpy.typing as npt

from pipelines.town.careers import PART_TIME, REGULAR, SELF_EMPLOYED, STUDENT_JOB, Careers
from pipelines.town.employers import Employers
from pipelines.town.people import People
from pipelines.town.settings import Bools, Ints, Settings, Values
from pipelines.town.streams import chance, weighted

NO_CHANGE, JOINED, LEFT = range(3)
NO_REASON, REASON_A, REASON_B, REASON_C, REASON_D, REASON_E, REASON_F = range(7)

Rows = dict[str, npt.NDArray[Any]]


def take(rows: Rows, which: Ints | Bools) -> Rows:
    """The rows at these places."""
    return {name: column[which] for name, column in rows.items()}


def joined(*parts: Rows) -> Rows:
    """The parts' rows one after another."""
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def main_jobs(
    people: People, careers: Careers, employers: Employers, year: int, rng: np.random.Generator, settings: Settings
) -> Rows:
    """The main job of everybody who is paid wages: pay, changes in the year, insurance, premiums, housing loan."""
    worker = np.flatnonzero((careers.kind != SELF_EMPLOYED) & (careers.pay_yen > 0))
    wages, count = settings.wages, len(worker)
    kind = careers.kind[worker]
    turn = rng.integers(970, 1031, count)
    rows: Rows = {
        "person": worker,
        "employer": employers.chosen(careers.employer_draw[worker]),
        "second": np.zeros(count, dtype=np.bool_),
        "paid_yen": careers.pay_yen[worker] * turn // 1000,
    }
    draw = rng.random(count) * 1000
    regular = kind == REGULAR
    change = np.where(regular & (draw < wages["joined"]), JOINED, NO_CHANGE)
    change = np.where(regular & (draw >= 1000 - wages["left"]), LEFT, change)
    changed_on = np.datetime64(f"{year}-01-01") + rng.integers(31, 334, count)
    passed = (changed_on - np.datetime64(f"{year}-01-01")).astype(np.int64)
    rows["paid_yen"] = np.where(change == LEFT, rows["paid_yen"] * passed // 365, rows["paid_yen"])
    rows["change"], rows["changed_on"] = change, changed_on
    rows["social_insurance_yen"] = _insurance(rows, careers.insured[worker], rng, wages["social_insurance"])
    rows["previous_paid_yen"] = np.where(change == JOINED, rows["paid_yen"] * passed // 365, 0)
    rows["previous_social_yen"] = np.where(change == JOINED, rows["social_insurance_yen"] * passed // 365, 0)
    rows["previous_employer"] = (rows["employer"] + 1 + rng.integers(0, employers.count - 1, count)) % employers.count
    rows["foreigner"] = chance(rng, wages["foreigner"], count)
    student = chance(rng, wages["working_student"], count)
    rows["working_student_claimed"] = student & (kind == STUDENT_JOB)
    rows |= _premiums(people, worker, kind, rng, wages)
    rows |= _housing_loan(people, worker, rows, year, rng, wages["housing_loan"])
    rows["irregular"] = chance(rng, wages["ordinary_irregular"], count) & (kind == PART_TIME)
    rows["family_employee"] = employers.proprietor(rows["employer"]) & chance(rng, wages["family_employee"], count)
    unreported = (change == LEFT) & (rows["paid_yen"] <= wages["unreported_leaver_to_yen"])
    return take(rows, ~unreported)


def second_jobs(main: Rows, chosen: Bools, employers: Employers, rng: np.random.Generator, wages: Values) -> Rows:
    """A further job (乙欄) of the chosen main jobs' people: nothing but pay."""
    rows = take(main, chosen)
    count = len(rows["person"])
    pay = wages["second_pay"]
    drawn = pay["median_yen"] * np.exp(rng.standard_normal(count) * pay["spread"] / 1000)
    blank = {name: np.zeros_like(column) for name, column in rows.items()}
    return blank | {
        "person": rows["person"],
        "employer": (rows["employer"] + 1 + rng.integers(0, employers.count - 1, count)) % employers.count,
        "second": np.ones(count, dtype=np.bool_),
        "paid_yen": np.clip(drawn, pay["min_yen"], pay["max_yen"]).astype(np.int64),
        "changed_on": rows["changed_on"],
        "housing_moved_in_on": rows["housing_moved_in_on"],
    }


def ordinary_reasons(rows: Rows, employers: Employers, wages: Values) -> Ints:
    """Why the report asks for ordinary collection (普通徴収切替理由 A-F), 0 where it doesn't. The first that holds."""
    small = rows["paid_yen"] <= wages["ordinary_small_pay_to_yen"]
    tests = [
        rows["second"],
        rows["change"] == LEFT,
        rows["family_employee"],
        employers.tiny(rows["employer"]),
        small,
        rows["irregular"],
    ]
    return np.select(tests, [REASON_B, REASON_F, REASON_E, REASON_A, REASON_C, REASON_D], NO_REASON)


def _insurance(rows: Rows, insured: Bools, rng: np.random.Generator, rules: Values) -> Ints:
    rate = rng.integers(rules["rate_from"], rules["rate_to"] + 1, len(insured))
    paid = rows["paid_yen"]
    uninsured = np.where(paid >= rules["covered_from_yen"], rules["employment_insurance"], 0)
    yen: Ints = np.minimum(paid * np.where(insured, rate, uninsured) // 1000, rules["max_yen"])
    return yen


def _premiums(people: People, worker: Ints, kind: Ints, rng: np.random.Generator, wages: Values) -> Rows:
    """Yen paid in the year for life insurance (three new and two old kinds), earthquake and old long-term insurance."""
    count = len(worker)
    life = wages["life_insurance"]
    buys = chance(rng, life["share"], count) & (kind != STUDENT_JOB) & (kind != PART_TIME)
    old = buys & (people.age[worker] >= life["old_from_age"]) & chance(rng, life["old"], count)

    def premium(rule: Values, who: Bools) -> Ints:
        low, high = rule["from_yen"] // 100, rule["to_yen"] // 100
        pays = who & chance(rng, rule["share"], count)
        return np.where(pays, rng.integers(low, high + 1, count) * 100, 0)

    everybody = np.ones(count, dtype=np.bool_)
    return {
        "new_general_premium_yen": premium(life["new_general"], buys),
        "care_premium_yen": premium(life["care"], buys),
        "new_pension_premium_yen": premium(life["new_pension"], buys),
        "old_general_premium_yen": premium(life["old_general"], old),
        "old_pension_premium_yen": premium(life["old_pension"], old),
        "earthquake_premium_yen": premium(wages["earthquake"], kind == REGULAR),
        "old_long_term_premium_yen": premium(
            wages["old_long_term"], people.age[worker] >= wages["old_long_term"]["from_age"]
        ),
        "small_enterprise_yen": premium(wages["small_enterprise"], everybody & (kind == REGULAR)),
    }


def _housing_loan(people: People, worker: Ints, rows: Rows, year: int, rng: np.random.Generator, rule: Values) -> Rows:
    count = len(worker)
    age = people.age[worker]
    has = (age >= rule["ages"][0]) & (age <= rule["ages"][1]) & (rows["paid_yen"] >= rule["pay_from_yen"])
    has &= (rows["change"] == NO_CHANGE) & chance(rng, rule["share"], count)
    balance = rng.integers(rule["balance_from_yen"] // 1000, rule["balance_to_yen"] // 1000 + 1, count) * 1000
    balance = np.where(has, balance, 0)
    return {
        "housing_balance_yen": balance,
        "housing_creditable_yen": balance * rule["credit_per_1000"] // 1000 // 100 * 100,
        "housing_moved_in_on": np.datetime64(f"{year}-01-01")
        - rng.integers(1, 365 * rule["years_max"], count).astype("timedelta64[D]"),
        "housing_code": weighted(rng, rule["codes"], count),
    }
