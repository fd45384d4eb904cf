"""Rules 3 to 5 and the spellings of rule 1: what each links, and the near misses that it must not."""

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from pipelines.matching import invariants, queue

if TYPE_CHECKING:
    from tests.matching.conftest import Town

HANAKO = "000000000000101"
TARO = "000000000000102"
NEW = "000000000000103"
BORN = date(1985, 4, 1)
SOMEBODY = {"number_id": None, "sex": "female", "born_on": BORN, "address": "仙台市青葉区国分町１－２－３"}


def last_year(town: "Town", taxpayer_no: str, **person: Any) -> None:
    """A row of last fiscal year's register."""
    town.resident(taxpayer_no, **(SOMEBODY | {"fiscal_year": 2025} | person))


def wage(town: "Town", document: int, employee_no: str, payer: str = "12345", fiscal_year: int = 2026) -> None:
    """What the wage report of `document` says of payer and receiver; all else of it is nought."""
    types = town.ask("SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = 'wage_report' ORDER BY 1")
    zero = {"BIGINT": 0, "INTEGER": 0, "BOOLEAN": False, "VARCHAR": "", "DATE": None}
    values = {name: zero[kind] for name, kind in types if name not in ("known_on", "commit_no")}
    values |= {
        "document_no": document,
        "employee_no": employee_no,
        "payer_designated_no": payer,
        "payer_number_id": None,
    }
    with town.session.transaction(stage="intake", known_on=date(2026, 1, 20)) as transaction:
        transaction.append_row("wage_report", **values)
    town.ask(f"UPDATE ledger.document SET fiscal_year = {fiscal_year} WHERE document_no = {document}")


def test_another_spelling_of_kana_name_or_address_links(town: "Town") -> None:
    spellings: list[dict[str, Any]] = [
        {"kana": "ﾔﾏﾀﾞﾊﾅｺ"},
        {"kana": "やまだ　はなこ"},
        {"address": "宮城県仙台市青葉区国分町一丁目２番３号"},
        {"address": "仙台市青葉区國分町 1ー2ー3 コーポ203"},
        {"kana": "", "name": "山田花子"},
    ]
    documents = [town.document(number_id=None, **written) for written in spellings]
    town.match()
    assert town.links() == {document: (HANAKO, "kana_birth_address_normalized") for document in documents}


def test_what_is_not_only_spelling_links_nobody(town: "Town") -> None:
    near_misses: list[dict[str, Any]] = [
        {"address": "仙台市青葉区国分町１－２－３３"},
        {"address": "仙台市青葉区国分町１－２"},
        {"address": "仙台市宮城野区国分町１－２－３"},
        {"kana": "ﾔﾏﾀﾞ ﾊﾅ"},
        {"kana": "ﾔﾏﾀ ﾊﾅｺ"},
        {"born_on": date(1985, 1, 4)},
        {"kana": "", "name": "山田　華子"},
    ]
    for written in near_misses:
        town.document(number_id=None, **written)
    town.match()
    assert town.links() == {}


def test_two_rooms_of_one_house_are_two_places_and_a_missing_room_is_none(town: "Town") -> None:
    town.resident(
        NEW, **(SOMEBODY | {"name": "李　明", "kana": "リ　メイ", "address": "仙台市泉区将監１番２号　コーポ２０３"})
    )
    of_li = {"number_id": None, "name": "李明", "kana": "ﾘ ﾒｲ"}
    other = town.document(**of_li, address="仙台市泉区将監1-2 コーポ204")
    dropped = town.document(**of_li, address="仙台市泉区将監1-2")
    moved = town.document(**of_li, address="仙台市泉区将監1-2-203")
    town.match()
    assert town.links() == {document: (NEW, "kana_birth_address_normalized") for document in (dropped, moved)}
    assert town.reasons() == {other: ("attributes_differ", [NEW])}


def test_twins_at_one_address_are_told_apart_by_their_names_alone(town: "Town") -> None:
    town.resident(NEW, **SOMEBODY, name="山田　桃子", kana="ヤマダ　モモコ")
    document = town.document(number_id=None, kana="ﾔﾏﾀﾞﾓﾓｺ", name="山田桃子")
    town.match()
    assert town.links() == {document: (NEW, "kana_birth_address_normalized")}


def test_twins_whose_kana_are_one_in_another_spelling_go_to_a_person(town: "Town") -> None:
    """The very kana of one of them is no proof: many systems write no small kana."""
    town.resident(NEW, **SOMEBODY, name="山田　翔", kana="ヤマダ　シヨウ")
    town.resident("000000000000104", **SOMEBODY, name="山田　笙", kana="ヤマダ　ショウ")
    document = town.document(number_id=None, name="山田　笙", kana="ﾔﾏﾀﾞ ｼﾖｳ")
    town.match()
    assert town.reasons()[document][0] == "several_candidates"


def test_swapped_numbers_of_twins_link_nobody(town: "Town") -> None:
    town.resident(NEW, **(SOMEBODY | {"number_id": 13}), name="山田　桃子", kana="ヤマダ　モモコ")
    document = town.document(number_id=13)
    town.match()
    assert town.reasons() == {document: ("attributes_differ", [HANAKO, NEW])}


def test_a_number_with_an_old_character_in_the_name_links(town: "Town") -> None:
    town.resident(NEW, **(SOMEBODY | {"number_id": 13}), name="髙﨑　惠", kana="タカサキ　メグミ")
    document = town.document(number_id=13, name="高崎恵", kana="ﾀｶｻｷ ｹｲ")
    town.match()
    assert town.links() == {document: (NEW, "number_and_attributes_normalized")}


def test_a_former_surname_known_to_the_ledger_links(town: "Town") -> None:
    last_year(town, HANAKO, name="鈴木　花子", kana="スズキ　ハナコ")
    with_number = town.document(name="鈴木　花子", kana="ｽｽﾞｷ ﾊﾅｺ")
    without = town.document(number_id=None, name="鈴木　花子", kana="ｽｽﾞｷ ﾊﾅｺ")
    town.match()
    assert town.links() == {
        with_number: (HANAKO, "number_and_attributes_former"),
        without: (HANAKO, "kana_birth_address_former"),
    }


def test_a_former_address_known_to_the_ledger_links(town: "Town") -> None:
    last_year(town, HANAKO, name="山田　花子", kana="ヤマダ　ハナコ", address="仙台市泉区将監５－５")
    document = town.document(number_id=None, address="仙台市泉区将監5-5")
    town.match()
    assert town.links() == {document: (HANAKO, "kana_birth_address_former")}


def test_a_surname_that_somebody_else_had_before_links_nobody(town: "Town") -> None:
    """The former surname is Taro's, the rest is Hanako's."""
    last_year(town, TARO, name="鈴木　太郎", kana="スズキ　ハナコ", born_on=date(1979, 12, 31))
    document = town.document(number_id=None, name="鈴木　花子", kana="ｽｽﾞｷ ﾊﾅｺ")
    town.match()
    assert town.links() == {}
    assert town.reasons()[document][0] == "attributes_differ"


def test_of_two_namesakes_the_one_who_once_lived_at_the_documents_address_links(town: "Town") -> None:
    namesake = SOMEBODY | {
        "number_id": 13,
        "name": "山田　花子",
        "kana": "ヤマダ　ハナコ",
        "address": "仙台市泉区将監９－１",
    }
    town.resident(NEW, **namesake)
    last_year(town, HANAKO, name="山田　花子", kana="ヤマダ　ハナコ", address="仙台市泉区将監５－５")
    with_number = town.document(address="仙台市泉区将監5-5")
    without = town.document(number_id=None, address="仙台市泉区将監5-5")
    namesakes_number = town.document(number_id=13, address="仙台市泉区将監5-5")
    of_neither = town.document(number_id=None, address="仙台市泉区将監6-6")
    other_name = town.document(name="山田　華子", address="仙台市泉区将監5-5")
    town.match()
    assert town.links() == {
        with_number: (HANAKO, "number_and_attributes"),
        without: (HANAKO, "kana_birth_address_former"),
    }
    assert {document: reason for document, (reason, _) in town.reasons().items()} == {
        namesakes_number: "several_candidates",
        of_neither: "attributes_differ",
        other_name: "several_candidates",
    }


def test_of_two_namesakes_who_both_once_lived_at_the_address_neither_links(town: "Town") -> None:
    namesake = SOMEBODY | {"number_id": 13, "name": "山田　花子", "kana": "ヤマダ　ハナコ"}
    town.resident(NEW, **(namesake | {"address": "仙台市泉区将監９－１"}))
    for who in (HANAKO, NEW):
        last_year(town, who, **(namesake | {"address": "仙台市泉区将監５－５"}))
    document = town.document(address="仙台市泉区将監5-5")
    town.match()
    assert town.reasons() == {document: ("several_candidates", [HANAKO, NEW])}


def test_who_left_the_register_before_january_is_told_so(town: "Town") -> None:
    last_year(town, NEW, number_id=13, name="李　明", kana="リ　メイ", address="仙台市泉区将監５－５")
    documents = [
        town.document(number_id=number_id, name="李　明", kana="ﾘ ﾒｲ", address="仙台市泉区将監5-5")
        for number_id in (None, 13)
    ]
    town.match()
    assert town.reasons() == {document: ("left_register", [NEW]) for document in documents}


@pytest.mark.parametrize(
    ("written", "employee_no", "linked"),
    [
        ({}, "7", True),
        ({"born_on": date(1985, 4, 2)}, "7", False),
        ({"kana": "ｽｽﾞｷ ﾊﾅｺ"}, "7", False),
        ({}, "8", False),
        ({}, "", False),
    ],
)
def test_last_years_receiver_number_links_with_birth_date_and_kana(
    town: "Town", written: dict[str, Any], employee_no: str, linked: bool
) -> None:
    earlier = town.document()
    town.match()
    wage(town, earlier, "7", fiscal_year=2025)
    document = town.document(number_id=None, **({"address": "横浜市中区本町１－１"} | written))
    wage(town, document, employee_no)
    town.match()
    assert (town.links().get(document) == (HANAKO, "payer_and_receiver")) is linked
    assert (document in town.reasons()) is not linked


def test_another_payer_with_the_same_receiver_number_links_nobody(town: "Town") -> None:
    earlier = town.document()
    town.match()
    wage(town, earlier, "7", fiscal_year=2025)
    document = town.document(number_id=None, address="横浜市中区本町１－１")
    wage(town, document, "7", payer="54321")
    town.match()
    assert town.reasons()[document] == ("attributes_differ", [HANAKO])


def test_what_nobody_matches_is_told_by_where_it_leads(town: "Town") -> None:
    leads = [
        ("仙台市青葉区国分町９丁目９番９号", "unregistered_here"),
        ("宮城県仙台市青葉区国分町１－２－３", "no_candidate"),
        ("宮城県石巻市中央１－１", "resident_elsewhere"),
        ("東京都港区三田１－１", "resident_elsewhere"),
        ("国分町９－９－９", "no_candidate"),
        ("", "no_candidate"),
    ]
    stranger: dict[str, Any] = {"name": "伊藤　次郎", "kana": "ｲﾄｳ ｼﾞﾛｳ", "born_on": date(1990, 1, 1)}
    expected = {
        town.document(**stranger, number_id=number_id, address=address): (reason, [])
        for address, reason in leads
        for number_id in (None, 99)
    }
    town.match()
    assert town.reasons() == expected


def test_the_likeliest_candidate_comes_first_with_what_agrees_and_differs(town: "Town") -> None:
    town.document(number_id=12)
    town.match()
    town.session.pin(2026, date(2026, 3, 1))
    (item,) = queue(town.session)
    assert item.candidates == [HANAKO, TARO]
    assert item.evidence == [
        "氏名・フリガナ・生年月日・住所が一致、個人番号が相違",
        "個人番号が一致、氏名・フリガナ・生年月日・住所が相違",
    ]


def test_every_document_ends_in_exactly_one_place(town: "Town") -> None:
    """All ways of writing number, kana, birth date and address, beside people of before: linked, waiting or forwarded."""
    last_year(town, HANAKO, name="鈴木　花子", kana="スズキ　ハナコ", address="仙台市泉区将監５－５")
    last_year(town, NEW, number_id=13, name="李　明", kana="リ　メイ")
    written = 0
    for number_id in (None, 11, 12, 13, 99):
        for kana in ("ﾔﾏﾀﾞﾊﾅｺ", "ｽｽﾞｷ ﾊﾅｺ", "ﾘ ﾒｲ", ""):
            for born_on in (BORN, None):
                for address in ("仙台市青葉区国分町1-2-3", "仙台市泉区将監5-5", "横浜市中区本町1-1", ""):
                    town.document(number_id=number_id, kana=kana, born_on=born_on, address=address)
                    written += 1
    town.decide(1, "forward")
    town.match()
    town.session.pin(2026, date(2026, 3, 1))
    place, register, decision, _ = invariants(town.session)
    assert place.figures["documents"] == written
    assert place.figures["forwarded"] == 1
    assert [place.ok, register.ok, decision.ok] == [True, True, True]
    assert town.match().commit_no is None
