"""The wage reports of a block as rows of figures: jobs, claims, difficulties and year-end adjustment put together."""

from dataclasses import dataclass

import numpy as np

from pipelines.town.careers import Careers, careers_of
from pipelines.town.difficulties import NONE, drawn_faults, fault_names, with_family
from pipelines.town.employers import Employers
from pipelines.town.family import circumstances, claim_twice, claims
from pipelines.town.jobs import Rows, joined, main_jobs, ordinary_reasons, second_jobs, take
from pipelines.town.mess import occurs
from pipelines.town.mess_people import confusable
from pipelines.town.people import People, partner_of, people_of_block
from pipelines.town.schedule import apply_table
from pipelines.town.settings import Ints, Settings
from pipelines.town.streams import YEAR, chance, stream
from pipelines.town.wage_tax import with_tax

NEW, ADDITIONAL, CORRECTION, CANCELLATION = range(4)
_CLAIMED_TWICE = 91


@dataclass(frozen=True)
class Town:
    """What a town is a function of."""

    people: int
    seed: int
    city_code: str
    fiscal_year: int
    settings: Settings
    employers: Employers
    edition_2014: bool

    @property
    def blocks(self) -> int:
        """How many blocks of people it has."""
        return -(-self.people // int(self.settings.people["block_people"]))

    @property
    def pension_parts(self) -> int:
        """How many parts of the town have pension files of their own."""
        return -(-self.people // int(self.settings.pensions["file_people"]))

    @property
    def return_parts(self) -> int:
        """How many parts of the town have files of returns of their own."""
        return -(-self.people // int(self.settings.returns["file_people"]))

    @property
    def late_file(self) -> int:
        """The file of additional reports (追加); the regular ones are numbered before it."""
        return self.employers.files

    @property
    def corrected_file(self) -> int:
        """The file of corrections and cancellations (訂正・取消)."""
        return self.employers.files + 1

    @property
    def old_edition_file(self) -> int:
        """The file in the 2014 edition, when asked for."""
        return self.employers.files + 2

    @property
    def first_own_file(self) -> int:
        """The first of the files that single employers send."""
        return self.employers.files + 2 + self.edition_2014

    @property
    def repeated_file(self) -> int:
        """The file in which a messy town's reports come once more."""
        return self.first_own_file + self.employers.own_senders

    @property
    def after_the_cut_file(self) -> int:
        """The file of a messy town's reports that come after the initial decision."""
        return self.repeated_file + 1

    def regular_file(self, employer: Ints) -> Ints:
        """The file in which each employer's regular reports come: a common one, or its own."""
        own = self.employers.own_place(employer)
        return np.where(own >= 0, self.first_own_file + own, self.employers.file_of(employer))


@dataclass(frozen=True)
class Block:
    """A block's people, their work, and a row a record. Counts and yen are true totals, one place a person."""

    number: int
    people: People
    careers: Careers
    rows: Rows
    report_count: Ints
    paid_yen: Ints
    social_insurance_yen: Ints


def block_of(town: Town, number: int) -> Block:
    """The block with this number (from 0); it depends on nothing that was made before."""
    settings, size = town.settings, town.settings.people["block_people"]
    income_year = town.fiscal_year - 1
    count = min(size, town.people - number * size)
    drawn = people_of_block(town.seed, town.city_code, number, count, income_year, settings)
    people = confusable(drawn, town.seed, settings)
    partner = partner_of(people)
    careers = careers_of(people, partner, town.seed, town.city_code, number, settings)
    rng = stream(town.seed, town.city_code, YEAR, number, town.fiscal_year)
    main = main_jobs(people, careers, town.employers, income_year, rng, settings)
    person: Ints = main["person"]
    family = with_family(people)[person]
    main["fault"] = drawn_faults(rng, ~people.elsewhere[person], family, number == 0, settings.difficulties)
    taken_second = chance(rng, settings.wages["second_job"], len(person))
    second = _all_with(NONE, second_jobs(main, taken_second, town.employers, rng, settings.wages))
    cancelled = fault_names(settings.difficulties).index("cancelled")
    untrue = main["fault"] == cancelled
    phantom = _all_with(cancelled, second_jobs(main, untrue, town.employers, rng, settings.wages))
    main["fault"] = np.where(untrue, NONE, main["fault"])
    paid = _by_person(main, second, "paid_yen", len(people))
    income = apply_table(settings.tax["employment_income"], paid)
    known = circumstances(people, partner, careers, income, settings)
    main |= claims(people, careers, known, main, rng, settings)
    twice = settings.mess["claimed_twice"]
    claims_twice = occurs(settings, town.seed * 1000 + _CLAIMED_TWICE, people.household, twice)
    main |= claim_twice(main, claims_twice, partner)
    rows = with_tax(_submitted(town, number, main, _like(second, main), _like(phantom, main)), people, known, settings)
    rows["reason"] = ordinary_reasons(rows, town.employers, settings.wages)
    return Block(
        number=number,
        people=people,
        careers=careers,
        rows=rows,
        report_count=np.bincount(np.concatenate([person, second["person"]]), minlength=len(people)),
        paid_yen=paid,
        social_insurance_yen=sum(
            (_by_person(main, second, name, len(people)) for name in ("social_insurance_yen", "small_enterprise_yen")),
            start=np.zeros(len(people), dtype=np.int64),
        ),
    )


def _submitted(town: Town, number: int, main: Rows, second: Rows, phantom: Rows) -> Rows:
    """A row a record: each job once; what is corrected or cancelled twice. `counts` marks what holds in the end."""
    names = fault_names(town.settings.difficulties)
    corrected = main["fault"] == names.index("corrected")
    too_low = take(main, corrected)
    factor = town.settings.difficulties["corrected_factor"]
    too_low["paid_yen"] = too_low["paid_yen"] * factor // 100
    late = main["fault"] == names.index("late")
    regular = town.regular_file(main["employer"])
    if town.edition_2014 and number == 0:
        regular[np.flatnonzero(main["fault"] == NONE)[:3]] = town.old_edition_file
    main_file = np.select([late, corrected], [town.late_file, town.corrected_file], regular)
    main_kind = np.select([late, corrected], [ADDITIONAL, CORRECTION], NEW)

    return joined(
        main | _marks(main, main_file, main_kind, True),
        second | _marks(second, town.regular_file(second["employer"]), NEW, True),
        too_low | _marks(too_low, town.regular_file(too_low["employer"]), NEW, False),
        phantom | _marks(phantom, town.regular_file(phantom["employer"]), NEW, False),
        phantom | _marks(phantom, town.corrected_file, CANCELLATION, False),
    )


def _marks(rows: Rows, file: Ints | int, kind: Ints | int, counts: bool) -> Rows:
    count = len(rows["person"])
    return {
        "file": np.full(count, file) if isinstance(file, int) else file,
        "submission": np.full(count, kind) if isinstance(kind, int) else kind,
        "counts": np.full(count, counts),
    }


def _all_with(fault: int, rows: Rows) -> Rows:
    return rows | {"fault": np.full(len(rows["person"]), fault)}


def _like(rows: Rows, model: Rows) -> Rows:
    """The rows with all the model's columns: what they lack is nobody (places) or nothing (all others)."""
    count = len(rows["person"])
    places = ("partner", "dependants", "under_16", "special_relatives")
    added: Rows = {
        name: np.full((count, *column.shape[1:]), -1 if name in places else 0, dtype=column.dtype)
        for name, column in model.items()
        if name not in rows
    }
    return {name: (rows | added)[name] for name in model}


def _by_person(main: Rows, second: Rows, name: str, count: int) -> Ints:
    total = np.zeros(count, dtype=np.int64)
    for rows in (main, second):
        np.add.at(total, rows["person"], rows[name])
    return total
