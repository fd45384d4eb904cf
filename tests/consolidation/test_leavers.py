"""Whoever left before the notice of May is billed himself: that payer withholds nothing (法317の6②)."""

from datetime import date
from typing import TYPE_CHECKING, Any

from pipelines.consolidation import invariants
from pipelines.consolidation.origin import origins_of
from tests.consolidation.conftest import FISCAL_YEAR, HANAKO, PRIORITY

if TYPE_CHECKING:
    from tests.consolidation.conftest import Town

APRIL, MAY = date(2026, 4, 10), date(2026, 5, 1)
METHOD = ("collection_method", "payer_designated_no", "payer_document_no")


def method(town: "Town") -> list[Any]:
    base = town.base()
    return [base[name] for name in METHOD]


def test_who_left_is_billed_himself_and_the_explanation_says_why(town: "Town") -> None:
    report = town.report(paid_yen=5_000_000)
    assert method(town) == ["employment", "A1", report]
    notice = town.employee_change()
    target = town.pension_target()
    counts = town.consolidate().counts
    assert (counts["left_payers"], counts["continued_elsewhere"]) == (1, 0)
    base = town.base()
    assert [base[name] for name in METHOD] == ["ordinary", None, None]
    assert (base["document_nos"], base["employment_paid_yen"]) == ([report, notice], 5_000_000)
    town.session.pin(FISCAL_YEAR, MAY)
    assert all(promise.ok for promise in invariants(town.session))
    origins = origins_of(town.session, FISCAL_YEAR, HANAKO, 2, PRIORITY)
    assert [one.kind for one in origins.documents] == ["給与支払報告書（個人別明細書）", "給与所得者異動届出書"]
    told = next(one for one in origins.inputs if one.name == "collection_method")
    assert f"給与所得者異動届出書（資料番号 {notice}、令和8年3月31日異動）の支払者は特別徴収をしない" in told.note
    assert f"年金特別徴収対象者情報（資料番号 {target}）にある" in told.note


def test_another_payer_withholds_instead(town: "Town") -> None:
    town.report(paid_yen=5_000_000)
    other = town.report(paid_yen=2_000_000, payer_designated_no="B2", payer_name="有限会社若林", employee_no="7")
    town.employee_change()
    assert method(town) == ["employment", "B2", other]


def test_a_change_of_another_time_or_payer_changes_nothing(town: "Town") -> None:
    report = town.report()
    town.employee_change(changed_on=date(2025, 12, 31))  # stands in the report
    town.employee_change(changed_on=date(2026, 6, 1))  # after the notice: a correction
    town.employee_change(payer_designated_no="B2")
    town.employee_change(payer_designated_no=None, payer_address="仙台市泉区１－１")
    base = town.base()
    assert ([base[name] for name in METHOD], base["document_nos"]) == (["employment", "A1", report], [report])


def test_the_newest_notice_of_a_payer_counts(town: "Town") -> None:
    report = town.report()
    town.employee_change(payer_designated_no=None)  # the payer by name and address
    assert method(town)[0] == "ordinary"
    town.employee_change("cancellation", received_on=APRIL, payer_designated_no=None)
    assert method(town) == ["employment", "A1", report]


def test_who_was_transferred_is_told_to_the_clerk(town: "Town") -> None:
    town.report()
    town.employee_change(change_reason="transferred", collection_after="continued", new_payer_designated_no="C3")
    assert town.consolidate().counts["continued_elsewhere"] == 1
    assert method(town)[0] == "ordinary"
