"""What every part of a case file shares: known keys, whole yen, days."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

YEN_MAX = 1_000_000_000_000
Yen = Annotated[int, Field(ge=0, le=YEN_MAX)]
YenOrLoss = Annotated[int, Field(ge=-YEN_MAX, le=YEN_MAX)]
Day = Annotated[date, Field(ge=date(1890, 1, 1))]
Disability = Literal["none", "ordinary", "special"]


def as_list(value: object) -> object:
    """One mapping or word as a list of one."""
    return [value] if isinstance(value, dict | str) else value


class Part(BaseModel):
    """A part of a case: knows its keys, takes no text for a number and no number for true or false."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)
