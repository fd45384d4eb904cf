"""中間サーバーの副本: the edition's items, protected people marked, and a returned list compared with what the server was told."""

from datetime import date
from pathlib import Path

import pytest

from pipelines.errors import ConfigurationError, DataError
from pipelines.exchange.contract import load_contract
from pipelines.extracts import differences, of_year
from pipelines.extracts.network_copy import COPY, items_of_year
from tests.extracts.conftest import DECIDED_ON, FISCAL_YEAR, HANAKO, JIRO, TARO, Books

KNOWN_ITEMS = 105
UNIFIED = {HANAKO: f"{900_001:015d}", TARO: f"{900_002:015d}", JIRO: f"{900_003:015d}"}


def test_every_item_of_the_known_edition_has_a_column_or_a_reason() -> None:
    items = items_of_year(2023)
    assert [item["item"] for item in items] == list(range(1, KNOWN_ITEMS + 1))
    assert all(("column" in item) != ("missing" in item) for item in items)
    # Anchors of the public sources: 給与収入額, 所得控除合計額, 市町村民税均等割額 (after and before 減免).
    assert {item["item"]: item["column"] for item in items if item["item"] in (6, 85, 96, 101)} == {
        6: "employment_paid_yen",
        85: "deductions_yen",
        96: "reduced_city_per_capita_yen",
        101: "city_per_capita_yen",
    }
    assert [item["ja"] for item in items_of_year(2026)[KNOWN_ITEMS:]] == ["市町村民税所得割額（定額減税前）"]
    with pytest.raises(
        ConfigurationError, match="この年度の副本の項目の版がありません ／ ファイル: schemas/extracts/network"
    ):
        items_of_year(2031)


def test_the_server_gets_everybody_with_protected_people_marked_and_returns_what_it_holds(
    books: Books, tmp_path: Path
) -> None:
    books.resident(HANAKO)
    books.resident(TARO, protected_address=True)
    books.resident(JIRO)
    for taxpayer_no in (HANAKO, TARO):
        books.assessed(taxpayer_no)
    for taxpayer_no, number in UNIFIED.items():
        books.numbered(taxpayer_no, number)
    payload = books.payload(COPY)
    (file,) = payload.files
    rows = books.rows(file)
    assert payload.review == ()
    assert [(row["unified_no"], row["tax_status"], row["auto_answer_refused"]) for row in rows] == [
        (UNIFIED[HANAKO], "1", "0"),
        (UNIFIED[TARO], "1", "1"),
        (UNIFIED[JIRO], "3", "0"),
    ]
    assert not {"name", "address", "taxpayer_no"} & set(rows[0])
    assert (rows[0]["city_income_levy_before_reduction_yen"], rows[2]["city_income_levy_yen"]) == ("0", "")
    books.sent(payload)

    held = [line.split(",", 1)[1] for line in books.content(file).decode().splitlines()]
    assert compared(books, tmp_path, held) == []
    later = [
        held[0],
        held[1].replace("3160000", "3160001"),
        held[3],
        held[3],
        held[3].replace(UNIFIED[JIRO], f"{104:015d}"),
    ]
    assert compared(books, tmp_path, later) == [
        (HANAKO, "differs"),
        (TARO, "missing"),
        (JIRO, "twice"),
        (f"{104:015d}", "extra"),
    ]
    with pytest.raises(DataError, match=r"提供先が返した一覧を読めません.*見出しの列が契約と違う"):
        compared(books, tmp_path, ["unified_no", HANAKO])
    with pytest.raises(DataError, match="数・日付でない値がある"):
        compared(books, tmp_path, [held[0], held[1].replace("3160000", "many")])


def compared(books: Books, folder: Path, lines: list[str]) -> list[tuple[str, str]]:
    """What the list of these lines differs in."""
    path = folder / "server.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    books.session.pin(FISCAL_YEAR, DECIDED_ON)
    return differences(books.session, of_year(load_contract(COPY), FISCAL_YEAR), FISCAL_YEAR, path)


def test_protection_that_begins_later_is_told_as_a_change(books: Books) -> None:
    books.resident(HANAKO)
    books.numbered(HANAKO, UNIFIED[HANAKO])
    books.sent(books.payload(COPY))
    later = date(2026, 7, 1)
    books.resident(HANAKO, revision=2, protected_address=True)
    (file,) = books.payload(COPY, later).files
    assert [(row["change_kind"], row["auto_answer_refused"]) for row in books.rows(file)] == [("2", "1")]


def test_nobody_leaves_without_a_unified_number_and_one_that_is_taken_back_takes_the_person_off(books: Books) -> None:
    books.resident(HANAKO)
    books.resident(TARO)
    books.numbered(HANAKO, UNIFIED[HANAKO])
    payload = books.payload(COPY)
    assert [row["unified_no"] for row in books.rows(payload.files[0])] == [UNIFIED[HANAKO]]
    assert payload.review[0].startswith("統合宛名番号のない人が 1 人いるので")
    books.sent(payload)
    books.numbered(HANAKO, UNIFIED[JIRO], on=date(2026, 6, 1))
    (file,) = books.payload(COPY, date(2026, 6, 1)).files
    assert [(row["change_kind"], row["unified_no"]) for row in books.rows(file)] == [("2", UNIFIED[JIRO])]
    books.numbered(HANAKO, UNIFIED[JIRO], on=date(2026, 7, 1), kind="cancellation")
    (file,) = books.payload(COPY, date(2026, 7, 1)).files
    assert [(row["change_kind"], row["unified_no"]) for row in books.rows(file)] == [("3", UNIFIED[JIRO])]
