"""The letter with the key: once a year to whoever gets the notice electronically, never to a protected address by post."""

from tests.extracts.conftest import FISCAL_YEAR, HANAKO, JIRO, TARO, Books
from tests.extracts.test_employer_notice import working

KEY = "employee-notice_key"


def test_the_key_goes_to_the_person_once_a_year_and_is_not_in_the_prepared_file(books: Books) -> None:
    books.known_as("B2", "株式会社泉", delivery="both")
    for place, taxpayer_no in enumerate((HANAKO, TARO), start=1):
        working(books, taxpayer_no, place, "A1")
    working(books, JIRO, 3, "B2")
    books.resident(HANAKO, revision=2, postcode="980-0001")
    books.resident(TARO, revision=2, postcode="980-0001", protected_address=True)
    payload = books.payload(KEY)
    (file,) = payload.files
    (row,) = books.rows(file)
    assert (row["taxpayer_no"], row["opening_key"]) == (HANAKO, HANAKO)
    assert payload.review == (
        f"宛名番号 {TARO}: 住所の保護（支援措置）の対象で、保護の後に登録された送付先がない。開封鍵のお知らせに載せていない。渡し方を職員が決める",
    )
    for notice in payload.notices:
        books.noticed(notice)
    assert books.payload(KEY).files == ()
    assert [one["notice_no"] for one in payload.notices] == [f"{FISCAL_YEAR}-39-{HANAKO}"]
