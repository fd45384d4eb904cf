"""`python -m tests.repository.sql_lint`: every file under sql/; exit code 1 when one is refused."""

import sys

from pipelines.paths import SQL
from tests.repository.sql_lint.lint import lint

findings = [finding for file in sorted(SQL.rglob("*.sql")) for finding in lint(file, SQL)]
for finding in findings:
    print(f"sql/{finding}")
sys.exit(bool(findings))
