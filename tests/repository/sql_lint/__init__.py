"""Our SQL lint: the same input must give the same bytes, and every yen must come from a parameter.

`python -m tests.repository.sql_lint` reads every file under sql/ and prints `file:line rule message`.
`good/` and `bad/` hold what passes and what is refused, each bad line marked with the rule that refuses it.
"""

from tests.repository.sql_lint.lint import Finding, lint

__all__ = ["Finding", "lint"]
