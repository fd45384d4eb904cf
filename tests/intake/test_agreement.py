"""The suite decides in SQL and in Great Expectations: both say the same of every rule and every record."""

import gc
import weakref

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
    CHANGE,
    LISTED,
    MEMBERS,
    NEWEST,
    NOTICE,
    OUTSIDE,
    PENSION,
    PREMIUM,
    REDUCTION,
    REGISTER,
    RESIDENT_RETURN,
    RETURN,
    STATUS,
    SUMMARY,
    TRANSFER,
    Office,
    change,
    listed,
    member,
    notice,
    number,
    outside,
    pension,
    premium,
    reduction,
    resident,
    resident_return,
    status,
    summary,
    tax_return,
    tax_returns,
    transfer,
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
RESIDENT_RETURN_RULES = {
    "required": {"filed_on": ""},
    "form": {"business_yen": "-1O0"},
    "unknown_code": {"channel": "3"},
    "length": {"name": "長" * 31},
    "check_digit": {"individual_number": WRONG_NUMBER},
    "number_form": {"spouse_number": "12-34"},
    "number_in_text": {"address": number(78)},
    "corporate_check_digit": {"payer_2_corporate_number": "1234567890123"},
    "another_city": {"city_code": "131032"},
    "fiscal_year": {"fiscal_year": "2025"},
    "receipt_no_missing": {"channel": "2"},
    "receipt_no_on_paper": {"receipt_no": "A1"},
    "impossible_date": {"dependant_1_born_on": "2010-02-30"},
    "filed_before_assessment_day": {"filed_on": "2025-12-31"},
    "born_after_assessment_day": {"born_on": "2026-01-02"},
    "amount_out_of_range": {"land_long_yen": "-1000000001"},
    "employment_named_above_paid": {"payer_1_income_kind": "給与", "payer_1_paid_yen": "1200001"},
    "withheld_above_paid": {"payer_3_paid_yen": "100", "payer_3_withheld_yen": "101"},
    "two_medical_deductions": {"medical_expense_yen": "1", "self_medication_expense_yen": "1"},
    "elderly_parents_above_elderly": {"dependant_elderly_parent_count": "1"},
    "living_together_above_special": {"disability_special_living_together_count": "1"},
    "dependants_named_above_count": {"dependant_4_name": "見本　花子"},
    "under_16_named_above_count": {"under_16_1_name": "見本　一郎"},
    "not_under_16": {"under_16_3_born_on": "2010-01-01"},
    "spouse_unnamed": {"spouse_kind": "1"},
    "spouse_age": {"spouse_kind": "1", "spouse_name": "見本　花子", "spouse_born_on": "1956-01-01"},
    "widow_inconsistent": {"widow": "1", "single_parent": "1"},
    "kana_not_separated": {"kana": "ﾐﾎﾝﾀﾛｳ"},
}
NOTICE_RULES = {
    "required": {"reference_no": ""},
    "form": {"donated_yen": "-1"},
    "unknown_code": {"submission_kind": "1"},
    "length": {"name": "長" * 31},
    "check_digit": {"individual_number": WRONG_NUMBER},
    "number_form": {"individual_number": "12-34"},
    "number_in_text": {"address": number(78)},
    "number_missing": {"individual_number": ""},
    "sender_code": {"sender_municipality": "011003"},
    "another_city": {"city_code": "131032"},
    "fiscal_year": {"donation_year": "2024"},
    "impossible_notified_on": {"notified_on": "2026-01-32"},
    "notified_late": {"notified_on": "2026-02-03"},  # 31 January 2026 is a Saturday
    "impossible_birthday": {"born_on": "1985-02-30"},
    "born_after_assessment_day": {"born_on": "2026-01-02"},
    "amount_out_of_range": {"donated_yen": "100000001"},
    "nothing_donated": {"donated_yen": "0"},
    "no_application": {"application_count": "0"},
    "kana_not_separated": {"kana": "ﾐﾎﾝﾀﾛｳ"},
}
RETURN_RULES = {
    "required": {"name": ""},
    "form": {"business_yen": "4,000,000"},
    "unknown_code": {"widow": "9"},
    "length": {"payer_1_kind": "長" * 11},
    "unverified_length": {"payer_1_name": "長" * 31},
    "check_digit": {"individual_number": WRONG_NUMBER},
    "number_form": {"spouse_number": "12-34"},
    "number_in_text": {"payer_1_name": number(78)},
    "another_city": {"city_code": "13103"},
    "fiscal_year": {"return_year": "6"},
    "notice_undated": {"return_kind_code": "3"},
    "impossible_birthday": {"born_era": "3", "born_year": "64", "born_month": "12", "born_day": "31"},
    "born_after_income_year": {"born_era": "5", "born_year": "8"},
    "impossible_filing_day": {"filed_month": "2", "filed_day": "30"},
    "impossible_birthday_of_relative": {
        "relative_1_born_era": "4",
        "relative_1_born_year": "10",
        "relative_1_born_month": "2",
        "relative_1_born_day": "30",
    },
    "amount_out_of_range": {"total_income_yen": "10000000001"},
    "deductions_differ": {"deductions_yen": "1180001"},
    "withheld_above_paid": {"payer_1_withheld_yen": "6000001"},
    "premium_not_in_yen": {"new_general_premium": "別紙"},
    "medical_expense_missing": {"medical_deduction_yen": "1000", "deductions_yen": "1181000"},
    "gains_undetailed": {"capital_and_occasional_yen": "500000"},
    "land_details_differ": {"separate_taxation": "2", "land_long_income_yen": "1000000", "land_1_yen": "1000000"},
    "separate_not_ticked": {"listed_shares_yen": "1000000"},
    "interest_left_out": {"interest_yen": "1000"},
    "small_dividend_left_out": {"small_dividend_yen": "1000"},
    "dividend_without_credit": {"dividend_yen": "1000"},
    "carried_loss_unsplit": {"carried_loss_yen": "1000"},
    "loss_sheets": {"loss_return": "2"},
    "this_year_differs": {"futures_yen": "1", "this_year_futures_yen": "-1", "separate_taxation": "2"},
    "loss_sheet_differs": {"carried_loss_yen": "1000", "carried_a_blue_yen": "900"},
    "foreign_tax_left_out": {"foreign_tax_credit_yen": "1000"},
    "housing_undated": {"housing_loan_credit_yen": "1000"},
    "specific_relative_left_out": {"relative_1_specific": "63"},
    "under_16_by_birthday": {
        "relative_1_born_era": "4",
        "relative_1_born_year": "10",
        "relative_1_born_month": "2",
        "relative_1_born_day": "2",
        "relative_1_under_16": "2",
    },
    "self_disability_inconsistent": {"self_special_disability": "2", "self_ordinary_disability": "2"},
    "widow_inconsistent": {"widow": "2", "single_parent": "2"},
    "kana_not_separated": {"kana": "ミホンタロウ"},
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


LISTED_RULES = {
    "required": {"joined_on": ""},
    "form": {"household_no": "A"},
    "unknown_code": {"recipient": "x"},
    "length": {"household_no": "1" * 16},
    "number_in_text": {"left_on": number(78)},
    "taxpayer_no_form": {"taxpayer_no": "42"},
    "impossible_joining": {"joined_on": "2020-02-30"},
    "impossible_leaving": {"left_on": "20200401"},
    "left_before_joining": {"left_on": "2019-01-01"},
}
CHANGE_RULES = {
    "required": {"notified_on": ""},
    "form": {"name": "見本\ue000太郎"},
    "unknown_code": {"change_kind": "11"},
    "length": {"address": "長" * 201},
    "number_in_text": {"former_address": number(78)},
    "taxpayer_no_form": {"taxpayer_no": "12"},
    "check_digit": {"individual_number": WRONG_NUMBER},
    "number_form": {"individual_number": "12-34"},
    "impossible_day": {"happened_on": "2025-02-30"},
    "state_missing": {"born_on": ""},
    "another_ward": {"ward_code": "131032"},
    "municipality_code": {"january_municipality": "011003"},
    "withdraws_nothing": {"submission_kind": "9"},
    "kana_form": {"kana": "みほん　たろう"},
    "notified_before": {"notified_on": "2025-12-19"},
    "unknown_person": {"change_kind": "06"},
}
OUTSIDE_RULES = {
    "required": {"name": ""},
    "form": {"kana": "ﾐﾎﾝ ﾀﾛｳ"},
    "unknown_code": {"entry_kind": "6"},
    "length": {"address": "長" * 201},
    "number_in_text": {"address": number(78)},
    "taxpayer_no_form": {"taxpayer_no": "12"},
    "check_digit": {"individual_number": WRONG_NUMBER},
    "number_form": {"individual_number": "12-34"},
    "impossible_day": {"to_on": "2025-02-30"},
    "ends_before": {"to_on": "2025-05-31"},
    "person_missing": {"sex": ""},
    "another_ward": {"ward_code": "131032"},
    "municipality_code": {"registered_municipality": "011003"},
    "withdraws_nothing": {"submission_kind": "9"},
    "kana_form": {"kana": "みほん　たろう"},
    "registered_unknown": {"registered_municipality": ""},
}
STATUS_RULES = {
    "required": {"from_on": ""},
    "form": {"taxpayer_no": "A" * 15},
    "unknown_code": {"status_kind": "5"},
    "length": {"taxpayer_no": "1" * 16},
    "number_in_text": {"from_on": number(78)},
    "taxpayer_no_form": {"taxpayer_no": "12"},
    "impossible_day": {"from_on": "2025-02-30"},
    "ends_before": {"to_on": "2024-03-31"},
    "withdraws_nothing": {"submission_kind": "9"},
}
PREMIUM_RULES = {
    "required": {"paid_yen": ""},
    "form": {"paid_yen": "A"},
    "unknown_code": {"insurance": "4"},
    "length": {"paid_yen": "1" * 11},
    "number_in_text": {"paid_yen": number(78)},
    "taxpayer_no_form": {"taxpayer_no": "12"},
    "fiscal_year": {"paid_year": "2024"},
    "amount_out_of_range": {"paid_yen": "9999999", "withheld_yen": "2"},
    "withdraws_nothing": {"submission_kind": "9"},
}
REDUCTION_RULES = {
    "required": {"decided_on": ""},
    "form": {"from_period": "A"},
    "unknown_code": {"reduction_reason": "7"},
    "length": {"decision_ref": "R" * 21},
    "number_in_text": {"applied_on": number(78)},
    "taxpayer_no_form": {"taxpayer_no": "12"},
    "impossible_day": {"applied_on": "2026-02-30"},
    "fiscal_year": {"fiscal_year": "2025"},
    "another_ward": {"ward_code": "131032"},
    "decided_before": {"applied_on": "2026-01-31"},
    "no_period": {"from_period": "0"},
    "measure": {"reduced_yen": "1000"},
    "decision_of_another": {"decision_ref": "R08-0100"},
    "withdraws_nothing": {"submission_kind": "9"},
}
TRANSFER_RULES = {
    "required": {"from_on": ""},
    "form": {"bank_name": "ABC"},
    "unknown_code": {"deposit_kind": "5"},
    "length": {"branch_name": "長" * 31},
    "number_in_text": {"bank_name": number(78)},
    "taxpayer_no_form": {"taxpayer_no": "12"},
    "impossible_day": {"from_on": "2025-02-30"},
    "ends_before": {"to_on": "2024-03-31"},
    "withdraws_nothing": {"submission_kind": "9"},
    "account_not_masked": {"masked_account": "1234567"},
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
        pytest.param(RESIDENT_RETURN, resident_return, RESIDENT_RETURN_RULES, id="resident_tax_return"),
        pytest.param(NOTICE, notice, NOTICE_RULES, id="one_stop_notice"),
        pytest.param(RETURN, tax_return, RETURN_RULES, id="income_tax_return"),
        pytest.param(REGISTER, resident, REGISTER_RULES, id="resident_register"),
        pytest.param(MEMBERS, member, MEMBERSHIP_RULES, id="membership"),
        pytest.param(LISTED, listed, LISTED_RULES, id="membership_list"),
        pytest.param(CHANGE, change, CHANGE_RULES, id="register_change"),
        pytest.param(OUTSIDE, outside, OUTSIDE_RULES, id="outside_register"),
        pytest.param(STATUS, status, STATUS_RULES, id="person_status"),
        pytest.param(PREMIUM, premium, PREMIUM_RULES, id="insurance_premium"),
        pytest.param(REDUCTION, reduction, REDUCTION_RULES, id="reduction_decision"),
        pytest.param(TRANSFER, transfer, TRANSFER_RULES, id="account_transfer"),
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
    elif layout is RESIDENT_RETURN:
        breaking = breaking | {"receipt_no_twice": {}}
        online = {"channel": "2", "receipt_no": "A2"}
        lines += [line(400, **online), line(400, **online, business_yen="1")]
    elif layout is NOTICE:
        breaking = breaking | {"notice_twice": {}}
        lines += [line(400), line(400, donated_yen="30001")]
    elif layout in (REGISTER, MEMBERS, LISTED):
        breaking = breaking | {"person_twice": {}}
        lines += [line(400), line(400, household_no="9" * 15)]
    if layout is RETURN:
        breaking = breaking | {"unlisted": {}}
        lines.append(tax_return(300).replace("</KOA020>", '</KOA020><KOB999 VR="1.0"/>'))
        path = office.put_bytes("all.xml", tax_returns(*lines), layout)
    else:
        path = office.put("all.csv", *lines, layout=layout)
    in_sql, in_gx = both(office, path)
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


def test_nothing_of_a_lot_stays_in_memory_once_it_is_validated() -> None:
    import pandas as pd

    suite = load_suite("wage_report")
    lot = pd.DataFrame({column: [None] for column in expectations.frame_columns(suite)})
    expectations.broken_counts(suite, lot)
    kept = weakref.ref(lot)
    del lot
    gc.collect()
    assert kept() is None


def test_results_in_production_hold_counts_and_no_values() -> None:
    assert expectations.WITHOUT_VALUES["partial_unexpected_count"] == 0


@pytest.mark.parametrize("source", sorted(SOURCES))
def test_every_rule_tells_what_is_wrong_what_was_expected_and_what_to_do(source: str) -> None:
    for rule in load_suite(source).rules:
        assert rule.what
        assert rule.expected
        assert rule.action.endswith(("ください", "します")), rule.id
