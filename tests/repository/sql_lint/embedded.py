"""SQL that stands in Python: the string literals that begin like a statement."""

import ast
import re
from collections.abc import Iterator

_STATEMENT = re.compile(r"\s*(SELECT|WITH|COPY|INSERT|CREATE|FROM)\s", re.S)
# What an f-string fills in is unknown here; a name in its place keeps the rest readable.
FILLED_IN = "filled_in"


def statements(python: str) -> Iterator[tuple[int, str]]:
    """Every statement as (line on which the literal begins, SQL)."""
    tree = ast.parse(python)
    no_statement = {id(part) for node in ast.walk(tree) for part in _parts_and_docstring(node)}
    for node in ast.walk(tree):
        if id(node) not in no_statement and (text := _text(node)) is not None and _STATEMENT.match(text):
            assert isinstance(node, ast.expr)
            yield node.lineno, text


def _parts_and_docstring(node: ast.AST) -> list[ast.expr]:
    """The pieces of an f-string, which are read as one; a docstring, which is prose."""
    if isinstance(node, ast.JoinedStr):
        return node.values
    body = getattr(node, "body", None)
    first = body[0] if isinstance(body, list) and body else None
    return [first.value] if isinstance(first, ast.Expr) else []


def _text(node: ast.AST) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        parts = (part.value if isinstance(part, ast.Constant) else FILLED_IN for part in node.values)
        return "".join(str(part) for part in parts)
    return None
