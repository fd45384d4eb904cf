"""A closed year decided again: in a copy, seen by two people, appended once; what was decided stays, whoever is not concerned too."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from pipelines.cli.app import app
from pipelines.errors import DataError
from pipelines.exchange.decisions import take_decisions
from pipelines.run import difference_report
from pipelines.run.backfill import discard, promote, run
from pipelines.run.backfill_basis import tables_read
from pipelines.run.backfill_plan import listing, read_plan
from pipelines.run.backfill_staging import staged_file
from pipelines.run.difference_lines import DOCUMENT, PARAMETER
from pipelines.run.reproduce import reproduce
from pipelines.run.verify import check_home
from tests.consolidation.conftest import HANAKO
from tests.run.conftest import INITIAL, JIRO, JULY, NEXT_APRIL, NEXT_MARCH, TARO, Office

# Both were wrong in 2026: the deduction for the disabled too low, that for dependants too high.
WRONG = {
    "disability_deduction_yen": [(date(2027, 3, 1), 300_000)],
    "dependant_general_deduction_yen": [(date(2027, 3, 1), 300_000)],
}
PLAN = """fiscal_years: [2026]
as_of: {{from: {first}, to: {to}}}
stages: [{stages}]
reason: 控除額の誤り
requester: sato
"""


def planned(
    office: Office,
    tmp_path: Path,
    *,
    first: date = INITIAL,
    to: date = NEXT_MARCH,
    stages: str = "consolidation, assessment",
) -> int:
    """A plan, signed by `juminzei backfill plan` and taken in; its number."""
    file = tmp_path / f"{first}-{to}-{len(stages)}.yaml"
    file.write_text(PLAN.format(first=first, to=to, stages=stages), encoding="utf-8")
    done = CliRunner().invoke(app, ["backfill", "plan", str(file), "--on", to.isoformat()])
    assert done.exit_code == 0, done.output
    take_decisions(office.on(to))
    return int(listing("041009")[-1]["バックフィル番号"])


def approved(office: Office, backfill_no: int, day: date = NEXT_MARCH) -> difference_report.Report:
    outcome = run(office.ctx, backfill_no)
    assert outcome.entered is not None
    office.answer(outcome.entered.subject, day, "sato", "suzuki")
    return outcome.entered.report


def facts(office: Office) -> set[str]:
    return {line for line in office.dump() if line.startswith(("assessment\t", "tax_base\t"))}


def broken(office: Office) -> list[str]:
    """The promises that do not hold: of files, which this town has none of."""
    return [one.name for one in check_home(office.ctx.home, office.ctx.keyring) if not one.ok]


def test_a_wrong_parameter_of_a_closed_year_is_put_right_for_just_those_whom_it_concerns(
    office: Office, tmp_path: Path, put_right: Any
) -> None:
    before, decided = {number: office.tax(number) for number in (HANAKO, TARO, JIRO)}, facts(office)
    broken_before = broken(office)
    put_right(WRONG)
    number = planned(office, tmp_path)
    outcome = run(office.ctx, number)
    assert outcome.entered is not None
    hanako, taro = outcome.entered.report.lines
    # 40,000 more of 障害者控除 and 30,000 less of 扶養控除, at 10 %; the adjustment credit's limits do not bind.
    assert (hanako.key.taxpayer_no, hanako.difference_yen) == (HANAKO, -4_000)
    assert (taro.key.taxpayer_no, taro.difference_yen) == (TARO, 3_000)
    for line in (hanako, taro):
        assert line.reasons == (PARAMETER,)
        assert line.causes == ("パラメータ: dependant_general_deduction_yen、disability_deduction_yen",)
    # The ledger itself has decided nothing yet.
    assert facts(office) == decided
    with pytest.raises(DataError, match="差額表 1 の決裁が済んでいません"):
        promote(office.ctx, number)
    office.answer(outcome.entered.subject, NEXT_MARCH, "sato", "suzuki")
    first, last = promote(office.ctx, number)
    assert promote(office.ctx, number) == (first, last)
    assert not staged_file(office.ctx.home, office.ctx.keyring, number).exists()
    assert decided < facts(office)
    assert office.tax(HANAKO) == [before[HANAKO][0], before[HANAKO][0] - 4_000]
    assert office.tax(TARO) == [before[TARO][0], before[TARO][0] + 3_000]
    assert office.tax(JIRO) == before[JIRO]
    assert office.ask("SELECT DISTINCT decided_on, replaces_version FROM assessment WHERE version = 2") == [
        (NEXT_MARCH, 1)
    ]
    # The report reads the same from the ledger as it did from the copy; the monthly correction has nothing to approve any more.
    assert difference_report.read("041009", outcome.entered.report_no).digest == outcome.entered.report.digest
    assert difference_report.enter_monthly(office.on(NEXT_MARCH)) is None
    assert broken(office) == broken_before
    for version in (1, 2):
        found = reproduce("041009", 2026, version)
        assert (found.identical, found.parameters, found.same_code) == (True, (), True)
    again = run(office.ctx, number).entered
    assert again is not None
    assert again.approved
    with pytest.raises(DataError, match="もう台帳に反映されています"):
        discard(office.ctx, number, "suzuki", "やめる", NEXT_MARCH)


def test_put_right_and_back_again_everybody_owes_what_they_owed_and_what_officers_noted_still_counts(
    office: Office, tmp_path: Path, put_right: Any
) -> None:
    before = {number: office.tax(number)[0] for number in (HANAKO, TARO, JIRO)}
    (medical,) = office.ask(f"SELECT medical_deduction_yen FROM assessment WHERE taxpayer_no = '{JIRO}'")
    put_right(WRONG)
    number = planned(office, tmp_path)
    approved(office, number)
    promote(office.ctx, number)
    put_right(
        {
            "disability_deduction_yen": [*WRONG["disability_deduction_yen"], (date(2027, 4, 1), 260_000)],
            "dependant_general_deduction_yen": [*WRONG["dependant_general_deduction_yen"], (date(2027, 4, 1), 330_000)],
            # One that Jiro's noted expenses pass through: a threshold of 90,000.
            "medical_threshold_yen": [(date(2027, 4, 1), 90_000)],
        }
    )
    number = planned(office, tmp_path, to=NEXT_APRIL)
    approved(office, number, NEXT_APRIL)
    promote(office.ctx, number)
    assert office.tax(HANAKO)[-1] == before[HANAKO]
    assert office.tax(TARO)[-1] == before[TARO]
    assert medical == (200_000,)
    assert office.ask(f"SELECT medical_deduction_yen FROM assessment WHERE taxpayer_no = '{JIRO}' AND version = 2") == [
        (210_000,)
    ]


def test_the_same_run_again_enters_nothing_and_a_copy_made_anew_gives_the_same_digest(
    office: Office, tmp_path: Path, put_right: Any
) -> None:
    put_right(WRONG)
    number = planned(office, tmp_path)
    first = run(office.ctx, number).entered
    after = office.dump()
    assert run(office.ctx, number).entered == first
    assert office.dump() == after
    staged_file(office.ctx.home, office.ctx.keyring, number).unlink()
    again = run(office.ctx, number).entered
    assert first is not None
    assert again is not None
    assert (again.subject, again.report_no) == (first.subject, first.report_no)
    assert office.ask("SELECT count(*) FROM difference_report") == [(1,)]


def test_what_the_plan_would_have_read_and_came_later_stops_the_promotion_and_what_it_would_not_does_not(
    office: Office, tmp_path: Path, put_right: Any
) -> None:
    put_right(WRONG)
    number = planned(office, tmp_path)
    approved(office, number)
    with office.town() as town:
        town.report(of=JIRO, received_on=JULY, paid_yen=1_000_000)
    with pytest.raises(DataError, match=r"計画が読むものが台帳に増えました: .*課税資料 1 行") as refused:
        promote(office.ctx, number)
    assert "backfill run" in str(refused.value)
    report = approved(office, number)
    assert [(line.key.taxpayer_no, line.reasons) for line in report.lines] == [
        (HANAKO, (PARAMETER,)),
        (TARO, (PARAMETER,)),
        (JIRO, (DOCUMENT, PARAMETER)),
    ]
    with office.town() as town:  # received after the plan's day: the next correction's business
        town.report(of=JIRO, received_on=NEXT_APRIL, paid_yen=100_000)
    promote(office.ctx, number)
    assert len(office.tax(JIRO)) == 2


def test_a_decision_outside_of_the_range_must_not_change(office: Office, tmp_path: Path, put_right: Any) -> None:
    put_right(WRONG)
    number = planned(office, tmp_path, first=JULY)
    before = office.dump()
    with pytest.raises(DataError, match=r"範囲の外で変わる賦課 2 件（決定日 2026-05-26 から 2026-05-26 まで）"):
        run(office.ctx, number)
    assert office.dump() == before


def test_a_plan_does_not_decide_in_the_past(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "plan.yaml"
    file.write_text(PLAN.format(first="2026-04-01", to="2026-05-01", stages="assessment"), encoding="utf-8")
    done = CliRunner().invoke(app, ["backfill", "plan", str(file)])
    assert isinstance(done.exception, DataError)
    assert "最後の決定 2026-05-26" in str(done.exception)


def test_a_plan_that_changes_nothing_says_so_and_a_discarded_one_leaves_its_trace(
    office: Office, tmp_path: Path, put_right: Any
) -> None:
    idle = planned(office, tmp_path, stages="assessment")
    assert run(office.ctx, idle).entered is None
    assert promote(office.ctx, idle) is None
    put_right(WRONG)
    number = planned(office, tmp_path)
    run(office.ctx, number)
    discard(office.ctx, number, "suzuki", "原因が別だった", NEXT_MARCH)
    states = [row["状態"] for row in listing("041009")]
    assert states == ["実行済み・変わるものなし", "破棄（suzuki、原因が別だった）"]
    assert not staged_file(office.ctx.home, office.ctx.keyring, number).exists()
    with pytest.raises(DataError, match="破棄（suzuki"):
        promote(office.ctx, number)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("stages: [matching, assessment]", "続くものを、この順に"),
        ("as_of: {from: 2026-07-01, to: 2026-06-01}", "from は to 以前"),
        ("fiscal_years: [2027, 2026]", "古い年度から"),
        ("extra: 1", "知らない項目"),
    ],
)
def test_a_plan_that_says_something_impossible_is_refused(tmp_path: Path, wrong: str, told: str) -> None:
    file = tmp_path / "plan.yaml"
    name = wrong.partition(":")[0]
    lines = PLAN.format(first="2026-05-01", to="2026-06-01", stages="assessment").splitlines()
    file.write_text("\n".join([*(line for line in lines if not line.startswith(name)), wrong]), encoding="utf-8")
    with pytest.raises(DataError, match=told):
        read_plan(file)


def test_what_a_stage_reads_is_what_its_own_queries_name() -> None:
    assert {"tax_base", "assessment", "outside_register"} <= tables_read(("assessment",))
    assert {"document", "document_link", "decision", "wage_report", "resident"} <= tables_read(("consolidation",))
    assert not {"release", "approval", "delivery", "difference_report"} & tables_read(
        ("matching", "consolidation", "assessment")
    )
