"""What the analysts' copy is cut by: threshold, top-coding, rounding, bands and tables, from schemas/analysis."""

import hashlib
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from pipelines.errors import ConfigurationError
from pipelines.parameters.strict import read_yaml, validate
from pipelines.paths import ROOT, SCHEMAS, SQL
from pipelines.yaml_file import load_yaml

FOLDER = SCHEMAS / "analysis"
Positive = Annotated[int, Field(ge=1, strict=True)]
Dimension = Literal["ward", "age_band", "sex", "income_band", "levy", "collection_method", "employer_size_band"]


class Part(BaseModel):
    """A part of the file: frozen, and nothing unknown may stand in it."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Number(Part):
    value: Positive
    reason: str


class TopCode(Part):
    per_mille: Positive
    reason: str


class Rounding(Part):
    income_unit_yen: Positive
    tax_unit_yen: Positive
    reason: str


class Band(Part):
    """From `lower` up to the next band's."""

    lower: Annotated[int, Field(ge=0, strict=True, alias="from")]
    label: str


class Statistics(Part):
    """A table of two dimensions; its view is `statistics_<rows>_<columns>`."""

    rows: Dimension
    columns: Dimension

    @property
    def name(self) -> str:
        """`<rows>_<columns>`."""
        return f"{self.rows}_{self.columns}"


class Settings(Part):
    """`schemas/analysis/publication.yaml`."""

    title: str
    threshold: Number
    top_code: TopCode
    rounding: Rounding
    payer_count_max: Number
    age_bands: tuple[Band, ...]
    income_bands: tuple[Band, ...]
    employer_size_bands: tuple[Band, ...]
    statistics: tuple[Statistics, ...]

    def top_count(self, persons: int) -> int:
        """How many persons share the highest amount shown: the top-coded share, and at least the threshold."""
        return max(persons * self.top_code.per_mille // 1000, self.threshold.value)

    def bands(self) -> list[tuple[str, int, int | None, str]]:
        """(dimension, from, below or None, label) of every band."""
        kinds = {"age": self.age_bands, "income": self.income_bands, "employer_size": self.employer_size_bands}
        return [
            (kind, band.lower, following.lower if following else None, band.label)
            for kind, bands in kinds.items()
            for band, following in zip(bands, [*bands[1:], None], strict=True)
        ]


@cache
def settings() -> Settings:
    """The settings. Raises ConfigurationError when the file is wrong."""
    path = FOLDER / "publication.yaml"
    return validate(Settings, read_yaml(path), file=path.name, error=ConfigurationError)


@cache
def terms() -> dict[str, Any]:
    """The Japanese comments: `tables` and `columns` by name, `view` for the statistics."""
    loaded: dict[str, Any] = load_yaml(FOLDER / "terms.yaml")
    return loaded


@cache
def definitions_digest() -> str:
    """SHA-256 of everything that defines the published tables: this package, its SQL and its schemas."""
    digest = hashlib.sha256()
    for folder in (ROOT / "pipelines" / "analysis", SQL / "analysis", FOLDER):
        for path in sorted(path for path in folder.iterdir() if path.suffix in (".py", ".sql", ".yaml")):
            digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
