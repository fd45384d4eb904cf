"""Who has a base follows the register's changes by 異動日, the people outside it, and the departments' lists.

One ledger, consolidated on three days: each person has one story.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

import duckdb
import pytest

from pipelines.consolidation.lists import keep_non_filers
from pipelines.consolidation.origin import origins_of
from pipelines.ledger import LedgerSession, RunIdentity, StageReport, migrations
from pipelines.run.rows import rows
from tests.consolidation.conftest import PRIORITY, RESIDENT, Town

BEFORE, AFTER, LATER = date(2026, 2, 1), date(2026, 3, 1), date(2026, 4, 1)
TOLD = date(2026, 2, 10)
PAID_YEN = 5_000_000
# Who leaves when: whether that is after New Year.
LEAVING = {
    "moved out on New Year": ("moved_out", date(2026, 1, 1), False),
    "moved out after it": ("moved_out", date(2026, 1, 2), True),
    "died before it": ("died", date(2025, 12, 31), False),
    "died on it": ("died", date(2026, 1, 1), True),
    "deleted": ("deleted", date(2025, 11, 1), False),
}
# What a list says of whom the extract lists as assisted or not: whether the person is assisted on New Year.
ASSISTED = {
    "begins on New Year": (False, "public_assistance", date(2026, 1, 1), None, True),
    "begins after it": (False, "public_assistance", date(2026, 1, 2), None, False),
    "ends on it": (False, "public_assistance", date(2024, 1, 1), date(2026, 1, 1), True),
    "ended before, unknown to the extract": (True, "public_assistance", date(2024, 1, 1), date(2025, 12, 31), False),
    "支援給付": (False, "returnee_support", date(2024, 1, 1), None, True),
    "支援給付 ended, 生活扶助 in the extract": (True, "returnee_support", date(2020, 1, 1), date(2021, 1, 1), True),
    "手帳": (False, "disability_special", date(2020, 1, 1), None, False),
    "withdrawn": (False, "public_assistance", date(2024, 1, 1), None, True),
}
OTHERS = ("came", "owner", "resident owner", "quiet")
PEOPLE = {story: f"{number:015d}" for number, story in enumerate((*LEAVING, *ASSISTED, *OTHERS), start=201)}


class Ledger:
    """The town, and each person's base after each day."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.after: dict[date, dict[str, dict[str, Any]]] = {}
        self.reports: dict[date, StageReport] = {}

    def append(self, table: str, story: str, known_on: date = TOLD, **values: Any) -> None:
        """A row as intake appends it; what is not given is blank."""
        columns = self.town.ask(f"SELECT column_name FROM duckdb_columns() WHERE table_name = '{table}'")
        record_no = self.town.session.next_no(table, "record_no")
        row = {name: None for (name,) in columns if name not in ("known_on", "commit_no")}
        row |= {"file_no": 2, "record_no": record_no, "content_digest": "-", "submission_kind": "new"}
        self.town.append(table, known_on, **(row | {"taxpayer_no": PEOPLE[story]} | values))

    def change(self, story: str, kind: str, happened_on: date, **values: Any) -> None:
        told = {"change_kind": kind, "happened_on": happened_on, "notified_on": TOLD}
        self.append("register_change", story, **(told | values))

    def consolidate(self, day: date) -> None:
        self.reports[day] = self.town.consolidate(day)
        cursor = self.town.session.con.execute(
            "SELECT * FROM tax_base QUALIFY row_number() OVER (PARTITION BY taxpayer_no ORDER BY tax_base_version DESC) = 1 "
            "ORDER BY taxpayer_no"
        )
        names = [column[0] for column in cursor.description or ()]
        bases = {row[names.index("taxpayer_no")]: dict(zip(names, row, strict=True)) for row in cursor.fetchall()}
        self.after[day] = {story: bases[number] for story, number in PEOPLE.items() if number in bases}


@pytest.fixture(scope="module")
def ledger() -> Iterator[Ledger]:
    con = duckdb.connect(":memory:")
    con.execute("ATTACH ':memory:' AS ledger; USE ledger")
    for file in migrations.migrations():
        con.execute(file.read_text(encoding="utf-8"))
    ledger = Ledger(Town(LedgerSession(con, RunIdentity())))
    town = ledger.town
    documents = {}
    for number, story in enumerate((*LEAVING, *ASSISTED, "resident owner"), start=1):
        town.resident(PEOPLE[story], number_id=number, public_assistance=ASSISTED.get(story, (False,))[0])
        documents[story] = town.report(of=PEOPLE[story])
    ledger.consolidate(BEFORE)
    for story, (kind, happened_on, resident) in LEAVING.items():
        ledger.change(story, kind, happened_on)
        if not resident:
            town.link(documents[story], None, version=2, known_on=TOLD)
    person = {name: RESIDENT[name] for name in ("name", "kana", "born_on", "sex", "postcode", "address", "ward_code")}
    ledger.change("came", "moved_in", date(2025, 12, 20), household_no="1", relationship="世帯主", **person)
    ledger.change("quiet", "moved_in", date(2025, 12, 20), household_no="1", relationship="世帯主", **person)
    ledger.change("quiet", "died", date(2026, 2, 5))
    moved = {"address": "仙台市泉区将監１－１", "postcode": "981-0000"}
    ledger.change("came", "moved_within", date(2025, 12, 28), ward_code="041050", **moved)
    ledger.change("came", "moved_within", date(2026, 1, 5), ward_code="041033", **moved)
    town.report(of=PEOPLE["came"])
    house = person | {"entry_kind": "house", "from_on": date(2020, 1, 1), "ward_code": "041050"}
    ledger.append("outside_register", "owner", **house)
    for ward_code in ("041017", "041033", "041050"):
        ledger.append("outside_register", "resident owner", **(house | {"ward_code": ward_code}))
    for story, (_, kind, from_on, to_on, _) in ASSISTED.items():
        ledger.append("person_status", story, status_kind=kind, from_on=from_on, to_on=to_on)
    ledger.consolidate(AFTER)
    entry = {"status_kind": "public_assistance", "from_on": date(2024, 1, 1), "submission_kind": "cancellation"}
    ledger.append("person_status", "withdrawn", date(2026, 3, 20), **entry)
    ledger.append("outside_register", "owner", date(2026, 3, 20), **(house | {"to_on": date(2025, 12, 31)}))
    ledger.consolidate(LATER)
    ledger.reports[date.max] = town.consolidate(LATER)
    yield ledger
    con.close()


def test_residence_is_that_of_new_year_whenever_it_is_told(ledger: Ledger) -> None:
    for story, (_, _, resident) in LEAVING.items():
        assert ledger.after[BEFORE][story]["resident"] is True
        base = ledger.after[AFTER][story]
        assert (base["resident"], base["tax_base_version"]) == (resident, 1 if resident else 2), story
        assert base["employment_paid_yen"] == (PAID_YEN if resident else 0), story


def test_who_moved_in_before_new_year_has_a_base_in_the_ward_of_that_day(ledger: Ledger) -> None:
    base = ledger.after[AFTER]["came"]
    assert (base["resident"], base["ward_code"], base["born_on"]) == (True, "041050", RESIDENT["born_on"])


def test_a_house_makes_a_base_without_residence_and_other_wards_count_for_a_resident(ledger: Ledger) -> None:
    names = ("resident", "house_count", "ward_code", "employment_paid_yen")
    told = {story: tuple(ledger.after[AFTER][story][name] for name in names) for story in ("owner", "resident owner")}
    assert told == {"owner": (False, 1, "041050", 0), "resident owner": (True, 2, "041017", PAID_YEN)}
    assert ledger.after[LATER]["owner"]["house_count"] == 0


def test_public_assistance_is_what_the_lists_say_of_new_year(ledger: Ledger) -> None:
    found = {story: ledger.after[AFTER][story]["public_assistance"] for story in ASSISTED}
    assert found == {story: expected for story, (*_, expected) in ASSISTED.items()}
    assert ledger.after[LATER]["withdrawn"]["public_assistance"] is False
    assert ledger.after[LATER]["手帳"]["self_disability"] == "none", "a 手帳 is never a claim"


def test_who_came_late_and_has_not_filed_is_asked_and_the_dead_are_marked(ledger: Ledger) -> None:
    ledger.town.session.pin(2026, LATER)
    keep_non_filers(ledger.town.session, 2026, PRIORITY)
    (row,) = rows(ledger.town.session, "non_filers")
    assert (row["宛名番号"], row["氏名"], row["注意"]) == (PEOPLE["quiet"], RESIDENT["name"], "死亡（相続人へ）")


def test_the_same_again_changes_nothing(ledger: Ledger) -> None:
    assert ledger.reports[LATER].counts["new_versions"] == 2
    assert ledger.reports[date.max].commit_no is None


def test_what_was_known_earlier_is_computed_again_as_it_was(ledger: Ledger) -> None:
    taxpayer = PEOPLE["died before it"]
    figures = [
        {one.name: one.value for one in origins_of(ledger.town.session, 2026, taxpayer, version, PRIORITY).inputs}
        for version in (1, 2)
    ]
    assert [figure["resident"] for figure in figures] == [True, False]
