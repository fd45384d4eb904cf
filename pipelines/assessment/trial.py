"""How much of the income levy comes from which income: the levy once more without the pension, and with wages only.

The law does not say how 所得割 is cut (docs/law-open-questions.md 21): a part is the whole minus a trial without it.
"""

import duckdb

from pipelines.assessment.chain import compute
from pipelines.assessment.step import source

# What makes up the incomes that are neither wages nor public pensions. Losses of earlier years are no income of this one.
OTHER_INCOMES = (
    "business_yen",
    "farming_yen",
    "real_estate_yen",
    "real_estate_land_interest_yen",
    "ordinary_dividend_yen",
    "investment_trust_dividend_yen",
    "foreign_currency_dividend_yen",
    "other_dividend_yen",
    "miscellaneous_business_yen",
    "miscellaneous_yen",
    "occasional_gain_yen",
    "capital_short_yen",
    "capital_long_yen",
    "forestry_yen",
    "declared_retirement_income_yen",
    "land_short_yen",
    "land_short_public_yen",
    "land_long_yen",
    "land_long_excellent_yen",
    "land_long_residence_yen",
    "land_short_special_deduction_yen",
    "land_short_public_special_deduction_yen",
    "land_long_special_deduction_yen",
    "land_long_excellent_special_deduction_yen",
    "land_long_residence_special_deduction_yen",
    "general_shares_yen",
    "listed_shares_yen",
    "listed_dividend_yen",
    "futures_yen",
)
_OTHER = " OR ".join(f"{name} <> 0" for name in OTHER_INCOMES)
_WITHOUT_PENSION = "0 AS pension_paid_yen, NULL AS pension_net_yen"
_WAGES_ONLY = ", ".join([_WITHOUT_PENSION, *(f"0 AS {name}" for name in OTHER_INCOMES)])
_TRIALS = {"without_pension": _WITHOUT_PENSION, "wages_only": _WAGES_ONLY}
_FIGURES = {"levy_yen": "income_levy_yen", "unreduced_levy_yen": "unreduced_levy_yen"}
TRIAL_COLUMNS = tuple(f"{trial}_{figure}" for trial in _TRIALS for figure in _FIGURES)
# The people on trial, each under a name of the trial's, and beside them their spouses as they are.
_TRIAL_PERSON = " UNION ALL ".join(
    [
        *(
            f"SELECT * REPLACE (taxpayer_no || '/{trial}' AS taxpayer_no, {changes}) FROM needing"
            for trial, changes in _TRIALS.items()
        ),
        "SELECT given.* FROM given SEMI JOIN needing ON needing.spouse_taxpayer_no = given.taxpayer_no",
    ]
)


def no_trials(con: duckdb.DuckDBPyConnection) -> None:
    """Make the TEMP table `trial_levy` (taxpayer_no, TRIAL_COLUMNS in yen), empty."""
    columns = ", ".join(f"{name} BIGINT" for name in TRIAL_COLUMNS)
    con.execute(f"CREATE OR REPLACE TEMP TABLE trial_levy (taxpayer_no VARCHAR, {columns})")


def keep_trials(
    con: duckdb.DuckDBPyConnection,
    person: str,
    *,
    relative: str | None = None,
    only: str | None = None,
) -> None:
    """Fill, by the installed parameters, the TEMP table `trial_levy` for those whose collection needs it (of one taxpayer, with `only`).

    These are the people whose tax is withheld and comes from more than one of wages, pensions and other income.
    `person` and `relative` are SELECTs as for `compute`.
    """
    no_trials(con)
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE trial_person AS WITH given AS ({person}), "
        "needing AS (SELECT * FROM given WHERE collection_method <> 'ordinary' AND coalesce($1, taxpayer_no) = taxpayer_no "
        "AND CAST(employment_paid_yen <> 0 OR coalesce(employment_net_yen, 0) <> 0 AS INTEGER) "
        "+ CAST(pension_paid_yen <> 0 OR coalesce(pension_net_yen, 0) <> 0 AS INTEGER) "
        f"+ CAST({_OTHER} AS INTEGER) > 1) {_TRIAL_PERSON}",
        [only],
    )
    if con.execute("SELECT count(*) FROM trial_person").fetchone() == (0,):
        return
    levies = compute(
        con,
        "FROM trial_person",
        relative=_on_trial(relative or source("no_relative")),
        columns=("taxpayer_no", *_FIGURES.values()),
        folded=True,
    )
    columns = ", ".join(
        f"max({figure}) FILTER (trial = '{trial}') AS {trial}_{name}"
        for trial in _TRIALS
        for name, figure in _FIGURES.items()
    )
    names = ", ".join(f"('{trial}')" for trial in _TRIALS)
    con.execute(
        f"INSERT INTO trial_levy BY NAME WITH levy AS ({levies}) "
        f"SELECT taxpayer_no[: -2 - length(trial)] AS taxpayer_no, {columns} "
        f"FROM levy JOIN (VALUES {names}) AS name (trial) ON suffix(taxpayer_no, '/' || trial) GROUP BY ALL"
    )


def _on_trial(relative: str) -> str:
    """The relatives once for each trial, and as they are for the spouses."""
    suffixes = ", ".join(f"('/{trial}')" for trial in _TRIALS)
    return (
        f"SELECT relative.* REPLACE (relative.taxpayer_no || suffix AS taxpayer_no) FROM ({relative}) AS relative "
        f"CROSS JOIN (VALUES {suffixes}, ('')) AS trial (suffix)"
    )
