"""What must hold for households over the complete law, whatever the figures; and that the generator meets every part of it."""

from collections import Counter
from itertools import chain
from random import Random
from typing import Any

import pytest
from second_calculator import assess
from second_calculator.generate_full import full_cases
from second_calculator.generate_kinds import other_kind_case

Case = dict[str, Any]
YEARS = range(2022, 2028)
PEOPLE = 150
CREDITS = (
    *(
        "adjustment_credit",
        "dividend_credit",
        "housing_loan_credit",
        "donation_basic_credit",
        "donation_special_credit",
    ),
    *("one_stop_credit", "foreign_tax_credit", "exemption_adjustment", "withheld_levy_credit", "fixed_reduction"),
)


def resident_cases(seed: int) -> list[tuple[Case, Case]]:
    """Cases of every year with their figures, those of a house without residence left out."""
    cases = chain.from_iterable(full_cases(seed, PEOPLE, year) for year in YEARS)
    return [(case, assess(case)) for case in cases if "income" in case]


# One worker computes them once.
pytestmark = pytest.mark.xdist_group("second_calculator_full")


@pytest.fixture(scope="module")
def people() -> list[tuple[Case, Case]]:
    return resident_cases(3)


def without(case: Case, *paid: str) -> Case:
    """The case without its collection and without these payments."""
    rest = {name: value for name, value in case["paid"].items() if name not in paid}
    return {name: value for name, value in case.items() if name != "collection"} | {"paid": rest}


def test_the_same_seed_gives_the_same_cases() -> None:
    assert list(full_cases(7, 20, 2024)) == list(full_cases(7, 20, 2024))
    assert list(full_cases(7, 5, 2024)) != list(full_cases(8, 5, 2024))


def test_every_figure_of_the_law_is_met(people: list[tuple[Case, Case]]) -> None:
    met: Counter[str] = Counter()
    names: set[str] = set()
    for _, figures in people:
        names |= figures.keys()
        met.update(name for name, value in figures.items() if value)
        met.update(f"instalments.{name}" for name in figures.get("instalments", {}))
    assert len(names) >= 83
    assert sorted(name for name in names if met[name] < 3) == []
    assert (
        min(
            met[f"instalments.{way}_{what}"]
            for way, what in (("employment", "withholding"), ("pension", "withholding"), ("ordinary", "collection"))
        )
        > 100
    )


def test_levies_less_credits_are_the_levy(people: list[tuple[Case, Case]]) -> None:
    for _, figures in people:
        for side in ("city", "prefecture"):
            taken = sum(figures[f"{side}_{credit}_yen"] for credit in CREDITS)
            rest = figures[f"{side}_income_levy_before_credits_yen"] - taken - figures[f"{side}_income_levy_yen"]
            assert 0 <= rest < 100
            assert figures[f"{side}_tax_yen"] == figures[f"{side}_income_levy_yen"] + figures[f"{side}_per_capita_yen"]
        shares = ("city_tax_yen", "prefecture_tax_yen", "forest_environment_tax_yen")
        assert figures["annual_tax_yen"] == sum(figures[name] for name in shares)


def test_bases_are_what_deductions_leave(people: list[tuple[Case, Case]]) -> None:
    for case, figures in people:
        bases = [value for name, value in figures.items() if name.startswith("taxable_")]
        assert all(base >= 0 and base % 1000 == 0 for base in bases)
        land = case["income"].get("land", {})
        special = sum(value for name, value in land.items() if name.endswith("_special_deduction_yen"))
        left = figures["gross_income_etc_yen"] - figures["deductions_yen"]
        assert left - special - 1000 * len(bases) < sum(bases) <= max(left, 0)


def test_totals_are_in_order(people: list[tuple[Case, Case]]) -> None:
    for _, figures in people:
        assert 0 <= figures["gross_income_yen"] <= figures["gross_income_etc_yen"] <= figures["total_income_yen"]


def test_the_instalments_make_up_the_year(people: list[tuple[Case, Case]]) -> None:
    for case, figures in people:
        parts = figures["instalments"]
        pension = parts.get("pension_withholding", {"provisional": [], "final": []})
        lists = (parts.get("ordinary_collection", []), parts.get("employment_withholding", []), *pension.values())
        amounts = list(chain.from_iterable(lists))
        assert all(amount >= 0 for amount in amounts)
        too_much = sum(amounts) - figures["annual_tax_yen"]
        assert too_much == 0 or (0 < too_much <= sum(pension["provisional"])), case
        if too_much:
            assert pension["final"] == [0, 0, 0]


def test_treaty_pay_counts_for_nothing(people: list[tuple[Case, Case]]) -> None:
    for case, figures in people[::7]:
        payers = case["income"].get("employment", [])
        more = case["income"] | {"employment": [*payers, {"paid_yen": 7_654_321, "treaty_exempt": True}]}
        assert assess(case | {"income": more}) == figures


def test_the_order_of_dependants_and_of_dividends_does_not_matter(people: list[tuple[Case, Case]]) -> None:
    for case, figures in people[::3]:
        income = case["income"] | {"dividend": case["income"].get("dividend", [])[::-1]}
        assert assess(case | {"income": income, "dependants": case["dependants"][::-1]}) == figures


def test_public_assistance_frees_of_everything(people: list[tuple[Case, Case]]) -> None:
    for case, _ in people[::5]:
        figures = assess(case | {"taxpayer": case["taxpayer"] | {"public_assistance": True}})
        assert figures["annual_tax_yen"] == 0
        withheld = sum(case["paid"].get("withheld", {}).values())
        assert figures["withheld_levy_refund_yen"] == withheld


def test_more_to_deduct_never_raises_the_tax(people: list[tuple[Case, Case]]) -> None:
    """Without gifts: their ratio may fall when the income goes below 人的控除差調整額 and a separate income is there."""
    for case, _ in people[::2]:
        before = without(case, "donation")
        social = before["paid"].get("social_insurance_yen", 0) + 123_456
        after = before | {"paid": before["paid"] | {"social_insurance_yen": social}}
        assert assess(after)["annual_tax_yen"] <= assess(before)["annual_tax_yen"]


def test_a_loss_carried_forward_never_raises_the_tax(people: list[tuple[Case, Case]]) -> None:
    for case, _ in people[::2]:
        before = without(case, "donation")
        carried = before["income"].get("loss_carried_forward_yen", 0) + 345_678
        after = before | {"income": before["income"] | {"loss_carried_forward_yen": carried}}
        assert assess(after)["annual_tax_yen"] <= assess(before)["annual_tax_yen"]


def test_credits_never_raise_the_tax(people: list[tuple[Case, Case]]) -> None:
    for case, figures in people[::2]:
        for credit in ("donation", "housing_loan", "foreign_tax_yen", "withheld"):
            if credit in case["paid"]:
                assert figures["annual_tax_yen"] <= assess(without(case, credit))["annual_tax_yen"]


def test_other_kinds_keep_their_bounds() -> None:
    random = Random(5)
    for _ in range(2_000):
        case = other_kind_case(random)
        figures = assess(case)
        if case["kind"] == "retirement":
            assert (
                0 <= figures["retirement_income_yen"] <= max(case["paid_yen"] - figures["retirement_deduction_yen"], 0)
            )
        elif case["kind"] == "pension_withholding":
            parts = chain(
                figures["instalments"].get("ordinary_collection", []),
                *figures["instalments"]["pension_withholding"].values(),
            )
            assert sum(parts) >= case["annual_tax_yen"]
        else:
            name = case["kind"]
            parts_yen = sum(part["charge_yen"] for part in figures[f"{name}_parts"])
            charge = figures[f"{name}_yen"]
            assert charge == 0 if parts_yen < 1_000 else 0 <= parts_yen - charge < 100
