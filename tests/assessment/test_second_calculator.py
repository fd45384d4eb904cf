"""The second calculator agrees with every hand-made case, and with what must hold whatever the figures."""

from copy import deepcopy
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from second_calculator import assess
from second_calculator.generate import generate, wages_for
from second_calculator.instalments import split

CASES = Path(__file__).parent / "cases"
Case = dict[str, Any]


def good_cases() -> list[Any]:
    """Every good case, named by its file and its sentence."""
    found = []
    for path in sorted((CASES / "good").glob("*.yaml")):
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        for case in document if isinstance(document, list) else [document]:
            found.append(pytest.param(case, id=f"{path.stem}: {case['case']}"))
    return found


@pytest.mark.parametrize("case", good_cases())
def test_a_case_worked_out_by_hand(case: Case) -> None:
    figures = assess(case)
    assert {name: figures.get(name) for name in case["expect"]} == case["expect"]


@pytest.mark.parametrize("path", sorted((CASES / "bad").glob("*.yaml")), ids=lambda path: path.stem)
def test_bad_input_is_refused(path: Path) -> None:
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    document.pop("error", None)
    with pytest.raises(ValueError, match=r".+: .+"):
        assess(document)


def test_a_case_is_known_by_its_file_and_sentence() -> None:
    names = [parameter.id for parameter in good_cases()]
    assert len(names) >= 80
    assert len(set(names)) == len(names)


def test_unknown_methods_incomes_and_years_are_refused() -> None:
    case = next(generate(1, 1, 2026))
    with pytest.raises(ValueError, match=r"collection\.method"):
        assess(case | {"collection": {"method": ["employment", "cash"]}})
    with pytest.raises(ValueError, match=r"income: unknown key lottery_yen"):
        assess(case | {"income": {"lottery_yen": 1}})
    with pytest.raises(ValueError, match="fiscal_year"):
        assess(case | {"fiscal_year": 2028})


def one_case(seed: int, fiscal_year: int) -> Case:
    return next(generate(seed, 1, fiscal_year))


households = st.builds(one_case, st.integers(0, 2**32), st.sampled_from((2025, 2026)))
few = settings(max_examples=60, deadline=None)


def test_the_same_seed_gives_the_same_cases() -> None:
    assert list(generate(7, 20, 2026)) == list(generate(7, 20, 2026))
    assert list(islice(generate(7, 20, 2026), 5)) != list(islice(generate(8, 20, 2026), 5))


@few
@given(households, st.integers(0, 100))
def test_two_employers_are_one_with_the_total(case: Case, percent: int) -> None:
    total = sum(payer["paid_yen"] for payer in case["income"]["employment"])
    first = total * percent // 100
    whole = case | {"income": {"employment": [{"paid_yen": total}]}}
    halves = case | {"income": {"employment": [{"paid_yen": first}, {"paid_yen": total - first}]}}
    assert assess(whole) == assess(halves)


@few
@given(households)
def test_the_order_of_the_dependants_does_not_matter(case: Case) -> None:
    assert assess(case) == assess(case | {"dependants": case["dependants"][::-1]})


@few
@given(households, st.sampled_from(("1950-05-05", "1985-05-05", "2004-05-05", "2008-05-05", "2015-05-05")))
def test_one_more_dependant_never_raises_the_tax(case: Case, born_on: str) -> None:
    more = case | {"dependants": [*case["dependants"], {"born_on": born_on}]}
    assert assess(more)["annual_tax_yen"] <= assess(case)["annual_tax_yen"]


@few
@given(households, st.integers(0, 300_000))
def test_more_social_insurance_never_raises_the_tax(case: Case, more: int) -> None:
    paid = case["paid"] | {"social_insurance_yen": case["paid"]["social_insurance_yen"] + more}
    assert assess(case | {"paid": paid})["annual_tax_yen"] <= assess(case)["annual_tax_yen"]


@few
@given(households)
def test_the_shares_add_up(case: Case) -> None:
    figures = assess(case)
    for side in ("city", "prefecture"):
        assert figures[f"{side}_tax_yen"] == figures[f"{side}_income_levy_yen"] + figures[f"{side}_per_capita_yen"]
        credits = ("adjustment_credit", "housing_loan_credit", "exemption_adjustment", "fixed_reduction")
        taken = sum(figures[f"{side}_{credit}_yen"] for credit in credits)
        rest = figures[f"{side}_income_levy_before_credits_yen"] - taken - figures[f"{side}_income_levy_yen"]
        assert 0 <= rest < 100
    taxes = figures["city_tax_yen"] + figures["prefecture_tax_yen"] + figures["forest_environment_tax_yen"]
    assert figures["annual_tax_yen"] == taxes
    assert figures["deductions_yen"] == sum(
        amount
        for name, amount in figures.items()
        if name.endswith("_deduction_yen") and name != "income_adjustment_deduction_yen"
    )


@few
@given(households, st.sampled_from(("employment", "ordinary")))
def test_the_instalments_add_up_to_the_year(case: Case, method: str) -> None:
    figures = assess(case | {"collection": {"method": method}})
    (parts,) = figures["instalments"].values()
    assert sum(parts) == figures["annual_tax_yen"]
    assert len(parts) == (12 if method == "employment" else 4)
    assert len(set(parts[1:])) == 1
    assert parts[0] >= parts[1] >= 0


@given(st.integers(0, 10_000_000), st.sampled_from(((12, 100), (4, 1000), (4, 100))), st.integers(0, 10_000))
def test_a_split_is_even_but_for_the_first_part(annual: int, way: tuple[int, int], per_capita: int) -> None:
    parts, unit = way
    amounts = split(annual, parts, unit, per_capita)
    assert sum(amounts) == annual
    assert all(amount % unit == 0 for amount in amounts[1:])
    assert (amounts[1] == 0) == (annual <= per_capita or annual < parts * unit)


@few
@given(households)
def test_whoever_is_free_of_everything_pays_nothing(case: Case) -> None:
    figures = assess(case)
    names = ("per_capita_exempt", "income_levy_exempt", "forest_environment_tax_exempt")
    if all(figures[name] for name in names):
        assert figures["annual_tax_yen"] == 0
    if figures["per_capita_exempt"]:  # 法295条③: only among those who bear no 所得割
        assert figures["income_levy_exempt"]


@few
@given(households)
def test_the_tax_leaves_the_exempt_income_untouched(case: Case) -> None:
    """附則3条の3②⑤: a single person with any 所得割 keeps at least the exemption figure of 450,000 yen."""
    plain = case | {"taxpayer": {}, "paid": {}, "dependants": [], "municipality": "131032"}
    plain.pop("spouse", None)
    figures = assess(plain)
    levy = figures["city_income_levy_yen"] + figures["prefecture_income_levy_yen"]
    if not figures["income_levy_exempt"]:
        assert figures["gross_income_etc_yen"] - levy >= 450_000


@few
@given(households)
def test_assessing_leaves_the_case_as_it_was(case: Case) -> None:
    before = deepcopy(case)
    assess(case)
    assert case == before


@given(st.integers(1, 30_000_000), st.sampled_from((2025, 2026)))
def test_more_wages_never_mean_less_employment_income(paid: int, fiscal_year: int) -> None:
    def income(wages: int) -> int:
        case = {"fiscal_year": fiscal_year, "municipality": "131032", "income": {"employment": [{"paid_yen": wages}]}}
        return int(assess(case)["employment_income_yen"])

    assert 0 <= income(paid) - income(paid - 1) <= 4_000
    assert income(paid) <= paid
    assert income(wages_for(income(paid), fiscal_year)) == income(paid)
