"""What a 市民税・県民税申告書 declares is what the ledger holds of it; what is wrong with it the operator reads word for word."""

import re
from datetime import date

from pipelines import intake
from pipelines.paths import SQL
from tests.intake.kit import RESIDENT_RETURN, Office, number, resident_return, with_wrong_check_digit

ONLINE = {"channel": "2", "receipt_no": "S20260220-000001"}


def loaded(office: Office, *columns: str, table: str = "tax_return") -> list[tuple[object, ...]]:
    return office.rows(f"SELECT {', '.join(columns)} FROM {table} ORDER BY document_no")


def test_a_return_with_incomes_losses_and_deductions(office: Office) -> None:
    office.put(
        "shinkoku.csv",
        resident_return(
            1,
            business_yen="-300000",
            land_long_yen="-1000000",
            occasional_gain_yen="800000",
            medical_expense_yen="250000",
            furusato_yen="20000",
            withheld_levy_yen="1500",
            blue_return="1",
            self_disability="2",
            working_student="1",
            payment="2",
            dependant_other_count="1",
        ),
        layout=RESIDENT_RETURN,
    )
    assert intake.run(office.ctx).counts["accepted"] == 1
    assert office.messages() == []
    columns = {
        "return_kind": "resident",
        "filed_on": date(2026, 2, 20),
        "channel": "paper",
        "receipt_no": None,
        "blue_return": True,
        "total_income_yen": 700_000,
        "employment_paid_yen": 1_200_000,
        "miscellaneous_yen": 150_000,
        "business_yen": -300_000,
        "land_long_yen": -1_000_000,
        "occasional_gain_yen": 800_000,
        "pension_paid_yen": 0,
        "listed_dividend_yen": 0,
        "social_insurance_yen": 90_000,
        "medical_expense_yen": 250_000,
        "furusato_yen": 20_000,
        "withheld_levy_yen": 1_500,
        "has_spouse": False,
        "spouse_total_income_yen": None,
        "dependant_other_count": 1,
        "self_disability": "special",
        "working_student": True,
        "widow": False,
        "non_employment_ordinary": True,
        "housing_loan_credit_yen": 0,
        "housing_moved_in_on": None,
        "income_tax_taxable_yen": None,
    }
    assert loaded(office, *columns) == [tuple(columns.values())]
    assert loaded(office, "document_kind", "amount_yen", "born_on", "submission_kind", table="document") == [
        ("resident_tax_return", 700_000, date(1985, 4, 1), "new")
    ]


def test_relatives_and_payers_are_kept_in_the_forms_order(office: Office) -> None:
    office.put(
        "shinkoku.csv",
        resident_return(
            1,
            spouse_kind="3",
            spouse_name="見本　花子",
            spouse_born_on="1955-12-31",
            spouse_number=number(2),
            spouse_residence="01",
            spouse_total_income_yen="450000",
            dependant_other_count="1",
            dependant_1_name="見本　一郎",
            dependant_1_relationship="子",
            dependant_1_born_on="2006-05-05",
            dependant_1_number=number(3),
            dependant_1_disability="1",
            dependant_1_living_apart="1",
            dependant_under_16_count="1",
            under_16_1_name="見本　二郎",
            under_16_1_relationship="子",
            under_16_1_born_on="2010-01-02",  # 15 on 31 December 2025, for one day
            payer_1_income_kind="給与",
            payer_1_name="見本商店",
            payer_1_corporate_number="8000000000001",
            payer_1_paid_yen="1200000",
            payer_1_withheld_yen="3000",
            payer_3_income_kind="雑（公的年金等）",
            payer_3_name="見本年金機構",
        ),
        layout=RESIDENT_RETURN,
    )
    intake.run(office.ctx)
    assert office.messages() == []
    assert loaded(
        office, "has_spouse", "spouse_elderly", "spouse_abroad", "spouse_total_income_yen", "spouse_born_on"
    ) == [(True, True, True, 450_000, date(1955, 12, 31))]
    assert office.rows(
        "SELECT role, relative_no, name, relationship, born_on, number_id IS NOT NULL, residence_code, disability, "
        "living_apart, under_16 FROM tax_return_relative ORDER BY role DESC"
    ) == [
        ("under_16", 1, "見本　二郎", "子", date(2010, 1, 2), False, "00", "none", False, True),
        ("spouse", 1, "見本　花子", "", date(1955, 12, 31), True, "01", "none", False, False),
        ("dependant", 1, "見本　一郎", "子", date(2006, 5, 5), True, "00", "ordinary", True, False),
    ]
    columns = ("payer_no", "income_kind", "payer_name", "payer_corporate_number", "paid_yen", "withheld_yen")
    assert loaded(office, *columns, table="tax_return_payer") == [
        (1, "給与", "見本商店", "8000000000001", 1_200_000, 3_000),
        (3, "雑（公的年金等）", "見本年金機構", None, 0, 0),
    ]


def test_a_return_filed_online_has_its_receipt_number_and_comes_beside_the_keyed_ones(office: Office) -> None:
    office.put("portal.csv", resident_return(1, **ONLINE), layout=RESIDENT_RETURN)
    office.put("keyed.csv", resident_return(2), resident_return(2), layout=RESIDENT_RETURN)
    assert intake.run(office.ctx).commit_no == 1  # the files of a day are one lot
    assert loaded(office, "channel", "receipt_no") == [("paper", None), ("electronic", "S20260220-000001")]
    assert office.rows("SELECT file_name, accepted_count, duplicate_count FROM source_file ORDER BY file_no") == [
        ("keyed.csv", 1, 1),
        ("portal.csv", 1, 0),
    ]


def test_records_and_yen_are_reconciled_with_losses(office: Office) -> None:
    wrong = resident_return(3, individual_number=with_wrong_check_digit(number(3)), total_income_yen="-200000")
    office.put("a.csv", resident_return(1), wrong, resident_return(1), "2026,short", layout=RESIDENT_RETURN)
    intake.run(office.ctx)
    assert office.rows(
        "SELECT read_count, accepted_count, quarantined_count, duplicate_count, "
        "read_yen, accepted_yen, quarantined_yen, duplicate_yen FROM source_file"
    ) == [(4, 1, 2, 1, 1_200_000, 700_000, -200_000, 700_000)]


BAD_RECORDS = {
    resident_return(3) + ",": (
        "項目の数がレイアウトと合わないレコードです ／ 内容: 156項目 ／ "
        "正しい形: 155項目（当システムの暫定レイアウト 第1版） ／ "
        "対処: 値の中のカンマや途中で切れた行がないか、作成者に確認してください"
    ),
    resident_return(3, channel="2"): (
        "電子申告なのに受付番号がありません ／ 項目: 5 受付番号 ／ 正しい形: 申告ポータルが付けた受付番号 ／ "
        "対処: 申請管理システムの受付番号を確認し、付けて取り込み直してください"
    ),
    resident_return(3, business_yen="▲100"): (
        "項目の文字種がレイアウトと違います ／ 項目: 15 所得金額 事業（営業等） ／ "
        "正しい形: 数字項目は半角数字（損失は前に-）、全角項目は全角（外字を除く）、フリガナは半角カナ ／ "
        "対処: 原本を確認し、作成者に訂正を依頼してください"
    ),
    resident_return(3, born_on="1985-02-30", filed_on="20260220"): (
        "存在しない日付です ／ 項目: 6 申告年月日・10 生年月日 ／ 正しい形: YYYY-MM-DD の実在する日付 ／ "
        "対処: 原本の日付を確認してください"
    ),
    resident_return(3, forestry_yen="-1000000001", capital_long_yen="1000000001"): (
        "金額が確認なしに取り込める範囲を超えています ／ "
        "項目: 27 総合譲渡（長期） 特別控除前の差引金額・28 所得金額 山林 ／ 正しい形: 損失も含め10億円まで ／ "
        "対処: 桁の誤りがないか、原本を確認してください"
    ),
    resident_return(3, individual_number=with_wrong_check_digit(number(3))): (
        "個人番号の検査用数字が合いません ／ 項目: 7 個人番号 ／ "
        "正しい形: 12桁目が番号法施行令に基づく検査用数字であること ／ "
        "対処: 原本の個人番号を確認し、作成者に訂正を依頼してください"
    ),
    resident_return(3, city_code="131032"): (
        "提出先市町村コードが、この団体のコードではありません ／ 項目: 2 提出先市町村コード ／ "
        "正しい形: この団体（行政区を含む）の5桁又は6桁の団体コード ／ "
        "対処: 1月1日の住所を確認し、他団体あての申告書なら回送してください"
    ),
}


def test_bad_records_go_to_quarantine_and_the_rest_is_taken_in(office: Office) -> None:
    office.put("shinkoku.csv", resident_return(1), *BAD_RECORDS, resident_return(2), layout=RESIDENT_RETURN)
    report = intake.run(office.ctx)
    assert report.problems == []
    assert [(record, text) for record, _, text in office.messages()] == list(enumerate(BAD_RECORDS.values(), start=2))
    assert office.rows("SELECT count(*) FROM document") == [(2,)]


def test_one_receipt_number_for_two_different_returns_stops_both(office: Office) -> None:
    office.put("portal.csv", resident_return(1, **ONLINE), resident_return(2, **ONLINE), layout=RESIDENT_RETURN)
    intake.run(office.ctx)
    assert office.messages() == [
        (
            record,
            "receipt_no_twice",
            "同じ受付番号の、内容の異なる申告書があります ／ 項目: 5 受付番号 ／ 正しい形: 1つの申告に1つの受付番号 ／ "
            "対処: どちらが正しいか申請管理システムで確認してください",
        )
        for record in (1, 2)
    ]


def test_returns_of_another_year_wait_for_that_year(office: Office) -> None:
    path = office.put("old.csv", resident_return(1, fiscal_year="2025", filed_on="2025-03-01"), layout=RESIDENT_RETURN)
    report = intake.run(office.ctx)
    assert (report.counts["waiting"], report.commit_no) == (1, None)
    assert path.exists()


def test_no_individual_number_is_left_in_the_clear(office: Office) -> None:
    office.put(
        "shinkoku.csv",
        resident_return(1, spouse_number=number(2), dependant_4_number=number(3), under_16_3_number=number(4)),
        resident_return(5, remarks=f"本人{number(6)}"),
        resident_return(7, payer_1_corporate_number=number(8)),
        layout=RESIDENT_RETURN,
    )
    intake.run(office.ctx)
    everything = b"".join(path.read_bytes() for path in office.ctx.home.root.rglob("*") if path.is_file())
    told = str(office.messages()) + str(office.rows("FROM tax_return_payer")) + str(office.rows("FROM document"))
    assert "number_in_text" in told
    for serial in range(1, 9):
        assert number(serial).encode() not in everything
        assert number(serial) not in told


def test_every_item_is_loaded_or_judged_or_says_why_not() -> None:
    folder = SQL / "intake/resident_tax_return"
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.sql")))
    for item in RESIDENT_RETURN.items:
        # A date is read under its name as a day.
        name = re.sub("_on$", "_(on|day)", item.name)
        assert (re.search(rf"\b{name}\b", text) is not None) == (item.unused is None), item.name
