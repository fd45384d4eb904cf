"""What an Airflow task does, as plain functions: they take and give plain values, and import the stages when they run."""

from datetime import date
from typing import Any


def _context(city: str, fiscal_year: int, as_of: str, identity: dict[str, Any]) -> Any:
    from pipelines.ledger import RunIdentity
    from pipelines.run.stages import stage_context

    return stage_context(city, fiscal_year, date.fromisoformat(as_of), RunIdentity(**identity))


def run_stages(
    stages: tuple[str, ...], city: str, fiscal_year: int, as_of: str, identity: dict[str, Any]
) -> dict[str, Any]:
    """Run stages one after another; their counts. Problems that need a person fail the task after all work is done."""
    from pipelines.run.stages import raise_problems, run_stage

    ctx = _context(city, fiscal_year, as_of, identity)
    reports = [run_stage(stage, ctx) for stage in stages]
    for report in reports:
        for line in report.lines:
            print(line)
    raise_problems(reports)
    return {report.stage: report.counts | {"commit_no": report.commit_no} for report in reports}


def take_in_arrivals(city: str, fiscal_year: int, as_of: str, identity: dict[str, Any]) -> dict[str, Any]:
    """Take in files and officers' decisions, and carry out what was decided of stopped records; the counts."""
    from pipelines.run.stages import TAKE_IN

    return run_stages(TAKE_IN, city, fiscal_year, as_of, identity)


def prepare_cut(cut: str, city: str, fiscal_year: int, as_of: str, identity: dict[str, Any]) -> dict[str, Any]:
    """Prepare the releases of a cut; what the approvers are asked (`question`) and whether anything waits for them."""
    from pipelines.run.preparation import prepare, question

    preparation = prepare(_context(city, fiscal_year, as_of, identity), cut)
    for line in preparation.review:
        print(line)
    return {
        "question": question(preparation),
        "subjects": [f"{summary.release_no}:{summary.payload_digest}" for summary in preparation.waiting],
        "waiting": len(preparation.waiting),
        "review": len(preparation.review),
    }


def record_answer(
    answer: dict[str, Any],
    subjects: list[str],
    kind: str,
    city: str,
    fiscal_year: int,
    as_of: str,
    identity: dict[str, Any],
) -> dict[str, Any]:
    """Write who answered what to the ledger, bound to the digests that were shown; nothing rests on a task's state.

    `kind` of decision: `release` or `difference`.
    """
    from pipelines.run.releases import record_decisions

    return record_decisions(
        _context(city, fiscal_year, as_of, identity),
        answer,
        subjects,
        "difference" if kind == "difference" else "release",
    )


def emit_approved(
    subjects: list[str], city: str, fiscal_year: int, as_of: str, identity: dict[str, Any]
) -> dict[str, Any]:
    """Let out what two different people approved. Raises DataError when something of what they were asked about was rejected: then the
    run has not done what it was for, and its statutory date still counts.
    """
    from pipelines.run.releases import emit, require_none_rejected

    ctx = _context(city, fiscal_year, as_of, identity)
    report = emit(ctx)
    require_none_rejected(ctx, subjects)
    return report.counts


def publish(city: str, fiscal_year: int, as_of: str, identity: dict[str, Any]) -> dict[str, Any]:
    """Publish the analysts' database."""
    from pipelines.run.stages import run_stage

    return run_stage("analysis", _context(city, fiscal_year, as_of, identity)).counts


def prepare_differences(city: str, fiscal_year: int, as_of: str, identity: dict[str, Any]) -> dict[str, Any]:
    """Enter the difference report of what nobody has approved yet; the `question` to two approvers, and whether any waits."""
    from pipelines.run.difference_question import question
    from pipelines.run.difference_report import enter_monthly

    return question(enter_monthly(_context(city, fiscal_year, as_of, identity)))


def differences_approved(city: str, fiscal_year: int, as_of: str, identity: dict[str, Any]) -> bool:
    """Whether two people have approved all that was decided up to the run's day."""
    from pipelines.run.difference_report import uncovered_count

    return uncovered_count(_context(city, fiscal_year, as_of, identity)) == 0


def run_backfill(backfill_no: int, city: str, fiscal_year: int, as_of: str, identity: dict[str, Any]) -> dict[str, Any]:
    """Run a backfill's plan in a copy of the ledger; the `question` to two approvers of its difference report."""
    from pipelines.ledger import RunIdentity
    from pipelines.run.backfill import backfill_context, run
    from pipelines.run.difference_question import question

    outcome = run(backfill_context(city, RunIdentity(**identity)), backfill_no)
    for line in outcome.lines:
        print(line)
    return question(outcome.entered)


def promote_backfill(
    backfill_no: int, city: str, fiscal_year: int, as_of: str, identity: dict[str, Any]
) -> dict[str, Any]:
    """Append to the ledger what two people approved; the commits that it became."""
    from pipelines.ledger import RunIdentity
    from pipelines.run.backfill import backfill_context, promote

    commits = promote(backfill_context(city, RunIdentity(**identity)), backfill_no)
    return dict(zip(("first_commit_no", "last_commit_no"), commits or (None, None), strict=True))


def show_year_comparison(city: str, fiscal_year: int, as_of: str, identity: dict[str, Any]) -> dict[str, Any]:
    """Print the totals beside last year's, and how many people are exceptions; the people are listed by `juminzei compare-years`."""
    from pipelines.run.year_comparison import report

    found = report(_context(city, fiscal_year, as_of, identity))
    for line in found.lines:
        print(line)
    return found.counts
