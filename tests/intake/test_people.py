"""住民異動, 住登外者・送付先等 and 生活扶助・手帳: what is told is what the ledger holds; what is wrong the operator reads word for word."""

import re
from datetime import date

import pytest

from pipelines import intake
from pipelines.layout import Layout
from pipelines.paths import SQL
from tests.intake.kit import (
    CHANGE,
    OUTSIDE,
    PREMIUM,
    REDUCTION,
    REGISTER,
    STATUS,
    TRANSFER,
    Office,
    change,
    number,
    outside,
    premium,
    resident,
    status,
)

LATER = date(2026, 2, 10)
BAD_CHANGES = {
    change(2) + ",": (
        "項目の数がレイアウトと合わないレコードです ／ 内容: 20項目 ／ 正しい形: 19項目 ／ "
        "対処: 値の中のカンマや途中で切れた行がないか確認してください"
    ),
    change(3, change_kind="11"): (
        "レイアウトにないコードです ／ 項目: 3 異動事由 ／ 正しい形: レイアウトの codes にあるコード ／ "
        "対処: コードの意味を確認し、必要なら schemas/intake のレイアウトに追加してください"
    ),
    change(4, happened_on="2025-02-30"): (
        "異動日・届出日・生年月日が存在しない日付です ／ 項目: 4 異動日 ／ 正しい形: YYYY-MM-DD の実在する日付 ／ "
        "対処: 住民記録を確認してください。生年月日不詳の人は、運用で定めた日付にしてください"
    ),
    change(5, household_no="", ward_code=""): (
        "この事由に必要な異動後の項目がありません ／ 項目: 7 世帯番号・15 異動後の行政区コード ／ "
        "正しい形: 出生・転入・職権回復は世帯番号・続柄・氏名・フリガナ・生年月日・性別・郵便番号・住所・行政区コード、"
        "転居は郵便番号・住所・行政区コード、氏名変更は氏名・フリガナ ／ "
        "対処: 住民記録を確認し、異動後の項目を付けて送り直してください"
    ),
    change(6, submission_kind="9"): (
        "取り消す異動（同じ宛名番号・事由・異動日）が台帳にありません ／ 項目: 1 処理区分 ／ "
        "正しい形: 先に届いた異動と同じ宛名番号・異動事由・異動日 ／ "
        "対処: 元の異動が保留になっていないか確認し、取消を送り直してください"
    ),
    change(7, january_municipality="011003"): (
        "1月1日の市区町村コードが団体コードの形をしていません ／ 項目: 16 1月1日の市区町村コード ／ "
        "正しい形: 6桁目が検査数字である全国地方公共団体コード6桁、又は空欄 ／ "
        "対処: 1月1日の住所地の団体コードを確認してください"
    ),
    change(8, former_address=number(8)): (
        "個人番号の欄ではない項目に、個人番号の疑いがある数字があります。値を伏せました ／ 項目: 19 異動前の住所 ／ "
        "正しい形: 個人番号は個人番号の欄だけ ／ 対処: 住民記録のデータを確認してください"
    ),
}
BAD_ENTRIES = {
    outside(2, sex="", ward_code=""): (
        "この区分に必要な項目がありません ／ 項目: 10 性別・13 行政区コード（居所・家屋敷の所在） ／ "
        "正しい形: 294条3項の人は生年月日・性別・行政区コード、家屋敷等は生年月日・行政区コード ／ "
        "対処: 登録元のデータを確認し、項目を付けて送り直してください"
    ),
    outside(3, ward_code="131032"): (
        "行政区コードがこの団体のものではありません ／ 項目: 13 行政区コード（居所・家屋敷の所在） ／ "
        "正しい形: この団体又はその行政区の6桁の団体コード ／ 対処: 居所又は家屋敷の所在を確認してください"
    ),
}
BAD_STATUS = {
    status(2, to_on="2024-03-31"): (
        "終了日が開始日より前です ／ 項目: 5 終了日 ／ 正しい形: 開始日以後 ／ 対処: 登録元のデータを確認してください"
    ),
    status(3, status_kind="9"): (
        "レイアウトにないコードです ／ 項目: 3 区分 ／ 正しい形: レイアウトの codes にあるコード ／ "
        "対処: コードの意味を確認し、必要なら schemas/intake のレイアウトに追加してください"
    ),
}


BAD_PREMIUMS = {
    premium(2, paid_year="2024"): (
        "納付した年が、処理中の年度の前年ではありません ／ 項目: 4 納付した年 ／ 正しい形: 賦課年度の前年 ／ "
        "対処: 過年度分なら、その年度を指定して取り込んでください"
    ),
    premium(3, paid_yen="9999999", withheld_yen="2"): (
        "納付した額が確認なしに取り込める範囲を超えています ／ 項目: 5 本人が納付した額 ／ "
        "正しい形: 特別徴収と合わせて0円から1,000万円まで ／ 対処: 桁の誤りがないか、保険料の納付記録を確認してください"
    ),
    premium(4, submission_kind="9"): (
        "取り消す登録（同じ宛名番号・保険・年）が台帳にありません ／ 項目: 1 処理区分 ／ "
        "正しい形: 先に届いた登録と同じ宛名番号・保険・年 ／ 対処: 元の登録が保留になっていないか確認し、取消を送り直してください"
    ),
}


def test_premiums_are_kept_counted_in_yen_and_replaced(office: Office) -> None:
    office.put("a.csv", premium(1), premium(1, insurance="2", withheld_yen="50000"), *BAD_PREMIUMS, layout=PREMIUM)
    office.put("b.csv", premium(1), premium(1, paid_yen="1"), layout=PREMIUM, received_on=LATER)
    assert intake.run(office.ctx).problems == []
    assert [text for _, _, text in office.messages()] == list(BAD_PREMIUMS.values())
    assert office.rows(
        "SELECT accepted_count, quarantined_count, duplicate_count, read_yen, accepted_yen, quarantined_yen, duplicate_yen "
        "FROM source_file ORDER BY file_no"
    ) == [(2, 3, 0, 11_250_001, 650_000, 10_600_001, 0), (1, 0, 1, 300_001, 1, 0, 300_000)]
    assert office.rows(
        "SELECT fiscal_year, insurance, paid_yen, withheld_yen FROM insurance_premium ORDER BY file_no, record_no"
    ) == [
        (2026, "national_health", 300_000, 0),
        (2026, "long_term_care", 300_000, 50_000),
        (2026, "national_health", 1, 0),
    ]


def test_a_change_is_kept_as_it_was_told_and_the_same_again_is_a_duplicate(office: Office) -> None:
    office.put("a.csv", change(1), *BAD_CHANGES, change(9, change_kind="06"), layout=CHANGE)
    withdrawn = change(1, submission_kind="9")
    office.put("b.csv", change(1), withdrawn, layout=CHANGE, received_on=LATER)
    office.put("c.csv", withdrawn, change(1), layout=CHANGE, received_on=date(2026, 2, 11))
    assert intake.run(office.ctx).problems == []
    told = [(record, text) for record, rule, text in office.messages() if rule != "unknown_person"]
    assert told == list(enumerate(BAD_CHANGES.values(), start=2))
    assert [rule for _, rule, _ in office.messages()][-1] == "unknown_person"
    assert office.rows("SELECT accepted_count, duplicate_count FROM source_file ORDER BY file_no") == [
        (2, 0),
        (1, 1),
        (1, 1),
    ]
    assert office.rows(
        "SELECT taxpayer_no, submission_kind, change_kind, happened_on, notified_on, name, former_address, "
        "january_municipality, number_id IS NOT NULL, known_on FROM register_change WHERE file_no = 1 AND record_no = 1"
    ) == [
        (
            "000000000000001",
            "new",
            "moved_in",
            date(2025, 12, 20),
            date(2026, 1, 9),
            "見本　太郎",
            "札幌市中央区見本３－３",
            "041009",
            True,
            date(2026, 1, 31),
        )
    ]
    assert office.rows(
        "SELECT submission_kind FROM register_change WHERE taxpayer_no LIKE '%1' ORDER BY commit_no"
    ) == [
        ("new",),
        ("cancellation",),
        ("new",),
    ]


def test_who_is_outside_the_register_and_the_departments_lists_are_kept_the_same_way(office: Office) -> None:
    office.put("jumin.csv", resident(9), layout=REGISTER)
    office.put("soto.csv", outside(1), outside(9, entry_kind="4", sex=""), *BAD_ENTRIES, layout=OUTSIDE)
    office.put("jokyo.csv", status(1), status(9, status_kind="2"), *BAD_STATUS, layout=STATUS)
    ended = status(1, to_on="2025-12-31")
    office.put("jokyo.csv", ended, status(9, status_kind="2"), layout=STATUS, received_on=LATER)
    assert intake.run(office.ctx).problems == []
    assert [text for _, _, text in office.messages()] == [*BAD_ENTRIES.values(), *BAD_STATUS.values()]
    assert office.rows("SELECT taxpayer_no, entry_kind, from_on, to_on FROM outside_register ORDER BY record_no") == [
        ("000000000000001", "taxed_here", date(2025, 6, 1), None),
        ("000000000000009", "tax_agent", date(2025, 6, 1), None),
    ]
    assert office.rows("SELECT status_kind, to_on FROM person_status ORDER BY file_no, record_no") == [
        ("public_assistance", None),
        ("returnee_support", None),
        ("public_assistance", date(2025, 12, 31)),
    ]


@pytest.mark.parametrize(
    ("layout", "source"),
    [
        (CHANGE, "register_change"),
        (OUTSIDE, "outside_register"),
        (STATUS, "person_status"),
        (PREMIUM, "insurance_premium"),
        (REDUCTION, "reduction_decision"),
        (TRANSFER, "account_transfer"),
    ],
)
def test_every_item_is_loaded_or_judged(layout: Layout, source: str) -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in sorted((SQL / "intake" / source).glob("*.sql")))
    for item in layout.items:
        shown = r"number_id" if item.number else item.name.removesuffix("_on")
        assert re.search(rf"\b{shown}", text), item.name
