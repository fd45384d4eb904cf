"""What must hold whatever the figures: relations between cases that need no answer key."""

from copy import deepcopy
from datetime import date

import pytest
from our_calculator import Document, in_bulk
from second_calculator.generate import generate

from pipelines.assessment.case import Figures

PEOPLE = 600


# One worker computes them once.
pytestmark = pytest.mark.xdist_group("relations")


@pytest.fixture(scope="module", params=[2025, 2026])
def people(request: pytest.FixtureRequest) -> tuple[list[Document], list[Figures]]:
    documents = [case | {"municipality": "142140"} for case in generate(77, PEOPLE, request.param)]
    return documents, in_bulk(documents)


def test_one_payer_pays_what_two_paid(people: tuple[list[Document], list[Figures]]) -> None:
    documents, figures = people
    one_payer = [
        document | {"income": {"employment": [{"paid_yen": sum(one["paid_yen"] for one in payers)}]}}
        for document in documents
        for payers in (document["income"]["employment"],)
    ]
    assert in_bulk(one_payer) == figures


def test_the_order_of_people_and_of_relatives_does_not_matter(people: tuple[list[Document], list[Figures]]) -> None:
    documents, figures = people
    turned = [document | {"dependants": document["dependants"][::-1]} for document in reversed(documents)]
    assert in_bulk(turned) == figures[::-1]


def test_shares_make_up_the_year(people: tuple[list[Document], list[Figures]]) -> None:
    for one in people[1]:
        shares = ("city_tax_yen", "prefecture_tax_yen", "forest_environment_tax_yen")
        assert sum(whole(one[name]) for name in shares) == one["annual_tax_yen"]


def test_instalments_make_up_the_year_and_the_first_is_the_largest(
    people: tuple[list[Document], list[Figures]],
) -> None:
    for one in people[1]:
        instalments = one["instalments"]
        assert isinstance(instalments, dict)
        (parts,) = instalments.values()
        assert sum(parts) == one["annual_tax_yen"]
        assert parts[0] == max(parts)
        assert len(set(parts[1:])) == 1


@pytest.mark.parametrize("born_in", [2020, 2008, 2004, 1950])
def test_one_more_dependant_never_raises_the_tax(people: tuple[list[Document], list[Figures]], born_in: int) -> None:
    documents, figures = people
    one_more = [
        document | {"dependants": [*document["dependants"], {"born_on": date(born_in, 6, 1)}]} for document in documents
    ]
    for before, after in zip(figures, in_bulk(one_more), strict=True):
        assert whole(after["annual_tax_yen"]) <= whole(before["annual_tax_yen"])


def test_more_social_insurance_never_raises_the_tax(people: tuple[list[Document], list[Figures]]) -> None:
    documents, figures = people
    more = deepcopy(documents)
    for document in more:
        paid = document.setdefault("paid", {})
        paid["social_insurance_yen"] = paid.get("social_insurance_yen", 0) + 100_000
    for before, after in zip(figures, in_bulk(more), strict=True):
        assert whole(after["annual_tax_yen"]) <= whole(before["annual_tax_yen"])


def test_whoever_receives_public_assistance_pays_nothing(people: tuple[list[Document], list[Figures]]) -> None:
    assisted = [one | {"taxpayer": one["taxpayer"] | {"public_assistance": True}} for one in people[0]]
    assert {one["annual_tax_yen"] for one in in_bulk(assisted)} == {0}


def test_the_levy_never_leaves_less_than_the_exemption_limit(people: tuple[list[Document], list[Figures]]) -> None:
    """附則3条の3②⑤: after the levy there remains at least 450,000 yen of 総所得金額等, but for what 100-yen cuts give back."""
    for one in people[1]:
        levy = whole(one["city_income_levy_yen"]) + whole(one["prefecture_income_levy_yen"])
        if not one["income_levy_exempt"]:
            assert whole(one["gross_income_etc_yen"]) - levy >= 450_000


def whole(value: object) -> int:
    assert isinstance(value, int)
    return value
