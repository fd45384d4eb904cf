"""Seeded cases that are no yearly assessment: late charge, refund interest, retirement, pension withholding."""

from datetime import date, timedelta
from random import Random
from typing import Any

from second_calculator.generate_full import near

Case = dict[str, Any]


def _day(random: Random, first: int, last: int) -> date:
    """A day of these years, often around the end of a month."""
    day = date(random.randint(first, last), random.randint(1, 12), random.choice((1, 1, random.randint(1, 28))))
    return day + timedelta(days=random.choice((-3, -2, -1, -1, 0, 1)))


def _late_charge(random: Random) -> Case:
    due_on = _day(random, 2015, 2025)
    last = date(2026, 12, 31)
    paid_on = min(due_on + timedelta(days=random.choice((0, 27, 30, 31, 32, random.randint(0, 1_500)))), last)
    tax = random.choice((near(random, 2_000), near(random, 100_000), random.randint(0, 3_000_000)))
    case: Case = {"kind": "late_charge", "tax_yen": tax, "due_on": due_on, "paid_on": paid_on}
    if random.random() < 0.4 and paid_on > due_on:
        on_the_way = due_on + timedelta(days=random.randint(0, (paid_on - due_on).days))
        case["part_payments"] = [
            {"paid_on": on_the_way, "paid_yen": random.choice((tax // 2, max(tax - 1_999, 0), tax))}
        ]
    return case


def _refund_interest(random: Random) -> Case:
    paid_on = _day(random, 2021, 2025)
    event_on = paid_on + timedelta(days=random.randint(0, 500))
    return {
        "kind": "refund_interest",
        "refund_yen": random.choice((near(random, 2_000), random.randint(0, 3_000_000))),
        "cause": random.choice(("assessment", "income_tax", "mistake")),
        "paid_on": paid_on,
        "event_on": event_on,
        "decided_on": min(
            event_on + timedelta(days=random.choice((0, 30, 31, 32, random.randint(0, 900)))), date(2026, 12, 31)
        ),
    }


def _retirement(random: Random) -> Case:
    years = random.choice((1, 2, 3, 5, 6, 19, 20, 21, random.randint(1, 45)))
    officer = random.random() < 0.2
    deduction = max(400_000 * years, 800_000)
    return {
        "kind": "retirement",
        "paid_yen": random.choice((near(random, deduction + 3_000_000), random.randint(0, 60_000_000))),
        "service_years": years,
        "officer": officer,
        "short_service": not officer and years <= 5,
        "disability": random.random() < 0.1,
    }


def _pension_withholding(random: Random) -> Case:
    annual = random.choice((0, 100, 200, 5_000, random.randint(0, 5_000) * 100))
    if random.random() < 0.4:
        return {"kind": "pension_withholding", "annual_tax_yen": annual, "first_year": True}
    previous = random.choice((100, 5_000, random.randint(1, 5_000) * 100))
    return {"kind": "pension_withholding", "annual_tax_yen": annual, "previous_year_tax_yen": previous}


def other_kind_case(random: Random) -> Case:
    """A case that is no yearly assessment."""
    return random.choice((_late_charge, _refund_interest, _retirement, _pension_withholding))(random)
