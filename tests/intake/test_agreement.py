"""The suite decides in SQL and in Great Expectations: both say the same of every rule and every record."""

import pytest

from pipelines.exchange.inbox import fingerprint, inbox_file
from pipelines.intake import expectations
from pipelines.intake.landing import land
from pipelines.intake.sources import SOURCES
from pipelines.intake.suite import load_suite
from pipelines.intake.validation import check, frame, open_batch
from pipelines.layout import source_layouts
from pipelines.ledger import open_ledger
from pipelines.vault import parquet_key
from tests.intake.kit import (
    MEMBERS,
    NEWEST,
    PENSION,
    REGISTER,
    SUMMARY,
    Office,
    member,
    number,
    pension,
    resident,
    summary,
    wage,
    with_wrong_check_digit,
)

WRONG_NUMBER = with_wrong_check_digit(number(77))
# For each rule a record that breaks it.
WAGE = {
    "required": {"payer_name": ""},
    "form": {"name": "Taro"},
    "unknown_code": {"widow": "9"},
    "length": {"name": "長" * 31},
    "unverified_length": {"remarks": "摘" * 66},
    "check_digit": {"individual_number": WRONG_NUMBER},
    "number_form": {"spouse_number": "12-34"},
    "number_in_text": {"remarks": number(78)},
    "corporate_check_digit": {"payer_number": "1234567890123"},
    "another_city": {"city_code": "131032"},
    "fiscal_year": {"income_era_year": "06"},
    "address_abroad": {"address_abroad": "1"},
    "not_for_municipality": {"creation_kind": "0"},
    "impossible_birthday": {"born_era": "1", "born_year": "64", "born_month": "12", "born_day": "31"},
    "born_after_income_year": {"born_era": "5", "born_year": "08"},
    "impossible_employment_change": {"employment_changed_year": "07", "employment_changed_month": "13"},
    "impossible_moving_in": {
        "housing_moved_in_year": "05",
        "housing_moved_in_month": "02",
        "housing_moved_in_day": "30",
    },
    "employment_change_undated": {"employment_change": "2"},
    "amount_out_of_range": {"paid_yen": "5000000001"},
    "income_above_paid": {"income_after_deduction_yen": "5000001"},
    "withheld_above_paid": {"withheld_yen": "5000001"},
    "social_insurance_above_paid": {"social_insurance_yen": "5000001"},
    "small_enterprise_above_total": {"social_insurance_yen": "100", "small_enterprise_yen": "101"},
    "previous_payer_above_paid": {"previous_payer_paid_yen": "5000001"},
    "life_insurance_above_limit": {"life_insurance_deduction_yen": "120001"},
    "earthquake_insurance_above_limit": {"earthquake_insurance_deduction_yen": "50001"},
    "elderly_parents_above_elderly": {"dependant_elderly_parent_count": "01"},
    "living_together_above_special": {"disability_special_living_together_count": "01"},
    "under_16_named_above_count": {"under_16_1_name": "見本　一郎"},
    "spouse_inconsistent": {"spouse_elderly": "1"},
    "self_disability_inconsistent": {"self_special_disability": "1", "self_other_disability": "1"},
    "widow_inconsistent": {"widow": "1", "single_parent": "1"},
    "secondary_dependants": {"dependant_other_secondary_count": "01"},
    "specific_relative_unverified": {"specific_relative_count": "01"},
    "ordinary_without_reason": {"ordinary_collection": "1"},
    "ordinary_reason_unknown": {"ordinary_collection": "1", "remarks": "普Ｇ　退職予定"},
    "kana_not_separated": {"kana": "ﾐﾎﾝﾀﾛｳ"},
}
PENSION_RULES = {
    "required": {"payer_name": ""},
    "form": {"name": "Taro"},
    "unknown_code": {"widow": "9"},
    # No item of our interim layout has a width that is sourced.
    "unverified_length": {"remarks": "摘" * 101},
    "check_digit": {"individual_number": WRONG_NUMBER},
    "number_form": {"spouse_number": "12-34"},
    "number_in_text": {"remarks": number(78)},
    "corporate_check_digit": {"payer_number": "1234567890123"},
    "another_city": {"city_code": "131032"},
    "fiscal_year": {"income_era_year": "06"},
    "address_abroad": {"address_abroad": "1"},
    "not_for_municipality": {"creation_kind": "0"},
    "impossible_birthday": {"born_era": "1", "born_year": "64", "born_month": "12", "born_day": "31"},
    "born_after_income_year": {"born_era": "5", "born_year": "08"},
    "amount_out_of_range": {"part_2_paid_yen": "98200001"},  # with 1,800,000 of part 1: one yen above
    "nothing_paid": {"part_1_paid_yen": "", "part_1_withheld_yen": "", "social_insurance_yen": ""},
    "withheld_above_paid": {"part_3_withheld_yen": "1795001"},
    "social_insurance_above_paid": {"social_insurance_yen": "1800001"},
    "living_together_above_special": {"disability_special_living_together_count": "01"},
    "under_16_named_above_count": {"under_16_1_name": "見本　一郎"},
    "self_disability_inconsistent": {"self_special_disability": "1", "self_other_disability": "1"},
    "widow_inconsistent": {"widow": "1", "single_parent": "1"},
    "kana_not_separated": {"kana": "ﾐﾎﾝﾀﾛｳ"},
}
REGISTER_RULES = {
    "required": {"name": ""},
    "form": {"kana": "ﾐﾎﾝ ﾀﾛｳ"},
    "unknown_code": {"sex": "3"},
    "length": {"household_no": "1" * 16},
    "number_in_text": {"address": number(78)},
    "taxpayer_no_form": {"taxpayer_no": "42"},
    "check_digit": {"individual_number": WRONG_NUMBER},
    "number_form": {"individual_number": "123"},
    "fiscal_year": {"fiscal_year": "2025"},
    "another_ward": {"ward_code": "131032"},
    "impossible_birthday": {"born_on": "1985-02-30"},
    "born_after_assessment_day": {"born_on": "2026-01-02"},
    "postcode_form": {"postcode": "9800000"},
    "kana_form": {"kana": "みほん　たろう"},
    "kana_not_separated": {"kana": "ミホンタロウ"},
}
MEMBERSHIP_RULES = {
    "required": {"household_no": ""},
    "form": {"household_no": "A"},
    "unknown_code": {"role": "x"},
    "length": {"household_no": "1" * 16},
    "number_in_text": {"joined_on": number(78)},
    "taxpayer_no_form": {"taxpayer_no": "42"},
    "impossible_joining": {"joined_on": "2020-02-30"},
    "impossible_leaving": {"left_on": "20200401"},
    "left_before_joining": {"left_on": "2019-01-01"},
}


SUMMARY_RULES = {
    "required": {"payer_name": ""},
    "form": {"payer_kana": "ﾐﾎﾝ"},
    "unknown_code": {"submission_kind": "9"},
    "length": {"report_count": "1" * 8},
    "check_digit": {"payer_number": WRONG_NUMBER},
    "number_form": {"payer_number": "123"},
    "number_in_text": {"payer_address": number(78)},
    "corporate_check_digit": {"payer_number": "1234567890123"},
    "another_city": {"city_code": "131032"},
    "fiscal_year": {"fiscal_year": "2025"},
    "unidentified": {"payer_designated_no": "", "payer_number": ""},
    "counts_differ": {"ordinary_leaver_count": "1"},
    "reports_above_employees": {"employee_count": "0"},
}


@pytest.mark.parametrize(
    ("layout", "line", "breaking"),
    [
        pytest.param(NEWEST, wage, WAGE, id="wage_report"),
        pytest.param(PENSION, pension, PENSION_RULES, id="pension_report"),
        pytest.param(REGISTER, resident, REGISTER_RULES, id="resident_register"),
        pytest.param(MEMBERS, member, MEMBERSHIP_RULES, id="membership"),
        pytest.param(SUMMARY, summary, SUMMARY_RULES, id="wage_report_summary"),
    ],
)
def test_both_agree_rule_by_rule_and_record_by_record(office: Office, layout, line, breaking) -> None:
    lines = [line(100), *(line(200 + place, **changes) for place, changes in enumerate(breaking.values()))]
    if layout is NEWEST:
        breaking = breaking | {"edition_year": {}}
        lines.append(wage(300, source_layouts("wage_report")[144]))
    elif layout is PENSION:
        # The edition of 2014, whose widths are sourced.
        old = source_layouts("pension_report")[49]
        breaking = breaking | {"edition_year": {}, "length": {}, "spouse_code_unverified": {}}
        lines += [pension(300, old), pension(301, old, name="長" * 31), pension(302, old, spouse_kind="3")]
    elif layout is not SUMMARY:
        breaking = breaking | {"person_twice": {}}
        lines += [line(400), line(400, household_no="9" * 15)]
    in_sql, in_gx = both(office, office.put("all.csv", *lines, layout=layout))
    assert in_sql == in_gx
    assert all(1 not in records for records in in_sql.values()), "the first record breaks no rule"
    expected = {rule: place for place, rule in enumerate(breaking, start=2)}
    assert {rule for rule, place in expected.items() if place not in in_sql[rule]} == set()
    assert set(in_sql) == set(breaking), "every rule has a record that breaks it"


def both(office: Office, path) -> tuple[dict[str, set[int]], dict[str, set[int]]]:
    """The records that break each rule, by SQL and by Great Expectations."""
    ctx, file = office.ctx, inbox_file(office.ctx.home, path)
    source, suite = SOURCES[file.source], load_suite(file.source)
    landed = land(ctx.home, ctx.keyring, file, fingerprint(file, None), 2026)
    with open_ledger(ctx.home, ctx.keyring, holder="test") as session:
        key = parquet_key(ctx.keyring, "data-2026")
        open_batch(session.con, source, ctx.city, 2026, {1: landed}, key)
        check(session.con, source, suite, {1: landed})
        broken = {
            rule.id: {
                row[0]
                for row in session.con.execute(f"SELECT record_no FROM checked WHERE NOT keeps_{rule.id}").fetchall()
            }
            for rule in suite.rules
        }
        return broken, expectations.broken_records(suite, frame(session.con, suite, "record_no"))


def test_results_in_production_hold_counts_and_no_values() -> None:
    assert expectations.WITHOUT_VALUES["partial_unexpected_count"] == 0


@pytest.mark.parametrize("source", sorted(SOURCES))
def test_every_rule_tells_what_is_wrong_what_was_expected_and_what_to_do(source: str) -> None:
    for rule in load_suite(source).rules:
        assert rule.what
        assert rule.expected
        assert rule.action.endswith(("ください", "します")), rule.id
