"""What the letters after the tax notice say: schemas/notices/levy_letters.yaml."""

from functools import cache
from typing import Any

from pydantic import BaseModel, ConfigDict

from pipelines.paths import SCHEMAS
from pipelines.yaml_file import load_yaml

Row = dict[str, Any]
WORDING = SCHEMAS / "notices" / "levy_letters.yaml"


class Part(BaseModel):
    """A part of the wording: frozen, and nothing unknown may stand in it."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class TableColumn(Part):
    """A column of a letter's table; widths are shares of the page."""

    ja: str
    width: int


class LetterTable(Part):
    """A table of a letter."""

    heading: str
    columns: tuple[TableColumn, ...]

    def said(self, rows: list[list[object]]) -> Row:
        """The table for the template. Every row has a cell a column."""
        assert all(len(row) == len(self.columns) for row in rows)
        return self.model_dump() | {"rows": rows}


class LevyLetter(Part):
    """A kind of letter: its kind in the register of notices, its code in their numbers, and what it says."""

    kind: str
    code: str
    title: str
    opening: tuple[str, ...]
    tables: dict[str, LetterTable]
    closing: tuple[str, ...]

    def said(self, common: Row) -> Row:
        """Title and paragraphs with the municipality's names."""
        names = {
            "taxes": f"{common['city_tax']}・{common['prefecture_tax']}",
            "city_ordinance": common["wording"]["city_ordinance"],
            **{name: common[name] for name in ("fiscal_year", "city_tax", "prefecture_tax")},
            **common["appeal"],
        }
        return {
            "title": self.title.format_map(names),
            "opening": [paragraph.format_map(names) for paragraph in self.opening],
            "closing": [paragraph.format_map(names) for paragraph in self.closing],
        }


class Wording(Part):
    """The file: letters by contract, and the reasons of 減免 in Japanese."""

    letters: dict[str, LevyLetter]
    reasons: dict[str, str]
    forest_reasons: dict[str, str]


@cache
def wording() -> Wording:
    """The whole wording."""
    return Wording.model_validate(load_yaml(WORDING))


def levy_letter(contract_id: str) -> LevyLetter:
    """The letter of a contract."""
    return wording().letters[contract_id]
