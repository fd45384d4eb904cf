"""The households of one block: who belongs to each, and their ages."""

from dataclasses import dataclass

import numpy as np

from pipelines.town.settings import Bools, Ints, Values
from pipelines.town.streams import chance, weighted


@dataclass(frozen=True)
class Households:
    """One place in each array a household."""

    head_male: Bools
    head_age: Ints
    spouse: Bools
    child_ages: Ints  # households × children, -1 where there is none
    parents: Ints
    parent_ages: Ints  # households × 2
    parent_first_male: Bools


def households(rng: np.random.Generator, people: int, values: Values) -> Households:
    """Enough households for `people`: each has one person at least."""
    kinds = values["households"]
    kind = weighted(rng, [[row["share"]] for row in kinds], people)

    def of_kind(name: str) -> Ints:
        return np.array([row[name] for row in kinds])[kind]

    head_male = rng.random(people) * 1000 >= of_kind("head_female")
    head_age = np.zeros(people, dtype=np.int64)
    for number, row in enumerate(kinds):
        bands = np.array(values["head_ages"][row["kind"]])
        band = bands[weighted(rng, bands.tolist(), people)]
        age = rng.integers(band[:, 1], band[:, 2] + 1)
        head_age = np.where(kind == number, age, head_age)
    parents = np.array(values["parents_count"])[weighted(rng, values["parents_count"], people), 1]
    older_from, older_to = values["parent_older_by_years"]
    parent_ages = head_age[:, None] + rng.integers(older_from, older_to + 1, size=(people, 2))
    return Households(
        head_male=head_male,
        head_age=head_age,
        spouse=rng.random(people) * 1000 < of_kind("spouse"),
        child_ages=_child_ages(rng, head_age, of_kind("children"), values),
        parents=parents * of_kind("parents"),
        parent_ages=np.minimum(parent_ages, values["age_max"]),
        parent_first_male=chance(rng, values["first_parent_is_father"], people),
    )


def _child_ages(rng: np.random.Generator, head_age: Ints, has_children: Ints, values: Values) -> Ints:
    """Households × children, oldest first; -1 for the unborn and for those who have left home."""
    rows = values["children_count"]
    most = rows[-1][1]
    count = np.array(rows)[weighted(rng, rows, len(head_age)), 1] * has_children
    birth_from, birth_to = values["first_child_after_years"]
    next_from, next_to = values["next_child_after_years"]
    first = rng.integers(birth_from, birth_to + 1, size=len(head_age))
    later = rng.integers(next_from, next_to + 1, size=(len(head_age), most - 1))
    ages = head_age[:, None] - np.cumsum(np.column_stack([first, later]), axis=1)
    here = (np.arange(most) < count[:, None]) & (ages >= 0) & (ages <= values["child_leaves_after_age"])
    ages = np.where(here, ages, -1)
    return -np.sort(-ages, axis=1)
