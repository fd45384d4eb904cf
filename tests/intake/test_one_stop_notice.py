"""What a 申告特例通知書 tells is what the ledger holds of it; what is wrong with it the operator reads word for word."""

import re
from datetime import date

from pipelines import intake
from pipelines.city.city import City
from pipelines.paths import SQL
from tests.intake.kit import NOTICE, Office, notice, number, with_wrong_check_digit


def test_a_notice_is_a_document_and_says_who_got_how_much(office: Office) -> None:
    office.put("onestop.csv", notice(1, application_count="3"), layout=NOTICE)
    assert intake.run(office.ctx).counts["accepted"] == 1
    assert office.messages() == []
    assert office.rows(
        "SELECT sender_municipality, sender_name, reference_no, donation_year, donated_yen, application_count "
        "FROM one_stop_notice"
    ) == [("011002", "北海道札幌市", "K000001", 2025, 30_000, 3)]
    assert office.rows(
        "SELECT document_kind, fiscal_year, amount_yen, name, kana, born_on, submission_kind, number_id IS NOT NULL "
        "FROM document"
    ) == [("one_stop_notice", 2026, 30_000, "見本　太郎", "ﾐﾎﾝ ﾀﾛｳ", date(1985, 4, 1), "new", True)]


def test_the_same_notice_again_is_a_duplicate_and_a_correction_is_not(office: Office) -> None:
    office.put("a.csv", notice(1), notice(2), layout=NOTICE)
    corrected = notice(1, submission_kind="2", donated_yen="40000")
    office.put("b.csv", notice(2), corrected, layout=NOTICE, received_on=date(2026, 2, 10))
    intake.run(office.ctx)
    assert office.rows("SELECT submission_kind, amount_yen FROM document ORDER BY document_no") == [
        ("new", 30_000),
        ("new", 30_000),
        ("correction", 40_000),
    ]
    assert office.rows("SELECT accepted_count, duplicate_count FROM source_file ORDER BY file_no") == [(2, 0), (1, 1)]


def test_records_and_yen_are_reconciled(office: Office) -> None:
    wrong = notice(3, sender_municipality="123456", donated_yen="7000")
    office.put("a.csv", notice(1), wrong, notice(1), "2026-01-20,short", layout=NOTICE)
    intake.run(office.ctx)
    assert office.rows(
        "SELECT read_count, accepted_count, quarantined_count, duplicate_count, "
        "read_yen, accepted_yen, quarantined_yen, duplicate_yen FROM source_file"
    ) == [(4, 1, 2, 1, 67_000, 30_000, 7_000, 30_000)]


BAD_RECORDS = {
    notice(3) + ",": (
        "項目の数がレイアウトと合わないレコードです ／ 内容: 18項目 ／ 正しい形: 17項目（当システムの暫定レイアウト 第1版） ／ "
        "対処: 値の中のカンマや途中で切れた行がないか、通知元に確認してください"
    ),
    notice(4, sender_municipality="011003"): (
        "通知元団体コードが団体コードの形をしていません ／ 項目: 2 通知元団体コード ／ "
        "正しい形: 6桁目が検査数字である全国地方公共団体コード6桁 ／ 対処: 通知元の団体コードを確認してください"
    ),
    notice(5, city_code="131032"): (
        "通知先団体コードが、この団体のコードではありません ／ 項目: 4 通知先団体コード ／ "
        "正しい形: この団体（行政区を含む）の5桁又は6桁の団体コード ／ "
        "対処: 通知元に、1月1日の住所地の市区町村への通知を依頼してください"
    ),
    notice(6, donation_year="2024"): (
        "申告特例求め年が、処理中の年度の前年ではありません ／ 項目: 5 申告特例求め年 ／ 正しい形: 賦課年度の前年 ／ "
        "対処: 過年度分なら、その年度を指定して取り込んでください"
    ),
    notice(7, donated_yen="-30000"): (
        "項目の文字種がレイアウトと違います ／ 項目: 14 申告特例対象寄附金の合計額 ／ "
        "正しい形: 数字項目は半角数字、全角項目は全角（外字を除く）、フリガナは半角カナ ／ "
        "対処: 通知書を確認し、通知元に訂正を依頼してください"
    ),
    notice(8, donated_yen="100000001"): (
        "申告特例対象寄附金の合計額が確認なしに取り込める範囲を超えています ／ 項目: 14 申告特例対象寄附金の合計額 ／ "
        "正しい形: 0円から1億円まで ／ 対処: 桁の誤りがないか、通知元に確認してください"
    ),
    notice(9, individual_number=with_wrong_check_digit(number(9))): (
        "個人番号の検査用数字が合いません ／ 項目: 8 申請者の個人番号 ／ "
        "正しい形: 12桁目が番号法施行令に基づく検査用数字であること ／ "
        "対処: 通知書の個人番号を確認し、通知元に訂正を依頼してください"
    ),
    notice(10, reference_no="", name=""): (
        "必須の項目がありません ／ 項目: 6 整理番号・9 申請者の氏名 ／ 正しい形: 値があること ／ "
        "対処: 通知書を確認し、通知元に訂正を依頼してください"
    ),
}


def test_bad_records_go_to_quarantine_and_the_rest_is_taken_in(office: Office) -> None:
    office.put("onestop.csv", notice(1), *BAD_RECORDS, notice(2), layout=NOTICE)
    assert intake.run(office.ctx).problems == []
    told = [(record, text) for record, _, text in office.messages()]
    assert told == list(enumerate(BAD_RECORDS.values(), start=2))
    assert office.rows("SELECT count(*) FROM document") == [(2,)]


def test_a_notice_after_the_day_is_told_and_taken_in(office: Office) -> None:
    office.put("onestop.csv", notice(1, notified_on="2026-02-02"), notice(2, notified_on="2026-02-03"), layout=NOTICE)
    assert intake.run(office.ctx).counts["accepted"] == 2
    assert office.messages() == [  # 31 January 2026 is a Saturday
        (
            2,
            "notified_late",
            "通知年月日が期限の1月31日（土日のときは次の月曜日）より後です ／ 項目: 1 通知年月日 ／ "
            "正しい形: 寄附した年の翌年1月31日まで（地方税法附則第7条第5項・第12項） ／ "
            "対処: そのまま取り込みました。納税通知書の送達前か確認してください",
        )
    ]


def test_the_check_digit_of_a_municipality_is_judged_as_in_the_cities_profiles(office: Office, sendai: City) -> None:
    right = [
        "041009",
        "112101",
        "131032",
        "142140",
        "011002",
        "473821",
        "011011",
        *(ward.code for ward in sendai.wards),
    ]
    wrong = [code[:5] + str((int(code[5]) + 1) % 10) for code in right]
    lines = [notice(place, sender_municipality=code) for place, code in enumerate([*right, *wrong, "04100"], start=1)]
    office.put("onestop.csv", *lines, layout=NOTICE)
    intake.run(office.ctx)
    stopped = {record for record, rule, _ in office.messages() if rule == "sender_code"}
    assert stopped == set(range(len(right) + 1, len(lines) + 1))


def test_every_item_is_loaded_or_judged_or_says_why_not() -> None:
    folder = SQL / "intake/one_stop_notice"
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.sql")))
    for item in NOTICE.items:
        assert (re.search(rf"\b{item.name}\b", text) is not None) == (item.unused is None), item.name
