"""The same stages without Airflow: take in, decide, prepare, and let out what two decision files approve."""

import os
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from pipelines.errors import OperatorError
from pipelines.ledger import StageReport
from pipelines.run.cuts import cut_named
from pipelines.run.difference_report import enter_monthly
from pipelines.run.preparation import prepare
from pipelines.run.releases import emit
from pipelines.run.stages import DECIDE, TAKE_IN, run_stage, stage_context


@dataclass
class Outcome:
    """What a run of the whole did."""

    reports: list[StageReport] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    @property
    def problems(self) -> list[OperatorError]:
        """What a person must look at."""
        return [problem for report in self.reports for problem in report.problems]

    def rows(self) -> list[list[str]]:
        """One row a stage, for a table."""
        return [
            [
                report.stage,
                "新しいものなし" if report.commit_no is None else str(report.commit_no),
                "、".join(f"{name} {count:,}" for name, count in report.counts.items()),
            ]
            for report in self.reports
        ]

    def as_dict(self) -> dict[str, Any]:
        """For `--json`."""
        return {
            "stages": [
                {"stage": report.stage, "commit_no": report.commit_no, "counts": report.counts}
                for report in self.reports
            ],
            "lines": self.lines,
            "problems": [problem.as_dict() for problem in self.problems],
        }


def run_season(city: str, fiscal_year: int, as_of: date, *, cut: str = "all", data: Path | None = None) -> Outcome:
    """Run every stage as of a day. What waits for approval is told; nothing leaves without two decision files."""
    if data is not None:
        os.environ["JUMINZEI_DATA"] = str(data.resolve())
    ctx = stage_context(city, fiscal_year, as_of)
    outcome = Outcome([run_stage(stage, ctx) for stage in (*TAKE_IN, *DECIDE)])
    entered = enter_monthly(ctx) if cut_named(cut).tells_assessments else None
    if entered is not None:
        total = entered.report.total()
        outcome.lines = [line for report in outcome.reports for line in report.lines]
        outcome.lines.append(
            f"差額表の決裁待ち: 差額表番号 {entered.report_no}、{total.count:,} 件、増額 {total.increase_yen:,} 円、減額 {total.decrease_yen:,} 円"
            f"（`juminzei differences html {entered.report_no}` で確認し、違う職員2人が `juminzei differences approve {entered.report_no}`。"
            "その後にもう一度実行すると、通知と異動分を準備します）"
        )
        return outcome
    preparation = prepare(ctx, cut)
    released = emit(ctx)
    outcome.reports.append(released)
    outcome.lines = [line for report in outcome.reports for line in report.lines]
    outcome.lines += [f"人の対応が必要: {line}" for line in preparation.review]
    if released.counts["emitted"] < len(preparation.waiting):
        numbers = "、".join(str(summary.release_no) for summary in preparation.waiting)
        outcome.lines.append(
            f"決裁待ち: 発送番号 {numbers}（`juminzei release show 番号` で確認し、違う職員2人が `juminzei release approve 番号` ）"
        )
    return outcome
