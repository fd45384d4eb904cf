"""Our SQL and the second calculator, written apart from the statutes, agree on every figure of 20,000 people a year."""

import pytest
from our_calculator import generated_and_assessed, in_bulk

PEOPLE = 20_000


@pytest.mark.parametrize("fiscal_year", [2025, 2026])
def test_both_calculators_agree_to_the_yen(fiscal_year: int) -> None:
    worked_out = generated_and_assessed(PEOPLE, fiscal_year)
    ours = in_bulk([document for document, _ in worked_out])
    differing = [
        (document, {name: (ours_of.get(name), value) for name, value in theirs.items() if ours_of.get(name) != value})
        for (document, theirs), ours_of in zip(worked_out, ours, strict=True)
        if any(ours_of.get(name) != value for name, value in theirs.items())
    ]
    assert len(worked_out) == PEOPLE
    assert differing == []
