"""An employer is told what to withhold from whom, month by month (地方税法321条の4); after that only when it changes."""

from datetime import date

import pytest

from pipelines.exchange.payload import Payload
from tests.extracts.conftest import FROM_WAGES, HANAKO, JIRO, TARO, Books

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


def working(books: Books, taxpayer_no: str, document_no: int, designated_no: str | None, **payer: object) -> None:
    """A resident whose tax an employer withholds."""
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
    working(books, TARO, 2, "B2", payer_address="泉区")
    first, second = (rows[0] for rows in lines(books, books.payload(NOTICE)).values())
    assert (first["payer_name"], first["payer_address"]) == ("青葉ホールディングス", "仙台市青葉区本町１－１")
    assert (second["payer_name"], second["payer_address"]) == ("株式会社青葉", "泉区")
    assert (first["annual_tax_yen"], second["annual_tax_yen"]) == ("188700", "188700")


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


def test_employers_without_a_designated_number_are_told_apart(books: Books) -> None:
    working(books, HANAKO, 1, None, payer_corporate_number="9990000000001")
    working(books, TARO, 2, None, payer_name="泉商店", payer_address="泉区")
    working(books, JIRO, 3, None, payer_name="泉商店", payer_address="太白区")
    names = [file.name for file in books.payload(NOTICE).files]
    assert names[0] == "withholding-2026-C9990000000001.csv"
    assert len(set(names)) == 3


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
    assert [row["annual_tax_yen"] for row in found["withholding-2026-B2.csv"]] == ["120000"]


def test_the_same_facts_give_the_same_payload(books: Books) -> None:
    working(books, HANAKO, 1, "A1")
    one, other = books.payload(NOTICE), books.payload(NOTICE)
    assert one.digest == other.digest
    assert (one.row_count, one.amount_yen) == (1, 188_700)
