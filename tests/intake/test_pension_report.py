"""What a pension report says is what the ledger holds of it; what is wrong with it the operator reads word for word."""

import re
from datetime import date

from pipelines import intake
from pipelines.layout import source_layouts
from pipelines.paths import SQL
from tests.intake.kit import PENSION, Office, number, pension, wage, with_wrong_check_digit

OLD = source_layouts("pension_report")[49]


def loaded(office: Office, *columns: str, table: str = "pension_report") -> list[tuple[object, ...]]:
    return office.rows(f"SELECT {', '.join(columns)} FROM {table} ORDER BY document_no")


def test_a_report_with_everything_on_it(office: Office) -> None:
    office.put(
        "nenkin.csv",
        pension(
            1,
            part_2_paid_yen="300000",
            part_3_paid_yen="200000",
            part_3_withheld_yen="15315",
            part_4_paid_yen="100000",
            self_other_disability="1",
            spouse_kind="1",
            dependant_specific_count="01",
            dependant_elderly_count="02",
            dependant_other_count="03",
            dependant_under_16_count="01",
            disability_special_count="02",
            disability_special_living_together_count="01",
            disability_other_count="01",
            single_parent="1",
            nonresident_relative_count="01",
            payer_designated_no="9900001",
            remarks="特記事項",
        ),
        layout=PENSION,
    )
    assert intake.run(office.ctx).counts["accepted"] == 1
    assert office.messages() == []
    columns = {
        "paid_yen": 2_400_000,  # 1,800,000 + 300,000 + 200,000 + 100,000
        "withheld_yen": 20_315,  # 5,000 + 15,315
        "part_1_paid_yen": 1_800_000,
        "part_2_withheld_yen": 0,
        "part_3_withheld_yen": 15_315,
        "part_4_paid_yen": 100_000,
        "social_insurance_yen": 90_000,
        "has_spouse": True,
        "spouse_elderly": False,
        "dependant_specific_count": 1,
        "dependant_elderly_count": 2,
        "dependant_other_count": 3,
        "dependant_under_16_count": 1,
        "disability_special_count": 2,
        "disability_special_living_together_count": 1,
        "disability_other_count": 1,
        "self_disability": "ordinary",
        "widow": False,
        "single_parent": True,
        "nonresident_relative_count": 1,
        "payer_name": "見本年金機構",
        "payer_corporate_number": "7000000000002",
        "payer_number_id": None,
        "payer_designated_no": "9900001",
        "payee_no": "P000001",
        "remarks": "特記事項",
    }
    assert loaded(office, *columns) == [tuple(columns.values())]
    assert loaded(office, "document_kind", "amount_yen", "born_on", "submission_kind", table="document") == [
        ("pension_report", 2_400_000, date(1950, 4, 1), "new")
    ]


def test_the_edition_of_2014_has_no_numbers_and_its_own_codes(office: Office) -> None:
    office.put(
        "nenkin.csv",
        "2026013100001@" + pension(1, OLD, special_widow="1", spouse_kind="3"),
        pension(2, OLD, born_era="5", born_year="02"),
        layout=PENSION,
    )
    intake.run(office.ctx)
    assert office.rows("SELECT edition FROM source_file") == [("2014",)]
    assert [(record, rule) for record, rule, _ in office.messages()] == [
        (1, "edition_year"),
        (1, "spouse_code_unverified"),
        (2, "edition_year"),
        (2, "unknown_code"),
    ]
    assert loaded(office, "widow", "has_spouse", "spouse_elderly") == [(True, True, True)]
    assert loaded(office, "number_id", table="document") == [(None,)]


def test_the_same_person_has_one_number_id_in_wage_and_pension_reports(office: Office) -> None:
    office.put("kyuho.csv", wage(1))
    office.put("nenkin.csv", pension(1, spouse_number=number(2), spouse_name="見本　花子"), layout=PENSION)
    intake.run(office.ctx)
    assert office.rows("SELECT count(*), count(DISTINCT number_id) FROM document") == [(2, 1)]
    assert office.rows(
        "SELECT role, relative_no, name, residence_code, number_id IS NOT NULL FROM pension_report_relative"
    ) == [("spouse", 1, "見本　花子", "00", True)]


def test_the_files_of_a_day_are_one_commit(office: Office) -> None:
    office.put("a.csv", pension(1), pension(2), layout=PENSION)
    office.put("b.csv", pension(2), pension(3), layout=PENSION)
    assert intake.run(office.ctx).commit_no == 1
    assert office.rows("SELECT file_no, accepted_count, duplicate_count FROM source_file ORDER BY file_no") == [
        (1, 2, 0),
        (2, 1, 1),
    ]


def test_a_correction_is_a_document_of_its_own(office: Office) -> None:
    office.put("a.csv", pension(1), layout=PENSION)
    corrected = pension(1, submission_kind="2", part_1_paid_yen="1900000")
    office.put("b.csv", corrected, pension(2, submission_kind="3"), layout=PENSION, received_on=date(2026, 2, 10))
    intake.run(office.ctx)
    assert office.rows("SELECT submission_kind, amount_yen FROM document ORDER BY document_no") == [
        ("new", 1_800_000),
        ("correction", 1_900_000),
        ("cancellation", 1_800_000),
    ]


def test_records_and_yen_are_reconciled_over_all_parts(office: Office) -> None:
    wrong = pension(3, individual_number=with_wrong_check_digit(number(3)), part_2_paid_yen="200000")
    office.put("a.csv", pension(1), wrong, pension(1), "331,short", pension(4, part_3_paid_yen="x"), layout=PENSION)
    intake.run(office.ctx)
    assert office.rows(
        "SELECT read_count, accepted_count, quarantined_count, duplicate_count, "
        "read_yen, accepted_yen, quarantined_yen, duplicate_yen FROM source_file"
    ) == [(5, 1, 3, 1, 7_400_000, 1_800_000, 3_800_000, 1_800_000)]


def test_a_delivery_note_is_compared_with_the_sum_of_all_parts(office: Office) -> None:
    note = "sender: '9900001'\nbatch: A\nrecords: 1\npaid_yen: 1800000\n"
    office.put("a.csv", pension(1, part_2_paid_yen="100000"), layout=PENSION, note=note)
    report = intake.run(office.ctx)
    assert [str(problem) for problem in report.problems] == [
        "送付書とファイルの内容が一致しません ／ ファイル: a.csv ／ 項目: 支払金額の合計 ／ 内容: 1,900,000円 ／ "
        "正しい形: 1,800,000円 ／ "
        "対処: 取り込まずに止めました。提出者に確認し、正しいファイルか送付書に差し替えてください"
    ]


BAD_RECORDS = {
    pension(3) + ",": (
        "項目の数がどの版のレイアウトとも合わないレコードです ／ 内容: 79項目 ／ "
        "正しい形: 49項目（2014年版）、78項目（当システムの暫定レイアウト 第1版）のいずれか ／ "
        "対処: 値の中のカンマや途中で切れた行がないか、提出者に確認してください"
    ),
    pension(3, statutory_document_kind="315"): (
        "レイアウトにないコードです ／ 項目: 1 法定資料の種類 ／ 正しい形: レイアウトの codes にあるコード ／ "
        "対処: コードの意味を提出者に確認してください。新しいコードなら schemas/intake のレイアウトに追加してください"
    ),
    pension(3, individual_number=with_wrong_check_digit(number(3))): (
        "個人番号の検査用数字が合いません ／ 項目: 57 支払を受ける者の個人番号 ／ "
        "正しい形: 12桁目が番号法施行令に基づく検査用数字であること ／ "
        "対処: 提出者に本人の個人番号の確認を依頼してください"
    ),
    pension(3, dependant_2_number="1"): (
        "個人番号の項目が番号の形をしていません ／ 項目: 69 控除対象扶養親族2 個人番号 ／ "
        "正しい形: 半角数字12桁（支払者の法人番号は13桁） ／ 対処: 提出者に本人の個人番号の確認を依頼してください"
    ),
    pension(3, city_code="131032"): (
        "提出先市町村コードが、この団体のコードではありません ／ 項目: 48 提出先市町村コード ／ "
        "正しい形: この団体（行政区を含む）の5桁又は6桁の団体コード ／ "
        "対処: 他団体あての報告書なら回送し、誤記なら提出者に訂正を依頼してください"
    ),
    pension(3, born_month="02", born_day="30"): (
        "生年月日が存在しない日付です ／ 項目: 18 受給者生年月日（日） ／ 正しい形: その元号にある年月日 ／ "
        "対処: 本人の生年月日を提出者に確認してください"
    ),
    pension(3, part_1_paid_yen="99000000", part_4_paid_yen="1000001"): (
        "支払金額の合計が確認なしに取り込める範囲を超えています ／ "
        "項目: 19 所得税法第203条の3第1号・第4号適用分 支払金額・23 所得税法第203条の3第2号・第5号適用分 支払金額・"
        "27 所得税法第203条の3第3号・第6号適用分 支払金額・50 所得税法第203条の3第7号適用分 支払金額 ／ "
        "正しい形: 0円から1億円まで ／ 対処: 桁の誤りがないか、提出者に確認してください"
    ),
    pension(3, part_1_paid_yen="18O0000"): (
        "項目の文字種がレイアウトと違います ／ 項目: 19 所得税法第203条の3第1号・第4号適用分 支払金額 ／ "
        "正しい形: 数字項目は半角数字、全角項目は全角（外字を除く）、フリガナは半角カナ ／ "
        "対処: 原本を確認し、提出者に訂正を依頼してください"
    ),
    pension(3, remarks="個人番号は９００００００００００１です"): (
        "個人番号の欄ではない項目に、12桁以上の数字があります。個人番号の疑いがあるため値を伏せました ／ "
        "項目: 41 摘要 ／ 正しい形: 個人番号は個人番号の欄だけ ／ "
        "対処: 原本を確認し、提出者に訂正を依頼してください"
    ),
    pension(3, payer_name="", address=""): (
        "必須の項目がありません ／ 項目: 5 提出義務者の氏名又は名称・12 支払を受ける者の住所又は居所 ／ "
        "正しい形: 値があること ／ 対処: 提出者に確認し、訂正した報告書の提出を依頼してください"
    ),
}


def test_bad_records_go_to_quarantine_and_the_rest_is_taken_in(office: Office) -> None:
    office.put("nenkin.csv", pension(1), *BAD_RECORDS, pension(2), layout=PENSION)
    report = intake.run(office.ctx)
    assert report.problems == []
    told = [
        (record, text)
        for record, rule, text in office.messages()
        if rule not in ("nothing_paid", "withheld_above_paid", "social_insurance_above_paid")
    ]
    assert told == list(enumerate(BAD_RECORDS.values(), start=2))
    assert office.rows("SELECT count(*) FROM document") == [(2,)]


def test_a_strange_amount_is_told_and_taken_in(office: Office) -> None:
    nothing = {"part_1_paid_yen": "", "part_1_withheld_yen": "", "social_insurance_yen": ""}
    office.put("nenkin.csv", pension(1, **nothing), pension(2, OLD, spouse_kind="3"), layout=PENSION)
    assert intake.run(office.ctx).counts["accepted"] == 2
    assert [message for _, rule, message in office.messages() if rule != "edition_year"] == [
        "どの適用分にも支払金額がありません ／ 項目: 19 所得税法第203条の3第1号・第4号適用分 支払金額 ／ "
        "正しい形: いずれかの適用分の支払金額 ／ 対処: そのまま0円として取り込みました。提出者に確認してください",
        "控除対象配偶者の有無等が「3」です。「有（老人）」と読みましたが、この意味は公式の仕様書で未確認です ／ "
        "項目: 34 控除対象配偶者の有無等 ／ 正しい形: 公式の仕様書によるコードの確認 ／ "
        "対処: そのまま取り込みました。配偶者控除に関わるときは原本を確認してください",
    ]


def test_a_wage_report_among_pension_reports_is_of_no_edition(office: Office) -> None:
    office.put("nenkin.csv", pension(1), wage(2), layout=PENSION)
    intake.run(office.ctx)
    assert [(record, rule) for record, rule, _ in office.messages()] == [(2, "item_count")]


def test_no_individual_number_is_left_in_the_clear(office: Office) -> None:
    office.put(
        "nenkin.csv",
        pension(1, spouse_number=number(2), dependant_1_number=number(3), under_16_2_number=number(4)),
        pension(5, payer_number=number(6), remarks=f"本人 {number(7)}"),
        layout=PENSION,
    )
    intake.run(office.ctx)
    everything = b"".join(path.read_bytes() for path in office.ctx.home.root.rglob("*") if path.is_file())
    told = str(office.messages()) + str(office.rows("FROM pension_report")) + str(office.rows("FROM document"))
    for serial in range(1, 8):
        assert number(serial).encode() not in everything
        assert number(serial) not in told


def test_every_item_is_loaded_or_judged_or_says_why_not() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in sorted((SQL / "intake/pension_report").glob("*.sql")))
    for item in PENSION.items:
        # An item that has only to be there and to hold a known code is judged by its layout alone.
        by_layout_alone = item.name == "statutory_document_kind"
        named = re.search(rf"\b{item.name}\b", text) is not None
        assert (named or by_layout_alone) == (item.unused is None), item.name
