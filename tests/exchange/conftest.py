"""What the tests of exchange share."""

import pytest

from pipelines.ledger import StageContext
from tests.exchange.releases import Office


@pytest.fixture
def office(ctx: StageContext) -> Office:
    return Office(ctx)
