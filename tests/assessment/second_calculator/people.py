"""The people of a case: the taxpayer's own statuses and the class of every relative (法292条①, 314条の2)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from second_calculator.ages import age_for_deductions, age_on, is_minor
from second_calculator.income_given import read_income
from second_calculator.incomes import relative_total_income
from second_calculator.reading import choice, day, known_keys, truth, yen

DISABILITIES = ("none", "ordinary", "special")
ABROAD_RULE_FROM = 2024  # 法314条の2①十一ロ, from 令和6年度
ABROAD_REMITTANCE = 380_000


def relative_income_max(fiscal_year: int) -> int:
    """法292条①七・九: 48万 until 令和7年度, 58万 in 令和8年度, 62万 in 令和9年度 (R7法附則8条①, R8法附則1条二)."""
    if fiscal_year <= 2025:
        return 480_000
    return 580_000 if fiscal_year == 2026 else 620_000


@dataclass(frozen=True)
class Taxpayer:
    """The taxpayer's own statuses as claimed; the income tests of each status come with the deduction."""

    minor: bool
    disability: str
    widow: bool
    single_parent: str
    working_student: bool
    public_assistance: bool
    aged_65: bool = False
    aged_65_on_1_april: bool = False


@dataclass(frozen=True)
class Relative:
    """A spouse or another relative in the same household economy, on 31 December of the income year."""

    age: int | None
    total_income_yen: int
    disability: str
    living_together: bool
    abroad: bool
    parent_living_together: bool
    within_income_limit: bool
    # 法314条の2①十一ロ: abroad from 30 to 69 and neither a student, nor disabled, nor sent 380,000 yen
    shut_out_abroad: bool

    @property
    def under_16(self) -> bool:
        return self.age is not None and self.age < 16

    @property
    def specially_disabled(self) -> bool:
        return self.disability == "special"

    @property
    def deductible_dependant(self) -> bool:
        """控除対象扶養親族 (法314条の2①十一): from sixteen; abroad from 30 to 69 only some, from 令和6年度."""
        if not self.within_income_limit or self.age is None or self.age < 16:
            return False
        return not self.shut_out_abroad

    @property
    def counted_for_exemption(self) -> bool:
        """A 扶養親族 counted in the exemption figures (令47条の3一, 附則3条の3①④, 森令1条)."""
        return self.within_income_limit and (self.under_16 or self.deductible_dependant)


def read_taxpayer(value: Any, fiscal_year: int) -> Taxpayer:
    """The `taxpayer` mapping of a case; without a birthday of age and under 65."""
    keys = ("born_on", "disability", "widow", "single_parent", "working_student", "public_assistance")
    given = known_keys(value, keys, "taxpayer")
    minor = aged_65 = aged_65_on_1_april = False
    if given.get("born_on") is not None:
        born_on = day(given["born_on"], "taxpayer.born_on")
        if born_on > date(fiscal_year, 1, 1):
            raise ValueError("taxpayer.born_on: after the assessment day")
        minor = is_minor(born_on, fiscal_year)
        aged_65 = age_for_deductions(born_on, fiscal_year) >= 65
        aged_65_on_1_april = age_on(born_on, date(fiscal_year, 4, 1)) >= 65
    return Taxpayer(
        minor=minor,
        disability=choice(given.get("disability", "none"), DISABILITIES, "taxpayer.disability"),
        widow=truth(given.get("widow", False), "taxpayer.widow"),
        single_parent=choice(
            given.get("single_parent", "none"), ("none", "mother", "father"), "taxpayer.single_parent"
        ),
        working_student=truth(given.get("working_student", False), "taxpayer.working_student"),
        public_assistance=truth(given.get("public_assistance", False), "taxpayer.public_assistance"),
        aged_65=aged_65,
        aged_65_on_1_april=aged_65_on_1_april,
    )


def _total_income(given: dict[str, Any], age: int | None, disability: str, fiscal_year: int, where: str) -> int:
    """合計所得金額 of a relative: given as such, or worked out from its `income`."""
    if "income" not in given:
        return yen(given.get("total_income_yen", 0), f"{where}.total_income_yen")
    if "total_income_yen" in given:
        raise ValueError(f"{where}: income and total_income_yen at once")
    try:
        income = read_income(given["income"])
    except ValueError as error:
        raise ValueError(f"{where}.{error}") from error
    aged_65 = age is not None and age >= 65
    return relative_total_income(income, aged_65=aged_65, entitled=disability == "special", fiscal_year=fiscal_year)


def _age(given: dict[str, Any], fiscal_year: int, where: str, *, needed: bool) -> int | None:
    if given.get("born_on") is None:
        if needed:
            raise ValueError(f"{where}.born_on: missing")
        return None
    born_on = day(given["born_on"], f"{where}.born_on")
    if born_on > date(fiscal_year - 1, 12, 31):
        raise ValueError(f"{where}.born_on: after the income year")
    return age_for_deductions(born_on, fiscal_year)


def read_relative(value: Any, fiscal_year: int, where: str, *, born_on_needed: bool) -> Relative | None:
    """A `spouse` or one of the `dependants`; none if a 専従者, who is no relative of any class (法292条①七・九)."""
    keys = ["born_on", "total_income_yen", "income", "disability", "living_together", "abroad", "family_employee"]
    if born_on_needed:
        keys += ["parent_living_together", "abroad_student", "abroad_remittance_yen"]
    given = known_keys(value, keys, where)
    age = _age(given, fiscal_year, where, needed=born_on_needed)
    disability = choice(given.get("disability", "none"), DISABILITIES, f"{where}.disability")
    total = _total_income(given, age, disability, fiscal_year, where)
    abroad = truth(given.get("abroad", False), f"{where}.abroad")
    student = truth(given.get("abroad_student", False), f"{where}.abroad_student")
    sent = yen(given.get("abroad_remittance_yen", 0), f"{where}.abroad_remittance_yen") >= ABROAD_REMITTANCE
    middle_aged = age is not None and 30 <= age < 70
    excused = student or sent or disability != "none"
    relative = Relative(
        age=age,
        total_income_yen=total,
        disability=disability,
        living_together=truth(given.get("living_together", True), f"{where}.living_together"),
        abroad=abroad,
        parent_living_together=truth(given.get("parent_living_together", False), f"{where}.parent_living_together"),
        within_income_limit=total <= relative_income_max(fiscal_year),
        shut_out_abroad=fiscal_year >= ABROAD_RULE_FROM and abroad and middle_aged and not excused,
    )
    return None if truth(given.get("family_employee", False), f"{where}.family_employee") else relative
