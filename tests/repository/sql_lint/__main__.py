"""`python -m tests.repository.sql_lint`: all SQL of ours, in files and in Python; exit code 1 when some is refused."""

import sys

from pipelines.paths import ROOT, SQL
from tests.repository.sql_lint.lint import lint, lint_python

in_files = [f"sql/{finding}" for file in sorted(SQL.rglob("*.sql")) for finding in lint(file, SQL)]
in_python = [str(found) for file in sorted((ROOT / "pipelines").rglob("*.py")) for found in lint_python(file, ROOT)]
print("\n".join([*in_files, *in_python]) or "SQL: nothing refused")
sys.exit(bool(in_files or in_python))
