"""`schemas/consolidation/origins.yaml`: from which documents and items each column of a tax base comes."""

from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from pipelines.errors import ConfigurationError
from pipelines.parameters.strict import read_yaml, validate
from pipelines.paths import SCHEMAS

ORIGINS = SCHEMAS / "consolidation" / "origins.yaml"


class Origin(BaseModel):
    """Where one column comes from: see the head of the file."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    source: Literal[
        "register", "wages", "pensions", "reports", "main", "relatives", "withholder", "donations", "outside", "none"
    ] = Field(validation_alias="from")
    items: tuple[str, ...] = ()
    column: str | None = None
    words: str | None = None
    note: str = ""


class OriginFile(BaseModel):
    """`schemas/consolidation/origins.yaml`."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    sources: dict[str, str]
    words: dict[str, dict[str, str]]
    denied: str
    columns: dict[str, Origin]
    return_only: tuple[str, ...]
    not_brought: tuple[str, ...]


@cache
def origin_file() -> OriginFile:
    """What the file declares; ConfigurationError when it is wrong."""
    return validate(OriginFile, read_yaml(ORIGINS), file=ORIGINS.name, error=ConfigurationError)
