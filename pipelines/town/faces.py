"""How a block's people are written: names, kana, numbers and addresses, made once and used by register and reports."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from pipelines.town.identifiers import individual_numbers
from pipelines.town.people import People
from pipelines.town.places import Places
from pipelines.town.settings import TWIN_NAMES_FROM, Settings, Texts


@dataclass(frozen=True)
class Faces:
    """One place in each array a person, and one more at the end, which is empty: place -1 is nobody."""

    name: Texts
    kana: Texts
    half_kana: Texts
    number: Texts
    address: Texts

    @classmethod
    def of(cls, people: People, places: Places, seed: int, settings: Settings) -> Self:
        """The faces of these people; names with a full-width space, half-width kana with a half-width one."""
        male, female, twins = settings.male_names, settings.female_names, settings.twin_names
        twin = people.given - TWIN_NAMES_FROM

        def full(written: str, space: str) -> Texts:
            given = np.where(
                people.male,
                getattr(male, written)[people.given % len(male.written)],
                getattr(female, written)[people.given % len(female.written)],
            )
            given = np.where(twin >= 0, getattr(twins, written)[twin % len(twins.written)], given)
            surname = getattr(settings.surnames, written)[people.surname % len(settings.surnames.written)]
            name: Texts = surname + space + given
            return name

        here = np.array(places.addresses(people.place), dtype=object)
        return cls(
            name=_and_nobody(full("written", "　")),
            kana=_and_nobody(full("kana", "　")),
            half_kana=_and_nobody(full("half_kana", " ")),
            number=_and_nobody(individual_numbers(people.index, seed)),
            address=_and_nobody(np.where(people.elsewhere, places.elsewhere(people.place), here)),
        )


def _and_nobody(texts: Texts) -> Texts:
    return np.append(texts, np.array([""], dtype=object))
