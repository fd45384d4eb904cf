"""課税台帳 holds everybody's newest assessment; 調定表 adds up to it by tax and by instalment."""

import io
from datetime import date

import pyarrow.parquet as pq
import pytest

from pipelines.errors import DataError
from tests.extracts.conftest import BY_BILL, FROM_WAGES, HANAKO, JIRO, TARO, Books

LEDGER = "city-assessment_ledger"
SUMMARY = "city-levy_summary"
CHANGES = "city-levy_changes"


@pytest.fixture
def two(books: Books) -> Books:
    """One who is billed and one whose tax is withheld from wages."""
    books.resident(HANAKO)
    books.resident(TARO, name='鈴木　太郎, "次郎"')
    books.assessed(HANAKO)
    books.assessed(TARO, **FROM_WAGES, payer_designated_no="A1")
    return books


def test_the_ledger_says_the_same_as_csv_and_as_parquet(two: Books) -> None:
    text, parquet = two.payload(LEDGER).files
    table = pq.read_table(io.BytesIO(two.content(parquet)))
    rows = two.rows(text)
    assert [row["taxpayer_no"] for row in rows] == [HANAKO, TARO]
    assert rows[1]["name"] == '鈴木　太郎, "次郎"'
    assert [*rows[0]] == table.column_names
    as_text = [{name: "" if value is None else str(value) for name, value in row.items()} for row in table.to_pylist()]
    assert as_text == rows
    assert (text.rows, text.yen) == (2, 2 * 188_700)


def test_the_ledger_holds_the_newest_version_known_on_the_day(two: Books) -> None:
    two.assessed(HANAKO, version=2, on=date(2026, 6, 10), **BY_BILL, annual_tax_yen=100_000, reason="correction")
    before, after = (two.rows(two.payload(LEDGER, day).files[0])[0] for day in (date(2026, 6, 9), date(2026, 6, 10)))
    assert (before["version"], before["annual_tax_yen"], before["reason"]) == ("1", "188700", "initial")
    assert (after["version"], after["annual_tax_yen"], after["reason"]) == ("2", "100000", "correction")


def test_the_same_facts_give_the_same_bytes(two: Books) -> None:
    one = [two.content(file) for file in two.payload(LEDGER).files]
    assert [two.content(file) for file in two.payload(LEDGER).files] == one


def amounts(books: Books, city: str | None = None) -> dict[tuple[str, str, str], tuple[int, int]]:
    """(collection method, section, item) → (persons, yen)."""
    (file,) = books.payload(SUMMARY, city=city).files
    return {
        (row["collection_method"], row["section"], row["item"]): (int(row["person_count"]), int(row["amount_yen"]))
        for row in books.rows(file)
    }


def test_the_levy_by_kind_of_tax(two: Books) -> None:
    found = amounts(two)
    assert found["ordinary", "tax", "市民税所得割"] == (1, 146_000)
    assert found["ordinary", "tax", "県民税均等割"] == (1, 2_200)
    assert found["employment", "tax", "森林環境税"] == (1, 1_000)


def test_the_levy_by_instalment(two: Books) -> None:
    found = amounts(two)
    assert [found["ordinary", "instalment", f"第{number:02d}回"][1] for number in range(1, 5)] == [
        47_700,
        *[47_000] * 3,
    ]
    assert [found["employment", "instalment", f"第{number:02d}回"][1] for number in (1, 2, 12)] == [
        16_000,
        15_700,
        15_700,
    ]


def test_kinds_and_instalments_add_up_to_the_annual_taxes(two: Books) -> None:
    found = amounts(two)
    sums = {
        part: sum(yen for (_, section, _), (_, yen) in found.items() if section == part)
        for part in ("tax", "instalment")
    }
    assert sums == {"tax": 2 * 188_700, "instalment": 2 * 188_700}
    assert two.payload(SUMMARY).amount_yen == 2 * 188_700


def test_houses_in_other_wards_are_in_the_books_and_in_the_report_to_the_prefecture(two: Books) -> None:
    for version, city_yen, prefecture_yen in ((1, 3_500, 2_000), (2, 3_000, 2_200)):
        two.house_levied(HANAKO, "041050", version, city_yen, prefecture_yen)
    two.house_levied(JIRO, "041033", 1, 3_000, 2_200)
    two.house_levied(JIRO, "041025", 1, 3_000, 2_200)
    two.house_levied(JIRO, "041025", 2, 0, 0)
    text, _ = two.payload(LEDGER).files
    houses = [row for row in two.rows(text) if row["levy_kind"] == "house"]
    assert [(row["taxpayer_no"], row["ward_code"], row["version"], row["annual_tax_yen"]) for row in houses] == [
        (HANAKO, "041050", "2", "5200"),
        (JIRO, "041033", "1", "5200"),
    ]
    assert {row["total_income_yen"] for row in houses} == {""}
    assert text.yen == 2 * 188_700 + 2 * 5_200
    found = amounts(two)
    assert found["ordinary", "tax", "市民税均等割（家屋敷等）"] == (2, 6_000)
    assert found["ordinary", "tax", "県民税均等割（家屋敷等）"] == (2, 4_400)
    assert found["ordinary", "instalment", "第01回"] == (3, 47_700 + 2 * 5_200)
    assert two.payload(SUMMARY).amount_yen == 2 * 188_700 + 2 * 5_200
    report = {(row["section"], row["collection_method"], row["item"]): row for row in
              two.rows(two.payload("prefecture-levy_report").files[0])}  # fmt: skip
    assert report["assessed", "", "納税義務者"]["person_count"] == "3"
    assert report["levy", "ordinary", "均等割"]["amount_yen"] == str(2_200 + 2 * 2_200)


def test_a_special_ward_s_summary_names_its_own_taxes(two: Books) -> None:
    names = {item for _, section, item in amounts(two, city="131032") if section == "tax"}
    assert names == {"特別区民税所得割", "特別区民税均等割", "都民税所得割", "都民税均等割", "森林環境税"}


def test_a_summary_that_does_not_add_up_stops(two: Books) -> None:
    two.assessed("000000000000104", **BY_BILL, annual_tax_yen=188_600)
    with pytest.raises(DataError) as error:
        two.payload(SUMMARY)
    assert str(error.value) == (
        "調定表が賦課と一致しません ／ 項目: 調定表 ／ 内容: 税の種類の計 566,100円（減免後 566,100円）、"
        "期・月の計 566,100円（減免後 566,100円） ／ 正しい形: 年税額の計 566,000円（減免後 566,000円） ／ 対処: 発送を止めました。管理者に連絡してください"
    )


def test_nobody_assessed_no_files(books: Books) -> None:
    assert books.payload(LEDGER).files == books.payload(SUMMARY).files == ()


def test_a_reduction_stands_beside_the_levy_in_both_tables(two: Books) -> None:
    two.reduced(HANAKO)
    row = two.rows(two.payload(LEDGER).files[0])[0]
    taken_off = ("city_reduction_yen", "prefecture_reduction_yen", "forest_exemption_yen")
    assert [row[name] for name in taken_off] == ["70000", "17500", "0"]
    assert (row["annual_tax_yen"], row["reduced_annual_tax_yen"]) == ("188700", "101200")
    found = two.rows(two.payload(SUMMARY).files[0])
    reduced = {
        row["item"]: (int(row["reduction_yen"]), int(row["reduced_yen"]))
        for row in found
        if row["reduction_yen"] != "0"
    }
    assert reduced == {
        "市民税所得割": (68_600, 77_400),
        "市民税均等割": (1_400, 1_600),
        "県民税所得割": (16_500, 20_000),
        "県民税均等割": (1_000, 1_200),
        "第02回": (29_500, 17_500),
        "第03回": (29_000, 18_000),
        "第04回": (29_000, 18_000),
    }


def test_corrections_are_told_as_more_and_less_by_instalment(two: Books) -> None:
    """One of two people pays 5,000 more of the third bill, the other 3,000 less; one gets 2,000 of the first back."""
    on = date(2026, 9, 15)
    for taxpayer_no in (HANAKO, TARO):
        two.assessed(taxpayer_no, version=2, on=on, **BY_BILL, reason="correction")
    two.changed(HANAKO, 3, 47_000, 52_000, on=on, kind="instalment")
    two.changed(TARO, 3, 47_000, 44_000, on=on, kind="instalment")
    two.changed(TARO, 1, 47_700, 45_700, on=on, kind="refund")
    assert two.payload(CHANGES, date(2026, 9, 14)).files == ()
    (file,) = two.payload(CHANGES, on).files
    assert [[*row.values()] for row in two.rows(file)] == [
        ["2026", "2026", "2026-09", "ordinary", "instalment", "3", "2", "5000", "3000"],
        ["2026", "2026", "2026-09", "ordinary", "refund", "1", "1", "0", "2000"],
    ]
    assert file.yen == 5_000


def test_who_left_the_employer_stands_under_both_ways(books: Books) -> None:
    books.resident(HANAKO)
    months = {"withholding_instalments_yen": [30_000] * 3 + [0] * 9}
    books.assessed(HANAKO, collection_method="ordinary", ordinary_instalments_yen=[0, 0, 50_000, 48_700], **months)
    found = amounts(books)
    assert found["employment", "instalment", "第03回"] == (1, 30_000)
    assert found["ordinary", "instalment", "第04回"] == (1, 48_700)
