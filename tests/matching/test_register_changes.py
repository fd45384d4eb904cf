"""The register's changes decide by 異動日 who lived here on 1 January, whenever they are told; documents follow.

One ledger, matched on four days: each person has one story, and everybody another birth date.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

import duckdb
import pytest

from pipelines.ledger import LedgerSession, RunIdentity, StageReport, migrations
from pipelines.matching import invariants, queue
from tests.matching.conftest import Town

LISTED = (
    "stays",
    "moved_out",
    "died",
    "died_in_january",
    "moved_in_january",
    "namesake",
    "alike",
    "withdrawn",
    "restored",
    "renamed",
)
LISTED += ("known_before", "decided", "twice", "twice_again")
UNLISTED = ("came", "came_later", "outside")
PEOPLE = {story: f"{number:015d}" for number, story in enumerate((*LISTED, *UNLISTED), start=1)}
JANUARY, FEBRUARY, MARCH, APRIL = date(2026, 1, 25), date(2026, 2, 15), date(2026, 3, 15), date(2026, 4, 15)


def of(story: str) -> dict[str, Any]:
    """Who this is, as the register writes it."""
    story = "twice" if story == "twice_again" else story
    number = int(PEOPLE["namesake" if story == "alike" else story])
    kana = "アイウエオカキクケコサシスセソタチツ"[number]
    return {
        "number_id": int(PEOPLE[story]),
        "name": f"山田　{kana}子",
        "kana": f"ヤマダ　{kana}コ",
        "born_on": date(1985, 4, number),
        "sex": "female",
        "address": f"仙台市泉区将監{int(PEOPLE[story])}－１",
    }


class Ledger:
    """A town and what became of each document after each day; `told` of whom it is."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.told: dict[str, int] = {}
        self.after: dict[date, dict[str, str]] = {}
        self.reports: dict[date, StageReport] = {}
        for story in LISTED:
            town.resident(PEOPLE[story], known_on=date(2026, 1, 12), **of(story))

    def document(self, story: str, label: str = "", known_on: date = JANUARY, **written: Any) -> None:
        values = {name: value for name, value in of(story).items() if name != "sex"} | {"number_id": None} | written
        self.told[label or story] = self.town.document(known_on, **values)

    def append(self, table: str, story: str, known_on: date, **values: Any) -> None:
        """A row as intake appends it; what is not given is blank."""
        columns = self.town.ask(f"SELECT column_name FROM duckdb_columns() WHERE table_name = '{table}'")
        record_no = self.town.session.next_no(table, "record_no")
        row = {name: None for (name,) in columns if name not in ("known_on", "commit_no")}
        row |= {"file_no": 2, "record_no": record_no, "content_digest": f"{record_no}", "taxpayer_no": PEOPLE[story]}
        row |= {"submission_kind": "new"} | values
        with self.town.session.transaction(stage="intake", known_on=known_on) as transaction:
            transaction.append_row(table, **row)

    def change(self, story: str, kind: str, happened_on: date, known_on: date = FEBRUARY, **values: Any) -> None:
        self.append(
            "register_change",
            story,
            known_on,
            **({"change_kind": kind, "happened_on": happened_on, "notified_on": known_on} | values),
        )

    def match(self, day: date) -> None:
        """Match, and keep what became of each document: a taxpayer's story, or a reason."""
        self.reports[day] = self.town.match(day)
        story_of = {number: story for story, number in PEOPLE.items()}
        became = {document: story_of[person] for document, (person, _) in self.town.links().items()}
        became |= {document: f"-{reason}" for document, (reason, _) in self.town.reasons().items()}
        self.after[day] = {label: became[document] for label, document in self.told.items()}


@pytest.fixture(scope="module")
def ledger() -> Iterator[Ledger]:
    con = duckdb.connect(":memory:")
    con.execute("ATTACH ':memory:' AS ledger; USE ledger")
    for file in migrations.migrations():
        con.execute(file.read_text(encoding="utf-8"))
    ledger = Ledger(Town(LedgerSession(con, RunIdentity())))
    for story in PEOPLE:
        if story not in ("alike", "namesake", "decided", "twice", "twice_again"):
            ledger.document(story)
    for number_id, label in ((int(PEOPLE["twice"]), "of two, by number"), (None, "of two")):
        ledger.document("twice", label, number_id=number_id)
    ledger.document("died", "died, with number", number_id=int(PEOPLE["died"]))
    ledger.document("decided", number_id=99, name="別人", kana="ﾍﾞﾂｼﾞﾝ")
    ledger.town.decide(ledger.told["decided"], PEOPLE["decided"], date(2026, 1, 20))
    ledger.change("known_before", "moved_out", date(2025, 12, 20), date(2026, 1, 10))
    ledger.match(JANUARY)
    december = date(2025, 12, 20)
    ledger.change(
        "moved_out", "moved_out", date(2026, 1, 1), address="札幌市中央区北１－１", january_municipality="011002"
    )
    ledger.change("died", "died", date(2025, 12, 31))
    ledger.change("died_in_january", "died", date(2026, 1, 1))
    ledger.change("moved_in_january", "moved_out", date(2026, 1, 2))
    ledger.change("namesake", "died", december)
    ledger.change("withdrawn", "moved_out", december)
    ledger.change("restored", "deleted", december)
    ledger.change("decided", "moved_out", december)
    ledger.change("twice_again", "deleted", december)
    former = {
        part: of("renamed")[part].replace("山田", "鈴木").replace("ヤマダ", "スズキ") for part in ("name", "kana")
    }
    renamed = {part: of("renamed")[part] for part in former} | {f"former_{part}": was for part, was in former.items()}
    ledger.change("renamed", "renamed", december, **renamed)
    ledger.change("renamed", "moved_within", date(2026, 1, 15), address="仙台市青葉区国分町７－７")
    home = {"household_no": "1", "relationship": "世帯主", "postcode": "981-0000", "ward_code": "041050"}
    ledger.change("came", "moved_in", date(2026, 1, 1), **(home | of("came")))
    ledger.change(
        "came_later", "moved_in", date(2026, 1, 2), january_municipality="011002", **(home | of("came_later"))
    )
    lives = {"entry_kind": "taxed_here", "from_on": date(2025, 6, 1), "postcode": "981-0000", "ward_code": "041050"}
    ledger.append("outside_register", "outside", FEBRUARY, **(lives | of("outside")))
    ledger.document("moved_out", "moved_out, later", FEBRUARY)
    ledger.document("namesake", known_on=FEBRUARY)
    ledger.document("renamed", "by her former name", FEBRUARY, **former)
    ledger.document("renamed", "by her new address", FEBRUARY, address="仙台市青葉区国分町7-7")
    ledger.match(FEBRUARY)
    ledger.change("withdrawn", "moved_out", december, MARCH, submission_kind="cancellation")
    ledger.change("restored", "restored", december, MARCH, born_on=of("restored")["born_on"])
    ended = lives | {"to_on": date(2025, 12, 31)}
    ledger.append("outside_register", "outside", MARCH, **(ended | of("outside")))
    ledger.match(MARCH)
    ledger.match(APRIL)
    yield ledger
    con.close()


def test_whoever_was_registered_twice_is_one_person_once_an_entry_is_deleted(ledger: Ledger) -> None:
    """Two 宛名番号 of one person: documents wait while both stand, and follow the one that is kept."""
    for label in ("of two", "of two, by number"):
        assert ledger.after[JANUARY][label] == "-several_candidates"
        assert ledger.after[FEBRUARY][label] == ledger.after[APRIL][label] == "twice"


def test_in_january_everybody_is_where_the_extract_has_them(ledger: Ledger) -> None:
    """Changes are not known yet; the one that the extract already knew does not undo it."""
    assert {label: became for label, became in ledger.after[JANUARY].items() if label in LISTED} == {
        label: label for label in LISTED if label in ledger.after[JANUARY]
    }
    assert {ledger.after[JANUARY][story][0] for story in UNLISTED} == {"-"}


def test_who_had_left_is_linked_no_longer_and_the_reason_says_what_to_do(ledger: Ledger) -> None:
    became = ledger.after[FEBRUARY]
    assert became["moved_out"] == became["moved_out, later"] == became["withdrawn"] == "-moved_out"
    assert became["died"] == became["died, with number"] == "-closed"
    assert became["came_later"] == "-moved_in_later"
    assert became["restored"] == "-left_register"


def test_who_died_or_moved_in_january_or_stayed_is_a_resident_of_new_year(ledger: Ledger) -> None:
    for story in ("stays", "died_in_january", "moved_in_january", "known_before"):
        assert ledger.after[APRIL][story] == story


def test_a_namesake_among_the_residents_keeps_a_dead_persons_document_open(ledger: Ledger) -> None:
    assert ledger.after[APRIL]["namesake"] == "-left_register"


def test_who_came_by_new_year_or_is_taxed_without_being_registered_is_found(ledger: Ledger) -> None:
    assert {ledger.after[FEBRUARY][story] for story in ("came", "outside")} == {"came", "outside"}


def test_a_former_name_and_a_later_address_are_known_by_the_changes(ledger: Ledger) -> None:
    assert ledger.after[FEBRUARY]["by her former name"] == ledger.after[FEBRUARY]["by her new address"] == "renamed"


def test_what_is_withdrawn_undone_or_ended_counts_no_longer(ledger: Ledger) -> None:
    became = ledger.after[MARCH]
    assert {story: became[story] for story in ("withdrawn", "restored")} == {
        "withdrawn": "withdrawn",
        "restored": "restored",
    }
    assert became["outside"].startswith("-")


def test_a_persons_link_to_somebody_who_had_left_opens_again_and_is_told(ledger: Ledger) -> None:
    assert ledger.after[JANUARY]["decided"] == "decided"
    assert ledger.after[FEBRUARY]["decided"].startswith("-")
    assert [problem.item for problem in ledger.reports[FEBRUARY].problems] == ["宛名番号"]


def test_nothing_is_lost_and_the_same_again_changes_nothing(ledger: Ledger) -> None:
    assert ledger.after[APRIL] == ledger.after[MARCH]
    assert ledger.reports[APRIL].commit_no is None
    ledger.town.session.pin(2026, APRIL)
    found = invariants(ledger.town.session)
    assert [one.ok for one in found] == [True, True, True, True]
    assert found[0].figures["closed"] == 2
    assert {item.reason for item in queue(ledger.town.session)} >= {"moved_out", "moved_in_later", "left_register"}
    assert "closed" not in {item.reason for item in queue(ledger.town.session)}
