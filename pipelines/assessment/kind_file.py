"""Cases of another kind than a year's tax: late charges, interest on refunds, retirement pay, withholding from pensions, time limits."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from pipelines.assessment.case_part import Day, Part, Yen

PAYMENTS_MAX = 100
FiscalYear = Literal[2022, 2023, 2024, 2025, 2026, 2027]
LAST_FISCAL_YEAR: FiscalYear = 2027  # whose parameters hold every calendar year's rates


class KindCase(Part):
    """What every other kind shares; the fiscal year matters only where the law changed."""

    case: str
    fiscal_year: FiscalYear = LAST_FISCAL_YEAR
    cites: list[str] = Field(default_factory=list)
    expect: dict[str, Any] = Field(default_factory=dict)


class PartPayment(Part):
    paid_on: Day
    paid_yen: Yen


class LateCharge(KindCase):
    """延滞金 (法326条): a tax due on one day and paid on another, parts of it before."""

    kind: Literal["late_charge"]
    tax_yen: Yen
    due_on: Day
    paid_on: Day
    part_payments: list[PartPayment] = Field(default_factory=list, max_length=PAYMENTS_MAX)

    @model_validator(mode="after")
    def _parts_are_parts(self) -> "LateCharge":
        if sum(part.paid_yen for part in self.part_payments) > self.tax_yen:
            raise ValueError("一部納付の合計が税額を超えています。")
        if any(part.paid_on > self.paid_on for part in self.part_payments):
            raise ValueError("一部納付が完納の日より後です。")
        return self

    def payments(self) -> list[tuple[date, int]]:
        """Every payment in the order of its day, the last of the rest."""
        parts = sorted((part.paid_on, part.paid_yen) for part in self.part_payments)
        return [*parts, (self.paid_on, self.tax_yen - sum(paid for _, paid in parts))]


class RefundInterest(KindCase):
    """還付加算金 (法17条の4): an overpayment and the day on which its refund was decided."""

    kind: Literal["refund_interest"]
    refund_yen: Yen
    cause: Literal["assessment", "income_tax", "mistake"] = "assessment"
    paid_on: Day
    event_on: Day | None = None
    decided_on: Day

    @model_validator(mode="after")
    def _has_its_event(self) -> "RefundInterest":
        if self.cause == "income_tax" and self.event_on is None:
            raise ValueError("cause が income_tax のときは event_on が要ります。")
        return self


class Retirement(KindCase):
    """退職所得の分離課税 (法328条): one retirement pay."""

    kind: Literal["retirement"]
    paid_yen: Yen
    service_years: Annotated[int, Field(ge=1, le=100)]
    officer: bool = False
    short_service: bool = False
    disability: bool = False


class PensionWithholding(KindCase):
    """年金からの特別徴収 (法321条の7の2): a pension's tax of this year and of the year before."""

    kind: Literal["pension_withholding"]
    annual_tax_yen: Yen
    previous_year_tax_yen: Yen = 0
    first_year: bool | None = None


class TimeLimit(KindCase):
    """期間制限 (法17条の5・17条の6): until when a tax may still be decided or changed."""

    kind: Literal["time_limit"]
    statutory_due_on: Day
    effect: Literal["increase", "decrease"]
    one_stop: bool = False
    fraud: bool = False
    ruling_on: Day | None = None
    void_on: Day | None = None
    income_tax_on: Day | None = None
    decided_on: Day


AnyKind = LateCharge | RefundInterest | Retirement | PensionWithholding | TimeLimit
KINDS: dict[str, type[AnyKind]] = {
    "late_charge": LateCharge,
    "refund_interest": RefundInterest,
    "retirement": Retirement,
    "pension_withholding": PensionWithholding,
    "time_limit": TimeLimit,
}
