"""納税義務者用の通知書: a document a person; on paper the employer sees the outside alone, electronically it cannot open it."""

import io
import re
import zipfile
from datetime import date

import pyrage  # type: ignore[import-untyped]
import pytest

from pipelines.exchange.contract import load_contract
from pipelines.exchange.payload import Payload
from pipelines.exchange.personal_archive import sealed_archive
from pipelines.notices import CONTRACTS
from pipelines.vault import personal_identity
from tests.notices.conftest import DECIDED_ON, FIGURES, FISCAL_YEAR, HANAKO, Books, opened
from tests.notices.page import Page, pages
from tests.notices.test_contents import squeezed
from tests.notices.test_employer import CORRECTED_ON, JIRO, LESS, TARO, employs, wishes
from tests.notices.test_layout import MARGIN, overlap

PAPER, ELECTRONIC = "employee-withholding_paper", "employee-withholding_electronic"


def made(books: Books, contract: str, as_of: date = DECIDED_ON) -> Payload:
    pin = books.session.pin(FISCAL_YEAR, as_of)
    build = CONTRACTS[contract]
    return build(books.session, pin, books.city, FISCAL_YEAR, load_contract(contract), staging=books.staging)


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Page], list[Page]]:
    """One with long names and one usual, then a change of the usual one."""
    with opened(tmp_path_factory.mktemp("employees")) as books:
        employs(books, HANAKO, 1, name="勘解由小路　" + "花" * 25)
        employs(books, TARO, 2)
        payload = made(books, PAPER)
        first = pages(books.files(payload))
        books.told(payload)
        books.assessed(TARO, version=2, on=CORRECTED_ON, **LESS, payer_designated_no="A1", payer_document_no=2)
        change = made(books, PAPER, CORRECTED_ON)
        assert [(row["notice_no"], row["notice_kind"]) for row in change.notices] == [
            (f"2026-32-{TARO}-02", "withholding_change_notice")
        ]
        return first, pages(books.files(change))


def test_everybody_gets_one_sheet_whose_outside_says_no_figure(printed: tuple[list[Page], list[Page]]) -> None:
    first, change = printed
    assert (len(first), len(change)) == (4, 2)
    outside, inside = squeezed(first[2].text), squeezed(first[3].text)
    assert "受給者番号0002" in outside
    assert "山田花子様" in outside
    assert re.findall(r"\d{1,3}(?:,\d{3})+", outside) == []
    for wanted in ("特別徴収税額129,600円", "6月分の給与から", "5月分", "所得控除の合計②1,763,845", "審査請求"):
        assert wanted in inside, wanted
    assert "個人番号" not in outside + inside


def test_every_figure_of_the_assessment_is_inside(printed: tuple[list[Page], list[Page]]) -> None:
    text = printed[0][3].text
    joined = {"city_adjustment_credit_yen", "prefecture_adjustment_credit_yen", "annual_tax_yen"}
    figures = [value for name, value in FIGURES.items() if isinstance(value, int) and name not in joined]
    assert [yen for yen in figures if not re.search(rf"(?<![\d,]){yen:,}(?![\d,])", text)] == []


def test_a_change_names_its_month_and_both_amounts(printed: tuple[list[Page], list[Page]]) -> None:
    inside = squeezed(printed[1][1].text)
    assert "特別徴収税額の変更通知書" in inside
    assert "8月分の給与から徴収する額が変わる" in inside
    assert "変更前129,600円" in inside
    assert "変更後11,90010,7007,7407,740" in inside


def test_text_lies_within_the_page_and_none_over_another(printed: tuple[list[Page], list[Page]]) -> None:
    for page in (*printed[0], *printed[1]):
        width, height = page.size
        inside = [
            left > MARGIN and bottom > MARGIN and right < width - MARGIN and top < height - MARGIN
            for _, (left, bottom, right, top) in page.boxes
        ]
        assert all(inside)
        pairs = ((one, other) for index, one in enumerate(page.boxes) for other in page.boxes[index + 1 :])
        assert [(one[0], other[0]) for one, other in pairs if overlap(one[1], other[1])] == []


def test_the_employer_s_wish_decides_which_way_each_document_goes(books: Books) -> None:
    wishes(books, "A1", "electronic")
    wishes(books, "B2", "both")
    employs(books, HANAKO, 1, "A1")
    employs(books, TARO, 2, "B2")
    employs(books, JIRO, 3, "A1", name="𠮷田　次郎")
    paper, electronic = made(books, PAPER), made(books, ELECTRONIC)
    assert [row["taxpayer_no"] for row in paper.notices] == [TARO]
    assert [row["taxpayer_no"] for row in electronic.notices] == [HANAKO]
    assert electronic.review == (f"宛名番号 {JIRO}: 氏名に印字できない文字（𠮷 U+20BB7）。通知書を作っていない",)
    assert made(books, ELECTRONIC).digest == electronic.digest

    keyring = books.staging.keyring
    (content,) = books.files(electronic)
    with zipfile.ZipFile(io.BytesIO(sealed_archive(content, keyring, FISCAL_YEAR))) as leaving:
        assert leaving.namelist() == ["index.csv", f"{HANAKO}.pdf.age"]
        assert f"A1,0001,山田　花子,{HANAKO}.pdf.age" in leaving.read("index.csv").decode()
        sealed = leaving.read(f"{HANAKO}.pdf.age")
    own, other = (
        pyrage.x25519.Identity.from_str(personal_identity(keyring, FISCAL_YEAR, number)) for number in (HANAKO, TARO)
    )
    assert len(pages([pyrage.decrypt(sealed, [own])])) == 2
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(sealed, [other])


def test_another_year_s_key_of_the_same_person_is_another(books: Books) -> None:
    keyring = books.staging.keyring
    assert personal_identity(keyring, 2026, HANAKO) == personal_identity(keyring, 2026, HANAKO)
    assert personal_identity(keyring, 2026, HANAKO) != personal_identity(keyring, 2027, HANAKO)
