"""What a 確定申告書 says is what the ledger holds of it; what is wrong with it the operator reads; what is hostile is refused."""

import re
from datetime import date
from pathlib import Path

import pytest

from pipelines import intake
from pipelines.intake import etax_records, xml_guard
from pipelines.layout import delivery
from pipelines.paths import SQL
from tests.intake.kit import RETURN, Office, number, tax_return, tax_returns, with_wrong_check_digit

# As e-Tax writes it, by hand: no tag of it comes from our definitions.
WRITTEN = f"""<?xml version="1.0" encoding="UTF-8" standalone="no" ?>
<DATA id="DATA" xmlns="http://xml.e-tax.nta.go.jp/XSD/shotoku" xmlns:gen="http://xml.e-tax.nta.go.jp/XSD/general"
      xmlns:kyo="http://xml.e-tax.nta.go.jp/XSD/kyotsu">
<RKO0010 VR="25.0.0" id="RKO0010"><CATALOG id="CATALOG"><anything/></CATALOG><CONTENTS id="CONTENTS">
<IT VR="1.5" id="IT">
 <ZEIMUSHO ID="ZEIMUSHO"><gen:zeimusho_CD>02101</gen:zeimusho_CD></ZEIMUSHO>
 <TEISYUTSU_DAY ID="TEISYUTSU_DAY"><gen:era>5</gen:era><gen:yy>8</gen:yy><gen:mm>3</gen:mm><gen:dd>16</gen:dd></TEISYUTSU_DAY>
 <NOZEISHA_BANGO ID="NOZEISHA_BANGO"><gen:kojinbango>{number(1)}</gen:kojinbango></NOZEISHA_BANGO>
 <NOZEISHA_NM_KN ID="NOZEISHA_NM_KN">ミホン　タロウ</NOZEISHA_NM_KN>
 <NOZEISHA_NM ID="NOZEISHA_NM">見本　太郎</NOZEISHA_NM>
 <NOZEISHA_ADR ID="NOZEISHA_ADR">東京都港区見本１－１</NOZEISHA_ADR>
 <ICHIGATSUIPPI_ADR ID="ICHIGATSUIPPI_ADR">仙台市青葉区見本２－２</ICHIGATSUIPPI_ADR>
 <ICHIGATSUIPPI_ADR_CODE ID="ICHIGATSUIPPI_ADR_CODE">04101</ICHIGATSUIPPI_ADR_CODE>
 <BIRTHDAY ID="BIRTHDAY"><gen:era>3</gen:era><gen:yy>30</gen:yy><gen:mm>1</gen:mm><gen:dd>2</gen:dd></BIRTHDAY>
 <NENBUN ID="NENBUN"><gen:era>5</gen:era><gen:yy>7</gen:yy></NENBUN>
 <SHINKOKU_KBN ID="SHINKOKU_KBN"><kubun_CD>1</kubun_CD></SHINKOKU_KBN>
</IT>
<KOA020 VR="23.0" id="KOA020-1" page="1" softNM="x" sakuseiNM="x" sakuseiDay="2026-03-16">
<KOA020-1 page="1">
 <ABA00000><ABA00010 IDREF="NENBUN"/><ABA00020 IDREF="SHINKOKU_KBN"/><ABA00040 IDREF="TEISYUTSU_DAY"/>
  <ABA00050><ABA00060><ABA00090 IDREF="NOZEISHA_ADR"/></ABA00060><ABA00100><ABA00120 IDREF="ICHIGATSUIPPI_ADR"/></ABA00100>
   <ABA00125 IDREF="NOZEISHA_BANGO"/><ABA00130 IDREF="NOZEISHA_NM_KN"/><ABA00140 IDREF="NOZEISHA_NM"/>
   <ABA00200 IDREF="BIRTHDAY"/>
   <ABA00230><ABA00240><kubun_CD>2</kubun_CD></ABA00240><ABA00250><kubun_CD>2</kubun_CD></ABA00250></ABA00230></ABA00050></ABA00000>
 <ABB00000>
  <ABB00010><ABB00020><ABB00030>9000000</ABB00030></ABB00020><ABB00080>1200000</ABB00080>
   <ABB00090><ABB00100>2100000</ABB00100></ABB00090></ABB00010>
  <ABB00270><ABB00280><ABB00300 AutoCalc="1">3000000</ABB00300><ABB00320>-200000</ABB00320></ABB00280><ABB00340>400000</ABB00340>
   <ABB00360>50000</ABB00360><ABB00370>550000</ABB00370>
   <ABB01050><ABB01060>1000000</ABB01060><ABB01070><ABB01090>10000</ABB01090></ABB01070><ABB01100><ABB01120>20000</ABB01120></ABB01100></ABB01050>
   <ABB00400>300000</ABB00400><ABB00410>5130000</ABB00410></ABB00270>
  <ABB00420><ABB00440>50000</ABB00440><ABB00450>600000</ABB00450><ABB00460>240000</ABB00460><ABB00470>80000</ABB00470>
   <ABB00480>20000</ABB00480><ABB00490>28000</ABB00490><ABB00510>270000</ABB00510><ABB00520>380000</ABB00520><ABB00540>580000</ABB00540>
   <ABB00550>580000</ABB00550><ABB00560>2828000</ABB00560></ABB00420>
  <ABB00570><ABB00580>2302000</ABB00580><ABB00600>5000</ABB00600><ABB00650>70000</ABB00650></ABB00570>
  <ABB00770><ABB00780>150000</ABB00780></ABB00770>
 </ABB00000>
</KOA020-1>
<KOA020-2 page="2">
 <ABC00000><ABC00010 IDREF="NENBUN"/></ABC00000>
 <ABD00000><ABD00010><ABD00020>給与</ABD00020><ABD00030>7000000000002</ABD00030><ABD00040>見本商事株式会社</ABD00040>
   <ABD00050>1200000</ABD00050><ABD00060>12000</ABD00060></ABD00010>
  <ABD00010><ABD00020>配当</ABD00020><ABD00030>仙台市見本</ABD00030><ABD00040>見本銀行</ABD00040><ABD00050>50000</ABD00050>
   <ABD00060>7657</ABD00060></ABD00010></ABD00000>
 <ABX00000><ABX00250>長期</ABX00250><ABX00300><ABX00310>800000</ABX00310></ABX00300></ABX00000>
 <ABX00000><ABX00250>一時</ABX00250><ABX00300><ABX00310>800000</ABX00310></ABX00300></ABX00000>
 <ABH00000>
  <ABH00210><ABH00215>１２０，０００</ABH00215><ABH00230>60,000円</ABH00230></ABH00210>
  <ABH00240><ABH00250>20000</ABH00250></ABH00240>
  <ABH00320><ABH00610><kubun_CD>2</kubun_CD><kubun_NM>該当</kubun_NM></ABH00610></ABH00320></ABH00000>
 <ABY00000>
  <ABY00010><ABY00020>見本　花子</ABY00020><ABY00030><gen:kojinbango>{number(2)}</gen:kojinbango></ABY00030>
   <ABY00040><gen:era>3</gen:era><gen:yy>31</gen:yy><gen:mm>1</gen:mm><gen:dd>1</gen:dd></ABY00040>
   <ABY00080><ABY00090><kubun_CD>2</kubun_CD></ABY00090></ABY00080></ABY00010>
  <ABY00150><ABY00160>見本　母</ABY00160><ABY00170><gen:kojinbango>{number(3)}</gen:kojinbango></ABY00170><ABY00180>母</ABY00180>
   <ABY00190><gen:era>3</gen:era><gen:yy>5</gen:yy><gen:mm>5</gen:mm><gen:dd>5</gen:dd></ABY00190>
   <ABY00200><ABY00220><kubun_CD>2</kubun_CD></ABY00220></ABY00200></ABY00150>
  <ABY00150><ABY00160>見本　一郎</ABY00160><ABY00180>子</ABY00180>
   <ABY00190><gen:era>4</gen:era><gen:yy>16</gen:yy><gen:mm>7</gen:mm><gen:dd>7</gen:dd></ABY00190></ABY00150>
  <ABY00150><ABY00160>見本　二郎</ABY00160><ABY00180>子</ABY00180>
   <ABY00190><gen:era>5</gen:era><gen:yy>2</gen:yy><gen:mm>7</gen:mm><gen:dd>7</gen:dd></ABY00190>
   <ABY00260><ABY00270><kubun_CD>2</kubun_CD></ABY00270><ABY00280><kubun_CD>2</kubun_CD></ABY00280></ABY00260></ABY00150>
 </ABY00000>
 <ABI00000><ABI00010><kubun_CD>2</kubun_CD></ABI00010>
  <ABI00080><ABI00104>2500</ABI00104><ABI00106>500</ABI00106>
   <ABI00230><ABI00240>30000</ABI00240><ABI00250>1000</ABI00250></ABI00230>
   <ABI00260><ABI00270>2000</ABI00270><ABI00280>3000</ABI00280></ABI00260></ABI00080></ABI00000>
</KOA020-2>
<KOA020-3 page="3">
 <ABL00000>
  <ABL00190><ABL00200><ABL00240><ABL00250>1000000</ABL00250></ABL00240><ABL00280><ABL00310>700000</ABL00310></ABL00280>
   <ABL00320><ABL00325>60000</ABL00325></ABL00320></ABL00200></ABL00190>
  <ABL00430><ABL00460><ABL00470>2302000</ABL00470></ABL00460></ABL00430>
  <ABL00900><ABL00910><ABL00920>100000</ABL00920></ABL00910></ABL00900>
  <ABL00720><ABL00730><ABL00740>長期一般</ABL00740><ABL00790>31000000</ABL00790><ABL00850>30000000</ABL00850></ABL00730></ABL00720>
 </ABL00000>
</KOA020-3>
</KOA020>
<KOA210 VR="11.0"><whatever>1</whatever></KOA210>
<SOFUSHO xmlns="http://xml.e-tax.nta.go.jp/XSD/kyotsu" VR="15.0"/>
</CONTENTS></RKO0010>
</DATA>"""


def loaded(office: Office, *columns: str, table: str = "tax_return") -> list[tuple[object, ...]]:
    return office.rows(f"SELECT {', '.join(columns)} FROM {table} ORDER BY ALL")


def test_a_return_as_e_tax_writes_it(office: Office) -> None:
    office.put_bytes("taro.xtx", WRITTEN.encode(), RETURN)
    report = intake.run(office.ctx)
    assert (report.problems, report.counts["accepted"]) == ([], 1)
    assert office.rows("SELECT edition, accepted_yen FROM source_file") == [("koa020_23_0", 5_130_000)]
    assert loaded(
        office, "document_kind", "fiscal_year", "submission_kind", "name", "kana", "born_on", "address", "amount_yen",
        table="document",
    ) == [
        ("income_tax_return", 2026, "new", "見本　太郎", "ミホン　タロウ", date(1955, 1, 2), "仙台市青葉区見本２－２", 5_130_000)
    ]  # fmt: skip
    columns = {
        "return_kind": "final",
        "filed_on": date(2026, 3, 16),
        "channel": "electronic",
        "receipt_no": None,
        "blue_return": True,
        "total_income_yen": 5_130_000,
        "deductions_yen": 2_828_000,
        "employment_paid_yen": 1_200_000,
        "pension_paid_yen": 2_100_000,
        "business_yen": 3_000_000,
        "farming_yen": -200_000,
        "real_estate_yen": 400_000,
        "ordinary_dividend_yen": 50_000,  # 配当控除 is claimed
        "other_dividend_yen": 0,
        "miscellaneous_business_yen": 10_000,
        "miscellaneous_yen": 20_000,
        "capital_short_yen": 0,
        "capital_long_yen": 800_000,
        "occasional_gain_yen": 800_000,
        "land_long_yen": 31_000_000,  # 31,000,000 - 30,000,000 = 1,000,000, as the sheet has it
        "land_long_special_deduction_yen": 30_000_000,
        "listed_shares_yen": 700_000,
        "listed_dividend_yen": 60_000,
        "listed_shares_loss_carried_yen": 100_000,
        "social_insurance_yen": 600_000,
        "small_enterprise_yen": 240_000,
        "new_general_premium_yen": 120_000,
        "old_pension_premium_yen": 60_000,
        "earthquake_premium_yen": 20_000,
        "declared_medical_deduction_yen": 50_000,
        "medical_expense_yen": 0,
        "has_spouse": True,
        "spouse_elderly": True,  # born on 1 January 1956: 70 on 31 December 2025
        "spouse_born_on": date(1956, 1, 1),
        "spouse_total_income_yen": 150_000,
        "spouse_abroad": True,
        "dependant_specific_count": 1,  # born on 7 July 2004
        "dependant_elderly_count": 1,
        "dependant_elderly_parent_count": 1,
        "dependant_other_count": 0,
        "dependant_under_16_count": 1,
        "disability_special_count": 1,
        "disability_special_living_together_count": 1,
        "self_disability": "ordinary",
        "housing_loan_credit_yen": 70_000,
        "furusato_yen": 30_000,
        "donation_both_yen": 1_000,
        "donation_prefecture_yen": 2_000,
        "donation_city_yen": 3_000,
        "withheld_levy_yen": 3_000,
        "non_employment_ordinary": True,
        "income_tax_taxable_yen": 2_302_000,
    }
    assert loaded(office, *columns) == [tuple(columns.values())]
    assert loaded(
        office, "role", "relative_no", "name", "relationship", "born_on", "number_id IS NOT NULL", "residence_code",
        "disability", "living_apart", "under_16", table="tax_return_relative",
    ) == [
        ("dependant", 1, "見本　母", "母", date(1930, 5, 5), True, "00", "special", False, False),
        ("dependant", 2, "見本　一郎", "子", date(2004, 7, 7), False, "00", "none", False, False),
        ("spouse", 1, "見本　花子", "", date(1956, 1, 1), True, "01", "none", False, False),
        ("under_16", 3, "見本　二郎", "子", date(2020, 7, 7), False, "00", "none", True, True),
    ]  # fmt: skip
    assert loaded(
        office, "payer_no", "income_kind", "payer_name", "payer_corporate_number", "paid_yen", "withheld_yen",
        table="tax_return_payer",
    ) == [
        (1, "給与", "見本商事株式会社", "7000000000002", 1_200_000, 12_000),
        (2, "配当", "見本銀行", None, 50_000, 7_657),
    ]  # fmt: skip
    # What the form has no amount for is said, and nothing else.
    assert [rule for _, rule, _ in office.messages()] == ["housing_undated", "medical_expense_missing"]


def test_many_returns_in_a_file_of_every_kind(office: Office, monkeypatch) -> None:
    monkeypatch.setattr(etax_records, "CHUNK_BYTES", 700)
    monkeypatch.setattr(etax_records, "BATCH_RETURNS", 2)
    child = "<ABY00150><ABY00160>見本　{}</ABY00160></ABY00150>"
    second_sheet = f"<KOA020-2><ABY00000>{child.format('三')}</ABY00000></KOA020-2></KOA020>"
    office.put_bytes(
        "a.xml",
        tax_returns(
            tax_return(1),
            tax_return(1, return_kind_code="2", business_yen="5000000", total_income_yen="5000000"),
            tax_return(1, return_kind_code="3", notified_on="2026-05-01", channel_code="2", receipt_no=""),
            tax_return(4, return_kind_code="", amended_return="2"),
            tax_return(5, return_kind_code="3"),
            tax_return(6, relative_1_name="見本　一", relative_2_name="見本　二").replace("</KOA020>", second_sheet),
        ),
        RETURN,
    )
    intake.run(office.ctx)
    assert office.rows(
        "SELECT return_kind, filed_on::VARCHAR, channel, receipt_no IS NULL, submission_kind "
        "FROM tax_return JOIN document USING (document_no) ORDER BY document_no"
    ) == [
        ("final", "2026-03-10", "electronic", False, "new"),
        ("amended", "2026-03-10", "electronic", False, "correction"),
        ("corrected", "2026-05-01", "paper", True, "correction"),
        ("amended", "2026-03-10", "electronic", False, "correction"),
        ("final", "2026-03-10", "electronic", False, "new"),
    ]
    # Those of a second sheet come after those of the first.
    assert loaded(office, "relative_no", "name", table="tax_return_relative") == [
        (1, "見本　一"),
        (2, "見本　二"),
        (3, "見本　三"),
    ]
    assert [(record, rule) for record, rule, _ in office.messages()] == [(5, "notice_undated")]


UNKNOWN = (
    "様式にない内容を持つ申告書です ／ 内容: {} ／ 正しい形: schemas/intake/etax_xml の様式にあるタグを1つずつ、IDREF は IT の"
    "対応する定義を指す ／ 対処: 原本を確認し、税務署に確認してください。新しい版の様式なら schemas/intake/etax_xml に追加してください"
)
BROKEN = {
    ('IDREF="NOZEISHA_NM"', 'IDREF="NOZEISHA_ADR"'): "タグ ABA00140 の IDREF（NOZEISHA_NM を指すはず）",
    (' ID="BIRTHDAY"', ' ID="NOZEISHA_TEL"'): "IT の BIRTHDAY の ID",
    ('<ABA00200 IDREF="BIRTHDAY"/>', "<ABA00200>昭和</ABA00200>"): "タグ ABA00200 の内容（IDREF だけの空の要素のはず）",
    ("ABB00410>", "ABB00411>"): "タグ ABB00411",
    ("</ABB00300>", "</ABB00300><ABB00300>5</ABB00300>"): "タグ ABB00300 が2つ",
    ('<KOA020 VR="23.0"', '<KOA020 VR="24.0"'): "様式 KOA020 の版 24.0",
    ("RKO0010", "RSH0010"): "手続 RSH0010",
    ("gen:mm>", "gen:month>"): "タグ month",
    ("<ABB00000>", "<ABB00000>メモ"): "タグの間の文字",
}


def test_returns_with_what_their_form_does_not_have_go_to_a_person(office: Office) -> None:
    broken = [tax_return(1).replace(tag, other) for tag, other in BROKEN]
    dangling = re.sub(r"<NOZEISHA_BANGO .*</NOZEISHA_BANGO>", "", tax_return(1))
    office.put_bytes("a.xml", tax_returns(*broken, dangling, tax_return(2)), RETURN)
    assert intake.run(office.ctx).problems == []
    found = [*BROKEN.values(), "タグ ABA00125 の IDREF の先（IT に NOZEISHA_BANGO がない）"]
    assert office.messages() == [
        (record, "unknown_content", UNKNOWN.format(text)) for record, text in enumerate(found, start=1)
    ]
    assert office.rows("SELECT record_no FROM document") == [(len(found) + 1,)]


# 第四表（二） as e-Tax writes it, by hand: blue losses of two years ago, 居住用財産 and 雑損失 of last year; and 株式等.
LOSS_SHEET = """<KOA020-5 page="5"><ABO00000><ABO00010 IDREF="NENBUN"/></ABO00000><ABP00000>
 <ABP00010><ABP00020>700000</ABP00020></ABP00010>
 <ABP00310><ABP00830>
  <ABP00960><ABP00970><ABP00980><ABP00990>300000</ABP00990><ABP01000>20000</ABP01000></ABP00980></ABP00970></ABP00960>
  <ABP01080><ABP01090><ABP01180>150000</ABP01180></ABP01090><ABP01190>40000</ABP01190>
   <ABP01194>60000</ABP01194></ABP01080></ABP00830></ABP00310>
</ABP00000></KOA020-5>"""


# 第四表（一） by hand: losses and gains of this year, before any is set off.
THIS_YEAR = """<KOA020-4 page="4"><ABM00000><ABM00010 IDREF="NENBUN"/></ABM00000><ABN00000><ABN00010>
 <ABN00020><ABN00030>-1200000</ABN00030></ABN00020>
 <ABN00040><ABN00050><ABN00060><ABN00160><ABN00170>-400000</ABN00170><ABN00200>-400000</ABN00200></ABN00160></ABN00060>
  <ABN00220><ABN00320><ABN00330>900000</ABN00330><ABN00350>500000</ABN00350><ABN00360>400000</ABN00360></ABN00320></ABN00220></ABN00050>
  <ABN00380><ABN00390>600000</ABN00390><ABN00400>500000</ABN00400><ABN00410>100000</ABN00410></ABN00380></ABN00040>
 <ABN00430><ABN00440><ABN00450>0</ABN00450><ABN00460>-250000</ABN00460></ABN00440></ABN00430>
 <ABN00550><ABN00560><ABN01600><ABN01620>-30000</ABN01620></ABN01600><ABN00610><ABN00630>-70000</ABN00630></ABN00610></ABN00560></ABN00550>
 <ABN00650><ABN00660><ABN00690>-10000</ABN00690></ABN00660></ABN00650>
</ABN00010><ABN00780><ABN01520>-1000000</ABN01520></ABN00780></ABN00000></KOA020-4>"""


def test_a_loss_return_tells_the_losses_of_this_year_before_they_are_set_off(office: Office) -> None:
    loss = {"business_yen": "-1200000", "loss_return": "2"}
    filed = [
        tax_return(no, **loss, **more).replace("</KOA020>", f"{THIS_YEAR}</KOA020>")
        for no, more in enumerate(({}, {"futures_yen": "5", "separate_taxation": "2"}), start=1)
    ]
    office.put_bytes("a.xml", tax_returns(*filed), RETURN)
    assert intake.run(office.ctx).problems == []
    kinds = (
        "business",
        "capital_short",
        "capital_long",
        "occasional_gain",
        "forestry",
        "general_shares",
        "listed_shares",
        "futures",
    )
    figures = (-1_200_000, -400_000, 900_000, 600_000, -250_000, -30_000, -70_000, -10_000)
    assert loaded(office, *(f"{kind}_yen" for kind in kinds)) == [figures, figures]
    assert [(no, rule) for no, rule, _ in office.messages()] == [
        (1, "loss_sheets"),
        (2, "loss_sheets"),
        (2, "this_year_differs"),
    ]


def test_a_loss_sheet_tells_which_losses_are_taken_off(office: Office) -> None:
    filed = [
        tax_return(no, carried_loss_yen=carried, loss_return="2").replace("</KOA020>", f"{LOSS_SHEET}</KOA020>")
        for no, carried in enumerate(("510000", "500000"), start=1)
    ]
    office.put_bytes("a.xml", tax_returns(*filed, tax_return(3, carried_loss_yen="510000")), RETURN)
    assert intake.run(office.ctx).problems == []
    told = [f"{kind}_loss_carried_yen" for kind in ("casualty", "listed_shares", "residence")]
    assert loaded(office, "loss_carried_forward_yen", *told) == [
        (320_000, 40_000, 60_000, 150_000),
        (320_000, 40_000, 60_000, 150_000),
        (510_000, 0, 0, 0),
    ]
    assert [(no, rule) for no, rule, _ in office.messages()] == [
        (1, "loss_sheets"), (2, "loss_sheet_differs"), (2, "loss_sheets"), (3, "carried_loss_unsplit"),
    ]  # fmt: skip


BAD_VALUES = {
    "check_digit": (
        {"individual_number": with_wrong_check_digit(number(9)), "total_income_yen": "1000000"},
        "個人番号の検査用数字が合いません ／ 項目: 14 個人番号 ／ 正しい形: 12桁目が番号法施行令に基づく検査用数字であること ／ "
        "対処: 住民登録と税務署で本人の個人番号を確認してください",
    ),
    "another_city": (
        {"city_code": "13103"},
        "1月1日の住所の地方自治体コードが、この団体のコードではありません ／ 項目: 13 1月1日の住所の地方自治体コード ／ "
        "正しい形: この団体（行政区を含む）の5桁の団体コード ／ "
        "対処: 他団体に課税権のある申告書なら回送し、誤記なら税務署に連絡してください",
    ),
    "unknown_code": (
        {"born_era": "6"},
        "様式にないコードです ／ 項目: 17 生年月日（元号） ／ "
        "正しい形: レイアウトの codes にあるコード（元号は1明治 2大正 3昭和 4平成 5令和） ／ "
        "対処: コードの意味を税務署に確認してください。新しいコードなら schemas/intake のレイアウトに追加してください",
    ),
    # The era of the wage report's coding (1 昭和) would be 明治60年 here, which there never was.
    "impossible_birthday": (
        {"born_era": "1"},
        "生年月日が存在しない日付です ／ 項目: 20 生年月日（日） ／ "
        "正しい形: その元号にある年月日（元号は1明治 2大正 3昭和 4平成 5令和） ／ 対処: 住民登録で本人の生年月日を確認してください",
    ),
    "fiscal_year": (
        {"return_era": "4"},
        "年分が、処理中の年度の所得の年ではありません ／ 項目: 8 年分（年） ／ 正しい形: 賦課年度の前年の年分 ／ "
        "対処: 過年度分なら、その年度を指定して取り込んでください",
    ),
}


def test_wrong_values_are_told_word_for_word_and_nothing_is_lost(office: Office) -> None:
    wrong = [tax_return(place, **changes) for place, (changes, _) in enumerate(BAD_VALUES.values(), start=2)]
    office.put_bytes("a.xml", tax_returns(tax_return(1), *wrong, tax_return(1)), RETURN)
    intake.run(office.ctx)
    expected = [(place, rule, text) for place, (rule, (_, text)) in enumerate(BAD_VALUES.items(), start=2)]
    assert sorted(office.messages()) == sorted(
        [*expected, (4, "impossible_birthday", BAD_VALUES["impossible_birthday"][1])]
    )
    assert office.rows(
        "SELECT read_count, accepted_count, quarantined_count, duplicate_count, "
        "read_yen, accepted_yen, quarantined_yen, duplicate_yen FROM source_file"
    ) == [(7, 1, 5, 1, 25_000_000, 4_000_000, 17_000_000, 4_000_000)]


HOSTILE = {
    "doctype": (lambda text: "<!DOCTYPE DATA [<!ENTITY a 'b'>]>" + text, "DOCTYPE（文書型宣言）がある"),
    "entity": (lambda text: text.replace("見本　太郎", "&name;"), "定義のない実体参照（&…;）がある（2行目）"),
    "cut": (lambda text: text[: len(text) // 2], None),
    "root": (lambda text: f"<HTML>{text}</HTML>", "最初の要素が HTML"),
    "packing": (
        lambda text: text.replace("<KEIRO>", "<KEIRO x='1'>"),
        "包みに知らないタグ KEIROがある",
    ),
    "stranger": (lambda text: text.replace("</SHINKOKU>", "</SHINKOKU><OTHER/>"), "包みに知らないタグ OTHERがある"),
    "between": (lambda text: text.replace("</SHINKOKU>", "</SHINKOKU>text"), "包みに知らない申告書と申告書の間の文字がある"),
    "namespace": (
        lambda text: text.replace(delivery().namespace, "urn:other"),
        "包みに知らない要素 KOKUZEI_RENKEI の名前空間か属性がある",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_or_broken_file_is_refused_whole(office: Office, kind: str) -> None:
    change, found = HOSTILE[kind]
    text = tax_returns(tax_return(1), tax_return(2)).decode().partition("?>\n")[2]
    path = office.put_bytes("a.xml", change(text).encode(), RETURN)
    problems = [str(problem) for problem in intake.run(office.ctx).problems]
    assert len(problems) == 1
    assert problems[0].startswith("XMLファイルを受け付けられません ／ ファイル: a.xml ／ 内容: ")
    if found:
        assert f"内容: {found} ／" in problems[0]
    assert path.exists()
    assert office.rows("SELECT count(*) FROM document") == [(0,)]


def test_a_return_without_an_end_is_refused(office: Office, monkeypatch) -> None:
    monkeypatch.setattr(xml_guard, "REPORT_BYTES_MAX", 10_000)
    office.put_bytes("a.xml", tax_returns(tax_return(1, payer_1_name="長" * 40_000)), RETURN)
    assert "1件の報告書が大きすぎる" in str(intake.run(office.ctx).problems[0])


def test_no_individual_number_is_left_in_the_clear(office: Office) -> None:
    office.put_bytes(
        "a.xml",
        tax_returns(
            tax_return(1, spouse_name="見本　花子", spouse_number=number(2), relative_1_number=number(3)),
            tax_return(4, payer_1_place=number(5), payer_1_name=f"見本 {number(6)}"),
        ),
        RETURN,
    )
    intake.run(office.ctx)
    everything = b"".join(path.read_bytes() for path in office.ctx.home.root.rglob("*") if path.is_file())
    told = str(office.messages()) + "".join(
        str(office.rows(f"FROM {table}")) for table in ("document", "tax_return_relative", "tax_return_payer")
    )
    for serial in range(1, 7):
        assert number(serial).encode() not in everything
        assert number(serial) not in told
    assert [(record, rule) for record, rule, _ in office.messages()] == [(2, "number_in_text")]


def test_every_item_is_loaded_or_judged() -> None:
    text = "".join(
        path.read_text(encoding="utf-8") for path in sorted(Path(SQL / "intake/income_tax_return").glob("*.sql"))
    )
    assert [item.name for item in RETURN.items if re.search(rf"\b{item.name}\b", text) is None] == []
    assert [item.name for item in RETURN.items if item.unused] == []
