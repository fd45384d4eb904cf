"""What the forms of names and addresses are made with: the table of variant characters and the names of municipalities."""

import re
import unicodedata
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from pipelines.city import City
from pipelines.errors import ConfigurationError
from pipelines.ledger import LedgerSession
from pipelines.ledger.sql_file import define
from pipelines.parameters.strict import read_yaml
from pipelines.paths import SCHEMAS

FOLDER = SCHEMAS / "matching"
PREFECTURE = "北海道|東京都|京都府|大阪府|[^市区町村郡]{2,3}県"
COUNTY = "(?:[^市区町村]{1,5}郡)?"


class NameVariants(BaseModel):
    """`variants`: a character → the characters that count as the same."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    title: str
    official: bool
    variants: dict[str, str]


@cache
def name_variants(path: Path = FOLDER / "name_variants.yaml") -> dict[str, str]:
    """Each variant character with its standard one. Raises ConfigurationError for a table that is not one character to one."""
    standard_of: dict[str, str] = {}
    table = NameVariants.model_validate(read_yaml(path)).variants
    for standard, variants in table.items():
        for variant in variants:
            if variant in standard_of or variant in table or len(standard) != 1 or _composed(variant) != variant:
                raise ConfigurationError(
                    "異体字表の字が正しくありません",
                    file=path.name,
                    item=standard,
                    found=f"U+{ord(variant):04X}",
                    expected="左は1字。右の字は表に一度だけあり、左には現れず、正規化（NFC）で変わらない",
                    action="その行を直してください",
                )
            standard_of[variant] = standard
    return standard_of


def define_forms(session: LedgerSession, city: City) -> None:
    """The macros of the forms, with the table and the city's names bound to the variables that they read."""
    standard_of = name_variants()
    variables = {
        "variants": "".join(standard_of),
        "standard_forms": "".join(standard_of.values()),
        "variant_pattern": f"[{''.join(standard_of)}]",
        "here_pattern": rf"^\s*(?:{city.prefecture_name})?{COUNTY}{city.name}",
        "elsewhere_pattern": rf"^\s*(?:{PREFECTURE}|(?:{'|'.join(designated_cities())})市)",
    }
    for name, value in variables.items():
        session.con.execute(f"SET VARIABLE {name} = ?", [value])
    define(
        session, "matching", *(f"macros/{name}" for name in ("width_fold", "name_form", "kana_form", "address_form"))
    )


@cache
def designated_cities(path: Path = FOLDER / "designated_cities.yaml") -> tuple[str, ...]:
    """The names (without 市) of the cities that addresses write without their prefecture. Raises ConfigurationError."""
    names = DesignatedCities.model_validate(read_yaml(path)).designated_cities
    if not names or not all(re.fullmatch(r"\w+", name) for name in names):
        raise ConfigurationError(
            "指定都市の表が正しくありません",
            file=path.name,
            expected="市を除いた名称の並び",
            action="その行を直してください",
        )
    return names


class DesignatedCities(BaseModel):
    """`designated_cities`: names without 市."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    title: str
    designated_cities: tuple[str, ...]


def _composed(character: str) -> str:
    return unicodedata.normalize("NFC", character)
