"""The stages by name, in the order of the business, as the scheduler and the command line run them."""

from datetime import date
from importlib import import_module

from pipelines.city import CityHome, load_city
from pipelines.errors import DataError
from pipelines.exchange.decisions import take_decisions
from pipelines.ledger import RunIdentity, StageContext, StageReport
from pipelines.vault import KeyRing

TAKE_IN = ("intake", "decisions", "quarantine")
DECIDE = ("withholding", "matching", "consolidation", "assessment")


def stage_context(city_code: str, fiscal_year: int, as_of: date, identity: RunIdentity | None = None) -> StageContext:
    """The context of a run: the city's profile and folders, the key ring, what may be known."""
    home = CityHome(city_code)
    home.make()
    return StageContext(load_city(city_code), home, KeyRing.open(), fiscal_year, as_of, identity or RunIdentity())


def run_stage(stage: str, ctx: StageContext) -> StageReport:
    """Run one stage; the same again adds nothing."""
    if stage == "decisions":
        return take_decisions(ctx)
    if stage == "quarantine":
        settled: StageReport = import_module("pipelines.intake").settle(ctx)
        return settled
    report: StageReport = import_module(f"pipelines.{stage}").run(ctx)
    return report


def raise_problems(reports: list[StageReport]) -> None:
    """Raise DataError when a person must look at something; everything else has been done by now."""
    problems = [problem for report in reports for problem in report.problems]
    if problems:
        raise DataError(
            f"人の判断が必要なものが {len(problems)} 件あります",
            found="\n  ".join(["", *map(str, problems)]),
            action="それぞれの対処のとおりに直して、もう一度実行してください。ほかの処理は済んでいます",
        )
