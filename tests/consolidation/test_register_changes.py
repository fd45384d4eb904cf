"""Who has a base follows the register's changes by 異動日, the people outside it, and the departments' lists."""

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests.consolidation.conftest import HANAKO, RECEIVED_ON

if TYPE_CHECKING:
    from tests.consolidation.conftest import Town

NEW = "000000000000103"
FEBRUARY = date(2026, 2, 10)
PERSON: dict[str, Any] = {
    "number_id": 13,
    "name": "李　明",
    "kana": "リ　メイ",
    "born_on": date(1990, 5, 5),
    "sex": "male",
    "postcode": "981-0000",
    "address": "仙台市泉区将監５－５",
    "ward_code": "041050",
}


def tell(town: "Town", table: str, taxpayer_no: str, known_on: date = FEBRUARY, **values: Any) -> None:
    """A row as intake appends it; what is not given is blank."""
    columns = town.ask(f"SELECT column_name FROM duckdb_columns() WHERE table_name = '{table}'")
    record_no = town.session.next_no(table, "record_no")
    blank = {name: None for (name,) in columns if name not in ("known_on", "commit_no")}
    told = {"file_no": 2, "record_no": record_no, "content_digest": "-", "submission_kind": "new"}
    town.append(table, known_on, **(blank | told | {"taxpayer_no": taxpayer_no} | values))


def change(town: "Town", taxpayer_no: str, kind: str, happened_on: date, **values: Any) -> None:
    tell(
        town, "register_change", taxpayer_no, change_kind=kind, happened_on=happened_on, notified_on=FEBRUARY, **values
    )


@pytest.mark.parametrize(
    ("kind", "happened_on", "resident"),
    [
        ("moved_out", date(2026, 1, 1), False),
        ("moved_out", date(2026, 1, 2), True),
        ("died", date(2025, 12, 31), False),
        ("died", date(2026, 1, 1), True),
        ("deleted", date(2025, 11, 1), False),
    ],
)
def test_residence_is_that_of_new_year_whenever_it_is_told(
    town: "Town", kind: str, happened_on: date, resident: bool
) -> None:
    document = town.report(paid_yen=4_000_000)
    town.consolidate(date(2026, 2, 1))
    change(town, HANAKO, kind, happened_on)
    if not resident:
        town.link(document, None, version=2, known_on=FEBRUARY)
    base = town.base()
    assert base["resident"] is resident
    assert base["employment_paid_yen"] == (4_000_000 if resident else 0)
    assert base["tax_base_version"] == (1 if resident else 2)
    assert town.consolidate().commit_no is None


def test_who_moved_in_before_new_year_has_a_base_in_the_ward_of_that_day(town: "Town") -> None:
    home = {"household_no": NEW, "relationship": "世帯主"}
    change(town, NEW, "moved_in", date(2025, 12, 20), **(PERSON | home))
    change(
        town,
        NEW,
        "moved_within",
        date(2025, 12, 28),
        ward_code="041017",
        address="仙台市青葉区国分町９－９",
        postcode="980-0000",
    )
    change(
        town,
        NEW,
        "moved_within",
        date(2026, 1, 5),
        ward_code="041033",
        address="仙台市若林区１－１",
        postcode="984-0000",
    )
    town.report(of=NEW)
    base = town.base(NEW)
    assert (base["resident"], base["ward_code"], base["born_on"]) == (True, "041017", date(1990, 5, 5))


def test_a_house_makes_a_base_without_residence_and_one_in_another_ward_counts_for_a_resident(town: "Town") -> None:
    house = PERSON | {"entry_kind": "house", "from_on": date(2020, 1, 1)}
    tell(town, "outside_register", NEW, **house)
    tell(town, "outside_register", HANAKO, **house)
    tell(town, "outside_register", HANAKO, **(house | {"ward_code": "041017"}))
    assert {name: town.base(NEW)[name] for name in ("resident", "house_count", "ward_code")} == {
        "resident": False,
        "house_count": 1,
        "ward_code": "041050",
    }
    hers = town.base()
    assert (hers["resident"], hers["house_count"], hers["ward_code"]) == (True, 1, "041017")
    tell(town, "outside_register", NEW, date(2026, 3, 1), **(house | {"to_on": date(2025, 12, 31)}))
    assert town.base(NEW)["house_count"] == 0


@pytest.mark.parametrize(
    ("listed", "status_kind", "from_on", "to_on", "assisted"),
    [
        (False, "public_assistance", date(2026, 1, 1), None, True),
        (False, "public_assistance", date(2026, 1, 2), None, False),
        (False, "public_assistance", date(2024, 1, 1), date(2026, 1, 1), True),
        (True, "public_assistance", date(2024, 1, 1), date(2025, 12, 31), False),
        (False, "returnee_support", date(2024, 1, 1), None, True),
        (True, "returnee_support", date(2020, 1, 1), date(2021, 1, 1), True),
        (False, "disability_special", date(2020, 1, 1), None, False),
    ],
)
def test_public_assistance_is_what_the_lists_say_of_new_year(
    town: "Town", listed: bool, status_kind: str, from_on: date, to_on: date | None, assisted: bool
) -> None:
    town.resident(revision=2, public_assistance=listed)
    tell(town, "person_status", HANAKO, status_kind=status_kind, from_on=from_on, to_on=to_on)
    town.report()
    base = town.base()
    assert base["public_assistance"] is assisted
    assert base["self_disability"] == "none", "a 手帳 is never a claim"


def test_a_withdrawn_entry_of_a_list_counts_no_longer(town: "Town") -> None:
    entry: dict[str, Any] = {"status_kind": "public_assistance", "from_on": date(2024, 1, 1)}
    tell(town, "person_status", HANAKO, **entry)
    tell(town, "person_status", HANAKO, date(2026, 2, 20), submission_kind="cancellation", **entry)
    town.report()
    town.consolidate(date(2026, 2, 15))
    assert town.ask("SELECT public_assistance FROM tax_base") == [(True,)]
    assert town.base()["public_assistance"] is False


def test_what_was_known_earlier_is_computed_again_as_it_was(town: "Town") -> None:
    from pipelines.consolidation.origin import origins_of

    town.report()
    town.consolidate(RECEIVED_ON)
    change(town, HANAKO, "moved_out", date(2025, 12, 1))
    town.link(1, None, version=2, known_on=FEBRUARY)
    town.consolidate()
    figures = [
        {one.name: one.value for one in origins_of(town.session, 2026, HANAKO, version).inputs} for version in (1, 2)
    ]
    assert [figure["resident"] for figure in figures] == [True, False]
