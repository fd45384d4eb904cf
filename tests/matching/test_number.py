"""Rule 1: the individual number links only together with the name and the birth date."""

from datetime import date
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.matching.conftest import Town

HANAKO = "000000000000101"
TARO = "000000000000102"
OTHER_DAY = date(1990, 1, 1)


def test_number_name_and_birth_date_agree_and_the_old_address_does_not_matter(town: "Town") -> None:
    document = town.document(address="横浜市中区本町１－１")
    town.match()
    assert town.links() == {document: (HANAKO, "number_and_attributes")}
    assert town.reasons() == {}


def test_half_width_kana_agrees_when_the_name_is_written_in_other_characters(town: "Town") -> None:
    document = town.document(name="山田　華子")
    town.match()
    assert town.links() == {document: (HANAKO, "number_and_attributes")}


def test_a_name_in_another_width_agrees(town: "Town") -> None:
    town.resident(
        "000000000000103",
        number_id=13,
        name="ＫＩＭ　ＭＩＮＡ",
        kana="キム　ミナ",
        born_on=OTHER_DAY,
        sex="female",
        address="仙台市泉区将監９－２",
    )
    document = town.document(number_id=13, name="KIM MINA", kana="ｷﾑ", born_on=OTHER_DAY)
    town.match()
    assert town.links() == {document: ("000000000000103", "number_and_attributes")}


def test_a_number_that_belongs_to_somebody_else_goes_to_a_person(town: "Town") -> None:
    """Everything but the number is Hanako's; the number is Taro's. No rule may link it, neither to him nor to her."""
    document = town.document(number_id=12)
    town.match()
    assert town.links() == {}
    assert town.reasons() == {document: ("number_contradicts", [HANAKO, TARO])}
    assert town.ask("SELECT message FROM review_item") == [
        (
            "個人番号の人と、氏名・フリガナも生年月日も一致しません。住所も一致しません。"
            "住基ネットで個人番号を確認し、本人を特定してください。",
        )
    ]


def test_a_changed_surname_goes_to_a_person_with_the_candidate(town: "Town") -> None:
    document = town.document(name="鈴木　花子", kana="ｽｽﾞｷ ﾊﾅｺ")
    town.match()
    assert town.reasons() == {document: ("attributes_differ", [HANAKO])}
    assert town.ask("SELECT message FROM review_item") == [
        (
            "個人番号と生年月日は一致しますが、氏名もフリガナも一致しません。住所は一致します。改姓などを確認してください。",
        )
    ]


@pytest.mark.parametrize(
    ("born_on", "told"), [(OTHER_DAY, "生年月日が一致しません"), (None, "生年月日の記載がありません")]
)
def test_another_or_no_birth_date_goes_to_a_person(town: "Town", born_on: date | None, told: str) -> None:
    document = town.document(born_on=born_on)
    town.match()
    assert town.reasons() == {document: ("attributes_differ", [HANAKO])}
    ((message,),) = town.ask("SELECT message FROM review_item")
    assert told in message


def test_no_kana_does_not_agree_with_no_kana(town: "Town") -> None:
    town.resident(
        "000000000000103", number_id=13, name="李　明", kana="", born_on=OTHER_DAY, sex="male", address="仙台市"
    )
    document = town.document(number_id=13, name="王　明", kana="", born_on=OTHER_DAY)
    town.match()
    assert town.reasons()[document][0] == "attributes_differ"


def test_a_number_unknown_to_the_register_is_not_ignored(town: "Town") -> None:
    """Kana, birth date and address would link it without a number; a number that nobody bears is a question first."""
    document = town.document(number_id=99)
    town.match()
    assert town.links() == {}
    assert town.reasons() == {document: ("number_differs", [HANAKO])}


def test_two_residents_with_one_number_are_a_fault_of_the_register(town: "Town") -> None:
    town.resident(
        "000000000000103",
        number_id=11,
        name="山田　花子",
        kana="ヤマダ　ハナコ",
        born_on=date(1985, 4, 1),
        sex="female",
        address="仙台市泉区将監９－２",
    )
    document = town.document()
    town.match()
    assert town.reasons() == {document: ("several_candidates", [HANAKO, "000000000000103"])}


def test_the_newest_revision_of_the_register_counts(town: "Town") -> None:
    document = town.document(name="鈴木　花子", kana="ｽｽﾞｷ ﾊﾅｺ")
    town.match(as_of=date(2026, 2, 1))
    town.resident(
        HANAKO,
        revision=2,
        known_on=date(2026, 2, 10),
        number_id=11,
        name="鈴木　花子",
        kana="スズキ　ハナコ",
        born_on=date(1985, 4, 1),
        sex="female",
        address="仙台市青葉区国分町１－２－３",
    )
    town.match(as_of=date(2026, 3, 1))
    assert town.links() == {document: (HANAKO, "number_and_attributes")}
    assert town.reasons() == {}


def test_a_message_names_no_value_of_a_person(town: "Town") -> None:
    town.document(number_id=12)
    town.document(name="鈴木　花子", kana="ｽｽﾞｷ ﾊﾅｺ")
    town.document(number_id=None, address="横浜市中区本町１－１")
    town.match()
    messages = " ".join(message for (message,) in town.ask("SELECT message FROM review_item"))
    assert messages
    for value in ("山田", "鈴木", "花子", "ヤマダ", "ﾔﾏﾀﾞ", "横浜", "仙台", "1985", "11", "12"):
        assert value not in messages
