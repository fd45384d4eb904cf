"""What officers' decisions of 減免 take off the assessments in the ledger (地方税法45条・323条, 森林環境税法11条), kept by version."""

from datetime import date
from typing import TYPE_CHECKING

from pipelines.assessment.chain import install
from pipelines.assessment.ledger_run import STAGE, parameters_for
from pipelines.assessment.step import statement
from pipelines.calendar import FiscalYear, due_dates
from pipelines.ledger import LedgerSession, StageReport

if TYPE_CHECKING:
    from pipelines.city import City

# Each SELECT reads the ones before by name; the last gives the rows that `levy_reduction` lacks.
_BEFORE = ("010_levied_instalment", "020_governed_instalment", "030_reduced_levy", "040_reduced_instalment")


def reduce_levies(session: LedgerSession, city: "City", fiscal_year: int, as_of: date) -> StageReport:
    """Reduce the assessments known on `as_of` by the decisions that stand, in one transaction; the same again appends nothing.

    Raises ConfigurationError when a parameter or the city's ordinance is not known for the fiscal year or on `as_of`.
    """
    parameters = parameters_for(city, fiscal_year, as_of)
    session.pin(fiscal_year, as_of)
    install(session.con, parameters)
    days = due_dates(city, FiscalYear(fiscal_year), "ordinary")
    before = ", ".join(f"{name[4:]} AS ({statement('reduction', name)})" for name in _BEFORE)
    new = statement("reduction", "050_new_levy_reduction").removeprefix("WITH ")
    select = f"WITH {before}, {new}"
    with (
        session.transaction(stage=STAGE, known_on=as_of, parameter_digest=parameters.digest) as transaction,
        session.register.step("reduce") as step,
    ):
        rows = f"SELECT *, DATE '{as_of.isoformat()}' AS decided_on FROM ({select})"
        step.rows_out = appended = transaction.append("levy_reduction", rows, [days])
    lines = [f"減免税額: {appended} 件（`juminzei register reductions`）"] if appended else []
    return StageReport(STAGE, transaction.commit_no if appended else None, {"reductions": appended}, lines)
