"""Every rule of the SQL lint refuses what it should, passes what it should, and holds over all of sql/."""

import re
from pathlib import Path

import pytest

from pipelines.paths import ROOT, SQL
from tests.repository.sql_lint import lint, lint_python, rules

HERE = Path(__file__).parent / "sql_lint"
GOOD = sorted((HERE / "good").rglob("*.sql"))
BAD = sorted((HERE / "bad").rglob("*.sql"))


def marked(file: Path) -> set[tuple[int, str]]:
    lines = enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
    return {(number, mark[1]) for number, line in lines if (mark := re.search(r"-- refused: (\w+)$", line))}


@pytest.mark.parametrize("file", GOOD, ids=lambda file: file.stem)
def test_sql_that_a_rerun_repeats_is_accepted(file: Path) -> None:
    assert lint(file, HERE / "good") == []


@pytest.mark.parametrize("file", BAD, ids=lambda file: file.stem)
def test_every_marked_line_is_refused_by_its_rule_and_no_other_line_is(file: Path) -> None:
    assert {(finding.line, finding.rule) for finding in lint(file, HERE / "bad")} == marked(file)


def test_no_rule_is_without_an_offence_that_it_catches() -> None:
    named = {rule.__name__ for rule in (*rules.EVERYWHERE, *(r for some in rules.IN_STAGE.values() for r in some))}
    assert {rule for file in BAD for _, rule in marked(file)} == named | {"unreadable"}


def test_a_finding_names_file_line_and_rule() -> None:
    findings = lint(HERE / "bad" / "consolidation" / "amounts.sql", HERE / "bad")
    assert [str(finding) for finding in findings] == [
        "consolidation/amounts.sql:2 yen_literal 28000 looks like an amount of yen: take it from a parameter"
    ]


def test_our_own_sql_keeps_every_rule() -> None:
    files = sorted(SQL.rglob("*.sql"))
    assert files
    assert [str(finding) for file in files for finding in lint(file, SQL)] == []


def test_statements_in_python_are_read_too_and_prose_is_not(tmp_path: Path) -> None:
    file = tmp_path / "planted.py"
    file.write_text(
        '''"""SELECT one at random() / whatever."""
table = "notice"
con.execute(f"""
    SELECT any_value(amount_yen), list(notice_no)
    FROM {table}
""")
con.execute(f"COPY ({query}) TO {target}")
con.execute(f"COPY (SELECT notice_no FROM {table}) TO {target}")
label = "now() / later"
''',
        encoding="utf-8",
    )
    assert [(finding.line, finding.rule) for finding in lint_python(file, tmp_path)] == [
        (4, "arbitrary"),
        (4, "unordered_list"),
        (8, "unordered_copy"),
    ]


def test_the_statements_in_our_python_keep_the_rules_that_hold_everywhere() -> None:
    files = sorted((ROOT / "pipelines").rglob("*.py"))
    assert [str(finding) for file in files for finding in lint_python(file, ROOT)] == []
