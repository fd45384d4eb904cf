"""Read a file, apply the rules of its stage, tell what was found."""

from dataclasses import dataclass
from pathlib import Path

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from tests.repository.sql_lint.embedded import statements
from tests.repository.sql_lint.rules import EVERYWHERE, IN_STAGE
from tests.repository.sql_lint.tokens import Tokens, readable


@dataclass(frozen=True, order=True)
class Finding:
    """One offence; `str()` is the line that is printed."""

    file: str
    line: int
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.rule} {self.message}"


def lint(file: Path, root: Path) -> list[Finding]:
    """The offences in `file`, by line. Its stage is the first folder under `root`."""
    name = file.relative_to(root)
    sql = file.read_text(encoding="utf-8")
    unreadable = _unreadable(sql)
    if unreadable is not None:
        return [Finding(name.as_posix(), 1, "unreadable", unreadable)]
    tokens = Tokens(sql)
    rules = (*EVERYWHERE, *IN_STAGE.get(name.parts[0], ()))
    return sorted(
        Finding(name.as_posix(), line, rule.__name__, message) for rule in rules for line, message in rule(tokens)
    )


def lint_python(file: Path, root: Path) -> list[Finding]:
    """The offences in the statements that stand in a Python file, by line; the rules that hold everywhere."""
    name = file.relative_to(root).as_posix()
    findings = []
    for begins, sql in statements(file.read_text(encoding="utf-8")):
        tokens = Tokens(sql)
        offences = ((rule.__name__, *offence) for rule in EVERYWHERE for offence in rule(tokens))
        findings += [Finding(name, begins + line - 1, rule, message) for rule, line, message in offences]
    return sorted(findings)


def _unreadable(sql: str) -> str | None:
    """Why the rules cannot be held here: sqlglot does not understand a statement. None when it does."""
    try:
        statements = sqlglot.parse(readable(sql), read="duckdb")
    except SqlglotError as error:
        return f"sqlglot cannot parse it: {str(error).splitlines()[0]}"
    if any(isinstance(statement, exp.Command) for statement in statements):
        return "a statement that sqlglot takes as opaque text"
    return None
