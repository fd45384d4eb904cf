"""What every file and folder owes: an explanation, no machine's path, no registry's host; a lock that is whole."""

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from pipelines.cli import reference
from pipelines.paths import ROOT

# Put together here, so that this file does not say them.
FORBIDDEN = [
    *("".join(parts) for parts in [("pypi", ".org"), ("python", "hosted"), ("deb.", "debian"), ("../", "shared")]),
    *(f"/{folder}/" for folder in ("root", "work", "home")),
]
README = [ROOT / "README.md", ROOT / "README.ja.md"]


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


FILES = tracked()
DEPTH_MAX = 2  # <folder>/<stage>; what lies deeper belongs to its stage
FOLDERS = sorted(
    folder
    for folder in {folder for file in FILES for folder in file.parents}
    if folder.is_relative_to(ROOT) and 0 < len(folder.relative_to(ROOT).parts) <= DEPTH_MAX
)


def explains_itself(file: Path) -> bool:
    """Whether a file begins by saying what it is about."""
    if file.suffix == ".py":
        return ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) is not None
    if file.suffix in (".sql", ".yaml", ".md", "", ".typ"):
        head = file.read_text(encoding="utf-8").lstrip()
        return head.startswith(("--", "#", "//", '"""')) or re.search(r"^(title|description):", head, re.M) is not None
    return False


@pytest.mark.parametrize("word", FORBIDDEN)
def test_no_tracked_file_names_a_registry_or_a_machine_s_folder(word: str) -> None:
    found = subprocess.run(["git", "grep", "-nIF", "-e", word], cwd=ROOT, capture_output=True, text=True, check=False)
    lines = found.stdout.splitlines()
    # A folder of a web page is none of a machine's: a city's address may have it.
    assert [line for line in lines if word in re.sub(r"https?://[\w.-]+" + re.escape(word), "", line)] == []


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.relative_to(ROOT).as_posix())
def test_every_folder_is_explained(folder: Path) -> None:
    above = folder.parent / "README.md"
    named_above = above.exists() and f"`{folder.name}/" in above.read_text(encoding="utf-8")
    readme = named_above or (folder / "README.md").exists()
    files = [file for file in FILES if file.parent == folder]
    package = folder / "__init__.py"
    told = package in files and explains_itself(package)
    assert readme or told or (files and all(explains_itself(file) for file in files))


@pytest.mark.parametrize("suffix", [".py", ".sql"])
def test_every_module_and_query_says_in_its_first_lines_what_it_is_about(suffix: str) -> None:
    silent = [
        file.relative_to(ROOT).as_posix() for file in FILES if file.suffix == suffix and not explains_itself(file)
    ]
    # The examples of the SQL lint are marked line by line.
    assert [name for name in silent if "sql_lint/bad" not in name] == []


@pytest.mark.parametrize("readme", README, ids=lambda file: file.name)
def test_the_readme_names_every_make_target_and_every_command(readme: Path) -> None:
    text = readme.read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    assert len(targets) > 5
    assert [target for target in targets if f"make {target}" not in text] == []
    assert [path for path, _ in reference.commands() if path not in text] == []


def test_the_tests_that_the_threat_model_names_exist() -> None:
    named = set(re.findall(r"`(tests/\w+)`", (ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8")))
    assert len(named) > 5
    assert {folder for folder in named if not any((ROOT / folder).glob("test_*.py"))} == set()


@pytest.mark.parametrize("document", sorted((ROOT / "docs").rglob("*.md")), ids=lambda file: file.stem)
def test_every_link_between_documents_leads_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", document.read_text(encoding="utf-8"))
    assert [link for link in links if "://" not in link and not (document.parent / link).exists()] == []


def locked() -> dict[str, list[str]]:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    entries: dict[str, list[str]] = {}
    for name, version in re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", lock, re.M):
        entries.setdefault(canonicalize_name(name), []).append(version)
    return entries


def test_every_dependency_is_locked_at_a_version_that_fits() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [Requirement(line) for line in (*project["project"]["dependencies"], *project["dependency-groups"]["dev"])]
    versions = locked()
    unfit = [str(each) for each in wanted if not any(map(each.specifier.contains, versions.get(each.name.lower(), [])))]
    assert unfit == []


def test_every_locked_package_has_a_hash_and_no_address() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    entries = re.split(r"^(?=[A-Za-z0-9])", lock, flags=re.M)[1:]
    assert len(entries) > 100
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert "://" not in lock
    assert not re.search(r"^-", lock, re.M)
