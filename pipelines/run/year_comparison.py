"""前年比較: everybody's newest assessment beside last year's, before anything is approved, and whom a person should look at."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from pipelines.errors import ConfigurationError
from pipelines.ledger import LedgerSession, StageContext, StageReport, open_snapshot
from pipelines.ledger.sql_file import keep_rows
from pipelines.parameters.strict import read_yaml, validate
from pipelines.paths import SCHEMAS
from pipelines.run.officer import everything_known
from pipelines.run.private_file import write_csv

THRESHOLDS = SCHEMAS / "run" / "year_comparison.yaml"
REASONS = {"new": "今年から", "gone": "今年なし", "increased": "大きく増えた", "decreased": "大きく減った"}
SHOWN = ("合計所得金額", "所得控除の計", "年税額")
FETCHED_MAX = 10_000
Yen = Annotated[int, Field(ge=0, strict=True)]


class Thresholds(BaseModel):
    """When a person should look: see the file's comments. Amounts in yen."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    ratio: Annotated[int, Field(ge=2, strict=True)]
    change_from_yen: Yen
    new_from_yen: Yen
    gone_from_yen: Yen


@dataclass(frozen=True)
class Comparison:
    """`people` compared; `last_year`: whether the ledger has the year before; rows for people to read, in yen."""

    people: int
    last_year: bool
    totals: list[dict[str, Any]]
    exceptions: list[dict[str, Any]]


def thresholds(path: Path = THRESHOLDS) -> Thresholds:
    """The thresholds of the file. Raises ConfigurationError when one is missing or wrong."""
    return validate(Thresholds, read_yaml(path), file=path.name, error=ConfigurationError)


def compare_years(city: str, fiscal_year: int, csv: Path | None = None) -> Comparison:
    """Compare all that the snapshot knows; with `csv`, write everybody there. Raises DataError when that file exists."""
    with everything_known(city, fiscal_year) as session:
        found = compare(session, fiscal_year)
        if csv is not None:
            write_csv(csv, _everybody(session))
        return found


def compare(session: LedgerSession, fiscal_year: int) -> Comparison:
    """Compare what the session has pinned; everybody stays in the TEMP table `year_comparison`."""
    people = keep_rows(session, "run", "year_comparison", fiscal_year=fiscal_year, **thresholds().model_dump())
    earlier = session.con.execute("SELECT count(earlier) FROM year_comparison").fetchone()
    last_year = earlier is not None and earlier[0] > 0
    return Comparison(people, last_year, _totals(session), list(_exceptions(session)) if last_year else [])


def report(ctx: StageContext) -> StageReport:
    """The same of what was known on the run's day, for the scheduler's log: totals, and how many exceptions of each kind."""
    with open_snapshot(ctx.home, ctx.keyring) as session:
        session.pin(ctx.fiscal_year, ctx.as_of)
        found = compare(session, ctx.fiscal_year)
    if not found.last_year:
        return StageReport(
            "year_comparison", None, {"people": found.people, "exceptions": 0}, [no_last_year(ctx.fiscal_year)]
        )
    lines = [f"{row['項目']}: {row['前年']:,} → {row['今年']:,}（{row['差']:+,}）" for row in found.totals]
    for reason in REASONS.values():
        lines.append(f"例外 {reason}: {sum(row['理由'] == reason for row in found.exceptions):,} 人")
    return StageReport("year_comparison", None, {"people": found.people, "exceptions": len(found.exceptions)}, lines)


def no_last_year(fiscal_year: int) -> str:
    """What is said when there is nothing to compare with."""
    return f"台帳に前年（{fiscal_year - 1}年度）の賦課がないため、比べられません"


def _totals(session: LedgerSession) -> list[dict[str, Any]]:
    sums = []
    for side in ("earlier", "later"):
        people = f"SELECT unnest({side}) FROM year_comparison WHERE {side} IS NOT NULL"
        names = [column[0] for column in session.con.execute(people + " LIMIT 0").description or ()]
        row = session.con.execute(f"SELECT count(*), sum(COLUMNS(*)) FROM ({people})").fetchone() or ()
        sums.append(dict(zip(("人数", *names), (int(value or 0) for value in row), strict=True)))
    earlier, later = sums
    return [
        {"項目": name, "前年": earlier[name], "今年": later[name], "差": later[name] - earlier[name]}
        for name in earlier
    ]


def _exceptions(session: LedgerSession) -> Iterator[dict[str, Any]]:
    for taxpayer_no, exception, earlier, later in _rows(session, "WHERE exception IS NOT NULL"):
        yield {"宛名番号": taxpayer_no, "理由": REASONS[exception]} | {
            f"{name}（{year}）": (figures or {}).get(name, 0)
            for name in SHOWN
            for year, figures in (("前年", earlier), ("今年", later))
        }


def _everybody(session: LedgerSession) -> Iterator[dict[str, Any]]:
    for taxpayer_no, exception, earlier, later in _rows(session, ""):
        yield {"宛名番号": taxpayer_no, "例外": REASONS.get(exception, "")} | {
            f"{name}（{year}）": "" if figures is None else figures[name]
            for name in (earlier or later)
            for year, figures in (("前年", earlier), ("今年", later))
        }


def _rows(session: LedgerSession, where: str) -> Iterator[tuple[Any, ...]]:
    select = f"SELECT taxpayer_no, exception, earlier, later FROM year_comparison {where} ORDER BY taxpayer_no"
    cursor = session.con.execute(select)
    while batch := cursor.fetchmany(FETCHED_MAX):
        yield from batch
