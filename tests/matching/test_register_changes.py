"""The register's changes decide by 異動日 who lived here on 1 January, whenever they are told; documents follow."""

from datetime import date
from typing import TYPE_CHECKING, Any

from pipelines.matching import invariants, queue

if TYPE_CHECKING:
    from tests.matching.conftest import Town

HANAKO = "000000000000101"
TARO = "000000000000102"
NEW = "000000000000103"
DECEMBER = date(2025, 12, 20)
FEBRUARY = date(2026, 2, 10)
OF_LI: dict[str, Any] = {
    "name": "李　明",
    "kana": "リ　メイ",
    "born_on": date(1990, 5, 5),
    "address": "仙台市泉区将監５－５",
}
OF_TARO: dict[str, Any] = {
    "number_id": 12,
    "name": "佐藤　太郎",
    "kana": "ｻﾄｳ ﾀﾛｳ",
    "born_on": date(1979, 12, 31),
    "address": "仙台市泉区将監９－１",
}
WRITTEN_OF_LI: dict[str, Any] = OF_LI | {"number_id": None, "kana": "ﾘ ﾒｲ"}


def change(
    town: "Town",
    taxpayer_no: str,
    kind: str,
    happened_on: date = DECEMBER,
    known_on: date = FEBRUARY,
    submission_kind: str = "new",
    **state: Any,
) -> None:
    """A change as intake appends it; what it does not touch is blank."""
    columns = town.ask("SELECT column_name FROM duckdb_columns() WHERE table_name = 'register_change'")
    record_no = town.session.next_no("register_change", "record_no")
    values = {name: None for (name,) in columns if name not in ("known_on", "commit_no")} | state
    values |= {"file_no": 2, "record_no": record_no, "content_digest": f"{record_no}", "taxpayer_no": taxpayer_no}
    values |= {"submission_kind": submission_kind, "change_kind": kind}
    values |= {"happened_on": happened_on, "notified_on": known_on}
    with town.session.transaction(stage="intake", known_on=known_on) as transaction:
        transaction.append_row("register_change", **values)


def moved_in(town: "Town", happened_on: date, **state: Any) -> None:
    home = {
        "household_no": NEW,
        "relationship": "世帯主",
        "sex": "female",
        "postcode": "980-0000",
        "ward_code": "041050",
    }
    change(town, NEW, "moved_in", happened_on, **(home | OF_LI | state))


def test_who_moved_out_before_january_is_no_longer_linked_and_is_to_be_forwarded(town: "Town") -> None:
    """Told in February: the document that was linked in January, and one that comes later."""
    linked = town.document()
    town.match(date(2026, 1, 25))
    assert town.links() == {linked: (HANAKO, "number_and_attributes")}
    change(town, HANAKO, "moved_out", address="札幌市中央区北１－１", january_municipality="011002")
    later = town.document(number_id=None, known_on=FEBRUARY)
    town.match()
    assert town.links() == {}
    assert town.reasons() == {document: ("moved_out", [HANAKO]) for document in (linked, later)}
    town.session.pin(2026, date(2026, 3, 1))
    assert [item.ok for item in invariants(town.session)] == [True, True, True, True]
    assert town.match().commit_no is None


def test_a_persons_link_to_somebody_who_had_left_opens_again_and_is_told(town: "Town") -> None:
    document = town.document(number_id=99, name="別人", kana="ﾍﾞﾂｼﾞﾝ")
    decision_no = town.decide(document, HANAKO)
    town.match(date(2026, 2, 5))
    assert town.links() == {document: (HANAKO, "decision")}
    change(town, HANAKO, "moved_out")
    (problem,) = town.match().problems
    assert f"決定番号 {decision_no}" in str(problem)
    assert town.links() == {}
    assert document in town.reasons()


def test_what_was_known_in_january_stays_as_it_was(town: "Town") -> None:
    document = town.document()
    change(town, HANAKO, "moved_out")
    town.match(date(2026, 1, 25))
    assert town.links() == {document: (HANAKO, "number_and_attributes")}


def test_who_died_before_january_closes_the_document_and_it_waits_for_nobody(town: "Town") -> None:
    documents = [town.document(), town.document(number_id=None)]
    change(town, HANAKO, "died", date(2025, 12, 31))
    town.match()
    assert town.reasons() == {document: ("closed", [HANAKO]) for document in documents}
    town.session.pin(2026, date(2026, 3, 1))
    assert queue(town.session) == []
    place = invariants(town.session)[0]
    assert (place.ok, place.figures["closed"]) == (True, 2)


def test_who_died_or_moved_in_january_is_a_resident_of_new_year(town: "Town") -> None:
    hers, his = town.document(), town.document(**OF_TARO)
    change(town, HANAKO, "died", date(2026, 1, 1))
    change(town, TARO, "moved_out", date(2026, 1, 2))
    town.match()
    assert {document: person for document, (person, _) in town.links().items()} == {hers: HANAKO, his: TARO}


def test_a_namesake_among_the_residents_keeps_a_dead_persons_document_open(town: "Town") -> None:
    town.resident(NEW, **(OF_LI | {"number_id": 13, "sex": "female", "name": "山田　花子", "kana": "ヤマダ　ハナコ"}))
    town.ask(f"UPDATE ledger.resident SET born_on = DATE '1985-04-01' WHERE taxpayer_no = '{NEW}'")
    document = town.document(number_id=None)
    change(town, HANAKO, "died")
    town.match()
    assert town.reasons()[document][0] == "left_register"


def test_a_withdrawn_or_undone_change_counts_no_longer(town: "Town") -> None:
    hers, his = town.document(), town.document(**OF_TARO)
    change(town, HANAKO, "moved_out")
    change(town, HANAKO, "moved_out", submission_kind="cancellation", known_on=date(2026, 2, 11))
    change(town, TARO, "deleted", date(2025, 12, 1))
    change(town, TARO, "restored", date(2025, 12, 1), known_on=date(2026, 2, 12), born_on=date(1979, 12, 31))
    town.match(date(2026, 2, 10))
    assert {reason for reason, _ in town.reasons().values()} == {"moved_out", "left_register"}
    town.match()
    assert {document: person for document, (person, _) in town.links().items()} == {hers: HANAKO, his: TARO}


def test_who_moved_in_before_january_and_said_so_late_is_found(town: "Town") -> None:
    document = town.document(**WRITTEN_OF_LI)
    town.match(date(2026, 1, 25))
    assert town.links() == {}
    moved_in(town, date(2026, 1, 1))
    town.match()
    assert town.links() == {document: (NEW, "kana_birth_address")}


def test_who_moved_in_after_january_is_to_be_forwarded(town: "Town") -> None:
    document = town.document(**WRITTEN_OF_LI)
    moved_in(town, date(2026, 1, 2), january_municipality="011002")
    town.match()
    assert town.reasons() == {document: ("moved_in_later", [NEW])}


def test_a_former_name_and_a_former_or_later_address_are_known_by_the_changes(town: "Town") -> None:
    change(
        town,
        HANAKO,
        "renamed",
        name="山田　花子",
        kana="ヤマダ　ハナコ",
        former_name="鈴木　花子",
        former_kana="スズキ　ハナコ",
    )
    change(
        town,
        HANAKO,
        "moved_within",
        date(2026, 1, 15),
        address="仙台市泉区将監５－５",
        postcode="981-0000",
        ward_code="041050",
    )
    documents = [
        town.document(number_id=None, name="鈴木　花子", kana="ｽｽﾞｷ ﾊﾅｺ"),
        town.document(number_id=None, address="仙台市泉区将監5-5"),
    ]
    town.match()
    assert town.links() == {document: (HANAKO, "kana_birth_address_former") for document in documents}


def test_a_change_that_the_extract_already_knew_does_not_undo_the_extract(town: "Town") -> None:
    document = town.document()
    change(town, HANAKO, "moved_out", known_on=date(2026, 1, 10))
    town.match()
    assert town.links() == {document: (HANAKO, "number_and_attributes")}


def test_who_is_taxed_here_without_being_registered_is_found_like_a_resident(town: "Town") -> None:
    columns = town.ask("SELECT column_name FROM duckdb_columns() WHERE table_name = 'outside_register'")
    values = {name: None for (name,) in columns if name not in ("known_on", "commit_no")} | OF_LI
    values |= {"file_no": 3, "content_digest": "1", "taxpayer_no": NEW, "submission_kind": "new"}
    values |= {"postcode": "980-0000", "ward_code": "041050", "sex": "female"}
    lived = {"entry_kind": "taxed_here", "from_on": date(2025, 6, 1)}
    document = town.document(**WRITTEN_OF_LI)
    with town.session.transaction(stage="intake", known_on=FEBRUARY) as transaction:
        transaction.append_row("outside_register", **(values | lived | {"record_no": 1}))
    town.match()
    assert town.links() == {document: (NEW, "kana_birth_address")}
    ended = lived | {"to_on": date(2025, 12, 31), "record_no": 2, "content_digest": "2"}
    with town.session.transaction(stage="intake", known_on=date(2026, 2, 11)) as transaction:
        transaction.append_row("outside_register", **(values | ended))
    town.match()
    assert town.links() == {}
