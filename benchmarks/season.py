"""The reports of a large city's season, CSV and XML, through intake: killed once on the way, then to the end.

`python -m benchmarks.season [PEOPLE]` (100,000 by default; 5,000,000 people send some 2.6 million wage reports). Prints the
reports a second, the ratio to the time of writing the town's files, and the peak memory of the largest process and of all together.
"""

import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import psutil

from pipelines.city import load_city
from pipelines.ledger import open_snapshot
from pipelines.run.simulator import World
from pipelines.run.stages import run_stage
from pipelines.town import make_town

CITY = "041009"
FISCAL_YEAR = 2026
DAY = date(2026, 5, 28)
SOURCES = ("wage_report", "pension_report")
# The first living is killed when it has taken this part of the files in.
KILLED_AT = 0.25
LOOK_EVERY_SECONDS = 0.25
MIB = 1024 * 1024


@dataclass
class Cost:
    """Seconds, and peak resident memory in MiB of the largest process and of all processes together."""

    seconds: float = 0.0
    largest: float = 0.0
    together: float = 0.0

    def look(self, root: psutil.Process) -> None:
        """Take note of what the processes use now."""
        used = []
        for process in (root, *root.children(recursive=True)):
            try:
                used.append(process.memory_info().rss / MIB)
            except psutil.NoSuchProcess:
                continue
        self.largest = max(self.largest, *used, 0.0)
        self.together = max(self.together, sum(used))


def main(people: int) -> None:
    """Measure the intake of the reports of a town of `people`."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        started = time.monotonic()
        make_town(folder / "town", people=people, seed=1, city=load_city(CITY), fiscal_year=FISCAL_YEAR)
        base = time.monotonic() - started
        measure(folder / "town", folder / "world", base)


def measure(town: Path, folder: Path, base: float) -> None:
    """Take the town's reports in, killed once on the way; `base` in seconds is what the ratio is of."""
    world = World(folder)
    for source in SOURCES:
        shutil.copytree(town / "inbox" / source, world.home.inbox / source)
    files = waiting(world)
    print(f"{files:,} files, {sum(path.stat().st_size for path in reports(world)) / 1e6:,.0f} MB", flush=True)
    cost = Cost()
    live(folder, cost, until=lambda: waiting(world) <= files * (1 - KILLED_AT))
    print(f"killed after {cost.seconds:.0f} s, {waiting(world):,} files left", flush=True)
    live(folder, cost, until=lambda: False)
    with open_snapshot(world.home, world.keyring) as session:
        read, accepted, quarantined, duplicate = session.con.execute(
            "SELECT sum(read_count), sum(accepted_count), sum(quarantined_count), sum(duplicate_count) FROM source_file"
        ).fetchall()[0]
    assert read == accepted + quarantined + duplicate
    assert waiting(world) == 0
    print(f"{read:,} reports: {accepted:,} accepted, {quarantined:,} quarantined, {duplicate:,} duplicate")
    print(
        f"{cost.seconds:,.0f} s, {read / cost.seconds:,.0f} reports/s, {cost.seconds / base:.2f} x the writing of the town"
    )
    print(f"peak memory: largest process {cost.largest:,.0f} MiB, all together {cost.together:,.0f} MiB")


def live(folder: Path, cost: Cost, *, until) -> None:  # type: ignore[no-untyped-def]
    """Run intake in a process of its own, to its end or until it is to be killed."""
    started = time.monotonic()
    with subprocess.Popen([sys.executable, "-m", "benchmarks.season", "--take-in", str(folder)]) as process:
        root = psutil.Process(process.pid)
        while process.poll() is None:
            cost.look(root)
            if until():
                for child in root.children(recursive=True):
                    child.kill()
                process.kill()
            time.sleep(LOOK_EVERY_SECONDS)
    cost.seconds += time.monotonic() - started


def reports(world: World) -> list[Path]:
    """The reports that wait in the inbox."""
    return [path for source in SOURCES for path in (world.home.inbox / source).glob("*/*") if path.is_file()]


def waiting(world: World) -> int:
    """How many files wait in the inbox."""
    return len(reports(world))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--take-in"]:
        run_stage("intake", World(Path(sys.argv[2])).context(DAY))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
