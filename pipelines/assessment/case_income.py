"""The income of a case: every kind of income, its losses, and the losses carried from earlier years (法313条)."""

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from pipelines.assessment.case_part import Part, Yen, YenOrLoss, as_list

PAYERS_MAX = 100


class Paid(Part):
    """What one payer paid: the receipts, or in an example that gives it the income alone."""

    paid_yen: Yen | None = None
    net_yen: Yen | None = None

    @model_validator(mode="after")
    def _one_of_them(self) -> "Paid":
        if self.paid_yen is None and self.net_yen is None:
            raise ValueError("paid_yen か net_yen が要ります。")
        return self


class Employment(Paid):
    treaty_exempt: bool = False


class Dividend(Part):
    paid_yen: Yen = 0
    debt_interest_yen: Yen = 0
    kind: Literal["ordinary", "investment_trust", "foreign_currency", "none"] = "ordinary"


class Occasional(Part):
    revenue_yen: Yen = 0
    expense_yen: Yen = 0


class CapitalGain(Part):
    short_yen: YenOrLoss = 0
    long_yen: YenOrLoss = 0


class Land(Part):
    short_yen: YenOrLoss = 0
    short_public_yen: YenOrLoss = 0
    long_yen: YenOrLoss = 0
    long_excellent_yen: YenOrLoss = 0
    long_residence_yen: YenOrLoss = 0
    short_special_deduction_yen: Yen = 0
    short_public_special_deduction_yen: Yen = 0
    long_special_deduction_yen: Yen = 0
    long_excellent_special_deduction_yen: Yen = 0
    long_residence_special_deduction_yen: Yen = 0


class Shares(Part):
    listed_yen: YenOrLoss = 0
    general_yen: YenOrLoss = 0
    listed_dividend_yen: Yen = 0


class LossesCarried(Part):
    casualty_yen: Yen = 0
    listed_shares_yen: Yen = 0
    futures_yen: Yen = 0
    residence_yen: Yen = 0


class Income(Part):
    employment: list[Employment] = Field(default_factory=list, max_length=PAYERS_MAX)
    public_pension: list[Paid] = Field(default_factory=list, max_length=PAYERS_MAX)
    business_yen: YenOrLoss = 0
    farming_yen: YenOrLoss = 0
    real_estate_yen: YenOrLoss = 0
    real_estate_land_interest_yen: Yen = 0
    dividend: Annotated[list[Dividend], BeforeValidator(as_list)] = Field(default_factory=list, max_length=PAYERS_MAX)
    miscellaneous_business_yen: YenOrLoss = 0
    miscellaneous_yen: YenOrLoss = 0
    occasional: Occasional = Occasional()
    capital_gain: CapitalGain = CapitalGain()
    forestry_yen: YenOrLoss = 0
    retirement_income_yen: Yen = 0
    land: Land = Land()
    shares: Shares = Shares()
    futures_yen: YenOrLoss = 0
    loss_carried_forward_yen: Yen = 0
    losses_carried_forward: LossesCarried = LossesCarried()

    def row(self) -> dict[str, object]:
        """The columns of the chain's input that these incomes fill."""
        wages = [payer for payer in self.employment if not payer.treaty_exempt]
        carried = self.losses_carried_forward
        return {
            "employment_paid_yen": _paid(wages),
            "employment_net_yen": _net(wages),
            "pension_paid_yen": _paid(self.public_pension),
            "pension_net_yen": _net(self.public_pension),
            "business_yen": self.business_yen,
            "farming_yen": self.farming_yen,
            "real_estate_yen": self.real_estate_yen,
            "real_estate_land_interest_yen": self.real_estate_land_interest_yen,
            "ordinary_dividend_yen": self._dividend("ordinary"),
            "investment_trust_dividend_yen": self._dividend("investment_trust"),
            "foreign_currency_dividend_yen": self._dividend("foreign_currency"),
            "other_dividend_yen": self._dividend("none"),
            "miscellaneous_business_yen": self.miscellaneous_business_yen,
            "miscellaneous_yen": self.miscellaneous_yen,
            "occasional_gain_yen": self.occasional.revenue_yen - self.occasional.expense_yen,
            "capital_short_yen": self.capital_gain.short_yen,
            "capital_long_yen": self.capital_gain.long_yen,
            "forestry_yen": self.forestry_yen,
            "declared_retirement_income_yen": self.retirement_income_yen,
            **{f"land_{name}": value for name, value in self.land.model_dump().items()},
            "general_shares_yen": self.shares.general_yen,
            "listed_shares_yen": self.shares.listed_yen,
            "listed_dividend_yen": self.shares.listed_dividend_yen,
            "futures_yen": self.futures_yen,
            "loss_carried_forward_yen": self.loss_carried_forward_yen,
            "casualty_loss_carried_yen": carried.casualty_yen,
            "listed_shares_loss_carried_yen": carried.listed_shares_yen,
            "futures_loss_carried_yen": carried.futures_yen,
            "residence_loss_carried_yen": carried.residence_yen,
        }

    def _dividend(self, kind: str) -> int:
        """Dividends of the kind less the interest on debts for them; negative where the interest is more."""
        return sum(one.paid_yen - one.debt_interest_yen for one in self.dividend if one.kind == kind)


def _paid(payers: Sequence[Paid]) -> int:
    return sum(payer.paid_yen or 0 for payer in payers)


def _net(payers: Sequence[Paid]) -> int | None:
    """The income where the case gives it instead of the receipts."""
    given = [payer.net_yen for payer in payers if payer.net_yen is not None]
    return sum(given) if given else None
