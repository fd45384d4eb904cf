"""The employers: a number each, from which name, address, corporate number and 指定番号 follow. Low ones are large."""

from dataclasses import dataclass

import numpy as np

from pipelines.town.identifiers import PROPRIETORS_FROM, corporate_numbers, individual_numbers
from pipelines.town.places import Places
from pipelines.town.settings import Bools, Floats, Ints, Settings, Texts
from pipelines.town.streams import by_share, hashed

_TINY, _PROPRIETOR, _HEAD, _TRADE, _FORM, _PLACE, _PERSON = range(11, 18)


@dataclass(frozen=True)
class Employers:
    """All employers of a town, without a table of them: everything is a function of their number."""

    count: int
    files: int
    seed: int
    settings: Settings

    def chosen(self, draw: Floats) -> Ints:
        """The employer of each draw (0 to 1): few large ones, many small ones."""
        number: Ints = (self.count * draw ** self.settings.employers["size_skew"]).astype(np.int64)
        return np.minimum(number, self.count - 1)

    def file_of(self, employer: Ints) -> Ints:
        """The file in which an employer's reports come; each file gets about as many reports as any other."""
        place: Floats = ((employer + 0.5) / self.count) ** (1 / self.settings.employers["size_skew"])
        return np.minimum((place * self.files).astype(np.int64), self.files - 1)

    @property
    def own_senders(self) -> int:
        """How many of the smaller employers send a file of their own; they follow the larger half."""
        rule = self.settings.employers["own_files"]
        return int(min(self.count // rule["of_employers"], rule["max"]))

    def own_place(self, employer: Ints) -> Ints:
        """The place of each among those who send a file of their own; -1 for all others."""
        place = employer - self.count // 2
        return np.where((place >= 0) & (place < self.own_senders), place, -1)

    def proprietor(self, employer: Ints) -> Bools:
        """True for a sole proprietor, who reports under an individual number."""
        return self._of_smaller(employer, _PROPRIETOR, self.settings.employers["proprietor"])

    def tiny(self, employer: Ints) -> Bools:
        """True for an employer with two workers or fewer."""
        return self._of_smaller(employer, _TINY, self.settings.employers["tiny"])

    def numbers(self, employer: Ints) -> Texts:
        """13-digit corporate numbers, or a proprietor's 12-digit individual number."""
        persons = individual_numbers(PROPRIETORS_FROM + employer, self.seed)
        return np.where(self.proprietor(employer), persons, corporate_numbers(employer, self.seed))

    def designated_nos(self, employer: Ints) -> list[str]:
        """The municipality's own 指定番号, 8 digits."""
        return [f"{number + 10_000_001:08d}" for number in employer.tolist()]

    def names(self, employer: Ints) -> Texts:
        """Firms' names, or the proprietors'."""
        words, surnames, given = self.settings.employers, self.settings.surnames, self.settings.male_names
        head = np.array(words["name_heads"], dtype=object)[self._draw(employer, _HEAD, len(words["name_heads"]))]
        trade = np.array(words["name_trades"], dtype=object)[self._draw(employer, _TRADE, len(words["name_trades"]))]
        weights = np.array([row[0] for row in words["name_forms"]], dtype=np.float64)
        form = by_share(self._draw(employer, _FORM, 1000) / 1000, weights)
        before = np.array([row[1] if row[2] == "before" else "" for row in words["name_forms"]], dtype=object)[form]
        after = np.array([row[1] if row[2] == "after" else "" for row in words["name_forms"]], dtype=object)[form]
        person = self._draw(employer, _PERSON, len(surnames.written) * len(given.written))
        persons = surnames.written[person // len(given.written)] + "　" + given.written[person % len(given.written)]
        firms: Texts = before + head + trade + after
        return np.where(self.proprietor(employer), persons, firms)

    def addresses(self, employer: Ints, places: Places) -> list[str]:
        """Business addresses in the city."""
        return places.addresses(self._draw(employer, _PLACE, 2**40))

    def _draw(self, employer: Ints, use: int, below: int) -> Ints:
        return hashed(self.seed * 1000 + use, employer, below)

    def _of_smaller(self, employer: Ints, use: int, per_thousand: int) -> Bools:
        return (employer * 2 >= self.count) & (self._draw(employer, use, 1000) < per_thousand)
