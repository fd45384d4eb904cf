"""Makes the helpers and the second calculator importable for the tests of this stage; a town with a ledger of its own."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from ledger_town import Town, open_town


@pytest.fixture
def town() -> Iterator[Town]:
    with open_town() as town:
        yield town
