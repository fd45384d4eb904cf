"""The parameters of the queue's match weights (schemas/matching/candidate_weights.yaml) as Splink's settings."""

from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from pipelines.errors import ConfigurationError
from pipelines.parameters.strict import read_yaml
from pipelines.paths import SCHEMAS

FILE = SCHEMAS / "matching" / "candidate_weights.yaml"
MILLION = 1_000_000
# As sql/matching/review_candidate.sql tells how an item agrees.
AGREEMENTS = {"written": 3, "spelled": 2, "earlier": 1, "differs": 0}
# Whose frequency in the register is counted (sql/matching/term_share.sql).
COUNTED = ("name", "kana", "born", "address")
# What is known of another time is not what the register's frequencies are about.
_BY_RARITY = ("written", "spelled")

Item = Literal["number", "name", "kana", "born", "address", "receiver"]
Agreement = Literal["written", "spelled", "earlier", "differs"]


class Level(BaseModel):
    """Of a million documents: how many have the item so with their true person (m), with somebody else (u)."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    m: int
    u: int


class Comparison(BaseModel):
    """One item's levels, from the best to the worst; how much of u the register's frequencies replace."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    rarity_percent: int
    levels: dict[Agreement, Level]


class CandidateWeights(BaseModel):
    """The whole file."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    title: str
    official: bool
    comparisons: dict[Item, Comparison]


@cache
def candidate_weights(path: Path = FILE) -> CandidateWeights:
    """The parameters. Raises ConfigurationError where an item's m or u are no shares of a million, or its levels are out of order."""
    weights = CandidateWeights.model_validate(read_yaml(path))
    for item, comparison in weights.comparisons.items():
        if not _sound(item, comparison):
            sums = [sum(getattr(level, name) for level in comparison.levels.values()) for name in ("m", "u")]
            raise ConfigurationError(
                "突合保留の候補の重みが正しくありません",
                file=path.name,
                item=item,
                found=f"m の計 {sums[0]}、u の計 {sums[1]}",
                expected="written・spelled・earlier・differs の順で、m も u も1以上、計はそれぞれ 1000000。"
                "rarity_percent は name・kana・born・address が 1〜100、ほかは 0",
                action="その項目を直してください",
            )
    return weights


def _sound(item: str, comparison: Comparison) -> bool:
    levels = comparison.levels.values()
    order = [AGREEMENTS[agreement] for agreement in comparison.levels]
    return (
        sum(level.m for level in levels) == sum(level.u for level in levels) == MILLION
        and all(min(level.m, level.u) >= 1 for level in levels)
        and order == sorted(order, reverse=True)
        and order[-1] == 0
        and comparison.rarity_percent in (range(1, 101) if item in COUNTED else (0,))
    )


def splink_settings(weights: CandidateWeights, residents: int) -> dict[str, Any]:
    """Splink's settings for one table with a row a pair, whose items are compared already (sql/matching/weighed_pair.sql).

    Before any comparison each of `residents` is as likely as any other.
    """
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "pair",
        "probability_two_random_records_match": 1 / (residents + 1),
        "blocking_rules_to_generate_predictions": [],
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": True,
        "comparisons": [_comparison(item, comparison) for item, comparison in weights.comparisons.items()],
    }


def _comparison(item: str, comparison: Comparison) -> dict[str, Any]:
    unknown = {"sql_condition": f"{item}_is_l IS NULL", "label_for_charts": "unknown", "is_null_level": True}
    levels = [_level(item, name, level, comparison.rarity_percent) for name, level in comparison.levels.items()]
    return {"output_column_name": item, "comparison_levels": [unknown, *levels]}


def _level(item: str, agreement: str, level: Level, rarity_percent: int) -> dict[str, Any]:
    said: dict[str, Any] = {
        "sql_condition": "ELSE" if agreement == "differs" else f"{item}_is_l = {AGREEMENTS[agreement]}",
        "label_for_charts": agreement,
        "m_probability": level.m / MILLION,
        "u_probability": level.u / MILLION,
    }
    if rarity_percent and agreement in _BY_RARITY:
        said |= {
            "tf_adjustment_column": item,
            "tf_adjustment_weight": rarity_percent / 100,
            "disable_tf_exact_match_detection": True,
        }
    return said
