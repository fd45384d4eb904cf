"""Twenty seeded seasons: files twice, torn and late, crashes anywhere, people who disagree; every promise holds."""

import pytest

from pipelines.run.simulator import season

SEEDS = range(1, 21)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_promise_holds_through_a_season_and_its_replay(seed: int) -> None:
    row = season(seed)
    assert row["broken"] == [], f"replay with: juminzei simulate --seeds 1 --first-seed {seed}"
    assert row["commits"] > 0
