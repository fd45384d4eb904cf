"""Stages meet only in the ledger, the ground floor knows no stage, and a DAG file is thin."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.paths import ROOT

STAGES = ["intake", "matching", "consolidation", "assessment", "notices", "extracts", "withholding", "analysis"]
DAG_MAY_IMPORT = (
    "airflow.sdk",
    "airflow.providers.standard",
    "dags",
    "pipelines.run",
    "pipelines.errors",
    "pipelines.paths",
)
LINES_MAX = 200


def lint_imports(tree: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports; exit(lint_imports(no_cache=True))"]
    return subprocess.run(command, cwd=tree, env={"PYTHONPATH": str(tree)}, capture_output=True, text=True, check=False)


@pytest.fixture
def copied_tree(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "pipelines", tmp_path / "pipelines", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_packages_keep_their_contract() -> None:
    outcome = lint_imports(ROOT)
    assert outcome.returncode == 0, outcome.stdout


@pytest.mark.parametrize(
    ("importer", "imported"),
    [("matching", "intake"), ("ledger", "matching"), ("vault", "run"), ("assessment", "cli")],
)
def test_an_import_across_the_walls_is_refused(copied_tree: Path, importer: str, imported: str) -> None:
    planted = copied_tree / "pipelines" / importer / "planted.py"
    planted.write_text(f"import pipelines.{imported}\n", encoding="utf-8")
    outcome = lint_imports(copied_tree)
    assert outcome.returncode == 1
    assert f"pipelines.{importer}.planted -> pipelines.{imported}" in outcome.stdout


def test_a_package_that_no_layer_names_is_refused(copied_tree: Path) -> None:
    package = copied_tree / "pipelines" / "nowhere"
    package.mkdir()
    (package / "__init__.py").touch()
    outcome = lint_imports(copied_tree)
    assert outcome.returncode == 1
    assert "nowhere" in outcome.stdout


def imports(file: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return {name for name in found if name.partition(".")[0] not in sys.stdlib_module_names}


@pytest.mark.parametrize("file", sorted((ROOT / "dags").glob("*.py")), ids=lambda file: file.stem)
def test_a_dag_file_is_thin(file: Path) -> None:
    assert {name for name in imports(file) if not name.startswith(DAG_MAY_IMPORT)} == set()
    assert len(file.read_text(encoding="utf-8").splitlines()) <= LINES_MAX


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_has_the_same_name_in_every_folder_that_it_needs(stage: str) -> None:
    assert (ROOT / "pipelines" / stage).is_dir()
    assert (ROOT / "tests" / stage).is_dir()
