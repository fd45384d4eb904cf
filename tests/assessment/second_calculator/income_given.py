"""The `income` mapping of a case, read strictly: what was received, before any rule is applied."""

from dataclasses import dataclass, field, replace
from typing import Any

from second_calculator.reading import amounts, choice, known_keys, loss_or_gain, truth, yen

LAND_SHORT = ("short", "short_public")
LAND_LONG = ("long", "long_excellent", "long_residence")
LAND = LAND_SHORT + LAND_LONG
DIVIDEND_KINDS = ("ordinary", "investment_trust", "foreign_currency", "none")
LAND_SPECIAL_DEDUCTION_MAX = 50_000_000  # 租税特別措置法36条
CARRIED_KEYS = ("casualty", "listed_shares", "futures", "residence")

LOSS_OR_GAIN = (
    "business_yen",
    "farming_yen",
    "real_estate_yen",
    "miscellaneous_business_yen",
    "miscellaneous_yen",
    "forestry_yen",
    "futures_yen",
)
NOT_NEGATIVE = ("real_estate_land_interest_yen", "retirement_income_yen", "loss_carried_forward_yen")
INCOME_KEYS = (
    "employment",
    "public_pension",
    *LOSS_OR_GAIN,
    *NOT_NEGATIVE,
    "dividend",
    "occasional",
    "capital_gain",
    "land",
    "shares",
    "losses_carried_forward",
)


@dataclass(frozen=True)
class Receipts:
    """Wages or pensions: all that was paid, or the income where a case gives only that."""

    paid_yen: int = 0
    net_yen: int | None = None

    @property
    def any(self) -> bool:
        return self.paid_yen > 0 or bool(self.net_yen)


@dataclass(frozen=True)
class Dividend:
    """One dividend: its kind for 配当控除, and what is left of it after the interest on the debt."""

    kind: str
    net_yen: int


@dataclass(frozen=True)
class IncomeGiven:
    """What a case says about a person's income of the year; losses are negative, losses carried are positive."""

    wages: Receipts = Receipts()
    pension: Receipts = Receipts()
    plain: dict[str, int] = field(default_factory=dict)
    dividends: tuple[Dividend, ...] = ()
    occasional_revenue: int = 0
    occasional_expense: int = 0
    capital_short: int = 0
    capital_long: int = 0
    land: dict[str, int] = field(default_factory=dict)
    land_special_deduction: dict[str, int] = field(default_factory=dict)
    listed_shares: int = 0
    general_shares: int = 0
    listed_dividend: int = 0
    carried: dict[str, int] = field(default_factory=dict)

    def of(self, name: str) -> int:
        """A plain figure by its key without `_yen`; zero if the case does not give it."""
        return self.plain.get(f"{name}_yen", 0)

    def without_pension(self) -> "IncomeGiven":
        """The same person without the pension, for the trial that cuts out its part of 所得割."""
        return replace(self, pension=Receipts())

    def wages_only(self) -> "IncomeGiven":
        """The wages alone; losses carried stay, being no income."""
        key = "loss_carried_forward_yen"
        plain = {key: self.plain[key]} if key in self.plain else {}
        return IncomeGiven(wages=self.wages, plain=plain, carried=self.carried)


def _receipts(value: Any, where: str, *, treaty: bool) -> Receipts:
    """The payers of `employment` or `public_pension`; pay exempt by a treaty is left out of everything."""
    if not isinstance(value, list):
        raise ValueError(f"{where}: a list with an entry for each payer is expected")
    keys = ("paid_yen", "net_yen", "treaty_exempt") if treaty else ("paid_yen", "net_yen")
    entries = [known_keys(entry, keys, where) for entry in value]
    for entry in entries:
        for key in ("paid_yen", "net_yen"):
            yen(entry.get(key, 0), f"{where}.{key}")
    entries = [entry for entry in entries if not truth(entry.get("treaty_exempt", False), f"{where}.treaty_exempt")]
    with_net = [entry for entry in entries if "net_yen" in entry]
    if with_net and len(with_net) != len(entries):
        raise ValueError(f"{where}: net_yen with some payers only")
    if any("paid_yen" in entry for entry in with_net):
        raise ValueError(f"{where}: paid_yen and net_yen of one payer")
    if with_net:
        return Receipts(0, sum(entry["net_yen"] for entry in entries))
    return Receipts(sum(entry.get("paid_yen", 0) for entry in entries))


def _dividends(value: Any) -> tuple[Dividend, ...]:
    where = "income.dividend"
    found = []
    for entry in value if isinstance(value, list) else [value or {}]:
        given = known_keys(entry, ("paid_yen", "debt_interest_yen", "kind"), where)
        kind = choice(given.get("kind", "ordinary"), DIVIDEND_KINDS, f"{where}.kind")
        interest = yen(given.get("debt_interest_yen", 0), f"{where}.debt_interest_yen")
        found.append(Dividend(kind, yen(given.get("paid_yen", 0), f"{where}.paid_yen") - interest))
    return tuple(dividend for dividend in found if dividend.net_yen)


def _not_zero(mapping: dict[str, int]) -> dict[str, int]:
    return {name: amount for name, amount in mapping.items() if amount}


def _signed(value: Any, names: tuple[str, ...], where: str) -> dict[str, int]:
    given = known_keys(value or {}, names, where)
    return {name: loss_or_gain(given.get(name, 0), f"{where}.{name}") for name in names}


def _land(value: Any) -> tuple[dict[str, int], dict[str, int]]:
    gains = tuple(f"{kind}_yen" for kind in LAND)
    specials = tuple(f"{kind}_special_deduction_yen" for kind in LAND)
    given = known_keys(value or {}, (*gains, *specials), "income.land")
    of_gains = _signed({key: given[key] for key in gains if key in given}, gains, "income.land")
    of_specials = amounts({key: given[key] for key in specials if key in given}, specials, "income.land")
    if sum(of_specials.values()) > LAND_SPECIAL_DEDUCTION_MAX:
        raise ValueError("income.land: special deductions above 50,000,000 yen in all")
    return (
        _not_zero({kind: of_gains[f"{kind}_yen"] for kind in LAND}),
        _not_zero({kind: of_specials[f"{kind}_special_deduction_yen"] for kind in LAND}),
    )


def _not_below_zero(value: Any, names: tuple[str, ...], where: str) -> dict[str, int]:
    return amounts({name: value[name] for name in names if name in value}, names, where)


def read_income(value: Any) -> IncomeGiven:
    """The `income` mapping of a taxpayer or of a relative."""
    given = known_keys(value or {}, INCOME_KEYS, "income")
    plain = _signed({key: given[key] for key in LOSS_OR_GAIN if key in given}, LOSS_OR_GAIN, "income")
    plain |= _not_below_zero(given, NOT_NEGATIVE, "income")
    occasional = amounts(given.get("occasional"), ("revenue_yen", "expense_yen"), "income.occasional")
    capital = _signed(given.get("capital_gain"), ("short_yen", "long_yen"), "income.capital_gain")
    land, special = _land(given.get("land"))
    shares = known_keys(
        given.get("shares") or {}, ("listed_yen", "general_yen", "listed_dividend_yen"), "income.shares"
    )
    carried = amounts(
        given.get("losses_carried_forward"),
        tuple(f"{name}_yen" for name in CARRIED_KEYS),
        "income.losses_carried_forward",
    )
    return IncomeGiven(
        wages=_receipts(given.get("employment", []), "income.employment", treaty=True),
        pension=_receipts(given.get("public_pension", []), "income.public_pension", treaty=False),
        plain=_not_zero(plain),
        dividends=_dividends(given.get("dividend")),
        occasional_revenue=occasional["revenue_yen"],
        occasional_expense=occasional["expense_yen"],
        capital_short=capital["short_yen"],
        capital_long=capital["long_yen"],
        land=land,
        land_special_deduction=special,
        listed_shares=loss_or_gain(shares.get("listed_yen", 0), "income.shares.listed_yen"),
        general_shares=yen(shares.get("general_yen", 0), "income.shares.general_yen"),
        listed_dividend=yen(shares.get("listed_dividend_yen", 0), "income.shares.listed_dividend_yen"),
        carried={name: carried[f"{name}_yen"] for name in CARRIED_KEYS},
    )
