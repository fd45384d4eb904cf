"""How a notice looks: one sheet, text within the page and its cells, none over another, a glyph for every character."""

from datetime import date

import pytest

from tests.notices.conftest import ACCOUNT, CORRECTED_ON, EVERY, HANAKO, MORE, opened
from tests.notices.page import Box, Page, pages

MARGIN = 25.0  # points; less than a printer needs
SLACK = 0.7
MILLIMETRE = 72 / 25.4
LONG = {
    "name": "勘解由小路　" + "花" * 30,
    "address": "仙台市青葉区国分町一丁目二番三十四号　" + "グランドメゾン青葉通り一番町" * 4,
}

AGENT = LONG | {
    "file_no": 1,
    "record_no": 1,
    "content_digest": "",
    "taxpayer_no": HANAKO,
    "submission_kind": "new",
    "entry_kind": "tax_agent",
    "from_on": date(2025, 1, 1),
    "kana": "",
    "postcode": "980-0000",
}


@pytest.fixture(
    scope="module",
    params=[
        "usual",
        "longest",
        "longest change",
        "longest change in winter to an agent",
        "every line changed",
        "every line changed, reduced and debited, to an agent",
    ],
)
def printed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[Page]:
    with opened(tmp_path_factory.mktemp("books")) as books:
        books.resident(**({} if request.param == "usual" else LONG))
        if "agent" in request.param:
            books.append("outside_register", date(2026, 1, 5), **AGENT)
        every = EVERY if "every" in request.param else {}
        books.assessed(**every)
        payload = books.notices()
        if "change" in request.param:
            books.told(payload)
            # After the last instalment every one of them has a second due date.
            on = date(2027, 2, 10) if "winter" in request.param else CORRECTED_ON
            changed = MORE | every | {"total_income_yen": 1, "annual_tax_yen": 226_700} if every else MORE
            books.assessed(version=2, on=on, **changed)
            if "reduced" in request.param:
                books.reduced([0, 20_000, 20_000, 20_000], on=on, assessment_version=2)
                books.append("account_transfer", on, **ACCOUNT, record_no=1)
            payload = books.notices(on)
        return pages(books.files(payload)[:1])


def test_a_notice_is_one_sheet_of_a4(printed: list[Page]) -> None:
    assert [page.size for page in printed] == [pytest.approx((595.28, 841.89), abs=0.1)] * 2


def test_all_text_lies_within_the_page(printed: list[Page]) -> None:
    for page in printed:
        width, height = page.size
        outside = [
            text
            for text, (left, bottom, right, top) in page.boxes
            if left < MARGIN or bottom < MARGIN or right > width - MARGIN or top > height - MARGIN
        ]
        assert outside == []


def test_no_text_lies_over_another(printed: list[Page]) -> None:
    for page in printed:
        boxes = page.boxes
        assert len(boxes) > 20
        pairs = ((one, other) for index, one in enumerate(boxes) for other in boxes[index + 1 :])
        assert [(one[0], other[0]) for one, other in pairs if overlap(one[1], other[1])] == []


def test_no_text_leaves_its_cell(printed: list[Page]) -> None:
    for page in printed:
        assert len(page.lines) > 10
        assert [text for text, box in page.boxes if any(overlap(box, line, thin=True) for line in page.lines)] == []


def test_the_address_stays_in_the_envelope_s_window(printed: list[Page]) -> None:
    front = printed[0]
    block = [box for _, box in front.boxes if box[2] < front.size[0] * 0.6 and box[1] > front.size[1] - 55 * MILLIMETRE]
    assert len(block) >= 3
    assert min(box[1] for box in block) > front.size[1] - 50 * MILLIMETRE
    assert max(box[2] for box in block) < 112 * MILLIMETRE


def test_every_character_has_its_glyph(printed: list[Page]) -> None:
    for page in printed:
        assert {"\ufffe", "\ufffd", "\0"} & set(page.text) == set()


def overlap(one: Box, other: Box, *, thin: bool = False) -> bool:
    """Whether two boxes cover each other by more than the slack; a line (`thin`) has no width of its own to spare."""
    slack = SLACK if thin else 2 * SLACK
    across = min(one[2], other[2]) - max(one[0], other[0])
    along = min(one[3], other[3]) - max(one[1], other[1])
    if thin:
        inside_x = one[0] + slack < other[2] and other[0] < one[2] - slack
        inside_y = one[1] + slack < other[3] and other[1] < one[3] - slack
        return inside_x and inside_y
    return across > slack and along > slack
