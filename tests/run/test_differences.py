"""The monthly correction: a corrected report that arrives late changes just those whom it concerns, and the difference is shown."""

import shutil
from datetime import date
from pathlib import Path

from pipelines.city import load_city
from pipelines.ledger import open_snapshot
from pipelines.run.differences import differences
from pipelines.run.simulator import CITY, FISCAL_YEAR, World
from pipelines.run.stages import DECIDE, TAKE_IN, run_stage
from pipelines.town import make_town

MAY = date(2026, 5, 28)
JUNE = date(2026, 6, 10)


def decide(world: World, day: date) -> None:
    for stage in (*TAKE_IN, *DECIDE):
        run_stage(stage, world.context(day))


def test_corrected_reports_that_arrive_in_june_are_told_with_old_and_new_yen(tmp_path: Path) -> None:
    make_town(tmp_path / "town", people=200, seed=5, city=load_city(CITY), fiscal_year=FISCAL_YEAR)
    world = World(tmp_path / "world")
    shutil.copytree(tmp_path / "town" / "inbox", world.home.inbox, dirs_exist_ok=True)
    corrections = sorted(world.home.inbox.glob("wage_report/2026-02-*"))
    late = world.home.inbox / "wage_report" / "2026-06-01"
    corrections[-1].rename(late)
    decide(world, MAY)
    assert differences(world.context(MAY)).counts["changed"] == 0
    decide(world, JUNE)
    found = differences(world.context(JUNE))
    with open_snapshot(world.home, world.keyring) as session:
        corrected = session.con.execute(
            "SELECT taxpayer_no, version, replaces_version, annual_tax_yen FROM ledger.assessment "
            "WHERE reason = 'correction' ORDER BY taxpayer_no"
        ).fetchall()
    assert corrected
    assert found.counts["changed"] == len(corrected)
    for (taxpayer_no, version, replaced, annual_tax_yen), line in zip(corrected, found.lines, strict=False):
        assert line.startswith(f"宛名番号 {taxpayer_no}: 第{replaced}版 ")
        assert f"第{version}版 {annual_tax_yen:,}円" in line
    assert found.lines[-1].startswith(f"変更 {len(corrected):,} 人")
