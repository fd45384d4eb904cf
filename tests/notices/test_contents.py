"""What a notice says: everything that the law wants on it, the ledger's figures, and nothing that the contract leaves out."""

import re
from datetime import date

import pytest

from pipelines.city import load_city
from pipelines.errors import DataError
from pipelines.exchange.contract import load_contract
from pipelines.exchange.payload import Payload
from pipelines.notices.ordinary_collection import build_notices
from tests.notices.conftest import CONTRACT, CORRECTED_ON, DECIDED_ON, EVERY, FIGURES, FISCAL_YEAR, LINES, MORE, Books
from tests.notices.page import pages

TARO = "000000000000102"
SHARES = ("", "city_", "prefecture_")
# 地方税法1条1項6号, item by item.
REQUIRED = {
    "賦課の根拠となった法律": "地方税法294条・310条・314条の3・318条",
    "賦課の根拠となった条例": "仙台市市税条例",
    "森林環境税の根拠": "森林環境税及び森林環境譲与税に関する法律3条・5条・7条",
    "納税者の住所": "仙台市青葉区国分町１－２－３青葉ハイツ４０５号",
    "納税者の氏名": "山田花子様",
    "課税標準額": "千円未満切捨て）1,316,000",
    "税率": "税率8％2％",
    "税額": "年税額130,200円",
    "納期": "第4期（1月）令和9年2月1日",
    "各納期における納付額": "第1期（6月）令和8年6月30日34,200",
    "納付の場所": "仙台市の指定金融機関・指定代理金融機関・収納代理金融機関の本店及び支店",
    "督促": "督促状を発します（地方税法329条）",
    "延滞金": "（地方税法326条）",
    "滞納処分": "滞納処分を受けることがあります（地方税法331条）",
    "審査請求": "翌日から起算して3か月以内に、仙台市長に対して審査請求",
    "取消訴訟": "翌日から起算して6か月以内に、仙台市を被告として",
}


def squeezed(text: str) -> str:
    """The text without the breaks and spaces of the layout."""
    return re.sub(r"\s", "", text)


def words(books: Books, payload: Payload) -> str:
    return squeezed("".join(page.text for page in pages(books.files(payload))))


def test_everything_that_the_law_wants_on_a_notice_is_on_it(books: Books) -> None:
    books.resident()
    books.assessed()
    text = words(books, books.notices())
    assert [item for item, wanted in REQUIRED.items() if wanted not in text] == []


def test_every_figure_of_the_assessment_is_printed_as_it_stands(books: Books) -> None:
    books.resident()
    books.assessed()
    text = "".join(page.text for page in pages(books.files(books.notices())))
    figures = [value for value in FIGURES.values() if isinstance(value, int)] + FIGURES["ordinary_instalments_yen"]
    assert [yen for yen in figures if not re.search(rf"(?<![\d,]){yen:,}(?![\d,])", text)] == []


def test_the_taxpayer_can_follow_the_arithmetic_from_income_to_tax(books: Books) -> None:
    books.resident()
    books.assessed()
    back = squeezed(pages(books.files(books.notices()))[1].text)
    assert "総所得金額①3,080,000" in back
    assert "所得控除の合計②1,763,845" in back
    assert "算出所得割額（③×税率）105,28026,320" in back
    assert "調整控除△6,000△1,500" in back
    assert "百円未満の端数△80△20" in back
    assert "所得割額④99,20024,800" in back
    assert "年税額（市民税＋県民税＋⑥）130,200" in back


def test_every_line_that_is_not_zero_is_on_the_statement_and_no_other(books: Books) -> None:
    books.resident()
    books.assessed(**EVERY)
    books.resident(TARO)
    books.assessed(TARO)
    found = pages(books.files(books.notices())[:1])
    full, plain = squeezed(found[1].text), squeezed(found[3].text)
    lines = [line for name in ("incomes", "deductions", "bases", "credits") for line in LINES[name]]
    assert [line["ja"] for line in lines if squeezed(line["ja"]) not in full] == []
    zero = [line["ja"] for line in lines if not any(FIGURES.get(f"{share}{line['column']}") for share in SHARES)]
    assert [ja for ja in zero if squeezed(ja) in plain and ja != "百円未満の端数"] == []
    # 法1条1項6号: the rates, also of what is taxed apart (仙台市 is a designated city).
    assert "課税長期譲渡所得（一般）市民税4％・県民税1％12,345,000" in full
    assert "20,000,000円まで市民税3.2％・県民税0.8％、超える部分市民税4％・県民税1％" in full
    front = squeezed(found[0].text)
    assert "納税通知書（公的年金からの特別徴収税額決定通知書を兼ねる）" in front
    assert "4月（仮徴収）6月（仮徴収）8月（仮徴収）10月12月2月合計10,00010,00010,00011,00010,00010,00061,000" in front
    assert "うち公的年金からの特別徴収税額61,000うち普通徴収税額（この通知書により納める額）130,200" in front


def test_who_pays_by_pension_alone_gets_a_notice_without_a_bill(books: Books) -> None:
    books.resident()
    books.assessed(**EVERY | {"ordinary_instalments_yen": [], "annual_tax_yen": 61_000, "collection_method": "pension"})
    payload = books.notices()
    text = words(books, payload)
    assert [file.name for file in payload.files] == ["notice-0001.pdf"]
    assert "納期限までに納めてください" not in text
    assert "納付の場所" not in text
    assert "合計10,00010,00010,00011,00010,00010,00061,000" in text


def test_who_pays_by_wages_and_by_bill_gets_a_bill_for_his_part(books: Books) -> None:
    books.resident()
    instalments = {"ordinary_instalments_yen": [10_200, 10_000, 10_000, 10_000], "collection_method": "employment"}
    books.assessed(**instalments, withholding_instalments_yen=[7_500] * 12)
    text = words(books, books.notices())
    assert "うち給与からの特別徴収税額90,000うち普通徴収税額（この通知書により納める額）40,200" in text


def test_a_special_ward_names_its_own_taxes(books: Books) -> None:
    books.resident(address="東京都港区芝公園１－５")
    books.assessed()
    text = words(books, books.notices(city=load_city("131032")))
    assert "特別区民税・都民税・森林環境税" in text
    assert "港区特別区税条例" in text
    assert not re.search("市民税|県民税", text)


def test_a_correction_shows_the_earlier_and_the_new_amounts(books: Books) -> None:
    books.resident()
    books.assessed()
    books.told(books.notices())
    books.assessed(version=2, on=CORRECTED_ON, **MORE)
    text = words(books, books.notices(CORRECTED_ON))
    assert "納税変更通知書" in text
    assert "発行年月日令和8年7月10日" in text
    assert "変更の理由所得控除の合計が1,763,845円から1,433,845円に変わったため、税額控除などの計が" in text
    assert "変更は、第1期（6月）の分からです" in text
    assert "変更前の年税額130,200変更による増減額35,500" in text
    # June is past: its increase is due at the end of July, what was billed before stays due on its day.
    assert "令和8年6月30日（増額分は令和8年7月31日）34,20042,7008,500" in text
    assert "第2期（8月）令和8年8月31日32,00041,0009,000" in text


def test_a_correction_that_lowers_the_tax_moves_no_due_date(books: Books) -> None:
    books.resident()
    books.assessed(**MORE)
    books.told(books.notices())
    books.assessed(version=2, on=CORRECTED_ON)
    text = words(books, books.notices(CORRECTED_ON))
    assert "第1期（6月）令和8年6月30日42,70034,200△8,500" in text
    assert "変更による増減額△35,500" in text


def test_who_now_pays_through_the_employer_is_told_that_nothing_is_billed_any_more(books: Books) -> None:
    books.resident()
    books.assessed()
    books.told(books.notices())
    books.assessed(version=2, on=CORRECTED_ON, collection_method="employment", ordinary_instalments_yen=[])
    text = words(books, books.notices(CORRECTED_ON))
    assert "うち給与からの特別徴収税額130,200" in text
    assert "うち普通徴収税額（この通知書により納める額）0" in text
    assert "各納期限までに納めてください" not in text


def test_a_first_notice_after_june_leaves_ten_days_for_the_first_instalment(books: Books) -> None:
    books.resident()
    books.assessed(on=date(2026, 6, 25))
    text = words(books, books.notices(date(2026, 6, 25)))
    assert "第1期（6月）令和8年7月31日34,200" in text
    assert "第2期（8月）令和8年8月31日32,000" in text


def test_an_individual_number_is_nowhere_on_a_notice(books: Books) -> None:
    books.resident()
    books.assessed()
    text = words(books, books.notices())
    assert "個人番号" not in text
    assert "987654321" not in text


@pytest.mark.parametrize("column", ["name", "taxable_income_yen"])
def test_what_the_contract_does_not_name_is_not_printed(books: Books, column: str) -> None:
    books.resident()
    books.assessed()
    contract = load_contract(CONTRACT)
    narrow = contract.model_copy(update={"columns": tuple(one for one in contract.columns if one.name != column)})
    pin = books.session.pin(FISCAL_YEAR, DECIDED_ON)
    with pytest.raises(DataError, match=f"契約にない列 {column}"):
        build_notices(books.session, pin, books.city, FISCAL_YEAR, narrow, staging=books.staging)
