"""What follows the tax notice: 減免決定通知書, 納期限変更告知書, 納付方法の変更のお知らせ; whoever gets one can pay by what holds, and by nothing else."""

from datetime import date

import pytest

from pipelines.exchange.contract import load_contract
from pipelines.exchange.payload import Payload
from pipelines.notices import CONTRACTS
from pipelines.paths import SQL
from tests.notices.conftest import ACCOUNT, CORRECTED_ON, DECIDED_ON, FISCAL_YEAR, HANAKO, MORE, Books
from tests.notices.page import pages
from tests.notices.test_contents import squeezed
from tests.notices.test_layout import LONG, MARGIN, overlap

DUE = [date(2026, 6, 30), date(2026, 8, 31), date(2026, 11, 2), date(2027, 2, 1)]
JULY, AUGUST = date(2026, 7, 10), date(2026, 8, 5)
REDUCTION, WAY, DATES = "taxpayer-reduction_notice", "taxpayer-payment_way_notice", "taxpayer-due_date_notice"


@pytest.fixture
def sent(books: Books) -> Books:
    """Books in which the tax notice has left, with its four slips and the one for the whole year."""
    books.resident(**LONG)
    books.assessed()
    books.told(books.notices())
    return books


def letter(books: Books, contract: str, as_of: date = JULY) -> Payload:
    pin = books.session.pin(FISCAL_YEAR, as_of)
    build = CONTRACTS[contract]
    return build(books.session, pin, books.city, FISCAL_YEAR, load_contract(contract), staging=books.staging)


def said(books: Books, payload: Payload) -> str:
    """The letter, and the slips beside it, held to how every page must look."""
    found = pages(books.files(payload))
    for page in found:
        assert all(min(left, bottom) >= MARGIN for _, (left, bottom, _, _) in page.boxes)
        boxes = [box for _, box in page.boxes]
        assert not any(overlap(one, other) for place, one in enumerate(boxes) for other in boxes[:place])
        assert "\ufffd" not in page.text
    return squeezed(found[0].text)


def holding(books: Books) -> list[tuple[int, int, date]]:
    """Period, yen and due date of the slips that hold."""
    return books.session.con.execute(
        "SELECT period, slip_yen, due_on FROM ledger.payment_slip ANTI JOIN ledger.payment_slip_void USING (slip_no) ORDER BY period, due_on"
    ).fetchall()


def promised(books: Books) -> bool:
    """What `juminzei verify` says of the slips."""
    query = (SQL / "run" / "invariants" / "110_slips_hold.sql").read_text(encoding="utf-8")
    row = books.session.con.execute(query).fetchone()
    assert row is not None
    assert row[1] == 1
    return bool(row[0])


def verdict(books: Books, notice_no: str, what: str, on: date) -> None:
    books.append(
        "decision",
        on,
        decision_no=books.session.next_no("decision", "decision_no"),
        decision_kind="notice",
        subject=notice_no,
        verdict=what,
        reason="",
        detail="",
        officer="o",
        channel="file",
        decided_on=on,
        signature="",
    )


def test_a_reduction_is_told_once_and_replaces_the_slips_that_it_makes_smaller(sent: Books) -> None:
    sent.reduced([0, 31_700, 31_700, 31_700])
    payload = letter(sent, REDUCTION)
    text = said(sent, payload)
    for expected in (
        "減免決定通知書",
        "R08-12",
        "公私の扶助",
        "第2期から、全額",
        "△95,100",
        "35,100",
        "第2期・第3期・第4期のものは使えません",
    ):
        assert expected in text or expected.replace("第2期・", "全期前納・第2期・") in text, expected
    sent.told(payload)
    assert holding(sent) == [(1, 34_200, DUE[0]), (2, 300, DUE[1]), (3, 300, DUE[2]), (4, 300, DUE[3])]
    assert promised(sent)
    assert letter(sent, REDUCTION).row_count == 0
    assert letter(sent, WAY).row_count == 0
    # Taken back: the slips over the full amounts come again.
    sent.reduced([0, 0, 0, 0], version=2, on=AUGUST)
    again = letter(sent, REDUCTION, AUGUST)
    sent.told(again)
    assert [yen for _, yen, _ in holding(sent)] == [34_200, 32_000, 32_000, 32_000]
    assert promised(sent)


def test_a_tax_notice_that_is_due_goes_first_with_the_reduced_instalments(sent: Books) -> None:
    sent.assessed(version=2, on=CORRECTED_ON, **MORE)
    sent.reduced([0, 20_000, 20_000, 20_000], on=CORRECTED_ON, assessment_version=2)
    assert letter(sent, REDUCTION).row_count == 0
    change = sent.notices(CORRECTED_ON)
    text = said(sent, change)
    assert "減免後の普通徴収税額" in text
    assert "△60,000" in text
    assert "105,700" in text
    sent.told(change)
    assert [yen for _, yen, _ in holding(sent)] == [34_200, 8_500, 21_000, 21_000, 21_000]
    assert promised(sent)
    decision = letter(sent, REDUCTION)
    assert (decision.row_count, decision.entries["payment_slip"]) == (1, [])
    sent.told(decision)
    assert letter(sent, REDUCTION).row_count == 0


def test_a_reduction_notice_that_came_back_is_told_again_with_slips_anew(sent: Books) -> None:
    sent.reduced([0, 31_700, 31_700, 31_700])
    first = letter(sent, REDUCTION)
    sent.told(first)
    verdict(sent, first.notices[0]["notice_no"], "resend", AUGUST)
    second = letter(sent, REDUCTION, AUGUST)
    assert second.notices[0]["notice_no"].endswith("-02")
    sent.told(second)
    assert [(period, yen) for period, yen, _ in holding(sent)] == [(1, 34_200), (2, 300), (3, 300), (4, 300)]


def test_who_pays_by_account_transfer_gets_no_slips_and_reads_from_which_account(books: Books) -> None:
    books.resident()
    books.assessed()
    books.append("account_transfer", DECIDED_ON, **ACCOUNT, record_no=1)
    payload = books.notices()
    text = said(books, payload)
    assert "第2期・第3期・第4期の分は、口座振替により" in text
    assert "見本銀行本店営業部普通***1234" in text
    assert "同封の納付書（第1期）" in text
    books.told(payload)
    assert [period for period, _, _ in holding(books)] == [1]
    assert promised(books)
    assert letter(books, WAY).row_count == 0


def test_the_way_of_payment_changes_between_notices_both_ways(sent: Books) -> None:
    sent.append("account_transfer", JULY, **ACCOUNT, record_no=1)
    begun = letter(sent, WAY)
    assert "第2期・第3期・第4期のものは使えません" in said(sent, begun).replace("全期前納・", "")
    sent.told(begun)
    assert [period for period, _, _ in holding(sent)] == [1]
    assert promised(sent)
    assert letter(sent, WAY).row_count == 0
    sent.append("account_transfer", AUGUST, **ACCOUNT | {"to_on": date(2026, 9, 30)}, record_no=2)
    ended = letter(sent, WAY, AUGUST)
    assert "同封の納付書（第3期・第4期）" in said(sent, ended)
    sent.told(ended)
    assert holding(sent) == [(1, 34_200, DUE[0]), (3, 32_000, DUE[2]), (4, 32_000, DUE[3])]
    assert promised(sent)


def test_a_correction_is_debited_too_but_for_what_it_adds_to_an_instalment_that_was_due_by_slip(sent: Books) -> None:
    sent.append("account_transfer", JULY, **ACCOUNT, record_no=1)
    sent.told(letter(sent, WAY))
    sent.assessed(version=2, on=CORRECTED_ON, **MORE)
    change = sent.notices(CORRECTED_ON)
    assert change.entries["payment_slip_void"] == []
    sent.told(change)
    assert holding(sent) == [(1, 34_200, DUE[0]), (1, 8_500, date(2026, 7, 31))]
    assert promised(sent)
    assert letter(sent, WAY, CORRECTED_ON).row_count == 0


@pytest.mark.parametrize("what", ["served", "publish"])
def test_what_was_due_before_the_notice_was_served_gets_a_new_date_and_a_new_slip(sent: Books, what: str) -> None:
    number = sent.session.con.execute("SELECT notice_no FROM ledger.notice").fetchall()[0][0]
    verdict(sent, number, "returned", date(2026, 6, 20))
    assert letter(sent, DATES, AUGUST).row_count == 0
    verdict(sent, number, what, date(2026, 7, 20))
    payload = letter(sent, DATES, AUGUST)
    text = said(sent, payload)
    assert "納期限変更告知書" in text
    assert "令和8年8月31日" in text
    assert ("公示送達" in text) == (what == "publish")
    sent.told(payload)
    assert holding(sent) == [(1, 34_200, DUE[1]), (2, 32_000, DUE[1]), (3, 32_000, DUE[2]), (4, 32_000, DUE[3])]
    assert promised(sent)
    assert payload.entries["due_date_change"][0] | {"notice_no": ""} == {
        "notice_no": "",
        "fiscal_year": FISCAL_YEAR,
        "taxpayer_no": HANAKO,
        "ward_code": "041017",
        "period": 1,
        "late_notice_no": number,
        "earlier_due_on": "2026-06-30",
        "due_on": "2026-08-31",
    }
    assert letter(sent, DATES, AUGUST).row_count == 0


def test_of_two_letters_the_one_of_the_dates_goes_first(sent: Books) -> None:
    number = sent.session.con.execute("SELECT notice_no FROM ledger.notice").fetchall()[0][0]
    verdict(sent, number, "served", date(2026, 7, 20))
    sent.reduced([0, 31_700, 31_700, 31_700])
    sent.append("account_transfer", JULY, **ACCOUNT, record_no=1)
    assert [letter(sent, kind, AUGUST).row_count for kind in (DATES, REDUCTION, WAY)] == [1, 0, 0]
    sent.told(letter(sent, DATES, AUGUST))
    assert [letter(sent, kind, AUGUST).row_count for kind in (DATES, REDUCTION, WAY)] == [0, 1, 0]
    sent.told(letter(sent, REDUCTION, AUGUST))
    # The reduction's letter told of the account as well.
    assert letter(sent, WAY, AUGUST).row_count == 0
    assert holding(sent) == []
    assert promised(sent)


def test_a_bank_whose_name_cannot_be_printed_goes_to_review(sent: Books) -> None:
    sent.append("account_transfer", JULY, **ACCOUNT | {"bank_name": "𠮷野銀行"}, record_no=1)
    payload = letter(sent, WAY)
    assert payload.row_count == 0
    assert payload.review == (f"宛名番号 {HANAKO}: 金融機関の名に印字できない文字（𠮷 U+20BB7）。通知書を作っていない",)
