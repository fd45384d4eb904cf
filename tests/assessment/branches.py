"""The branches of the law: each arm of each CASE in the steps and their macros, each row of each table, and who takes it.

DuckDB's own parser says where a CASE stands; a branch is taken by whoever reaches the CASE (through the CASE around it)
and meets its condition and none before. Every column of every step is in the chain's last table, so all is counted there.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import duckdb

from pipelines.assessment.step import macros, steps
from pipelines.parameters import ParameterSet, Table
from pipelines.parameters.model import Row

Node = dict[str, Any]
_MACRO = re.compile(r"CREATE OR REPLACE TEMP MACRO (\w+)\((.*?)\)\s+AS\s+(.*)", re.S)
_SHOWN = 90  # letters of a condition
TOGETHER = 150  # branches counted by one statement


@dataclass(frozen=True)
class Branch:
    """A branch, and the condition in SQL of those who take it at one place; of an edge, of those on it."""

    key: str
    condition: str


@dataclass(frozen=True)
class Macro:
    """One of our own macros."""

    name: str
    arguments: tuple[str, ...]
    body: Node


class Parser:
    """SQL to nodes and back, by DuckDB."""

    def __init__(self) -> None:
        self.con = duckdb.connect()
        self.frame = self._json("SELECT 1")
        self.keys: list[str] = []

    def _json(self, sql: str) -> Node:
        row = self.con.execute("SELECT json_serialize_sql(?)", [sql]).fetchone()
        assert row is not None
        found: Node = json.loads(row[0])
        assert not found["error"], sql
        return found

    def outputs(self, select: str) -> list[Node]:
        """The expressions of a SELECT."""
        found: list[Node] = self._json(select)["statements"][0]["node"]["select_list"]
        return found

    def sql(self, node: Node) -> str:
        """The expression as SQL."""
        frame = deepcopy(self.frame)
        frame["statements"][0]["node"]["select_list"] = [node | {"alias": ""}]
        row = self.con.execute("SELECT json_deserialize_sql(?::JSON)", [json.dumps(frame)]).fetchone()
        assert row is not None
        return str(row[0]).removeprefix("SELECT ")

    @cached_property
    def macros(self) -> dict[str, Macro]:
        """Our macros by name."""
        found = {}
        for text in macros():
            match = _MACRO.fullmatch(text)
            assert match is not None, text
            body = self.outputs(f"SELECT {match[3]}")[0]
            name = match[1]
            found[name] = Macro(name, tuple(one.strip() for one in match[2].split(",") if one.strip()), body)
            self.mark(body, f"macros/{name}")
        return found

    def mark(self, node: Node, place: str) -> None:
        """Give each CASE a key, kept where the parser says where it stood, which nothing else reads."""
        for number, case in enumerate((one for one in _inside(node) if one.get("class") == "CASE"), start=1):
            case["query_location"] = len(self.keys)
            self.keys.append(f"{place}: CASE {number}")


def _inside(node: Any) -> Iterator[Node]:
    """The node and all below it, in the order of the text."""
    if isinstance(node, dict):
        yield node
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _inside(child)


class Walk:
    """All branches of an expression; `reached` are the conditions under which it is asked for."""

    def __init__(self, parser: Parser, parameters: ParameterSet) -> None:
        self.parser = parser
        self.parameters = parameters
        self.branches: list[Branch] = []
        self.edges: list[Branch] = []

    def walk(self, node: Any, reached: tuple[str, ...]) -> None:
        """Collect the branches of this expression."""
        if isinstance(node, list):
            for one in node:
                self.walk(one, reached)
        if not isinstance(node, dict) or node.get("class") == "LAMBDA":
            return  # what is asked for each part of a list is asked of nobody in particular
        if node.get("class") == "CASE":
            self._case(node, reached)
        elif node.get("type") == "OPERATOR_COALESCE":
            self._coalesce(node["children"], reached)
        elif node.get("class") == "FUNCTION":
            self._function(node, reached)
        else:
            for child in node.values():
                self.walk(child, reached)

    def _case(self, node: Node, reached: tuple[str, ...]) -> None:
        key = self.parser.keys[node["query_location"]]
        for check in node["case_checks"]:
            condition = self.parser.sql(check["when_expr"])
            self.walk(check["when_expr"], reached)
            here = (*reached, f"({condition}) IS TRUE")
            self._add(f"{key} WHEN {_short(self._own(check['when_expr'], key))}", here)
            self.walk(check["then_expr"], here)
            reached = (*reached, f"({condition}) IS NOT TRUE")
        if node["else_expr"] is not None:
            self._add(f"{key} ELSE", reached)
            self.walk(node["else_expr"], reached)

    def _own(self, condition: Node, key: str) -> str:
        """The condition; in a macro whose arguments stand in it, only its number."""
        return "" if key.startswith("macros/") else self.parser.sql(condition)

    def _coalesce(self, children: Sequence[Node], reached: tuple[str, ...]) -> None:
        for child in children:
            self.walk(child, reached)
            reached = (*reached, f"({self.parser.sql(child)}) IS NULL")

    def _function(self, node: Node, reached: tuple[str, ...]) -> None:
        name, arguments = node["function_name"], node["children"]
        if node["filter"] is not None:
            reached = (*reached, f"({self.parser.sql(node['filter'])}) IS TRUE")
        if name in self.parser.macros:
            macro = self.parser.macros[name]
            self.walk(_replaced(macro.body, dict(zip(macro.arguments, arguments, strict=True))), reached)
            return
        self.walk(arguments, reached)
        table = self.parameters.values.get(name.removeprefix("t_")) if name.startswith("t_") else None
        if isinstance(table, Table):
            self._rows(name.removeprefix("t_"), table.rows, [self.parser.sql(one) for one in arguments], reached)

    def _rows(self, name: str, rows: Sequence[Row], arguments: Sequence[str], reached: tuple[str, ...]) -> None:
        bounds = [None, *(row.bound for row in rows)]
        for (lower, upper), row in zip(pairwise(bounds), rows, strict=True):
            asked = f"({arguments[0]})"
            here = reached
            here += () if lower is None else (f"{asked} >= {lower}",)
            here += () if upper is None else (f"{asked} < {upper}",)
            key = f"{name}: {'' if lower is None else lower}〜{'' if upper is None else upper - 1}"
            for on_edge in () if upper is None else (upper - 1, upper):
                self.edges.append(Branch(f"parameters/{name}: {on_edge}", _all((*reached, f"{asked} = {on_edge}"))))
            if row.rows is None:
                self._add(f"parameters/{key}", here)
            else:
                self._rows(key, row.rows, arguments[1:], here)

    def _add(self, key: str, reached: tuple[str, ...]) -> None:
        self.branches.append(Branch(key, _all(reached)))


def walked(parser: Parser, parameters: ParameterSet, *chains: str) -> Walk:
    """The branches of these chains' steps."""
    walk = Walk(parser, parameters)
    for chain in chains:
        for step in steps(chain):
            for output in parser.outputs(step.select):
                parser.mark(output, f"{chain}/{step.name}.{output.get('alias', '')}")
                walk.walk(output, ())
    return walk


def count(con: duckdb.DuckDBPyConnection, table: str, branches: Sequence[Branch]) -> dict[str, int]:
    """How many people of the table take each branch; one that stands at several places (a macro's), at the place where
    most do."""
    most: dict[str, int] = {}
    for first in range(0, len(branches), TOGETHER):
        asked = branches[first : first + TOGETHER]
        row = con.execute(f"SELECT {', '.join(f'count_if({one.condition})' for one in asked)} FROM {table}").fetchone()
        for one, people in zip(asked, row or (), strict=True):
            most[one.key] = max(most.get(one.key, 0), people)
    return most


def _all(conditions: Sequence[str]) -> str:
    return " AND ".join(conditions) or "TRUE"


def _short(sql: str) -> str:
    return sql if len(sql) <= _SHOWN else sql[:_SHOWN] + "…"


def _replaced(node: Any, arguments: Mapping[str, Node]) -> Any:
    """The macro's body with the arguments in place of their names."""
    if isinstance(node, list):
        return [_replaced(one, arguments) for one in node]
    if not isinstance(node, dict):
        return node
    if node.get("class") == "COLUMN_REF" and len(node["column_names"]) == 1 and node["column_names"][0] in arguments:
        return arguments[node["column_names"][0]]
    return {name: _replaced(child, arguments) for name, child in node.items()}
