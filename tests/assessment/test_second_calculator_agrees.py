"""Our SQL and the second calculator, written apart from the statutes, agree on every figure of generated people.

Compared are the figures that both give, and never fewer than `FIGURES`; a method by which nothing is collected may be
left out of the instalments.
"""

from collections.abc import Sequence

import pytest
from our_calculator import Document, Pair, generated_and_assessed, in_bulk

FIGURES = 70  # of everybody who lives here on 1 January; of who only has a house, the tax on it
FISCAL_YEARS = range(2022, 2028)


def disagreements(worked_out: Sequence[Pair]) -> list[tuple[Document, Document]]:
    """The cases on which the two differ, with both values of each figure."""
    ours = in_bulk([document for document, _ in worked_out])
    found = []
    for (document, theirs), of_ours in zip(worked_out, ours, strict=True):
        both = theirs.keys() & of_ours.keys()
        assert both == theirs.keys()
        assert len(both) >= FIGURES or "income" not in document
        names = [name for name in both if _comparable(of_ours[name]) != _comparable(theirs[name])]
        if names:
            found.append((document, {name: (of_ours[name], theirs[name]) for name in names}))
    return found


def _comparable(figure: object) -> object:
    if not isinstance(figure, dict):
        return figure
    return {method: parts for method, parts in figure.items() if _any_yen(parts)}


def _any_yen(parts: object) -> bool:
    return (
        any(map(_any_yen, parts.values() if isinstance(parts, dict) else parts))
        if isinstance(parts, dict | list)
        else bool(parts)
    )


@pytest.mark.parametrize("fiscal_year", FISCAL_YEARS)
def test_both_calculators_agree_to_the_yen(fiscal_year: int) -> None:
    worked_out = generated_and_assessed(200, fiscal_year, municipalities=1, processes=1)
    assert len(worked_out) == 200
    assert disagreements(worked_out) == []


@pytest.mark.exhaustive
@pytest.mark.parametrize("fiscal_year", FISCAL_YEARS)
def test_both_calculators_agree_on_twenty_thousand(fiscal_year: int) -> None:
    worked_out = generated_and_assessed(20_000, fiscal_year, municipalities=8, processes=2)
    assert len(worked_out) == 20_000
    assert disagreements(worked_out) == []
