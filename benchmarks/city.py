"""A city from files in to files out, without PDF: seconds a stage, peak memory over the process tree, and a correction.

`python benchmarks/city.py [PEOPLE]` (100,000 by default; the mark of the design is 1,000,000 taxpayers in under 3 minutes
and under 4 GB on 2 cores). The ratio printed is that of each stage to the time of writing the town's files.
"""

import resource
import shutil
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from pipelines.city import load_city
from pipelines.run.cuts import CUTS
from pipelines.run.preparation import prepare_contracts
from pipelines.run.simulator import World
from pipelines.run.stages import DECIDE, TAKE_IN, run_stage
from pipelines.town import make_town

CITY = "041009"
FISCAL_YEAR = 2026
DAY = date(2026, 5, 28)
PDF = "taxpayer-ordinary_collection_notice"


def main(people: int) -> None:
    """Measure one season of a town of `people`."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        started = time.monotonic()
        make_town(folder / "town", people=people, seed=1, city=load_city(CITY), fiscal_year=FISCAL_YEAR)
        base = time.monotonic() - started
        print(f"town of {people:,}: {base:.1f} s (the base of the ratios)")
        world = World(folder / "world")
        shutil.copytree(folder / "town" / "inbox", world.home.inbox, dirs_exist_ok=True)
        total = 0.0
        ctx = world.context(DAY)
        for stage in (*TAKE_IN, *DECIDE):
            started = time.monotonic()
            report = run_stage(stage, ctx)
            seconds = time.monotonic() - started
            total += seconds
            print(f"{stage:14} {seconds:7.1f} s  {seconds / base:5.2f} x  {report.counts}", flush=True)
        tables = tuple(contract for contract in CUTS["all"].contracts if contract != PDF)
        started = time.monotonic()
        prepared = prepare_contracts(ctx, tables)
        seconds = time.monotonic() - started
        total += seconds
        rows = sum(item.row_count for item in prepared.summaries)
        print(f"{'extracts':14} {seconds:7.1f} s  {seconds / base:5.2f} x  {rows:,} rows")
        memory = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        print(f"files in to files out: {total:.1f} s, {total / base:.2f} x; largest process {memory / 1024:.0f} MiB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
