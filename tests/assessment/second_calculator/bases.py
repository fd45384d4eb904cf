"""課税標準: deductions are taken from the bases in the order of the law, then each is cut to 1,000 yen."""

from second_calculator.income_given import LAND, IncomeGiven
from second_calculator.incomes import BASES, Incomes
from second_calculator.offsets import take
from second_calculator.rounding import taxable_base


def taxable_bases(incomes: Incomes, given: IncomeGiven, deductions: int) -> dict[str, int]:
    """Every taxable base (法314条の2⑪, 20条の4の2①).

    Land's special deductions come first: 課税長期譲渡所得金額 takes the deductions of the person from what is left after
    them (附則34条④, 35条⑤).
    """
    bases = dict(incomes.bases)
    for kind in LAND:
        base = f"land_{kind}"
        bases[base] -= min(given.land_special_deduction.get(kind, 0), bases[base])
    take(bases, BASES, deductions)
    return {name: taxable_base(amount) for name, amount in bases.items()}
