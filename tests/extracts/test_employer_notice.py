"""An employer that wished so is told electronically what to withhold from whom, month by month (地方税法321条の4⑦); after that what
changes (321条の6)."""

from datetime import date

import pytest

from pipelines.errors import ConfigurationError
from pipelines.exchange.payload import Payload
from tests.extracts.conftest import BY_BILL, FROM_WAGES, HANAKO, JIRO, TARO, Books

NOTICE = "employer-withholding_notice"
MONTHS = [
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "january",
    "february",
    "march",
    "april",
    "may",
]
CORRECTED_ON = date(2026, 6, 10)


def working(books: Books, taxpayer_no: str, document_no: int, designated_no: str, **payer: object) -> None:
    """A resident whose tax an employer withholds that gets its notices electronically."""
    if not books.session.con.execute("FROM ledger.employer WHERE designated_no = ?", [designated_no]).fetchall():
        books.known_as(designated_no, "株式会社青葉")
    books.resident(taxpayer_no)
    books.employed(document_no, payer_designated_no=designated_no, **payer)
    books.assessed(taxpayer_no, **FROM_WAGES, payer_designated_no=designated_no, payer_document_no=document_no)


def lines(books: Books, payload: Payload) -> dict[str, list[dict[str, str]]]:
    return {file.name: books.rows(file) for file in payload.files}


def test_twelve_months_from_june_add_up_to_the_year(books: Books) -> None:
    working(books, HANAKO, 1, "A1")
    ((line,),) = lines(books, books.payload(NOTICE)).values()
    months = [int(line[f"{month}_yen"]) for month in MONTHS]
    assert months == [16_000] + [15_700] * 11
    assert sum(months) == int(line["annual_tax_yen"]) == 188_700
    assert (line["payer_designated_no"], line["payer_name"], line["employee_no"]) == ("A1", "株式会社青葉", "0001")
    assert (line["taxpayer_no"], line["name"]) == (HANAKO, "山田　花子")


def test_an_employer_is_named_as_its_master_had_it_when_the_tax_was_decided(books: Books) -> None:
    books.known_as("A1", "青葉株式会社")
    books.known_as("A1", "青葉ホールディングス", version=2)
    working(books, HANAKO, 1, "A1")
    ((line,),) = lines(books, books.payload(NOTICE)).values()
    assert (line["payer_name"], line["payer_address"]) == ("青葉ホールディングス", "仙台市青葉区本町１－１")
    assert line["annual_tax_yen"] == "188700"


def test_another_name_of_the_employer_alone_sends_no_notice_again(books: Books) -> None:
    books.known_as("A1", "青葉株式会社")
    working(books, HANAKO, 1, "A1")
    books.sent(books.payload(NOTICE))
    books.known_as("A1", "青葉ホールディングス", version=2, on=CORRECTED_ON)
    assert books.payload(NOTICE, CORRECTED_ON).files == ()


def test_each_employer_gets_a_file_with_its_own_people(books: Books) -> None:
    working(books, HANAKO, 1, "A1")
    working(books, TARO, 2, "B2")
    working(books, JIRO, 3, "A1")
    found = lines(books, books.payload(NOTICE))
    assert {name: [row["taxpayer_no"] for row in rows] for name, rows in found.items()} == {
        "withholding-2026-A1.csv": [HANAKO, JIRO],
        "withholding-2026-B2.csv": [TARO],
    }


@pytest.mark.parametrize("delivery", ["paper", None])
def test_an_employer_that_did_not_wish_for_it_gets_nothing_electronically(books: Books, delivery: str) -> None:
    books.known_as("A1", "株式会社青葉", delivery=delivery)
    working(books, HANAKO, 1, "A1")
    assert books.payload(NOTICE).files == ()


def test_both_ways_wished_for_is_electronic_because_a_notice_is_served_once(books: Books) -> None:
    books.known_as("A1", "株式会社青葉", delivery="both")
    working(books, HANAKO, 1, "A1")
    assert len(books.payload(NOTICE).files) == 1


def test_before_it_leaves_the_file_names_the_person_in_the_number_s_place(books: Books) -> None:
    working(books, HANAKO, 1, "A1")
    working(books, TARO, 2, "A1")
    books.resident(HANAKO, revision=2, number_id=987_654_321)
    payload = books.payload(NOTICE)
    ((hanako, taro),) = lines(books, payload).values()
    assert (hanako["individual_number"], taro["individual_number"]) == (HANAKO, "")
    assert payload.number_ids == {HANAKO: 987_654_321}


def test_a_profile_that_keeps_numbers_from_this_stage_stops_the_electronic_notice(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    security = books.city.security.model_copy(update={"stages_that_see_numbers": ("intake", "matching")})
    books.city = books.city.model_copy(update={"security": security})
    with pytest.raises(ConfigurationError, match="提供の工程は個人番号を扱えません"):
        books.payload(NOTICE)


def test_who_leaves_for_another_employer_ends_with_the_one_and_starts_with_the_other(books: Books) -> None:
    working(books, HANAKO, 1, "A1")
    books.sent(books.payload(NOTICE))
    books.known_as("B2", "株式会社泉")
    books.employed(2, payer_designated_no="B2")
    books.assessed(HANAKO, version=2, on=CORRECTED_ON, **FROM_WAGES, payer_designated_no="B2", payer_document_no=2)
    first, second = (rows[0] for rows in lines(books, books.payload(NOTICE, CORRECTED_ON)).values())
    # Decided on 10 June: June is still the former employer's, July begins with the new one.
    assert (first["notice_kind"], first["line_kind"], first["from_month"]) == ("change", "end", "7")
    assert (first["june_yen"], first["july_yen"], first["withheld_yen"]) == ("16000", "0", "16000")
    assert first["earlier_withheld_yen"] == "188700"
    assert (second["notice_kind"], second["line_kind"], second["from_month"]) == ("first", "start", "7")
    assert (second["june_yen"], second["july_yen"], second["withheld_yen"]) == ("0", "15700", "172700")


def test_who_is_billed_from_now_on_ends_with_the_employer_and_only_once(books: Books) -> None:
    working(books, HANAKO, 1, "A1")
    books.sent(books.payload(NOTICE))
    books.assessed(HANAKO, version=2, on=CORRECTED_ON, **BY_BILL)
    payload = books.payload(NOTICE, CORRECTED_ON)
    ((line,),) = lines(books, payload).values()
    assert (line["line_kind"], line["withheld_yen"]) == ("end", "16000")
    books.sent(payload, 2, CORRECTED_ON)
    assert books.payload(NOTICE, CORRECTED_ON).files == ()


@pytest.mark.parametrize("written", ["../../A1", "A/1", "A 1", "."])
def test_what_a_payer_wrote_as_its_number_cannot_lead_out_of_the_folder(books: Books, written: str) -> None:
    working(books, HANAKO, 1, written)
    (file,) = books.payload(NOTICE).files
    assert file.path.parent == books.folder
    assert file.name.removeprefix("withholding-2026-").removesuffix(".csv").isalnum()
    assert books.rows(file)[0]["payer_designated_no"] == written


def test_who_is_billed_is_in_no_employer_s_file(books: Books) -> None:
    books.resident()
    books.assessed()
    assert books.payload(NOTICE).files == ()


def test_the_address_of_a_protected_person_does_not_leave(books: Books) -> None:
    working(books, HANAKO, 1, "A1")
    books.resident(HANAKO, revision=2, protected_address=True)
    ((line,),) = lines(books, books.payload(NOTICE)).values()
    assert (line["name"], line["address"]) == ("山田　花子", "")


def test_after_the_first_release_only_employers_whose_people_changed_are_told(books: Books) -> None:
    working(books, HANAKO, 1, "A1")
    working(books, TARO, 2, "B2")
    books.sent(books.payload(NOTICE))
    assert books.payload(NOTICE).files == ()
    less = FROM_WAGES | {"annual_tax_yen": 120_000, "withholding_instalments_yen": [10_000] * 12}
    books.assessed(TARO, version=2, on=CORRECTED_ON, **less, payer_designated_no="B2", payer_document_no=2)
    found = lines(books, books.payload(NOTICE, CORRECTED_ON))
    assert [*found] == ["withholding-2026-B2.csv"]
    ((row,),) = found.values()
    assert (row["notice_kind"], row["line_kind"], row["annual_tax_yen"]) == ("change", "change", "120000")
    assert row["earlier_withheld_yen"] == "188700"


def test_the_same_facts_give_the_same_payload(books: Books) -> None:
    working(books, HANAKO, 1, "A1")
    one, other = books.payload(NOTICE), books.payload(NOTICE)
    assert one.digest == other.digest
    assert (one.row_count, one.amount_yen) == (1, 188_700)
