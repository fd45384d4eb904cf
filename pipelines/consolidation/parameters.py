"""What consolidation needs of the law: to read a wage report's items back into premiums, which donations count, and the ages and
incomes of relatives, which it has from the files of the assessment."""

from collections.abc import Sequence
from datetime import date
from hashlib import sha256

from pipelines.exchange.canonical import canonical_json
from pipelines.ledger import LedgerSession
from pipelines.parameters.load import of_year, parameters
from pipelines.parameters.parameter_set import Number, ParameterSet, Source, Table
from pipelines.paths import SCHEMAS

FOLDER = SCHEMAS / "consolidation" / "parameters"
OF_THE_ASSESSMENT = (
    "dependant_age",
    "elderly_age",
    "relative_total_income_limit_yen",
    "specific_dependant_age",
    "specific_dependant_end_age",
    "specific_relative_special_deduction",
    "spouse_special_deduction",
)


def load(fiscal_year: int, as_of: date = date.max) -> ParameterSet:
    """The values of a fiscal year, as known on `as_of`. Raises ConfigurationError when a file is wrong or lacks the fiscal year."""
    values: dict[str, Number | Table] = {}
    sources: dict[str, Source] = {}
    of_the_assessment = {name: parameters()[name] for name in OF_THE_ASSESSMENT}
    for name, parameter in (parameters(FOLDER) | of_the_assessment).items():
        values[name], sources[name] = of_year(name, parameter, fiscal_year, as_of=as_of)
    return ParameterSet(fiscal_year=fiscal_year, values=values, sources=sources)


def digest(values: ParameterSet, document_priority: Sequence[str]) -> str:
    """SHA-256 (hex) of the values and of the city's document priority: what a run was pinned to."""
    return sha256(canonical_json([values.digest, *document_priority])).hexdigest()


def install(session: LedgerSession, fiscal_year: int) -> ParameterSet:
    """Make the macros of the fiscal year's values, as the pin may know them, on the session's connection; the values."""
    assert session.pinned is not None, "pin the session first"
    values = load(fiscal_year, session.pinned.as_of)
    for statement in values.macros_sql():
        session.con.execute(statement)
    return values
