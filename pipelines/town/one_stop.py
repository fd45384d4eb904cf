"""Gifts under 申告特例 (one-stop): a row a notice, from the municipalities that wage earners gave to."""

import numpy as np

from pipelines.town.difficulties import stories
from pipelines.town.jobs import Rows
from pipelines.town.reports import Block
from pipelines.town.settings import Ints, Values
from pipelines.town.streams import hashed

_DONOR, _COUNT, _FIRST, _YEN, _APPLICATIONS, _STORY, _AWAY = range(71, 78)


def story_names(rules: Values) -> list[str]:
    """What a donor's story may be; place 0 is an ordinary one, the last that of people of other municipalities."""
    return ["none", *rules["stories"], "elsewhere"]


def main_rows(block: Block) -> Ints:
    """The rows of main jobs that hold in the end and were adjusted at the year's end; one a person at most."""
    rows = block.rows
    return np.flatnonzero(rows["counts"] & ~rows["second"] & rows["adjusted"])


def notice_rows(block: Block, seed: int, rules: Values) -> Rows:
    """A row a notice: person, municipality (place in `donated_to`), yen, number of applications, the donor's story.

    Every draw belongs to the person's index.
    """
    person, story = _donors(block, seed, rules)
    index, salt = block.people.index[person], seed * 1000
    names = story_names(rules)
    count = 1 + hashed(salt + _COUNT, index, rules["municipalities_max"])
    count = np.where(story == names.index("over_five"), rules["municipalities_max"] + 1, count)
    donor = np.repeat(np.arange(len(person)), count)
    nth = np.arange(len(donor)) - np.repeat(np.cumsum(count) - count, count)
    given_to = (hashed(salt + _FIRST, index, len(rules["donated_to"]))[donor] + nth) % len(rules["donated_to"])
    gift = index[donor] * 10 + nth
    steps = (rules["donated_to_yen"] - rules["donated_from_yen"]) // rules["step_yen"] + 1
    return {
        "person": person[donor],
        "municipality": given_to,
        "donated_yen": rules["donated_from_yen"] + hashed(salt + _YEN, gift, steps) * rules["step_yen"],
        "applications": 1 + hashed(salt + _APPLICATIONS, gift, rules["applications_max"]),
        "story": story[donor],
    }


def _donors(block: Block, seed: int, rules: Values) -> tuple[Ints, Ints]:
    """Who asked for 申告特例, and each one's story (place in `story_names`)."""
    people, first_block = block.people, block.number == 0
    worker = block.rows["person"][main_rows(block)]
    worker = worker[block.paid_yen[worker] >= rules["pay_from_yen"]]
    away = people.elsewhere[worker]
    draw = hashed(seed * 1000 + _DONOR, people.index[worker], 1000)
    here = worker[~away & (draw < rules["share"])]
    strangers = worker[away & (draw < rules["elsewhere"])]
    told = stories(hashed(seed * 1000 + _STORY, people.index[here], 10_000), rules["stories"], first_block)
    elsewhere = np.full(len(strangers), len(story_names(rules)) - 1)
    return np.concatenate([here, strangers]), np.concatenate([told, elsewhere])
