"""What the tax office keyed from a paper 確定申告書 is the same in the ledger as if e-Tax had written it."""

from typing import Any

from pipelines import intake
from pipelines.layout import etax_forms, source_layouts
from tests.intake.kit import KSK, RETURN, Office, ksk_return, tax_return, tax_returns

# A return with something on every sheet; the tax office's texts of life insurance name the withholding statement.
WHOLE = {
    "kana": "ミホン　ジロウ",
    "employment_paid_yen": "1200000",
    "medical_deduction_yen": "50000",
    "new_general_premium": "源泉徴収票のとおり",
    "care_premium": "12000円",
    "earthquake_premium": "年末調整と同じ",
    "spouse_name": "見本　花子",
    "spouse_born_era": "3",
    "spouse_born_year": "31",
    "spouse_born_month": "1",
    "spouse_born_day": "1",
    "relative_1_name": "見本　二郎",
    "relative_1_relationship": "子",
    "relative_1_born_era": "5",
    "relative_1_born_year": "2",
    "relative_1_born_month": "7",
    "relative_1_born_day": "7",
    "relative_1_under_16": "2",
    "separate_taxation": "2",
    "listed_shares_yen": "700000",
    "furusato_yen": "30000",
}
# Told apart by these alone.
OWN = ("document_no", "channel", "receipt_no", "known_on", "commit_no", "name", "number_id")


def rows(office: Office, table: str, order: str) -> list[dict[str, Any]]:
    columns = ", ".join(str(name) for (name,) in office.rows(f"SELECT column_name FROM (DESCRIBE {table})"))
    names = columns.split(", ")
    found = office.rows(f"SELECT {columns} FROM {table} ORDER BY {order}")
    return [dict(zip(names, row, strict=True)) for row in found]


def without_own(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in OWN}


def test_paper_and_e_tax_say_the_same_and_bad_lines_wait_for_a_person(office: Office) -> None:
    office.put_bytes("etax.xml", tax_returns(tax_return(1, **WHOLE)), RETURN)
    good = ksk_return(2, **WHOLE)
    office.put(
        "ksk.csv",
        good,
        good,
        good.replace(",", "", 1),
        ksk_return(3, receipt_no=""),
        ksk_return(4, channel_code="1"),
        ksk_return(5, new_general_premium="別紙"),
        layout=KSK,
    )
    assert intake.run(office.ctx).problems == []
    electronic, paper, _ = rows(office, "tax_return", "channel, document_no")
    assert (paper["channel"], paper["receipt_no"]) == ("paper", "KSK000000002")
    assert without_own(paper) == without_own(electronic)
    assert (paper["life_premiums_as_reported"], paper["earthquake_premiums_as_reported"]) == (True, True)
    assert (paper["new_general_premium_yen"], paper["care_premium_yen"]) == (0, 12_000)
    relatives = rows(office, "tax_return_relative", "role, document_no")
    assert [without_own(row) for row in relatives[::2]] == [without_own(row) for row in relatives[1::2]] != []
    assert office.rows("SELECT DISTINCT document_kind FROM document") == [("income_tax_return",)]
    told = [row for row in office.messages() if row[1] not in ("deductions_differ", "medical_expense_missing")]
    assert len(office.messages()) - len(told) == 3 * 2  # of e-Tax, of paper, and of paper again
    assert told == [
        (
            3,
            "item_count",
            "項目の数がKSK入力データのレイアウトと合わない申告書です ／ 内容: 204項目 ／ 正しい形: 205項目（当システムの暫定レイアウト 第1版） ／ "
            "対処: 値の中のカンマや途中で切れた行がないか、税務署に確認してください",
        ),
        (
            4,
            "required",
            "必須の項目がありません ／ 項目: 3 KSKの整理番号（画像の索引と同じ番号） ／ 正しい形: 値があること ／ "
            "対処: 原本を確認し、税務署に確認してください",
        ),
        (
            5,
            "unknown_code",
            "様式にないコードです ／ 項目: 2 提出の経路 ／ "
            "正しい形: レイアウトの codes にあるコード（元号は1明治 2大正 3昭和 4平成 5令和） ／ "
            "対処: コードの意味を税務署に確認してください。新しいコードなら schemas/intake のレイアウトに追加してください",
        ),
        (
            6,
            "premium_not_in_yen",
            "保険料の欄が金額でも「源泉徴収票のとおり」の類でもありません ／ 項目: 88 新生命保険料 支払保険料等の計 ／ "
            "正しい形: 金額か、源泉徴収票のとおり・年末調整と同じ など（合算が支払報告書の額を使う） ／ "
            "対処: そのまま取り込みました。保険料は0円としたので、原本を確認し、要るなら補記してください",
        ),
    ]
    assert office.rows(
        "SELECT edition, read_count, accepted_count, quarantined_count, duplicate_count, read_yen, accepted_yen FROM source_file "
        "ORDER BY ALL"
    ) == [("koa020_23_0", 1, 1, 0, 0, 4_000_000, 4_000_000), ("ksk_interim_1", 6, 2, 3, 1, 20_000_000, 8_000_000)]


def test_every_item_of_the_layout_is_one_of_the_form() -> None:
    form = etax_forms()["23.0"].record.by_name
    assert [item.name for item in KSK.items if item.name not in form or item.kind != form[item.name].kind] == []


def test_the_layout_calls_itself_interim() -> None:
    assert (KSK.official, "暫定レイアウト" in KSK.title) == (False, True)
    assert len(source_layouts("income_tax_return")) == 2
