"""The page for the taxpayer: it says the whole computation, and nothing of other people or of a protected address."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from ledger_town import HANAKO, JULY, SENDAI, TARO, open_town
from lxml import html

from pipelines.assessment.explanation import Explanation, explain_assessment
from pipelines.assessment.explanation_page import Person, explanation_page, page_file
from pipelines.assessment.figures import YEN
from pipelines.assessment.labels import labels
from pipelines.assessment.person import PERSON
from pipelines.ledger.origin import Input, Item, Origins, Part, SourceDocument

if TYPE_CHECKING:
    from ledger_town import Town

# Both lie between the same two bounds of the table of 配偶者特別控除.
SPOUSE_YEN, OTHER_SPOUSE_YEN = 1_012_345, 1_043_217
NAME, POSTCODE, ADDRESS = "山田　花子", "980-0871", "仙台市青葉区八幡１－２－３"
PAYER, PAYER_ADDRESS = "株式会社青葉", "仙台市青葉区本町１－１"
PAID = Item(17, "支払金額")
PERSON_HANAKO = Person(NAME, POSTCODE, ADDRESS, protected_address=False)
SPOUSE_COLUMNS = {
    "spouse_total_income_yen": SPOUSE_YEN,
    "spouse_taxpayer_no": TARO,
    "spouse_living_together": True,
}


def document(**other: Any) -> SourceDocument:
    values = {
        "document_no": 71,
        "kind": "給与支払報告書（個人別明細書）",
        "submission": "新規",
        "received_on": date(2026, 1, 27),
        "payer_name": PAYER,
        "payer_address": PAYER_ADDRESS,
        "payer_may_be_person": False,
    }
    return SourceDocument(**(values | other))


def one_input(name: str, value: object, item: Item = PAID) -> Input:
    return Input(name, f"{name} の名", value, "主たる給与の資料", (Part(71, (item,), value),))


def explained(town: "Town", version: int | None = None) -> Explanation:
    return with_origins(explain_assessment(town.session, SENDAI, 2026, HANAKO, version))


def with_origins(explanation: Explanation, *inputs: Input, documents: tuple[SourceDocument, ...] = ()) -> Explanation:
    given = inputs or (one_input("employment_paid_yen", 5_000_000),)
    return replace(explanation, origins=Origins(documents or (document(),), given))


def page(explanation: Explanation, person: Person = PERSON_HANAKO) -> str:
    return explanation_page(explanation, SENDAI, person).decode()


def said(text: str) -> str:
    """What a reader sees, without spaces."""
    body = html.document_fromstring(text.encode()).find("body")
    assert body is not None
    return re.sub(r"\s+", "", body.text_content())


def ways_to_write(amount: int) -> set[str]:
    wide = str.maketrans("0123456789,", "０１２３４５６７８９，")
    written = {str(amount), f"{amount:,}", f"{amount:,}".replace(",", "、"), f"{amount // 10000}万{amount % 10000}"}
    return written | {one.translate(wide) for one in written}


@pytest.fixture(scope="module")
def couple() -> Iterator["Town"]:
    """花子 with a spouse who earns too much for 配偶者控除, and little enough for 配偶者特別控除."""
    with open_town() as town:
        town.base(has_spouse=True, spouse_total_income_yen=SPOUSE_YEN, social_insurance_yen=750_000)
        town.assess()
        yield town


@pytest.fixture(scope="module")
def explanation(couple: "Town") -> Explanation:
    return explained(couple)


def test_every_step_stands_on_the_page_with_its_article(explanation: Explanation) -> None:
    text = said(page(explanation))
    assert len(explanation.steps) > 90
    missing = [
        step.title
        for step in explanation.steps
        if re.sub(r"\s+", "", step.title) not in text or re.sub(r"\s+|docs/.*", "", step.article) not in text
    ]
    assert missing == []


def test_what_does_not_apply_is_told_by_title_only(explanation: Explanation) -> None:
    steps, _, rest = said(page(explanation)).partition("該当のない計算")
    assert "扶養控除額" not in steps.partition("計算の過程")[2]
    assert ".扶養控除［" in rest
    assert ".給与所得［" not in rest


def test_the_page_gives_the_figures_that_the_ledger_keeps(couple: "Town", explanation: Explanation) -> None:
    text = said(page(explanation))
    (kept,) = couple.versions()
    shown = [name for name in YEN if kept[name]]
    assert len(shown) > 15
    assert [name for name in shown if f"{kept[name]:,}円" not in text] == []
    assert all(f"{amount:,}円" in text for amount in kept["withholding_instalments_yen"])


def test_at_a_glance_from_income_to_tax(couple: "Town", explanation: Explanation) -> None:
    """5,000,000 − 1,440,000 = 3,560,000; 750,000 + 310,000 + 430,000 = 1,490,000 to deduct; 2,070,000 is taxed."""
    tree = html.document_fromstring(page(explanation).encode())
    boxes = [re.sub(r"\s+", "", item.text_content()) for item in tree.find_class("glance")[0]]
    (kept,) = couple.versions()
    credit = kept["city_adjustment_credit_yen"] + kept["prefecture_adjustment_credit_yen"]
    assert boxes == [
        "所得3,560,000円",
        "所得控除1,490,000円",
        "課税標準2,070,000円",
        f"税額控除{credit:,}円",
        f"年税額{kept['annual_tax_yen']:,}円",
    ]


def test_documents_and_items_stand_on_the_page(explanation: Explanation) -> None:
    text = said(page(explanation))
    for part in (
        "71",
        "給与支払報告書（個人別明細書）（新規）",
        PAYER,
        PAYER_ADDRESS,
        "令和8年1月27日",
        "支払金額（項目17）",
    ):
        assert part in text


def test_a_version_is_explained_as_it_was_decided(town: "Town") -> None:
    town.base()
    town.assess()
    town.base(JULY, tax_base_version=2, employment_paid_yen=5_400_000)
    town.assess(JULY)
    first, second = said(page(explained(town, 1))), said(page(explained(town)))
    assert "第1版（当初賦課）令和8年5月8日決定" in first
    assert "第2版（更正）令和8年7月10日決定" in second
    assert "3,560,000円" in first
    assert "3,560,000円" not in second


def test_a_spouse_s_income_is_nowhere_on_the_page(explanation: Explanation) -> None:
    given = with_origins(explanation, one_input("spouse_total_income_yen", SPOUSE_YEN, Item(42, "配偶者の合計所得")))
    assert f"{SPOUSE_YEN:,}円" in given.text()
    text = page(given)
    assert [way for way in ways_to_write(SPOUSE_YEN) if way in text] == []
    assert "配偶者の合計所得金額（計算した額があればその額、なければ申告の額）（非表示）" in said(text)


def test_two_incomes_with_the_same_deduction_give_the_same_page(explanation: Explanation) -> None:
    """Neither a figure nor a fold nor a word can then tell them apart. What the deduction itself tells, the notice tells too."""
    with open_town() as town:
        town.base(has_spouse=True, spouse_total_income_yen=OTHER_SPOUSE_YEN, social_insurance_yen=750_000)
        town.assess()
        other = explained(town)
    incomes = [one.figures["spouse_income_yen"] for one in (explanation, other)]
    assert incomes == [SPOUSE_YEN, OTHER_SPOUSE_YEN]
    assert page(explanation) == page(other)


@pytest.mark.parametrize("column", [one.column for one in page_file().hidden if one.when == "always"])
@pytest.mark.parametrize("value", [987_654_321, "987654321", True, None])
def test_a_column_that_is_always_hidden_never_shows_its_value(
    explanation: Explanation, column: str, value: object
) -> None:
    text = said(page(with_origins(explanation, one_input(column, value, Item(99, "この項目")))))
    assert not any(way in text for way in ways_to_write(987_654_321))
    # Not even whether there is something to show: the same for no value.
    assert text == said(page(with_origins(explanation, one_input(column, 1))))
    assert "この項目" not in text


def test_whoever_has_no_spouse_reads_nothing_of_one(town: "Town") -> None:
    town.base()
    town.assess()
    inputs = tuple(one_input(name, value) for name, value in SPOUSE_COLUMNS.items())
    text = said(page(with_origins(explained(town), *inputs)))
    assert "spouse" not in text
    assert "（非表示）" not in text.partition("この書面について")[0]


@pytest.mark.parametrize("given", [POSTCODE, ADDRESS, PAYER_ADDRESS, "041017", "青葉区"])
def test_a_protected_person_s_page_bears_no_address(explanation: Explanation, given: str) -> None:
    explanation = with_origins(explanation, one_input("ward_code", "041017"))
    text = page(explanation, replace(PERSON_HANAKO, protected_address=True))
    assert given not in text
    assert NAME in text
    assert PAYER in text
    assert "支援措置" not in text
    if given != "041017":  # shown as the ward's name
        assert given in page(explanation)


def test_the_address_of_a_payer_who_may_be_a_person_is_not_shown(explanation: Explanation) -> None:
    text = page(with_origins(explanation, documents=(document(payer_may_be_person=True),)))
    assert PAYER in text
    assert PAYER_ADDRESS not in text
    assert ADDRESS in text


def test_every_income_of_a_relative_is_declared_hidden() -> None:
    columns = set(PERSON) | set(labels())
    relatives = {name for name in columns if re.match(r"spouse_.*(income|paid)", name)}
    hidden = {one.column for one in page_file().hidden if one.when == "always"}
    assert relatives
    assert relatives <= hidden


PARTS_OF_DONATION_CREDIT = ("donation_basic", "donation_special", "one_stop")


def test_what_is_summed_or_listed_is_no_hidden_column_and_exists() -> None:
    declared = page_file()
    listed = {name for one in declared.glance for name in one.columns}
    listed |= {name for one in declared.breakdown for name in (*one.columns, *([one.total] if one.total else []))}
    listed |= {f"{tax}_{name}" for name in declared.levy for tax in ("city", "prefecture")}
    listed |= {one.column for one in declared.instalments}
    assert listed & {one.column for one in declared.hidden} == set()
    assert listed - set(labels()) == set()
    only_in_steps = {"gross_income_etc_yen", "personal_deduction_difference_yen", "withheld_levy_refund_yen"}
    only_in_steps |= {f"{tax}_{part}_credit_yen" for tax in ("city", "prefecture") for part in PARTS_OF_DONATION_CREDIT}
    assert set(YEN) - listed - {"forest_environment_tax_yen", "annual_tax_yen"} == only_in_steps


def test_names_are_escaped(explanation: Explanation) -> None:
    name = "山田<script>alert(1)</script>&花子\"'"
    text = page(
        with_origins(explanation, documents=(document(payer_name="</style><img src=x onerror=alert(2)>"),)),
        replace(PERSON_HANAKO, name=name),
    )
    tree = html.document_fromstring(text.encode())
    assert tree.xpath("//script | //img") == []
    assert f"{name}　様" in tree.text_content()
    assert "</style><img src=x onerror=alert(2)>" in tree.text_content()


def test_the_page_is_one_file_in_japanese_without_scripts_or_anything_from_elsewhere(explanation: Explanation) -> None:
    text = page(explanation)
    tree = html.document_fromstring(text.encode())
    assert text.startswith("<!DOCTYPE html>")
    assert tree.get("lang") == "ja"
    assert tree.xpath("//meta/@charset") == ["utf-8"]
    assert tree.xpath("//script | //link | //img | //iframe | //@href | //@src | //@style") == []
    assert not re.search(r"https?:|url\(|@import", text)
    assert tree.xpath("string(//title)") == "仙台市　令和8年度 個人住民税の計算過程"
    assert "size: A4" in text
    assert "break-inside: avoid" in text


def test_the_parser_finds_nothing_wrong(explanation: Explanation) -> None:
    parser = html.HTMLParser()
    content = page(explanation).encode()
    tree = html.document_fromstring(content, parser=parser)
    # Of header, main, section and article (HTML 5) the parser has not heard.
    assert [one.message for one in parser.error_log if one.type_name != "HTML_UNKNOWN_TAG"] == []
    assert html.tostring(tree, doctype="<!DOCTYPE html>", encoding="utf-8").rstrip() == content.rstrip()


def test_the_same_again_is_the_same_file(explanation: Explanation) -> None:
    assert page(explanation) == page(explanation)
