"""`python -m tests.repository.changed`: the test folders of what changed since HEAD~, for `make check`."""

import subprocess
from collections.abc import Iterable

from pipelines.paths import ROOT

MIRRORED = ("pipelines", "schemas", "sql", "tests")
ALWAYS = "tests/repository"


def folders_to_run(changed: Iterable[str], existing: set[str]) -> list[str]:
    """The folders among `existing` that prove the `changed` files; those of the repository itself always.

    A file of `pipelines/<name>/`, `sql/<name>/`, `schemas/<name>/` is proven by `tests/<name>/`, one of `dags/` by
    `tests/dags/`.
    """
    names = set()
    for path in changed:
        first, *rest = path.split("/")
        if first == "dags":
            names.add("dags")
        elif first in MIRRORED and len(rest) > 1:
            names.add(rest[0])
    return sorted({ALWAYS} | {folder for name in names if (folder := f"tests/{name}") in existing})


def changed_files() -> list[str]:
    """The paths that differ from the last commit but one (the last, where there is only one), untracked ones too."""
    before = "HEAD~" if _git("rev-parse", "--verify", "--quiet", "HEAD~") else "HEAD"
    listed = _git("diff", "--name-only", before) + _git("ls-files", "--others", "--exclude-standard")
    return listed.splitlines()


def _git(*words: str) -> str:
    outcome = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    return outcome.stdout if outcome.returncode == 0 else ""


if __name__ == "__main__":
    existing = {folder.relative_to(ROOT).as_posix() for folder in (ROOT / "tests").iterdir() if folder.is_dir()}
    print(" ".join(folders_to_run(changed_files(), existing)))
