"""What an officer supplements (補記) goes over what documents say, item by item, and no rerun undoes it."""

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from pipelines.consolidation import invariants
from pipelines.consolidation.lists import keep_raised_incomes
from pipelines.consolidation.origin import IDENTITY, origins_of
from pipelines.consolidation.supplement import supplement_items
from tests.consolidation.conftest import FISCAL_YEAR, HANAKO, PRIORITY

if TYPE_CHECKING:
    from tests.consolidation.conftest import Town

APRIL, MAY, JUNE = date(2026, 4, 3), date(2026, 5, 1), date(2026, 6, 1)
# The register says these; whoever finds them wrong corrects the register.
FROM_REGISTER = ("resident", "born_on", "sex", "ward_code", "public_assistance")
# Follow from the method of collection.
OF_METHOD = ("payer_designated_no", "payer_document_no")


def decide(town: "Town", item: str, value: str | None, *, of: str = HANAKO, on: date = APRIL, **said: Any) -> int:
    """An officer's decision as the ledger holds it; `value=None` withdraws. Its number."""
    no = town.session.next_no("decision", "decision_no")
    detail = "" if value is None else json.dumps({"value": value, "basis": "phone"} | said)
    town.append(
        "decision", on, decision_no=no, decision_kind="supplement", subject=f"{FISCAL_YEAR}:{of}:{item}",
        verdict="withdraw" if value is None else "add", detail=detail, reason="聴取", officer="sato", channel="file",
        decided_on=on, file_no=None, signature=f"{no}",
    )  # fmt: skip
    return no


def figures(town: "Town") -> dict[str, dict[str, int]]:
    town.session.pin(FISCAL_YEAR, JUNE)
    found = invariants(town.session)
    assert all(promise.ok for promise in found), found
    return {promise.name[:2]: promise.figures for promise in found}


def test_a_supplement_goes_over_the_document_until_it_is_withdrawn(town: "Town") -> None:
    town.report(paid_yen=5_000_000, dependant_other_count=1)
    decide(town, "dependant_other_count", "0")
    decide(town, "business_yen", "-250000")
    town.consolidate(MAY)
    town.report("correction", received_on=MAY, paid_yen=5_400_000, dependant_other_count=2)
    after = town.base()
    assert (after["tax_base_version"], after["employment_paid_yen"]) == (2, 5_400_000)
    assert (after["dependant_other_count"], after["business_yen"]) == (0, -250_000)
    decide(town, "dependant_other_count", None, on=JUNE)
    assert town.consolidate(JUNE).counts["supplements"] == 1
    after = town.base()
    assert (after["tax_base_version"], after["dependant_other_count"], after["business_yen"]) == (3, 2, -250_000)
    assert town.consolidate(JUNE).commit_no is None


def test_the_newest_decision_known_by_the_day_stands(town: "Town") -> None:
    town.report()
    decide(town, "medical_expense_yen", "300000")
    decide(town, "medical_expense_yen", "120000", on=JUNE)
    assert town.base()["medical_expense_yen"] == 300_000
    town.consolidate(JUNE)
    assert town.ask("SELECT max_by(medical_expense_yen, tax_base_version) FROM ledger.tax_base") == [(120_000,)]


def test_somebody_without_any_document_gets_a_base(town: "Town") -> None:
    decide(town, "miscellaneous_yen", "1500000", basis="visit")
    base = town.base()
    assert (base["document_nos"], base["miscellaneous_yen"], base["collection_method"]) == ([], 1_500_000, "ordinary")


def test_each_yen_is_counted_once_with_supplements_told_apart(town: "Town") -> None:
    town.report(paid_yen=5_000_000)
    town.resident("000000000000102", number_id=12)
    town.pension_report(of="000000000000102", paid_yen=1_800_000)
    decide(town, "employment_paid_yen", "4600000", basis="image", document_no=1)
    decide(town, "pension_paid_yen", "900000")  # a pension nobody reported
    town.consolidate()
    found = figures(town)
    assert found["報告"] == {
        "reported_yen": 6_800_000,
        "previous_payer_yen": 0,
        "treaty_exempt_yen": 0,
        "returned_yen": 0,
        "set_aside_yen": 5_000_000,
        "supplemented_yen": 5_500_000,
        "tax_base_yen": 7_300_000,  # 4,600,000 + 900,000 + 1,800,000
        "difference_yen": 0,
    }
    assert found["補記"] == {"standing": 2, "not_in_base": 0}
    town.ask("UPDATE ledger.tax_base SET employment_paid_yen = 5000000 WHERE employment_paid_yen = 4600000")
    town.session.pin(FISCAL_YEAR, JUNE)
    assert [promise.ok for promise in invariants(town.session)] == [True, False, True, False, True]


def test_who_is_billed_himself_and_whose_employer_withholds(town: "Town") -> None:
    main = town.report(paid_yen=5_000_000)
    second = town.report(
        paid_yen=900_000, second_column=True, ordinary_collection=True, payer_designated_no="B2", employee_no="7"
    )
    decide(town, "collection_method", "ordinary")
    base = town.base()
    method = ("collection_method", "payer_designated_no", "payer_document_no")
    assert [base[name] for name in method] == ["ordinary", None, None]
    decide(town, "collection_method", "employment", document_no=second)
    base = town.base()
    assert [base[name] for name in method] == ["employment", "B2", second]
    figures(town)
    corrected = town.report("correction", paid_yen=800_000, payer_designated_no="B2", employee_no="7")
    assert [town.base()[name] for name in method] == ["employment", "B2", corrected]
    town.report("cancellation", payer_designated_no="B2", employee_no="7")
    report = town.consolidate()
    assert report.counts["supplements_without_payer"] == 1
    assert [town.base()[name] for name in method] == ["employment", "A1", main]


MALFORMED = "補記の決定の書き方が正しくありません"
REFUSED: list[tuple[str, str, str | None, dict[str, Any], str]] = [
    (HANAKO, "no_such_item", "1", {}, MALFORMED),
    (HANAKO, "sex", "male", {}, MALFORMED),
    (HANAKO, "business_yen", "12万", {}, MALFORMED),
    (HANAKO, "employment_paid_yen", "-1", {}, MALFORMED),
    (HANAKO, "pension_paid_yen", "1", {"basis": "rumour"}, MALFORMED),
    (HANAKO, "collection_method", "employment", {}, MALFORMED),
    ("000000000000999", "widow", "true", {}, "その番号の人は賦課期日現在の住民登録にいません"),
    (HANAKO, "one_stop", "true", {"document_no": 9}, "その番号の課税資料は台帳にありません"),
    (
        HANAKO, "collection_method", "employment", {"document_no": 1},
        "その課税資料は、本人に名寄せされた給与支払報告書ではありません",
    ),
    (HANAKO, "spouse_taxpayer_no", HANAKO, {}, "その番号の人は賦課期日現在の住民登録にいないか、本人です"),
    (HANAKO, "widow", None, {}, "取り下げる補記がありません"),
]  # fmt: skip


def test_what_cannot_be_carried_out_waits_for_a_person_and_changes_nothing(town: "Town") -> None:
    town.report(of=None)
    town.pension_report(paid_yen=1_800_000)
    expected = [
        (f"職員の決定（決定番号 {decide(town, item, value, of=of, **said)}）を補記として反映できません", found)
        for of, item, value, said, found in REFUSED
    ]
    report = town.consolidate()
    assert [(problem.what, problem.found) for problem in report.problems] == expected
    assert report.counts["supplements"] == 0
    assert "ほかの合算は済んでいます" in str(report.problems[0])


def test_a_later_decision_on_the_item_settles_a_refused_one(town: "Town") -> None:
    town.report()
    decide(town, "widow", "maybe")
    decide(town, "widow", "true")
    assert (town.consolidate().problems, town.base()["widow"]) == ([], True)


def test_the_explanation_tells_the_supplement_and_what_the_document_says(town: "Town") -> None:
    report = town.report(paid_yen=5_000_000)
    no = decide(town, "employment_paid_yen", "4600000", document_no=report)
    decide(town, "house_count", "1")
    town.consolidate()
    found = {one.name: one for one in origins_of(town.session, FISCAL_YEAR, HANAKO, 1, PRIORITY).inputs}
    pay = found["employment_paid_yen"]
    assert (pay.value, pay.source) == (4_600_000, "職員の補記。資料の値に代える")
    assert pay.note == f"根拠は電話での聴取（資料番号 {report}）"
    assert [(part.decision_no, part.document_no, part.value) for part in pay.parts] == [
        (no, None, 4_600_000),
        (None, report, 5_000_000),
    ]
    assert found["house_count"].value == 1
    assert "pension_first_year" not in found


def test_every_item_of_a_base_can_be_supplemented_but_what_the_register_says(town: "Town") -> None:
    columns = {name for (name,) in town.ask("SELECT column_name FROM duckdb_columns() WHERE table_name = 'tax_base'")}
    assert columns - set(IDENTITY) - set(FROM_REGISTER) - set(OF_METHOD) == set(supplement_items())


def test_every_item_becomes_what_was_said(town: "Town") -> None:
    values = {"person": "000000000000102", "flag": "true", "date": "2020-02-29"}
    said = {
        name: [*item.codes][-1] if item.codes else values.get(item.kind, "7")
        for name, item in supplement_items().items()
    }
    town.resident("000000000000102", number_id=12)
    for name, value in said.items():
        decide(town, name, value)
    base = town.base()
    shown = {
        name: str(base[name]).lower() if item.kind == "flag" else str(base[name])
        for name, item in supplement_items().items()
    }
    assert shown == said
    assert figures(town)["補記"] == {"standing": len(said), "not_in_base": 0}


def test_income_found_above_an_income_tax_return_is_for_the_tax_office_and_no_other(town: "Town") -> None:
    """法317条 speaks of 315条一号ただし書 alone: who filed no income tax return (二号) is not told of."""

    def raised() -> list[tuple[Any, ...]]:
        town.session.pin(FISCAL_YEAR, JUNE)
        keep_raised_incomes(town.session, FISCAL_YEAR)
        return town.ask("SELECT taxpayer_no, return_kind, item, declared_yen, found_yen FROM raised_income")

    town.tax_return("resident", business_yen=400_000)
    decide(town, "business_yen", "900000")
    assert raised() == []
    town.tax_return("final", business_yen=500_000, miscellaneous_yen=70_000, total_income_yen=570_000)
    decide(town, "miscellaneous_yen", "60000")  # too much was declared: nothing to notify
    decide(town, "medical_expense_yen", "300000")  # no income
    assert raised() == [(HANAKO, "final", "business_yen", 500_000, 900_000)]
    decide(town, "business_yen", None, on=MAY)
    assert raised() == []
