"""Deductions (所得控除) for the person and the relatives: 法314条の2 (= 34条); their differences for 調整控除."""

from fractions import Fraction

from second_calculator.people import Relative, Taxpayer
from second_calculator.rounding import lift

SPECIFIC_RELATIVE_FROM = 2026  # 令和7年法律7号附則8条①


def working_student_income_max(fiscal_year: int) -> int:
    """所得税法2条①三十二, 法314条の2⑨: 75万, 85万 in 令和8年度, 89万 in 令和9年度."""
    if fiscal_year <= 2025:
        return 750_000
    return 850_000 if fiscal_year == 2026 else 890_000


def basic(total_income: int) -> int:
    """基礎控除 (法314条の2②)."""
    for limit, amount in ((24_000_000, 430_000), (24_500_000, 290_000), (25_000_000, 150_000)):
        if total_income <= limit:
            return amount
    return 0


def tier(total_income: int) -> int | None:
    """The taxpayer's own step for 配偶者控除 and 配偶者特別控除: 0, 1, 2, or none above 1,000万."""
    for step, limit in enumerate((9_000_000, 9_500_000, 10_000_000)):
        if total_income <= limit:
            return step
    return None


def spouse(partner: Relative | None, total_income: int) -> int:
    """配偶者控除 (①十): 33/22/11万, and 38/26/13万 for a spouse of seventy or more."""
    step = tier(total_income)
    if partner is None or step is None or not partner.within_income_limit:
        return 0
    aged = partner.age is not None and partner.age >= 70
    return ((380_000, 260_000, 130_000) if aged else (330_000, 220_000, 110_000))[step]


def spouse_special(partner: Relative | None, total_income: int) -> int:
    """配偶者特別控除 (①十の二), by the sentence of イ(2) rather than by the table it makes."""
    step = tier(total_income)
    if partner is None or step is None or partner.within_income_limit or partner.total_income_yen > 1_330_000:
        return 0
    income = partner.total_income_yen
    if income <= 1_000_000:
        full = 330_000
    elif income <= 1_300_000:
        # "五万円の整数倍の金額から三万円を控除した金額" not above the excess over 930,001
        excess = income - 930_001
        full = 380_000 - ((excess + 30_000) // 50_000 * 50_000 - 30_000)
    else:
        full = 30_000
    return lift(full * (Fraction(1), Fraction(2, 3), Fraction(1, 3))[step], 10_000)


def one_dependant(relative: Relative) -> int:
    """扶養控除 for one 控除対象扶養親族 (①十一, ④)."""
    if not relative.deductible_dependant or relative.age is None:
        return 0
    if relative.age >= 70:
        return 450_000 if relative.parent_living_together else 380_000
    return 450_000 if 19 <= relative.age < 23 else 330_000


def one_specific_relative(relative: Relative, fiscal_year: int) -> int:
    """特定親族特別控除 for one relative (①十二; from 令和8年度, 令和7年法律7号附則8条①)."""
    income = relative.total_income_yen
    if fiscal_year < SPECIFIC_RELATIVE_FROM or relative.age is None or not 19 <= relative.age < 23:
        return 0
    if relative.within_income_limit or income > 1_230_000:
        return 0
    if income <= 950_000:
        return 450_000
    if income <= 1_150_000:
        # "十万円の整数倍の金額から八万円を控除した金額" not above twice the excess over 840,001
        doubled = (income - 840_001) * 2
        return 630_000 - ((doubled + 80_000) // 100_000 * 100_000 - 80_000)
    return 60_000 if income <= 1_200_000 else 30_000


def _disability_of_relative(relative: Relative, amounts: tuple[int, int, int]) -> int:
    ordinary, special, special_together = amounts
    if not relative.within_income_limit or relative.disability == "none":
        return 0
    if not relative.specially_disabled:
        return ordinary
    return special_together if relative.living_together else special


def disability(person: Taxpayer, relatives: list[Relative], amounts: tuple[int, int, int]) -> int:
    """障害者控除 (①六, ③) or its difference (314条の6①一イ(1)(2)): self, 同一生計配偶者, every 扶養親族."""
    own = {"none": 0, "ordinary": amounts[0], "special": amounts[1]}[person.disability]
    return own + sum(_disability_of_relative(relative, amounts) for relative in relatives)


def is_single_parent(person: Taxpayer, total_income: int) -> bool:
    """ひとり親 (法292条①十二): 500万 or less."""
    return person.single_parent != "none" and total_income <= 5_000_000


def is_widow(person: Taxpayer, total_income: int) -> bool:
    """寡婦 (法292条①十一): 500万 or less, and not a ひとり親."""
    return person.widow and total_income <= 5_000_000 and not is_single_parent(person, total_income)


def is_working_student(person: Taxpayer, total_income: int, other_than_work: int, fiscal_year: int) -> bool:
    """勤労学生: the income limit, and not above 10万 from anything but own work (所得税法2条①三十二)."""
    within = total_income <= working_student_income_max(fiscal_year) and other_than_work <= 100_000
    return person.working_student and within


def spouse_difference(partner: Relative | None, total_income: int) -> int:
    """Rows (6) and (7) of the table in 法314条の6①一イ; (7) is empty once the limit is 58万."""
    step = tier(total_income)
    if partner is None or step is None:
        return 0
    if partner.within_income_limit:
        aged = partner.age is not None and partner.age >= 70
        return ((100_000, 60_000, 30_000) if aged else (50_000, 40_000, 20_000))[step]
    if partner.total_income_yen < 500_000:
        return (50_000, 40_000, 20_000)[step]
    if partner.total_income_yen < 550_000:
        return (30_000, 20_000, 10_000)[step]
    return 0


def dependant_difference(relative: Relative) -> int:
    """Rows (8) and (9): 5万; 19 to 22 18万; from 70 10万; 同居直系尊属 13万. 特定親族 has no row: 0."""
    if not relative.deductible_dependant or relative.age is None:
        return 0
    if relative.age >= 70:
        return 130_000 if relative.parent_living_together else 100_000
    return 180_000 if 19 <= relative.age < 23 else 50_000


def own_status_difference(person: Taxpayer, total_income: int, working_student: bool) -> int:
    """Rows (3), (4), (5): 寡婦 1万, ひとり親 mother 5万 and father 1万 (令48条の7の2), 勤労学生 1万."""
    difference = 10_000 if working_student else 0
    if is_single_parent(person, total_income):
        difference += 50_000 if person.single_parent == "mother" else 10_000
    elif is_widow(person, total_income):
        difference += 10_000
    return difference
