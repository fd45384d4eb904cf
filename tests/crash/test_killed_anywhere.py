"""Kill the process at every registered write point and run again: the ledger and what left are as if nothing happened."""

import json
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipelines.city import load_city
from pipelines.exchange.write_points import WRITE_POINTS
from pipelines.paths import ROOT
from pipelines.run.simulator import CITY, FISCAL_YEAR, World
from pipelines.run.verify import check_home
from pipelines.town import make_town
from tests.crash.phases import PHASES, deliver

PEOPLE = 40
SEED = 7
REPORT_FILES = 1
# The key files are made by a person at a terminal, not by a run; tests/vault kills and repeats their making.
OUTSIDE_RUNS = {"keys.write", "keys.public.write", "handover.file.write", "handover.manifest.write"}

# One worker lives the season once for all of these.
pytestmark = pytest.mark.xdist_group("crash")


class Zygote:
    """The forking process, and how often each point was reached in the undisturbed season."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.crash.zygote"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, text=True)

    def live(self, folder: Path, phase: str, log: Path, kill: tuple[str, str, int] | None = None) -> int:
        """Live one phase in a forked child; its exit code."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        command = {"folder": str(folder), "phase": phase, "log": str(log), "kill": kill}
        self.process.stdin.write(json.dumps(command) + "\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())


@dataclass(frozen=True)
class Reference:
    """The undisturbed season: the state before each phase, what it reached, and the state after."""

    zygote: Zygote
    folder: Path
    reached: dict[str, Counter[str]]
    after: dict[str, list[str]]

    def before(self, phase: str) -> Path:
        return self.folder / f"before-{phase}"


def state(folder: Path) -> list[str]:
    """The logical dump, and the payload digests of what left."""
    world = World(folder)
    left = [
        f"{path.relative_to(world.home.outbox).as_posix()} {[file['sha256'] for file in json.loads(path.read_bytes())['files']]}"
        for path in sorted(world.home.outbox.glob("*/*/manifest.json"))
    ]
    return world.dump() + left


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reference]:
    folder = tmp_path_factory.mktemp("season")
    make_town(folder / "town", people=PEOPLE, seed=SEED, city=load_city(CITY), fiscal_year=FISCAL_YEAR)
    world = World(folder / "world")
    deliver(folder / "town", world, report_files=REPORT_FILES)
    zygote = Zygote()
    reached: dict[str, Counter[str]] = {}
    after: dict[str, list[str]] = {}
    for phase in PHASES:
        shutil.copytree(folder / "world", folder / f"before-{phase}")
        log = folder / f"{phase}.log"
        log.touch()
        assert zygote.live(folder / "world", phase, log) == 0, phase
        reached[phase] = Counter(log.read_text().splitlines())
        after[phase] = state(folder / "world")
    yield Reference(zygote, folder, reached, after)
    zygote.process.kill()


def places(reference: Reference, point: str) -> list[tuple[str, str, int]]:
    """(phase, role, occurrence): the first time that a point is reached at all, and the last."""
    found = [
        (phase, entry.partition(" ")[0], count)
        for phase, counts in reference.reached.items()
        for entry, count in counts.items()
        if entry.partition(" ")[2] == point
    ]
    if not found:
        return []
    first_phase, first_role, _ = found[0]
    return sorted({(first_phase, first_role, 1), found[-1]})


def everywhere(side: str) -> object:
    """Each point at the first and at the last of its places: for `make prove`."""
    return pytest.param(side, True, marks=pytest.mark.exhaustive, id=f"{side}, everywhere")


@pytest.mark.parametrize(
    ("side", "at_every_place"),
    [pytest.param("before", False, id="before"), everywhere("before"), everywhere("after")],
)
@pytest.mark.parametrize("name", sorted(set(WRITE_POINTS) - OUTSIDE_RUNS))
def test_killed_at_a_write_point_and_run_again(
    reference: Reference, tmp_path: Path, name: str, side: str, at_every_place: bool
) -> None:
    point = f"{name}:{side}"
    where = places(reference, point)
    assert where, f"no run reaches {point}: nobody proves what happens when it is torn there"
    if not at_every_place:
        del where[:-1]
    for number, (phase, role, occurrence) in enumerate(where):
        folder = tmp_path / str(number)
        shutil.copytree(reference.before(phase), folder)
        log = tmp_path / f"{number}.log"
        log.touch()
        assert reference.zygote.live(folder, phase, log, kill=(role, point, occurrence)) != 0
        assert reference.zygote.live(folder, phase, log) == 0, "the second run did not finish"
        assert state(folder) == reference.after[phase]
        world = World(folder)
        assert [invariant.name for invariant in check_home(world.home, world.keyring) if not invariant.ok] == []
