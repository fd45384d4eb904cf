"""The national health insurance gets its members' taxes and incomes, and of nobody else's (仙台市 移転先1)."""

from datetime import date

from pipelines.exchange.contract import load_contract
from tests.extracts.conftest import DECIDED_ON, HANAKO, JIRO, NOTHING_OWED, TARO, Books

PREMIUM = "national_health_insurance-premium"
FIGURES = tuple(name for name in load_contract(PREMIUM, city_code="041009").column_names() if name.endswith("_yen"))


def members(books: Books, as_of: date = DECIDED_ON) -> dict[str, dict[str, str]]:
    payload = books.payload(PREMIUM, as_of)
    return {row["taxpayer_no"]: row for file in payload.files for row in books.rows(file)}


def test_a_member_s_income_and_levies_leave_before_and_after_reduction(books: Books) -> None:
    books.resident()
    books.assessed()
    books.reduced()
    books.insured()
    row = members(books)[HANAKO]
    assert {name: value for name, value in row.items() if value != "0"} == {
        "change_kind": "1",
        "fiscal_year": "2026",
        "taxpayer_no": HANAKO,
        "tax_status": "1",
        "version": "1",
        "changed_on": "2026-05-08",
        "employment_paid_yen": "4500000",
        "employment_income_yen": "3160000",
        "total_income_yen": "3160000",
        "gross_income_etc_yen": "3160000",
        "insurance_gross_income_yen": "3160000",
        "basic_deduction_yen": "430000",
        "insurance_base_income_yen": "2730000",
        "taxable_income_yen": "1850000",
        "city_income_levy_yen": "146000",
        "city_per_capita_yen": "3000",
        "prefecture_income_levy_yen": "36500",
        "prefecture_per_capita_yen": "2200",
        "forest_environment_tax_yen": "1000",
        "annual_tax_yen": "188700",
        "city_reduction_yen": "70000",
        "prefecture_reduction_yen": "17500",
        "reduced_city_income_levy_yen": "77400",
        "reduced_city_per_capita_yen": "1600",
        "reduced_prefecture_income_levy_yen": "20000",
        "reduced_prefecture_per_capita_yen": "1200",
        "reduced_annual_tax_yen": "101200",
    }
    assert list(row) == load_contract(PREMIUM, city_code="041009").column_names()


def test_whoever_is_not_a_member_does_not_leave(books: Books) -> None:
    for taxpayer_no in (HANAKO, TARO):
        books.resident(taxpayer_no)
        books.assessed(taxpayer_no)
    books.insured(HANAKO)
    assert [*members(books)] == [HANAKO]


def test_a_household_member_leaves_like_the_insured(books: Books) -> None:
    books.insured(TARO, role="household_member")
    assert [*members(books)] == [TARO]


def test_membership_begins_with_its_first_day_and_ends_before_its_last(books: Books) -> None:
    books.insured(HANAKO, joined_on=DECIDED_ON)
    books.insured(TARO, joined_on=date(2026, 5, 9))
    books.insured(JIRO, left_on=DECIDED_ON)
    assert [*members(books)] == [HANAKO]


def test_who_left_by_a_newer_list_is_no_member_though_an_older_list_says_so(books: Books) -> None:
    books.insured(HANAKO, list_no=1)
    books.insured(HANAKO, list_no=2, on=date(2026, 5, 1), left_on=date(2026, 4, 1))
    assert members(books) == {}
    assert [*members(books, date(2026, 4, 30))] == [HANAKO]


def test_the_four_states_of_a_person_are_told_apart(books: Books) -> None:
    numbers = [HANAKO, TARO, JIRO, f"{104:015d}"]
    for taxpayer_no in numbers:
        books.insured(taxpayer_no)
    for taxpayer_no in numbers[:3]:
        books.resident(taxpayer_no)
    books.assessed(HANAKO)
    books.assessed(TARO, **NOTHING_OWED, collection_method="ordinary")
    assert [row["tax_status"] for row in members(books).values()] == ["1", "0", "3", "4"]


def test_who_did_not_declare_leaves_without_figures_never_as_one_without_income(books: Books) -> None:
    books.resident(HANAKO)
    books.insured(HANAKO)
    books.insured(TARO)
    rows = members(books)
    assert [rows[HANAKO]["tax_status"], rows[TARO]["tax_status"]] == ["3", "4"]
    assert [[row[name] for name in FIGURES] for row in rows.values()] == [[""] * len(FIGURES)] * 2
    (file,) = books.payload(PREMIUM).files
    assert (file.rows, file.yen) == (2, 0)


def test_a_correction_leaves_with_the_next_history_number(books: Books) -> None:
    books.insured()
    books.assessed()
    books.assessed(version=2, on=date(2026, 6, 10), total_income_yen=2_000_000)
    assert members(books)[HANAKO]["version"] == "1"
    later = members(books, date(2026, 6, 10))[HANAKO]
    assert (later["version"], later["changed_on"], later["total_income_yen"]) == ("2", "2026-06-10", "2000000")


def test_no_members_no_file(books: Books) -> None:
    books.assessed()
    assert books.payload(PREMIUM).files == ()
