"""Who claims whom in the wage report: the household's best earner claims spouse and dependants (扶養控除等申告書)."""

from dataclasses import dataclass

import numpy as np

from pipelines.town.careers import SELF_EMPLOYED, STUDENT_JOB, Careers
from pipelines.town.jobs import Rows
from pipelines.town.people import CHILD, HEAD, PARENT, People
from pipelines.town.settings import Bools, Ints, Settings
from pipelines.town.streams import chance

RELATIVES_MAX = 6  # claimed dependants of 16 and over that a row keeps; as many under 16


@dataclass(frozen=True)
class Circumstances:
    """What the claims look at, one place a person: spouse, true income of the year (yen), nobody knows the income."""

    partner: Ints
    income_yen: Ints
    unknown_income: Bools


def circumstances(
    people: People, partner: Ints, careers: Careers, income_yen: Ints, settings: Settings
) -> Circumstances:
    """Incomes as the family knows them; the self-employed and most pensioners have one that no wage report tells."""
    pensioner = (people.age >= settings.people["over_pension_age"]) & ~people.pension_small
    return Circumstances(partner, income_yen, (careers.kind == SELF_EMPLOYED) | pensioner)


def claims(
    people: People, careers: Careers, known: Circumstances, main: Rows, rng: np.random.Generator, settings: Settings
) -> Rows:
    """The family columns of the main jobs: counts, places of the spouse and of the dependants, flags of the payee."""
    persons: Ints = main["person"]
    row_of = np.full(len(people), -1, dtype=np.int64)
    row_of[persons] = np.arange(len(persons))
    claimant = _claimants(people, careers, main, row_of)
    claims_of = np.where(claimant[people.household_place] >= 0, row_of[claimant[people.household_place]], -1)
    is_claimant = claimant[people.household_place] == np.arange(len(people))
    is_partner = (known.partner >= 0) & (claimant[people.household_place] == known.partner)

    limit = settings.tax["dependant_income_to_yen"]
    over = chance(rng, settings.difficulties["of_jobs"]["dependant_over_limit"]["share"] / 10, len(people))
    within = (known.income_yen <= limit) | (over & (people.role == CHILD))
    other = (claims_of >= 0) & ~is_claimant & ~is_partner & ~known.unknown_income
    dependant = other & within
    special = other & ~within & (people.age >= 19) & (people.age <= 22)
    specific_to = max((row.get("up_to", 0) for row in settings.tax["specific_relative"]), default=0)
    special &= known.income_yen <= specific_to

    spouse_row = (claims_of >= 0) & is_partner & ~known.unknown_income
    columns = _counts(people, claims_of, dependant, spouse_row & within, len(persons))
    columns["partner"] = _one_place(claims_of, spouse_row, len(persons))
    columns["special_relatives"] = _places(claims_of, special, len(persons))[:, :2]
    columns["dependants"] = _places(claims_of, dependant & (people.age >= 16), len(persons))
    columns["under_16"] = _places(claims_of, dependant & (people.age < 16), len(persons))
    alone = (people.role == HEAD) & (known.partner < 0)
    has_child = np.bincount(claims_of[dependant & (people.role == CHILD)], minlength=len(persons)) > 0
    columns["single_parent_claimed"] = alone[persons] & has_child
    rule = settings.people["widow"]
    widow = alone & ~people.male & (people.age >= rule["from_age"]) & chance(rng, rule["share"], len(people))
    columns["widow_claimed"] = widow[persons] & ~columns["single_parent_claimed"]
    return columns


def claim_twice(main: Rows, claims_twice: Bools, partner: Ints) -> Rows:
    """The family columns again, where both of a couple claim: who `claims_twice` writes the partner's relatives, too."""
    row_of = np.full(len(partner), -1, dtype=np.int64)
    row_of[main["person"]] = np.arange(len(main["person"]))
    model = np.where(partner[main["person"]] >= 0, row_of[partner[main["person"]]], -1)
    named = (main["dependants"][model, 0] >= 0) | (main["under_16"][model, 0] >= 0)
    twice = claims_twice[main["person"]] & (model >= 0) & named
    columns: Rows = {"claimed_twice": twice}
    for name in ("dependants", "under_16", *(name for name in main if name.startswith("dependant_"))):
        shown = twice[:, None] if main[name].ndim > 1 else twice
        columns[name] = np.where(shown, main[name][model], main[name])
    return columns


def _claimants(people: People, careers: Careers, main: Rows, row_of: Ints) -> Ints:
    """Each household's claimant: the place of who is paid most (students never), -1 where nobody is paid."""
    paid = np.where(row_of >= 0, main["paid_yen"][row_of], 0)
    paid = np.where(careers.kind == STUDENT_JOB, 0, paid)
    order = np.lexsort((-paid, people.household_place))
    home = people.household_place[order]
    first = order[np.flatnonzero(np.diff(home, prepend=-1))]
    return np.where(paid[first] > 0, first, -1)


def _counts(people: People, claims_of: Ints, dependant: Bools, spouse: Bools, rows: int) -> Rows:
    age = people.age
    special, ordinary = people.disability == 2, people.disability == 1
    relative = dependant | spouse

    def count(who: Bools) -> Ints:
        return np.bincount(claims_of[who], minlength=rows).astype(np.int64)

    elderly = dependant & (age >= 70)
    other = dependant & (age >= 16) & (age < 70) & ~((age >= 19) & (age <= 22))
    parents = (people.role == PARENT) | (people.role == HEAD)  # a head is claimed by a grown child
    return {
        "dependant_specific_count": count(dependant & (age >= 19) & (age <= 22)),
        "dependant_elderly_count": count(elderly),
        "dependant_elderly_parent_count": count(elderly & parents),
        "dependant_other_count": count(other),
        "dependant_under_16_count": count(dependant & (age < 16)),
        "dependant_under_23_count": count(dependant & (age < 23)),
        "disability_special_count": count(relative & special),
        "disability_special_living_together_count": count(relative & special),
        "disability_other_count": count(relative & ordinary),
    }


def _one_place(claims_of: Ints, who: Bools, rows: int) -> Ints:
    places = np.full(rows, -1, dtype=np.int64)
    chosen = np.flatnonzero(who)
    places[claims_of[chosen]] = chosen
    return places


def _places(claims_of: Ints, who: Bools, rows: int) -> Ints:
    """Rows × relatives: the places of the claimed, in household order; -1 where there are no more."""
    places = np.full((rows, RELATIVES_MAX), -1, dtype=np.int64)
    chosen = np.flatnonzero(who)
    chosen = chosen[np.argsort(claims_of[chosen], kind="stable")]
    row = claims_of[chosen]
    starts = np.flatnonzero(np.diff(row, prepend=-1))
    nth = np.arange(len(row)) - np.repeat(starts, np.diff(np.append(starts, len(row))))
    kept = nth < RELATIVES_MAX
    places[row[kept], nth[kept]] = chosen[kept]
    return places
