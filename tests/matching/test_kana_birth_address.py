"""Rule 2: without a number, exactly one resident with the same kana, birth date and address of 1 January."""

from datetime import date
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.matching.conftest import Town

HANAKO = "000000000000101"
TWIN = "000000000000103"


def test_kana_birth_date_and_address_link_a_report_without_a_number(town: "Town") -> None:
    document = town.document(number_id=None, name="山田　はな子", address="仙台市青葉区国分町1-2-3")
    town.match()
    assert town.links() == {document: (HANAKO, "kana_birth_address")}


def test_two_people_who_cannot_be_told_apart_go_to_a_person(town: "Town") -> None:
    town.resident(
        TWIN,
        number_id=None,
        name="山田　華子",
        kana="ヤマダ　ハナコ",
        born_on=date(1985, 4, 1),
        sex="female",
        address="仙台市青葉区国分町１－２－３",
    )
    document = town.document(number_id=None)
    town.match()
    assert town.reasons() == {document: ("several_candidates", [HANAKO, TWIN])}


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ({"address": "仙台市青葉区国分町１－２－４"}, "住所だけが違う人"),
        ({"born_on": date(1985, 4, 2)}, "生年月日だけが違う人"),
        ({"born_on": None}, "生年月日だけが違う人"),
        ({"kana": "ｽｽﾞｷ ﾊﾅｺ"}, "フリガナだけが違う人"),
    ],
)
def test_two_of_the_three_are_shown_but_not_linked(town: "Town", written: dict[str, object], told: str) -> None:
    document = town.document(number_id=None, **written)
    town.match()
    assert town.links() == {}
    assert town.reasons() == {document: ("attributes_differ", [HANAKO])}
    assert town.ask("SELECT message FROM review_item") == [
        (f"個人番号の記載がなく、{told}がいます。本人か確認してください。",)
    ]


def test_a_stranger_is_a_candidate_for_forwarding(town: "Town") -> None:
    document = town.document(number_id=None, kana="ｲﾄｳ ｼﾞﾛｳ", address="横浜市中区本町１－１")
    town.match()
    assert town.reasons() == {document: ("resident_elsewhere", [])}


def test_no_kana_agrees_with_nobody(town: "Town") -> None:
    town.resident(TWIN, number_id=None, name="李　明", kana="", born_on=date(1990, 1, 1), sex="male", address="仙台市")
    document = town.document(number_id=None, kana="", born_on=date(1990, 1, 1), address="仙台市")
    town.match()
    assert town.links() == {}
    assert town.reasons()[document][0] == "attributes_differ"


def test_no_address_agrees_with_nobody(town: "Town") -> None:
    town.resident(
        TWIN, number_id=None, name="李　明", kana="リ　メイ", born_on=date(1990, 1, 1), sex="male", address=""
    )
    document = town.document(number_id=None, kana="ﾘ ﾒｲ", born_on=date(1990, 1, 1), address="")
    town.match()
    assert town.reasons() == {document: ("attributes_differ", [TWIN])}
