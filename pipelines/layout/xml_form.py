"""XML forms as data: the envelope of eLTAX (`schemas/intake/eltax_xml/envelope.yaml`) and a source's tags for its items."""

from functools import cache, cached_property
from pathlib import Path
from typing import Any, Self

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from pipelines.errors import ConfigurationError
from pipelines.layout.layout import Layout, Trust, source_layouts
from pipelines.paths import SCHEMAS
from pipelines.yaml_file import load_yaml

FOLDER = SCHEMAS / "intake" / "eltax_xml"


class EnvelopePart(BaseModel):
    """An element of the envelope by its path below the root, the leaves that it may hold, and why they aren't used."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    path: str
    leaves: tuple[str, ...]
    trust: Trust
    unused: str


class Envelope(BaseModel):
    """What stands around the forms. Tags are written as in the file, with the prefixes of `namespaces`."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    title: str
    root: str
    tax_data: str
    namespaces: dict[str, str]
    form_attributes: tuple[str, ...]
    required: dict[str, tuple[str, ...]]
    opaque: dict[str, str]
    elements: tuple[EnvelopePart, ...]

    @cached_property
    def leaves(self) -> frozenset[str]:
        """The paths that hold text, below the root."""
        return frozenset(f"{part.path}/{leaf}" for part in self.elements for leaf in part.leaves)

    @cached_property
    def branches(self) -> frozenset[str]:
        """The paths that hold elements only."""
        ends = [*(part.path for part in self.elements), self.tax_data, *self.opaque]
        steps = [end.split("/") for end in ends]
        paths = {"/".join(step[:depth]) for step in steps for depth in range(1, len(step) + 1)}
        return frozenset(paths - set(self.opaque))

    def qualified(self, tag: str) -> str:
        """`gen:yy` as `{http://…}yy`."""
        prefix, _, name = tag.rpartition(":")
        return f"{{{self.namespaces[prefix]}}}{name}" if prefix else name


class XmlForm(BaseModel):
    """A source's body: form elements with the edition of the layout that each holds, and the item of each tag."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    source: str
    title: str
    official: bool
    edition: str
    namespace: str
    forms: dict[str, str]
    national_tax_eras: tuple[str, ...]
    tags: dict[str, str]

    @model_validator(mode="after")
    def _every_item_has_one_tag(self) -> Self:
        known = {layout.edition: layout for layout in source_layouts(self.source).values()}
        if len(set(self.tags.values())) != len(self.tags):
            raise ValueError("tags: 同じ項目に2つのタグがある")
        for form, edition in self.forms.items():
            missing = {item.name for item in known[edition].items} - set(self.tags.values())
            if missing:
                raise ValueError(f"{form}: タグのない項目 {'・'.join(sorted(missing))}")
        return self

    @cached_property
    def layouts(self) -> dict[str, Layout]:
        """The layout of each form."""
        known = {layout.edition: layout for layout in source_layouts(self.source).values()}
        return {form: known[edition] for form, edition in self.forms.items()}

    @cached_property
    def tag_of(self) -> dict[str, str]:
        """The tag of each item."""
        return {item: tag for tag, item in self.tags.items()}

    def newest_form(self, layout: Layout) -> str:
        """The form element that holds a layout's items."""
        return max(form for form, edition in self.forms.items() if edition == layout.edition)


@cache
def envelope() -> Envelope:
    """eLTAX's envelope. Raises ConfigurationError when its file is not of this form."""
    return Envelope.model_validate(_read(FOLDER / "envelope.yaml"))


@cache
def xml_form(source: str) -> XmlForm | None:
    """The XML form of a source; None when it has none. Raises ConfigurationError when its file is not of this form."""
    path = FOLDER / f"{source}.yaml"
    if not path.exists():
        return None
    try:
        return XmlForm(source=source, **_read(path))
    except (TypeError, KeyError, ValidationError) as error:
        raise _unreadable(path, error) from error


def _read(path: Path) -> dict[str, Any]:
    try:
        read: dict[str, Any] = load_yaml(path)
    except (OSError, yaml.YAMLError) as error:
        raise _unreadable(path, error) from error
    return read


def _unreadable(path: Path, error: Exception) -> ConfigurationError:
    return ConfigurationError(
        "XMLの様式の定義が読めません",
        file=path.name,
        found=str(error),
        action="schemas/intake/eltax_xml の定義を直してください",
    )
