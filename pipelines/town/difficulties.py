"""What goes wrong, in small: which job is reported late, corrected or cancelled, which record has which fault."""

import numpy as np

from pipelines.town.identifiers import ELSEWHERE_FROM, NOBODY_FROM, individual_numbers
from pipelines.town.people import People
from pipelines.town.places import Places
from pipelines.town.settings import Bools, Ints, Texts, Values
from pipelines.town.streams import by_share

NONE = 0
SHORT_RECORD_LACKS_ITEMS = 20
UNKNOWN_EMPLOYMENT_CHANGE = "7"

Columns = dict[str, list[str]]


def fault_names(values: Values) -> list[str]:
    """All kinds of difficulty of a job or its report; place 0 is none."""
    jobs = [name for name, rule in values["of_jobs"].items() if name != "dependant_over_limit"]
    return ["none", *jobs, *values["of_reports"]]


def drawn_faults(
    rng: np.random.Generator, eligible: Bools, has_family: Bools, first_block: bool, values: Values
) -> Ints:
    """A kind of difficulty for each main job, by place in `fault_names`; the first block has `at_least` of each."""
    names = fault_names(values)
    rules = values["of_jobs"] | values["of_reports"]
    shares = [rules[name]["share"] for name in names[1:]]
    drawn = by_share(rng.random(len(eligible)), np.array([10_000 - sum(shares), *shares], dtype=np.float64))
    swapped = names.index("swapped_number")
    fault = np.where(eligible & ((drawn != swapped) | has_family), drawn, NONE)
    if first_block:
        for number, name in enumerate(names[1:], start=1):
            suited = eligible & (fault == NONE) & (has_family | (number != swapped))
            lacking = rules[name]["at_least"] - int((fault == number).sum())
            fault[np.flatnonzero(suited)[: max(lacking, 0)]] = number
    return fault


def stories(draw: Ints, rules: Values, first_block: bool) -> Ints:
    """A story for each draw (0 to 9,999): its place among the rules, from 1, or NONE; the first block has `at_least` of each."""
    edges = np.cumsum([rule["share"] for rule in rules.values()])
    drawn = np.searchsorted(edges, draw, side="right") + 1
    story = np.where(drawn > len(rules), NONE, drawn)
    if first_block:
        for number, rule in enumerate(rules.values(), start=1):
            lacking = rule["at_least"] - int((story == number).sum())
            story[np.flatnonzero(story == NONE)[: max(lacking, 0)]] = number
    return story


def spoil(
    columns: Columns, faults: list[str], person: Ints, people: People, numbers: Texts, places: Places, seed: int
) -> None:
    """Put the faults into the records' columns (all but `short_record`, which `shorten` does to the finished line)."""
    moved = places.addresses(people.place + 1)
    for row, fault in enumerate(faults):
        if fault in ("no_number", "moved_no_number"):
            columns["individual_number"][row] = ""
        if fault in ("moved", "moved_no_number"):
            columns["address"][row] = moved[person[row]]
        elif fault == "swapped_number":
            columns["individual_number"][row] = numbers[relative_of(people, int(person[row]))]
        elif fault == "wrong_number":
            nobody = NOBODY_FROM + people.index[person[row : row + 1]] % ELSEWHERE_FROM
            columns["individual_number"][row] = individual_numbers(nobody, seed)[0]
        elif fault == "bad_check_digit":
            number = columns["individual_number"][row]
            columns["individual_number"][row] = number[:-1] + str((int(number[-1]) + 1) % 10)
        elif fault == "unknown_code":
            columns["employment_change"][row] = UNKNOWN_EMPLOYMENT_CHANGE


def shorten(record: str) -> str:
    """The record without its last items, as when a line was cut."""
    return ",".join(record.split(",")[:-SHORT_RECORD_LACKS_ITEMS])


def with_family(people: People) -> Bools:
    """True for who doesn't live alone."""
    size = np.bincount(people.household_place)
    return size[people.household_place] > 1


def relative_of(people: People, person: int) -> int:
    """The place of somebody else of the household; of a neighbour, where there is nobody else."""
    beside = person + 1
    same = beside < len(people) and people.household[beside] == people.household[person]
    return beside if same else person - 1
