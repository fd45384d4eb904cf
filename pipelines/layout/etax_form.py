"""e-Tax forms as data (`schemas/intake/etax_xml`): the tags of a form's version, IT's definitions, and how returns are packed."""

from functools import cache, cached_property
from typing import Literal, Self, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from pipelines.errors import ConfigurationError
from pipelines.layout.layout import Layout, source_layouts
from pipelines.paths import SCHEMAS
from pipelines.yaml_file import load_yaml

FOLDER = SCHEMAS / "intake" / "etax_xml"
SOURCE = "income_tax_return"
# The parts of a value that has some, and what each adds to the name of the item; "" is the item itself.
PARTS: dict[str, dict[str, str | None]] = {
    "yymmdd": {"era": "_era", "yy": "_year", "mm": "_month", "dd": "_day"},
    "yy": {"era": "_era", "yy": "_year"},
    "mmdd": {"mm": "_month", "dd": "_day"},
    "bango": {"kojinbango": "", "hojinbango": None},
    "kubun": {"kubun_CD": "", "kubun_NM": None},
}
Model = TypeVar("Model", bound=BaseModel)
Type = Literal["group", "ref", "kingaku", "int", "text", "kubun", "bango", "yymmdd", "yy", "mmdd", "any"]


class Definition(BaseModel):
    """A definition of the part IT. `item` is the item that its value, or the beginning of those that its parts, go to."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    name: str
    type: Type
    item: str | None = None


class Element(BaseModel):
    """An element of the form, and where it stands. A group may `repeat`; `{n}` in the items below is then its place."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    tag: str
    within: str
    ja: str
    type: Type
    definition: str | None = None
    repeat: int = Field(default=1, gt=0)
    item: str | None = None


class EtaxForm(BaseModel):
    """One version of KOA020."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    title: str
    official: bool
    version: str
    layout: str
    procedures: tuple[str, ...]
    namespaces: dict[Literal["form", "general"], str]
    attributes: frozenset[str]
    sheets: tuple[str, ...]
    repeated_sheets: tuple[str, ...]
    unread_sheets: dict[str, str]
    unread_forms: dict[str, str]
    definitions: tuple[Definition, ...]
    elements: tuple[Element, ...]

    @model_validator(mode="after")
    def _every_item_has_one_place(self) -> Self:
        ones: tuple[Definition | Element, ...] = (*self.definitions, *self.elements)
        places = [item for one in ones for item in self._items(one)]
        if len(set(places)) != len(places):
            raise ValueError("同じ項目に2つのタグがある")
        strangers = set(places) ^ {item.name for item in self.record.items} - set(delivery().leaves.values())
        strangers -= {"loss_sheets", "unlisted", "other_forms"}
        if strangers:
            raise ValueError(f"レイアウトと合わない項目 {'・'.join(sorted(strangers))}")
        return self

    def _items(self, one: Definition | Element) -> list[str]:
        if one.item is None:
            return []
        suffixes = [suffix for suffix in PARTS.get(one.type, {"": ""}).values() if suffix is not None]
        return [one.item.format(n=n) + suffix for n in self._places(one) for suffix in suffixes]

    def _places(self, one: Definition | Element) -> range:
        repeat = 1
        while isinstance(one, Element):
            repeat = max(repeat, one.repeat)
            above = self.by_tag.get(one.within)
            if above is None:
                break
            one = above
        return range(1, repeat + 1)

    @cached_property
    def by_tag(self) -> dict[str, Element]:
        """The elements by tag: no tag stands at two places."""
        return {element.tag: element for element in self.elements}

    @cached_property
    def by_name(self) -> dict[str, Definition]:
        """The definitions of IT by name."""
        return {definition.name: definition for definition in self.definitions}

    @cached_property
    def pointed_at(self) -> frozenset[str]:
        """The definitions to which an element of the form points; the others are read where they are."""
        return frozenset(element.definition for element in self.elements if element.definition)

    @property
    def record(self) -> Layout:
        """The layout of the record that a return becomes."""
        return next(known for known in source_layouts(SOURCE).values() if known.edition == self.layout)


class EtaxDelivery(BaseModel):
    """What stands around the returns of one file."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    title: str
    official: bool
    namespace: str
    root: str
    one_return: str
    leaves: dict[str, str]


@cache
def etax_forms() -> dict[str, EtaxForm]:
    """Every version of KOA020 that we know, by what its VR says. Raises ConfigurationError when a file is not of this form."""
    forms = [_load(EtaxForm, path.name) for path in sorted(FOLDER.glob("KOA020_*.yaml"))]
    return {form.version: form for form in forms}


@cache
def delivery() -> EtaxDelivery:
    """How returns are packed. Raises ConfigurationError when its file is not of this form."""
    return _load(EtaxDelivery, "delivery.yaml")


def _load(model: type[Model], name: str) -> Model:
    try:
        return model.model_validate(load_yaml(FOLDER / name))
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise ConfigurationError(
            "XMLの様式の定義が読めません",
            file=name,
            found=str(error),
            action="schemas/intake/etax_xml の定義を直してください",
        ) from error
