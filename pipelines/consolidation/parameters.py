"""The amounts of the income tax law that consolidation needs to read a wage report's items back into premiums."""

from pipelines.errors import ConfigurationError
from pipelines.parameters.load import parameters
from pipelines.parameters.parameter_set import ParameterSet, Source, Table
from pipelines.paths import SCHEMAS

FOLDER = SCHEMAS / "consolidation" / "parameters"


def load(fiscal_year: int) -> ParameterSet:
    """The tables of a fiscal year. Raises ConfigurationError when a file is wrong or lacks the fiscal year."""
    tables: dict[str, int | Table] = {}
    sources: dict[str, Source] = {}
    for name, parameter in parameters(FOLDER).items():
        value = parameter.values.get(fiscal_year)
        if value is None or value.rows is None:
            raise ConfigurationError(
                "この年度の値がありません",
                file=f"{name}.yaml",
                item=f"values.{fiscal_year}",
                expected="、".join(f"{year}年度" for year in sorted(parameter.values)),
                action="年度を確かめるか、値を加えてください（二人で確認）",
            )
        tables[name] = Table(rows=value.rows, arguments=len(parameter.argument), rounding=parameter.rounding)
        sources[name] = Source(parameter.description, parameter.article, parameter.unit, value.known_on, value.expected)
    return ParameterSet(fiscal_year=fiscal_year, values=tables, sources=sources)
