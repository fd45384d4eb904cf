"""Corrections in the ledger: what fell due stays, what changes becomes rows for the accounts, what comes too late is refused."""

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from ledger_town import HANAKO, MAY, SENDAI, TARO

from pipelines.assessment.explanation import explain_assessment

if TYPE_CHECKING:
    from ledger_town import Town

SEPTEMBER, OCTOBER = date(2026, 9, 15), date(2026, 10, 9)
# Wages of 5,000,000 are taxed with 316,700, and with 241,700 after premiums of 750,000.
MORE, LESS = {"social_insurance_yen": 0}, {"social_insurance_yen": 750_000}
BILLED = {"collection_method": "ordinary", "payer_designated_no": None}


def decided(town: "Town", day: date, version: int = 1, **figures: Any) -> dict[str, Any]:
    """The version that a base known on that day makes."""
    town.base(day, tax_base_version=version, **figures)
    assert town.assess(day).commit_no is not None
    return town.versions()[-1]


def changes(town: "Town", version: int) -> list[tuple[Any, ...]]:
    return town.session.con.execute(
        "SELECT collection_way, instalment_no, change_kind, earlier_yen, later_yen, due_on FROM ledger.levy_change "
        "WHERE taxpayer_no = ? AND version = ? ORDER BY ALL",
        [HANAKO, version],
    ).fetchall()


def test_an_increase_of_bills_goes_on_those_to_come_and_is_told_to_the_accounts(town: "Town") -> None:
    """241,700: 61,700 and 60,000 three times. 316,700 - 121,700 = 195,000: 98,000 and 97,000."""
    first = decided(town, MAY, **BILLED, **LESS)
    assert first["ordinary_instalments_yen"] == [61_700, 60_000, 60_000, 60_000]
    assert changes(town, 1) == []
    second = decided(town, SEPTEMBER, 2, **BILLED, **MORE)
    assert second["ordinary_instalments_yen"] == [61_700, 60_000, 98_000, 97_000]
    assert changes(town, 2) == [
        ("ordinary", 3, "instalment", 60_000, 98_000, date(2026, 11, 2)),
        ("ordinary", 4, "instalment", 60_000, 97_000, date(2027, 2, 1)),
    ]


def test_a_decrease_takes_the_last_bills_and_then_gives_back_what_fell_due(town: "Town") -> None:
    decided(town, MAY, **BILLED, **MORE)
    second = decided(town, SEPTEMBER, 2, **BILLED, social_insurance_yen=2_500_000)
    # 3,560,000 - 2,500,000 - 430,000 = 630,000 → 63,000 - 2,500 + 6,200 = 66,700; 79,700 was due on 30 June.
    assert second["annual_tax_yen"] == 66_700
    assert second["ordinary_instalments_yen"] == [66_700, 0, 0, 0]
    assert [row[:5] for row in changes(town, 2)] == [
        ("ordinary", 1, "refund", 79_700, 66_700),
        ("ordinary", 2, "refund", 79_000, 0),
        ("ordinary", 3, "instalment", 79_000, 0),
        ("ordinary", 4, "instalment", 79_000, 0),
    ]


def test_what_was_withheld_beyond_the_tax_goes_back_to_the_taxpayer(town: "Town") -> None:
    """法321条の7②: withheld to October 27,400 + 26,300 x 4 = 132,600, the tax is 66,700."""
    decided(town, MAY, **MORE)
    second = decided(town, SEPTEMBER, 2, social_insurance_yen=2_500_000)
    assert second["withholding_instalments_yen"] == [27_400, 26_300, 13_000] + [0] * 9
    back = [
        later - earlier
        for way, _, kind, earlier, later, _ in changes(town, 2)
        if (way, kind) == ("employment", "refund")
    ]
    assert sum(back) == 66_700 - (27_400 + 26_300 * 3)


def test_whoever_leaves_the_employer_pays_the_rest_by_the_bills_to_come(town: "Town") -> None:
    decided(town, MAY, **MORE)
    second = decided(town, SEPTEMBER, 2, **BILLED, **MORE)
    assert second["withholding_instalments_yen"] == [27_400, 26_300, 26_300, 26_300] + [0] * 8
    assert second["ordinary_instalments_yen"] == [0, 0, 105_400, 105_000]
    assert town.assess(SEPTEMBER).commit_no is None
    assert town.assess(date(2027, 1, 20)).commit_no is None


def test_bills_that_fell_due_are_not_withheld_again(town: "Town") -> None:
    decided(town, MAY, **BILLED, **MORE)
    second = decided(town, SEPTEMBER, 2, **MORE)
    assert second["ordinary_instalments_yen"] == [79_700, 79_000, 0, 0]
    assert second["withholding_instalments_yen"] == [0] * 4 + [20_100] + [19_700] * 7
    assert town.assess(SEPTEMBER).commit_no is None
    assert town.assess(date(2027, 3, 10)).commit_no is None


@pytest.mark.parametrize(("kind", "bills"), [
    # 75,000 more: 21,000 and 18,000 three times, half of them at once (法321条の2①); or all on the two bills to come.
    ("amended", [82_700, 78_000, 78_000, 78_000]),
    ("final", [61_700, 60_000, 98_000, 97_000]),
])  # fmt: skip
def test_an_amended_income_tax_return_makes_the_share_of_past_bills_due_at_once(
    town: "Town", kind: str, bills: list[int]
) -> None:
    decided(town, MAY, **BILLED, **LESS)
    returned(town, kind, date(2026, 9, 1))
    second = decided(town, SEPTEMBER, 2, **BILLED, **MORE, document_nos=[1, 9])
    assert second["ordinary_instalments_yen"] == bills
    assert [row[2] for row in changes(town, 2)].count("at_once") == (2 if kind == "amended" else 0)
    assert town.assess(SEPTEMBER).commit_no is None
    explained = explain_assessment(town.session, SENDAI, 2026, HANAKO).figures
    assert explained["ordinary_instalments_yen"] == bills


def returned(town: "Town", kind: str, filed_on: date) -> None:
    """Document 9: an income tax return of Hanako's."""
    nil = {"BIGINT": 0, "INTEGER": 0, "BOOLEAN": False, "VARCHAR": "", "DATE": filed_on}
    with town.session.transaction(stage="matching", known_on=filed_on) as transaction:
        for table, known in (
            ("tax_return", {"return_kind": kind, "filed_on": filed_on}),
            ("document_link", {"link_version": 1, "taxpayer_no": HANAKO}),
        ):
            columns = town.session.con.execute(
                "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = ? AND database_name = 'ledger' "
                "AND NOT is_nullable AND column_name NOT IN ('known_on', 'commit_no')",
                [table],
            ).fetchall()
            transaction.append_row(table, **{name: nil[of] for name, of in columns} | known | {"document_no": 9})


def test_what_a_later_fiscal_year_adds_is_billed_at_once(town: "Town") -> None:
    """過年度: the employer goes on as told, the rest is due at once, in the accounts of the later year."""
    first = decided(town, MAY, **LESS)
    second = decided(town, date(2027, 6, 10), 2, **MORE)
    assert second["withholding_instalments_yen"] == first["withholding_instalments_yen"]
    assert second["ordinary_instalments_yen"] == [0, 0, 0, 75_000]
    assert changes(town, 2) == [("ordinary", 4, "at_once", 0, 75_000, None)]
    assert town.session.con.execute("SELECT DISTINCT fiscal_year, levy_year FROM ledger.levy_change").fetchall() == [
        (2026, 2027)
    ]


def test_a_levy_first_found_in_a_later_fiscal_year_is_billed_at_once(town: "Town") -> None:
    found = decided(town, date(2027, 6, 10), **MORE)
    assert (found["collection_method"], found["withholding_instalments_yen"]) == ("ordinary", [])
    assert found["ordinary_instalments_yen"] == [0, 0, 0, 316_700]
    assert changes(town, 1) == [("ordinary", 4, "at_once", 0, 316_700, None)]
    assert town.assess(date(2027, 8, 10)).commit_no is None


def test_two_corrections_are_each_explained_from_what_the_one_before_told(town: "Town") -> None:
    decided(town, MAY, **BILLED, **LESS)
    second = decided(town, SEPTEMBER, 2, **BILLED, **MORE)
    third = decided(town, OCTOBER, 3, **BILLED, **LESS)
    # 241,700 again: 75,000 less of the last bill.
    assert third["ordinary_instalments_yen"] == [61_700, 60_000, 98_000, 22_000]
    for version in (second, third):
        explained = explain_assessment(town.session, SENDAI, 2026, HANAKO, version["version"])
        assert explained.figures["ordinary_instalments_yen"] == version["ordinary_instalments_yen"]
    assert "後の納期から減らす" in explain_assessment(town.session, SENDAI, 2026, HANAKO).text()


def test_a_run_as_of_an_earlier_day_sees_the_bills_of_that_day(town: "Town") -> None:
    """Made after October's, as of September: what September told stands beside it, from what was known then."""
    decided(town, MAY, **BILLED, **LESS)
    town.base(SEPTEMBER, tax_base_version=2, **BILLED, **MORE)
    town.assess(OCTOBER)
    town.assess(SEPTEMBER)
    october, september = town.versions()[1:]
    assert (october["decided_on"], september["decided_on"]) == (OCTOBER, SEPTEMBER)
    assert september["replaces_version"] == 1
    assert september["ordinary_instalments_yen"] == [61_700, 60_000, 98_000, 97_000]


def test_an_increase_after_three_years_is_refused_with_the_article_and_a_decrease_is_made(town: "Town") -> None:
    """法定納期限 30 June 2026: more until 30 June 2029, less until 30 June 2031 (法17条の5③④)."""
    town.base(**BILLED, **LESS)
    town.base(taxpayer_no=TARO, **BILLED, **LESS)
    town.assess()
    late = date(2029, 7, 1)
    town.base(late, tax_base_version=2, **BILLED, **MORE)
    town.base(late, tax_base_version=2, taxpayer_no=TARO, **BILLED, social_insurance_yen=1_000_000)
    report = town.assess(late)
    assert report.counts["corrections"] == 1
    assert [one["version"] for one in town.versions()] == [1]
    assert [one["version"] for one in town.versions(TARO)] == [1, 2]
    assert report.lines == [
        f"期間制限により変更できない: 宛名番号 {HANAKO}（241,700円 → 316,700円、令和11年6月30日まで、地方税法17条の5③）"
    ]
    # Again: the officer is told again, and nothing new is entered.
    again = town.assess(late)
    assert (again.commit_no, again.lines) == (None, report.lines)
    assert town.session.con.execute("SELECT count(*), max(refusal_version) FROM ledger.levy_refusal").fetchall() == [
        (1, 1)
    ]


def test_an_increase_on_the_last_day_is_made(town: "Town") -> None:
    decided(town, MAY, **BILLED, **LESS)
    second = decided(town, date(2029, 6, 30), 2, **BILLED, **MORE)
    assert second["ordinary_instalments_yen"] == [61_700, 60_000, 60_000, 135_000]


def test_an_income_tax_return_of_the_last_two_years_lifts_the_limit(town: "Town") -> None:
    decided(town, MAY, **BILLED, **LESS)
    returned(town, "amended", date(2027, 7, 1))
    second = decided(town, date(2029, 7, 1), 2, **BILLED, **MORE, document_nos=[1, 9])
    assert second["annual_tax_yen"] == 316_700
    town.base(date(2029, 7, 2), tax_base_version=3, **BILLED, employment_paid_yen=5_400_000, document_nos=[1, 9])
    assert "令和11年7月1日まで、地方税法17条の6③" in town.assess(date(2029, 7, 2)).lines[0]


@pytest.mark.parametrize(
    ("verdict", "detail", "last"), [("fraud", "", "令和15年6月30日"), ("ruling", "2029-06-01", "令和11年12月1日")]
)
def test_an_officer_tells_of_fraud_or_a_ruling(town: "Town", verdict: str, detail: str, last: str) -> None:
    decided(town, MAY, **BILLED, **LESS)
    with town.session.transaction(stage="decisions", known_on=date(2029, 7, 1)) as transaction:
        transaction.append_row(
            "decision", decision_no=1, decision_kind="limit", subject=f"2026:{HANAKO}", verdict=verdict, detail=detail,
            reason="裁決書", officer="sato", channel="file", decided_on=date(2029, 7, 1), file_no=None, signature="s",
        )  # fmt: skip
    assert decided(town, date(2029, 7, 2), 2, **BILLED, **MORE)["annual_tax_yen"] == 316_700
    town.base(date(2034, 1, 10), tax_base_version=3, **BILLED, employment_paid_yen=5_400_000)
    assert last in town.assess(date(2034, 1, 10)).lines[0]
