"""What the taxpayer of a case paid: premiums, expenses, donations, loans, taxes (法314条の2, 附則5条の4, 314条の7–314条の9)."""

from typing import Literal

from pipelines.assessment.case_part import Day, Part, Yen


class LifeInsurance(Part):
    new_general_yen: Yen = 0
    new_care_yen: Yen = 0
    new_pension_yen: Yen = 0
    old_general_yen: Yen = 0
    old_pension_yen: Yen = 0


class EarthquakeInsurance(Part):
    earthquake_yen: Yen = 0
    old_long_term_yen: Yen = 0


class Expense(Part):
    paid_yen: Yen = 0
    reimbursed_yen: Yen = 0

    @property
    def own_yen(self) -> int:
        """What was not reimbursed."""
        return max(self.paid_yen - self.reimbursed_yen, 0)


class Casualty(Part):
    loss_yen: Yen = 0
    reimbursed_yen: Yen = 0
    disaster_expense_yen: Yen = 0


class Donation(Part):
    furusato_yen: Yen = 0
    city_and_prefecture_yen: Yen = 0
    city_only_yen: Yen = 0
    prefecture_only_yen: Yen = 0
    one_stop: bool = False


class HousingLoan(Part):
    moved_in_on: Day
    creditable_yen: Yen = 0
    income_tax_before_credit_yen: Yen = 0
    income_tax_taxable_yen: Yen = 0
    rate_percent: Literal[5, 7] = 5

    def row(self) -> dict[str, object]:
        """The columns of the chain's input that the loan fills."""
        return {
            "housing_unused_credit_yen": max(self.creditable_yen - self.income_tax_before_credit_yen, 0),
            "income_tax_taxable_yen": self.income_tax_taxable_yen,
            "housing_moved_in_on": self.moved_in_on,
            "housing_higher_cap": self.rate_percent == 7,
        }


class Withheld(Part):
    dividend_levy_yen: Yen = 0
    share_gain_levy_yen: Yen = 0


class Paid(Part):
    social_insurance_yen: Yen = 0
    small_enterprise_mutual_aid_yen: Yen = 0
    life_insurance: LifeInsurance = LifeInsurance()
    earthquake_insurance: EarthquakeInsurance = EarthquakeInsurance()
    medical: Expense = Expense()
    self_medication: Expense = Expense()
    casualty: Casualty = Casualty()
    donation: Donation = Donation()
    housing_loan: HousingLoan | None = None
    foreign_tax_yen: Yen = 0
    foreign_tax_national_limit_yen: Yen = 0
    withheld: Withheld = Withheld()

    def row(self) -> dict[str, object]:
        """The columns of the chain's input that these payments fill."""
        life, earthquake = self.life_insurance, self.earthquake_insurance
        casualty, donation = self.casualty, self.donation
        no_loan: dict[str, object] = {"housing_higher_cap": False, "housing_moved_in_on": None}
        return {
            "social_insurance_yen": self.social_insurance_yen,
            "small_enterprise_yen": self.small_enterprise_mutual_aid_yen,
            "new_general_premium_yen": life.new_general_yen,
            "old_general_premium_yen": life.old_general_yen,
            "care_premium_yen": life.new_care_yen,
            "new_pension_premium_yen": life.new_pension_yen,
            "old_pension_premium_yen": life.old_pension_yen,
            "earthquake_premium_yen": earthquake.earthquake_yen,
            "old_long_term_premium_yen": earthquake.old_long_term_yen,
            "medical_expense_yen": self.medical.own_yen,
            "self_medication_expense_yen": self.self_medication.own_yen,
            "casualty_loss_yen": max(casualty.loss_yen - casualty.reimbursed_yen, 0),
            "disaster_expense_yen": casualty.disaster_expense_yen,
            "furusato_yen": donation.furusato_yen,
            "donation_both_yen": donation.city_and_prefecture_yen,
            "donation_city_yen": donation.city_only_yen,
            "donation_prefecture_yen": donation.prefecture_only_yen,
            "one_stop": donation.one_stop,
            "foreign_tax_yen": self.foreign_tax_yen,
            "foreign_tax_national_limit_yen": self.foreign_tax_national_limit_yen,
            "withheld_levy_yen": self.withheld.dividend_levy_yen + self.withheld.share_gain_levy_yen,
            **(no_loan if self.housing_loan is None else self.housing_loan.row()),
        }
