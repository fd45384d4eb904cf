"""The promises of matching hold after a run, and a breach of each is found."""

from datetime import date
from typing import TYPE_CHECKING

import pytest

from pipelines.matching import invariants

if TYPE_CHECKING:
    from tests.matching.conftest import Town

TARO = "000000000000102"
AFTERWARDS = date(2026, 3, 2)


def matched(town: "Town") -> None:
    """Four documents: linked by rule, contradicting, forwarded by decision, linked by decision."""
    town.document()
    town.document(number_id=12)
    town.decide(town.document(), "forward")
    town.decide(town.document(), TARO)
    town.match()


def held(town: "Town") -> list[bool]:
    town.session.pin(2026, AFTERWARDS)
    return [promise.ok for promise in invariants(town.session)]


def test_every_document_is_linked_waiting_or_forwarded(town: "Town") -> None:
    matched(town)
    town.session.pin(2026, AFTERWARDS)
    place, register, decision, _ = invariants(town.session)
    assert place.ok
    assert place.figures == {
        "documents": 4,
        "linked": 2,
        "waiting": 1,
        "forwarded": 1,
        "closed": 0,
        "nowhere": 0,
        "twice": 0,
    }
    assert register.ok
    assert register.figures == {"linked": 2, "unregistered": 0}
    assert decision.ok
    assert decision.figures == {"decisions": 2, "not_followed": 0}


def test_what_arrives_after_the_run_breaks_nothing(town: "Town") -> None:
    matched(town)
    town.document()
    town.decide(1, TARO, decided_on=AFTERWARDS)
    assert held(town) == [True, True, True, True]


def test_before_the_first_run_nothing_is_promised(town: "Town") -> None:
    town.document()
    assert held(town) == [True, True, True, True]


def test_the_session_sees_afterwards_what_it_had_pinned(town: "Town") -> None:
    matched(town)
    late = town.document()
    town.session.pin(2026, AFTERWARDS)
    invariants(town.session)
    assert town.ask(f"SELECT count(*) FROM pinned_document WHERE document_no = {late}") == [(1,)]


@pytest.mark.parametrize(
    ("breach", "expected"),
    [
        ("DELETE FROM ledger.review_item WHERE document_no = 2", [False, True, True, True]),
        (
            "UPDATE ledger.document_link SET taxpayer_no = '000000000000999' WHERE document_no = 1",
            [True, False, True, True],
        ),
        (
            "UPDATE ledger.document_link SET taxpayer_no = '000000000000101' WHERE document_no = 4",
            [True, True, False, True],
        ),
        (
            "INSERT INTO ledger.document_link SELECT * REPLACE ('000000000000102' AS taxpayer_no) FROM ledger.document_link "
            "WHERE document_no = 1",
            [False, True, True, True],
        ),
    ],
)
def test_a_breach_is_found(town: "Town", breach: str, expected: list[bool]) -> None:
    matched(town)
    town.ask(breach)
    assert held(town) == expected
