"""特別徴収義務者用の通知書 on paper: each employer just one notice, its people's twelve months, never an individual number."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipelines.exchange.contract import load_contract
from pipelines.exchange.payload import Payload
from pipelines.notices import CONTRACTS
from tests.notices.conftest import DECIDED_ON, FISCAL_YEAR, HANAKO, Books, opened
from tests.notices.page import Page, pages
from tests.notices.test_contents import squeezed
from tests.notices.test_layout import MARGIN, overlap

PAPER = "employer-withholding_paper"
TARO, JIRO = "000000000000102", "000000000000103"
CORRECTED_ON = date(2026, 7, 10)
MONTHS = [11_900] + [10_700] * 11
WITHHELD: dict[str, Any] = {
    "collection_method": "employment",
    "ordinary_instalments_yen": [],
    "annual_tax_yen": sum(MONTHS),
    "withholding_instalments_yen": MONTHS,
}
LESS: dict[str, Any] = WITHHELD | {
    "annual_tax_yen": 100_000,
    "withholding_instalments_yen": [11_900, 10_700] + [7_740] * 10,
}


def employs(books: Books, taxpayer_no: str, document_no: int, payer: str | None = "A1", **person: Any) -> None:
    """A resident whose tax an employer withholds; `payer`: its designated number."""
    columns = books.session.con.execute("DESCRIBE ledger.wage_report").fetchall()
    blank = {"BIGINT": 0, "INTEGER": 0, "VARCHAR": "", "BOOLEAN": False}
    report = {name: None if nullable == "YES" else blank.get(kind) for name, kind, nullable, *_ in columns}
    del report["known_on"], report["commit_no"]
    report |= {"document_no": document_no, "payer_designated_no": payer, "payer_name": "株式会社青葉製作所"}
    report |= {"payer_address": "仙台市青葉区本町１丁目１－１", "employee_no": f"{document_no:04d}"}
    books.append("wage_report", date(2026, 1, 20), **report)
    books.resident(taxpayer_no, **person)
    books.assessed(taxpayer_no, **WITHHELD, payer_designated_no=payer, payer_document_no=document_no)


def papers(books: Books, as_of: date = DECIDED_ON) -> Payload:
    pin = books.session.pin(FISCAL_YEAR, as_of)
    return CONTRACTS[PAPER](books.session, pin, books.city, FISCAL_YEAR, load_contract(PAPER), staging=books.staging)


def told(books: Books, payload: Payload, on: date = DECIDED_ON) -> None:
    with books.session.transaction(stage="test", known_on=on) as transaction:
        for row in payload.entries["employer_notice"]:
            transaction.append_row("employer_notice", **row, release_no=1)


def wishes(books: Books, payer: str, delivery: str | None) -> None:
    books.append(
        "employer",
        date(2026, 1, 5),
        designated_no=payer,
        employer_version=1,
        name="株式会社青葉製作所",
        address="仙台市青葉区本町１丁目１－１",
        instalment_exception=False,
        notice_delivery=delivery,
        valid_from=date(2026, 1, 5),
    )


def test_the_notice_names_the_employer_and_each_month_of_each_employee(books: Books) -> None:
    employs(books, HANAKO, 1)
    employs(books, TARO, 2, name="鈴木　太郎")
    payload = papers(books)
    ((file,), text) = payload.files, squeezed("".join(page.text for page in pages(books.files(payload))))
    assert (file.rows, file.yen) == (2, 2 * sum(MONTHS))
    for wanted in (
        "特別徴収税額の決定通知書（特別徴収義務者用）",
        "株式会社青葉製作所御中",
        "指定番号A1",
        "鈴木太郎",
        "開始6月129,60011,90010,70010,700",
        "納入額259,20023,80021,400",
        "翌月10日",
        "審査請求",
    ):
        assert wanted in text, wanted
    assert "987654321" not in text  # the resident's number_id
    assert "個人番号" not in text


def test_an_employer_that_is_told_electronically_gets_no_paper(books: Books) -> None:
    wishes(books, "A1", "electronic")
    wishes(books, "B2", "both")
    wishes(books, "C3", "paper")
    employs(books, HANAKO, 1, "A1")
    employs(books, TARO, 2, "B2")
    employs(books, JIRO, 3, "C3")
    assert {row["payer_no"] for row in papers(books).entries["employer_notice"]} == {"C3"}


def test_a_change_shows_both_amounts_and_from_which_month(books: Books) -> None:
    employs(books, HANAKO, 1)
    employs(books, TARO, 2)
    told(books, papers(books))
    books.assessed(HANAKO, version=2, on=CORRECTED_ON, **LESS, payer_designated_no="A1", payer_document_no=1)
    payload = papers(books, CORRECTED_ON)
    assert [
        (row["taxpayer_no"], row["line_kind"], row["from_month"]) for row in payload.entries["employer_notice"]
    ] == [
        (HANAKO, "change", 3)  # decided in July: from August on (321条の6③)
    ]
    text = squeezed("".join(page.text for page in pages(books.files(payload))))
    assert "特別徴収税額の変更通知書" in text
    assert "変更8月100,00011,90010,7007,740" in text
    assert "増減△29,60000△2,960" in text
    told(books, payload, CORRECTED_ON)
    assert papers(books, CORRECTED_ON).files == ()


def test_a_name_without_a_glyph_holds_its_employer_s_notice_and_no_other(books: Books) -> None:
    employs(books, HANAKO, 1, name="𠮷田　花子")
    employs(books, TARO, 2)
    employs(books, JIRO, 3, "B2")
    payload = papers(books)
    assert {row["payer_no"] for row in payload.entries["employer_notice"]} == {"B2"}
    assert payload.review == (
        f"指定番号 A1: 宛名番号 {HANAKO} の氏名・住所・受給者番号に印字できない文字（𠮷 U+20BB7）。"
        "この特別徴収義務者の通知書を作っていない",
    )


def copied(books: Books, times: int) -> None:
    """The employee with report 1 as so many more, in one transaction: taxpayer and report numbers from 1001."""
    with books.session.transaction(stage="test", known_on=DECIDED_ON) as transaction:
        for table, number in (
            ("wage_report", "1000 + more AS document_no"),
            ("resident", "lpad((1000 + more)::VARCHAR, 15, '0') AS taxpayer_no, '青葉　' || more || '郎' AS name"),
            ("assessment", "lpad((1000 + more)::VARCHAR, 15, '0') AS taxpayer_no, 1000 + more AS payer_document_no"),
        ):
            transaction.append(
                table,
                f"SELECT * EXCLUDE (known_on, commit_no, more) REPLACE ({number}) FROM ledger.{table}, "
                f"range(1, {times + 1}) AS copy(more)",
            )


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> list[Page]:
    """A long notice, then a short one with long names, then a change."""
    with opened(tmp_path_factory.mktemp("employers")) as books:
        employs(books, TARO, 1)
        copied(books, 39)
        long = {"name": "勘解由小路　" + "花" * 20, "address": "仙台市青葉区国分町一丁目二番　" + "グランドメゾン" * 5}
        employs(books, HANAKO, 99, "B2", **long)
        payload = papers(books)
        first = pages(books.files(payload))
        told(books, payload)
        books.assessed(TARO, version=2, on=CORRECTED_ON, **LESS, payer_designated_no="A1", payer_document_no=1)
        return first + pages(books.files(papers(books, CORRECTED_ON)))


def test_every_employer_begins_on_a_sheet_of_its_own_and_counts_its_pages(printed: list[Page]) -> None:
    feet = [squeezed(page.text) for page in printed]
    first = [number for number, text in enumerate(feet) if "御中" in text]
    assert [number % 2 for number in first[:2]] == [0, 0]
    assert "1／3頁" in feet[0]
    assert "3／3頁" in feet[2]
    assert "1／1頁" in feet[first[1]]


def test_all_text_lies_within_the_page_and_none_over_another(printed: list[Page]) -> None:
    for page in printed:
        width, height = page.size
        assert (round(width), round(height)) == (842, 595)
        outside = [
            text
            for text, (left, bottom, right, top) in page.boxes
            if left < MARGIN or bottom < MARGIN or right > width - MARGIN or top > height - MARGIN
        ]
        assert outside == []
        boxes = page.boxes
        pairs = ((one, other) for index, one in enumerate(boxes) for other in boxes[index + 1 :])
        assert [(one[0], other[0]) for one, other in pairs if overlap(one[1], other[1])] == []


def test_a_notice_stands_in_the_files_whole(books: Books, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("pipelines.notices.employer.LINES_PER_FILE", 2)
    employs(books, HANAKO, 1)
    employs(books, TARO, 2)
    employs(books, JIRO, 3, "B2")
    assert [(file.name, file.rows) for file in papers(books).files] == [
        ("employer-0001.pdf", 2),
        ("employer-0002.pdf", 1),
    ]
