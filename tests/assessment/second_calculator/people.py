"""The people of a case: the taxpayer's own statuses and the class of every relative (法292条①, 314条の2)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from second_calculator.ages import age_for_deductions, is_minor
from second_calculator.employment_income import employment_income
from second_calculator.reading import choice, day, known_keys, nothing_but_zero, truth, yen

DISABILITIES = ("none", "ordinary", "special")
# 法292条①七・九: 48万 until 令和7年度, 58万 in 令和8年度 (令和7年法律7号附則8条①)
RELATIVE_INCOME_MAX = {2025: 480_000, 2026: 580_000}


@dataclass(frozen=True)
class Taxpayer:
    """The taxpayer's own statuses as claimed; the income tests of each status come with the deduction."""

    minor: bool
    disability: str
    widow: bool
    single_parent: str
    working_student: bool
    public_assistance: bool


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

    @property
    def under_16(self) -> bool:
        return self.age is not None and self.age < 16

    @property
    def specially_disabled(self) -> bool:
        return self.disability == "special"

    @property
    def deductible_dependant(self) -> bool:
        """控除対象扶養親族 (法314条の2①十一): from sixteen; abroad from 30 to 69 only the disabled (see README)."""
        if not self.within_income_limit or self.age is None or self.age < 16:
            return False
        return not (self.abroad and 30 <= self.age < 70 and self.disability == "none")

    @property
    def counted_for_exemption(self) -> bool:
        """A 扶養親族 counted in the exemption figures (令47条の3一, 附則3条の3①④, 森令1条)."""
        return self.within_income_limit and (self.under_16 or self.deductible_dependant)


def read_taxpayer(value: Any, fiscal_year: int) -> Taxpayer:
    """The `taxpayer` mapping of a case."""
    keys = ("born_on", "disability", "widow", "single_parent", "working_student", "public_assistance")
    given = known_keys(value, keys, "taxpayer")
    minor = False
    if given.get("born_on") is not None:
        born_on = day(given["born_on"], "taxpayer.born_on")
        if born_on > date(fiscal_year, 1, 1):
            raise ValueError("taxpayer.born_on: after the assessment day")
        minor = is_minor(born_on, fiscal_year)
    return Taxpayer(
        minor=minor,
        disability=choice(given.get("disability", "none"), DISABILITIES, "taxpayer.disability"),
        widow=truth(given.get("widow", False), "taxpayer.widow"),
        single_parent=choice(
            given.get("single_parent", "none"), ("none", "mother", "father"), "taxpayer.single_parent"
        ),
        working_student=truth(given.get("working_student", False), "taxpayer.working_student"),
        public_assistance=truth(given.get("public_assistance", False), "taxpayer.public_assistance"),
    )


def wages(value: Any, where: str) -> tuple[int, int | None]:
    """All wages paid, and the income where a case gives only that (`net_yen`); both summed over the payers."""
    if not isinstance(value, list):
        raise ValueError(f"{where}: a list with an entry for each payer is expected")
    entries = [known_keys(entry, ("paid_yen", "net_yen"), where) for entry in value]
    with_net = [entry for entry in entries if "net_yen" in entry]
    if with_net and len(with_net) != len(entries):
        raise ValueError(f"{where}: net_yen with some payers only")
    if any("paid_yen" in entry for entry in with_net):
        raise ValueError(f"{where}: paid_yen and net_yen of one payer")
    if with_net:
        return 0, sum(yen(entry["net_yen"], f"{where}.net_yen") for entry in entries)
    return sum(yen(entry.get("paid_yen", 0), f"{where}.paid_yen") for entry in entries), None


def relative_total_income(given: dict[str, Any], fiscal_year: int, where: str) -> int:
    """合計所得金額 of a relative: given as such, or as wages."""
    if "income" not in given:
        return yen(given.get("total_income_yen", 0), f"{where}.total_income_yen")
    if "total_income_yen" in given:
        raise ValueError(f"{where}: income and total_income_yen at once")
    income = dict(given["income"])
    paid, net = wages(income.pop("employment", []), f"{where}.income.employment")
    nothing_but_zero(income, f"{where}.income")
    return employment_income(paid, fiscal_year - 1) if net is None else net


def read_relative(value: Any, fiscal_year: int, where: str, *, born_on_needed: bool) -> Relative:
    """A `spouse` or one of the `dependants` of a case; without the flag a relative lives with the taxpayer."""
    keys = ["born_on", "total_income_yen", "income", "disability", "living_together", "abroad"]
    if born_on_needed:
        keys.append("parent_living_together")
    given = known_keys(value, keys, where)
    age = None
    if given.get("born_on") is not None:
        born_on = day(given["born_on"], f"{where}.born_on")
        if born_on > date(fiscal_year - 1, 12, 31):
            raise ValueError(f"{where}.born_on: after the income year")
        age = age_for_deductions(born_on, fiscal_year)
    elif born_on_needed:
        raise ValueError(f"{where}.born_on: missing")
    total = relative_total_income(given, fiscal_year, where)
    return Relative(
        age=age,
        total_income_yen=total,
        disability=choice(given.get("disability", "none"), DISABILITIES, f"{where}.disability"),
        living_together=truth(given.get("living_together", True), f"{where}.living_together"),
        abroad=truth(given.get("abroad", False), f"{where}.abroad"),
        parent_living_together=truth(given.get("parent_living_together", False), f"{where}.parent_living_together"),
        within_income_limit=total <= RELATIVE_INCOME_MAX[fiscal_year],
    )
