"""Work out the other kinds of cases, each by its own chain of steps."""

import re
from collections.abc import Sequence

import duckdb

from pipelines.assessment.chain import install
from pipelines.assessment.kind_file import (
    AnyKind,
    LateCharge,
    PensionWithholding,
    RefundInterest,
    Retirement,
    TimeLimit,
)
from pipelines.assessment.step import Step, source, steps
from pipelines.parameters import Municipality, ParameterSet, load_parameters

KIND_CHAINS = ("late_charge", "refund_interest", "retirement", "time_limit")
PENSION_STEPS = ("640_pension_halves", "645_pension_instalments", "650_ordinary_share", "655_ordinary_instalments")
Figures = dict[str, object]


def work_out(con: duckdb.DuckDBPyConnection, case: AnyKind, parameters: ParameterSet | None = None) -> Figures:
    """The figures of one case; its parameters are those of its fiscal year unless others are given."""
    chosen = parameters or load_parameters(case.fiscal_year, Municipality())
    install(con, chosen)
    match case:
        case LateCharge():
            return _late_charge(con, case, chosen)
        case RefundInterest():
            return _refund_interest(con, case, chosen)
        case Retirement():
            return _retirement(con, case)
        case PensionWithholding():
            return _pension(con, case)
        case TimeLimit():
            return _time_limit(con, case)


def _late_charge(con: duckdb.DuckDBPyConnection, case: LateCharge, parameters: ParameterSet) -> Figures:
    rows = [(0, number, case.tax_yen, case.due_on, *payment) for number, payment in enumerate(case.payments())]
    _table(con, "case_charge", "case_no INTEGER, payment_no INTEGER, tax_yen BIGINT, due_on DATE, paid_on DATE, "
           "paid_yen BIGINT", rows)  # fmt: skip
    columns = ("calendar_year", "rate", "days", "base_yen", "charge_yen", "late_charge_yen")
    found = _run(con, steps("late_charge"), "FROM case_charge", columns, "payment_no, calendar_year, low DESC")
    return {"late_charge_yen": found[0][-1], "late_charge_parts": _parts(found, parameters)}


def _refund_interest(con: duckdb.DuckDBPyConnection, case: RefundInterest, parameters: ParameterSet) -> Figures:
    row = (0, case.refund_yen, case.cause, case.paid_on, case.event_on, case.decided_on)
    _table(con, "case_refund", "case_no INTEGER, refund_yen BIGINT, cause VARCHAR, paid_on DATE, event_on DATE, "
           "decided_on DATE", [row])  # fmt: skip
    columns = ("calendar_year", "rate", "days", "base_yen", "charge_yen", "refund_interest_yen")
    found = _run(con, steps("refund_interest"), "FROM case_refund", columns, "calendar_year")
    return {"refund_interest_yen": found[0][-1], "refund_interest_parts": _parts(found, parameters)}


def _retirement(con: duckdb.DuckDBPyConnection, case: Retirement) -> Figures:
    row = (case.paid_yen, case.service_years, case.officer, case.short_service, case.disability)
    _table(con, "case_retirement", "paid_yen BIGINT, service_years BIGINT, officer BOOLEAN, short_service BOOLEAN, "
           "disability BOOLEAN", [row])  # fmt: skip
    columns = ("retirement_deduction_yen", "retirement_income_yen", "city_tax_yen", "prefecture_tax_yen")
    return dict(
        zip(columns, _run(con, steps("retirement"), "FROM case_retirement", columns, "paid_yen")[0], strict=True)
    )


def _pension(con: duckdb.DuckDBPyConnection, case: PensionWithholding) -> Figures:
    first_year = case.previous_year_tax_yen == 0 if case.first_year is None else case.first_year
    _table(con, "case_pension", "case_no INTEGER, annual_tax_yen BIGINT, previous_year_tax_yen BIGINT, "
           "first_year BOOLEAN", [(0, case.annual_tax_yen, case.previous_year_tax_yen, first_year)])  # fmt: skip
    chain = [step for step in steps("levy") if step.name in PENSION_STEPS]
    columns = ("first_provisional_yen", "first_final_yen", "first_bills_yen")
    ((provisional, final, bills),) = _run(con, chain, source("pension_withholding"), columns, "taxpayer_no")
    instalments = {"ordinary_collection": bills} if bills else {}
    return {"instalments": instalments | {"pension_withholding": {"provisional": provisional, "final": final}}}


def _time_limit(con: duckdb.DuckDBPyConnection, case: TimeLimit) -> Figures:
    row = (case.statutory_due_on, case.effect == "decrease", case.one_stop, case.fraud, case.ruling_on, case.void_on,
           case.income_tax_on, case.decided_on)  # fmt: skip
    _table(con, "case_limit", "statutory_due_on DATE, lowers BOOLEAN, one_stop BOOLEAN, fraud BOOLEAN, ruling_on DATE, "
           "void_on DATE, income_tax_on DATE, decided_on DATE", [row])  # fmt: skip
    columns = ("limit_last_on", "limit_article", "within_limit")
    found = _run(con, steps("time_limit"), "FROM case_limit", columns, "statutory_due_on")
    return dict(zip(columns, found[0], strict=True))


def _parts(rows: Sequence[tuple[object, ...]], parameters: ParameterSet) -> list[dict[str, object]]:
    """Each calendar year and rate in which a day fell."""
    unit = parameters.values["charge_rate_unit"]
    return [
        {"year": year, "rate": f"{rate}/{unit}", "days": days, "base_yen": base, "charge_yen": charge}
        for year, rate, days, base, charge, _ in rows
        if days
    ]


def _table(con: duckdb.DuckDBPyConnection, name: str, columns: str, rows: Sequence[tuple[object, ...]]) -> None:
    con.execute(f"CREATE OR REPLACE TEMP TABLE {name} ({columns})")
    con.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' for _ in rows[0])})", rows)


def _run(
    con: duckdb.DuckDBPyConnection, chain: Sequence[Step], first: str, columns: Sequence[str], order: str
) -> list[tuple[object, ...]]:
    return con.execute(
        f"{chained_sql(chain, first)} SELECT {', '.join(columns)} FROM chained ORDER BY {order}"
    ).fetchall()


def chained_sql(chain: Sequence[Step], first: str) -> str:
    """The WITH clause that runs the steps over the SELECT `first`; the last one is called `chained`."""
    parts, before = [f"given AS ({first})"], "given"
    for step in chain:
        name = f"step_{step.name}"
        select = re.sub(r"\bFROM previous\b", f"FROM {before} AS previous", step.select)
        parts.append(f"{name} AS ({select})")
        before = name
    return f"WITH {', '.join(parts)}, chained AS (FROM {before})"
