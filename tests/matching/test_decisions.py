"""What a person decides about a document holds, until a person decides something else."""

from datetime import date
from typing import TYPE_CHECKING

from pipelines.errors import StopForPerson
from pipelines.matching import queue

if TYPE_CHECKING:
    from tests.matching.conftest import Town

HANAKO = "000000000000101"
TARO = "000000000000102"


def test_a_person_links_what_the_rules_left(town: "Town") -> None:
    document = town.document(number_id=12)
    town.match()
    town.decide(document, HANAKO)
    town.match()
    assert town.links() == {document: (HANAKO, "decision")}
    assert town.reasons() == {}


def test_a_person_changes_a_link_that_a_rule_made(town: "Town") -> None:
    document = town.document()
    town.match()
    decision = town.decide(document, TARO)
    town.match()
    assert town.ask("SELECT link_version, taxpayer_no, rule, decision_no FROM document_link ORDER BY link_version") == [
        (1, HANAKO, "number_and_attributes", None),
        (2, TARO, "decision", decision),
    ]


def test_a_decision_that_confirms_a_link_writes_nothing(town: "Town") -> None:
    document = town.document()
    town.match()
    town.decide(document, HANAKO)
    assert town.match().commit_no is None


def test_the_latest_decision_wins_whichever_was_taken_in_first(town: "Town") -> None:
    document = town.document(number_id=12)
    town.decide(document, HANAKO, decided_on=date(2026, 2, 20))
    town.decide(document, TARO, decided_on=date(2026, 2, 10))
    town.match()
    assert town.links() == {document: (HANAKO, "decision")}


def test_what_is_forwarded_leaves_the_queue_and_the_link(town: "Town") -> None:
    document = town.document()
    town.match()
    town.decide(document, "forward")
    town.match()
    assert town.links() == {}
    assert town.reasons() == {document: ("forwarded", [])}
    assert queue(town.session) == []


def test_what_was_forwarded_by_mistake_can_be_linked_again(town: "Town") -> None:
    document = town.document()
    town.match()
    town.decide(document, "forward", decided_on=date(2026, 2, 1))
    town.match()
    town.decide(document, HANAKO, decided_on=date(2026, 2, 2))
    town.match()
    assert town.links() == {document: (HANAKO, "decision")}
    assert town.ask("SELECT max(link_version) FROM document_link") == [(3,)]


def test_what_is_kept_stays_in_the_queue_with_its_candidates(town: "Town") -> None:
    document = town.document(number_id=12)
    town.match()
    town.decide(document, "keep")
    town.match()
    assert town.reasons() == {document: ("kept", [HANAKO, TARO])}
    assert [item.reason for item in queue(town.session)] == ["kept"]
    assert town.match().commit_no is None


def test_a_decision_for_an_unknown_taxpayer_stops_for_a_person_and_nothing_else_stops(town: "Town") -> None:
    wrong, right = town.document(number_id=12), town.document()
    decision = town.decide(wrong, "000000000000999")
    report = town.match()
    assert town.links() == {right: (HANAKO, "number_and_attributes")}
    assert town.reasons() == {wrong: ("number_contradicts", [HANAKO, TARO])}
    (problem,) = report.problems
    assert isinstance(problem, StopForPerson)
    assert str(problem) == (
        f"職員の決定（決定番号 {decision}）を名寄せに反映できません ／ 項目: 宛名番号 ／ "
        "内容: その番号の人は賦課期日現在の住民登録にいません ／ "
        "正しい形: 15桁の宛名番号、forward、keep のいずれか ／ "
        "対処: 同じ課税資料番号について正しい決定を出してください（取り消すだけなら keep）。"
        "ほかの資料の名寄せは済んでいます"
    )


def test_a_wrong_decision_after_a_right_one_changes_nothing_and_is_told_until_it_is_replaced(town: "Town") -> None:
    document = town.document(number_id=12)
    town.decide(document, HANAKO, decided_on=date(2026, 2, 1))
    town.decide(document, "000000000000999", decided_on=date(2026, 2, 2))
    assert len(town.match().problems) == 1
    assert town.links() == {document: (HANAKO, "decision")}
    town.decide(document, HANAKO, decided_on=date(2026, 2, 3))
    assert town.match().problems == []


def test_a_decision_about_a_document_that_does_not_exist_is_told_until_it_is_taken_back(town: "Town") -> None:
    town.decide("四十二", HANAKO, decided_on=date(2026, 2, 1))
    town.decide(42, HANAKO, decided_on=date(2026, 2, 1))
    assert [problem.item for problem in town.match().problems] == ["課税資料番号", "課税資料番号"]
    town.decide("四十二", "keep", decided_on=date(2026, 2, 2))
    town.decide(42, "keep", decided_on=date(2026, 2, 2))
    assert town.match().problems == []
    assert town.reasons() == {}


def test_no_rule_undoes_what_a_person_decided(town: "Town") -> None:
    document = town.document(number_id=12)
    town.decide(document, "keep")
    town.match()
    town.resident(
        HANAKO,
        revision=2,
        known_on=date(2026, 2, 10),
        number_id=12,
        name="山田　花子",
        kana="ヤマダ　ハナコ",
        born_on=date(1985, 4, 1),
        sex="female",
        address="仙台市青葉区国分町１－２－３",
    )
    town.match()
    assert town.links() == {}
    assert town.reasons()[document][0] == "kept"


def test_decisions_on_releases_and_on_other_fiscal_years_are_not_matchings_business(town: "Town") -> None:
    document = town.document(number_id=12)
    town.ask(f"UPDATE ledger.document SET fiscal_year = 2025 WHERE document_no = {document}")
    town.decide(document, "000000000000999")
    town.decide("7:abc", "approve", kind="release")
    report = town.match()
    assert (report.problems, report.commit_no) == ([], None)
