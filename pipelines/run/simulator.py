"""The simulator: one seed is one season of files, decisions and crashes, replayed to the byte.

The office takes documents in on one or two days, then decides at one or two cuts, on three days at most. On each of these
working days what the town has sent since the last one is taken in (now and then twice, torn, or with other bytes under the
name of a known batch); the stages run and are interrupted at random write points; officers decide some of the queue, and
one of them approves alone, both approve, or one refuses: of a few contracts of the cut. A step that is interrupted is done again,
and beside it once without interruption in a copy of the municipality: both ledgers must say the same. After every working
day all invariants are checked.
"""

import random
import shutil
import tempfile
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from pipelines.city import CityHome, load_city
from pipelines.errors import OperatorError
from pipelines.exchange import durable
from pipelines.exchange.decisions import DecisionFile, write_decision
from pipelines.exchange.inbox import NOTE_SUFFIX
from pipelines.ledger import StageContext, open_snapshot
from pipelines.ledger.dump import dump_lines
from pipelines.run.cuts import contracts_of
from pipelines.run.preparation import prepare_contracts
from pipelines.run.releases import emit
from pipelines.run.rows import rows
from pipelines.run.stages import DECIDE, TAKE_IN, run_stage
from pipelines.run.verify import check_home
from pipelines.town import make_town
from pipelines.vault import KeyRing
from pipelines.vault.nursery import nursery

CITY = "041009"
FISCAL_YEAR = 2026
OFFICERS = ("sato", "suzuki")
INTAKE_DAYS = (date(2026, 1, 31), date(2026, 2, 20), date(2026, 4, 10))
CUTS = ((date(2026, 5, 8), "employment"), (date(2026, 5, 28), "all"))
# Working days of intake, and cuts: the longer seasons are the rarer ones.
LENGTHS = (*[(1, 1)] * 6, (2, 1), (1, 2))
WAGE_FILES_MAX = 2
WAGES = ("wage_report",)
ALWAYS = ("resident_register", "membership_national_health_insurance")
# Of the contracts of a cut a season lets out so many at most: two hundred seeds meet them all.
CONTRACTS_MAX = 3
# A season has one file of another source at most: two hundred seeds meet them all.
MORE_FILES_MAX = 1
CRASH_CHANCE = 0.35
# Few write points: a crash that is drawn must also come, else a season dies too seldom to prove much.
CRASH_POINT_MAX = 10
MISCHIEF_CHANCE = 0.3


class Crash(BaseException):
    """The process dies here; nobody catches it but the simulator."""


@dataclass
class Plan:
    """What happens in a season, drawn from its seed before anything runs."""

    seed: int
    people: int
    deliveries: list[tuple[date, Path, str]]
    intake_days: list[date]
    cuts: list[tuple[date, tuple[str, ...]]]


class World:
    """A municipality of its own in `folder`: data, keys, two officers."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home = CityHome(CITY, folder / "data")
        self.home.make()
        self.keyring = KeyRing.open(folder / "keys")
        self.keyring.create_missing(fiscal_years=[FISCAL_YEAR], officers=OFFICERS)

    def copied(self, folder: Path) -> "World":
        """The same municipality once more."""
        shutil.copytree(self.folder, folder)
        return World(folder)

    def context(self, as_of: date) -> StageContext:
        """What a run may know on that day."""
        return StageContext(load_city(CITY), self.home, self.keyring, FISCAL_YEAR, as_of)

    def dump(self) -> list[str]:
        """The logical dump of the ledger."""
        with open_snapshot(self.home, self.keyring) as session:
            return list(dump_lines(session.con))


def simulate(seeds: Iterable[int], say: Callable[[str], None] | None) -> list[dict[str, Any]]:
    """Live one season a seed, on every core; one row a seed with `broken`: what did not hold (empty: all held)."""
    found = []
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as workers:
        for row in workers.map(season, seeds):
            found.append(row)
            if say is not None:
                say(
                    f"種 {row['seed']}: {row['people']} 人、{row['steps']} 段、中断 {row['crashes']} 回、"
                    f"確定 {row['commits']} — " + ("、".join(row["broken"]) or "すべて成立")
                )
    return found


def season(seed: int) -> dict[str, Any]:
    """Live the season of a seed, in a folder of its own that is gone afterwards."""
    with nursery(), tempfile.TemporaryDirectory(prefix="juminzei-season-") as name:
        folder = Path(name)
        plan = _plan(seed, folder / "town")
        lived = _Season(plan, World(folder / "city"))
        lived.live()
        return {
            "seed": seed,
            "people": plan.people,
            "steps": lived.steps,
            "crashes": lived.crashes,
            "commits": lived.commit_no,
            "broken": lived.broken,
        }


def _plan(seed: int, town: Path) -> Plan:
    """Draw the season: the town's deliveries, and mischief with some of them."""
    chance = random.Random(seed)  # noqa: S311 - a replayable season, not a secret
    people = chance.randint(12, 40)
    intake_day_count, cut_count = chance.choice(LENGTHS)
    intake_days = sorted(chance.sample(INTAKE_DAYS, intake_day_count))
    cuts = [(day, _some_of(contracts_of(CITY, cut), chance)) for day, cut in CUTS[-cut_count:]]
    make_town(town, people=people, seed=seed, city=load_city(CITY), fiscal_year=FISCAL_YEAR)
    files = sorted(path for path in town.glob("inbox/*/*/*") if not path.name.endswith(NOTE_SUFFIX))
    wages, others = ([path for path in files if path.parent.parent.name in sources] for sources in (WAGES, ALWAYS))
    more = [path for path in files if path not in (*wages, *others)]
    chosen = chance.sample(wages, min(chance.randint(1, WAGE_FILES_MAX), len(wages)))
    chosen += chance.sample(more, min(chance.randint(0, MORE_FILES_MAX), len(more)))
    deliveries: list[tuple[date, Path, str]] = []
    for path in sorted([*chosen, *others]):
        received_on = date.fromisoformat(path.parent.name)
        deliveries.append((received_on, path, "as sent"))
        if chance.random() < MISCHIEF_CHANCE:
            later = received_on + timedelta(days=chance.randint(1, 60))
            deliveries.append((later, path, chance.choice(["again", "torn", "other bytes"])))
    return Plan(seed, people, sorted(deliveries), intake_days, cuts)


def _some_of(contracts: tuple[str, ...], chance: random.Random) -> tuple[str, ...]:
    """A few of the contracts of a cut, in the cut's order."""
    chosen = chance.sample(contracts, min(CONTRACTS_MAX, len(contracts)))
    return tuple(contract for contract in contracts if contract in chosen)


class _Season:
    """A plan as it is lived. Crashes and people's whims are drawn from streams of their own."""

    def __init__(self, plan: Plan, world: World) -> None:
        self.plan = plan
        self.world = world
        self.crash_chance = random.Random(plan.seed * 2 + 1)  # noqa: S311
        self.people_chance = random.Random(plan.seed * 2)  # noqa: S311
        self.steps = 0
        self.crashes = 0
        self.broken: list[str] = []

    @property
    def commit_no(self) -> int:
        """The ledger's last commit."""
        with open_snapshot(self.world.home, self.world.keyring) as session:
            return session.commit_no

    def live(self) -> None:
        """The working days of intake, then the cuts; all invariants after each."""
        last = date.min
        for day in self.plan.intake_days:
            self._deliver_since(last, day)
            self._intake_day(day)
            last = day
            self._check(day)
        for day, contracts in self.plan.cuts:
            self._deliver_since(last, day)
            self._cut(day, contracts)
            last = day
            self._check(day)

    def _deliver_since(self, last: date, day: date) -> None:
        """Put what was received after `last` up to `day` into the inbox, each under its own day."""
        for received_on, path, how in self.plan.deliveries:
            if last < received_on <= day:
                self._deliver(received_on, path, how)

    def _intake_day(self, day: date) -> None:
        for stage in (*TAKE_IN, "matching"):
            self._step(stage, day, partial(run_stage, stage))
        self._decide_queue(day)

    def _check(self, day: date) -> None:
        self.broken += [
            f"{day}: {invariant.name}"
            for invariant in check_home(self.world.home, self.world.keyring)
            if not invariant.ok
        ]

    def _deliver(self, received_on: date, path: Path, how: str) -> None:
        target = self.world.home.inbox / path.parent.parent.name / received_on.isoformat() / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        note = path.with_name(path.name + NOTE_SUFFIX)
        if how == "torn":
            content = path.read_bytes()
            target.with_name(f"torn-{path.name}").write_bytes(content[: len(content) * 2 // 3])
            return
        target.write_bytes(path.read_bytes() + (b"9" if how == "other bytes" else b""))
        if note.exists():
            shutil.copyfile(note, target.with_name(note.name))

    def _cut(self, day: date, contracts: tuple[str, ...]) -> None:
        for stage in (*TAKE_IN, *DECIDE):
            self._step(stage, day, partial(run_stage, stage))
        preparation = self._step("prepare", day, partial(prepare_contracts, contracts=contracts))
        for release in preparation.waiting if preparation else []:
            verdicts = self.people_chance.choice(
                [
                    [("sato", "approve")],
                    [("sato", "approve"), ("suzuki", "approve")],
                    [("suzuki", "approve"), ("sato", "approve")],
                    [("sato", "approve"), ("suzuki", "reject")],
                ]
            )
            for officer, verdict in verdicts:
                self._sign("release", f"{release.release_no}:{release.payload_digest}", verdict, officer, day)
        self._step("decisions", day, partial(run_stage, "decisions"))
        self._step("emit", day, emit)

    def _decide_queue(self, day: date) -> None:
        with open_snapshot(self.world.home, self.world.keyring) as session:
            waiting = [
                (row["資料番号"], row["候補の宛名番号"].split("、")) for row in rows(session, "queue", [None, None])
            ]
        for document_no, candidates in waiting:
            whim = self.people_chance.random()
            if whim < 0.3 and candidates[0]:
                self._sign("link", str(document_no), candidates[0], "sato", day)
            elif whim < 0.4:
                self._sign("link", str(document_no), "forward", "suzuki", day)

    def _sign(self, kind: Any, subject: str, verdict: str, officer: str, day: date) -> None:
        decision = DecisionFile(
            kind=kind, subject=subject, verdict=verdict, reason="模擬", officer=officer, channel="file", decided_on=day
        )
        write_decision(self.world.home, self.world.keyring, decision)

    def _step(self, name: str, day: date, work: Callable[[StageContext], Any]) -> Any:
        """Do a piece of work, perhaps dying in the middle and doing it again, with the same outcome as without dying."""
        self.steps += 1
        if self.crash_chance.random() >= CRASH_CHANCE:
            return self._do(name, work, self.world.context(day))
        calm = self.world.copied(self.world.folder.with_name("calm"))
        self._crash_in(work, self.world.context(day), self.crash_chance.randint(1, CRASH_POINT_MAX))
        result = self._do(name, work, self.world.context(day))
        self._do(name, work, calm.context(day))
        if self.world.dump() != calm.dump():
            self.broken.append(f"{day} {name}: 中断した台帳と中断しない台帳が違う")
        shutil.rmtree(calm.folder)
        return result

    def _do(self, name: str, work: Callable[[StageContext], Any], ctx: StageContext) -> Any:
        try:
            return work(ctx)
        except OperatorError as error:
            self.broken.append(f"{name}: {error}")
            return None

    def _crash_in(self, work: Callable[[StageContext], Any], ctx: StageContext, countdown: int) -> None:
        remaining = countdown

        def die_in_time(_: str) -> None:
            nonlocal remaining
            remaining -= 1
            if remaining == 0:
                raise Crash

        durable.on_reach = die_in_time
        try:
            work(ctx)
        except Crash:
            self.crashes += 1
        finally:
            durable.on_reach = durable.nothing
