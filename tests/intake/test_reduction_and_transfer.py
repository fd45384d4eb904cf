"""減免の決定 and 口座振替の登録: what is told is what the ledger holds; what is wrong the operator reads word for word; no account number stays."""

from datetime import date

from pipelines import intake
from tests.intake.kit import REDUCTION, TRANSFER, Office, reduction, transfer

LATER = date(2026, 2, 10)
BAD_DECISIONS = {
    reduction(2, reduced_yen="5000"): (
        "減免の割合と額のどちらで決定したのか分かりません ／ 項目: 10 減免の割合の分子 ／ "
        "正しい形: 割合（分子は1以上で分母以下）か額のどちらか一つ。森林環境税だけの免除ならどちらも空欄 ／ "
        "対処: 減免の決定の記録を確認してください"
    ),
    reduction(3, part_numerator="3"): (
        "減免の割合と額のどちらで決定したのか分かりません ／ 項目: 10 減免の割合の分子 ／ "
        "正しい形: 割合（分子は1以上で分母以下）か額のどちらか一つ。森林環境税だけの免除ならどちらも空欄 ／ "
        "対処: 減免の決定の記録を確認してください"
    ),
    reduction(4, submission_kind="9"): (
        "取り消す決定（同じ年度・決定番号）が台帳にありません ／ 項目: 1 処理区分 ／ 正しい形: 先に届いた決定と同じ年度・決定番号 ／ "
        "対処: 元の決定が保留になっていないか確認し、取消を送り直してください"
    ),
    reduction(5, decision_ref="R08-0001"): (
        "同じ年度の同じ決定番号が、別の人か区の決定に使われています ／ 項目: 2 決定番号 ／ "
        "正しい形: 一つの決定番号は一つの賦課の決定 ／ 対処: 決定番号を確認してください"
    ),
}
UNMASKED = transfer(2, masked_account="7654321")
BAD_TRANSFERS = {
    UNMASKED: (
        "口座番号が伏せられていません。台帳には入れません ／ 項目: 9 伏せた口座番号 ／ "
        "正しい形: アスタリスクで伏せ、下4桁までだけを残した番号 ／ "
        "対処: 口座の管理システムの抽出の設定で、口座番号を伏せてください"
    ),
}


def test_decisions_in_parts_in_yen_or_of_the_forest_tax_alone_are_kept_and_cancelled(office: Office) -> None:
    office.put("a.csv", reduction(1), *BAD_DECISIONS, layout=REDUCTION)
    in_yen = {"part_numerator": "", "part_denominator": "", "reduced_yen": "12000"}
    forest = {"part_numerator": "", "part_denominator": "", "forest_reason": "2", "applied_on": ""}
    cancelled = reduction(1, submission_kind="9")
    office.put(
        "b.csv",
        reduction(1),
        cancelled,
        reduction(6, **in_yen),
        reduction(7, **forest),
        layout=REDUCTION,
        received_on=LATER,
    )
    assert intake.run(office.ctx).problems == []
    assert [text for _, _, text in office.messages()] == list(BAD_DECISIONS.values())
    assert office.rows(
        "SELECT accepted_count, quarantined_count, duplicate_count, accepted_yen FROM source_file ORDER BY file_no"
    ) == [(1, 4, 0, 0), (3, 0, 1, 12_000)]
    assert office.rows(
        "SELECT submission_kind, decision_ref, reduction_reason, applied_on, from_period, part_numerator, "
        "part_denominator, reduced_yen, forest_reason FROM reduction_decision ORDER BY file_no, record_no"
    ) == [
        ("new", "R08-0001", "income_loss", date(2026, 1, 20), 2, 1, 2, 0, None),
        ("cancellation", "R08-0001", "income_loss", date(2026, 1, 20), 2, 1, 2, 0, None),
        ("new", "R08-0006", "income_loss", date(2026, 1, 20), 2, 0, 1, 12_000, None),
        ("new", "R08-0007", "income_loss", None, 2, 0, 1, 0, "assistance"),
    ]


def test_an_account_number_that_is_not_masked_stays_out_of_the_ledger(office: Office) -> None:
    office.put("a.csv", transfer(1), *BAD_TRANSFERS, transfer(3, tax_item="9"), layout=TRANSFER)
    office.put("b.csv", transfer(1), transfer(1, to_on="2026-08-31"), layout=TRANSFER, received_on=LATER)
    assert intake.run(office.ctx).problems == []
    assert [text for _, _, text in office.messages()] == list(BAD_TRANSFERS.values())
    assert office.rows(
        "SELECT taxpayer_no, tax_item, to_on, bank_name, deposit_kind, masked_account FROM account_transfer "
        "ORDER BY file_no, record_no"
    ) == [
        ("000000000000001", "resident_tax", None, "見本銀行", "ordinary", "***1234"),
        ("000000000000003", "other", None, "見本銀行", "ordinary", "***1234"),
        ("000000000000001", "resident_tax", date(2026, 8, 31), "見本銀行", "ordinary", "***1234"),
    ]
    assert office.rows("SELECT count(*) FROM record_exception WHERE message LIKE '%7654321%'") == [(0,)]
