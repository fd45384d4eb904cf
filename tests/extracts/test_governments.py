"""統合宛名番号, 情報照会 and the notice of 317条: who is asked for or told of, once, in the form that the contract says."""

from datetime import date

import pytest

from pipelines.city import City
from pipelines.errors import ConfigurationError
from pipelines.exchange.contract import load_contract
from pipelines.extracts.network_inquiry import LAYOUT
from pipelines.yaml_file import load_yaml
from tests.extracts.conftest import BY_BILL, DECIDED_ON, HANAKO, JIRO, NOTHING_OWED, TARO, Books

REQUEST, INQUIRY, REPORT = "unified_system-number_request", "intermediate_server-inquiry", "tax_office-own_computation"
JUNE, JULY, AUGUST = date(2026, 6, 1), date(2026, 7, 1), date(2026, 8, 1)
NUMBER = f"{900_001:015d}"


def test_who_has_no_number_is_asked_for_once_and_again_when_it_is_taken_back(books: Books) -> None:
    books.resident(HANAKO, number_id=11)
    books.resident(TARO, protected_address=True)
    books.resident(JIRO)
    books.numbered(JIRO, NUMBER)
    payload = books.payload(REQUEST)
    (file,) = payload.files
    rows = books.rows(file)
    # The prepared file names the person where the individual number will stand; who has none stays empty.
    assert [(row["taxpayer_no"], row["individual_number"]) for row in rows] == [(HANAKO, HANAKO), (TARO, "")]
    assert [row["address"] == "" for row in rows] == [False, True]
    assert payload.number_ids == {HANAKO: 11}
    for row in payload.entries["unified_number_request"]:
        books._append("unified_number_request", DECIDED_ON, row | {"release_no": 1})
    assert books.payload(REQUEST).files == ()
    books.numbered(HANAKO, f"{900_002:015d}", on=JUNE)
    books.numbered(HANAKO, f"{900_002:015d}", on=JULY, kind="cancellation")
    assert books.payload(REQUEST, JUNE).files == ()
    (file,) = books.payload(REQUEST, JULY).files
    assert [row["taxpayer_no"] for row in books.rows(file)] == [HANAKO]


def test_a_profile_that_keeps_numbers_from_this_stage_stops_the_request(books: Books, sendai: City) -> None:
    books.resident(HANAKO)
    hidden = sendai.security.model_copy(update={"stages_that_see_numbers": ("intake",)})
    books.city = sendai.model_copy(update={"security": hidden})
    with pytest.raises(ConfigurationError, match="提供の工程は個人番号を扱えません"):
        books.payload(REQUEST)


def test_an_inquiry_is_a_line_of_18_items_in_their_published_widths_and_leaves_once(books: Books) -> None:
    books.numbered(HANAKO, NUMBER)
    first = books.decided("inquiry", f"2026:{HANAKO}", "ask", on=JUNE, detail="011002")
    books.decided("inquiry", f"2026:{TARO}", "ask", on=JUNE, detail="231002")
    books.decided("inquiry", f"2025:{HANAKO}", "ask", on=JUNE, detail="011002")
    payload = books.payload(INQUIRY, JUNE)
    (file,) = payload.files
    assert file.name == "P640R110_20260601000000.DAT"
    line = books.content(file).decode("cp932")
    assert line == (
        f"01,{HANAKO},{NUMBER},20260601000000000,{'':20},,0220104100900000,1,JM01000000048000,JT01010000000214,,,"
        "0220101100200000,TM00000000000002,0,0,,\r\n"
    )
    widths = [item["width"] for item in load_yaml(LAYOUT)["items"]]
    assert [len(item) for item in line.rstrip("\r\n").split(",")] == [
        0 if place in (6, 11, 12, 17, 18) else width for place, width in enumerate(widths, start=1)
    ]
    assert payload.review == (f"宛名番号 {TARO}: 統合宛名番号がないので、照会（決定番号 2）を出せない",)
    assert payload.entries == {"network_inquiry": [{"decision_no": first, "fiscal_year": 2026, "taxpayer_no": HANAKO}]}
    books._append("network_inquiry", JUNE, payload.entries["network_inquiry"][0] | {"release_no": 1})
    assert books.payload(INQUIRY, JUNE).files == ()


def test_what_an_officer_withdraws_is_not_asked_and_a_later_inquiry_is(books: Books) -> None:
    books.numbered(HANAKO, NUMBER)
    for verdict, on, to in (("ask", JUNE, "011002"), ("withdraw", JULY, ""), ("ask", AUGUST, "231002")):
        books.decided("inquiry", f"2026:{HANAKO}", verdict, on=on, detail=to)
    assert books.payload(INQUIRY, JULY).files == ()
    (file,) = books.payload(INQUIRY, AUGUST).files
    assert books.content(file).decode().count("0220123100200000") == 1
    assert b"0220101100200000" not in books.content(file)


def test_the_tax_office_hears_what_income_a_levy_rests_on_that_the_return_did_not_tell(books: Books) -> None:
    for taxpayer_no in (HANAKO, TARO, JIRO):
        books.resident(taxpayer_no, protected_address=taxpayer_no == TARO)
    decision_no = books.decided("supplement", f"2026:{HANAKO}:business_yen", "add", on=DECIDED_ON)
    books.session.con.execute(
        "CREATE TEMP TABLE raised_income AS SELECT * FROM (VALUES "
        + ", ".join(f"('{one}', 7, 'final', 1000000, 'business_yen', 500000, 900000, {decision_no})"
                    for one in (HANAKO, TARO, JIRO))
        + ") AS raised (taxpayer_no, document_no, return_kind, declared_total_income_yen, item, declared_yen, found_yen, decision_no)"
    )  # fmt: skip
    books.assessed(HANAKO, on=date(2026, 5, 1))  # decided before the officer found it: not levied on it yet
    books.assessed(TARO, **BY_BILL, gross_income_yen=1_400_000, forestry_income_yen=20_000, annual_tax_yen=50_000)
    books.assessed(JIRO, **NOTHING_OWED, **BY_BILL)
    (file,) = books.payload(REPORT).files
    (row,) = books.rows(file)
    assert (row["taxpayer_no"], row["address"], row["return_kind"]) == (TARO, "", "final")
    assert (row["declared_total_income_yen"], row["gross_income_yen"], row["forestry_income_yen"]) == (
        "1000000",
        "1400000",
        "20000",
    )
    assert load_contract(REPORT).encryption == "tax-office"
