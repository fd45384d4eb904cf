"""To whom a computation is explained: the name, and whether an address may be shown."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import duckdb
import pytest

from pipelines.ledger import LedgerSession, RunIdentity, migrations
from pipelines.run.rows import rows
from tests.consolidation.conftest import HANAKO, Town

MAY = date(2026, 5, 1)


@pytest.fixture
def town() -> Iterator[Town]:
    with duckdb.connect(":memory:") as con:
        con.execute("ATTACH ':memory:' AS ledger; USE ledger")
        migrations.migrate(con)
        yield Town(LedgerSession(con, RunIdentity()))


def person(town: Town, fiscal_year: int = 2026) -> dict[str, Any]:
    town.session.pin(fiscal_year, date.max)
    (found,) = rows(town.session, "explained_person", [HANAKO])
    return found


def test_a_person_is_named_as_the_register_knows_her_last(town: Town) -> None:
    town.resident(name="山田　花子")
    town.resident(known_on=MAY, revision=2, name="川田　花子")
    assert (person(town)["name"], person(town)["protected_address"]) == ("川田　花子", False)


def test_an_address_is_protected_as_soon_as_the_register_says_so(town: Town) -> None:
    town.resident()
    town.resident(known_on=MAY, revision=2, protected_address=True)
    assert person(town)["protected_address"]


def test_a_later_year_s_protection_covers_an_earlier_year_too(town: Town) -> None:
    town.resident()
    town.resident(fiscal_year=2027, protected_address=True)
    assert person(town)["protected_address"]
    assert person(town, 2027)["protected_address"]


def test_protection_that_was_taken_back_is_over(town: Town) -> None:
    town.resident(protected_address=True)
    town.resident(known_on=MAY, revision=2, protected_address=False)
    assert not person(town)["protected_address"]
