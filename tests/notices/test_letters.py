"""The year's letters: who gets one, once; what the law wants said; a municipality gets one letter about all of its people."""

from datetime import date
from typing import Any

import pytest

from pipelines.exchange.contract import load_contract
from pipelines.exchange.payload import Payload
from pipelines.ledger import StageContext, open_ledger
from pipelines.ledger.transaction import STAMPS
from pipelines.notices import CONTRACTS
from pipelines.run.preparation import prepare
from tests.notices.conftest import FISCAL_YEAR, HANAKO, RESIDENT, Books, opened
from tests.notices.page import Page, pages
from tests.notices.test_addressee import AGENT, HEIR, Desk
from tests.notices.test_contents import squeezed
from tests.notices.test_employer import wishes
from tests.notices.test_layout import MARGIN, overlap

TARO, JIRO = "000000000000102", "000000000000103"
ON = date(2026, 7, 1)
LETTERS = (
    "taxpayer-return_request",
    "taxpayer-one_stop_void",
    "municipality-relative_inquiry",
    "municipality-taxed_here",
    "taxpayer-house_notice",
    "taxpayer-return_form",
)
TABLES = f"""
CREATE OR REPLACE TEMP TABLE non_filer AS
  FROM (VALUES ('{HANAKO}', false), ('{TARO}', false), ('{JIRO}', true)) AS one(taxpayer_no, awaited);
CREATE OR REPLACE TEMP TABLE one_stop_notice_of_year AS
  FROM (VALUES (7, '{HANAKO}', '港区', 30000, true, false, 2, false, true), (8, '{HANAKO}', '加須市', 5000, true, false, 2, false, true),
               (9, NULL, '港区', 2000, false, false, 1, true, true))
    AS one(document_no, taxpayer_no, sender_name, donated_yen, income_tax_return_filed, resident_tax_return_filed,
           municipality_count, lived_elsewhere, void);
CREATE OR REPLACE TEMP TABLE relative_finding AS
  FROM (VALUES ('{HANAKO}', 7, 'dependant', 1, '山田　一郎', DATE '1950-01-01', 555, 'lives_elsewhere'),
               ('{HANAKO}', 7, 'dependant', 2, '山田　春', DATE '1952-01-01', 556, 'lives_elsewhere'))
    AS one(taxpayer_no, document_no, role, relative_no, name, born_on, number_id, finding);
CREATE OR REPLACE TEMP MACRO p_one_stop_municipalities_max() AS 5;
"""


def letters(books: Books, contract: str, as_of: date = ON) -> Payload:
    pin = books.session.pin(FISCAL_YEAR, as_of)
    books.session.con.execute(TABLES)
    build = CONTRACTS[contract]
    return build(books.session, pin, books.city, FISCAL_YEAR, load_contract(contract), staging=books.staging)


def moved_in(books: Books, taxpayer_no: str, number_id: int, from_code: str) -> None:
    """Somebody who lived in another municipality on 1 January."""
    books.append(
        "register_change",
        date(2026, 4, 2),
        file_no=90,
        record_no=number_id,
        content_digest="d",
        taxpayer_no=taxpayer_no,
        submission_kind="new",
        change_kind="moved_in",
        happened_on=date(2026, 4, 1),
        notified_on=date(2026, 4, 1),
        number_id=number_id,
        january_municipality=from_code,
    )


def taxed_here(books: Books) -> None:
    """Somebody who lives here and is registered elsewhere."""
    books.append(
        "outside_register",
        date(2026, 2, 2),
        file_no=91,
        record_no=1,
        content_digest="d",
        taxpayer_no=JIRO,
        submission_kind="new",
        entry_kind="taxed_here",
        from_on=date(2025, 10, 1),
        name="鈴木　次郎",
        kana="スズキ　ジロウ",
        born_on=date(1990, 2, 3),
        postcode="980-0001",
        address="仙台市青葉区本町２－２",
        ward_code="041017",
        registered_municipality="131032",
    )
    books.assessed(JIRO)


def known_municipality(books: Books, code: str, **office: str) -> None:
    """An entry of the directory of municipalities."""
    entry = {"municipality_code": code, "from_on": date(2020, 4, 1), "submission_kind": "new", "content_digest": "d"}
    place = {"municipality_name": "東京都港区", "office_name": "産業・地域振興支援部税務課"}
    where = {"postcode": "105-8511", "address": "東京都港区芝公園１－５－２５"}
    books.append("municipality", date(2026, 1, 6), file_no=92, record_no=1, **(entry | place | where | office))


def house_levied(books: Books, version: int, city_yen: int, prefecture_yen: int) -> None:
    """HANAKO, who lives in 青葉区, is levied for a house in 泉区."""
    books.append(
        "house_levy",
        ON,
        fiscal_year=FISCAL_YEAR,
        taxpayer_no=HANAKO,
        ward_code="041050",
        house_levy_version=version,
        tax_base_version=1,
        city_per_capita_yen=city_yen,
        prefecture_per_capita_yen=prefecture_yen,
        annual_tax_yen=city_yen + prefecture_yen,
        ordinary_instalments_yen=[city_yen + prefecture_yen, 0, 0, 0],
        decided_on=ON,
        parameter_digest="p",
    )


def filed_last_year(books: Books) -> None:
    """HANAKO filed a return for the year before."""
    on = date(2025, 3, 3)
    document = {"document_no": 1, "document_kind": "resident_tax_return", "fiscal_year": FISCAL_YEAR - 1}
    _blank(books, "document", on, document)
    _blank(books, "document_link", on, {"document_no": 1, "link_version": 1, "taxpayer_no": HANAKO})


def _blank(books: Books, table: str, on: date, values: dict[str, Any]) -> None:
    columns = books.session.con.execute(f"DESCRIBE ledger.{table}").fetchall()
    nil = {"BIGINT": 0, "INTEGER": 0, "VARCHAR": "", "BOOLEAN": False}
    row = {name: None if nullable == "YES" else nil.get(kind) for name, kind, nullable, *_ in columns}
    books.append(table, on, **{name: value for name, value in (row | values).items() if name not in STAMPS})


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Payload, list[Page], Payload]]:
    """By contract: the first letters, their pages, and what is due after they have left."""
    with opened(tmp_path_factory.mktemp("letters")) as books:
        books.resident()
        books.resident(TARO, protected_address=True)
        moved_in(books, "000000000000201", 555, "131032")
        known_municipality(books, "131032")
        taxed_here(books)
        house_levied(books, 1, 3_000, 2_200)
        filed_last_year(books)
        found = {}
        for contract in LETTERS:
            payload = letters(books, contract)
            printed = pages(books.files(payload))
            books.told(payload)
            found[contract] = (payload, printed, letters(books, contract))
        return found


Sent = dict[str, tuple[Payload, list[Page], Payload]]


def said(sent: Sent, contract: str) -> str:
    return squeezed("".join(page.text for page in sent[contract][1]))


def test_a_letter_is_sent_once(sent: Sent) -> None:
    for payload, _, after in sent.values():
        assert payload.row_count > 0
        assert after.row_count == 0


def test_who_has_not_filed_is_asked_for_a_return_unless_a_document_waits_or_the_address_is_protected(
    sent: Sent,
) -> None:
    payload, _, _ = sent["taxpayer-return_request"]
    assert [row["notice_no"] for row in payload.notices] == [f"2026-41-{HANAKO}"]
    assert payload.review == (
        f"宛名番号 {TARO}: 住所の保護（支援措置）の対象で、保護の後に登録された送付先がない。文書を作っていない。"
        "送付先を確かめて登録するか、渡し方を職員が決める",
    )
    text = said(sent, "taxpayer-return_request")
    assert "市民税・県民税の申告のお願い" in text
    assert "地方税法317条の2" in text
    assert "山田花子様" in text


def test_the_taxpayer_hears_of_all_void_one_stop_notices_in_one_letter(sent: Sent) -> None:
    payload, printed, _ = sent["taxpayer-one_stop_void"]
    assert len(printed) == 1
    text = said(sent, "taxpayer-one_stop_void")
    assert "港区30,000確定申告書を提出した" in text
    assert "加須市5,000" in text
    assert "なかったものとみなされました（地方税法附則7条6項・13項）" in text
    assert "資料番号 9 を見て、通知の宛先を職員が決める" in payload.review[0]


def test_another_municipality_is_asked_about_a_relative_or_a_person_must_find_out_which(sent: Sent) -> None:
    payload, _, _ = sent["municipality-relative_inquiry"]
    text = said(sent, "municipality-relative_inquiry")
    assert "〒105-8511東京都港区芝公園１－５－２５東京都港区産業・地域振興支援部税務課御中" in text
    assert "山田一郎昭和25年1月1日扶養親族山田花子" in text
    assert "山田春" not in text
    assert payload.review == (
        f"宛名番号 {HANAKO}: 照会する人の1月1日の市区町村が分からない。住基ネットなどで確かめる。文書を作っていない",
    )


def test_the_municipality_of_the_registration_hears_who_is_taxed_here(sent: Sent) -> None:
    text = said(sent, "municipality-taxed_here")
    assert "地方税法294条3項の規定により通知します" in text
    assert "東京都港区産業・地域振興支援部税務課御中" in text
    assert "鈴木次郎平成2年2月3日仙台市青葉区本町２－２令和7年10月1日" in text


def test_a_municipality_that_the_directory_does_not_know_waits_for_an_entry_and_gets_no_bare_code(books: Books) -> None:
    books.resident()
    taxed_here(books)
    known_municipality(books, "131032", from_on="2026-07-02")
    payload = letters(books, "municipality-taxed_here")
    assert (payload.files, payload.notices) == ((), ())
    assert payload.review == (
        f"宛名番号 {JIRO}: 送り先の団体（団体コード 131032）が市区町村の名簿にない。文書を作っていない。"
        "名簿（municipality_directory）に加える",
    )
    assert letters(books, "municipality-taxed_here", date(2026, 7, 2)).row_count == 1


@pytest.mark.parametrize("contract", ["taxpayer-house_notice", "taxpayer-return_form", "taxpayer-return_request"])
def test_letters_go_to_whom_the_taxpayer_named_and_of_the_dead_to_the_heirs_representative(
    books: Books, contract: str
) -> None:
    desk = Desk(books)
    books.resident()
    house_levied(books, 1, 3_000, 2_200)
    filed_last_year(books)
    desk.entry_of(HANAKO, "tax_agent", ON, **AGENT)
    text = squeezed("".join(page.text for page in pages(books.files(letters(books, contract)))))
    assert "納税管理人鈴木一郎様" in text
    assert "（納税義務者山田花子様の分）" in text
    # 法1条1項6号 wants the taxpayer's address on a 納税通知書, too.
    assert ("納税義務者の住所仙台市青葉区国分町" in text) == (contract == "taxpayer-house_notice")
    if contract == "taxpayer-return_form":
        return
    desk.change_of(HANAKO, "died", ON)
    assert "相続人代表者を登録する" in letters(books, contract).review[0]
    desk.entry_of(HANAKO, "heir_representative", ON, **HEIR)
    text = squeezed("".join(page.text for page in pages(books.files(letters(books, contract)))))
    assert "相続人代表者山田太郎様（亡山田花子様の分）" in text


def test_a_house_in_another_ward_is_billed_there_in_full_at_the_first_due_date(sent: Sent) -> None:
    payload, _, _ = sent["taxpayer-house_notice"]
    assert [(row["notice_no"], row["amount_yen"]) for row in payload.notices] == [
        (f"2026-13-{HANAKO}-041050-01", 5_200)
    ]
    assert payload.amount_yen == 5_200
    text = said(sent, "taxpayer-house_notice")
    assert "仙台市泉区3,0002,2005,2000" in text
    # 1 July is later than ten days before 30 June: the end of July instead.
    assert "最初の納期の令和8年7月31日まで" in text
    for item in ("仙台市市税条例", "宮城県県税条例", "納付の場所", "延滞金", "滞納処分", "審査請求", "取消訴訟"):
        assert item in text, item


def test_a_house_that_is_levied_no_longer_is_told_with_nil(books: Books) -> None:
    books.resident()
    house_levied(books, 1, 3_000, 2_200)
    books.told(letters(books, "taxpayer-house_notice"))
    house_levied(books, 2, 0, 0)
    (row,) = letters(books, "taxpayer-house_notice").notices
    assert (row["version"], row["amount_yen"]) == (2, 0)


def test_who_filed_last_year_is_sent_a_return_with_what_is_known(sent: Sent) -> None:
    payload, _, _ = sent["taxpayer-return_form"]
    assert [row["notice_no"] for row in payload.notices] == [f"2026-42-{HANAKO}"]
    text = said(sent, "taxpayer-return_form")
    assert f"{HANAKO}山田花子ヤマダハナコ昭和60年4月1日" in text
    assert "個人番号の欄は空欄です" in text


def test_each_employer_is_sent_a_form_with_its_number_and_one_that_was_taken_over_none(books: Books) -> None:
    wishes(books, "A1", "paper")
    _blank(
        books,
        "employer",
        date(2026, 1, 5),
        {"designated_no": "B2", "employer_version": 1, "merged_into": "A1", "valid_from": date(2026, 1, 5)},
    )
    payload = letters(books, "employer-summary_form")
    text = squeezed("".join(page.text for page in pages(books.files(payload))))
    assert (payload.row_count, payload.notices) == (1, ())
    for wanted in ("株式会社青葉製作所御中", "給与支払報告書（総括表）", "指定番号法人番号報告人員", "1月31日"):
        assert wanted in text, wanted


def test_no_letter_asks_for_or_holds_an_individual_number(sent: Sent) -> None:
    for contract in LETTERS:
        assert "987654321" not in said(sent, contract)
        assert "マイナンバー" not in said(sent, contract)


def test_text_lies_within_the_page_and_none_over_another(sent: Sent) -> None:
    for _, printed, _ in sent.values():
        for page in printed:
            width, height = page.size
            for text, (left, bottom, right, top) in page.boxes:
                assert min(left, bottom, width - right, height - top) > MARGIN, text
            pairs = ((one, other) for index, one in enumerate(page.boxes) for other in page.boxes[index + 1 :])
            assert [(one[0], other[0]) for one, other in pairs if overlap(one[1], other[1])] == []


def test_the_lists_behind_the_letters_are_made_before_they_are_prepared(ctx: StageContext) -> None:
    """A resident of age of whom nothing is known: the only letter of an otherwise empty year."""
    with (
        open_ledger(ctx.home, ctx.keyring, holder="試験") as session,
        session.transaction(stage="test", known_on=date(2026, 1, 5)) as transaction,
    ):
        key = {"fiscal_year": FISCAL_YEAR, "taxpayer_no": HANAKO, "revision": 1}
        transaction.append_row("resident", **(key | RESIDENT))
    (summary,) = prepare(ctx, "requests").summaries
    assert (summary.contract, summary.row_count) == ("taxpayer-return_request", 1)
    assert prepare(ctx, "inquiries").summaries == ()


NOBODY: dict[str, Any] = {"candidates": [], "evidence": []}


def asked_about(
    books: Books, document_no: int, *, of: str | None, reason: str | None = None, kind: str = "new"
) -> None:
    """An inquiry of Minato that matching linked, or that waits for `reason`."""
    on = date(2026, 6, 1)
    person = {"name": "山田　花子", "kana": "ﾔﾏﾀﾞ ﾊﾅｺ", "born_on": date(1985, 4, 1), "submission_kind": kind}
    document = {"document_no": document_no, "document_kind": "relative_inquiry", "fiscal_year": FISCAL_YEAR}
    _blank(books, "document", on, document | person)
    reference = {"reference_no": f"港照{document_no % 10}", "sender_municipality": "131032", "asked_on": on}
    said = {"document_no": document_no, "claimed_as": "dependant", "claimant_name": "山田　一郎"}
    _blank(books, "relative_inquiry", on, said | reference)
    if of:
        _blank(books, "document_link", on, {"document_no": document_no, "link_version": 1, "taxpayer_no": of})
    if reason:
        _blank(books, "review_item", on, {"document_no": document_no, "review_version": 1, "reason": reason} | NOBODY)


def test_an_inquiry_is_answered_once_with_no_zero_for_who_did_not_declare_and_nobody_in_hiding(books: Books) -> None:
    books.resident()
    books.assessed(total_income_yen=3_080_000)
    books.resident(TARO, protected_address=True)
    books.resident(JIRO)
    known_municipality(books, "131032")
    for document_no, person in ((1, HANAKO), (2, TARO), (3, JIRO)):
        asked_about(books, document_no, of=person)
    asked_about(books, 4, of=None, reason="kept")
    asked_about(books, 5, of=None, reason="no_candidate")
    asked_about(books, 6, of=HANAKO)
    asked_about(books, 16, of=HANAKO, kind="cancellation")
    books.session.con.execute(
        "CREATE OR REPLACE TEMP TABLE claimed_relative AS FROM "
        f"(VALUES ('{HANAKO}', true, NULL), ('{JIRO}', true, 'deny')) AS one(relative_taxpayer_no, claimed, verdict)"
    )
    payload = letters(books, "municipality-relative_answer")
    text = squeezed("".join(page.text for page in pages(books.files(payload))))
    assert "港照1山田花子昭和60年4月1日山田一郎課税3,080,000あり" in text
    assert "港照3山田花子昭和60年4月1日山田一郎未申告なし" in text
    assert "港照4山田花子昭和60年4月1日山田一郎該当なし" in text
    assert "港照6" not in text
    assert "国分町" not in text
    assert [row["notice_no"] for row in payload.notices] == ["2026-47-1", "2026-47-3", "2026-47-4"]
    assert payload.review == (
        f"宛名番号 {TARO}: 照会された人が住所の保護（支援措置）の対象。回答の仕方を職員が決める。文書を作っていない",
        "2026-47-5: 資料番号 5 の扶養照会の人が決まっていない（`juminzei queue list`。当市区町村にいないなら keep）。文書を作っていない",
    )
    books.told(payload)
    assert letters(books, "municipality-relative_answer").row_count == 0
