"""A source's suite of rules (`schemas/intake/<source>/suite.yaml`), which SQL and Great Expectations both follow."""

from functools import cache
from typing import Any, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from pipelines.errors import ConfigurationError
from pipelines.paths import SCHEMAS
from pipelines.yaml_file import load_yaml


class Wording(BaseModel):
    """What an operator is told: what is wrong, what was expected, what to do."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    what: str
    expected: str
    action: str

    def before_items(self) -> str:
        """The message up to the items concerned."""
        return f"{self.what} ／ 項目: "

    def after_items(self) -> str:
        """The message after the items concerned."""
        return f" ／ 正しい形: {self.expected} ／ 対処: {self.action}"


class Rule(Wording):
    """One rule over the columns of the source's facts.

    `items` names the column that lists the items concerned; otherwise `item` is the one item's name in the layout.
    `waivable`: an officer may find that the record is right as it is (decision 0018); never one about form or numbers.
    """

    id: str
    severity: Literal["critical", "warning"]
    expectation: str
    kwargs: dict[str, Any]
    item: str | None = None
    items: str | None = None
    waivable: bool = False

    @model_validator(mode="after")
    def _speaks_of_items(self) -> Self:
        if (self.item is None) == (self.items is None):
            raise ValueError(f"{self.id}: item か items のどちらか一方を書く")
        return self

    @property
    def columns(self) -> list[str]:
        """The fact columns that the expectation looks at."""
        return [str(value) for name, value in self.kwargs.items() if name in ("column", "column_A", "column_B")]


class RefuseAbove(BaseModel):
    """A file with more failed records than `records` and than `percent` of all is refused as a whole."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    records: int = Field(ge=0)
    percent: int = Field(ge=0, le=100)

    def refuses(self, failed_count: int, read_count: int) -> bool:
        """Whether so many failed records of `read_count` make it a wrong file."""
        return failed_count > self.records and failed_count * 100 > self.percent * read_count


class Suite(BaseModel):
    """The rules of one source, in the order in which they are reported."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    source: str
    refuse_above: RefuseAbove
    amount_item: str | None
    unreadable: dict[Literal["undecodable", "item_count", "unknown_content"], Wording]
    rules: tuple[Rule, ...]


@cache
def load_suite(source: str) -> Suite:
    """The suite of `source`. Raises ConfigurationError when it is missing or not of this form."""
    path = SCHEMAS / "intake" / source / "suite.yaml"
    try:
        return Suite.model_validate(load_yaml(path))
    except (OSError, yaml.YAMLError, ValidationError) as error:
        found = error.errors()[0]["msg"] if isinstance(error, ValidationError) else type(error).__name__
        raise ConfigurationError(
            "検査規則が読めません",
            file=f"{source}/suite.yaml",
            found=found,
            action="schemas/intake の規則を直してください",
        ) from error
