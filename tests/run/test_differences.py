"""The monthly correction: just those whom something concerns change, it is told why, and nothing follows before two people approved."""

import csv
from pathlib import Path

import pytest
from lxml import html
from typer.testing import CliRunner

from pipelines.cli.app import app
from pipelines.errors import DataError
from pipelines.run import difference_report
from pipelines.run.difference_lines import DECISION, DOCUMENT, NEW
from pipelines.run.difference_report import enter_monthly, require_approved
from pipelines.run.preparation import prepare
from tests.consolidation.conftest import HANAKO
from tests.run.conftest import INITIAL, JIRO, JULY, JUNE, TARO, Office

SHIRO = "000000000000104"


@pytest.fixture
def corrected(office: Office) -> Office:
    """In June Taro's employer corrects the report, an officer hears of Jiro's medical expenses, and Shiro is found."""
    with office.town() as town:
        town.report("correction", of=TARO, received_on=JUNE, paid_yen=5_400_000, dependant_other_count=1)
        town.resident(SHIRO, JUNE)
        town.report(of=SHIRO, received_on=JUNE, paid_yen=3_000_000)
    office.supplement("medical_expense_yen", "500000", JUNE, of=JIRO)
    office.decide(JUNE)
    return office


def test_the_initial_decision_needs_no_difference_report(office: Office) -> None:
    assert enter_monthly(office.on(INITIAL)) is None
    require_approved(office.on(INITIAL))


def test_each_changed_levy_is_told_with_old_and_new_yen_and_what_changed_it(corrected: Office) -> None:
    entered = enter_monthly(corrected.on(JUNE))
    assert entered is not None
    taro, jiro, shiro = entered.report.lines
    assert [line.key.taxpayer_no for line in entered.report.lines] == [TARO, JIRO, SHIRO]
    assert [taro.earlier_yen, taro.later_yen] == corrected.tax(TARO)
    assert (taro.reasons, taro.earlier_version, taro.version) == ((DOCUMENT,), 1, 2)
    # The corrected report came, and the first one no longer counts.
    assert taro.causes == (
        "課税資料: 資料番号 2（給与支払報告書（個人別明細書）・新規、令和8年1月20日受付）、資料番号 4（給与支払報告書（個人別明細書）・訂正、令和8年6月10日受付）",
    )
    figures = {figure.name: (figure.old, figure.new) for figure in taro.figures}
    assert figures["employment_paid_yen"] == (5_000_000, 5_400_000)
    assert "total_income_yen" in figures
    assert "basic_deduction_yen" not in figures
    assert jiro.reasons == (DECISION,)
    assert jiro.causes[0].startswith("職員の決定: 決定番号 2（補記、sato")
    assert jiro.difference_yen == -20_000  # 200,000 more of 医療費控除, at 8 % and 2 %
    assert (shiro.reasons, shiro.earlier_yen) == ((NEW,), None)
    total = entered.report.total()
    assert total.increase_yen + total.decrease_yen == sum(line.difference_yen for line in entered.report.lines)
    assert [one.reason for one in entered.report.totals()] == [NEW, DOCUMENT, DECISION]
    assert enter_monthly(corrected.on(JUNE)).report_no == entered.report_no  # type: ignore[union-attr]


def test_nothing_is_prepared_until_two_different_people_have_approved_just_this_report(corrected: Office) -> None:
    entered = enter_monthly(corrected.on(JUNE))
    assert entered is not None
    for refused in ((), ("sato",), ("sato", "sato")):
        corrected.answer(entered.subject, JUNE, *refused)
        with pytest.raises(DataError, match=r"差額表の決裁が済んでいない更正.*決裁されていない更正 3 件"):
            prepare(corrected.on(JUNE), "all")
    corrected.answer(f"{entered.report_no}:{'0' * 64}", JUNE, "suzuki")
    with pytest.raises(DataError):
        require_approved(corrected.on(JUNE))
    corrected.answer(entered.subject, JUNE, "suzuki")
    require_approved(corrected.on(JUNE))
    assert enter_monthly(corrected.on(JUNE)) is None
    # The next month tells only what came since.
    with corrected.town() as town:
        town.report("correction", of=HANAKO, received_on=JULY, paid_yen=5_200_000, self_disability="ordinary")
    corrected.decide(JULY)
    later = enter_monthly(corrected.on(JULY))
    assert later is not None
    assert [line.key.taxpayer_no for line in later.report.lines] == [HANAKO]
    # The June report is made anew from its pin, whatever came after.
    assert difference_report.read("041009", entered.report_no).digest == entered.report.digest


def test_a_report_that_one_refuses_stops_what_follows_until_the_figures_are_others(corrected: Office) -> None:
    entered = enter_monthly(corrected.on(JUNE))
    assert entered is not None
    corrected.answer(entered.subject, JUNE, "sato", "suzuki")
    corrected.answer(entered.subject, JUNE, "suzuki", verdict="reject")
    with pytest.raises(DataError, match="差し戻したときは"):
        require_approved(corrected.on(JUNE))
    corrected.supplement("medical_expense_yen", "400000", JULY, of=JIRO)
    corrected.decide(JULY)
    again = enter_monthly(corrected.on(JULY))
    assert again is not None
    # From what was last approved to what holds now: one line a levy, and both decisions.
    jiro = again.report.lines[1]
    assert (jiro.earlier_version, jiro.version, jiro.difference_yen) == (1, 3, -10_000)
    corrected.answer(again.subject, JULY, "sato", "suzuki")
    require_approved(corrected.on(JULY))


def test_the_mailings_wait_for_no_correction(corrected: Office) -> None:
    assert prepare(corrected.on(JUNE), "requests").summaries == ()


def test_the_page_and_the_csv_tell_every_change(corrected: Office, tmp_path: Path) -> None:
    runner = CliRunner()
    assert (
        "差額表 1"
        in runner.invoke(app, ["differences", "prepare", "--fiscal-year", "2026", "--as-of", "2026-06-10"]).output
    )
    page, listed = tmp_path / "page.html", tmp_path / "rows.csv"
    for form, path in (("html", page), ("csv", listed)):
        result = runner.invoke(app, ["differences", form, "1", "--out", str(path)])
        assert result.exit_code == 0, result.output
    text = html.fromstring(page.read_bytes()).text_content()
    assert b"<script" not in page.read_bytes()
    for told in (
        TARO,
        JIRO,
        SHIRO,
        "変更月 令和8年7月分から",
        "随時の納期限 令和8年7月31日",
        "給与等の収入金額: 5,000,000円 → 5,400,000円",
    ):
        assert told in text, told
    with listed.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    paid = next(row for row in rows if (row["宛名番号"], row["項目"]) == (TARO, "給与等の収入金額"))
    assert (paid["前"], paid["後"], paid["理由"]) == ("5000000", "5400000", "課税資料")
    approved = runner.invoke(app, ["differences", "approve", "1", "--officer", "sato", "--on", "2026-06-11"])
    assert "決裁ファイルを置きました: difference-" in approved.output
    assert "決裁待ち" in runner.invoke(app, ["differences", "list", "--json"]).output
