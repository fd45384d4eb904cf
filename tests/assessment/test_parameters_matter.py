"""Each parameter of the law, changed by one, moves somebody's figures: none is decoration, none is unread."""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from fractions import Fraction

import pytest
from pool import SETTINGS, Pool, city_parameters

from pipelines.assessment.chain import CHAINS
from pipelines.assessment.step import steps
from pipelines.parameters import Municipality, ParameterSet, Table, load_parameters
from pipelines.parameters.model import Row

# What an ordinance gives stands in for the law's standard, whose way there is tested in test_parameters.py.
# What only late charges, refunds and retirement pay read is tested in test_kinds.py.
READ = {name for chain in CHAINS for step in steps(chain) for name in step.parameters}
NAMES = sorted(name for name in load_parameters(2026, Municipality()).values if name in READ)
POOL = Pool()


Change = Callable[[int], int]
# A yen more moves an amount; a limit, or what is cut to a thousand afterwards, must move further before anybody notices.
BY_ONE: Change = lambda value: value + 1  # noqa: E731
BY_A_TENTH_MORE: Change = lambda value: value * 11 // 10  # noqa: E731
BY_A_TENTH_LESS: Change = lambda value: value * 9 // 10  # noqa: E731
CHANGES = (BY_ONE, BY_A_TENTH_MORE, BY_A_TENTH_LESS)


def results_changed(rows: tuple[Row, ...], change: Change) -> tuple[Row, ...]:
    """Every result of the table changed."""

    def changed(row: Row) -> dict[str, object]:
        if row.rows is not None:
            return {"rows": results_changed(row.rows, change)}
        if row.value is not None:
            return {"value": change(row.value)}
        return {"offset_yen": (row.offset_yen or 0) + change(0) + change(1_000) - 1_000}

    return tuple(row.model_copy(update=changed(row)) for row in rows)


def bounds_changed(rows: tuple[Row, ...], change: Change) -> tuple[Row, ...]:
    """Every bound of a row changed."""
    return tuple(
        row.model_copy(
            update={
                "below": None if row.below is None else change(row.below),
                "up_to": None if row.up_to is None else change(row.up_to),
                "rows": None if row.rows is None else bounds_changed(row.rows, change),
            }
        )
        for row in rows
    )


def parts_of(parameters: ParameterSet, name: str) -> list[str]:
    """What can be changed: a value; of a table its results and its bounds."""
    value = parameters.values[name]
    if not isinstance(value, Table):
        return ["値"]
    return ["値", "境"] if len(value.rows) > 1 else ["値"]


def changed(parameters: ParameterSet, name: str, part: str, change: Change) -> ParameterSet:
    """The parameters with one part of one of them changed."""
    value = parameters.values[name]
    if isinstance(value, Table):
        move = bounds_changed if part == "境" else results_changed
        return parameters.with_value(name, replace(value, rows=move(value.rows, change)))
    if isinstance(value, Fraction):
        return parameters.with_value(name, value * Fraction(11, 10))
    if parameters.sources[name].unit in ("rounding", "choice"):
        return parameters.with_value(name, 1 - value)
    return parameters.with_value(name, change(value))


def moves_somebody(name: str, part: str) -> bool:
    """Whether some change of the part moves some figure of the pool under some setting."""
    for setting in SETTINGS:
        for change in CHANGES:
            parameters = city_parameters(*setting)
            if part not in parts_of(parameters, name):
                continue
            other = changed(parameters, name, part, change)
            if POOL.moves(setting, parameters=other):
                return True
    return False


def unmoved(name: str) -> list[str]:
    """The parts of the parameter that can be changed without moving anybody."""
    parts = {part for setting in SETTINGS for part in parts_of(city_parameters(*setting), name)}
    return [f"{name}: {part}" for part in sorted(parts) if not moves_somebody(name, part)]


def unmoved_of(names: list[str]) -> list[str]:
    return [problem for name in names for problem in unmoved(name)]


@pytest.mark.exhaustive
def test_each_parameter_moves_somebody() -> None:
    with ProcessPoolExecutor(2) as pool:
        halves = [pool.submit(unmoved_of, NAMES[half::2]) for half in (0, 1)]
        problems = [problem for half in halves for problem in half.result()]
    assert problems == []
