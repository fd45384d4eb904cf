"""退職所得 taxed separately when it is paid: 法50条の3, 50条の4, 328条の2, 328条の3; 所得税法30条."""

from typing import Any

from second_calculator.late_charge import COMMON_KEYS
from second_calculator.reading import integer, known_keys, truth, yen
from second_calculator.rounding import cut

SHORT_YEARS = 5
# Six and four percent, also in a designated city
CITY_PERCENT, PREFECTURE_PERCENT = 6, 4


def retirement_deduction(service_years: int, disability: bool) -> int:
    """所得税法30条③④⑥: 40万 a year to 20, then 70万, at least 80万; 100万 more on disability."""
    first = min(service_years, 20) * 400_000
    return max(first + max(service_years - 20, 0) * 700_000, 800_000) + (1_000_000 if disability else 0)


def retirement_income(paid: int, deduction: int, service_years: int, *, officer: bool, short_service: bool) -> int:
    """所得税法30条②: half of what is left; not for officers up to five years, nor above 300万 for other short service.

    Below 1,000 yen is cut off (所得税法201条①一イ, 法20条の4の2①).
    """
    left = max(paid - deduction, 0)
    if officer and service_years <= SHORT_YEARS:
        return cut(left, 1000)
    if short_service and service_years <= SHORT_YEARS and left > 3_000_000:
        return cut(1_500_000 + left - 3_000_000, 1000)
    return cut(left // 2, 1000)


def retirement(case: dict[str, Any]) -> dict[str, Any]:
    """A case of `kind: retirement`; years of service are whole, a begun year counted in full (所令69条②)."""
    keys = ("paid_yen", "service_years", "officer", "short_service", "disability")
    given = known_keys(case, (*COMMON_KEYS, *keys), "case")
    paid = yen(given.get("paid_yen"), "paid_yen")
    years = integer(given.get("service_years"), "service_years")
    if not 0 < years < 100:
        raise ValueError(f"service_years: {years} is no length of service")
    officer, short_service, disability = (truth(given.get(key, False), key) for key in keys[2:])
    deduction = retirement_deduction(years, disability)
    income = retirement_income(paid, deduction, years, officer=officer, short_service=short_service)
    return {
        "retirement_deduction_yen": deduction,
        "retirement_income_yen": income,
        "city_tax_yen": cut(income * CITY_PERCENT // 100, 100),
        "prefecture_tax_yen": cut(income * PREFECTURE_PERCENT // 100, 100),
    }
