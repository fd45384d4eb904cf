"""寄附金税額控除: 法314条の7 (= 37条の2), 附則5条の5, 5条の6, 7条の2, 7条の3; each credit as (city, prefecture)."""

from dataclasses import dataclass
from fractions import Fraction

from second_calculator.levies import Pair
from second_calculator.paid import Donations
from second_calculator.rounding import lift

# 附則5条の6: shares in thousandths of a hundredth, by 課税総所得金額 less 人的控除差調整額
RATIOS = (
    (1_950_000, 84_895),
    (3_300_000, 79_790),
    (6_950_000, 69_580),
    (9_000_000, 66_517),
    (18_000_000, 56_307),
    (40_000_000, 49_160),
)
RATIO_ABOVE = 44_055
RATIO_BELOW_ZERO = 90_000
RATIO_LAND_SHORT = 59_370
RATIO_OTHER_SEPARATE = 74_685
# 附則7条の3: the credit of 申告特例 as a part of the special credit
ONE_STOP = (
    (1_950_000, Fraction(5_105, 84_895)),
    (3_300_000, Fraction(10_210, 79_790)),
    (6_950_000, Fraction(20_420, 69_580)),
    (9_000_000, Fraction(23_483, 66_517)),
)
ONE_STOP_ABOVE = Fraction(33_693, 56_307)
SHORT = ("land_short", "land_short_public")
OTHER_SEPARATE = (
    *("land_long", "land_long_excellent", "land_long_residence"),
    *("general_shares", "listed_shares", "listed_dividend", "futures"),
)


@dataclass(frozen=True)
class DonationCredits:
    """The three parts of the credit, before the limit of the levy itself (法314条の7①後段)."""

    basic: Pair
    special: Pair
    one_stop: Pair


def table_ratio(amount: int) -> int:
    """The table of 法314条の7⑪一 as 附則5条の6 reads it."""
    return next((ratio for limit, ratio in RATIOS if amount <= limit), RATIO_ABOVE)


def special_ratio(bases: dict[str, int], difference: int) -> int:
    """The ratio of 特例控除 (法314条の7⑪, 附則5条の5②); `difference` is 人的控除差調整額.

    A separate income has its ratio where its taxable base is above zero.
    """
    left = bases["income"] - difference
    if bases["income"] > 0 and left >= 0:
        return table_ratio(left)
    found = []
    if bases["forestry"] > 0:
        found.append(table_ratio(bases["forestry"] // 5))
    if bases["retirement"] > 0:
        found.append(table_ratio(bases["retirement"]))
    if any(bases[name] > 0 for name in SHORT):
        found.append(RATIO_LAND_SHORT)
    if any(bases[name] > 0 for name in OTHER_SEPARATE):
        found.append(RATIO_OTHER_SEPARATE)
    return min(found, default=RATIO_BELOW_ZERO)


def _basic(sides: Pair, gross_income_etc: int, designated: bool) -> Pair:
    """①: 6 (8) % and 4 (2) % of the gifts, at most 30 % of the income, above 2,000 yen."""
    city_percent, prefecture_percent = (8, 2) if designated else (6, 4)
    city, prefecture = (max(min(Fraction(sum_), Fraction(gross_income_etc * 3, 10)) - 2_000, 0) for sum_ in sides)
    return lift(city * city_percent / 100), lift(prefecture * prefecture_percent / 100)


def _special(furusato: int, ratio: int, designated: bool, after_adjustment: Pair) -> Pair:
    """⑪: 3/5 and 2/5 (4/5 and 1/5) of the share, each at most 20 % of the levy after 調整控除."""
    whole = Fraction(max(furusato - 2_000, 0) * ratio, 100_000)
    city_share = Fraction(4, 5) if designated else Fraction(3, 5)
    shares = (city_share, 1 - city_share)
    city, prefecture = (lift(min(whole * shares[side], Fraction(after_adjustment[side], 5))) for side in (0, 1))
    return city, prefecture


def donation_credits(
    given: Donations,
    gross_income_etc: int,
    bases: dict[str, int],
    difference: int,
    designated: bool,
    after_adjustment: Pair,
) -> DonationCredits:
    """The credits of a person; below one yen lifted in each part of each side (practice; no provision)."""
    city_sum = given.furusato + given.both + given.city_only
    prefecture_sum = given.furusato + given.both + given.prefecture_only
    special = _special(given.furusato, special_ratio(bases, difference), designated, after_adjustment)
    one_stop = (0, 0)
    if given.one_stop:
        left = bases["income"] - difference
        part = next((part for limit, part in ONE_STOP if left <= limit), ONE_STOP_ABOVE)
        one_stop = (lift(special[0] * part), lift(special[1] * part))
    return DonationCredits(_basic((city_sum, prefecture_sum), gross_income_etc, designated), special, one_stop)
