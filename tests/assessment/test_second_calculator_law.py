"""The second calculator against examples worked out by hand, article by article, and against published ones.

Where a municipality is named, its page prints the figures; everything else is arithmetic that stands in the comment.
"""

from datetime import date
from typing import Any

import pytest
from second_calculator import assess
from second_calculator.credits import adjustment_credit, income_tax_basic_deduction
from second_calculator.donations import donation_credits, table_ratio
from second_calculator.employment_income import employment_income
from second_calculator.incomes import BASES
from second_calculator.instalments import half
from second_calculator.late_charge import LATE_RATES, REFUND_RATES, month_passes_on
from second_calculator.paid import Donations, medical_deduction, self_medication_deduction
from second_calculator.pension_income import pension_income

Case = dict[str, Any]
PLAIN: Case = {"designated_city": False, "exemption_grade": 1}
DESIGNATED: Case = {"designated_city": True, "exemption_grade": 1}


def person(fiscal_year: int, income: Case, **more: Any) -> Case:
    """A case of one person in a city with nothing but standard rates."""
    return {"fiscal_year": fiscal_year, "municipality": PLAIN, "income": income} | more


def net(amount: int, **more: Any) -> Case:
    """Employment income of this amount, and other incomes."""
    return {"employment": [{"net_yen": amount}]} | more


def both(city: int, prefecture: int, name: str) -> Case:
    """A figure of both sides."""
    return {f"city_{name}_yen": city, f"prefecture_{name}_yen": prefecture}


def example(name: str, case: Case, **expected: Any) -> Any:
    """One example, known by its name."""
    return pytest.param(case, expected, id=name)


@pytest.mark.parametrize(
    ("fiscal_year", "paid", "income"),
    [
        # 別表第五 before 2025: 55万 off; then its narrow rows
        *((2025, 550_999, 0), (2022, 551_000, 1_000), (2023, 1_618_999, 1_068_999), (2024, 1_619_000, 1_069_000)),
        *((2025, 1_620_000, 1_070_000), (2025, 1_623_999, 1_072_000), (2025, 1_627_999, 1_074_000)),
        (2025, 1_628_000, 1_076_800),  # 1,628,000 x 0.6 + 100,000
        # 2025: 65万 off below 1,900,000; 1,900,000 x 0.7 - 80,000
        *((2026, 650_999, 0), (2026, 651_000, 1_000), (2026, 1_899_999, 1_249_999), (2026, 1_900_000, 1_250_000)),
        *((2026, 1_903_999, 1_250_000), (2026, 1_904_000, 1_252_800)),
        # 2026: 74万 off below 2,191,000, then three rows; 2,200,000 x 0.7 - 80,000
        *((2027, 740_999, 0), (2027, 741_000, 1_000), (2027, 2_190_999, 1_450_999), (2027, 2_191_000, 1_451_000)),
        *((2027, 2_193_000, 1_453_000), (2027, 2_196_000, 1_456_000), (2027, 2_200_000, 1_460_000)),
        # 6,596,000 x 0.8 - 440,000; 6,600,000 x 0.9 - 1,100,000; from 8,500,000 less 1,950,000
        *((2022, 6_599_999, 4_836_800), (2027, 6_600_000, 4_840_000), (2024, 8_500_001, 6_550_001)),
    ],
)
def test_employment_income(fiscal_year: int, paid: int, income: int) -> None:
    """所得税法28条③④, 別表第五."""
    assert employment_income(paid, fiscal_year - 1) == income


@pytest.mark.parametrize(
    ("paid", "aged_65", "other", "income"),
    [
        *((600_000, False, 0, 0), (600_001, False, 0, 1), (1_300_000, False, 0, 700_000)),
        (1_300_001, False, 0, 700_000),  # less 600,000.25, below 1 yen cut off
        *((1_100_000, True, 0, 0), (3_300_000, True, 0, 2_200_000)),
        (2_100_000, True, 0, 1_000_000),  # 大淀町
        (4_100_000, True, 0, 2_800_000),  # x 0.75 - 275,000
        (7_700_000, False, 0, 5_860_000),  # x 0.85 - 685,000
        (10_000_000, False, 0, 8_045_000),  # x 0.95 - 1,455,000
        (12_000_000, True, 0, 10_045_000),  # - 1,955,000
        # the other income above 1,000万 and above 2,000万: 10万 and 20万 less to deduct
        *((3_300_000, True, 10_000_000, 2_200_000), (3_300_000, True, 10_000_001, 2_300_000)),
        *((3_300_000, True, 20_000_001, 2_400_000), (12_000_000, False, 20_000_001, 10_245_000)),
    ],
)
def test_pension_income(paid: int, aged_65: bool, other: int, income: int) -> None:
    """所得税法35条④, 租税特別措置法41条の15の3."""
    assert pension_income(paid, aged_65, other) == income


@pytest.mark.parametrize(
    ("amount", "thousandths"),
    [
        *((0, 84_895), (1_950_000, 84_895), (1_950_001, 79_790), (3_300_000, 79_790), (3_300_001, 69_580)),
        *((6_950_000, 69_580), (6_950_001, 66_517), (9_000_000, 66_517), (9_000_001, 56_307)),
        *((18_000_000, 56_307), (18_000_001, 49_160), (40_000_000, 49_160), (40_000_001, 44_055)),
    ],
)
def test_the_ratio_of_the_special_credit(amount: int, thousandths: int) -> None:
    """法314条の7⑪一, 附則5条の6."""
    assert table_ratio(amount) == thousandths


@pytest.mark.parametrize(
    ("left", "special", "one_stop"),
    [
        # 1,000,000 above 2,000, times the ratio and 3/5; and times 5.105 %, 10.21 %, 20.42 %, 23.483 %, 33.693 %
        *((0, 509_370, 30_630), (1_950_000, 509_370, 30_630), (1_950_001, 478_740, 61_260)),
        *((3_300_000, 478_740, 61_260), (3_300_001, 417_480, 122_520), (6_950_000, 417_480, 122_520)),
        *((6_950_001, 399_102, 140_898), (9_000_000, 399_102, 140_898), (9_000_001, 337_842, 202_158)),
        (-1, 540_000, 32_472),  # 90 %; 540,000 x 5.105 / 84.895 = 32,471.9
    ],
)
def test_one_stop_gives_what_income_tax_would(left: int, special: int, one_stop: int) -> None:
    """附則7条の2⑤, 7条の3②."""
    bases = dict.fromkeys(BASES, 0) | {"income": 50_000_000}
    gift = Donations(1_002_000, 0, 0, 0, one_stop=True)
    credits = donation_credits(gift, 60_000_000, bases, 50_000_000 - left, False, (10_000_000, 10_000_000))
    assert (credits.special[0], credits.one_stop[0]) == (special, one_stop)


@pytest.mark.parametrize(
    ("fiscal_year", "total_income", "amount"),
    [
        *((2026, 1_320_000, 950_000), (2026, 1_320_001, 880_000), (2026, 3_360_001, 680_000)),
        *((2026, 4_890_001, 630_000), (2026, 6_550_000, 630_000), (2026, 6_550_001, 580_000)),
        *((2027, 4_890_000, 1_040_000), (2027, 4_890_001, 670_000), (2027, 6_550_000, 670_000)),
        *((2027, 6_550_001, 620_000), (2027, 23_500_000, 620_000), (2027, 23_500_001, 480_000)),
        *((2026, 24_000_001, 320_000), (2026, 24_500_000, 320_000), (2026, 24_500_001, 160_000)),
        *((2027, 25_000_000, 160_000), (2027, 25_000_001, 0)),
    ],
)
def test_the_basic_deduction_of_income_tax(fiscal_year: int, total_income: int, amount: int) -> None:
    """所得税法86条, 租税特別措置法41条の16の2, as the ratio and the housing cap use it."""
    assert income_tax_basic_deduction(total_income, fiscal_year) == amount


@pytest.mark.parametrize(
    ("taxable", "city", "prefecture"),
    [
        *((40_000, 1_200, 800), (100_000, 3_000, 2_000), (2_000_000, 3_000, 2_000)),
        (2_001_000, 2_970, 1_980),  # 100,000 - 1,000
        *((2_050_000, 1_500, 1_000), (2_051_000, 1_500, 1_000)),  # 50,000 at least
    ],
)
def test_the_adjustment_credit_about_two_million(taxable: int, city: int, prefecture: int) -> None:
    """法314条の6 with a difference of 100,000 yen."""
    assert adjustment_credit(100_000, taxable, 5_000_000, False, (999_999, 999_999)) == (city, prefecture)


def test_medical_expenses_at_their_edges() -> None:
    """法314条の2①二; 附則4条の5③."""
    assert [medical_deduction(9_000_000, paid, 0) for paid in (100_000, 100_001, 2_100_001)] == [0, 1, 2_000_000]
    assert [self_medication_deduction(paid, 0) for paid in (12_000, 12_001, 100_001)] == [0, 1, 88_000]


def test_a_half_that_is_withheld() -> None:
    """法321条の7の2①: below 100 yen cut off, and 100 yen at least."""
    assert [half(amount) for amount in (0, 100, 200, 300, 5_100)] == [0, 100, 100, 100, 2_500]


@pytest.mark.parametrize(
    ("start", "end"),
    [
        *((date(2026, 2, 1), date(2026, 2, 28)), (date(2025, 12, 28), date(2026, 1, 27))),
        *((date(2025, 9, 2), date(2025, 10, 1)), (date(2026, 1, 31), date(2026, 2, 28))),
        *((date(2026, 3, 31), date(2026, 4, 30)), (date(2024, 1, 30), date(2024, 2, 29))),
    ],
)
def test_the_day_on_which_a_month_has_passed(start: date, end: date) -> None:
    """民法143条; the due dates of the published examples."""
    assert month_passes_on(start) == end


def test_the_rates_of_every_year() -> None:
    """附則3条の2: 岐阜市, 大府市, 日野市 (延滞金) and 大津市, 日野市 (還付加算金); the two rates are always 6.3 % apart."""
    printed = {(2014, 2014): 29, (2015, 2016): 28, (2017, 2017): 27, (2018, 2020): 26, (2021, 2021): 25}
    printed |= {(2022, 2025): 24, (2026, 2026): 28}
    low = {year: rate for (first, last), rate in printed.items() for year in range(first, last + 1)}
    assert {year: rates[0] for year, rates in LATE_RATES.items()} == low
    assert {rates[1] - rates[0] for rates in LATE_RATES.values()} == {63}
    # until 2020 one per cent below the low rate (特例基準割合), then 1.5 (平均貸付割合 + 0.5)
    assert {year: low[year] - (10 if year <= 2020 else 15) for year in low} == REFUND_RATES


OLD = {"born_on": "1950-05-05"}
CHILD = {"born_on": "2015-05-05"}

ADJUSTMENTS = [
    example(
        "措法41条の3の11①: 10 % of 9,000,000 - 8,500,000",
        person(2024, {"employment": [{"paid_yen": 9_000_000}]}, dependants=[CHILD]),
        income_adjustment_deduction_yen=50_000,
        total_income_yen=7_000_000,
    ),
    example(
        "②: 100,000 of each less 100,000",  # 1,000,000 - 550,000; 1,500,000 - 1,100,000
        person(
            2024, {"employment": [{"paid_yen": 1_000_000}], "public_pension": [{"paid_yen": 1_500_000}]}, taxpayer=OLD
        ),
        employment_income_yen=450_000,
        public_pension_income_yen=400_000,
        income_adjustment_deduction_yen=100_000,
        total_income_yen=750_000,
    ),
    example(
        "②: 50,000 + 80,000 - 100,000",
        person(
            2024, {"employment": [{"paid_yen": 600_000}], "public_pension": [{"paid_yen": 1_180_000}]}, taxpayer=OLD
        ),
        income_adjustment_deduction_yen=30_000,
        total_income_yen=100_000,
    ),
    example(
        "① and ②; the pension sees 7,050,000 - 50,000",
        person(
            2024,
            {"employment": [{"paid_yen": 9_000_000}], "public_pension": [{"paid_yen": 2_000_000}]},
            taxpayer=OLD,
            dependants=[CHILD],
        ),
        income_adjustment_deduction_yen=150_000,
        public_pension_income_yen=900_000,
        total_income_yen=7_800_000,
    ),
    example(
        "所法35条④: the other income is 10,000,001",
        person(
            2026, {"employment": [{"paid_yen": 11_950_001}], "public_pension": [{"paid_yen": 2_000_000}]}, taxpayer=OLD
        ),
        public_pension_income_yen=1_000_000,
    ),
    example(
        "条約: the second employer's pay is exempt",
        person(2026, {"employment": [{"paid_yen": 3_000_000}, {"paid_yen": 5_000_000, "treaty_exempt": True}]}),
        employment_income_yen=2_020_000,  # 3,000,000 x 0.7 - 80,000
    ),
]

OFFSETS = [
    example(
        "所法69条①: a business loss", person(2026, net(3_000_000, business_yen=-1_000_000)), total_income_yen=2_000_000
    ),
    example(
        "措法41条の4①: 400,000 of the loss is interest on land",
        person(2026, net(3_000_000, real_estate_yen=-1_000_000, real_estate_land_interest_yen=400_000)),
        real_estate_income_yen=-600_000,
        total_income_yen=2_400_000,
    ),
    example(
        "措法41条の4①: interest above the loss leaves none",
        person(2026, net(3_000_000, real_estate_yen=-1_000_000, real_estate_land_interest_yen=1_500_000)),
        total_income_yen=3_000_000,
    ),
    example(
        "所法69条①: 雑 is set off against nothing",
        person(2026, net(2_000_000, miscellaneous_yen=-300_000)),
        total_income_yen=2_000_000,
    ),
    example(
        "所法35条②: but inside 雑",
        person(2026, {"public_pension": [{"net_yen": 500_000}], "miscellaneous_business_yen": -300_000}),
        miscellaneous_income_yen=200_000,
        total_income_yen=200_000,
    ),
    example(
        "所法33条④⑤, 22条②: 300,000 of the 500,000 from short, 200,000 from long, and half of it",
        person(2026, {"capital_gain": {"short_yen": 300_000, "long_yen": 1_000_000}}),
        short_capital_gain_yen=0,
        long_capital_gain_yen=800_000,
        total_income_yen=400_000,
    ),
    example(
        "所法33条③: a long loss lowers the short gain before the 500,000",
        person(2026, {"capital_gain": {"short_yen": 2_000_000, "long_yen": -700_000}}),
        short_capital_gain_yen=800_000,
        total_income_yen=800_000,
    ),
    example(
        "所令198条二: a capital loss first against 一時 (2,500,000 - 500,000 - 500,000), then half of 500,000",
        person(
            2026,
            {
                "capital_gain": {"short_yen": -1_000_000},
                "occasional": {"revenue_yen": 2_500_000, "expense_yen": 500_000},
            },
        ),
        occasional_income_yen=1_500_000,
        total_income_yen=250_000,
    ),
    example(
        "所令198条三: 2,000,000 of business against short 1,000,000, long 800,000, 一時 200,000 of 700,000",
        person(
            2026,
            {
                "business_yen": -2_000_000,
                "capital_gain": {"short_yen": 1_500_000, "long_yen": 800_000},
                "occasional": {"revenue_yen": 1_200_000},
            },
        ),
        short_capital_gain_yen=0,
        long_capital_gain_yen=0,
        total_income_yen=250_000,
    ),
    example(
        "所令198条四: a capital loss of 900,000 then against wages",
        person(2026, net(3_000_000, capital_gain={"long_yen": -900_000})),
        total_income_yen=2_100_000,
    ),
    example(
        "所令198条五: 4,000,000 left against 山林 2,000,000, then 退職 3,000,000",
        person(2026, net(1_000_000, business_yen=-5_000_000, forestry_yen=2_000_000, retirement_income_yen=3_000_000)),
        gross_income_yen=0,
        total_income_yen=1_000_000,
    ),
    example(
        "所令198条六: a forestry loss",
        person(2026, net(3_000_000, forestry_yen=-1_000_000)),
        gross_income_yen=2_000_000,
    ),
    example(
        "所法22条②: half of 500,001, below 1 yen cut off",
        person(2026, {"occasional": {"revenue_yen": 1_000_001}}),
        occasional_income_yen=500_001,
        total_income_yen=250_000,
    ),
    example(
        "附34条⑤: a short loss lowers the long gain",
        person(2026, {"land": {"short_yen": -3_000_000, "long_yen": 5_000_000}}),
        total_income_yen=2_000_000,
        taxable_land_long_yen=1_570_000,  # - 430,000
    ),
    example(
        "附35条⑤後段: what no gain is left for is none",
        person(2026, net(1_000_000, land={"long_yen": -3_000_000, "short_public_yen": 2_000_000})),
        total_income_yen=1_000_000,
    ),
    example(
        "附35条の2の6⑧: a listed loss lowers the listed dividends; carried losses lower 総所得金額等 only",
        person(
            2026,
            {
                "shares": {"listed_yen": -500_000, "listed_dividend_yen": 800_000},
                "losses_carried_forward": {"listed_shares_yen": 200_000},
            },
        ),
        total_income_yen=300_000,
        gross_income_etc_yen=100_000,
    ),
    example(
        "附35条の2の6⑪: 600,000 carried, first against the gain of 500,000, then against dividends",
        person(
            2026,
            net(
                1_000_000,
                shares={"listed_yen": 500_000, "listed_dividend_yen": 300_000},
                losses_carried_forward={"listed_shares_yen": 600_000},
            ),
        ),
        taxable_listed_shares_yen=0,
        taxable_listed_dividend_yen=200_000,
        total_income_yen=1_800_000,
    ),
    example(
        "附35条の4の2: futures against futures only",
        person(2026, net(1_000_000, futures_yen=400_000, losses_carried_forward={"futures_yen": 1_000_000})),
        taxable_futures_yen=0,
        gross_income_etc_yen=1_000_000,
        total_income_yen=1_400_000,
    ),
    example(
        "令48条の3①二: 純損失 5,000,000 against 総所得 3,000,000, 山林 1,000,000, 退職 1,000,000 of 2,000,000",
        person(
            2026,
            net(3_000_000, forestry_yen=1_000_000, retirement_income_yen=2_000_000, loss_carried_forward_yen=5_000_000),
        ),
        total_income_yen=6_000_000,
        gross_income_yen=0,
        gross_income_etc_yen=1_000_000,
    ),
    example(
        "附4条⑩: 居住用 4,000,000 against long 1,000,000, short 500,000, then wages",
        person(
            2026,
            net(
                3_000_000,
                land={"long_yen": 1_000_000, "short_yen": 500_000},
                losses_carried_forward={"residence_yen": 4_000_000},
            ),
        ),
        gross_income_yen=500_000,
        gross_income_etc_yen=500_000,
        total_income_yen=4_500_000,
    ),
    example(
        "附4条⑩ただし書: not above 30,000,000",
        person(2026, net(30_000_001, losses_carried_forward={"residence_yen": 4_000_000})),
        gross_income_yen=30_000_001,
    ),
    example(
        "法313条⑨, 附35条⑧三: 雑損失 1,000,000 against 600,000 and 400,000 of the short gain",
        person(2026, net(600_000, land={"short_yen": 700_000}, losses_carried_forward={"casualty_yen": 1_000_000})),
        gross_income_yen=0,
        gross_income_etc_yen=300_000,
    ),
]

DEDUCTIONS = [
    example(
        "法314条の2①二: 5 % of 1,234,567 is 61,728",
        person(2026, net(1_234_567), paid={"medical": {"paid_yen": 100_000}}),
        medical_deduction_yen=38_272,
    ),
    example(
        "附4条の5③: 88,000 is more than 150,000 - 100,000",
        person(2026, net(5_000_000), paid={"medical": {"paid_yen": 150_000}, "self_medication": {"paid_yen": 120_000}}),
        medical_deduction_yen=88_000,
    ),
    example(
        "法314条の2①一ロ: 800,000 - 500,000 is more than 300,000 - 50,000",
        person(
            2026,
            net(5_000_000),
            paid={"casualty": {"loss_yen": 1_000_000, "reimbursed_yen": 200_000, "disaster_expense_yen": 300_000}},
        ),
        casualty_deduction_yen=300_000,
    ),
    example(
        "法314条の2①一ロ: and less when 10 % is 800,000",
        person(
            2026,
            net(8_000_000),
            paid={"casualty": {"loss_yen": 1_000_000, "reimbursed_yen": 200_000, "disaster_expense_yen": 300_000}},
        ),
        casualty_deduction_yen=250_000,
    ),
    example(
        "314条の6①一イ(7)(i): until 令和7年度 a spouse of 490,000 makes 5万",
        person(2025, net(5_000_000), spouse={"total_income_yen": 490_000}),
        spouse_special_deduction_yen=330_000,
        personal_deduction_difference_yen=100_000,
    ),
    example(
        "314条の6①一イ(7)(ii): 549,999 makes 3万, or 1万 above 950万",
        person(2024, net(9_600_000), spouse={"total_income_yen": 549_999}),
        spouse_special_deduction_yen=110_000,
        personal_deduction_difference_yen=60_000,
    ),
    example(
        "292条①七: 580,001 is above the limit of 令和8年度, and makes no difference",
        person(2026, net(5_000_000), spouse={"total_income_yen": 580_001}),
        spouse_deduction_yen=0,
        spouse_special_deduction_yen=330_000,
        personal_deduction_difference_yen=50_000,
    ),
    example(
        "292条①七: 62万 in 令和9年度",
        person(2027, net(5_000_000), spouse={"total_income_yen": 620_000}),
        spouse_deduction_yen=330_000,
    ),
    example(
        "292条①七: a 専従者 is no spouse",
        person(2026, net(5_000_000), spouse={"total_income_yen": 0, "family_employee": True}),
        spouse_deduction_yen=0,
        spouse_special_deduction_yen=0,
    ),
    example(
        "the spouse's own income: 1,580,000 of pension at 66 is 480,000",
        person(
            2025,
            net(5_000_000),
            spouse={"born_on": "1958-05-05", "income": {"public_pension": [{"paid_yen": 1_580_000}]}},
        ),
        spouse_deduction_yen=330_000,
    ),
    example(
        "法314条の2①十一ロ: until 令和5年度 anyone abroad",
        person(2023, net(5_000_000), dependants=[{"born_on": "1980-05-05", "abroad": True}]),
        dependant_deduction_yen=330_000,
    ),
    example(
        "法314条の2①十一ロ: from 令和6年度 one student, one of two sent money",
        person(
            2024,
            net(5_000_000),
            dependants=[
                {"born_on": "1980-05-05", "abroad": True, "abroad_student": True},
                {"born_on": "1980-05-05", "abroad": True, "abroad_remittance_yen": 380_000},
                {"born_on": "1980-05-05", "abroad": True, "abroad_remittance_yen": 379_999},
            ],
        ),
        dependant_deduction_yen=660_000,
    ),
    example(
        "①十二: 620,001 at twenty is a 特定親族 of 令和9年度",
        person(2027, net(5_000_000), dependants=[{"born_on": "2006-05-05", "total_income_yen": 620_001}]),
        specific_relative_special_deduction_yen=450_000,
        personal_deduction_difference_yen=50_000,
    ),
    example(
        "所法2条①三十二: 89万 in 令和9年度",
        person(2027, net(890_000), taxpayer={"working_student": True}),
        working_student_deduction_yen=260_000,
    ),
    example(
        "所法2条①三十二: not with 100,001 of other income",
        person(2026, net(500_000, real_estate_yen=100_001), taxpayer={"working_student": True}),
        working_student_deduction_yen=0,
    ),
    example(
        "法314条の2⑪: 430,000 takes 300,000, then 130,000 of the short gain",
        person(2026, {"miscellaneous_yen": 300_000, "land": {"short_yen": 200_000, "long_yen": 1_000_000}}),
        taxable_income_yen=0,
        taxable_land_short_yen=70_000,
        taxable_land_long_yen=1_000_000,
    ),
    example(
        "295条①二: nineteen is minor until 令和4年度",
        person(2022, net(1_350_000), taxpayer={"born_on": "2002-06-01"}),
        per_capita_exempt=True,
    ),
    example(
        "295条①二: nineteen is of age from 令和5年度",
        person(2023, net(1_350_000), taxpayer={"born_on": "2003-06-01"}),
        per_capita_exempt=False,
    ),
    *(
        example(
            f"295条①二: {age} on 1 January 2022, born on {born_on}",
            person(2022, net(1_350_000), taxpayer={"born_on": born_on}),
            per_capita_exempt=age < 20,
        )
        for born_on, age in (("2002-01-02", 20), ("2002-01-03", 19))
    ),
    *(
        example(
            f"314条の2①十一: {age} on 31 December 2025, born on {born_on}",
            person(2026, net(5_000_000), dependants=[{"born_on": born_on}]),
            dependant_deduction_yen=330_000 if age == 16 else 0,
        )
        for born_on, age in (("2010-01-01", 16), ("2010-01-02", 15))
    ),
    *(
        example(
            f"措法41条の15の3: {age} on 31 December 2025, born on {born_on}; and so the spouse",
            person(
                2026,
                {"public_pension": [{"paid_yen": 1_600_000}]},
                taxpayer={"born_on": born_on},
                spouse={"born_on": born_on, "income": {"public_pension": [{"paid_yen": 1_600_000}]}},
            ),
            total_income_yen=income,  # 1,600,000 - 1,100,000, or x 0.75 - 275,000
            spouse_deduction_yen=330_000 if age == 65 else 0,
        )
        for born_on, age, income in (("1961-01-01", 65, 500_000), ("1961-01-02", 64, 925_000))
    ),
    example(
        "附3条の3④: losses carried bring 総所得金額等 to 400,000, not 合計所得金額",
        person(2026, net(1_000_000, loss_carried_forward_yen=600_000)),
        income_levy_exempt=True,
        per_capita_exempt=False,
        annual_tax_yen=5_000,  # 3,000 + 1,000 + 1,000
    ),
    example(
        "森令1条: 418,000 is above 415,000 of the order, below 420,000 of the ordinance",
        person(2024, net(418_000)) | {"municipality": {"exemption_grade": 2, "exemption_base_yen": 320_000}},
        per_capita_exempt=True,
        forest_environment_tax_exempt=False,
        annual_tax_yen=1_000,
    ),
]

LEVIES = [
    example(
        "新潟市 令和8年度 給与所得者(1)",
        person(
            2026,
            {"employment": [{"paid_yen": 5_000_000}]},
            spouse={"total_income_yen": 0},
            dependants=[{"born_on": "2007-05-05"}, {"born_on": "2011-05-05"}],
            paid={"social_insurance_yen": 500_000},
            collection={"method": "ordinary"},
        )
        | {"municipality": DESIGNATED},
        taxable_income_yen=1_970_000,
        **both(157_600, 39_400, "income_levy_before_credits"),
        **both(6_000, 1_500, "adjustment_credit"),
        **both(151_600, 37_900, "income_levy"),
        annual_tax_yen=194_500,
        instalments={"ordinary_collection": [50_500, 48_000, 48_000, 48_000]},
    ),
    example(
        "大淀町 年金所得者 with 200,000 more of income and of premiums (the page overlooks 附3条の3④ at 1,000,000)",
        person(
            2022,
            {"public_pension": [{"paid_yen": 2_300_000}]},
            taxpayer={"born_on": "1956-05-05"},
            spouse={"total_income_yen": 0},
            paid={"social_insurance_yen": 245_000},
        )
        | {"municipality": PLAIN | {"prefecture_per_capita_yen": 2_000}},
        taxable_income_yen=195_000,
        **both(8_700, 5_800, "income_levy"),
        **both(12_200, 7_800, "tax"),
        annual_tax_yen=20_000,
    ),
    example(
        "岐阜市 計算例(4): 給与 and 分離長期; the spouse's 330,000 as premiums (the page overlooks 十's 1,000万)",
        person(
            2022,
            net(3_160_000, land={"long_yen": 12_000_000}),
            paid={
                "social_insurance_yen": 730_000,
                "life_insurance": {"old_general_yen": 54_000, "new_care_yen": 115_000, "old_pension_yen": 204_000},
            },
        ),
        life_insurance_deduction_yen=70_000,
        # 3,060,000 - 1,130,000 in 令和元年度; 基礎控除 and the income 100,000 higher now
        taxable_income_yen=1_930_000,
        taxable_land_long_yen=12_000_000,
        **both(475_800, 317_200, "income_levy_before_credits"),
    ),
    example(
        "調整控除 by 314条の6: 合計課税所得金額 1,930,000 without the land; but the income is above 900万, so the spouse 2万",
        person(2022, net(2_360_000, land={"long_yen": 7_200_000}), spouse={"total_income_yen": 0}),
        total_income_yen=9_560_000,
        # 2,360,000 - 430,000 - 110,000; 50,000 + 20,000
        taxable_income_yen=1_820_000,
        **both(2_100, 1_400, "adjustment_credit"),
    ),
    example(
        "調整控除: 退職 and 山林 count, 50,000 - (3,000,000 - 2,000,000) is 50,000 at least",
        person(
            2026,
            net(1_430_000, forestry_yen=1_000_000, retirement_income_yen=1_000_000),
            spouse={"total_income_yen": 0},
        ),
        # 1,430,000 - 760,000; the rest whole
        taxable_income_yen=670_000,
        taxable_forestry_yen=1_000_000,
        taxable_retirement_yen=1_000_000,
        **both(160_200, 106_800, "income_levy_before_credits"),
        **both(1_500, 1_000, "adjustment_credit"),
    ),
    example(
        "附35条⑤: 9,570,000 x 5.4 % and 3.6 %; nothing to adjust",
        person(2026, {"land": {"short_yen": 10_000_000}}),
        **both(516_780, 344_520, "income_levy_before_credits"),
        **both(0, 0, "adjustment_credit"),
        **both(516_700, 344_500, "income_levy"),
    ),
    example(
        "附35条⑤, designated: 9,570,000 x 7.2 % and 1.8 %",
        person(2026, {"land": {"short_yen": 10_000_000}}) | {"municipality": DESIGNATED},
        **both(689_040, 172_260, "income_levy_before_credits"),
    ),
    example(
        "附35条⑦, designated: 9,570,000 x 4 % and 1 %",
        person(2026, {"land": {"short_public_yen": 10_000_000}}) | {"municipality": DESIGNATED},
        **both(382_800, 95_700, "income_levy_before_credits"),
    ),
    example(
        "附34条の3③ with 35条 of the special measures: 70,000,000 - 30,000,000",
        person(2026, {"land": {"long_residence_yen": 70_000_000, "long_residence_special_deduction_yen": 30_000_000}}),
        total_income_yen=70_000_000,
        gross_income_etc_yen=70_000_000,
        basic_deduction_yen=0,
        taxable_land_long_residence_yen=40_000_000,
        **both(960_000, 640_000, "income_levy_before_credits"),
    ),
    example(
        "附34条の3③二: 1,440,000 + 15,000,000 x 3 %; 960,000 + 15,000,000 x 2 %",
        person(2026, {"land": {"long_residence_yen": 75_000_000}}),
        **both(1_890_000, 1_260_000, "income_levy_before_credits"),
    ),
    example(
        "附34条の2④二, designated: 640,000 + 4,850,000 x 4 %; 160,000 + 4,850,000 x 1 %",
        person(2026, {"land": {"long_excellent_yen": 25_000_000}}) | {"municipality": DESIGNATED},
        taxable_land_long_excellent_yen=24_850_000,  # 基礎控除 150,000
        **both(834_000, 208_500, "income_levy_before_credits"),
    ),
    example(
        "附35条の2, 35条の2の2, 33条の2, 35条の4: 3 % and 2 % of each",
        person(
            2026,
            net(
                430_000,
                shares={"general_yen": 1_000_000, "listed_yen": 2_000_000, "listed_dividend_yen": 3_000_000},
                futures_yen=4_000_000,
            ),
        ),
        **both(300_000, 200_000, "income_levy_before_credits"),
    ),
    example(
        "名古屋市's 7.7 %: 231,000; 調整控除 4 % and 1 % all the same",
        person(2026, net(3_430_000)) | {"municipality": DESIGNATED | {"city_rate": "77/1000"}},
        **both(231_000, 60_000, "income_levy_before_credits"),
        **both(2_000, 500, "adjustment_credit"),
    ),
    example(
        "伊勢原市: 2,001,000 x 4.025 % is 80,540.25; 1,300 per capita in 令和8年度",
        person(2026, net(2_431_000)) | {"municipality": "142140"},
        **both(120_060, 80_540, "income_levy_before_credits"),
        prefecture_per_capita_yen=1_300,
    ),
    example(
        "神奈川県's addition ends with 令和8年度",
        person(2027, net(2_431_000)) | {"municipality": "142140"},
        prefecture_income_levy_before_credits_yen=80_040,
        prefecture_per_capita_yen=1_000,
    ),
    example(
        "310条, 38条 and 平成23年法律118号: 3,500 and 1,500 until 令和5年度, no 森林環境税",
        person(2023, net(1_000_000)) | {"municipality": "041009"},
        **both(3_500, 2_700, "per_capita"),
        forest_environment_tax_yen=0,
    ),
]

CREDITS = [
    example(
        "新潟市 配当控除: 雑 6,000,000, 配当 6,000,000",  # 17,024 + 100,352; 4,256 + 25,088
        person(
            2026,
            {"miscellaneous_yen": 6_000_000, "dividend": {"paid_yen": 6_000_000}},
            paid={"social_insurance_yen": 50_000},
        )
        | {"municipality": DESIGNATED},
        taxable_income_yen=11_520_000,
        **both(117_376, 29_344, "dividend_credit"),
    ),
    example(
        "滑川町 配当控除: 12,000,000 with 3,000,000 of dividends",  # 1,000,000 whole, 2,000,000 half
        person(2026, {"miscellaneous_yen": 9_430_000, "dividend": {"paid_yen": 3_000_000}}),
        taxable_income_yen=12_000_000,
        **both(32_000, 24_000, "dividend_credit"),
    ),
    example(
        "附5条③: three kinds about 1,000万",
        person(
            2026,
            {
                "miscellaneous_yen": 9_430_000,
                "dividend": [
                    {"paid_yen": 1_200_000, "debt_interest_yen": 200_000},
                    {"paid_yen": 1_000_000, "kind": "investment_trust"},
                    {"paid_yen": 500_000, "kind": "foreign_currency"},
                ],
            },
        ),
        # taxable 11,500,000; ordinary: less both trusts 10,000,000, all whole: 16,000 / 12,000
        # trust: 11,000,000, 1,000,000 above, all half: 4,000 / 3,000; foreign: all half: 1,000 / 750
        dividend_income_yen=2_500_000,
        **both(21_000, 15_750, "dividend_credit"),
    ),
    example(
        "附5条③, designated: 1.12 % and 0.28 % of a trust, 0.56 % and 0.14 % of one in foreign currency",
        person(
            2026,
            {
                "miscellaneous_yen": 3_000_000,
                "dividend": [
                    {"paid_yen": 1_000_000, "kind": "investment_trust"},
                    {"paid_yen": 1_000_000, "kind": "foreign_currency"},
                    {"paid_yen": 1_000_000, "kind": "none"},
                ],
            },
        )
        | {"municipality": DESIGNATED},
        **both(16_800, 4_200, "dividend_credit"),
    ),
    example(
        "附34条⑥四: separate bases count towards the 1,000万",
        person(
            2026, {"miscellaneous_yen": 2_430_000, "dividend": {"paid_yen": 1_000_000}, "land": {"long_yen": 7_400_000}}
        ),
        # 3,000,000 + 7,400,000: 400,000 half, 600,000 whole: 3,200 + 9,600; 2,400 + 7,200
        **both(12_800, 9_600, "dividend_credit"),
    ),
    example(
        "附5条の4⑦ (7 %): 200,000 x 3/5 above 81,900, x 2/5 above 54,600",
        person(
            2022,
            net(5_000_000),
            paid={
                "housing_loan": {
                    "moved_in_on": "2020-05-05",
                    "creditable_yen": 300_000,
                    "income_tax_before_credit_yen": 100_000,
                    "income_tax_taxable_yen": 2_000_000,
                    "rate_percent": 7,
                }
            },
        ),
        **both(81_900, 54_600, "housing_loan_credit"),
    ),
    *(
        example(
            f"附5条の4⑤ in 令和{fiscal_year - 2018}年度, moved in {moved_in}: {base} x 5 %",
            person(
                fiscal_year,
                net(3_000_000),
                paid={
                    "housing_loan": {
                        "moved_in_on": f"{moved_in}-03-01",
                        "creditable_yen": 300_000,
                        "income_tax_taxable_yen": 500_000,
                    }
                },
            ),
            **both(base * 3 // 100, base * 2 // 100, "housing_loan_credit"),
        )
        for fiscal_year, moved_in, base in (
            (2025, 2022, 500_000),
            (2026, 2022, 900_000),  # + 880,000 - 480,000
            (2026, 2015, 500_000),
            (2027, 2022, 1_060_000),  # + 1,040,000 - 480,000
            (2027, 2026, 500_000),
        )
    ),
    example(
        "秦野市 ふるさと寄附金 60,000: 2,832,000 - 330,000 at 79.79 %; 4.025 %",
        person(
            2022,
            net(5_200_000),
            spouse={"total_income_yen": 0},
            dependants=[{"born_on": "2000-05-05"}, {"born_on": "2004-05-05"}],
            paid={
                "social_insurance_yen": 800_000,
                "life_insurance": {"new_general_yen": 80_000},
                "donation": {"furusato_yen": 60_000},
            },
        )
        | {"municipality": PLAIN | {"prefecture_rate": "4025/100000"}},
        taxable_income_yen=2_832_000,
        **both(169_920, 113_988, "income_levy_before_credits"),
        **both(1_500, 1_000, "adjustment_credit"),
        **both(3_480, 2_320, "donation_basic_credit"),  # 58,000 x 6 %, 4 %
        # 58,000 x 79.79 % = 46,278.2: x 3/5 = 27,766.92, x 2/5 = 18,511.28
        **both(27_767, 18_512, "donation_special_credit"),
    ),
    example(
        "附7条の2⑤: with 申告特例 all of 50,000 comes back from the resident tax",
        person(
            2022,
            net(5_000_000),
            paid={"social_insurance_yen": 570_000, "donation": {"furusato_yen": 52_000, "one_stop": True}},
        ),
        taxable_income_yen=4_000_000,
        **both(3_000, 2_000, "donation_basic_credit"),
        **both(20_874, 13_916, "donation_special_credit"),  # 50,000 x 69.58 % x 3/5, 2/5
        **both(6_126, 4_084, "one_stop_credit"),  # 50,000 x 20.42 % x 3/5, 2/5
        **both(30_000, 20_000, "donation_credit"),
    ),
    example(
        "314条の7⑪一 in 令和7年度: 3,400,000 - 50,000 is above 330万",
        person(2025, net(5_000_000), paid={"social_insurance_yen": 1_170_000, "donation": {"furusato_yen": 52_000}}),
        taxable_income_yen=3_400_000,
        **both(20_874, 13_916, "donation_special_credit"),
    ),
    example(
        "314条の7⑪一 in 令和8年度: less 630,000 - 480,000 it is not",
        person(2026, net(5_000_000), paid={"social_insurance_yen": 1_170_000, "donation": {"furusato_yen": 52_000}}),
        **both(23_937, 15_958, "donation_special_credit"),  # 50,000 x 79.79 % x 3/5, 2/5
    ),
    example(
        "314条の7⑪二 and its 20 %: 40,000 - 50,000 is below zero",
        person(2025, net(470_000), paid={"donation": {"furusato_yen": 2_500}}),
        **both(1_200, 800, "adjustment_credit"),
        **both(30, 20, "donation_basic_credit"),
        # 500 x 90 %: 270 above 1,200 x 20 %, 180 above 800 x 20 %
        **both(240, 160, "donation_special_credit"),
        **both(900, 600, "income_levy"),
    ),
    example(
        "附5条の5②: short and listed, the lower ratio 59.37 %",
        person(
            2026,
            {"land": {"short_yen": 5_000_000}, "shares": {"listed_yen": 2_000_000}},
            paid={"donation": {"furusato_yen": 102_000}},
        ),
        **both(35_622, 23_748, "donation_special_credit"),
    ),
    example(
        "附5条の5②五: listed shares alone, 74.685 %",
        person(2026, {"shares": {"listed_yen": 10_000_000}}, paid={"donation": {"furusato_yen": 102_000}}),
        **both(44_811, 29_874, "donation_special_credit"),
    ),
    example(
        "314条の7⑪三イ: 山林 12,570,000 / 5 = 2,514,000, 79.79 %",
        person(2026, {"forestry_yen": 13_000_000}, paid={"donation": {"furusato_yen": 102_000}}),
        **both(47_874, 31_916, "donation_special_credit"),
    ),
    example(
        "314条の7①: 30 % of 5,000,000; city only and prefecture only",
        person(
            2026,
            net(5_000_000),
            paid={
                "donation": {
                    "city_and_prefecture_yen": 1_000_000,
                    "city_only_yen": 1_000_000,
                    "prefecture_only_yen": 100_000,
                }
            },
        ),
        **both(89_880, 43_920, "donation_basic_credit"),  # 1,498,000 x 6 %; 1,098,000 x 4 %
    ),
    example(
        "令7条の19③, 48条の9の2④: 12 % and 18 % of 300,000",
        person(2026, net(5_000_000), paid={"foreign_tax_yen": 100_000, "foreign_tax_national_limit_yen": 300_000}),
        **both(54_000, 36_000, "foreign_tax_credit"),
    ),
    example(
        "令7条の19③, 48条の9の2④, designated: 6 % and 24 %; 50,000 - 18,000 is left for the city",
        person(2026, net(5_000_000), paid={"foreign_tax_yen": 50_000, "foreign_tax_national_limit_yen": 300_000})
        | {"municipality": DESIGNATED},
        **both(32_000, 18_000, "foreign_tax_credit"),
    ),
    example(
        "令48条の9の2④, designated: 24 % of 300,000",
        person(2026, net(5_000_000), paid={"foreign_tax_yen": 200_000, "foreign_tax_national_limit_yen": 300_000})
        | {"municipality": DESIGNATED},
        **both(72_000, 18_000, "foreign_tax_credit"),
    ),
    example(
        "附3条の3②⑤: 451,000 - (630 + 420) is 50 short of 450,000",
        person(2026, net(451_000)),
        **both(630, 420, "adjustment_credit"),
        **both(30, 20, "exemption_adjustment"),
        **both(600, 400, "income_levy"),
    ),
    example(
        "314条の9①, designated too: 10,001 x 3/5 and 2/5, lifted",
        person(2026, net(5_000_000), paid={"withheld": {"dividend_levy_yen": 10_001}}) | {"municipality": DESIGNATED},
        **both(6_001, 4_001, "withheld_levy_credit"),
        withheld_levy_refund_yen=0,
    ),
    example(
        "314条の9②③: all of it back to who bears no 所得割",
        person(2026, net(100_000), paid={"withheld": {"dividend_levy_yen": 10_000, "share_gain_levy_yen": 5_001}}),
        withheld_levy_refund_yen=15_001,
    ),
]

FAMILY_OF_SIX: Case = {"spouse": {"total_income_yen": 0}, "dependants": [CHILD] * 4}
REDUCTIONS = [
    example(
        "附5条の8, 5条の9①一: 10,000 x 79,000 / 197,500 is 4,000; 202,500 in four, less 10,000 in June",
        person(2024, net(3_000_000), paid={"social_insurance_yen": 570_000}, collection={"method": "ordinary"}),
        **both(6_000, 4_000, "fixed_reduction"),
        **both(112_500, 75_000, "income_levy"),
        annual_tax_yen=192_500,
        instalments={"ordinary_collection": [42_500, 50_000, 50_000, 50_000]},
    ),
    example(
        "附5条の10: eleven parts of 17,500 from July",
        person(2024, net(3_000_000), paid={"social_insurance_yen": 570_000}, collection={"method": "employment"}),
        instalments={"employment_withholding": [0] + [17_500] * 11},
    ),
    example(
        "調整措置 2,520,000 - (2,600,000 - 179,000) = 99,000, then 60,000 of 定額減税; 附5条の9①三",
        # 107,400 + 71,600 - 59,400 - 39,600 = 48,000 + 32,000; 85,000 in four: 22,000, 21,000 ...
        person(2024, net(2_600_000), collection={"method": "ordinary"}, **FAMILY_OF_SIX),
        **both(59_400, 39_600, "exemption_adjustment"),
        **both(36_000, 24_000, "fixed_reduction"),
        annual_tax_yen=25_000,
        instalments={"ordinary_collection": [0, 0, 4_000, 21_000]},
    ),
    example(
        "附5条の10 for the same: 25,000 in eleven parts of 2,200, the rest in July",
        person(2024, net(2_600_000), collection={"method": "employment"}, **FAMILY_OF_SIX),
        instalments={"employment_withholding": [0, 3_000] + [2_200] * 10},
    ),
    example(
        "附5条の9②: 9,500 before the reduction of 4,500, so the per-capita levy stays in the last bills",
        person(2024, net(500_000), collection={"method": "ordinary"}),
        **both(2_700, 1_800, "fixed_reduction"),
        annual_tax_yen=5_000,
        instalments={"ordinary_collection": [0, 1_000, 2_000, 2_000]},
    ),
    example(
        "321条の5①ただし書 with 附5条の10: all of it in July",
        person(2024, net(500_000), collection={"method": "employment"}),
        instalments={"employment_withholding": [0, 5_000] + [0] * 10},
    ),
    example("附5条の8①: none above 18,050,000", person(2024, net(18_050_001)), **both(0, 0, "fixed_reduction")),
    example(
        "附5条の8②: a spouse above 1,000万, or living abroad, does not count",
        person(
            2024,
            net(12_000_000),
            spouse={"total_income_yen": 0},
            dependants=[{"born_on": "2015-05-05", "abroad": True}, CHILD],
        ),
        **both(12_000, 8_000, "fixed_reduction"),  # 20,000 at 6 : 4
    ),
    example(
        "附5条の12: 令和7年度, 10,000 for the spouse of whoever has 12,000,000",
        person(2025, net(12_000_000), spouse={"total_income_yen": 0}),
        **both(6_000, 4_000, "fixed_reduction"),
    ),
    example(
        "附5条の12: not up to 10,000,000",
        person(2025, net(10_000_000), spouse={"total_income_yen": 0}),
        **both(0, 0, "fixed_reduction"),
    ),
]

PENSIONER: Case = {"public_pension": [{"paid_yen": 2_500_000}]}
BOTH_INCOMES: Case = {"employment": [{"paid_yen": 3_000_000}], "public_pension": [{"paid_yen": 2_000_000}]}
COLLECTIONS = [
    example(
        "附5条の11①一: 99,500, a half of it 49,700 withheld, 49,800 by bills, less 10,000 in June",
        person(2024, PENSIONER, taxpayer=OLD, collection={"method": "pension"}),
        annual_tax_yen=89_500,
        instalments={
            "ordinary_collection": [15_800, 24_000, 0, 0],
            "pension_withholding": {"provisional": [0, 0, 0], "final": [16_700, 16_500, 16_500]},
        },
    ),
    example(
        "附5条の11③一: 59,500 after 40,000 of provisional withholding, less 10,000 in October",
        person(
            2024, PENSIONER, taxpayer=OLD, collection={"method": "pension", "previous_year_pension_tax_yen": 80_000}
        ),
        instalments={
            "pension_withholding": {"provisional": [13_400, 13_300, 13_300], "final": [9_900, 19_800, 19_800]},
        },
    ),
    example(
        "321条の7の8: the provisional half is already more than the year",
        # 1,400,000 - 430,000 - 900,000 = 70,000: 2,700 + 1,800 + 5,000
        person(
            2026,
            PENSIONER,
            taxpayer=OLD,
            paid={"social_insurance_yen": 900_000},
            collection={"method": "pension", "previous_year_pension_tax_yen": 80_000},
        ),
        annual_tax_yen=9_500,
        instalments={"pension_withholding": {"provisional": [13_400, 13_300, 13_300], "final": [0, 0, 0]}},
    ),
    example(
        "321条の3①, 321条の7の2①: 206,500 - 126,500 by the pension, 126,500 + 5,000 by the wages",
        person(
            2026,
            BOTH_INCOMES,
            taxpayer=OLD,
            paid={"social_insurance_yen": 300_000},
            collection={"method": ["employment", "pension"], "previous_year_pension_tax_yen": 60_000},
        ),
        taxable_income_yen=2_090_000,  # 2,020,000 + 900,000 - 100,000 - 730,000
        annual_tax_yen=211_500,
        instalments={
            "employment_withholding": [11_600] + [10_900] * 11,
            "pension_withholding": {"provisional": [10_000] * 3, "final": [16_800, 16_600, 16_600]},
        },
    ),
    example(
        "321条の3④: at 65 the pension's 80,000 cannot join the wages",
        person(
            2026,
            BOTH_INCOMES,
            taxpayer=OLD,
            paid={"social_insurance_yen": 300_000},
            collection={"method": "employment"},
        ),
        instalments={"employment_withholding": [11_600] + [10_900] * 11, "ordinary_collection": [20_000] * 4},
    ),
    example(
        "321条の3④: born on 2 April 1961, 65 on 1 April 2026; but not on 31 December 2025",
        # 1,225,000 of pension: 239,000 in all, 126,500 without it; 112,500 by bills
        person(
            2026,
            BOTH_INCOMES,
            taxpayer={"born_on": "1961-04-02"},
            paid={"social_insurance_yen": 300_000},
            collection={"method": "employment"},
        ),
        instalments={
            "employment_withholding": [11_600] + [10_900] * 11,
            "ordinary_collection": [28_500, 28_000, 28_000, 28_000],
        },
    ),
    example(
        "321条の3④: born on 3 April 1961, 64 on 1 April 2026",
        person(
            2026,
            BOTH_INCOMES,
            taxpayer={"born_on": "1961-04-03"},
            paid={"social_insurance_yen": 300_000},
            collection={"method": "employment"},
        ),
        instalments={"employment_withholding": [20_700] + [20_300] * 11},
    ),
    example(
        "321条の3②: at 60 it can",
        # 2,000,000 x 0.75 - 275,000 = 1,225,000; 2,020,000 + 1,225,000 - 100,000 - 730,000 = 2,415,000
        # 144,900 - 1,500, 96,600 - 1,000: 239,000 + 5,000; twelfths of 20,300
        person(
            2026,
            BOTH_INCOMES,
            taxpayer={"born_on": "1965-05-05"},
            paid={"social_insurance_yen": 300_000},
            collection={"method": "employment"},
        ),
        annual_tax_yen=244_000,
        instalments={"employment_withholding": [20_700] + [20_300] * 11},
    ),
    *(
        example(
            f"321条の3②: 100,000 on the business by bills, {why}",
            person(
                2026,
                {"employment": [{"paid_yen": 3_000_000}], "business_yen": 1_000_000},
                paid={"social_insurance_yen": 300_000},
                collection={"method": "employment"} | choice,
            )
            | {"municipality": PLAIN | ordinance},
            instalments={"employment_withholding": [11_600] + [10_900] * 11, "ordinary_collection": [25_000] * 4},
        )
        for why, choice, ordinance in (
            ("as the taxpayer chose", {"non_employment": "ordinary"}, {}),
            ("as no ordinance lets it join", {}, {"non_employment_by_employment": False}),
        )
    ),
    example(
        "320条: the first bill bears all when the tax is the per-capita levy",
        person(2026, net(460_000), dependants=[CHILD], collection={"method": "ordinary"})
        | {"municipality": PLAIN | {"exemption_base_yen": 100_000, "exemption_addition_yen": 0}},
        annual_tax_yen=4_000,
        instalments={"ordinary_collection": [4_000, 0, 0, 0]},
    ),
    example(
        "294条①二, 737条①: a house in a ward of 仙台市",
        {"fiscal_year": 2026, "municipality": "041009", "houses": [{"ward": "041017"}, {"ward": "041025"}]},
        house_tax_yen=[
            {"ward": "041017", "city_per_capita_yen": 3_000, "prefecture_per_capita_yen": 2_200},
            {"ward": "041025", "city_per_capita_yen": 3_000, "prefecture_per_capita_yen": 2_200},
        ],
    ),
    *(
        example(
            f"富加町 仮特別徴収: {annual} after {previous}",
            {"kind": "pension_withholding", "annual_tax_yen": annual, "previous_year_tax_yen": previous},
            instalments={"pension_withholding": {"provisional": [first] * 3, "final": [last] * 3}},
        )
        for annual, previous, first, last in (
            (36_000, 60_000, 10_000, 2_000),
            (60_000, 36_000, 6_000, 14_000),
            (60_000, 60_000, 10_000, 10_000),
        )
    ),
    example(
        "大府市 年金特徴の初年度: 60,000",
        {"kind": "pension_withholding", "annual_tax_yen": 60_000, "first_year": True},
        instalments={
            "ordinary_collection": [15_000, 15_000, 0, 0],
            "pension_withholding": {"provisional": [0, 0, 0], "final": [10_000] * 3},
        },
    ),
]

OTHER_KINDS = [
    example(
        "土浦市 退職所得: 15,000,000 after 26 years",
        {"kind": "retirement", "paid_yen": 15_000_000, "service_years": 26},
        retirement_deduction_yen=12_200_000,
        retirement_income_yen=1_400_000,
        city_tax_yen=84_000,
        prefecture_tax_yen=56_000,
    ),
    example(
        "所法30条②④: an officer of three years, not halved",
        {"kind": "retirement", "paid_yen": 5_000_000, "service_years": 3, "officer": True},
        retirement_deduction_yen=1_200_000,
        retirement_income_yen=3_800_000,
        city_tax_yen=228_000,
        prefecture_tax_yen=152_000,
    ),
    example(
        "所法30条②二: five years, 1,500,000 + 4,000,000 - 3,000,000",
        {"kind": "retirement", "paid_yen": 6_000_000, "service_years": 5, "short_service": True},
        retirement_income_yen=2_500_000,
        city_tax_yen=150_000,
        prefecture_tax_yen=100_000,
    ),
    example(
        "所法30条②④: an officer of six years, halved",
        {"kind": "retirement", "paid_yen": 5_000_000, "service_years": 6, "officer": True},
        retirement_income_yen=1_300_000,  # 5,000,000 - 2,400,000
    ),
    example(
        "所法30条②二: not above 3,000,000, halved",
        {"kind": "retirement", "paid_yen": 5_000_000, "service_years": 5, "short_service": True},
        retirement_income_yen=1_500_000,
    ),
    example(
        "所法30条⑥二・三: 800,000 at least, 1,000,000 more on disability; 1,234,567 / 2 cut to 617,000",
        {"kind": "retirement", "paid_yen": 3_034_567, "service_years": 1, "disability": True},
        retirement_deduction_yen=1_800_000,
        retirement_income_yen=617_000,
        city_tax_yen=37_000,  # 37,020
        prefecture_tax_yen=24_600,  # 24,680
    ),
    example(
        "豊橋市 延滞金: 133 + 2,883 + 480",
        {"kind": "late_charge", "tax_yen": 65_000, "due_on": "2021-05-31", "paid_on": "2022-01-31"},
        late_charge_yen=3_400,
        charges=[133, 2_883, 480],
    ),
    example(
        "福岡市 延滞金: 152,000 over 30, 91 and 36 days at 2.4, 8.7 and 9.1 %",
        {"kind": "late_charge", "tax_yen": 152_500, "due_on": "2025-09-01", "paid_on": "2026-02-05"},
        late_charge_yen=4_900,
        charges=[299, 3_296, 1_364],
    ),
    example(
        "大府市 延滞金: 100,000 over 30, 92 and 41 days",
        {"kind": "late_charge", "tax_yen": 100_000, "due_on": "2023-08-31", "paid_on": "2024-02-10"},
        late_charge_yen=3_300,
        charges=[197, 2_192, 977],
    ),
    example(
        "20条の9の4: 50,000 paid on the way; 31 days at 2.4 %, 31 at 8.7 %, then 122 on the rest",
        {
            "kind": "late_charge",
            "tax_yen": 100_000,
            "due_on": "2023-06-30",
            "paid_on": "2023-12-31",
            "part_payments": [{"paid_on": "2023-08-31", "paid_yen": 50_000}],
        },
        late_charge_yen=2_300,
        charges=[203, 738, 1_453],
    ),
    example(
        "20条の4の2②: nothing on 1,999",
        {"kind": "late_charge", "tax_yen": 1_999, "due_on": "2020-06-30", "paid_on": "2025-12-31"},
        late_charge_yen=0,
    ),
    example(
        "20条の4の2⑤: nothing below 1,000 (100,000 x 2.4 % x 30 days + 8.7 % x 31 days = 197 + 738)",
        {"kind": "late_charge", "tax_yen": 100_000, "due_on": "2023-08-31", "paid_on": "2023-10-31"},
        late_charge_yen=0,
        charges=[197, 738],
    ),
    example(
        "17条の4①一: 453 + 900 + 902 + 446",
        {"kind": "refund_interest", "refund_yen": 100_000, "paid_on": "2022-06-30", "decided_on": "2025-06-30"},
        refund_interest_yen=2_700,
        charges=[453, 900, 902, 446],
    ),
    example(
        "17条の4①三: from 11 April, 265 days of 0.9 % on 500,000",
        {
            "kind": "refund_interest",
            "cause": "income_tax",
            "refund_yen": 500_900,
            "event_on": "2025-03-10",
            "decided_on": "2025-12-31",
        },
        refund_interest_yen=3_200,
        charges=[3_267],
    ),
]

LAW = [*ADJUSTMENTS, *OFFSETS, *DEDUCTIONS, *LEVIES, *CREDITS, *REDUCTIONS, *COLLECTIONS, *OTHER_KINDS]


@pytest.mark.parametrize(("case", "expected"), LAW)
def test_an_example_worked_out_by_hand(case: Case, expected: Case) -> None:
    figures = assess(case)
    for parts in ("late_charge_parts", "refund_interest_parts"):
        if parts in figures:
            figures["charges"] = [part["charge_yen"] for part in figures[parts]]
    assert {name: figures.get(name) for name in expected} == expected


def test_there_are_many_examples_and_no_two_have_one_name() -> None:
    names = [parameter.id for parameter in LAW]
    assert len(names) >= 100
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("case", "message"),
    [
        (person(2026, {"land": {"medium_yen": 1}}), r"income\.land: unknown key medium_yen"),
        (person(2026, {"shares": {"general_yen": -1}}), r"income\.shares\.general_yen"),
        (person(2026, {"dividend": {"kind": "gift"}}), r"income\.dividend\.kind"),
        (person(2026, {"business_yen": 1.5}), r"income\.business_yen"),
        (person(2026, {"losses_carried_forward": {"futures_yen": -1}}), r"losses_carried_forward\.futures_yen"),
        (person(2026, {"land": {"long_special_deduction_yen": 50_000_001}}), r"special deductions above"),
        (person(2026, {}, paid={"donation": {"one_stop": 1}}), r"paid\.donation\.one_stop"),
        (person(2026, {}, spouse={"income": {"lottery_yen": 1}}), r"spouse\.income: unknown key lottery_yen"),
        (person(2026, {}, houses=[{"ward": "041017"}, {"ward": "041017"}]), r"houses\.ward: one ward twice"),
        (person(2026, {}) | {"kind": "gift_tax"}, r"kind: one of"),
        (person(2026, {}) | {"municipality": PLAIN | {"ordinary_due_months": [13]}}, r"ordinary_due_months"),
        ({"kind": "retirement", "paid_yen": 1, "service_years": 0}, r"service_years"),
        (
            {"kind": "late_charge", "tax_yen": 9_000, "due_on": "2026-12-25", "paid_on": "2027-01-31"},
            r"no rate is known for 2027",
        ),
    ],
)
def test_what_a_case_may_not_say(case: Case, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        assess(case)
