"""What a wage report says is what the ledger holds of it."""

import re
from datetime import date

import pytest

from pipelines import intake
from pipelines.layout import source_layouts
from pipelines.paths import SQL
from tests.intake.kit import NEWEST, Office, number, wage


def loaded(office: Office, *columns: str, table: str = "wage_report") -> list[tuple[object, ...]]:
    return office.rows(f"SELECT {', '.join(columns)} FROM {table} ORDER BY document_no")


def test_a_report_with_everything_on_it(office: Office) -> None:
    office.put(
        "kyuho.csv",
        wage(
            1,
            spouse_kind="1",
            spouse_elderly="1",
            spouse_total_income_yen="480000",
            spouse_deduction_yen="380000",
            dependant_specific_count="01",
            dependant_elderly_count="02",
            dependant_elderly_parent_count="01",
            self_other_disability="1",
            single_parent="1",
            employment_change="2",
            employment_changed_year="07",
            employment_changed_month="03",
            employment_changed_day="31",
            housing_moved_in_year="30",
            housing_moved_in_month="05",
            housing_moved_in_day="20",
            housing_loan_kind="02",
            previous_payer_name="前職株式会社",
            previous_payer_paid_yen="1000000",
            ordinary_collection="1",
            remarks="普Ｆ　前職分を含む",
        ),
    )
    assert intake.run(office.ctx).counts["accepted"] == 1
    assert office.messages() == []
    columns = {
        "has_spouse": True,
        "spouse_elderly": True,
        "spouse_total_income_yen": 480_000,
        "dependant_specific_count": 1,
        "dependant_elderly_count": 2,
        "dependant_elderly_parent_count": 1,
        "self_disability": "ordinary",
        "single_parent": True,
        "employment_change": "left",
        # 年 7 is 令和7年, the income year of fiscal year 2026.
        "employment_changed_on": date(2025, 3, 31),
        # 年 30 can only be 平成30年: 令和30年 is after the income year.
        "housing_moved_in_on": date(2018, 5, 20),
        "housing_loan_kind": "02",
        "previous_payer_name": "前職株式会社",
        "previous_payer_paid_yen": 1_000_000,
        "ordinary_collection": True,
        "ordinary_reason": "F",
        "remarks": "普Ｆ　前職分を含む",
        "payer_designated_no": "9000001",
        "payer_corporate_number": "8000000000001",
        "payer_number_id": None,
    }
    assert loaded(office, *columns) == [tuple(columns.values())]


@pytest.mark.parametrize(
    ("era", "year", "born_on"),
    [
        ("1", "60", date(1985, 4, 1)),  # 昭和60年
        ("2", "13", date(1924, 4, 1)),  # 大正13年
        ("3", "45", date(1912, 4, 1)),  # 明治45年
        ("4", "10", date(1998, 4, 1)),  # 平成10年
        ("5", "02", date(2020, 4, 1)),  # 令和2年
    ],
)
def test_the_wage_report_has_its_own_era_codes(office: Office, era: str, year: str, born_on: date) -> None:
    office.put("kyuho.csv", wage(1, born_era=era, born_year=year))
    intake.run(office.ctx)
    assert loaded(office, "born_on", table="document") == [(born_on,)]


def test_every_edition_is_recognised_by_its_number_of_items_even_in_one_file(office: Office) -> None:
    layouts = source_layouts("wage_report")
    office.put("kyuho.csv", *(wage(serial, layouts[count]) for serial, count in enumerate((98, 144, 147), start=1)))
    report = intake.run(office.ctx)
    assert report.counts["accepted"] == 3
    assert office.rows("SELECT edition FROM source_file") == [("2014+unified_144+unified_147",)]
    assert [(record, rule) for record, rule, _ in office.messages()] == [(1, "edition_year"), (2, "edition_year")]
    # The 2014 edition has no 個人番号.
    assert loaded(office, "number_id IS NULL", table="document") == [(True,), (False,), (False,)]


def test_the_prefix_of_eltax_is_cut_off_and_an_at_sign_in_a_text_is_not(office: Office) -> None:
    office.put(
        "kyuho.csv",
        "2026013100001,R8@" + wage(1),
        "prefix@" + wage(2, employee_no="a@b"),
        wage(3, employee_no="c@d"),
    )
    assert intake.run(office.ctx).counts["accepted"] == 3
    assert loaded(office, "employee_no") == [("E000001",), ("a@b",), ("c@d",)]


def test_relatives_are_loaded_in_the_form_s_order(office: Office) -> None:
    office.put(
        "kyuho.csv",
        wage(
            1,
            spouse_kind="1",
            spouse_name="見本　花子",
            spouse_kana="ﾐﾎﾝ ﾊﾅｺ",
            spouse_residence="01",
            spouse_number=number(2),
            dependant_1_name="見本　一郎",
            dependant_1_number=number(3),
            dependants_from_5th=f"({number(4)})見本　五郎　({number(5)})見本　六郎",
            under_16_1_name="見本　末子",
            dependant_under_16_count="01",
        ),
    )
    intake.run(office.ctx)
    assert office.rows(
        "SELECT role, relative_no, name, kana, residence_code, number_id IS NOT NULL FROM wage_report_relative "
        "ORDER BY role, relative_no"
    ) == [
        ("dependant", 1, "見本　一郎", "", "00", True),
        ("dependant", 5, "見本　五郎", "", "00", True),
        ("dependant", 6, "見本　六郎", "", "00", True),
        ("spouse", 1, "見本　花子", "ﾐﾎﾝ ﾊﾅｺ", "01", True),
        ("under_16", 1, "見本　末子", "", "00", False),
    ]


def test_a_payer_who_is_a_person_is_known_by_number_id_only(office: Office) -> None:
    office.put("kyuho.csv", wage(1, payer_number=number(4)), wage(2, payer_number=number(4)))
    intake.run(office.ctx)
    [first, second] = loaded(office, "payer_number_id", "payer_corporate_number")
    assert first == second
    assert first[0] is not None
    assert first[1] is None


def test_a_designated_city_accepts_reports_addressed_to_its_wards_with_five_or_six_digits(office: Office) -> None:
    codes = ("041009", "04100", "041017", "04101")
    office.put("kyuho.csv", *(wage(serial, city_code=code) for serial, code in enumerate(codes)))
    assert intake.run(office.ctx).counts["accepted"] == 4


def test_an_employee_number_of_twelve_digits_is_no_individual_number(office: Office) -> None:
    office.put("kyuho.csv", wage(1, employee_no="200000000001"), wage(2, employee_no=number(9)))
    intake.run(office.ctx)
    assert [(record, rule) for record, rule, _ in office.messages()] == [(2, "number_in_text")]


def test_every_item_is_loaded_or_judged_or_says_why_not() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in sorted((SQL / "intake/wage_report").glob("*.sql")))
    for item in NEWEST.items:
        # An item that has only to be there and to hold a known code is judged by its layout alone.
        by_layout_alone = item.name == "statutory_document_kind"
        named = re.search(rf"\b{item.name}\b", text) is not None
        assert (named or by_layout_alone) == (item.unused is None), item.name
