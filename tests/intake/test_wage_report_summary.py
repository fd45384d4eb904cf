"""What an employer says of its own reports (総括表) is what the ledger holds; what is wrong with it the operator reads."""

from datetime import date

from pipelines import intake
from tests.intake.kit import SUMMARY, Office, number, summary, wage


def test_a_summary_with_everything_on_it(office: Office) -> None:
    office.put(
        "soukatsu.csv",
        summary(
            1,
            submission_kind="1",
            employee_count="120",
            report_count="12",
            withholding_count="9",
            ordinary_leaver_count="1",
            ordinary_other_count="2",
            paid_yen="48000000",
            notice_delivery="3",
        ),
        layout=SUMMARY,
    )
    report = intake.run(office.ctx)
    assert (report.counts["accepted"], report.counts["read_yen"]) == (1, 0)  # its yen speak of other records
    assert office.messages() == []
    columns = {
        "fiscal_year": 2026,
        "submission_kind": "additional",
        "payer_number_id": None,
        "payer_corporate_number": "8000000000001",
        "payer_name": "見本商事株式会社",
        "payer_kana": "ミホンショウジ",
        "payer_address": "仙台市青葉区見本町１－１",
        "payer_designated_no": "9000001",
        "employee_count": 120,
        "report_count": 12,
        "withholding_count": 9,
        "ordinary_leaver_count": 1,
        "ordinary_other_count": 2,
        "paid_yen": 48_000_000,
        "notice_delivery": "both",
        "known_on": date(2026, 1, 31),
    }
    assert office.rows(f"SELECT {', '.join(columns)} FROM wage_report_summary") == [tuple(columns.values())]


def test_a_proprietor_has_one_number_id_in_summary_and_report(office: Office) -> None:
    office.put("kyuho.csv", wage(1, payer_number=number(50)))
    office.put("soukatsu.csv", summary(1, payer_number=number(50)), layout=SUMMARY)
    intake.run(office.ctx)
    assert office.rows(
        "SELECT count(*) FROM wage_report JOIN wage_report_summary USING (payer_number_id, payer_designated_no)"
    ) == [(1,)]


def test_the_same_summary_by_two_ways_counts_once(office: Office) -> None:
    office.put("a.csv", summary(1), summary(2), layout=SUMMARY)
    office.put("b.csv", summary(2), layout=SUMMARY)
    office.put("c.csv", summary(1), layout=SUMMARY, received_on=date(2026, 2, 3))
    intake.run(office.ctx)
    assert office.rows("SELECT accepted_count, duplicate_count FROM source_file ORDER BY file_no") == [
        (2, 0),
        (0, 1),
        (0, 1),
    ]
    assert office.rows("SELECT count(*) FROM wage_report_summary") == [(2,)]


def test_next_year_s_summary_waits_for_next_year_s_run(office: Office) -> None:
    path = office.put("soukatsu.csv", summary(1, fiscal_year="2027"), layout=SUMMARY)
    assert intake.run(office.ctx).counts["waiting"] == 1
    assert path.exists()


def test_what_is_wrong_is_said_word_for_word(office: Office) -> None:
    office.put(
        "soukatsu.csv",
        summary(1, report_count="3"),
        summary(2, payer_designated_no="", payer_number=""),
        summary(3, employee_count="0"),
        summary(4, submission_kind="7"),
        summary(5, report_count="十"),
        "途中で,切れた,行",
        layout=SUMMARY,
    )
    report = intake.run(office.ctx)
    assert (report.counts["accepted"], report.counts["quarantined"], report.counts["warnings"]) == (3, 3, 3)
    assert office.messages() == [
        (1, "counts_differ", "報告人員の計が、内訳の合計と合いません ／ 項目: 10 報告人員（計） ／ 正しい形: "
            "特別徴収対象者＋普通徴収対象者（退職者）＋普通徴収対象者（退職者を除く） ／ "
            "対処: そのまま取り込みました。提出者に人員を確認してください"),
        (2, "unidentified", "指定番号も、個人番号又は法人番号もありません ／ 項目: 4 指定番号 ／ "
            "正しい形: 新規の事業者でも個人番号又は法人番号 ／ "
            "対処: 名称と所在地で取り込みました。事業者を確認してください"),
        (3, "reports_above_employees", "報告人員の計が、受給者総人員を超えています ／ 項目: 9 受給者総人員 ／ "
            "正しい形: 受給者総人員以下 ／ 対処: そのまま取り込みました。提出者に人員を確認してください"),
        (4, "unknown_code", "レイアウトにないコードです ／ 項目: 3 提出区分 ／ 正しい形: レイアウトの codes にあるコード ／ "
            "対処: コードの意味を提出者に確認してください。新しいコードなら schemas/intake のレイアウトに追加してください"),
        (5, "form", "項目の文字種がレイアウトと違います ／ 項目: 10 報告人員（計） ／ "
            "正しい形: 数字項目は半角数字、フリガナは全角（外字を除く） ／ 対処: 原本を確認し、提出者に訂正を依頼してください"),
        (6, "item_count", "項目の数がレイアウトと合わないレコードです ／ 内容: 3項目 ／ 正しい形: 15項目 ／ "
            "対処: 値の中のカンマや途中で切れた行がないか確認してください"),
    ]  # fmt: skip
