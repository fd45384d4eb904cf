"""Great Expectations validates the same suite over a narrow frame; its results hold counts, never values."""

import os
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from pipelines.intake.suite import Rule, Suite

if TYPE_CHECKING:
    import pandas as pd
    from great_expectations.core.batch_definition import BatchDefinition
    from great_expectations.expectations.expectation import Expectation

# First which rules are broken at all; then how often, and only of these: most lots break few rules, and a count costs twice as much.
BROKEN_OR_NOT = {"result_format": "BOOLEAN_ONLY"}
# Counts only: a list of unexpected values would be a list of personal data.
WITHOUT_VALUES = {"result_format": "BASIC", "partial_unexpected_count": 0}


def broken_counts(suite: Suite, frame: "pd.DataFrame") -> dict[str, int]:
    """For each rule the number of records that break it, as Great Expectations counts them."""
    results = zip(suite.rules, _validate(suite.rules, frame, BROKEN_OR_NOT), strict=True)
    broken = [rule for rule, result in results if not result.success]
    counts = dict.fromkeys((rule.id for rule in suite.rules), 0)
    if broken:
        for rule, result in zip(broken, _validate(broken, frame, WITHOUT_VALUES), strict=True):
            counts[rule.id] = int(result.result["unexpected_count"])
    return counts


def broken_records(suite: Suite, frame: "pd.DataFrame") -> dict[str, set[int]]:
    """For each rule the `record_no` of the records that break it. For proving agreement; needs `record_no`."""
    wanted = {"result_format": "COMPLETE", "unexpected_index_column_names": ["record_no"]}
    results = _validate(suite.rules, frame, wanted)
    return {
        rule.id: {int(row["record_no"]) for row in result.result.get("unexpected_index_list") or []}
        for rule, result in zip(suite.rules, results, strict=True)
    }


def frame_columns(suite: Suite) -> list[str]:
    """The fact columns that the suite looks at, each once."""
    return list(dict.fromkeys(column for rule in suite.rules for column in rule.columns))


def _validate(rules: Sequence[Rule], frame: "pd.DataFrame", result_format: dict[str, Any]) -> list[Any]:
    """One result a rule, in their order."""
    definition = _landing()
    from great_expectations import ExpectationSuite

    expectations = [_settled(rule.expectation)(**rule.kwargs) for rule in rules]
    suite = ExpectationSuite(name="rules", expectations=expectations)
    validated = definition.get_batch({"dataframe": frame}).validate(suite, result_format=result_format)
    # The engine would keep the frame until the next one comes.
    kept = definition.data_asset.datasource.get_execution_engine().batch_manager
    kept.reset_batch_cache()
    kept.batch_data_cache.clear()
    return [_result_of(validated.results, rule) for rule in rules]


@cache
def _landing() -> "BatchDefinition":
    """The one batch definition of this process; each batch brings its own frame."""
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    asset = context.data_sources.add_pandas("landing").add_dataframe_asset("record")
    return asset.add_batch_definition_whole_dataframe("file")


@cache
def _settled(expectation: str) -> "type[Expectation]":
    """The expectation of Great Expectations, under the name `settled_…`, that works its configuration out once.

    As it is, it does so some ninety times a validation, which is a quarter of the time that a small lot takes.
    """
    import great_expectations as gx
    from great_expectations.compatibility import pydantic

    name = "".join(part.capitalize() for part in expectation.split("_"))
    plain = getattr(gx.expectations, name)

    def configuration(self: Any) -> Any:
        if self._configuration is None:
            self._configuration = plain.configuration.fget(self)
        return self._configuration

    members = {"_configuration": pydantic.PrivateAttr(None), "configuration": property(configuration)}
    return type(f"Settled{name}", (plain,), {"__module__": __name__, **members})


def _result_of(results: list[Any], rule: Rule) -> Any:
    for result in results:
        config = result.expectation_config
        same_kwargs = all(config.kwargs.get(name) == value for name, value in rule.kwargs.items())
        if config.type == f"settled_{rule.expectation}" and same_kwargs:
            if result.exception_info.get("raised_exception"):
                raise RuntimeError(f"Great Expectations could not evaluate {rule.expectation}")
            return result
    raise RuntimeError(f"Great Expectations gave no result for {rule.expectation}")
