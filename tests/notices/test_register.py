"""What becomes of a notice: returned mail, sending again with later due dates, 公示送達; wards are told apart."""

from datetime import date

import pytest

from pipelines.exchange.payload import Payload
from tests.notices.conftest import CORRECTED_ON, DECIDED_ON, HANAKO, MORE, Books
from tests.notices.page import pages
from tests.notices.test_contents import words

JULY, OCTOBER = date(2026, 7, 20), date(2026, 10, 25)


def decided(books: Books, notice_no: str, verdict: str, on: date) -> None:
    no = books.session.next_no("decision", "decision_no")
    values = {"decision_kind": "notice", "subject": notice_no, "verdict": verdict, "detail": "", "reason": "返戻"}
    who = {"officer": "sato", "channel": "file", "decided_on": on, "file_no": None, "signature": f"s{no}"}
    books.append("decision", on, decision_no=no, **values, **who)


def state(books: Books, notice_no: str, as_of: date) -> tuple[object, ...]:
    books.session.pin(2026, as_of)
    row = books.session.con.execute(
        "SELECT notice_state, told_on, served_on FROM standing_notice WHERE notice_no = ?", [notice_no]
    ).fetchone()
    assert row is not None
    return row


@pytest.fixture
def first(books: Books) -> Payload:
    books.resident()
    books.assessed()
    payload = books.notices()
    books.told(payload)
    return payload


def slips(payload: Payload) -> list[tuple[int, int, str]]:
    return [(slip["period"], slip["slip_yen"], slip["due_on"]) for slip in payload.entries["payment_slip"]]


def test_a_notice_that_came_back_is_sent_again_only_when_an_officer_says_so(books: Books, first: Payload) -> None:
    notice_no = first.notices[0]["notice_no"]
    decided(books, notice_no, "returned", JULY)
    assert state(books, notice_no, JULY) == ("returned", JULY, None)
    assert state(books, notice_no, DECIDED_ON) == ("sent", None, None)
    assert books.notices(JULY).row_count == 0
    decided(books, notice_no, "resend", JULY)
    again = books.notices(JULY)
    (row,) = again.notices
    assert (row["notice_no"], row["notice_kind"]) == (f"2026-11-{HANAKO}-02", "first_notice")
    # 319条の2③: what was due in June is due at the end of the month after.
    assert [slip for slip in slips(again) if slip[0] > 0] == [
        (1, 34_200, "2026-07-31"), (2, 32_000, "2026-08-31"), (3, 32_000, "2026-11-02"), (4, 32_000, "2027-02-01"),
    ]  # fmt: skip
    assert len(again.entries["payment_slip_void"]) == len(first.entries["payment_slip"])
    text = words(books, again)
    assert "納税通知書（納期限変更告知書を兼ねる）" in text
    assert "先に送った通知書が返戻されたため、納期限を次のとおり改めます。" in text
    books.told(again)
    assert books.notices(JULY).row_count == 0


def test_a_change_that_came_back_asks_again_for_what_the_first_notice_told(books: Books, first: Payload) -> None:
    books.assessed(version=2, on=CORRECTED_ON, **MORE)
    change = books.notices(CORRECTED_ON)
    books.told(change)
    decided(books, change.notices[0]["notice_no"], "resend", OCTOBER)
    again = books.notices(OCTOBER)
    assert again.notices[0]["notice_kind"] == "change_notice"
    # June's first slip still holds. August's was made void by the notice that came back.
    assert slips(again) == [
        (1, 8_500, "2026-11-30"), (2, 32_000, "2026-08-31"), (2, 9_000, "2026-11-30"),
        (3, 32_000, "2026-11-02"), (3, 9_000, "2026-11-30"), (4, 41_000, "2027-02-01"),
    ]  # fmt: skip
    books.told(again)
    row = books.session.con.execute(
        "SELECT sum(slip_yen) FROM ledger.payment_slip ANTI JOIN ledger.payment_slip_void USING (slip_no) WHERE period > 0"
    ).fetchone()
    assert row == (165_700,)
    assert first.notices[0]["notice_no"] != again.notices[0]["notice_no"]


def test_service_by_publication_counts_when_seven_days_have_passed(books: Books, first: Payload) -> None:
    notice_no = first.notices[0]["notice_no"]
    decided(books, notice_no, "returned", JULY)
    decided(books, notice_no, "publish", date(2026, 7, 22))
    assert state(books, notice_no, OCTOBER) == ("published", date(2026, 7, 22), date(2026, 7, 29))
    assert books.notices(OCTOBER).row_count == 0


def test_version_one_of_another_ward_is_not_the_one_that_was_told(books: Books, first: Payload) -> None:
    books.assessed(on=CORRECTED_ON, ward_code="041025")
    (row,) = books.notices(CORRECTED_ON).notices
    assert (row["notice_no"], row["ward_code"], row["version"]) == (f"2026-12-{HANAKO}-02", "041025", 1)
    assert first.notices[0]["ward_code"] == "041017"
    assert len(pages(books.files(books.notices(CORRECTED_ON)))) == 2
