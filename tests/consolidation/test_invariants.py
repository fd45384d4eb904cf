"""The promises of consolidation hold after a run, and a breach of each is found."""

from datetime import date
from typing import TYPE_CHECKING

import pytest

from pipelines.consolidation import invariants
from pipelines.errors import ConfigurationError
from tests.consolidation.conftest import PRIORITY

if TYPE_CHECKING:
    from tests.consolidation.conftest import Town


def held(town: "Town") -> list[bool]:
    town.session.pin(2026, date(2026, 5, 1))
    return [promise.ok for promise in invariants(town.session)]


def some_reports(town: "Town") -> None:
    town.report(paid_yen=5_000_000, previous_payer_name="株式会社太白", previous_payer_paid_yen=2_000_000)
    town.report(paid_yen=2_000_000, payer_designated_no="C3", payer_name="株式会社太白")
    town.report(paid_yen=800_000, payer_designated_no="D4", treaty_exempt=True)
    town.report(paid_yen=700_000, payer_designated_no="E5")
    town.report("correction", paid_yen=600_000, payer_designated_no="E5")


def test_every_document_and_every_yen_is_in_one_base(town: "Town") -> None:
    some_reports(town)
    town.consolidate()
    assert held(town) == [True] * 5
    documents, yen, taxpayers, supplements, _ = invariants(town.session)
    assert documents.figures == {
        "linked": 5,
        "in_a_base": 4,
        "not_counting": 1,
        "nowhere": 0,
        "twice": 0,
        "no_longer_counting": 0,
    }
    assert yen.figures == {
        "reported_yen": 8_400_000,  # 5,000,000 + 2,000,000 + 800,000 + 600,000
        "previous_payer_yen": 2_000_000,
        "treaty_exempt_yen": 800_000,
        "returned_yen": 0,
        "set_aside_yen": 0,
        "supplemented_yen": 0,
        "tax_base_yen": 5_600_000,
        "difference_yen": 0,
    }
    assert supplements.figures == {"standing": 0, "not_in_base": 0}
    assert taxpayers.figures == {"taxpayers": 1, "twice": 0, "with_gaps": 0}


def test_what_was_linked_after_the_run_breaks_nothing(town: "Town") -> None:
    some_reports(town)
    assert held(town) == [True] * 5
    town.consolidate()
    town.report("correction", paid_yen=5_000_000)
    assert held(town) == [True] * 5


def test_a_lost_yen_breaks_them(town: "Town") -> None:
    some_reports(town)
    town.consolidate()
    town.ask("UPDATE ledger.tax_base SET employment_paid_yen = employment_paid_yen - 1")
    assert held(town) == [True, False, True, True, True]


def test_a_lost_yen_of_a_donation_breaks_them(town: "Town") -> None:
    town.one_stop_notice(30_000)
    town.consolidate()
    town.ask("UPDATE ledger.tax_base SET furusato_yen = furusato_yen - 1")
    assert held(town) == [True, True, True, True, False]
    assert invariants(town.session)[-1].figures["difference_yen"] == 1


@pytest.mark.parametrize(
    ("document_nos", "broken"),
    [
        ("document_nos[2:]", "nowhere"),
        ("list_concat(document_nos, [1])", "twice"),
        ("list_concat(document_nos, [4])", "no_longer_counting"),
    ],
)
def test_a_report_that_is_lost_doubled_or_replaced_breaks_them(town: "Town", document_nos: str, broken: str) -> None:
    some_reports(town)
    town.consolidate()
    town.ask(f"UPDATE ledger.tax_base SET document_nos = {document_nos}")
    assert held(town) == [False, True, True, True, True]
    assert invariants(town.session)[0].figures[broken] == 1


@pytest.mark.parametrize(("change", "broken"), [("+ 0", "twice"), ("+ 2", "with_gaps")])
def test_two_newest_bases_or_a_gap_break_them(town: "Town", change: str, broken: str) -> None:
    some_reports(town)
    town.consolidate()
    town.ask(
        f"INSERT INTO ledger.tax_base SELECT * REPLACE (tax_base_version {change} AS tax_base_version) "
        "FROM ledger.tax_base"
    )
    assert held(town)[2] is False
    assert invariants(town.session)[2].figures[broken] == 1


def test_a_fiscal_year_without_parameters_is_an_error_that_names_file_and_years(town: "Town") -> None:
    from pipelines.consolidation.consolidate import consolidate

    with pytest.raises(ConfigurationError) as refusal:
        consolidate(town.session, 2035, date(2035, 5, 1), PRIORITY)
    assert str(refusal.value) == (
        "この年度の値がありません。 ／ ファイル: income_tax_medical_threshold.yaml ／ 項目: values.2035 ／ "
        "正しい形: 2022年度、2023年度、2024年度、2025年度、2026年度、2027年度 ／ 対処: 年度を確かめるか、値を加えてください（二人で確認）。"
    )
