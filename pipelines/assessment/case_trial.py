"""How much of a case's income levy comes from which income: the levy once more without the pension, and with wages only.

The law does not say how 所得割 is cut (docs/law-open-questions.md 21): a part is the whole minus a trial without it.
"""

from collections.abc import Mapping

import duckdb

from pipelines.assessment import case_rows
from pipelines.assessment.case_file import Case
from pipelines.assessment.case_income import Income, LossesCarried
from pipelines.assessment.chain import compute
from pipelines.parameters import ParameterSet

_NOTHING = Income()


def trials(
    con: duckdb.DuckDBPyConnection, cases: Mapping[str, Case], parameters: ParameterSet
) -> dict[str, case_rows.Row]:
    """The trial columns of the chain's input by taxpayer number, of the cases whose collection needs them."""
    needing = {number: case for number, case in cases.items() if _needs_trial(case)}
    if not needing:
        return {}
    without_pension = {
        f"{number}/without_pension": _with(case, case.income.model_copy(update={"public_pension": []}))
        for number, case in needing.items()
    }
    wages_only = {f"{number}/wages_only": _with(case, _wages_only(case.income)) for number, case in needing.items()}
    case_rows.insert(con, without_pension | wages_only, parameters)
    columns = ("taxpayer_no", "income_levy_yen", "unreduced_levy_yen")
    select = compute(con, case_rows.PERSONS, parameters, relative=case_rows.RELATIVES, columns=columns)
    levies = {str(trial): (levy, unreduced) for trial, levy, unreduced in con.execute(select).fetchall()}
    found: dict[str, case_rows.Row] = {}
    for number in needing:
        found[number] = {}
        for name in ("without_pension", "wages_only"):
            levy, unreduced = levies[f"{number}/{name}"]
            found[number] |= {f"{name}_levy_yen": levy, f"{name}_unreduced_levy_yen": unreduced}
    return found


def _wages_only(income: Income) -> Income:
    """Of the incomes the wages alone; the losses of earlier years are no income of this one, and stay."""
    losses = {"loss_carried_forward_yen", "losses_carried_forward"}
    return Income(employment=income.employment, **{name: getattr(income, name) for name in losses})


def _with(case: Case, income: Income) -> Case:
    return case.model_copy(update={"income": income})


def _needs_trial(case: Case) -> bool:
    """Whether the tax is withheld somewhere and comes from more than one of wages, pensions and other income."""
    income = case.income
    wages = any((payer.paid_yen or payer.net_yen) and not payer.treaty_exempt for payer in income.employment)
    pension = any(payer.paid_yen or payer.net_yen for payer in income.public_pension)
    neither = {"employment": [], "public_pension": [], "loss_carried_forward_yen": 0}
    other = income.model_copy(update=neither | {"losses_carried_forward": LossesCarried()}) != _NOTHING
    withheld = "employment" in case.collection.method or "pension" in case.collection.method
    return withheld and wages + pension + other > 1
