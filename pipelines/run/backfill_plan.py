"""The plan of a backfill: a reviewed YAML file, signed by its requester, kept in the ledger as a decision.

    fiscal_years: [2025]
    as_of: {from: 2025-05-01, to: 2027-03-10}
    stages: [assessment]
    reason: 令和7年度の基礎控除の値の誤り（条例改正の見落とし）
    requester: sato

`to` is the day as of which all is decided again; a standing decision that is touched must have been taken from `from` to `to`.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from pipelines.city import CityHome
from pipelines.errors import DataError
from pipelines.exchange.canonical import canonical_json
from pipelines.ledger import open_snapshot
from pipelines.parameters.strict import read_yaml, validate
from pipelines.run.officer import place_decision
from pipelines.run.rows import rows
from pipelines.vault import KeyRing

if TYPE_CHECKING:
    from pipelines.ledger import LedgerSession

Stage = Literal["matching", "consolidation", "assessment"]
# The order of the business. A plan takes some of them that stand together.
STAGES: tuple[Stage, ...] = ("matching", "consolidation", "assessment")
SUBJECT = "plan"
_Strict = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Range(BaseModel):
    """Of which days' decisions: both days included."""

    model_config = _Strict
    first: date = Field(alias="from")
    to: date

    @model_validator(mode="after")
    def _forward(self) -> "Range":
        if self.first > self.to:
            raise ValueError("from は to 以前の日です。")
        return self


class Plan(BaseModel):
    """What a backfill decides again, of which decisions, why, and who asks for it."""

    model_config = _Strict
    fiscal_years: Annotated[tuple[Annotated[int, Field(ge=2022, le=2100)], ...], Field(min_length=1, max_length=10)]
    as_of: Range
    stages: tuple[Stage, ...] = Field(min_length=1)
    reason: Annotated[str, Field(min_length=1, max_length=400)]
    requester: Annotated[str, Field(pattern=r"[a-z0-9_-]{1,40}")]

    @model_validator(mode="after")
    def _in_order(self) -> "Plan":
        if list(self.fiscal_years) != sorted(set(self.fiscal_years)):
            raise ValueError("fiscal_years は古い年度から、一度ずつ書きます。")
        if self.stages not in [STAGES[first:last] for first in range(3) for last in range(first + 1, 4)]:
            raise ValueError(f"stages は {'・'.join(STAGES)} のうち続くものを、この順に書きます。")
        return self

    def detail(self) -> str:
        """As the decision carries it."""
        return canonical_json(self.model_dump(mode="json", by_alias=True)).decode()


def read_plan(path: Path) -> Plan:
    """The plan in the file. Raises DataError with what is wrong in it."""
    return validate(Plan, read_yaml(path), file=path.name, error=DataError)


def place_plan(city: str, plan: Plan, on: date) -> Path:
    """Sign the plan for its requester and put it into the inbox; the file. Its number is that of its decision."""
    return place_decision(
        city,
        "backfill",
        SUBJECT,
        "plan",
        officer=plan.requester,
        reason=plan.reason,
        decided_on=on,
        detail=plan.detail(),
    )


def plan_of(session: "LedgerSession", backfill_no: int) -> Plan:
    """The plan of that number. Raises DataError when there is none, or when its decision is no plan."""
    row = session.con.execute(
        "SELECT detail FROM ledger.decision WHERE decision_no = ? AND decision_kind = 'backfill' AND subject = ?",
        [backfill_no, SUBJECT],
    ).fetchone()
    try:
        return Plan.model_validate_json(row[0] if row else "")
    except ValidationError:
        raise DataError(
            "その番号のバックフィルの計画はありません",
            item=f"バックフィル番号 {backfill_no}",
            action="`juminzei backfill status` で番号を確かめてください。計画は `juminzei backfill plan 計画.yaml --on 日付` の後、次の受付で台帳に入ります",
        ) from None


def touches(city: str, plan: Plan) -> dict[str, Any]:
    """What the plan may touch: people, versions that stand and that the range leaves out, contracts whose changes would follow.

    Raises DataError when something of these years was decided after the plan's last day: it would be decided in the past.
    """
    with open_snapshot(CityHome(city), KeyRing.open()) as session:
        require_last(session, plan)
        [found] = rows(
            session,
            "backfill/touches",
            {"years": list(plan.fiscal_years), "first": plan.as_of.first, "to": plan.as_of.to},
        )
    return found


def require_last(session: "LedgerSession", plan: Plan) -> None:
    """Raise DataError when something of the plan's years was decided after its last day."""
    row = session.con.execute(
        "SELECT max(decided_on) FROM ledger.assessment WHERE list_contains(?, fiscal_year)", [list(plan.fiscal_years)]
    ).fetchone()
    if row and row[0] and row[0] > plan.as_of.to:
        raise DataError(
            "計画の基準日より後に、この年度の決定があります",
            item="as_of.to",
            found=f"最後の決定 {row[0]}",
            expected=f"{row[0]} 以後の日",
            action="これから決定し直すので、as_of.to を最後の決定の日以後にしてください",
        )


def listing(city: str) -> list[dict[str, Any]]:
    """Every plan with its state, oldest first."""
    with open_snapshot(CityHome(city), KeyRing.open()) as session:
        return rows(session, "backfill/status")


def years_text(years: Sequence[int]) -> str:
    """Fiscal years for people."""
    return "・".join(f"{year}年度" for year in years)
