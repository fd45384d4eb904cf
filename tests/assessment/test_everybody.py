"""What must hold for people of every kind of income in every fiscal year, whatever the figures."""

from typing import Any

import pytest
from everybody import everybody
from our_calculator import Document, in_bulk

from pipelines.assessment.case import Figures

PEOPLE = 300
SEPARATE = ("land_short", "land_short_public", "land_long", "land_long_excellent", "land_long_residence", "general_shares",
            "listed_shares", "listed_dividend", "futures", "forestry", "retirement")  # fmt: skip


# One worker computes them once.
pytestmark = pytest.mark.xdist_group("everybody")


@pytest.fixture(scope="module", params=range(2022, 2028))
def people(request: pytest.FixtureRequest) -> list[tuple[Document, Any]]:
    documents = list(everybody(request.param, PEOPLE, request.param, {"designated_city": request.param % 2 == 0}))
    figures: list[Figures] = in_bulk(documents)
    return list(zip(documents, figures, strict=True))


def test_what_is_collected_makes_up_the_year(people: list[tuple[Document, Any]]) -> None:
    for document, one in people:
        instalments = one["instalments"]
        pension = instalments.get("pension_withholding", {"provisional": [0], "final": [0]})
        parts = [*instalments.get("ordinary_collection", []), *instalments.get("employment_withholding", [])]
        collected = sum(parts) + sum(pension["provisional"]) + sum(pension["final"])
        too_much = sum(pension["provisional"]) > 0 and sum(pension["final"]) == 0  # given back later
        assert collected == one["annual_tax_yen"] or (too_much and collected > one["annual_tax_yen"]), document
        assert min([*parts, *pension["provisional"], *pension["final"]]) >= 0


def test_the_shares_make_up_the_year(people: list[tuple[Document, Any]]) -> None:
    for document, one in people:
        shares = ("city_tax_yen", "prefecture_tax_yen", "forest_environment_tax_yen")
        assert sum(one[name] for name in shares) == one["annual_tax_yen"], document


def test_no_credit_takes_more_than_the_levy(people: list[tuple[Document, Any]]) -> None:
    for document, one in people:
        for side in ("city", "prefecture"):
            credits = ("adjustment_credit", "dividend_credit", "housing_loan_credit", "donation_credit",
                       "foreign_tax_credit", "exemption_adjustment", "withheld_levy_credit", "fixed_reduction")  # fmt: skip
            taken = [one[f"{side}_{credit}_yen"] for credit in credits]
            left = one[f"{side}_income_levy_before_credits_yen"] - sum(taken)
            assert min(taken) >= 0, document
            assert 0 <= left - one[f"{side}_income_levy_yen"] < 100, document


def test_the_totals_stand_in_their_order(people: list[tuple[Document, Any]]) -> None:
    """Carried losses only lessen; every base is a whole thousand; deductions never leave more than there was."""
    for document, one in people:
        assert 0 <= one["gross_income_yen"] <= one["gross_income_etc_yen"] <= one["total_income_yen"], document
        bases = [one["taxable_income_yen"], *(one[f"taxable_{name}_yen"] for name in SEPARATE)]
        assert all(base >= 0 and base % 1_000 == 0 for base in bases), document
        assert sum(bases) <= one["gross_income_etc_yen"], document
        assert sum(bases) == 0 or sum(bases) <= max(one["gross_income_etc_yen"] - one["deductions_yen"], 0), document


def test_people_of_public_assistance_pay_nothing(people: list[tuple[Document, Any]]) -> None:
    assisted = [one for document, one in people if document["taxpayer"]["public_assistance"]]
    assert {one["annual_tax_yen"] for one in assisted} <= {0}
