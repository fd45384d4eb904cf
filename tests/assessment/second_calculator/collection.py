"""Collection (徴収): which part of the tax goes by which way, and its instalments (法319–321条の7の8, 附則5条の9–5条の11)."""

from dataclasses import dataclass
from typing import Any

from second_calculator.change import Told, at_most, bills_after, by_wages_after, padded, pension_after
from second_calculator.instalments import (
    employment_withholding,
    minus_from_the_front,
    pension_continuing,
    pension_first_year,
    split,
)
from second_calculator.municipality import Municipality
from second_calculator.reading import choice, day, integer, known_keys, truth, yen

METHODS = ("employment", "ordinary", "pension")
KEYS = (
    "method",
    "non_employment",
    "previous_year_pension_tax_yen",
    "pension_first_year",
    "from_month",
    "earlier_months_yen",
    "decided_on",
    "due_on",
    "earlier_bills_yen",
    "earlier_provisional_yen",
    "earlier_final_yen",
    "income_tax_changed",
)
UNIT_OF_2024 = 1_000  # 附則5条の9①一, 5条の11①一
Instalments = dict[str, Any]


@dataclass(frozen=True)
class Collection:
    """What a case says about the collection."""

    methods: frozenset[str]
    non_employment: str
    previous_year_pension_tax: int
    pension_first_year: bool
    told: Told


@dataclass(frozen=True)
class Amount:
    """A tax before 定額減税 and as it is."""

    before: int
    after: int

    def __add__(self, other: "Amount") -> "Amount":
        return Amount(self.before + other.before, self.after + other.after)

    @property
    def reduction(self) -> int:
        """What 定額減税 takes from it; two trials cut to hundreds may differ the other way, which is no reduction."""
        return max(self.before - self.after, 0)


NOTHING = Amount(0, 0)


@dataclass(frozen=True)
class Shares:
    """所得割 by the income it comes from, and the per-capita levy with 森林環境税."""

    wages: Amount
    pension: Amount
    other: Amount
    per_capita: int


def _told(given: dict[str, Any], fiscal_year: int) -> Told:
    def yens(name: str) -> tuple[int, ...]:
        return tuple(yen(each, f"collection.{name}") for each in given.get(name, []))

    return Told(
        fiscal_year,
        None if given.get("decided_on") is None else day(given["decided_on"], "collection.decided_on"),
        tuple(day(each, "collection.due_on") for each in given.get("due_on", [])),
        yens("earlier_bills_yen"),
        (integer(given.get("from_month", 6), "collection.from_month") + 6) % 12,
        yens("earlier_months_yen"),
        yens("earlier_provisional_yen"),
        yens("earlier_final_yen"),
        truth(given.get("income_tax_changed", False), "collection.income_tax_changed"),
    )


def read_collection(value: Any, fiscal_year: int) -> Collection:
    """The `collection` mapping of a case."""
    given = known_keys(value or {}, KEYS, "collection")
    methods = given.get("method", [])
    methods = methods if isinstance(methods, list) else [methods]
    previous = yen(given.get("previous_year_pension_tax_yen", 0), "collection.previous_year_pension_tax_yen")
    first = truth(given.get("pension_first_year", previous == 0), "collection.pension_first_year")
    return Collection(
        frozenset(choice(method, METHODS, "collection.method") for method in methods),
        choice(given.get("non_employment", "employment"), ("employment", "ordinary"), "collection.non_employment"),
        previous,
        first,
        _told(given, fiscal_year),
    )


def cut_out(whole: int, without_pension: int, wages_only: int) -> tuple[int, int, int]:
    """所得割 on wages, pension and the rest: the whole minus a trial without that income; the pension first.

    No provision lays it down (法321条の3①, 321条の7の2①).
    """
    pension = max(whole - without_pension, 0)
    other = max(whole - pension - wages_only, 0)
    return whole - pension - other, pension, other


@dataclass(frozen=True)
class _Ways:
    employment: Amount
    pension: Amount
    ordinary: Amount


def _ways(collection: Collection, shares: Shares, city: Municipality, pension_apart: bool) -> _Ways:
    """Which share goes which way; what no withholding takes goes by bill.

    `pension_apart`: 65 on 1 April with a pension, so that its share cannot join the wages (法321条の3④).
    """
    by_wages = "employment" in collection.methods
    joins = by_wages and city.non_employment_by_employment and collection.non_employment == "employment"
    amounts = {"employment": NOTHING, "pension": NOTHING, "ordinary": NOTHING}

    def put(way: str, amount: Amount) -> None:
        amounts[way] += amount

    put("employment" if by_wages else "ordinary", shares.wages)
    put("employment" if joins else "ordinary", shares.other)
    if "pension" in collection.methods:
        put("pension", shares.pension)
    else:
        put("employment" if joins and not pension_apart else "ordinary", shares.pension)
    per_capita_way = "employment" if by_wages else "pension" if "pension" in collection.methods else "ordinary"
    put(per_capita_way, Amount(shares.per_capita, shares.per_capita))
    return _Ways(**amounts)


def _ordinary(amount: Amount, per_capita: int, city: Municipality, special_order: bool) -> list[int]:
    """Bills in units of 1,000 yen or the ordinance's (法320条, 20条の4の2⑥).

    令和6年度: the amount before 定額減税 is split, then the reduction taken from the first bill on (附則5条の9①②); its
    unit of 1,000 yen stands in the law itself.
    """
    parts = len(city.ordinary_due_months)
    if not special_order:
        return split(amount.after, parts, city.ordinary_split_unit_yen, per_capita)
    before = split(amount.after + amount.reduction, parts, UNIT_OF_2024, per_capita)
    return minus_from_the_front(before, amount.reduction)


@dataclass(frozen=True)
class _First:
    """What a first decision says: of the bills with a first year's half of the pension, and of the pension."""

    bills: list[int]
    pension: tuple[list[int], list[int]]


def _first(collection: Collection, ways: _Ways, shares: Shares, city: Municipality, special_order: bool) -> _First:
    bills = _ordinary(ways.ordinary, shares.per_capita, city, special_order)
    if "pension" not in collection.methods:
        return _First(bills, ([], []))
    places = [place for place, month in enumerate(city.ordinary_due_months) if 4 <= month <= 9]
    tax = ways.pension if special_order else Amount(ways.pension.after, ways.pension.after)
    before = tax.after + tax.reduction
    unit = UNIT_OF_2024 if special_order else city.ordinary_split_unit_yen
    if collection.pension_first_year and places:
        parts = pension_first_year(before, tax.reduction, len(places), unit)
        for place, bill in zip(places, parts.ordinary, strict=True):
            bills[place] += bill
    else:
        parts = pension_continuing(before, tax.reduction, collection.previous_year_pension_tax)
    return _First(bills, (parts.provisional, parts.final))


def instalments(
    collection: Collection, shares: Shares, city: Municipality, *, pension_apart: bool, special_order: bool
) -> Instalments:
    """The instalments of each way; `special_order` where the 定額減税 of 令和6年度 applies to the person."""
    ways = _ways(collection, shares, city, pension_apart)
    first = _first(collection, ways, shares, city, special_order)
    told, found = collection.told, Instalments()
    by_wages, by_pension = "employment" in collection.methods, "pension" in collection.methods
    tax = ways.employment.after + ways.pension.after + ways.ordinary.after

    pension = pension_after(told, by_pension, ways.pension.after, first.pension, collection.pension_first_year)
    if not by_pension and any(map(sum, pension)):  # stopped: never more than the tax
        kept = at_most([*pension[0], *pension[1]], tax)
        pension = kept[:3], kept[3:]
    if any(pension):
        found["pension_withholding"] = {"provisional": pension[0], "final": pension[1]}
    withheld = sum(map(sum, pension))
    to_collect = tax - (min(withheld, ways.pension.after) if by_pension else withheld)

    employment = by_wages_after(told, by_wages, ways.employment.after, to_collect)
    if by_wages or employment:
        found["employment_withholding"] = _months(told, employment, shares.per_capita, by_wages, special_order)

    unit = UNIT_OF_2024 if special_order else city.ordinary_split_unit_yen
    bills = bills_after(
        told,
        to_collect - employment,
        first.bills,
        unit,
        shares.per_capita,
        evenly=city.ordinary_decrease_evenly,
        count=len(city.ordinary_due_months),
    )
    if "ordinary" in collection.methods or any(bills):
        found["ordinary_collection"] = bills
    return found


def _months(told: Told, amount: int, per_capita: int, by_wages: bool, special_order: bool) -> list[int]:
    if len(told.months) == 12 and sum(told.months) == amount:
        return [*told.months]
    if not by_wages:
        return padded(tuple(at_most(padded(told.months, told.months_past), amount)), 12)
    return employment_withholding(amount, per_capita, special_order, told.months_past, [*told.months])
