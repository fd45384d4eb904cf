"""Our SQL and the second calculator, written apart from the statutes, agree on every figure of 20,000 people a year.

The second calculator gives more figures than our SQL so far (every income, every base, every credit); compared are those
that both give, and never fewer than the wage earner's own.
"""

import pytest
from our_calculator import generated_and_assessed, in_bulk

PEOPLE = 20_000
FIGURES_OF_A_WAGE_EARNER = 43


@pytest.mark.parametrize("fiscal_year", [2025, 2026])
def test_both_calculators_agree_to_the_yen(fiscal_year: int) -> None:
    worked_out = generated_and_assessed(PEOPLE, fiscal_year)
    ours = in_bulk([document for document, _ in worked_out])
    pairs = [(document, theirs, of_ours) for (document, theirs), of_ours in zip(worked_out, ours, strict=True)]
    assert all(len(theirs.keys() & of_ours.keys()) >= FIGURES_OF_A_WAGE_EARNER for _, theirs, of_ours in pairs)
    differing = [
        (document, {name: (of_ours[name], theirs[name]) for name in names})
        for document, theirs, of_ours in pairs
        if (names := [name for name in theirs.keys() & of_ours.keys() if of_ours[name] != theirs[name]])
    ]
    assert len(worked_out) == PEOPLE
    assert differing == []
