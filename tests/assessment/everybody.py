"""Invented people of every kind: each has a few of the incomes, losses, deductions and credits that the law knows."""

from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Any

Document = dict[str, Any]
FEW, MANY, HUGE = 500_000, 6_000_000, 70_000_000
METHODS = (["employment"], ["ordinary"], ["pension"], ["employment", "pension"], ["employment", "ordinary"],
           ["pension", "ordinary"], ["employment", "pension", "ordinary"])  # fmt: skip
KINDS = ("ordinary", "investment_trust", "foreign_currency", "none")


def everybody(seed: int, count: int, fiscal_year: int, municipality: object = "131032") -> Iterator[Document]:
    """`count` cases of the fiscal year in the municipality; the same seed gives the same."""
    chance = Random(seed)
    for number in range(count):
        forester = {"forestry_yen": _yen(Random(seed + number), HUGE), "employment": []}
        income = _income(chance)
        yield {
            "case": f"作例{number}",
            "fiscal_year": fiscal_year,
            "municipality": municipality,
            "taxpayer": _taxpayer(chance, fiscal_year),
            "income": forester if number % 20 == 0 else income,
            "paid": _paid(chance, fiscal_year),
            "collection": _collection(chance),
            **_family(chance, fiscal_year),
        }


def _yen(chance: Random, most: int) -> int:
    """An amount up to `most`, small ones as likely as large ones, some of them round."""
    amount = chance.randrange(1, chance.choice((most // 100, most // 10, most)) + 1)
    return amount // 10_000 * 10_000 if chance.random() < 0.2 else amount


def _sometimes(chance: Random, share: float, amount: int) -> int:
    return amount if chance.random() < share else 0


def _loss(chance: Random, share: float, most: int) -> int:
    """A gain or, one time in three, a loss."""
    return _sometimes(chance, share, _yen(chance, most) * chance.choice((1, 1, -1)))


def _taxpayer(chance: Random, fiscal_year: int) -> Document:
    return {
        "born_on": date(fiscal_year - chance.randrange(17, 90), chance.randrange(1, 13), chance.randrange(1, 29)),
        "disability": chance.choice(("none",) * 8 + ("ordinary", "special")),
        "widow": chance.random() < 0.05,
        "single_parent": chance.choice(("none",) * 12 + ("mother", "father")),
        "working_student": chance.random() < 0.05,
        "public_assistance": chance.random() < 0.01,
    }


def _income(chance: Random) -> Document:
    rich = HUGE if chance.random() < 0.1 else MANY
    income: Document = {
        "employment": [{"paid_yen": _yen(chance, 20_000_000)} for _ in range(chance.choice((0, 1, 1, 1, 2)))],
        "public_pension": [{"paid_yen": _yen(chance, 11_000_000)} for _ in range(chance.choice((0, 0, 1)))],
        "business_yen": _loss(chance, 0.25, rich),
        "farming_yen": _loss(chance, 0.05, MANY),
        "real_estate_yen": _loss(chance, 0.2, rich),
        "real_estate_land_interest_yen": _sometimes(chance, 0.2, _yen(chance, FEW)),
        "dividend": [_dividend(chance, rich) for _ in range(chance.choice((0, 0, 1, 2)))],
        "miscellaneous_business_yen": _loss(chance, 0.1, MANY),
        "miscellaneous_yen": _loss(chance, 0.1, MANY),
        "occasional": {"revenue_yen": _sometimes(chance, 0.2, _yen(chance, MANY)), "expense_yen": _yen(chance, FEW)},
        "capital_gain": {"short_yen": _loss(chance, 0.1, MANY), "long_yen": _loss(chance, 0.1, MANY)},
        "forestry_yen": _loss(chance, 0.1, MANY),
        "retirement_income_yen": _sometimes(chance, 0.1, _yen(chance, rich)),
    }
    if chance.random() < 0.3:
        income["land"] = _land(chance)
    if chance.random() < 0.3:
        income["shares"] = {
            "listed_yen": _loss(chance, 0.6, MANY),
            "general_yen": _loss(chance, 0.4, MANY),
            "listed_dividend_yen": _sometimes(chance, 0.5, _yen(chance, MANY)),
        }
        income["futures_yen"] = _loss(chance, 0.3, MANY)
    return income | _carried(chance)


def _dividend(chance: Random, most: int) -> Document:
    return {"paid_yen": _yen(chance, most), "debt_interest_yen": _sometimes(chance, 0.2, _yen(chance, FEW)),
            "kind": chance.choice(KINDS)}  # fmt: skip


def _land(chance: Random) -> Document:
    kinds = ("short", "short_public", "long", "long_excellent", "long_residence")
    gains = {f"{kind}_yen": _loss(chance, 0.4, 2 * HUGE) for kind in kinds}
    return gains | {f"{kind}_special_deduction_yen": _sometimes(chance, 0.2, 10_000_000) for kind in kinds}


def _carried(chance: Random) -> Document:
    return {
        "loss_carried_forward_yen": _sometimes(chance, 0.1, _yen(chance, MANY)),
        "losses_carried_forward": {
            "casualty_yen": _sometimes(chance, 0.1, _yen(chance, MANY)),
            "listed_shares_yen": _sometimes(chance, 0.1, _yen(chance, MANY)),
            "futures_yen": _sometimes(chance, 0.1, _yen(chance, MANY)),
            "residence_yen": _sometimes(chance, 0.1, _yen(chance, MANY)),
        },
    }


def _paid(chance: Random, fiscal_year: int) -> Document:
    furusato = _sometimes(chance, 0.5, _yen(chance, FEW))
    paid: Document = {
        "social_insurance_yen": _sometimes(chance, 0.8, _yen(chance, 1_500_000)),
        "medical": {"paid_yen": _sometimes(chance, 0.3, _yen(chance, 4_000_000)), "reimbursed_yen": _yen(chance, 1_000)},
        "self_medication": {"paid_yen": _sometimes(chance, 0.2, _yen(chance, 200_000))},
        "casualty": {
            "loss_yen": _sometimes(chance, 0.1, _yen(chance, MANY)),
            "disaster_expense_yen": _sometimes(chance, 0.1, _yen(chance, FEW)),
        },
        "donation": {
            "furusato_yen": furusato,
            "city_and_prefecture_yen": _sometimes(chance, 0.1, _yen(chance, FEW)),
            "city_only_yen": _sometimes(chance, 0.1, _yen(chance, FEW)),
            "prefecture_only_yen": _sometimes(chance, 0.1, _yen(chance, FEW)),
            "one_stop": chance.random() < 0.4,
        },
        "foreign_tax_yen": _sometimes(chance, 0.1, _yen(chance, FEW)),
        "foreign_tax_national_limit_yen": _yen(chance, FEW),
        "withheld": {"dividend_levy_yen": _sometimes(chance, 0.1, _yen(chance, FEW)),
                     "share_gain_levy_yen": _sometimes(chance, 0.1, _yen(chance, FEW))},
    }  # fmt: skip
    if chance.random() < 0.1:
        paid["housing_loan"] = {
            "moved_in_on": date(chance.randrange(2008, fiscal_year), 4, 1),
            "creditable_yen": _yen(chance, FEW),
            "income_tax_taxable_yen": _yen(chance, MANY),
            "rate_percent": chance.choice((5, 7)),
        }
    return paid


def _family(chance: Random, fiscal_year: int) -> Document:
    family: Document = {"dependants": [_dependant(chance, fiscal_year) for _ in range(chance.choice((0, 0, 1, 2)))]}
    if chance.random() < 0.4:
        family["spouse"] = {
            "born_on": date(fiscal_year - chance.randrange(25, 90), 5, 5),
            "disability": chance.choice(("none",) * 8 + ("ordinary", "special")),
            "abroad": chance.random() < 0.1,
            "family_employee": chance.random() < 0.05,
        }
        if chance.random() < 0.5:
            family["spouse"]["income"] = {"employment": [{"paid_yen": _yen(chance, 2_500_000)}],
                                          "public_pension": [{"paid_yen": _yen(chance, 2_500_000)}]}  # fmt: skip
    return family


def _dependant(chance: Random, fiscal_year: int) -> Document:
    return {
        "born_on": date(fiscal_year - chance.randrange(1, 95), chance.randrange(1, 13), 1),
        "total_income_yen": _sometimes(chance, 0.2, _yen(chance, 1_400_000)),
        "disability": chance.choice(("none",) * 8 + ("ordinary", "special")),
        "abroad": chance.random() < 0.1,
    }


def _collection(chance: Random) -> Document:
    return {
        "method": chance.choice(METHODS),
        "non_employment": chance.choice(("employment", "employment", "ordinary")),
        "previous_year_pension_tax_yen": _sometimes(chance, 0.5, _yen(chance, FEW)),
        "pension_first_year": chance.choice((None, None, True)),
    }
