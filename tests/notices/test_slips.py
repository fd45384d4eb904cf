"""Payment slips: their codes read back from the printed page, what holds after a change, how the sheet looks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pypdfium2
import pytest
import zxingcpp

from pipelines.errors import ConfigurationError
from pipelines.exchange.payload import Payload
from pipelines.notices.slip_codes import slip_codes, slip_layout
from pipelines.notices.slips import Slip, SlipState, slips_of_notice
from pipelines.paths import SQL
from tests.notices.conftest import CORRECTED_ON, HANAKO, MORE, Books, opened
from tests.notices.page import Page, pages
from tests.notices.test_layout import LONG, MARGIN, overlap

DUE = [date(2026, 6, 30), date(2026, 8, 31), date(2026, 11, 2), date(2027, 2, 1)]
FIRST = [34_200, 32_000, 32_000, 32_000]


@dataclass(frozen=True)
class Printed:
    """A first notice and a change: what was entered, the slips' pages and the texts of the codes on them, in order."""

    payloads: tuple[Payload, Payload]
    pages: list[Page]
    el_qr: list[list[str]]
    gs1_128: list[list[str]]
    promises: list[tuple[object, ...]]


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Printed]:
    with opened(tmp_path_factory.mktemp("books")) as books:
        books.resident(**LONG)
        books.assessed()
        first = books.notices()
        books.told(first)
        sheets = [books.files(first)[1]]
        books.assessed(version=2, on=CORRECTED_ON, **MORE)
        change = books.notices(CORRECTED_ON)
        sheets.append(books.files(change)[1])
        books.told(change)
        promises = [promise(books)]
        (first_void, *_) = change.entries["payment_slip"]
        books.append("payment_slip_void", CORRECTED_ON, slip_no=first_void["slip_no"], notice_no="", release_no=1)
        promises.append(promise(books))
        yield Printed(
            (first, change),
            pages(sheets),
            [read(sheet, zxingcpp.BarcodeFormat.QRCode) for sheet in sheets],
            [read(sheet, zxingcpp.BarcodeFormat.Code128) for sheet in sheets],
            promises,
        )


def promise(books: Books) -> tuple[object, ...]:
    """What `juminzei verify` says of the slips."""
    query = (SQL / "run" / "invariants" / "110_slips_hold.sql").read_text(encoding="utf-8")
    row = books.session.con.execute(query).fetchone()
    assert row is not None
    return row


def read(sheet: bytes, kind: zxingcpp.BarcodeFormat) -> list[str]:
    """What a reader finds on the right half of the rendered pages (400 dots an inch), from top to bottom."""
    found = []
    document = pypdfium2.PdfDocument(sheet)
    for number in range(len(document)):
        image = document[number].render(scale=400 / 72, grayscale=True, crop=(290, 0, 0, 0)).to_numpy()
        codes = zxingcpp.read_barcodes(image, formats=kind, try_rotate=False, try_downscale=False, try_invert=False)
        found += [code.text for code in sorted(codes, key=lambda code: code.position.top_left.y)]
    document.close()
    return found


def tagged(text: str) -> dict[str, str]:
    """The parts of an eL-QR: tag, length, content; 255 characters in all."""
    assert len(text) == 255
    found = {}
    while text:
        length = int(text[2:4])
        found[text[:2]] = text[4 : 4 + length]
        text = text[4 + length :]
    return found


def test_the_codes_on_the_page_say_what_the_register_of_slips_says(printed: Printed) -> None:
    for payload, el_qr, gs1_128 in zip(printed.payloads, printed.el_qr, printed.gs1_128, strict=True):
        slips = payload.entries["payment_slip"]
        assert len(slips) in {4, 5}
        # eL-QR: tag 54 is the amount; in 62 the two fiscal years, the period, the due date, the last day of payment.
        bills = [tagged(text) for text in el_qr]
        told = [(int(bill["54"]), int(bill["62"][8:10]), bill["62"][10:18]) for bill in bills]
        assert told == [(slip["slip_yen"], slip["period"], slip["due_on"].replace("-", "")) for slip in slips]
        # GS1-128 (brackets stand where the symbol has its function character): identifier 91, company, slip number and a zero, reissue, due date, stamp, amount, check digit.
        assert all(text.startswith("(91)") and len(text) == 46 for text in gs1_128)
        bars = [(text[10:30], int(text[31]), text[32:38], int(text[39:45])) for text in gs1_128]
        assert bars == [
            (slip["slip_no"], slip["reissue_no"], slip["due_on"].replace("-", "")[2:], slip["slip_yen"])
            for slip in slips
        ]


def test_the_slips_of_the_periods_are_the_instalments_and_one_more_pays_the_whole_year(printed: Printed) -> None:
    slips = printed.payloads[0].entries["payment_slip"]
    assert [(slip["period"], slip["slip_yen"]) for slip in slips] == [(0, 130_200), *enumerate(FIRST, 1)]
    assert [slip["due_on"] for slip in slips] == [day.isoformat() for day in (DUE[0], *DUE)]


def test_a_reissued_slip_voids_the_old_one(printed: Printed) -> None:
    first, change = printed.payloads
    slips = {slip["slip_no"]: slip for slip in first.entries["payment_slip"] + change.entries["payment_slip"]}
    void = {entry["slip_no"] for entry in change.entries["payment_slip_void"]}
    # The June slip stays: the increase that came too late for it has a slip of its own.
    assert sorted(slips[number]["period"] for number in void) == [0, 2, 3, 4]
    holding = [slip for number, slip in slips.items() if number not in void]
    assert sum(slip["slip_yen"] for slip in holding) == MORE["annual_tax_yen"]
    assert [(slip["slip_yen"], slip["due_on"]) for slip in holding if slip["period"] == 1] == [
        (34_200, "2026-06-30"),
        (8_500, "2026-07-31"),
    ]


def test_verify_tells_when_the_slips_that_hold_are_not_what_was_told(printed: Printed) -> None:
    assert printed.promises == [(True, 1, 165_700, 165_700), (False, 1, 165_700, 157_200)]


def test_a_sheet_of_slips_is_readable_and_nothing_lies_over_anything(printed: Printed) -> None:
    assert len(printed.pages) == 4
    for page in printed.pages:
        width, height = page.size
        assert [text for text, (left, bottom, right, top) in page.boxes
                if left < MARGIN or bottom < MARGIN or right > width - MARGIN or top > height - MARGIN] == []  # fmt: skip
        boxes = page.boxes
        pairs = ((one, other) for index, one in enumerate(boxes) for other in boxes[index + 1 :])
        assert [(one[0], other[0]) for one, other in pairs if overlap(one[1], other[1])] == []
        assert [text for text, box in boxes if any(overlap(box, line, thin=True) for line in page.lines)] == []
        assert {"\ufffe", "\ufffd", "\0"} & set(page.text) == set()


def row(before: list[int], now: list[int]) -> dict[str, object]:
    kind = "change_notice" if any(before) else "first_notice"
    return {
        "fiscal_year": 2026,
        "taxpayer_no": HANAKO,
        "notice_kind": kind,
        "earlier_payable_yen": before,
        "payable_instalments_yen": now,
    }


def revised(history: list[list[int]], days: list[date]) -> tuple[list[Slip], list[Slip]]:
    """The slips that hold and those that do not after the instalments changed from one to the next on these days."""
    slips: list[tuple[Slip, SlipState]] = []
    before = [0] * 4
    for now, day in zip(history, days, strict=True):
        issue = slips_of_notice(row(before, now), DUE, day, slips, whole_year=False)
        void = {slip.slip_no for slip in issue.voided}
        slips = [(slip, "void" if slip.slip_no in void else state) for slip, state in slips]
        slips += [(slip, "holds") for slip in issue.issued]
        before = now
    return [slip for slip, state in slips if state == "holds"], [slip for slip, state in slips if state == "void"]


@pytest.mark.parametrize(
    ("history", "day", "expected"),
    [
        ([0, 0, 0, 0], date(2026, 7, 10), []),
        (FIRST, date(2026, 7, 10), list(zip(FIRST, DUE, strict=True))),
        # Less in June after June: the slip is replaced, its day stays.
        ([20_000, 32_000, 32_000, 32_000], date(2026, 7, 10), [(20_000, DUE[0]), *zip(FIRST[1:], DUE[1:], strict=True)]),
        ([34_200, 0, 32_000, 40_000], date(2026, 7, 10), [(34_200, DUE[0]), (32_000, DUE[2]), (40_000, DUE[3])]),
    ],
    ids=["taken away", "unchanged", "less in the past", "one gone, one more"],
)  # fmt: skip
def test_the_slips_that_hold_are_what_is_owed(history: list[int], day: date, expected: list[tuple[int, date]]) -> None:
    holding, _ = revised([FIRST, history], [date(2026, 6, 10), day])
    assert sorted((slip.yen, slip.due_on) for slip in holding) == sorted(expected)


def test_what_was_added_last_is_taken_back_first() -> None:
    more, less = [42_700, 32_000, 32_000, 32_000], [40_000, 32_000, 32_000, 32_000]
    days = [date(2026, 6, 10), date(2026, 7, 10), date(2026, 8, 10)]
    holding, void = revised([FIRST, more, less], days)
    june = [(slip.yen, slip.due_on) for slip in holding if slip.period == 1]
    assert sorted(june) == [(5_800, date(2026, 7, 31)), (34_200, DUE[0])]
    assert [slip.yen for slip in void] == [8_500]
    numbers = [slip.slip_no for slip in holding + void]
    assert len(set(numbers)) == len(numbers)


def test_convenience_stores_take_no_more_than_their_limit() -> None:
    facts = {
        "slip_no": "1" * 20,
        "city_code": "041009",
        "fiscal_year": 2026,
        "period": 1,
        "due_on": DUE[0],
        "reissue_no": 0,
    }
    limit = slip_layout().convenience_yen_max
    assert slip_codes(yen=limit, **facts).gs1_128 is not None  # type: ignore[arg-type]
    assert slip_codes(yen=limit + 1, **facts).gs1_128 is None  # type: ignore[arg-type]


def test_a_municipality_that_decided_nothing_about_slips_prints_none() -> None:
    with pytest.raises(ConfigurationError, match="納付書の団体別の値がありません"):
        slip_layout().city("011002")


def test_slips_from_before_the_register_are_added_to_and_never_numbered_void(books: Books) -> None:
    books.resident()
    books.assessed()
    payload = books.notices()
    for entry in payload.notices:
        books.append("notice", date(2026, 5, 28), **entry, release_no=1)
    books.assessed(version=2, on=CORRECTED_ON, **MORE)
    entries = books.notices(CORRECTED_ON).entries
    assert [(slip["period"], slip["slip_yen"]) for slip in entries["payment_slip"]] == [
        (1, 8_500), (2, 41_000), (3, 41_000), (4, 41_000),
    ]  # fmt: skip
    assert entries["payment_slip_void"] == []
