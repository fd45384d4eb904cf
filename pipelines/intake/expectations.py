"""Great Expectations validates the same suite over a narrow frame; its results hold counts, never values."""

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pipelines.intake.suite import Rule, Suite

if TYPE_CHECKING:
    import pandas as pd

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
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    asset = context.data_sources.add_pandas("landing").add_dataframe_asset("record")
    batch = asset.add_batch_definition_whole_dataframe("file").get_batch({"dataframe": frame})
    expectations = gx.ExpectationSuite(
        name="rules",
        expectations=[getattr(gx.expectations, _class_name(rule.expectation))(**rule.kwargs) for rule in rules],
    )
    validated = batch.validate(expectations, result_format=result_format)
    return [_result_of(validated.results, rule.expectation, rule.kwargs) for rule in rules]


def _result_of(results: list[Any], expectation: str, kwargs: dict[str, Any]) -> Any:
    for result in results:
        config = result.expectation_config
        if config.type == expectation and all(config.kwargs.get(name) == value for name, value in kwargs.items()):
            if result.exception_info.get("raised_exception"):
                raise RuntimeError(f"Great Expectations could not evaluate {expectation}")
            return result
    raise RuntimeError(f"Great Expectations gave no result for {expectation}")


def _class_name(expectation: str) -> str:
    return "".join(part.capitalize() for part in expectation.split("_"))
