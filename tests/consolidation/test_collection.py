"""Who collects: an employer who pays on (法321の3), or the city by bill."""

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.consolidation.conftest import Town


def collection(base: dict[str, Any]) -> tuple[Any, ...]:
    return base["collection_method"], base["payer_designated_no"], base["payer_document_no"]


def test_an_employer_withholds(town: "Town") -> None:
    document = town.report()
    assert collection(town.base()) == ("employment", "A1", document)


@pytest.mark.parametrize(
    "items",
    [
        {"ordinary_collection": True, "ordinary_reason": "A"},
        {"treaty_exempt": True},
        {"employment_change": "left"},
        {"death_retirement": True},
    ],
)
def test_one_who_asks_for_bills_is_exempt_or_was_left_does_not(town: "Town", items: dict[str, Any]) -> None:
    town.report(**items)
    assert collection(town.base()) == ("ordinary", None, None)


def test_one_who_was_joined_in_the_year_does(town: "Town") -> None:
    document = town.report(employment_change="joined")
    assert collection(town.base()) == ("employment", "A1", document)


def test_of_several_employers_the_main_one_withholds(town: "Town") -> None:
    town.report(payer_designated_no="B2", paid_yen=9_000_000, second_column=True)
    town.report(payer_designated_no="C3", paid_yen=3_000_000)
    main = town.report(payer_designated_no="A1", paid_yen=5_000_000)
    assert collection(town.base()) == ("employment", "A1", main)


def test_when_the_main_employer_asks_for_bills_another_withholds(town: "Town") -> None:
    town.report(ordinary_collection=True)
    side = town.report(payer_designated_no="B2", paid_yen=900_000, second_column=True)
    assert collection(town.base()) == ("employment", "B2", side)


@pytest.mark.parametrize("designated_no", [None, ""])
def test_a_new_employer_without_a_designated_number_withholds_as_well(town: "Town", designated_no: str | None) -> None:
    """The city gives it a number; until then the document tells who it is."""
    document = town.report(payer_designated_no=designated_no)
    assert collection(town.base()) == ("employment", None, document)
