"""Read every parameter file, pick the fiscal year and the municipality's kind, and join the ordinance's values."""

from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path

from pipelines.errors import ConfigurationError
from pipelines.parameters.model import Known, Parameter, Plain, Scalar, in_unit
from pipelines.parameters.municipality import CityProfile, Municipality, from_profile
from pipelines.parameters.parameter_set import Number, ParameterSet, Source, Table
from pipelines.parameters.strict import read_yaml, validate
from pipelines.paths import SCHEMAS

FOLDER = SCHEMAS / "assessment" / "parameters"
# the ordinance's value, and the parameter of the law that stands in for it
_ORDINANCE = {
    "city_income_levy_rate": "standard_city_income_levy_rate",
    "prefecture_income_levy_rate": "standard_prefecture_income_levy_rate",
    "city_per_capita_yen": "standard_city_per_capita_yen",
    "prefecture_per_capita_yen": "standard_prefecture_per_capita_yen",
    "exemption_base_yen": "standard_exemption_base_yen",
    "exemption_addition_yen": "standard_exemption_addition_yen",
    "exemption_fixed_yen": "standard_exemption_fixed_yen",
    "ordinary_split_unit_yen": "standard_ordinary_split_unit_yen",
    "ordinary_instalment_count": "standard_ordinary_instalment_count",
    "ordinary_first_half_count": "standard_ordinary_first_half_count",
    "non_employment_by_employment": "standard_non_employment_by_employment",
    "ordinary_decrease_evenly": "standard_ordinary_decrease_evenly",
}
_BY_GRADE = {"exemption_base_yen", "exemption_addition_yen"}
# For parameters that are the same everywhere.
NO_VARIANT = Municipality()
_ORDINANCE_JA = "市区町村の条例"


@cache
def parameters(folder: Path = FOLDER) -> dict[str, Parameter]:
    """Every parameter file under the folder, by name; `ConfigurationError` names file, key and the nearest one."""
    found: dict[str, Parameter] = {}
    for path in sorted(folder.rglob("*.yaml")):
        if path.stem in found:
            raise ConfigurationError(
                "同じ名前のパラメータが二つあります。", file=path.name, action="片方を消してください。"
            )
        found[path.stem] = validate(Parameter, read_yaml(path), file=path.name, error=ConfigurationError)
    return found


def load_parameters(
    fiscal_year: int, city: CityProfile | Municipality, *, folder: Path = FOLDER, as_of: date = date.max
) -> ParameterSet:
    """The parameter set of a fiscal year (2025 = 令和7年度) for a city's profile or an inline municipality, as of a day.

    A value that was put right later than `as_of` is still the wrong one.

    Raises `ConfigurationError` when a file is wrong or lacks the fiscal year.
    """
    here = city if isinstance(city, Municipality) else from_profile(city)
    values: dict[str, Number | Table] = {}
    sources: dict[str, Source] = {}
    for name, parameter in parameters(folder).items():
        values[name], sources[name] = of_year(name, parameter, fiscal_year, here, as_of=as_of)
    _join_ordinance(values, sources, here)
    return ParameterSet(fiscal_year=fiscal_year, values=values, sources=sources)


def of_year(
    name: str, parameter: Parameter, fiscal_year: int, here: Municipality = NO_VARIANT, *, as_of: date
) -> tuple[Number | Table, Source]:
    """A parameter's value for the fiscal year as it was known on `as_of`, and where it comes from.

    Raises `ConfigurationError` when its file lacks the fiscal year.
    """
    value = parameter.values.get(fiscal_year)
    if value is None:
        raise ConfigurationError(
            "この年度の値がありません。",
            file=f"{name}.yaml",
            item=f"values.{fiscal_year}",
            expected="、".join(f"{year}年度" for year in sorted(parameter.values)),
            action="年度を確かめるか、値を加えてください（二人で確認）。",
        )
    known = value.known(as_of)
    source = Source(parameter.description, parameter.article, parameter.unit, known.known_on, value.expected)
    return given(parameter, known, here), source


def given(parameter: Parameter, value: Known, here: Municipality = NO_VARIANT) -> Number | Table:
    """The value in its unit, or the table; of a value with variants, the municipality's."""
    if value.rows is not None:
        return Table(rows=value.rows, arguments=len(parameter.argument), rounding=parameter.rounding)
    if value.value is None:  # the model has made sure of one of the two
        raise AssertionError(parameter.description)
    return in_unit(parameter.unit, _variant(value.value, here))


def _variant(value: Plain, here: Municipality) -> Scalar:
    if not isinstance(value, dict):
        return value
    if "designated" in value:
        return value["designated" if here.designated_city else "ordinary"]
    return value[f"grade_{here.exemption_grade}"]


def _join_ordinance(values: dict[str, Number | Table], sources: dict[str, Source], here: Municipality) -> None:
    grade = values["exemption_grade_rate"]
    for name, standard in _ORDINANCE.items():
        given: Number | None = getattr(here, name)
        if given is not None:
            source = sources[standard]
            values[name] = int(given) if isinstance(given, bool) else given
            sources[name] = Source(_ordinance_name(source.description), _ORDINANCE_JA, source.unit, None, False)
            continue
        fallback = values[standard]
        if name in _BY_GRADE and isinstance(fallback, int) and isinstance(grade, Fraction):
            scaled = fallback * grade
            fallback = scaled.numerator // scaled.denominator
        values[name] = fallback
        sources[name] = sources[standard]


def _ordinance_name(description: str) -> str:
    return description.split("（")[0].replace("標準税率", "税率")
