"""The figures inside a wage report fit together, and the town's incomes look like a town's."""

from statistics import median

import numpy as np
import pytest

from pipelines.town.schedule import apply_table
from pipelines.town.settings import load_settings
from tests.town.conftest import Made, Report

FAMILY = ("spouse_deduction_yen", "specific_relative_special_deduction_yen", "dependant_specific_count")
MORE_FAMILY = ("dependant_elderly_count", "dependant_other_count", "disability_special_count", "disability_other_count")
PERSONAL = ("widow", "single_parent", "working_student", "self_special_disability", "self_other_disability")


def employment_income_2025(paid: int) -> int:
    """給与所得控除後 of 令和7年分 (所得税法28条③④), written apart from the program."""
    if paid < 651_000:
        return 0
    if paid < 1_900_000:
        return paid - 650_000
    if paid < 6_600_000:
        quarter = paid // 4_000 * 1_000
        return quarter * 28 // 10 - 80_000 if paid < 3_600_000 else quarter * 32 // 10 - 440_000
    return paid * 9 // 10 - 1_100_000 if paid < 8_500_000 else paid - 1_950_000


def income_tax_2025(taxable: int) -> int:
    """所得税法89条 by bands instead of quick deductions, and the reconstruction tax."""
    bands = [(1_950_000, 5), (3_300_000, 10), (6_950_000, 20), (9_000_000, 23), (18_000_000, 33), (40_000_000, 40)]
    tax, below = 0, 0
    for top, rate in bands:
        tax += max(min(taxable, top) - below, 0) * rate
        below = top
    return tax // 100


def adjusted(made: Made) -> list[Report]:
    return [report for report in made.whole() if report.items["income_after_deduction_yen"]]


@pytest.mark.parametrize(
    ("fiscal_year", "paid", "income"),
    [
        (2026, 650_999, 0),
        (2026, 651_000, 1_000),  # 651,000 - 650,000
        (2026, 1_899_999, 1_249_999),
        (2026, 1_900_000, 1_250_000),  # 1,900,000 × 70 % - 80,000
        (2026, 3_599_999, 2_437_200),  # 3,596,000 × 70 % - 80,000
        (2026, 6_600_000, 4_840_000),  # 6,600,000 × 90 % - 1,100,000
        (2026, 8_500_000, 6_550_000),  # 8,500,000 - 1,950,000
        (2025, 550_999, 0),
        (2025, 1_618_999, 1_068_999),
        (2025, 1_619_000, 1_069_000),
        (2025, 1_627_999, 1_074_000),
        (2025, 1_628_000, 1_076_800),  # 1,628,000 × 60 % + 100,000
        (2025, 1_800_000, 1_180_000),  # 1,800,000 × 70 % - 80,000
    ],
)
def test_income_after_deduction_at_the_edges_of_the_table(fiscal_year: int, paid: int, income: int) -> None:
    table = load_settings(fiscal_year).tax["employment_income"]
    assert apply_table(table, np.array([paid])).tolist() == [income]


def test_income_after_deduction_follows_from_pay_in_every_adjusted_report(town: Made) -> None:
    for report in adjusted(town):
        income = employment_income_2025(report.yen("paid_yen")) - report.yen("income_adjustment_deduction_yen")
        assert report.yen("income_after_deduction_yen") == income
    assert len(adjusted(town)) > 2_000


def test_the_tax_of_who_has_no_family_and_no_loan_follows_from_the_report(town: Made) -> None:
    alone = [
        report
        for report in adjusted(town)
        if not any(report.items[name] for name in (*FAMILY, *MORE_FAMILY, *PERSONAL, "housing_loan_creditable_yen"))
        and not report.items["housing_loan_credit_yen"]
    ]
    assert len(alone) > 500
    for report in alone:
        deductions = sum(
            report.yen(name)
            for name in (
                "social_insurance_yen",
                "life_insurance_deduction_yen",
                "earthquake_insurance_deduction_yen",
                "basic_deduction_yen",
            )
        )
        assert report.yen("deductions_yen") == deductions
        taxable = max(report.yen("income_after_deduction_yen") - deductions, 0) // 1_000 * 1_000
        assert report.yen("withheld_yen") == income_tax_2025(taxable) * 1_021 // 100_000 * 100


def test_the_reduction_of_2024_stands_in_the_remarks(year_before: Made) -> None:
    alone = [
        report
        for report in adjusted(year_before)
        if report.yen("withheld_yen") > 0 and not report.items["spouse_name"] and not report.items["dependant_1_name"]
    ]
    for report in alone:
        children = int(report.items["dependant_under_16_count"] or 0)
        amount = str.maketrans("0123456789", "０１２３４５６７８９")
        reduction = str(30_000 * (1 + children)).translate(amount)
        assert f"源泉徴収時所得税減税控除済額{reduction}円　控除外額０円" in report.items["remarks"]
    assert len(alone) > 300


def test_second_jobs_and_leavers_have_no_year_end_adjustment(town: Made) -> None:
    without = [r for r in town.whole() if r.items["second_column"] or r.items["employment_change"] == "2"]
    assert len(without) > 50
    for report in without:
        for name in ("income_after_deduction_yen", "deductions_yen", "basic_deduction_yen", "new_general_premium_yen"):
            assert report.items[name] == ""


def test_the_previous_payers_pay_is_inside_the_report(town: Made) -> None:
    joined = [report for report in town.whole() if report.items["previous_payer_name"]]
    assert len(joined) > 50
    for report in joined:
        assert report.items["employment_change"] in ("1", "7")  # 7 is the planted unknown code
        assert 0 < report.yen("previous_payer_paid_yen") < report.yen("paid_yen")
        assert report.yen("previous_payer_social_insurance_yen") <= report.yen("social_insurance_yen")
        assert report.items["employment_changed_year"] == "07"


def test_ordinary_collection_has_its_reason_at_the_head_of_the_remarks(town: Made) -> None:
    found = set()
    for report in town.whole():
        reason = report.items["remarks"][:2] if report.items["remarks"].startswith("普") else ""
        assert bool(reason) == (report.items["ordinary_collection"] == "1")
        found.add(reason)
        if report.items["second_column"]:
            assert reason == "普Ｂ"
        elif report.items["employment_change"] == "2":
            assert reason == "普Ｆ"
        elif report.yen("paid_yen") <= 965_000:
            assert reason in ("普Ａ", "普Ｃ", "普Ｅ")
    assert {"", "普Ａ", "普Ｂ", "普Ｃ", "普Ｆ"} <= found


def test_as_many_relatives_are_named_as_counted(town: Made) -> None:
    families = 0
    for report in town.whole():
        counts = ("dependant_specific_count", "dependant_elderly_count", "dependant_other_count")
        claimed = sum(report.yen(name) for name in counts)
        named = sum(bool(report.items[f"dependant_{n}_name"]) for n in range(1, 5))
        assert named == min(claimed, 4)
        assert bool(report.items["dependants_from_5th"]) == (claimed > 4)
        children = sum(bool(report.items[f"under_16_{n}_name"]) for n in range(1, 5))
        assert children == min(report.yen("dependant_under_16_count"), 4)
        families += bool(claimed + children)
    assert families > 200


def test_claimed_relatives_earn_little_with_few_exceptions(town: Made) -> None:
    paid = {row["taxpayer_no"]: int(row["paid_yen"]) for row in town.taxpayers}
    earned = {p["individual_number"]: paid.get(p["taxpayer_no"], 0) for p in town.residents}
    relatives = [
        earned[report.items[f"dependant_{n}_number"]]
        for report in town.whole()
        for n in range(1, 5)
        if report.items[f"dependant_{n}_number"]
    ]
    over = sum(pay > 1_230_000 for pay in relatives)  # 580,000 of income (所得税法2条1項34号) + 650,000
    assert len(relatives) > 300
    assert over < len(relatives) / 50


def test_nobody_is_claimed_twice(town: Made) -> None:
    stories = {(row["file"], int(row["record_no"])): row for row in town.documents}
    names = [f"dependant_{n}_number" for n in range(1, 5)] + [f"under_16_{n}_number" for n in range(1, 5)]
    claimed = [
        report.items[name]
        for report in town.whole()
        for name in names
        if report.items[name] and stories[report.file, report.record_no]["counts"] == "1"
    ]
    assert len(set(claimed)) == len(claimed)


def test_incomes_look_like_a_towns(town: Made) -> None:
    paid = sorted(int(row["paid_yen"]) for row in town.taxpayers)
    full_time = [
        report.yen("paid_yen")
        for report in town.whole()
        if report.yen("social_insurance_yen") * 10 > report.yen("paid_yen") and report.yen("paid_yen") > 1_500_000
    ]
    assert 3_700_000 < median(full_time) < 4_700_000
    assert 2_800_000 < median(paid) < 3_900_000
    assert paid[-1] <= 31_000_000
    assert paid[len(paid) * 99 // 100] > 9_000_000
    assert paid[len(paid) // 10] < 1_200_000


def test_ages_look_like_a_towns(town: Made) -> None:
    ages = [2025 - int(person["born_on"][:4]) for person in town.residents]
    assert 0.09 < sum(age < 16 for age in ages) / len(ages) < 0.15
    assert 0.23 < sum(age >= 65 for age in ages) / len(ages) < 0.33
    assert 1.8 < len(ages) / len({person["household_no"] for person in town.residents}) < 2.5
