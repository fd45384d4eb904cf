"""Losses of the year against gains of the year (損益通算): 所得税法33条③–⑤, 69条, 所得税法施行令198条; land and shares apart."""

from dataclasses import dataclass

from second_calculator.income_given import LAND, LAND_LONG, LAND_SHORT

CAPITAL_SPECIAL_DEDUCTION = 500_000  # 所得税法33条④
OCCASIONAL_SPECIAL_DEDUCTION = 500_000  # 所得税法34条③
RESERVES = ("ordinary", "short", "long", "occasional", "forestry", "retirement")


@dataclass(frozen=True)
class CapitalGain:
    """総合譲渡 after the special deduction: gains of each kind, and the loss that is left if the whole is one."""

    short: int
    long: int
    loss: int


def capital_gain(short: int, long: int) -> CapitalGain:
    """A loss of one kind first lowers the other (所得税法33条③); then 500,000 yen, short first (④⑤)."""
    if short + long < 0:
        return CapitalGain(0, 0, -(short + long))
    if short < 0:
        short, long = 0, long + short
    elif long < 0:
        short, long = short + long, 0
    from_short = min(short, CAPITAL_SPECIAL_DEDUCTION)
    from_long = min(long, CAPITAL_SPECIAL_DEDUCTION - from_short)
    return CapitalGain(short - from_short, long - from_long, 0)


def occasional_income(revenue: int, expense: int) -> int:
    """一時所得 (所得税法34条②③); a loss of it counts as none."""
    return max(revenue - expense - OCCASIONAL_SPECIAL_DEDUCTION, 0)


def usable_real_estate(income: int, land_interest: int) -> int:
    """不動産所得: the part of a loss that is interest on land counts as none (租税特別措置法41条の4①)."""
    return min(income + land_interest, 0) if income < 0 else income


def take(reserves: dict[str, int], order: tuple[str, ...], loss: int) -> int:
    """Takes a loss from the gains in this order; what no gain is left for."""
    for name in order:
        taken = min(max(reserves[name], 0), loss)
        reserves[name] -= taken
        loss -= taken
    return loss


def set_off(ordinary: int, capital: CapitalGain, occasional: int, forestry: int, retirement: int) -> dict[str, int]:
    """所得税法施行令198条一–六: the six amounts after 損益通算, none below zero.

    `ordinary` is the sum of 経常所得 with the losses of business and real estate in it (一).
    """
    left = dict(
        zip(
            RESERVES,
            (max(ordinary, 0), capital.short, capital.long, occasional, max(forestry, 0), retirement),
            strict=True,
        )
    )
    of_ordinary = max(-ordinary, 0)
    of_capital = take(left, ("occasional",), capital.loss)  # 二
    of_ordinary = take(left, ("short", "long", "occasional"), of_ordinary)  # 三
    of_capital = take(left, ("ordinary",), of_capital)  # 四
    take(left, ("forestry", "retirement"), of_ordinary + of_capital)  # 五
    take(left, ("ordinary", "short", "long", "occasional", "retirement"), max(-forestry, 0))  # 六
    return left


def gross_income(left: dict[str, int]) -> int:
    """総所得金額 before losses carried: 所得税法22条② halves long gains and 一時 together; below 1 yen cut off."""
    return left["ordinary"] + left["short"] + (left["long"] + left["occasional"]) // 2


def land_after_losses(land: dict[str, int]) -> dict[str, int]:
    """分離譲渡: losses lower the gains of the same side first, then those of the other (附則34条②⑤, 35条②⑥).

    The rest of a loss counts as none. All amounts are before the special deductions.
    """
    left = {kind: land.get(kind, 0) for kind in LAND}
    gains = {kind: max(amount, 0) for kind, amount in left.items()}
    remaining = {}
    for side in (LAND_SHORT, LAND_LONG):
        remaining[side] = take(gains, side, sum(max(-left[kind], 0) for kind in side))
    take(gains, LAND_LONG, remaining[LAND_SHORT])
    take(gains, LAND_SHORT, remaining[LAND_LONG])
    return gains


def listed_after_losses(gain: int, dividend: int) -> tuple[int, int]:
    """上場株式: a loss of the year lowers the listed dividends (租税特別措置法37条の12の2①)."""
    if gain >= 0:
        return gain, dividend
    return 0, max(dividend + gain, 0)
