"""An office for each test."""

import pytest

from pipelines.ledger import StageContext
from tests.intake.kit import Office


@pytest.fixture
def office(ctx: StageContext) -> Office:
    """Sendai, fiscal year 2026, with fresh keys and no data."""
    return Office(ctx)
