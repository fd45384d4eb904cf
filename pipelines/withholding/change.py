"""What an officer decides of an employer: the signed decision's `detail`, as JSON of the fields of `Change`."""

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from pipelines.exchange.canonical import canonical_json

Verdict = Literal["register", "change", "merge", "withdraw"]
DESIGNATED_NO = r"^[0-9A-Za-z-]{1,12}$"
Text = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class Change(BaseModel):
    """What is to hold from `valid_from` (else the day of the decision); what is None stays as it is.

    `document_no`: a wage report of the employer, from which a registration takes number, name and address.
    `merged_into`: the employer that takes this one over; "" undoes a merger.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    name: Text | None = None
    kana: Text | None = None
    address: Text | None = None
    corporate_number: Annotated[str, StringConstraints(pattern=r"^[0-9]{13}$")] | None = None
    instalment_exception: bool | None = None
    notice_delivery: Literal["electronic", "paper", "both"] | None = None
    merged_into: Literal[""] | Annotated[str, StringConstraints(pattern=DESIGNATED_NO)] | None = None
    valid_from: date | None = None
    document_no: Annotated[int, Field(ge=1)] | None = None

    def detail(self) -> str:
        """As the decision carries it."""
        return canonical_json(self.model_dump(mode="json", exclude_none=True)).decode()


def fits(verdict: str, designated_no: str, change: Change) -> bool:
    """Whether the number can be one, and the change says what its verdict needs and nothing else."""
    if not re.fullmatch(DESIGNATED_NO, designated_no):
        return False
    said = change.model_dump(exclude_none=True).keys() - {"valid_from"}
    if verdict == "register":
        whole = {"name", "address"} <= said or "document_no" in said
        return whole and "merged_into" not in said
    if verdict == "merge":
        return said == {"merged_into"} and change.merged_into != designated_no
    if verdict == "change":
        return bool(said) and not said & {"merged_into", "document_no"}
    return verdict == "withdraw" and not said


def read_change(verdict: str, designated_no: str, detail: str) -> Change | None:
    """The change that a decision's detail describes; None when it is none."""
    try:
        change = Change.model_validate_json(detail or "{}")
    except ValidationError:
        return None
    return change if fits(verdict, designated_no, change) else None
