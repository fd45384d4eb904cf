"""The season in which everything is searched for: lived once, with people under 支援措置 in it, and killed three times on the way."""

import csv
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from pipelines.city import load_city
from pipelines.run.simulator import CITY, FISCAL_YEAR, World
from pipelines.town import make_town
from tests.crash.phases import PHASES, deliver
from tests.crash.test_killed_anywhere import Zygote
from tests.leaks.needles import needles_of, patterns
from tests.leaks.search import Finding, Matcher, search

People = dict[str, dict[str, str]]
PEOPLE = 100
SEED = 5
# Where the most is under way: records landed, numbers in the vault, payloads made but not entered, files half emitted.
KILLS = {
    "take_in": ("main", "ledger.commit:before", 2),
    "prepare": ("main", "staging.replace:before", 1),
    "approve_and_emit": ("main", "outbox.manifest.write:before", 1),
}

# So many households, one of so many, are under 支援措置.
PROTECTED_EVERY = 5
STATES = ("lived", *(f"killed in {phase}" for phase in KILLS))


@dataclass(frozen=True)
class Season:
    """Who lives here, under 支援措置 and not; what was handed in, the municipality after the season, and as each killed process left it."""

    folder: Path
    protected: People = field(repr=False)
    others: People = field(repr=False)
    needles: dict[str, str] = field(repr=False)
    matcher: Matcher = field(repr=False)
    findings: dict[str, list[Finding]]


def make_protected_town(town: Path, people: int, seed: int) -> tuple[People, People]:
    """A town in which every fifth household is under 支援措置; the register's rows by 宛名番号, theirs and everybody else's."""
    make_town(town, people=people, seed=seed, city=load_city(CITY), fiscal_year=FISCAL_YEAR)
    [path] = town.glob("inbox/resident_register/*/*.csv")
    with path.open(encoding="utf-8", newline="") as stream:
        register = list(csv.DictReader(stream))
    households = sorted({row["household_no"] for row in register})[::PROTECTED_EVERY]
    protected = {row["taxpayer_no"]: row for row in register if row["household_no"] in households}
    for row in protected.values():
        row["protected_address"] = "1"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(register[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(register)
    others = {row["taxpayer_no"]: row for row in register if row["taxpayer_no"] not in protected}
    return protected, others


def live(folder: Path) -> Season:
    """Live the season in `folder`."""
    protected, others = make_protected_town(folder / "town", PEOPLE, SEED)
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
    return Season(
        folder, protected, others, needles, matcher, {state: everything_in(folder / state, matcher) for state in STATES}
    )


def everything_in(folder: Path, matcher: Matcher) -> list[Finding]:
    """What the search finds in the municipality's folder (paths from there) and among the keys."""
    world = World(folder)
    spill = folder.parent / "spill"
    return search(world.home.root, matcher, world.keyring, spill) + search(folder / "keys", matcher, None, spill)
