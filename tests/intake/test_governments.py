"""What other municipalities, 中間サーバー and the 統合宛名 system tell: kept as told, history and all; what is wrong is stopped by its rule."""

import re
from collections.abc import Callable
from datetime import date

import pytest

from pipelines import intake
from pipelines.layout import Layout
from pipelines.paths import SQL
from tests.intake.kit import Office, number, with_wrong_check_digit
from tests.intake.kit_governments import (
    ANSWER,
    DIRECTORY,
    INQUIRY,
    NAGOYA,
    NETWORK_ANSWER,
    SAPPORO,
    TAXED_ELSEWHERE,
    UNIFIED,
    answer,
    asked,
    inquiry,
    municipality,
    network_answer,
    taxed_elsewhere,
    unified,
)
from tests.intake.test_agreement import both

LATER, LAST = date(2026, 2, 10), date(2026, 3, 10)
# For each rule a record that breaks it.
BREAKING: dict[str, dict[str, dict[str, str]]] = {
    "municipality_directory": {
        "required": {"address": ""},
        "form": {"postcode": "０６０－８６１１"},
        "unknown_code": {"submission_kind": "5"},
        "length": {"office_name": "課" * 41},
        "number_in_text": {"address": number(78)},
        "impossible_day": {"from_on": "2025-02-30"},
        "municipality_code": {"municipality_code": "011003"},
        "postcode_form": {"postcode": "0608611"},
        "withdraws_nothing": {"submission_kind": "9", "municipality_code": NAGOYA},
    },
    "unified_number": {
        "required": {"unified_no": ""},
        "form": {"unified_no": "A" * 15},
        "unknown_code": {"submission_kind": "5"},
        "length": {"unified_no": "1" * 16},
        "number_in_text": {"assigned_on": number(78)},
        "impossible_day": {"assigned_on": "2026-02-30"},
        "taxpayer_no_form": {"taxpayer_no": "12"},
        "unified_no_form": {"unified_no": "12"},
        "number_of_two": {"unified_no": f"{900_205:015d}"},
        "withdraws_nothing": {"submission_kind": "9"},
    },
    "network_answer": {
        "required": {"sender_municipality": ""},
        "form": {"total_income_yen": "A"},
        "unknown_code": {"answer_kind": "5"},
        "length": {"total_income_yen": "1" * 11},
        "number_in_text": {"answered_on": number(78)},
        "impossible_day": {"answered_on": "2026-02-30"},
        "taxpayer_no_form": {"taxpayer_no": "12"},
        "fiscal_year": {"fiscal_year": "2025"},
        "municipality_code": {"sender_municipality": "011003"},
        "never_asked": {"taxpayer_no": f"{50:015d}"},
        "amount_out_of_range": {"total_income_yen": "5000000001"},
    },
    "relative_inquiry": {
        "required": {"name": ""},
        "form": {"kana": "ミホン　タロウ"},
        "unknown_code": {"claimed_as": "9"},
        "length": {"claimant_name": "長" * 61},
        "number_in_text": {"address": number(78)},
        "impossible_day": {"born_on": "1985-02-30"},
        "another_city": {"city_code": "131032"},
        "fiscal_year": {"fiscal_year": "2025"},
        "municipality_code": {"sender_municipality": "011003"},
        "sent_by_itself": {"sender_municipality": "041009"},
        "withdraws_nothing": {"submission_kind": "9", "reference_no": "unknown"},
    },
    "relative_inquiry_answer": {
        "required": {"answered_on": ""},
        "form": {"notice_no": "２０２６"},
        "unknown_code": {"claimed": "9"},
        "length": {"total_income_yen": "1" * 11},
        "number_in_text": {"notice_no": number(78)},
        "impossible_day": {"answered_on": "2026-02-30"},
        "fiscal_year": {"fiscal_year": "2025"},
        "municipality_code": {"sender_municipality": "011003"},
        "never_asked": {"notice_no": "2026-44-000000000000001-7-dependant-2"},
        "nothing_told": {"total_income_yen": "", "claimed": ""},
        "amount_out_of_range": {"total_income_yen": "5000000001"},
    },
    "taxed_elsewhere_notice": {
        "required": {"name": ""},
        "form": {"kana": "ミホン　タロウ"},
        "unknown_code": {"submission_kind": "5"},
        "length": {"address_there": "長" * 121},
        "number_in_text": {"address": number(78)},
        "check_digit": {"individual_number": with_wrong_check_digit(number(77))},
        "number_form": {"individual_number": "12-34"},
        "impossible_day": {"lives_there_since_on": "2025-02-30"},
        "another_city": {"city_code": "131032"},
        "fiscal_year": {"fiscal_year": "2025"},
        "municipality_code": {"sender_municipality": "011003"},
        "sent_by_itself": {"sender_municipality": "041017"},
        "withdraws_nothing": {"submission_kind": "9", "reference_no": "unknown"},
    },
}
SOURCES: dict[str, tuple[Layout, Callable[..., str]]] = {
    "municipality_directory": (DIRECTORY, municipality),
    "unified_number": (UNIFIED, unified),
    "network_answer": (NETWORK_ANSWER, network_answer),
    "relative_inquiry": (INQUIRY, inquiry),
    "relative_inquiry_answer": (ANSWER, answer),
    "taxed_elsewhere_notice": (TAXED_ELSEWHERE, taxed_elsewhere),
}


@pytest.mark.parametrize("source", SOURCES)
def test_every_rule_stops_the_record_that_breaks_it(office: Office, source: str) -> None:
    layout, line = SOURCES[source]
    breaking = BREAKING[source]
    asked(office)
    lines = [line(100), *(line(200 + place, **changes) for place, changes in enumerate(breaking.values()))]
    in_sql, in_gx = both(office, office.put("all.csv", *lines, layout=layout))
    assert in_sql == in_gx
    assert set(in_sql) == set(breaking), "every rule has a record that breaks it"
    assert all(1 not in records for records in in_sql.values()), "the first record breaks no rule"
    missed = [rule for place, rule in enumerate(breaking, start=2) if place not in in_sql[rule]]
    assert missed == []


@pytest.mark.parametrize("source", SOURCES)
def test_every_item_is_loaded_or_judged(source: str) -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in sorted((SQL / "intake" / source).glob("*.sql")))
    for item in SOURCES[source][0].items:
        shown = "number_id" if item.number else item.name.removesuffix("_on")
        assert re.search(rf"\b{shown}", text), item.name


def test_a_number_is_kept_with_its_history_and_the_newest_counts(office: Office) -> None:
    office.put("a.csv", unified(1), unified(2), layout=UNIFIED)
    merged = unified(1, unified_no=f"{900_009:015d}", assigned_on="2026-02-05")
    office.put("b.csv", merged, unified(2), unified(2, submission_kind="9"), layout=UNIFIED, received_on=LATER)
    # The number that person 1 gave up may be another's now.
    office.put("c.csv", unified(3, unified_no=f"{900_001:015d}"), layout=UNIFIED, received_on=LAST)
    assert intake.run(office.ctx).problems == []
    assert office.messages() == []
    assert office.rows(
        "SELECT taxpayer_no[-1:], unified_no[-2:], submission_kind FROM unified_number ORDER BY file_no, record_no"
    ) == [("1", "01", "new"), ("2", "02", "new"), ("1", "09", "new"), ("2", "02", "cancellation"), ("3", "01", "new")]
    assert office.rows("SELECT duplicate_count FROM source_file ORDER BY file_no") == [(0,), (1,), (0,)]


def test_inquiries_and_294_notices_become_documents_for_matching_and_their_numbers_never_the_ledger(
    office: Office,
) -> None:
    office.put("f.csv", inquiry(1), inquiry(2), layout=INQUIRY)
    office.put("t.csv", taxed_elsewhere(1), layout=TAXED_ELSEWHERE)
    office.put("t.csv", taxed_elsewhere(1, submission_kind="9"), layout=TAXED_ELSEWHERE, received_on=LATER)
    office.put("f.csv", inquiry(1), layout=INQUIRY, received_on=LATER)
    assert intake.run(office.ctx).problems == []
    assert office.rows(
        "SELECT document_kind, submission_kind, number_id IS NOT NULL, amount_yen FROM document ORDER BY document_no"
    ) == [
        ("relative_inquiry", "new", False, 0),
        ("relative_inquiry", "new", False, 0),
        ("taxed_elsewhere_notice", "new", True, 0),
        ("taxed_elsewhere_notice", "cancellation", True, 0),
    ]
    assert office.rows("SELECT sender_municipality, reference_no, claimed_as FROM relative_inquiry LIMIT 1") == [
        (SAPPORO, "F1", "dependant")
    ]
    assert office.rows("SELECT sum(duplicate_count)::INTEGER FROM source_file") == [(1,)]


def test_answers_are_kept_in_yen_and_a_later_one_stands_beside_the_first(office: Office) -> None:
    asked(office)
    office.put(
        "n.csv", network_answer(1), network_answer(2, answer_kind="3", total_income_yen=""), layout=NETWORK_ANSWER
    )
    office.put("k.csv", answer(1, claimed="1"), layout=ANSWER)
    office.put("k.csv", answer(2, claimed=""), answer(1, claimed="1"), layout=ANSWER, received_on=LATER)
    assert intake.run(office.ctx).problems == []
    assert office.rows(
        "SELECT answer_kind, total_income_yen, city_per_capita_yen FROM network_answer ORDER BY record_no"
    ) == [
        ("found", 1_200_000, 3_000),
        ("refused", None, 3_000),
    ]
    assert office.rows(
        "SELECT total_income_yen, claimed_elsewhere FROM relative_inquiry_answer ORDER BY file_no, record_no"
    ) == [(600_001, True), (600_002, None)]


def test_the_directory_is_kept_as_it_was_on_each_day(office: Office) -> None:
    office.put("d.csv", municipality(1), layout=DIRECTORY)
    moved = municipality(1, address="札幌市中央区北２条西１丁目")
    office.put("d.csv", moved, municipality(1), layout=DIRECTORY, received_on=LATER)
    assert intake.run(office.ctx).problems == []
    assert office.rows("SELECT address, from_on FROM municipality ORDER BY file_no, record_no") == [
        ("札幌市中央区北１条西２丁目", date(2001, 4, 1)),
        ("札幌市中央区北２条西１丁目", date(2001, 4, 1)),
    ]
