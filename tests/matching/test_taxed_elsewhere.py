"""A 294条3項 notice that an officer accepts: the person is nobody of ours, the documents go there; taken back, all is as before."""

from datetime import date

from pipelines.ledger.sql_file import figures_of
from pipelines.matching.promises import PROMISES
from tests.matching.conftest import FISCAL_YEAR, HANAKO, TARO, Town

MARCH, APRIL, MAY = date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)
SAPPORO = "011002"


def told(town: Town) -> int:
    """Sapporo's notice about Hanako."""
    notice = town.document(document_kind="taxed_elsewhere_notice", number_id=None)
    with town.session.transaction(stage="intake", known_on=date(2026, 1, 20)) as transaction:
        transaction.append_row(
            "taxed_elsewhere_notice",
            document_no=notice,
            sender_municipality=SAPPORO,
            reference_no="T1",
            notified_on=date(2026, 1, 15),
            lives_there_since_on=None,
            address_there="札幌市中央区１",
        )
    return notice


def absence(town: Town, as_of: date) -> list[tuple[object, ...]]:
    town.session.pin(FISCAL_YEAR, as_of)
    return town.ask("SELECT taxpayer_no, absence, january_municipality FROM absence_of_year")


def residents(town: Town, as_of: date) -> list[str]:
    town.session.pin(FISCAL_YEAR, as_of)
    return [number for (number,) in town.ask("SELECT taxpayer_no FROM person_of_year ORDER BY 1")]


def test_a_notice_finds_its_person_and_decides_nothing(town: Town) -> None:
    notice = told(town)
    town.match()
    assert town.links()[notice][0] == HANAKO
    assert residents(town, MARCH) == [HANAKO, TARO]
    town.decide(f"{FISCAL_YEAR}:{HANAKO}:{notice}", "contest", APRIL, kind="taxed_elsewhere")
    assert residents(town, APRIL) == [HANAKO, TARO]


def test_whom_another_municipality_taxes_is_no_resident_and_her_documents_go_there(town: Town) -> None:
    report, notice = town.document(), told(town)
    town.match()
    subject = f"{FISCAL_YEAR}:{HANAKO}:{notice}"
    town.decide(subject, "accept", APRIL, kind="taxed_elsewhere")
    town.match(APRIL)
    assert residents(town, MARCH) == [HANAKO, TARO], "the day before, nobody knew"
    assert residents(town, APRIL) == [TARO]
    assert absence(town, APRIL) == [(HANAKO, "taxed_elsewhere", SAPPORO)]
    assert town.links() == {}
    assert {document: reason for document, (reason, _) in town.reasons().items()} == {
        report: "taxed_elsewhere",
        notice: "closed",
    }
    assert town.reasons()[report] == ("taxed_elsewhere", [HANAKO])
    for promise in PROMISES:
        figures = figures_of(town.session, "matching", promise.file)
        assert [figures[name] for name in promise.zero] == [0] * len(promise.zero), promise.name

    town.decide(subject, "withdraw", MAY, kind="taxed_elsewhere")
    town.match(MAY)
    assert residents(town, MAY) == [HANAKO, TARO]
    assert {document: taxpayer_no for document, (taxpayer_no, _) in town.links().items()} == {
        report: HANAKO,
        notice: HANAKO,
    }


def test_an_acceptance_counts_for_its_year_and_for_a_notice_alone(town: Town) -> None:
    report, notice = town.document(), told(town)
    for subject in (f"{FISCAL_YEAR - 1}:{HANAKO}:{notice}", f"{FISCAL_YEAR}:{TARO}:{report}"):
        town.decide(subject, "accept", APRIL, kind="taxed_elsewhere")
    assert residents(town, APRIL) == [HANAKO, TARO]
