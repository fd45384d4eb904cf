"""Progress tells figures now and then, and says nothing of what is over at once."""

import logging

import pytest

from pipelines.exchange import progress
from pipelines.exchange.progress import LOGGER, Progress


def test_it_tells_how_far_the_work_has_come(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    clock = iter([0.0, 1.0, 6.0, 7.0, 11.0])
    monkeypatch.setattr(progress.time, "monotonic", lambda: next(clock))
    with caplog.at_level(logging.INFO, LOGGER):
        known = Progress("受付", "ファイル", 3000)
        for _ in range(4):
            known.add(500)
    assert caplog.messages == ["受付: 1,000 / 3,000 ファイル", "受付: 2,000 / 3,000 ファイル"]
