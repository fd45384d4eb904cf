"""After a whole season, and after a process was killed in it, numbers and names lie only where they may."""

import pytest
from typer.testing import CliRunner

from pipelines.cli.app import app
from pipelines.ledger import open_snapshot
from pipelines.run.simulator import World
from tests.leaks.allowed import ALLOWED, leaks
from tests.leaks.lived import PEOPLE, STATES, Season

# One worker lives the season once for all of these.
pytestmark = pytest.mark.xdist_group("leaks")


def test_the_town_hands_in_numbers_and_names(season: Season) -> None:
    kinds = list(season.needles.values())
    assert kinds.count("number") > PEOPLE
    assert kinds.count("name") > PEOPLE


def test_the_season_had_what_goes_wrong(season: Season) -> None:
    world = World(season.folder / "lived")
    with open_snapshot(world.home, world.keyring) as session:
        for table in ("record_exception", "review_item", "assessment", "notice", "delivery"):
            count = session.con.execute(f"SELECT count(*) FROM ledger.{table}").fetchone()
            assert count is not None
            assert count[0] > 0, f"{table} is empty: its messages were not searched"


@pytest.mark.parametrize("state", STATES)
def test_numbers_and_names_lie_only_where_they_may(season: Season, state: str) -> None:
    findings = season.findings[state]
    assert leaks(findings) == []
    assert {finding.kind for finding in findings} == {"number", "name"}, "a search that finds nothing proves nothing"


def test_every_allowance_is_used(season: Season) -> None:
    """An allowance that nothing needs would hide a leak one day."""
    found = {finding for state in STATES for finding in season.findings[state]}
    unused = [one for one in ALLOWED if leaks(found, [other for other in ALLOWED if other is not one]) == []]
    assert unused == []


@pytest.mark.parametrize("command", ["status", "queue list --fiscal-year 2026", "quarantine list", "release list"])
def test_what_an_operator_is_shown_holds_neither(season: Season, command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUMINZEI_DATA", str(season.folder / "lived" / "data"))
    monkeypatch.setenv("JUMINZEI_KEYS", str(season.folder / "lived" / "keys"))
    shown = CliRunner().invoke(app, command.split())
    assert shown.exit_code in (0, 1), "it shows, and says whether a person is needed"
    assert season.matcher.found(shown.output.encode()) == set()
