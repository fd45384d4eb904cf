"""What a case says was paid (`paid`), read strictly, and the deductions that need no income."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from second_calculator import insurance
from second_calculator.reading import amounts, day, integer, known_keys, truth, yen

LIFE = ("new_general_yen", "new_care_yen", "new_pension_yen", "old_general_yen", "old_pension_yen")
QUAKE = ("earthquake_yen", "old_long_term_yen")
MEDICAL = ("paid_yen", "reimbursed_yen")
CASUALTY = ("loss_yen", "reimbursed_yen", "disaster_expense_yen")
DONATIONS = ("furusato_yen", "city_and_prefecture_yen", "city_only_yen", "prefecture_only_yen")
HOUSING = (
    "moved_in_on",
    "creditable_yen",
    "income_tax_before_credit_yen",
    "income_tax_taxable_yen",
    "rate_percent",
)
PAID_KEYS = (
    "social_insurance_yen",
    "small_enterprise_mutual_aid_yen",
    "life_insurance",
    "earthquake_insurance",
    "medical",
    "self_medication",
    "casualty",
    "donation",
    "housing_loan",
    "foreign_tax_yen",
    "foreign_tax_national_limit_yen",
    "withheld",
)


@dataclass(frozen=True)
class HousingLoan:
    """A housing loan: `unused` is what income tax had no room for."""

    moved_in_on: date
    unused: int
    income_tax_taxable: int
    rate_percent: int


@dataclass(frozen=True)
class Donations:
    """Gifts of the year by where they may be credited; `one_stop` is 申告特例 for all of the furusato gifts."""

    furusato: int
    both: int
    city_only: int
    prefecture_only: int
    one_stop: bool


@dataclass(frozen=True)
class Paid:
    """What was paid."""

    social_insurance: int
    small_enterprise: int
    life_insurance: int
    earthquake_insurance: int
    medical: dict[str, int]
    self_medication: dict[str, int]
    casualty: dict[str, int]
    donations: Donations
    housing_loan: HousingLoan | None
    foreign_tax: int
    foreign_tax_national_limit: int
    withheld: int

    def deductions(self, gross_income_etc: int) -> dict[str, int]:
        """法314条の2①一–五の三."""
        medical = medical_deduction(gross_income_etc, **self.medical)
        self_medication = self_medication_deduction(**self.self_medication)
        return {
            "casualty": casualty_deduction(gross_income_etc, **self.casualty),
            "medical": max(medical, self_medication),
            "social_insurance": self.social_insurance,
            "small_enterprise": self.small_enterprise,
            "life_insurance": self.life_insurance,
            "earthquake_insurance": self.earthquake_insurance,
        }


def medical_deduction(gross_income_etc: int, paid_yen: int, reimbursed_yen: int) -> int:
    """医療費控除 (①二): above 100,000 yen or 5 % (below 1 yen cut off), at most 2,000,000."""
    threshold = min(100_000, gross_income_etc * 5 // 100)
    return min(max(paid_yen - reimbursed_yen - threshold, 0), 2_000_000)


def self_medication_deduction(paid_yen: int, reimbursed_yen: int) -> int:
    """セルフメディケーション税制 (附則4条の5③, until 令和9年度): above 12,000, at most 88,000."""
    return min(max(paid_yen - reimbursed_yen - 12_000, 0), 88_000)


def casualty_deduction(gross_income_etc: int, loss_yen: int, reimbursed_yen: int, disaster_expense_yen: int) -> int:
    """雑損控除 (①一): the loss above 10 % of the income, or the disaster's expenses above 50,000 if that is more.

    The expenses are a part of the loss, as the law's 損失の金額 includes them.
    """
    loss = max(loss_yen - reimbursed_yen, 0)
    expense = min(disaster_expense_yen, loss)
    return max(loss - gross_income_etc // 10, expense - 50_000, 0)


def _housing_loan(value: Any, fiscal_year: int) -> HousingLoan | None:
    where = "paid.housing_loan"
    loan = known_keys(value or {}, HOUSING, where)
    creditable = yen(loan.get("creditable_yen", 0), f"{where}.creditable_yen")
    income_tax = yen(loan.get("income_tax_before_credit_yen", 0), f"{where}.income_tax_before_credit_yen")
    taxable = yen(loan.get("income_tax_taxable_yen", 0), f"{where}.income_tax_taxable_yen")
    if not creditable:
        return None
    moved_in_on = day(loan.get("moved_in_on"), f"{where}.moved_in_on")
    if moved_in_on > date(fiscal_year - 1, 12, 31):
        raise ValueError(f"{where}.moved_in_on: after the income year")
    rate_percent = integer(loan.get("rate_percent", 5), f"{where}.rate_percent")
    if rate_percent not in (5, 7):
        raise ValueError(f"{where}.rate_percent: neither 5 nor 7")
    return HousingLoan(moved_in_on, max(creditable - income_tax, 0), taxable, rate_percent)


def read_paid(value: Any, fiscal_year: int) -> Paid:
    """The `paid` mapping of a case."""
    paid = known_keys(value or {}, PAID_KEYS, "paid")
    donation = known_keys(paid.get("donation") or {}, (*DONATIONS, "one_stop"), "paid.donation")
    one_stop = truth(donation.pop("one_stop", False), "paid.donation.one_stop")
    withheld = amounts(paid.get("withheld"), ("dividend_levy_yen", "share_gain_levy_yen"), "paid.withheld")
    life = amounts(paid.get("life_insurance"), LIFE, "paid.life_insurance")
    quake = amounts(paid.get("earthquake_insurance"), QUAKE, "paid.earthquake_insurance")

    def plain(name: str) -> int:
        return yen(paid.get(name, 0), f"paid.{name}")

    return Paid(
        social_insurance=plain("social_insurance_yen"),
        small_enterprise=plain("small_enterprise_mutual_aid_yen"),
        life_insurance=insurance.life_insurance(*life.values()),
        earthquake_insurance=insurance.earthquake_insurance(*quake.values()),
        medical=amounts(paid.get("medical"), MEDICAL, "paid.medical"),
        self_medication=amounts(paid.get("self_medication"), MEDICAL, "paid.self_medication"),
        casualty=amounts(paid.get("casualty"), CASUALTY, "paid.casualty"),
        donations=Donations(*amounts(donation, DONATIONS, "paid.donation").values(), one_stop=one_stop),
        housing_loan=_housing_loan(paid.get("housing_loan"), fiscal_year),
        foreign_tax=plain("foreign_tax_yen"),
        foreign_tax_national_limit=plain("foreign_tax_national_limit_yen"),
        withheld=sum(withheld.values()),
    )
