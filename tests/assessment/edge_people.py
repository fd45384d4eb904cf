"""Invented people in each row of the tables of the law, at its first and last yen: made from the parameters themselves."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import product
from random import Random
from typing import Any

from second_calculator.calculator import assess

from pipelines.parameters import Municipality, Table, load_parameters
from pipelines.parameters.model import Row

Document = dict[str, Any]
EACH = 34  # people in each row
BEYOND = 3_000_000  # how far above its first yen the last row is entered
HIGHEST = 60_000_000
FORESTERS = 20  # at each row of the ratio, of whose income a fifth counts
LOSERS, STUDENTS, SHAREHOLDERS, PRESSED = 500, 250, 250, 200
# 合計所得金額 up to which a status, credit or reduction is given
LIMITS = (
    "adjustment_credit_own_income_limit_yen",
    "deductible_spouse_own_income_limit_yen",
    "fixed_reduction_own_income_limit_yen",
    "residence_loss_income_limit_yen",
    "single_parent_own_income_limit_yen",
    "status_exemption_income_limit_yen",
    "working_student_own_income_limit_yen",
)
LAND = ("short", "short_public", "long", "long_excellent", "long_residence")
STATUS: tuple[Document, ...] = (
    {"widow": True},
    {"single_parent": "mother"},
    {"single_parent": "father"},
    {"disability": "ordinary"},
    {"working_student": True},
    {"widow": True, "working_student": True},
)


# A yen where most people have nothing
ONE_YEN: tuple[Document, ...] = (
    *({"income": {"land": {f"{kind}_yen": yen}}} for kind in LAND for yen in (1, 2)),
    *({"income": {"capital_gain": {f"{kind}_yen": -1}, "business_yen": yen}} for kind in ("short", "long") for yen in (0, 9)),
    *({"income": {"shares": {"general_yen": 900_000}, "losses_carried_forward": {f"{kind}_yen": 1}}}
      for kind in ("casualty", "residence", "listed_shares", "futures")),
    {"income": {"business_yen": 3_000_000}, "paid": {"foreign_tax_yen": 1, "foreign_tax_national_limit_yen": 8}},
    {"income": {"business_yen": 3_000_000, "dividend": [{"paid_yen": 1}]}},
)  # fmt: skip
Tables = Mapping[str, tuple[Row, ...]]
Values = Mapping[str, object]


def edge_people(fiscal_year: int, municipality: object) -> Iterator[Document]:
    """The people of one fiscal year; the same year gives the same."""
    chance = Random(fiscal_year)
    values = load_parameters(fiscal_year, Municipality()).values
    tables = _tables(values)
    limit = values["relative_total_income_limit_yen"]
    assert isinstance(limit, int)
    people = (
        *_couples(chance, fiscal_year, tables, limit),
        *_pensioners(chance, fiscal_year, tables),
        *_wages(chance, tables),
        *_totals(chance, fiscal_year, tables),
        *_donors(chance, tables),
        *_limited(chance, fiscal_year, values),
        *_students(chance, fiscal_year, values),
        *_parents(chance, fiscal_year, tables, limit),
        *(_loser(chance) for _ in range(LOSERS)),
        *(_setting_off(chance) for _ in range(LOSERS)),
        *(_pressed(chance, fiscal_year, _setting_off(chance)) for _ in range(PRESSED)),
        *ONE_YEN,
        *_chief_earners(fiscal_year, values),
        *(_shareholder(chance, values) for _ in range(SHAREHOLDERS)),
    )
    for number, one in enumerate(people):
        common = {"case": f"境{number}", "fiscal_year": fiscal_year, "municipality": municipality}
        yield common | {"collection": {"method": chance.choice(("employment", "ordinary"))}} | one


def _bounds(*tables: Sequence[Row]) -> list[int]:
    """Where a row of these tables begins, but for the first."""
    return sorted({row.bound for rows in tables for row in rows if row.bound is not None})


def _within(chance: Random, first: int, bounds: Sequence[int]) -> Iterator[int]:
    """For each row from `first` on EACH amounts: its first yen, its last, and between."""
    starts = [first, *(bound for bound in bounds if bound > first)]
    for start, end in zip(starts, [*starts[1:], starts[-1] + BEYOND], strict=True):
        for number in range(EACH):
            yield (start, end - 1, chance.randrange(start, end))[number % 3]


def _inner(rows: Sequence[Row]) -> list[Sequence[Row]]:
    return [row.rows for row in rows if row.rows is not None]


def _couples(chance: Random, fiscal_year: int, tables: Tables, limit: int) -> Iterator[Document]:
    """Every row of 配偶者控除・配偶者特別控除 and their like, with a housing loan for which the income tax is computed."""
    special = [tables[name] for name in ("spouse_special_deduction", "income_tax_spouse_special_deduction",
                                         "difference_spouse_special")]  # fmt: skip
    spouses = list(_within(chance, limit + 1, _bounds(*(inner for rows in special for inner in _inner(rows)))))
    incomes = _bounds(*special)
    starts = (chance.randrange(1_000_000, 4_000_000), *incomes)
    rows = list(zip(starts, (*incomes, incomes[-1] + BEYOND), strict=True))
    for number, ((start, end), spouse) in enumerate(product(rows, spouses)):
        yield _couple(chance, fiscal_year, tables, _on_edge(chance, number, start, end), {"total_income_yen": spouse})
    for number, ((start, end), age, _) in enumerate(product(rows, (40, 80), range(EACH))):
        same = {"total_income_yen": limit, "born_on": date(fiscal_year - age, 5, 5)}
        yield _couple(chance, fiscal_year, tables, _on_edge(chance, number, start, end), same)


def _on_edge(chance: Random, number: int, start: int, end: int) -> int:
    """The first yen of the row, its last, or one between."""
    return (start, end - 1, chance.randrange(start, end))[number // 5 % 3]


def _couple(chance: Random, fiscal_year: int, tables: Tables, total_income_yen: int, spouse: Document) -> Document:
    return {
        "taxpayer": {"born_on": date(fiscal_year - 45, 5, 5)},
        "income": {"business_yen": total_income_yen},
        "spouse": {"born_on": date(fiscal_year - 40, 5, 5)} | spouse,
        "paid": _little_left(chance, total_income_yen, _paid(chance, fiscal_year, tables)),
    }


def _little_left(chance: Random, total_income_yen: int, paid: Document) -> Document:
    """So much social insurance that the income tax's base limits the credit for a housing loan, and a yen shows in it."""
    left = chance.choice((0, chance.randrange(500, 2_500) * 1_000, chance.randrange(500, 2_500) * 1_000))
    if not left or left > total_income_yen:
        return paid
    kept = {name: value for name, value in paid.items() if "insurance" not in name or chance.random() < 0.3}
    return kept | {"social_insurance_yen": total_income_yen - left + chance.choice((0, 0, 1))}


def _paid(chance: Random, fiscal_year: int, tables: Tables) -> Document:
    """Premiums at the edges of their tables, and a housing loan."""

    def premium(most: int, *names: str) -> int:
        bound = chance.choice(_bounds(*(tables[name] for name in names)))
        return chance.choice((0, bound - 1, bound, chance.randrange(most)))

    new, old = (("life_insurance_" + kind, "income_tax_life_insurance_" + kind) for kind in ("new", "old"))
    long_term = ("old_long_term_insurance", "income_tax_old_long_term_insurance")
    return {
        "social_insurance_yen": chance.randrange(1_000_000),
        "life_insurance": {
            "new_general_yen": premium(120_000, *new),
            "old_general_yen": premium(120_000, *old),
            "new_care_yen": premium(120_000, *new),
            "new_pension_yen": premium(120_000, *new),
            "old_pension_yen": premium(120_000, *old),
        },
        "earthquake_insurance": {
            "earthquake_yen": premium(60_000, "earthquake_insurance"),
            "old_long_term_yen": premium(25_000, *long_term),
        },
        "housing_loan": {
            "moved_in_on": date(chance.randrange(2012, fiscal_year), 4, 1),
            "creditable_yen": 400_000,
            "income_tax_taxable_yen": 0,
        },
    }


def _pensioners(chance: Random, fiscal_year: int, tables: Tables) -> Iterator[Document]:
    """Every row of 公的年金等に係る雑所得, by age and by the other income."""
    for name, age in (("public_pension_income", 60), ("public_pension_income_elderly", 75)):
        rows = tables[name]
        starts = (0, *_bounds(rows))
        for start, end, inner in zip(starts, (*starts[1:], starts[-1] + BEYOND), _inner(rows), strict=True):
            for number, paid in enumerate(_within(chance, 1, _bounds(inner))):
                yield {
                    "taxpayer": {"born_on": date(fiscal_year - age, 5, 5)},
                    "income": {
                        "business_yen": _on_edge(chance, number, start, end),
                        "public_pension": [{"paid_yen": paid}],
                    },
                    "paid": {"social_insurance_yen": chance.randrange(1_000_000)},
                    "collection": {
                        "method": chance.choice(("pension", "employment", "ordinary", ["pension", "ordinary"]))
                    },
                }


def _wages(chance: Random, tables: Tables) -> Iterator[Document]:
    for paid in _within(chance, 0, _bounds(tables["employment_income"])):
        yield {"income": {"employment": [{"paid_yen": paid}]}}


def _totals(chance: Random, fiscal_year: int, tables: Tables) -> Iterator[Document]:
    """Every row of 基礎控除, of the resident tax's and of the income tax's."""
    for total in _within(chance, 0, _bounds(tables["basic_deduction"], tables["income_tax_basic_deduction"])):
        paid = _little_left(chance, total, _paid(chance, fiscal_year, tables))
        yield {"income": {"business_yen": total}, "paid": paid}


def _donors(chance: Random, tables: Tables) -> Iterator[Document]:
    """Every row of the ratio of 特例控除."""
    for taxable in _within(chance, 0, _bounds(tables["donation_ratio"], tables["one_stop_tax_share"])):
        donation = {"furusato_yen": chance.randrange(10_000, 200_000), "one_stop": chance.random() < 0.5}
        yield {"income": {"business_yen": min(taxable + 430_000 + 50_000, HIGHEST)}, "paid": {"donation": donation}}
    for bound, _ in product(_bounds(tables["donation_ratio"]), range(FORESTERS)):
        forestry = max(bound, 1) * 5 * chance.randrange(85, 116) // 100
        donation = {"furusato_yen": chance.randrange(10_000, 1_000_000), "one_stop": chance.random() < 0.5}
        yield {"income": {"forestry_yen": forestry}, "paid": {"donation": donation}}


def _near(chance: Random, amount: int) -> int:
    return amount + chance.choice((-1, 0, 0, 1))


def _limited(chance: Random, fiscal_year: int, values: Values) -> Iterator[Document]:
    """Whoever earns just as much as a status or credit allows."""
    for name, status, _ in product(LIMITS, STATUS, range(6)):
        limit = values[name]
        assert isinstance(limit, int)
        paid = _little_left(chance, limit, _paid(chance, fiscal_year, _tables(values)))
        yield {
            "taxpayer": {"born_on": date(fiscal_year - 40, 5, 5)} | status,
            "income": {
                "employment": [{"net_yen": chance.choice((0, 300_000))}],
                "business_yen": _near(chance, limit) - 300_000,
                "losses_carried_forward": {"residence_yen": chance.choice((0, 123_456))},
            },
            "spouse": {"born_on": date(fiscal_year - 40, 5, 5), "abroad": chance.random() < 0.1},
            "paid": paid if chance.random() < 0.8 else {},
        }


def _tables(values: Values) -> Tables:
    return {name: value.rows for name, value in values.items() if isinstance(value, Table)}


def _students(chance: Random, fiscal_year: int, values: Values) -> Iterator[Document]:
    """Working students with work of every kind, at the limits of all their income and of that not from work."""
    limit, other = (values[f"working_student_{name}_income_limit_yen"] for name in ("own", "other"))
    assert isinstance(limit, int)
    assert isinstance(other, int)
    for _ in range(STUDENTS):
        work = {name: chance.choice((0, chance.randrange(80_000))) for name in (
            "business_yen", "farming_yen", "miscellaneous_business_yen", "miscellaneous_yen", "retirement_income_yen")}  # fmt: skip
        pension = chance.choice((0, 0, 150_000))
        rental = _near(chance, other) - min(pension, other)
        wages = _near(chance, limit) - rental - sum(work.values()) - pension
        full = chance.random() < 0.5
        yield {
            "taxpayer": {"born_on": date(fiscal_year - 22, 5, 5), "working_student": True},
            "income": work
            | {
                "employment": [{"net_yen": max(wages if full else wages // 2, 0)}],
                "public_pension": [{"net_yen": pension}],
                "real_estate_yen": rental,
            },
        }


def _loser(chance: Random) -> Document:
    """Someone with many incomes taxed apart, and losses of earlier years that reach into the midst of them."""

    def some(most: int) -> int:
        return chance.choice((0, chance.randrange(1, most), chance.randrange(1, most)))

    land = {f"{kind}_yen": some(1_500_000) for kind in LAND}
    lost = chance.choice(("casualty_yen", "residence_yen", "none"))
    if lost != "casualty_yen":  # with which the law leaves the answer open
        land |= {f"{kind}_special_deduction_yen": some(400_000) for kind in LAND}
    if chance.random() < 0.2:
        land[f"{chance.choice(LAND)}_yen"] = -chance.randrange(1_000_000)
    return {
        "income": {
            "business_yen": some(600_000),
            "land": land,
            "shares": {"listed_yen": some(600_000), "general_yen": some(600_000), "listed_dividend_yen": some(600_000)},
            "futures_yen": some(600_000),
            "forestry_yen": some(600_000),
            "retirement_income_yen": some(600_000),
            "loss_carried_forward_yen": some(900_000),
            "losses_carried_forward": {lost: some(9_000_000)} if lost != "none" else {},
        },
        "paid": {"social_insurance_yen": chance.choice((0, chance.randrange(9_000_000)))},
    }


def _shareholder(chance: Random, values: Values) -> Document:
    """Someone with dividends of several kinds, some with more interest than dividend, around the boundary of the credit."""
    boundary = values["dividend_credit_boundary_yen"]
    assert isinstance(boundary, int)
    dividends = [{"paid_yen": chance.randrange(2_000_000), "debt_interest_yen": chance.choice((0, 0, chance.randrange(2_000_000))),
                  "kind": kind} for kind in ("ordinary", "investment_trust", "foreign_currency", "none")]  # fmt: skip
    return {
        "income": {
            "dividend": chance.sample(dividends, chance.randrange(1, 5)),
            "business_yen": chance.choice((0, chance.randrange(6_000_000, boundary), chance.randrange(2 * boundary))),
            "shares": {"general_yen": chance.choice((0, 0, chance.randrange(3_000_000)))},
            "forestry_yen": chance.choice((0, 0, 0, chance.randrange(3_000_000))),
            "retirement_income_yen": chance.choice((0, 0, 0, chance.randrange(3_000_000))),
        },
        "paid": {
            "social_insurance_yen": chance.choice((0, chance.randrange(1_000_000))),
            "donation": {
                "furusato_yen": chance.choice((0, chance.randrange(1_000_000))),
                "city_only_yen": chance.choice((0, chance.randrange(1_000_000))),
            },
            "foreign_tax_yen": chance.choice((0, chance.randrange(200_000))),
            "foreign_tax_national_limit_yen": chance.randrange(300_000),
        },
    }


def _parents(chance: Random, fiscal_year: int, tables: Tables, limit: int) -> Iterator[Document]:
    """Every row of 特定親族特別控除: a son or daughter of 19 to 22 who earns a little too much."""
    for total in _within(chance, limit + 1, _bounds(tables["specific_relative_special_deduction"])):
        child = {"born_on": date(fiscal_year - chance.randrange(20, 23), 5, 5), "total_income_yen": total}
        yield {"income": {"employment": [{"paid_yen": chance.randrange(9_000_000)}]}, "dependants": [child]}


def _setting_off(chance: Random) -> Document:
    """Someone with gains and losses of every kind that are set off against each other, of like size."""

    def some(most: int = 1_500_000) -> int:
        return chance.choice((0, chance.randrange(1, most), chance.randrange(1, most), -chance.randrange(1, most)))

    return {
        "income": {
            "employment": [{"paid_yen": chance.choice((0, 0, chance.randrange(3_000_000)))}],
            "business_yen": some(),
            "farming_yen": chance.choice((0, 0, some())),
            "real_estate_yen": some(),
            "real_estate_land_interest_yen": chance.choice((0, 0, abs(some(500_000)))),
            "miscellaneous_yen": some(300_000),
            "occasional": {"revenue_yen": abs(some(2_000_000))},
            "capital_gain": {"short_yen": some(2_000_000), "long_yen": some(2_000_000)},
            "forestry_yen": some(),
            "retirement_income_yen": abs(some()),
            "loss_carried_forward_yen": chance.choice((0, abs(some()))),
        },
    }


def _pressed(chance: Random, fiscal_year: int, one: Document) -> Document:
    """The same with a pension and, but for it, just as much income as decides how the pension is counted."""
    income = one["income"]
    largest = chance.choice(("business_yen", "retirement_income_yen"))
    income[largest] = 0
    edge = chance.choice((10_000_000, 20_000_000))
    target = edge + chance.choice((0, 1))
    for _ in range(2):
        known = {"fiscal_year": fiscal_year, "municipality": {"exemption_grade": 1}, "income": income}
        missing = target - assess(known)["total_income_yen"]
        income[largest] = max(income[largest] + missing, 0)
    return {"income": income | {"public_pension": [{"paid_yen": chance.randrange(2_000_000, 4_000_000)}]}}


def _chief_earners(fiscal_year: int, values: Values) -> Iterator[Document]:
    """Wages around the amount from which 所得金額調整控除 is given, with a child of the age or a little older."""
    start, age = values["income_adjustment_from_yen"], values["income_adjustment_child_age"]
    assert isinstance(start, int)
    assert isinstance(age, int)
    for paid, years, children in product((start, start + 1, start + 10, start + 900_000), (age, age + 1), (0, 1, 2)):
        child = {"born_on": date(fiscal_year - years, 1, 2)}
        yield {"income": {"employment": [{"paid_yen": paid}]}, "dependants": [child] * children}
