"""What is computed once for everybody comes out as if computed for each: the ledger's statement and the cases' agree."""

import duckdb
import pytest
from our_calculator import LAWS_STANDARD, read_case
from second_calculator.generate import generate

from pipelines.assessment import case_rows
from pipelines.assessment.case import parameters_of
from pipelines.assessment.chain import compute
from pipelines.assessment.figures import EXEMPT, INSTALMENTS, PENSION_INSTALMENTS, YEN
from pipelines.assessment.fold import fold, neutral_columns

PEOPLE = 400


def test_a_town_of_wages_only_gives_the_same_figures_folded_or_not() -> None:
    cases = {
        str(n): read_case(one | {"municipality": LAWS_STANDARD}, file="t")
        for n, one in enumerate(generate(5, PEOPLE, 2026))
    }
    columns = ("taxpayer_no", *YEN, *EXEMPT, *INSTALMENTS, *PENSION_INSTALMENTS)
    with duckdb.connect() as con:
        parameters = parameters_of(cases["0"])
        case_rows.insert(con, cases, parameters)
        given = neutral_columns(con, case_rows.PERSONS)
        assert len(given) > 40
        assert not given.keys() & {"employment_paid_yen", "has_spouse", "income_tax_taxable_yen"}
        plain, folded = (
            compute(con, case_rows.PERSONS, relative=case_rows.RELATIVES, columns=columns, folded=one)
            for one in (False, True)
        )
        assert "land_short_public_yen <> 0" in plain
        assert "land_short_public_yen <> 0" not in folded
        rows = con.execute(f"{plain} ORDER BY 1").fetchall()
        assert len(rows) == PEOPLE
        assert con.execute(f"{folded} ORDER BY 1").fetchall() == rows


def test_neutral_is_what_is_zero_false_or_unknown_for_everybody() -> None:
    people = (
        "SELECT * FROM (VALUES (0::BIGINT, 1::BIGINT, FALSE, NULL::BIGINT, 'a', 0::BIGINT), "
        "(0, 0, FALSE, NULL, 'a', NULL)) AS people(nil, one, no, unknown, word, half_known)"
    )
    with duckdb.connect() as con:
        assert neutral_columns(con, people) == {
            "nil": "(0::BIGINT)",
            "no": "(FALSE::BOOLEAN)",
            "unknown": "(NULL::BIGINT)",
        }
        assert neutral_columns(con, f"{people} WHERE FALSE") == {}


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
