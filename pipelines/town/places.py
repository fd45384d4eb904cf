"""Addresses: a number becomes ward, 町, 丁目, 番, 号. The 町 exist nowhere; the wards are the city's."""

from dataclasses import dataclass

import mojimoji
import numpy as np

from pipelines.town.settings import Ints, Texts, Values
from pipelines.town.streams import hashed

_WARD, _TOWN, _CHOME, _BLOCK, _HOUSE, _FLAT, _ROOM, _ELSEWHERE = range(31, 39)


@dataclass(frozen=True)
class Places:
    """The places of a city. `head` is prefecture and city; `wards` are (code, name), the name empty without wards."""

    head: str
    wards: tuple[tuple[str, str], ...]
    values: Values

    def ward_codes(self, place: Ints) -> list[str]:
        """The 6-digit ward code of each place."""
        codes = [code for code, _ in self.wards]
        return [codes[number] for number in self._ward(place).tolist()]

    def addresses(self, place: Ints) -> list[str]:
        """Full addresses in full-width characters."""
        values = self.values
        wards = [self.head + name for _, name in self.wards]
        towns, buildings = values["towns"], values["buildings"]
        parts = zip(
            self._ward(place).tolist(),
            hashed(_TOWN, place, len(towns)).tolist(),
            hashed(_CHOME, place, values["chome_max"]).tolist(),
            hashed(_BLOCK, place, values["block_max"]).tolist(),
            hashed(_HOUSE, place, values["house_max"]).tolist(),
            np.where(hashed(_FLAT, place, 1000) < values["flats"], hashed(_ROOM, place, 40), -1).tolist(),
            strict=True,
        )
        return [
            f"{wards[ward]}{towns[town]}{_WIDE[chome + 1]}丁目{_WIDE[block + 1]}番{_WIDE[house + 1]}号"
            + (f"　{buildings[room % 5]}{_WIDE[room // 10 + 1]}０{_WIDE[room % 10]}" if room >= 0 else "")
            for ward, town, chome, block, house, room in parts
        ]

    def postcodes(self, place: Ints) -> list[str]:
        """Postcodes 000-nnnn, one a 町 and ward."""
        ward, town = self._ward(place).tolist(), hashed(_TOWN, place, len(self.values["towns"])).tolist()
        return [f"000-{w + 1:02d}{t + 1:02d}" for w, t in zip(ward, town, strict=True)]

    def elsewhere(self, place: Ints) -> Texts:
        """Addresses in municipalities that don't exist."""
        names = self.values["elsewhere"]
        number = hashed(_ELSEWHERE, place, len(names) * 90)
        texts = [f"{names[n % len(names)]}{_WIDE[n // len(names) + 1]}番地" for n in number.tolist()]
        return np.array(texts, dtype=object)

    def _ward(self, place: Ints) -> Ints:
        return hashed(_WARD, place, len(self.wards))


_WIDE = [mojimoji.han_to_zen(str(number)) for number in range(100)]
