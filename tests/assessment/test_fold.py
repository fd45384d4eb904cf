"""What is computed once for everybody comes out as if computed for each: the ledger's statement and the cases' agree."""

import duckdb
import pytest
from our_calculator import read_case
from second_calculator.generate import generate

from pipelines.assessment import case_rows
from pipelines.assessment.case import parameters_of
from pipelines.assessment.chain import compute
from pipelines.assessment.figures import CASE_YEN, EXEMPT, INSTALMENTS, PENSION_INSTALMENTS
from pipelines.assessment.fold import fold, given
from pipelines.assessment.person import PERSON
from pipelines.assessment.step import source

PEOPLE = 400


def test_a_ledger_that_knows_wages_only_gives_the_same_figures() -> None:
    cases = {str(n): read_case(one | {"municipality": {}}, file="t") for n, one in enumerate(generate(5, PEOPLE, 2026))}
    said = (
        "employment_net_yen",
        "income_tax_taxable_yen",
        "housing_higher_cap",
        "spouse_abroad",
    )  # a case may give them, the ledger does not
    constants = {name: value.strip("()") for name, value in given(source("tax_base")).items() if name not in said}
    columns = ("taxpayer_no", *CASE_YEN, *EXEMPT, *INSTALMENTS, *PENSION_INSTALMENTS)
    plain = ", ".join(f"{constants[name]} AS {name}" if name in constants else name for name in PERSON)
    with duckdb.connect() as con:
        parameters = parameters_of(cases["0"])
        case_rows.insert(con, cases, parameters)
        as_given = con.execute(
            compute(con, case_rows.PERSONS, parameters, relative=case_rows.RELATIVES, columns=columns) + " ORDER BY 1"
        ).fetchall()
        person = f"SELECT {plain} FROM case_person"
        assert len(given(person)) > 40
        folded = compute(con, person, parameters, relative=case_rows.RELATIVES, columns=columns)
        assert "land_short_public_yen <> 0" not in folded
        assert con.execute(f"{folded} ORDER BY 1").fetchall() == as_given


@pytest.mark.parametrize(
    ("select", "text", "constants"),
    [
        ("SELECT *, a + 1 AS c\nFROM previous", "SELECT *\nFROM previous", {"c": "(1::BIGINT)"}),
        (
            "SELECT *, a = 0 AS c, c OR b AS d\nFROM previous",
            "SELECT *,\n  TRUE OR b AS d\nFROM previous",
            {"c": "TRUE"},
        ),
        ("SELECT *, b || 'a' AS c\nFROM previous", "SELECT *,\n  b || 'a' AS c\nFROM previous", {}),
        ("SELECT previous.*, a AS c FROM previous JOIN x USING (a)", None, {}),
    ],
)
def test_only_what_follows_from_constants_is_folded(select: str, text: str | None, constants: dict[str, str]) -> None:
    with duckdb.connect() as con:
        assert fold(con, select, {"a": "(0::BIGINT)"}) == (text or select, constants)
