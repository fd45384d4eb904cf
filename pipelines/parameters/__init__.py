"""The numbers of the law, dated and cited, and the ordinance's values that go with them."""

from pipelines.parameters.load import load_parameters, parameters
from pipelines.parameters.municipality import CityProfile, Municipality, from_profile
from pipelines.parameters.parameter_set import ParameterSet, Source, Table

__all__ = [
    "CityProfile",
    "Municipality",
    "ParameterSet",
    "Source",
    "Table",
    "from_profile",
    "load_parameters",
    "parameters",
]
