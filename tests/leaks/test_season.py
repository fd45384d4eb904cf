"""After a whole season, and after a process was killed in it, numbers and names lie only where they may."""

import shutil
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines.city import load_city
from pipelines.cli.app import app
from pipelines.ledger import open_snapshot
from pipelines.run.simulator import CITY, FISCAL_YEAR, World
from pipelines.town import make_town
from tests.crash.phases import PHASES, deliver
from tests.crash.test_killed_anywhere import Zygote
from tests.leaks.allowed import ALLOWED, leaks
from tests.leaks.needles import needles_of, patterns
from tests.leaks.search import Finding, Matcher, search

PEOPLE = 70
SEED = 5
# Where the most is under way: records landed, numbers in the vault, payloads made but not entered, files half emitted.
KILLS = {
    "take_in": ("main", "ledger.commit:before", 2),
    "prepare": ("main", "staging.replace:before", 1),
    "approve_and_emit": ("main", "outbox.manifest.write:before", 1),
}

# One worker lives the season once for all of these.
pytestmark = pytest.mark.xdist_group("leaks")


STATES = ("lived", *(f"killed in {phase}" for phase in KILLS))


@dataclass(frozen=True)
class Season:
    """What was handed in, the municipality after the season, and as each killed process left it."""

    folder: Path
    needles: dict[str, str] = field(repr=False)
    matcher: Matcher = field(repr=False)
    findings: dict[str, list[Finding]]


@pytest.fixture(scope="module")
def season(tmp_path_factory: pytest.TempPathFactory) -> Season:
    folder = tmp_path_factory.mktemp("season")
    make_town(folder / "town", people=PEOPLE, seed=SEED, city=load_city(CITY), fiscal_year=FISCAL_YEAR)
    world = World(folder / "lived")
    deliver(folder / "town", world)
    needles = needles_of(folder / "town" / "inbox")
    zygote = Zygote()
    log = folder / "log"
    log.touch()
    for phase in PHASES:
        if phase in KILLS:
            shutil.copytree(folder / "lived", folder / f"killed in {phase}")
            assert zygote.live(folder / f"killed in {phase}", phase, log, kill=KILLS[phase]) < 0
        assert zygote.live(folder / "lived", phase, log) == 0, phase
    zygote.process.kill()
    matcher = Matcher(patterns(needles))
    return Season(folder, needles, matcher, {state: everything_in(folder / state, matcher) for state in STATES})


def everything_in(folder: Path, matcher: Matcher) -> list[Finding]:
    """What the search finds in the municipality's folder (paths from there) and among the keys."""
    world = World(folder)
    spill = folder.parent / "spill"
    return search(world.home.root, matcher, world.keyring, spill) + search(folder / "keys", matcher, None, spill)


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
