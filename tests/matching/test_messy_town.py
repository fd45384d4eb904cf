"""However messy the town, no document is linked to anybody but whose it is; nothing is lost on the way."""

from fractions import Fraction
from math import exp, lgamma, log, log1p
from pathlib import Path

import pytest

from pipelines.town.settings import load_settings
from tests.matching.messy_town import Document, Outcome, bring_through

LEVELS = (0.3, 0.6, 1.0)
# Somebody else has the same kana and birth date: a namesake's number, whom only the address tells apart; a twin's, whom only the written
# name does; a twin whose kana a slip of the pen has made out of the person's own.
ALIKE = {"namesake_number", "twin_number", "twin_kana"}
DOCUMENTS_MIN = 100_000
# Of the documents that a rule may link. A document with somebody else's number always waits for a person.
RECALL_MIN = Fraction(97, 100)

# One worker makes the small town once for both tests of it.
small_town = pytest.mark.xdist_group("messy town")


def wrong(outcome: Outcome) -> list[Document]:
    return [document for document in outcome.documents if document.wrong]


def alike(document: Document) -> bool:
    return not ALIKE.isdisjoint(document.kinds)


def nothing_is_lost(outcome: Outcome) -> None:
    counts, summary = outcome.taken_in.counts, outcome.summary
    assert counts["read"] == counts["accepted"] + counts["quarantined"] + counts["duplicate"]
    lists = summary.residents + summary.national_health_insurance + outcome.no_documents
    returns = summary.tax_returns + summary.resident_tax_returns + summary.one_stop_notices
    later = summary.employee_changes + summary.pension_targets
    assert counts["read"] == lists + summary.reports + summary.pension_reports + returns + later
    assert outcome.left_in_inbox == ["wage_report_9001_eltax.csv", "wage_report_9002_eltax.xml"]
    assert counts["problems"] == 2
    assert counts["accepted"] == len(outcome.documents) + lists
    assert outcome.promises_kept


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """As messy as it gets, in as few files as it goes."""
    settings = load_settings(2026)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipelines.town.make.load_settings", lambda year: settings)
        patch.setitem(settings.employers, "files_min", 2)
        patch.setitem(settings.employers, "xml_of_files", 2)
        patch.setitem(settings.employers, "own_files", {"of_employers": 12, "max": 0})
        return bring_through(tmp_path_factory.mktemp("small"), people=400, seed=1, mess=1.0)


@small_town
def test_nothing_of_a_messy_town_is_lost(small: Outcome) -> None:
    nothing_is_lost(small)
    assert small.taken_in.counts["quarantined"] > 10
    assert small.taken_in.counts["duplicate"] > 3


@small_town
def test_no_document_of_a_messy_town_is_linked_to_anybody_else(small: Outcome) -> None:
    assert any(alike(document) for document in small.documents)
    assert wrong(small) == []
    assert 3 * len(small.linked) > 2 * len(small.matchable)


@pytest.mark.exhaustive
def test_a_hundred_thousand_documents(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outcomes = []
    for number, mess in enumerate(LEVELS):
        outcomes.append(bring_through(tmp_path / str(mess), people=31_000, seed=11 + number, mess=mess))
        with capsys.disabled():
            tell(f"mess {mess}", outcomes[-1])
    documents = [document for outcome in outcomes for document in outcome.documents]
    with capsys.disabled():
        tell_rates(documents)
    assert len(documents) >= DOCUMENTS_MIN
    for outcome in outcomes:
        nothing_is_lost(outcome)
        assert wrong(outcome) == []
        assert outcome.recall_of_linkable >= RECALL_MIN


@pytest.mark.exhaustive
def test_a_town_where_nearly_everybody_is_like_somebody_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = load_settings(2026)
    monkeypatch.setattr("pipelines.town.make.load_settings", lambda year: settings)
    people, records = settings.mess["people"], settings.mess["records"]
    people["twins"]["share"], people["shared_address"]["share"] = 1000, 400
    people["namesakes"].update(share=400, at_one_address=400)
    records["number"].update(no_number=700, relative_number=50)
    records["kana"].update(short_kana=300, other_kana=250, large_kana=150, long_kana=150)
    outcome = bring_through(tmp_path, people=8_000, seed=5, mess=1.0)
    with capsys.disabled():
        tell("everybody like somebody", outcome)
    nothing_is_lost(outcome)
    assert sum(alike(document) for document in outcome.documents) > 200
    assert wrong(outcome) == []


def tell(town: str, outcome: Outcome) -> None:
    """The figures of one town, then for each kind: documents, automatic links, wrong ones."""
    print(f"\n{town}: {len(outcome.documents):,} documents, {len(outcome.matchable):,} of residents, ", end="")
    print(
        f"{len(outcome.linked):,} automatic links, {len(wrong(outcome)):,} wrong; recall {float(outcome.recall_of_all):.1%} of all, ",
        end="",
    )
    print(f"{float(outcome.recall_of_linkable):.1%} of the {len(outcome.linkable):,} without a wrong number")
    for kind, (documents, linked, not_so) in outcome.by_kind().items():
        print(f"  {kind:26}{documents:8,}{linked:8,}{not_so:6,}")


def tell_rates(documents: list[Document]) -> None:
    """How many wrong links to expect."""
    links, errors = sum(one.linked is not None for one in documents), sum(one.wrong for one in documents)
    bound = upper_bound(errors, links) * 1_000_000
    print(f"{len(documents):,} documents, {links:,} automatic links, {errors:,} wrong; ", end="")
    print(f"with 95 % confidence fewer than {bound:.1f} in a million automatic links are wrong")


def upper_bound(events: int, trials: int) -> float:
    """The upper end of Clopper and Pearson's one-sided 95 % interval: at this rate so few events have a chance of 5 %."""
    low, high = events / trials, 1.0
    for _ in range(60):
        rate = (low + high) / 2
        terms = (
            lgamma(trials + 1) - lgamma(k + 1) - lgamma(trials - k + 1) + k * log(rate) + (trials - k) * log1p(-rate)
            for k in range(events + 1)
        )
        low, high = (rate, high) if sum(map(exp, terms)) > 0.05 else (low, rate)
    return high


def test_with_no_error_in_n_the_upper_bound_is_about_three_in_n() -> None:
    assert upper_bound(0, 100_000) == pytest.approx(2.9957 / 100_000, rel=1e-3)
    assert upper_bound(1, 10) == pytest.approx(0.3942, abs=1e-4)  # Clopper and Pearson's tables
