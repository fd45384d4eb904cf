"""Which code computed: the package's version and a digest of everything that decides a result."""

import hashlib
from functools import cache
from importlib.metadata import version

from pipelines.paths import ROOT

SUFFIXES = {".py", ".sql", ".yaml", ".typ"}


@cache
def code_version() -> str:
    """`<version>+<12 hex>`: the digest runs over the Python, SQL and schema files, by path."""
    digest = hashlib.sha256()
    for folder in ("pipelines", "schemas", "sql"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in SUFFIXES:
                digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0")
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return f"{version('juminzei')}+{digest.hexdigest()[:12]}"
