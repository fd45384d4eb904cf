"""What other laws compute of the same income: the levy of a city that is not designated, the income that insurance premiums rest on.

Departments judge by figures that are not those of the assessment. They come out of the same chain, with other rates
(子ども・子育て支援法施行規則21条の2) or without one loss (国民健康保険法施行令29条の7②四・五). Nothing of it is kept.
"""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from pipelines.assessment.chain import compute, install
from pipelines.assessment.decision_day import install_decision_day
from pipelines.assessment.step import source
from pipelines.assessment.trial import no_trials
from pipelines.parameters import ParameterSet, from_profile, load_parameters

if TYPE_CHECKING:
    from pipelines.city import City
    from pipelines.ledger import LedgerSession

# The column of `other_levy` and the chain's figure: as if the person lived in a city that is not designated.
_ORDINARY_CITY = {
    "ordinary_city_levy_before_reduction_yen": "floor_tax_amount(city_levy_before_reduction_yen)",
    "ordinary_city_income_levy_yen": "city_income_levy_yen",
    "ordinary_prefecture_levy_before_reduction_yen": "floor_tax_amount(prefecture_levy_before_reduction_yen)",
    "ordinary_prefecture_income_levy_yen": "prefecture_income_levy_yen",
    "ordinary_city_dividend_credit_yen": "city_dividend_credit_yen",
    "ordinary_city_housing_loan_credit_yen": "city_housing_loan_credit_yen",
    "ordinary_city_donation_credit_yen": "city_donation_credit_yen",
    "ordinary_city_foreign_tax_credit_yen": "city_foreign_tax_credit_yen",
    "ordinary_city_withheld_levy_credit_yen": "city_withheld_levy_credit_yen",
}
ORDINARY_CITY = tuple(_ORDINARY_CITY)
# 総所得金額・山林所得金額 and what is taxed apart, after the special deductions of land; no 退職所得.
_INSURANCE_INCOME = (
    "comprehensive_after_losses_yen + land_short_less_special_yen + land_short_public_less_special_yen "
    "+ land_long_less_special_yen + land_long_excellent_less_special_yen + land_long_residence_less_special_yen "
    "+ general_share_after_losses_yen + listed_share_after_losses_yen + listed_dividend_after_losses_yen "
    "+ futures_after_losses_yen + forestry_after_losses_yen"
)
# Of everybody else 総所得金額等 itself is that income.
_DIFFERS = (
    "casualty_loss_carried_yen > 0 OR declared_retirement_income_yen > 0 OR land_short_special_deduction_yen "
    "+ land_short_public_special_deduction_yen + land_long_special_deduction_yen "
    "+ land_long_excellent_special_deduction_yen + land_long_residence_special_deduction_yen > 0"
)


def keep_other_levies(
    session: "LedgerSession",
    city: "City",
    fiscal_year: int,
    as_of: date,
    *,
    ordinary_city: bool,
    only: str | None = None,
) -> None:
    """Make the TEMP table `other_levy` of the pinned tax bases: taxpayer_no, insurance_gross_income_yen (NULL where it is
    総所得金額等 as assessed) and, with `ordinary_city`, ORDINARY_CITY. With `only`, of this taxpayer and the spouse.

    Raises ConfigurationError when a parameter is not known for the fiscal year or on `as_of`.
    """
    con = session.con
    no_trials(con)
    columns = ", ".join(f"{name} BIGINT" for name in ("insurance_gross_income_yen", *ORDINARY_CITY))
    con.execute(f"CREATE OR REPLACE TEMP TABLE other_levy (taxpayer_no VARCHAR, {columns})")
    if ordinary_city:
        here = replace(
            from_profile(city),
            designated_city=False,
            city_income_levy_rate=None,
            prefecture_income_levy_rate=None,
        )
        _install(session, city, load_parameters(fiscal_year, here, as_of=as_of), as_of)
        person = source("tax_base")
        con.execute(
            f"CREATE OR REPLACE TEMP TABLE concerned_person AS WITH given AS ({person}) FROM given "
            "WHERE $1 IS NULL OR taxpayer_no = $1 "
            "OR taxpayer_no IN (SELECT spouse_taxpayer_no FROM given AS other WHERE other.taxpayer_no = $1)",
            [only],
        )
        figures = [f"{figure} AS {name}" for name, figure in _ORDINARY_CITY.items()]
        levies = compute(con, "FROM concerned_person", columns=("taxpayer_no", *figures), folded=True)
        con.execute(f"INSERT INTO other_levy BY NAME {levies}")
    concerned = f"SELECT count(*) FROM pinned_tax_base WHERE fiscal_year = ? AND ({_DIFFERS})"
    if con.execute(concerned, [fiscal_year]).fetchone() != (0,):
        _install(session, city, load_parameters(fiscal_year, city, as_of=as_of), as_of)
        _keep_insurance_incomes(session)


def _install(session: "LedgerSession", city: "City", parameters: ParameterSet, as_of: date) -> None:
    parameters.require_known(as_of)
    install(session.con, parameters)
    install_decision_day(session.con, city, parameters.fiscal_year)


def _keep_insurance_incomes(session: "LedgerSession") -> None:
    con = session.con
    person = source("tax_base")
    con.execute(f"CREATE OR REPLACE TEMP TABLE insured_person AS SELECT * FROM ({person}) AS given WHERE {_DIFFERS}")
    beside = (
        "SELECT * REPLACE (0 AS casualty_loss_carried_yen) FROM insured_person "
        f"UNION ALL SELECT given.* FROM ({person}) AS given "
        "SEMI JOIN insured_person AS one ON one.spouse_taxpayer_no = given.taxpayer_no "
        "ANTI JOIN insured_person AS same ON same.taxpayer_no = given.taxpayer_no"
    )
    incomes = compute(con, beside, columns=("taxpayer_no", f"{_INSURANCE_INCOME} AS insurance_gross_income_yen"))
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE insurance_income AS SELECT * FROM ({incomes}) SEMI JOIN insured_person USING (taxpayer_no)"
    )
    con.execute(
        "CREATE OR REPLACE TEMP TABLE other_levy AS SELECT * FROM (SELECT * EXCLUDE (insurance_gross_income_yen) FROM other_levy) "
        "FULL JOIN insurance_income USING (taxpayer_no)"
    )
