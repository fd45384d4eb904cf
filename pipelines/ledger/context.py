"""What a stage is told of its run, and what it tells back."""

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from pipelines.errors import OperatorError

if TYPE_CHECKING:
    from pipelines.city import City, CityHome
    from pipelines.vault import KeyRing


@dataclass(frozen=True)
class RunIdentity:
    """Which Airflow task try does the work; all None on the command line."""

    dag_id: str | None = None
    dag_run_id: str | None = None
    task_id: str | None = None
    try_number: int | None = None
    run_type: str | None = None


@dataclass(frozen=True)
class StageContext:
    """One run of a stage for one city: what it may know (`as_of`) and for which fiscal year."""

    city: "City"
    home: "CityHome"
    keyring: "KeyRing"
    fiscal_year: int
    as_of: date
    identity: RunIdentity = RunIdentity()


@dataclass(frozen=True)
class StageReport:
    """What a stage did: the ledger commit that it made (None: nothing was new), counts, and lines for the operator.

    `problems` are those that a person must look at; the rest of the work went on.
    """

    stage: str
    commit_no: int | None
    counts: dict[str, int]
    lines: list[str] = field(default_factory=list)
    problems: list[OperatorError] = field(default_factory=list)
