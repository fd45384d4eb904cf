"""Matching over time: the same again changes nothing, and what was not known yet plays no part."""

from datetime import date
from typing import TYPE_CHECKING

from pipelines.matching import queue

if TYPE_CHECKING:
    from tests.matching.conftest import Town

HANAKO = "000000000000101"
TARO = "000000000000102"


def test_the_same_again_appends_nothing_and_takes_no_number(town: "Town") -> None:
    town.document()
    town.document(number_id=12)
    town.document(number_id=None, kana="ｲﾄｳ ｼﾞﾛｳ")
    first = town.match()
    assert first.counts == {"linked": 1, "queued": 2, "relatives": 0, "refused_decisions": 0}
    assert first.commit_no == town.session.commit_no
    again = town.match()
    assert again.commit_no is None
    assert again.counts == {"linked": 0, "queued": 0, "relatives": 0, "refused_decisions": 0}
    assert town.session.commit_no == first.commit_no


def test_a_reason_that_changes_is_a_new_version_in_the_queue(town: "Town") -> None:
    document = town.document(number_id=13)
    town.match(as_of=date(2026, 2, 1))
    town.resident(
        "000000000000103",
        known_on=date(2026, 2, 10),
        number_id=13,
        name="伊藤　次郎",
        kana="イトウ　ジロウ",
        born_on=date(1990, 1, 1),
        sex="male",
        address="仙台市泉区将監９－２",
    )
    town.match(as_of=date(2026, 3, 1))
    assert town.ask("SELECT document_no, review_version, reason FROM review_item ORDER BY review_version") == [
        (document, 1, "number_differs"),
        (document, 2, "number_contradicts"),
    ]
    town.session.pin(2026, date(2026, 3, 1))
    assert [(item.document_no, item.reason, item.since) for item in queue(town.session)] == [
        (document, "number_contradicts", date(2026, 3, 1))
    ]


def test_a_document_received_tomorrow_is_not_matched_today(town: "Town") -> None:
    town.document(known_on=date(2026, 3, 2))
    assert town.match(as_of=date(2026, 3, 1)).commit_no is None
    assert town.match(as_of=date(2026, 3, 2)).counts["linked"] == 1


def test_a_correction_is_matched_like_any_document(town: "Town") -> None:
    documents = [town.document(submission_kind=kind) for kind in ("new", "correction", "cancellation")]
    town.match()
    assert town.links() == {document: (HANAKO, "number_and_attributes") for document in documents}


def test_the_order_of_the_documents_does_not_matter(town: "Town") -> None:
    town.document(number_id=12, name="佐藤　太郎", kana="ｻﾄｳ ﾀﾛｳ", born_on=date(1979, 12, 31))
    town.document(number_id=None)
    town.document(number_id=99)
    town.match()
    assert town.links() == {1: (TARO, "number_and_attributes"), 2: (HANAKO, "kana_birth_address")}
    assert town.reasons() == {3: ("number_differs", [HANAKO])}


def test_documents_of_another_fiscal_year_are_left_alone(town: "Town") -> None:
    document = town.document()
    town.ask(f"UPDATE ledger.document SET fiscal_year = 2025 WHERE document_no = {document}")
    assert town.match().commit_no is None


def test_what_is_linked_stays_linked_when_the_register_changes(town: "Town") -> None:
    document = town.document()
    town.match(as_of=date(2026, 2, 1))
    town.resident(
        HANAKO,
        revision=2,
        known_on=date(2026, 2, 10),
        number_id=11,
        name="鈴木　花子",
        kana="スズキ　ハナコ",
        born_on=date(1985, 4, 2),
        sex="female",
        address="仙台市青葉区国分町１－２－３",
    )
    assert town.match(as_of=date(2026, 3, 1)).commit_no is None
    assert town.links() == {document: (HANAKO, "number_and_attributes")}


def test_a_run_as_of_an_earlier_day_made_later_counts_its_versions_on(town: "Town") -> None:
    document = town.document(known_on=date(2026, 2, 1))
    town.match(as_of=date(2026, 3, 1))
    assert town.match(as_of=date(2026, 2, 1)).counts["linked"] == 1
    assert town.match(as_of=date(2026, 3, 1)).commit_no is None
    assert town.ask("SELECT document_no, link_version, known_on FROM document_link ORDER BY link_version") == [
        (document, 1, date(2026, 3, 1)),
        (document, 2, date(2026, 2, 1)),
    ]
