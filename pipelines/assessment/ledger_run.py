"""Assess every tax base of a fiscal year in the ledger, and keep a version where the figures are new."""

from datetime import date
from typing import TYPE_CHECKING

from pipelines.assessment.chain import compute, install
from pipelines.assessment.decision_day import install_decision_day
from pipelines.assessment.figures import IDENTITY, KEPT
from pipelines.assessment.limits import limited, limits_may_have_passed, new_refusals_sql
from pipelines.assessment.step import source, statement
from pipelines.assessment.trial import keep_trials
from pipelines.ledger import LedgerSession, StageReport
from pipelines.parameters import ParameterSet, load_parameters
from pipelines.parameters.kept import keep_values

if TYPE_CHECKING:
    from pipelines.city import City

STAGE = "assessment"


def assess(session: LedgerSession, city: "City", fiscal_year: int, as_of: date) -> StageReport:
    """Assess the fiscal year as known on `as_of`, in one statement and one transaction; the same again appends nothing.

    Raises ConfigurationError when a parameter or the city's ordinance is not known for the fiscal year or on `as_of`.
    """
    parameters = parameters_for(city, fiscal_year, as_of)
    pin = session.pin(fiscal_year, as_of)
    select = new_versions_sql(session, city, parameters, decided_on=as_of, pinned_commit_no=pin.commit_no_max)
    refusals: list[str] = []
    if late := limits_may_have_passed(session.con, as_of):
        select, refusals = limited(session.con, select)
    with (
        session.transaction(stage=STAGE, known_on=as_of, parameter_digest=parameters.digest) as transaction,
        session.register.step("assess") as step,
    ):
        appended = transaction.append("assessment", select)
        if appended:
            transaction.append("levy_change", statement("version", "levy_change"), [transaction.commit_no])
        refused = transaction.append("levy_refusal", new_refusals_sql(decided_on=as_of)) if late else 0
        houses = transaction.append("house_levy", _new_house_levies_sql(parameters, decided_on=as_of))
        keep_values(transaction, parameters)
        counts = _counts(session, transaction.commit_no)
        step.rows_out, step.amount_yen = appended, counts["annual_tax_yen"]
    lines = [f"家屋敷・事務所等の均等割: {houses} 件（`juminzei register houses`）"] if houses else []
    commit_no = transaction.commit_no if appended or houses or refused else None
    return StageReport(STAGE, commit_no, counts, lines + refusals)


def parameters_for(city: "City", fiscal_year: int, as_of: date) -> ParameterSet:
    """The city's parameters of the fiscal year, all known on `as_of`; ConfigurationError otherwise."""
    city.require_fiscal_year(fiscal_year)
    parameters = load_parameters(fiscal_year, city, as_of=as_of)
    parameters.require_known(as_of)
    return parameters


def new_versions_sql(
    session: LedgerSession, city: "City", parameters: ParameterSet, *, decided_on: date, pinned_commit_no: int
) -> str:
    """The SELECT of the rows that `assessment` lacks, without known_on and commit_no. Installs the parameters."""
    columns = (
        *IDENTITY,
        f"DATE '{decided_on.isoformat()}' AS decided_on",
        "tax_base_version",
        f"{pinned_commit_no:d}::BIGINT AS pinned_commit_no",
        f"'{parameters.digest}' AS parameter_digest",
        *KEPT,
    )
    install(session.con, parameters)
    install_decision_day(session.con, city, parameters.fiscal_year)
    keep_trials(session.con, source("tax_base"))
    figures = compute(session.con, source("tax_base"), columns=columns, folded=True)
    last = statement("version", "last_version")
    changed = " OR ".join(f"figures.{name} IS DISTINCT FROM last_version.{name}" for name in KEPT)
    new = statement("version", "new_version")
    return f"WITH figures AS ({figures}), last_version AS ({last})\n{new}\nWHERE {changed}"


def _new_house_levies_sql(parameters: ParameterSet, *, decided_on: date) -> str:
    """The SELECT of the rows that `house_levy` lacks. The parameters are installed."""
    return (
        f"SELECT *, DATE '{decided_on.isoformat()}' AS decided_on, '{parameters.digest}' AS parameter_digest "
        f"FROM ({statement('house', 'new_house_levy')})"
    )


def _counts(session: LedgerSession, commit_no: int) -> dict[str, int]:
    row = session.con.execute(
        "SELECT count_if(reason = 'initial'), count_if(reason = 'correction'), "
        "coalesce(sum(annual_tax_yen), 0)::BIGINT FROM ledger.assessment WHERE commit_no = ?",
        [commit_no],
    ).fetchone()
    names = ("initial", "corrections", "annual_tax_yen")
    return dict(zip(names, (int(value or 0) for value in row or (0, 0, 0)), strict=True))
