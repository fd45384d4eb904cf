"""Other laws' figures of the same income: the levy of a city that is not designated, the income of 国民健康保険."""

from typing import TYPE_CHECKING

from ledger_town import HANAKO, MAY, SENDAI, TARO

from pipelines.assessment.other_levies import keep_other_levies

if TYPE_CHECKING:
    from ledger_town import Town


def other_levies(town: "Town", *, ordinary_city: bool) -> dict[str, dict[str, int]]:
    town.session.pin(2026, MAY)
    keep_other_levies(town.session, SENDAI, 2026, MAY, ordinary_city=ordinary_city)
    cursor = town.session.con.execute("SELECT * FROM other_levy ORDER BY taxpayer_no")
    names = [column[0] for column in cursor.description or ()]
    rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return {row.pop("taxpayer_no"): row for row in rows}


def test_the_levy_as_if_the_city_were_not_designated(town: "Town") -> None:
    """給与所得 3,560,000 - 750,000 - 430,000 = 2,380,000: 142,800 - 1,500 and 95,200 - 1,000, as in any other city."""
    town.base(social_insurance_yen=750_000, donation_city_yen=52_000)
    town.assess()
    (kept,) = town.versions()
    row = other_levies(town, ordinary_city=True)[HANAKO]
    assert (kept["city_donation_credit_yen"], row["ordinary_city_donation_credit_yen"]) == (4_000, 3_000)
    assert (kept["city_income_levy_yen"], kept["prefecture_income_levy_yen"]) == (184_400, 47_100)
    assert row["ordinary_city_levy_before_reduction_yen"] == 142_800 - 1_500 - 3_000
    assert row["ordinary_city_income_levy_yen"] == 138_300
    assert row["ordinary_prefecture_income_levy_yen"] == 94_200
    assert row["insurance_gross_income_yen"] is None


def test_without_need_only_those_whose_insurance_income_differs_are_computed(town: "Town") -> None:
    """国民健康保険 takes no loss of 雑損失 and no 退職所得 into its income, and land after its special deduction."""
    town.base()
    town.base(
        taxpayer_no=TARO,
        employment_paid_yen=0,
        business_yen=3_000_000,
        casualty_loss_carried_yen=1_000_000,
        declared_retirement_income_yen=500_000,
        land_long_yen=7_000_000,
        land_long_special_deduction_yen=5_000_000,
        spouse_taxpayer_no=HANAKO,
    )
    town.assess()
    rows = other_levies(town, ordinary_city=False)
    assert {number: row["insurance_gross_income_yen"] for number, row in rows.items()} == {TARO: 5_000_000}
    assert town.versions(TARO)[0]["gross_income_etc_yen"] == 9_500_000
