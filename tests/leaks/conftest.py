"""The season is lived once for all who search it."""

import pytest

from tests.leaks.lived import Season, live


@pytest.fixture(scope="session")
def season(tmp_path_factory: pytest.TempPathFactory) -> Season:
    return live(tmp_path_factory.mktemp("season"))
