"""Print data: a record of fixed length a notice, its figures those of the ledger, nothing cut and no character replaced."""

import csv
import hashlib
import io
from datetime import date

from pipelines.exchange.contract import load_contract
from pipelines.exchange.payload import Payload
from pipelines.notices import CONTRACTS
from pipelines.notices.print_data import print_layout
from tests.notices.conftest import CONTRACT, DECIDED_ON, FIGURES, FISCAL_YEAR, HANAKO, MORE, Books

PRINT_DATA = "taxpayer-ordinary_collection_print_data"
TARO, JIRO, SABURO = "000000000000102", "000000000000103", "000000000000104"


def made(books: Books, contract: str = PRINT_DATA, as_of: date = DECIDED_ON) -> Payload:
    pin = books.session.pin(FISCAL_YEAR, as_of)
    build = CONTRACTS[contract]
    return build(books.session, pin, books.city, FISCAL_YEAR, load_contract(contract), staging=books.staging)


def read(line: bytes) -> list[tuple[str, str]]:
    """A record cut by the layout's bytes, by name."""
    layout, at, found = print_layout(), 0, []
    for item in [*layout.items, *layout.instalments.items * layout.instalments.max]:
        found.append((item.name, line[at : at + item.bytes].decode("cp932").rstrip(" ")))
        at += item.bytes
    assert at == len(line) == layout.record_bytes
    return found


def test_either_pdf_or_data_as_the_profile_says(books: Books) -> None:
    books.resident()
    books.assessed()
    assert (made(books).row_count, made(books, CONTRACT).row_count) == (0, 1)
    books.city = books.city.model_copy(update={"notice_medium": "print_data"})
    assert (made(books).row_count, made(books, CONTRACT).row_count) == (1, 0)


def test_the_records_read_back_are_the_ledger_s_figures_in_the_order_of_the_post(books: Books) -> None:
    books.city = books.city.model_copy(update={"notice_medium": "print_data"})
    books.resident(postcode="984-0001", name="髙﨑　花子")
    books.resident(TARO, postcode="980-0001")
    books.resident(JIRO, name="𠮷田　次郎")
    books.resident(SABURO, name="花" * 41)
    for taxpayer_no in (HANAKO, TARO, JIRO, SABURO):
        books.assessed(taxpayer_no)
    payload = made(books)
    data, control = books.files(payload)
    lines = data.split(b"\r\n")
    assert lines.pop() == b""
    first, second = (read(line) for line in lines)
    assert [dict(one)["taxpayer_no"] for one in (first, second)] == [TARO, HANAKO]
    found = dict(second[: len(print_layout().items)])
    assert (found["name"], found["postcode"], found["notice_on"]) == ("髙﨑　花子", "984-0001", "20260610")
    for name in ("annual_tax_yen", "city_tax_yen", "taxable_income_yen", "deductions_yen"):
        assert int(found[name]) == FIGURES[name]
    instalments = [value for name, value in second if name == "yen"]
    assert [int(value) for value in instalments][:4] == FIGURES["ordinary_instalments_yen"]
    assert [value for name, value in second if name == "due_on"][:5] == [
        "20260630",
        "20260831",
        "20261102",
        "20270201",
        "",
    ]

    (row,) = csv.DictReader(io.StringIO(control.decode("cp932"), newline=""))
    assert (row["件数"], row["年税額の合計（円）"]) == ("2", str(2 * FIGURES["annual_tax_yen"]))
    assert (row["先頭の郵便番号"], row["末尾の郵便番号"]) == ("980-0001", "984-0001")
    assert row["SHA-256"] == hashlib.sha256(data).hexdigest()

    assert payload.review == (
        f"宛名番号 {JIRO}: 氏名に CP932 にない文字（𠮷 U+20BB7）。印刷データに載せていない",
        f"宛名番号 {SABURO}: 氏名が80バイトに入りきらない（82バイト）。印刷データに載せていない",
    )
    books.told(payload)
    assert {row["taxpayer_no"] for row in made(books).notices} == set()
    books.assessed(TARO, version=2, on=date(2026, 7, 10), **MORE)
    change = made(books, as_of=date(2026, 7, 10))
    (line,) = books.files(change)[0].splitlines()
    assert dict(read(line))["notice_kind"] == "change_notice"
    assert next(value for name, value in read(line) if name == "late_due_on") == "20260731"
