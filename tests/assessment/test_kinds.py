"""Late charges, interest on refunds, retirement pay and withholding from pensions: worked out by hand, refused, mutated."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import duckdb
import pytest
from our_calculator import good_kinds

from pipelines.assessment.case import compare
from pipelines.assessment.case_file import Case, read_any
from pipelines.assessment.kind_file import AnyKind
from pipelines.assessment.kinds import KIND_CHAINS, work_out
from pipelines.assessment.step import Step, steps
from pipelines.errors import OperatorError
from pipelines.parameters import Municipality, ParameterSet, Table, load_parameters

GOOD = good_kinds()
STEPS = [step for chain in KIND_CHAINS for step in steps(chain)]
# one rate is moved by all the parameters that only these kinds read
NAMES = sorted({name for step in STEPS for name in step.parameters} - {"fiscal_year"})


def kind(document: dict[str, Any]) -> AnyKind:
    found = read_any(document, file="test")
    assert not isinstance(found, Case)
    return found


@pytest.mark.parametrize("place", range(len(GOOD)), ids=[f"{file}: {one['case']}" for file, one in GOOD])
def test_a_case_worked_out_by_hand(place: int) -> None:
    case = kind(GOOD[place][1])
    with duckdb.connect() as con:
        assert compare(case, work_out(con, case)) == []


@pytest.mark.parametrize("step", STEPS, ids=[f"{step.chain}/{step.name}" for step in STEPS])
def test_a_step_has_a_title_an_article_and_a_source(step: Step) -> None:
    assert step.title
    assert "法" in step.article
    assert step.select.count("FROM previous") == 1


def changed(parameters: ParameterSet, name: str) -> ParameterSet:
    value = parameters.values[name]
    if isinstance(value, Table):
        rows = tuple(row.model_copy(update={"value": (row.value or 0) + 5}) for row in value.rows)
        return parameters.with_value(name, replace(value, rows=rows))
    return parameters.with_value(name, value * Fraction(11, 10) if isinstance(value, Fraction) else value * 2)


@pytest.mark.exhaustive
def test_each_parameter_moves_some_case() -> None:
    parameters = load_parameters(2027, Municipality())
    cases = [kind(document) for _, document in GOOD]
    with duckdb.connect() as con:
        before = [work_out(con, case, parameters) for case in cases]
        still = [name for name in NAMES if [work_out(con, case, changed(parameters, name)) for case in cases] == before]
    assert still == []


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ({"kind": "late_fee"}, "知らない種類の事例です。"),
        ({"kind": "retirement", "case": "a", "paid_yen": 1, "service_years": 0}, "小さすぎます。"),
        ({"kind": "refund_interest", "case": "a", "refund_yen": 1, "cause": "income_tax", "paid_on": "x"}, "日付では"),
        ({"kind": "late_charge", "case": "a", "tax_yen": 1, "paid": 1}, "知らない項目です。"),
    ],
)
def test_a_wrong_case_is_refused_and_says_what_to_do(document: dict[str, Any], message: str) -> None:
    with pytest.raises(OperatorError, match=message):
        read_any(document, file="test")
