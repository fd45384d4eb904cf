"""Keys made for one test."""

from pathlib import Path

import pytest

from pipelines.vault import KeyRing


@pytest.fixture
def keyring(tmp_path: Path) -> KeyRing:
    ring = KeyRing.open(tmp_path / "keys")
    ring.create_missing(fiscal_years=[2026], officers=["sato"])
    return ring
