"""Who gets a notice and when: each version once, nobody who must be protected or cannot be printed, the same bytes again."""

from datetime import date
from typing import Any

import pytest

from pipelines.city import City
from pipelines.errors import ConfigurationError
from pipelines.exchange.contract import load_contract
from pipelines.notices.glyphs import unprintable
from pipelines.notices.ordinary_collection import build_notices, notice_date
from pipelines.notices.wording import load_wording
from tests.notices.conftest import CONTRACT, CORRECTED_ON, DECIDED_ON, HANAKO, MORE, Books
from tests.notices.page import pages

TARO = "000000000000102"


def test_the_same_facts_give_the_same_bytes(books: Books) -> None:
    books.resident()
    books.assessed()
    one = books.notices()
    content = books.files(one)
    other = books.notices()
    assert books.files(other) == content
    assert other.digest == one.digest


def test_the_register_names_what_was_printed(books: Books) -> None:
    books.resident()
    books.assessed()
    payload = books.notices()
    assert payload.notices == (
        {
            "notice_no": f"2026-11-{HANAKO}-01",
            "notice_kind": "first_notice",
            "fiscal_year": 2026,
            "taxpayer_no": HANAKO,
            "ward_code": "041017",
            "version": 1,
            "amount_yen": 130_200,
        },
    )
    assert [(file.name, file.rows, file.yen) for file in payload.files] == [
        ("notice-0001.pdf", 1, 130_200),
        ("payment_slip-0001.pdf", 0, 0),
    ]


def test_a_second_release_contains_only_new_versions(books: Books) -> None:
    for taxpayer_no in (HANAKO, TARO):
        books.resident(taxpayer_no)
        books.assessed(taxpayer_no)
    books.told(books.notices())
    assert books.notices().row_count == 0
    books.assessed(TARO, version=2, on=CORRECTED_ON, **MORE)
    payload = books.notices(CORRECTED_ON)
    assert [(row["notice_no"], row["notice_kind"], row["amount_yen"]) for row in payload.notices] == [
        (f"2026-12-{TARO}-02", "change_notice", 165_700)
    ]


def test_a_version_whose_forerunner_nobody_was_told_of_is_a_first_notice(books: Books) -> None:
    books.resident()
    books.assessed()
    books.assessed(version=2, on=CORRECTED_ON, **MORE)
    (row,) = books.notices(CORRECTED_ON).notices
    assert (row["notice_kind"], row["version"], row["amount_yen"]) == ("first_notice", 2, 165_700)


def test_what_is_decided_later_is_not_in_a_pinned_release(books: Books) -> None:
    books.resident()
    books.assessed()
    books.assessed(version=2, on=CORRECTED_ON, **MORE)
    (row,) = books.notices(DECIDED_ON).notices
    assert row["version"] == 1


@pytest.mark.parametrize(
    "figures",
    [
        {"collection_method": "employment", "ordinary_instalments_yen": []},
        {"annual_tax_yen": 0, "ordinary_instalments_yen": [0, 0, 0, 0]},
    ],
    ids=["withheld by the employer", "no tax"],
)
def test_who_owes_nothing_by_bill_gets_no_bill(books: Books, figures: dict[str, Any]) -> None:
    books.resident()
    books.assessed(**figures)
    payload = books.notices()
    assert (payload.row_count, payload.files, payload.review) == (0, (), ())


def test_a_protected_address_is_never_printed(books: Books) -> None:
    books.resident()
    books.resident(revision=2, protected_address=True)
    books.assessed()
    payload = books.notices()
    assert payload.row_count == 0
    assert payload.review == (
        f"宛名番号 {HANAKO}: 住所の保護（支援措置）の対象で、保護の後に登録された送付先がない。通知書を作っていない。"
        "送付先を確かめて登録するか、渡し方を職員が決める",
    )


def test_a_name_with_a_character_that_the_font_lacks_waits_for_a_person(books: Books) -> None:
    books.resident(name="𠮷田　花子")
    books.resident(TARO, name="山田　太郎")
    books.assessed()
    books.assessed(TARO)
    payload = books.notices()
    assert [row["taxpayer_no"] for row in payload.notices] == [TARO]
    assert payload.review == (f"宛名番号 {HANAKO}: 氏名に印字できない文字（U+20BB7）。通知書を作っていない",)


def test_a_resident_without_an_address_waits_for_a_person(books: Books) -> None:
    books.resident(address="　")
    books.assessed()
    assert books.notices().review == (f"宛名番号 {HANAKO}: 住所が空。通知書を作っていない",)


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("山田　花子", []),
        ("髙﨑", []),
        ("𠮷田𠮷", ["U+20BB7"]),
        ("辻\U000e0102", ["U+8FBB U+E0102"]),  # would come out as another shape of 辻
        ("山田\t", ["U+0009"]),
    ],
)
def test_a_character_is_printable_only_in_its_own_shape(text: str, missing: list[str]) -> None:
    assert unprintable(text) == missing


def test_a_file_holds_at_most_the_fixed_number_of_notices(books: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.notices.ordinary_collection.NOTICES_PER_FILE", 2)
    for number in range(3):
        books.resident(f"{201 + number:015d}")
        books.assessed(f"{201 + number:015d}")
    payload = books.notices()
    assert [(file.name, file.rows, file.yen) for file in payload.files] == [
        ("notice-0001.pdf", 2, 260_400),
        ("payment_slip-0001.pdf", 0, 0),
        ("notice-0002.pdf", 1, 130_200),
        ("payment_slip-0002.pdf", 0, 0),
    ]
    # A notice is one sheet of two pages; its five slips are two sheets.
    assert len(pages(books.files(payload))) == 12


def test_notices_lie_in_the_order_of_the_post_office(books: Books) -> None:
    books.resident(postcode="984-0001")
    books.resident(TARO, postcode="980-0001")
    books.assessed()
    books.assessed(TARO)
    assert [row["taxpayer_no"] for row in books.notices().notices] == [TARO, HANAKO]


def test_no_notice_is_dated_back(sendai: City) -> None:
    assert notice_date(sendai, 2026, date(2026, 5, 28)) == date(2026, 6, 10)
    assert notice_date(sendai, 2026, date(2026, 7, 10)) == date(2026, 7, 10)


def test_a_fiscal_year_whose_rates_nobody_looked_up_gets_no_notice(books: Books) -> None:
    pin = books.session.pin(2031, date(2031, 5, 28))
    with pytest.raises(ConfigurationError, match="2031年度の税率"):
        build_notices(books.session, pin, books.city, 2031, load_contract(CONTRACT), staging=books.staging)


def test_a_municipality_without_its_ordinance_s_name_prints_nothing() -> None:
    with pytest.raises(ConfigurationError, match="条例名と納付場所がありません"):
        load_wording("011002")
