"""Our SQL lint: the same input must give the same bytes, and every yen must come from a parameter.

`python -m tests.repository.sql_lint` reads every file under sql/ and every statement in pipelines/ and prints
`file:line rule message`. `good/` and `bad/` hold what passes and what is refused, each bad line marked with its rule.
"""

from tests.repository.sql_lint.lint import Finding, lint, lint_python

__all__ = ["Finding", "lint", "lint_python"]
