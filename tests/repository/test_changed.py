"""`make check` runs the tests of what changed."""

from tests.repository.changed import folders_to_run

EXISTING = {"tests/repository", "tests/matching", "tests/assessment", "tests/dags"}


def test_a_change_of_a_stage_s_sql_runs_that_stage_s_tests() -> None:
    assert folders_to_run(["sql/matching/link.sql"], EXISTING) == ["tests/matching", "tests/repository"]


def test_a_change_of_a_parameter_runs_the_assessment_s_tests() -> None:
    changed = ["schemas/assessment/parameters/basic.yaml"]
    assert folders_to_run(changed, EXISTING) == ["tests/assessment", "tests/repository"]


def test_a_change_of_a_dag_runs_the_dags_tests() -> None:
    assert folders_to_run(["dags/intake.py"], EXISTING) == ["tests/dags", "tests/repository"]


def test_a_change_of_a_document_or_of_something_without_tests_runs_the_repository_s_alone() -> None:
    assert folders_to_run(["README.md", "pipelines/paths.py", "sql/analysis/view.sql"], EXISTING) == [
        "tests/repository"
    ]
