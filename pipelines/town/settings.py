"""What the town is made from: the YAML and CSV files under schemas/town, read once."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import mojimoji
import numpy as np
import numpy.typing as npt

from pipelines.errors import ConfigurationError
from pipelines.paths import SCHEMAS
from pipelines.yaml_file import load_yaml

FOLDER = SCHEMAS / "town"
TWIN_NAMES_FROM = 2**40  # a given name's number from here on is one of `twin_names`: those of row n are 2n and 2n + 1

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Texts = npt.NDArray[np.object_]
Dates = npt.NDArray[np.datetime64]
Values = Mapping[str, Any]


@dataclass(frozen=True)
class Names:
    """A list of names: as written, in full-width and in half-width katakana. One place in each array a name."""

    written: Texts
    kana: Texts
    half_kana: Texts


@dataclass(frozen=True)
class Settings:
    """Every figure and word of the town, for one fiscal year and, from 0 to 1, how messy it is."""

    people: Values
    wages: Values
    pensions: Values
    resident_returns: Values
    one_stop: Values
    people_changes: Values
    returns: Values
    leavers: Values
    employers: Values
    places: Values
    difficulties: Values
    receipts: Values
    tax: Values
    surnames: Names
    male_names: Names
    female_names: Names
    mess: Values
    twin_names: Names
    mess_level: float = 0.0


def load_settings(fiscal_year: int) -> Settings:
    """Read schemas/town for a fiscal year. Raises ConfigurationError when the year has no income tax file."""
    year_file = FOLDER / "income_tax" / f"{fiscal_year}.yaml"
    if not year_file.exists():
        known = sorted(path.stem for path in year_file.parent.glob("2*.yaml"))
        raise ConfigurationError(
            "この年度の町は作れません",
            file=f"schemas/town/income_tax/{year_file.name}",
            expected="・".join(known),
            action="年度を直すか、その年分の所得税の表を加えてください",
        )
    given, mess = _rows("given_names.csv"), _yaml("mess.yaml")
    return Settings(
        people=_yaml("people.yaml"),
        wages=_yaml("wages.yaml"),
        pensions=_yaml("pensions.yaml"),
        resident_returns=_yaml("resident_returns.yaml"),
        one_stop=_yaml("one_stop.yaml"),
        leavers=_yaml("leavers.yaml"),
        people_changes=_yaml("people_changes.yaml"),
        returns=_yaml("returns.yaml"),
        employers=_yaml("employers.yaml"),
        places=_yaml("places.yaml"),
        difficulties=_yaml("difficulties.yaml"),
        receipts=_yaml("receipts.yaml"),
        tax=_yaml("income_tax/common.yaml") | _yaml(f"income_tax/{fiscal_year}.yaml"),
        surnames=_names(_rows("surnames.csv")),
        male_names=_names([row for row in given if row["sex"] == "male"]),
        female_names=_names([row for row in given if row["sex"] == "female"]),
        mess=mess,
        twin_names=_names(
            [{"name": row[part], "kana": row[part + 1]} for row in mess["twin_names"] for part in (1, 3)]
        ),
    )


def _yaml(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = load_yaml(FOLDER / name)
    return loaded


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _names(rows: list[dict[str, str]]) -> Names:
    return Names(
        written=np.array([row["name"] for row in rows], dtype=object),
        kana=np.array([row["kana"] for row in rows], dtype=object),
        half_kana=np.array([mojimoji.zen_to_han(row["kana"]) for row in rows], dtype=object),
    )
