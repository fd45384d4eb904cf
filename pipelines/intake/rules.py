"""A suite as SQL: each rule one boolean column, all of them in one scan, which decides the quarantine."""

import json
from collections.abc import Callable
from typing import Any

from pipelines.intake.suite import Rule, Suite

Compile = Callable[[dict[str, Any]], str]


def _between(kwargs: dict[str, Any]) -> str:
    bounds = [
        f"{kwargs['column']} {sign} {kwargs[name]:d}"
        for name, sign in (("min_value", ">="), ("max_value", "<="))
        if name in kwargs
    ]
    return " AND ".join(bounds)


def _in_set(kwargs: dict[str, Any]) -> str:
    return f"{kwargs['column']} IN ({', '.join(json.dumps(value) for value in kwargs['value_set'])})"


def _pair_equal(kwargs: dict[str, Any]) -> str:
    return f"{kwargs['column_A']} = {kwargs['column_B']}"


def _pair_greater(kwargs: dict[str, Any]) -> str:
    return f"{kwargs['column_A']} {'>=' if kwargs.get('or_equal') else '>'} {kwargs['column_B']}"


# As in Great Expectations, a missing value breaks no rule about values.
COMPILERS: dict[str, Compile] = {
    "expect_column_values_to_be_between": _between,
    "expect_column_values_to_be_in_set": _in_set,
    "expect_column_pair_values_to_be_equal": _pair_equal,
    "expect_column_pair_values_a_to_be_greater_than_b": _pair_greater,
}


def condition(rule: Rule) -> str:
    """The SQL condition under which a record keeps `rule`; never NULL."""
    return f"coalesce({COMPILERS[rule.expectation](rule.kwargs)}, true)"


def checked_select(suite: Suite, facts: str) -> str:
    """Every fact, and `keeps_<rule>` for each rule: one scan of the records."""
    keeps = ",\n  ".join(f"{condition(rule)} AS keeps_{rule.id}" for rule in suite.rules)
    return f"WITH fact AS (\n{facts}\n)\nSELECT *,\n  {keeps}\nFROM fact"


def keeps_critical(suite: Suite) -> str:
    """The condition under which a record of `checked` keeps every critical rule."""
    return " AND ".join(f"keeps_{rule.id}" for rule in suite.rules if rule.severity == "critical")


def keeps_critical_or_waived(suite: Suite) -> str:
    """The same, but for rules that an officer has waived: the list column `waived_rules`."""
    return " AND ".join(
        f"(keeps_{rule.id} OR list_contains(waived_rules, '{rule.id}'))"
        for rule in suite.rules
        if rule.severity == "critical"
    )


def exception_select(rule: Rule) -> tuple[str, list[object]]:
    """The rows that break `rule`, with the items concerned and the whole message; no value of any item.

    Reads `checked` and `layout_item`; bound parameters second.
    """
    items = rule.items or "[named.no]"
    named = f"JOIN layout_item AS named ON named.edition = checked.edition AND named.name = '{rule.item}'"
    select = f"""
SELECT checked.file_no, checked.record_no, '{rule.id}' AS rule, '{rule.severity}' AS severity, min(layout_item.no)::INTEGER AS item_no,
  ? || string_agg(layout_item.no || ' ' || layout_item.ja, '・' ORDER BY layout_item.no) || ? AS message,
  max(checked.amount_yen) AS amount_yen
FROM checked
{"" if rule.items else named}
JOIN layout_item ON layout_item.edition = checked.edition AND list_contains({items}, layout_item.no)
WHERE NOT checked.keeps_{rule.id}
GROUP BY checked.file_no, checked.record_no"""
    return select, [rule.before_items(), rule.after_items()]
