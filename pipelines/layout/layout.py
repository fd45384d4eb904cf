"""A layout (`schemas/intake/<source>/<edition>.yaml`): its edition, encoding and items, and how a record is written."""

from collections.abc import Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from pipelines.errors import ConfigurationError, DataError
from pipelines.paths import SCHEMAS
from pipelines.yaml_file import load_yaml

Kind = Literal["full", "half", "kana", "digits", "signed", "code", "free"]
Trust = Literal["sourced", "inferred", "memory"]
NumberKind = Literal["individual", "payer", "embedded"]


class Item(BaseModel):
    """One item of a record.

    `width` counts characters. `signed` are digits that a minus sign may precede. `codes` maps each code to its Japanese
    meaning. `number` says which kind of 個人番号 it may hold: a person's, the payer's (12 digits) or the corporate number
    (13), or several inside a text. An `identifier` is a number that somebody else gave out; twelve digits there are not
    yet a 個人番号. What is `computed` stands in no file: intake finds it, and it holds no 個人番号 whatever its digits are.
    `unused` gives the reason when intake doesn't load the item.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    no: int = Field(validation_alias="item")  # YAML reads a bare `no` as false
    name: str
    ja: str
    kind: Kind
    width: int = Field(gt=0)
    required: bool = False
    codes: dict[str, str] | None = None
    trust: Trust
    number: NumberKind | None = None
    identifier: bool = False
    computed: bool = False
    unused: str | None = None

    @model_validator(mode="after")
    def _a_code_item_has_its_codes(self) -> Self:
        if (self.kind == "code") != (self.codes is not None):
            raise ValueError(f"項目{self.no}: codes は kind: code の項目にだけ、必ず書く")
        return self


class Layout(BaseModel):
    """An edition of a record: its items in order. `official` is False for our interim layouts."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    edition: str
    title: str
    official: bool
    encoding: Literal["cp932", "utf-8", "jis"]
    delimiter: str
    line_end: str
    header: bool
    prefix_mark: str | None = None
    income_years: tuple[int, int | None] | None = None
    items: tuple[Item, ...]

    @model_validator(mode="after")
    def _numbered_and_named_once(self) -> Self:
        if [item.no for item in self.items] != list(range(1, len(self.items) + 1)):
            raise ValueError("item は1からの連番")
        if len({item.name for item in self.items}) != len(self.items):
            raise ValueError("name が重複")
        return self

    @cached_property
    def by_name(self) -> dict[str, Item]:
        """The items by their English names."""
        return {item.name: item for item in self.items}

    @property
    def header_line(self) -> str:
        """The header of the interim layouts: the English names, without a line end."""
        return self.delimiter.join(item.name for item in self.items)

    def record(self, values: Mapping[str, str]) -> str:
        """One line without its end: `values` by item name, absent items empty.

        Raises DataError when a name is not in the layout, a value holds the delimiter or a line break, or a character
        has no code in the layout's encoding. Kind, width and codes are not checked: that is intake's task.
        """
        unknown = sorted(values.keys() - self.by_name.keys())
        if unknown:
            raise DataError(
                "レイアウトにない項目名です",
                item=", ".join(unknown),
                expected=self.edition,
                action="項目名を直してください",
            )
        for name, value in values.items():
            if self.delimiter in value or "\r" in value or "\n" in value or not self._encodable(value):
                raise DataError(
                    "この項目の値は書き出せません",
                    item=f"{self.by_name[name].no} {self.by_name[name].ja}",
                    expected=f"区切り文字・改行を含まず、{self.encoding} にある文字",
                    action="値を直してください",
                )
        return self.delimiter.join(values.get(item.name, "") for item in self.items)

    def _encodable(self, value: str) -> bool:
        try:
            value.encode(self.encoding)
        except UnicodeEncodeError:
            return False
        return True


@cache
def load_layout(path: Path) -> Layout:
    """Read one layout; the edition is the file's name. Raises ConfigurationError naming the file and what is wrong."""
    try:
        raw: dict[str, Any] = load_yaml(path)
        lists = raw.pop("code_lists", {})
        for item in raw["items"]:
            if "codes" in item:
                item["codes"] = lists[item["codes"]]
        return Layout(edition=path.stem, **raw)
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValidationError) as error:
        raise ConfigurationError(
            "レイアウト定義が読めません",
            file=path.name,
            found=str(error),
            action="schemas/intake の定義を直してください",
        ) from error


def _first_fault(error: Exception) -> str:
    if isinstance(error, ValidationError):
        fault = error.errors()[0]
        return f"{'.'.join(str(part) for part in fault['loc'])} {fault['msg']}".strip()
    return str(error)


@cache
def source_layouts(source: str) -> dict[int, Layout]:
    """Every edition of a source by its number of items, which is how the edition of a record is recognised."""
    folder = SCHEMAS / "intake" / source
    layouts = [load_layout(path) for path in sorted(folder.glob("*.yaml")) if path.stem != "suite"]
    return {len(layout.items): layout for layout in layouts}
