"""The kinds of case that are no yearly assessment."""

from collections.abc import Callable
from typing import Any

from second_calculator.instalments import pension_continuing, pension_first_year
from second_calculator.late_charge import COMMON_KEYS, late_charge, refund_interest
from second_calculator.reading import known_keys, truth, yen
from second_calculator.retirement import retirement
from second_calculator.time_limit import time_limit


def pension_withholding(case: dict[str, Any]) -> dict[str, Any]:
    """A case of `kind: pension_withholding`: how a pension's tax of the year is withheld (法321条の7の2, 321条の7の8)."""
    given = known_keys(case, (*COMMON_KEYS, "annual_tax_yen", "previous_year_tax_yen", "first_year"), "case")
    annual = yen(given.get("annual_tax_yen"), "annual_tax_yen")
    previous = yen(given.get("previous_year_tax_yen", 0), "previous_year_tax_yen")
    if truth(given.get("first_year", previous == 0), "first_year"):
        parts = pension_first_year(annual, 0, 2, 1000)
        bills = {"ordinary_collection": [*parts.ordinary, 0, 0]}
    else:
        parts = pension_continuing(annual, 0, previous)
        bills = {}
    return {"instalments": bills | {"pension_withholding": {"provisional": parts.provisional, "final": parts.final}}}


KINDS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "late_charge": late_charge,
    "refund_interest": refund_interest,
    "retirement": retirement,
    "pension_withholding": pension_withholding,
    "time_limit": time_limit,
}
