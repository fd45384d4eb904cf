"""What the register's changes, the entries outside it and the departments' lists make of whom."""

from typing import Any

from pipelines.run.officer import everything_known
from pipelines.run.rows import rows


def differing(city: str, fiscal_year: int) -> list[dict[str, Any]]:
    """Whom everything now known makes different from the extract of 1 January: taxed or not, and what is to do."""
    with everything_known(city, fiscal_year) as session:
        return rows(session, "register_list")


def person(city: str, fiscal_year: int, taxpayer_no: str) -> list[dict[str, Any]]:
    """What is known of one person besides documents. Under 支援措置 without the person's own addresses."""
    with everything_known(city, fiscal_year) as session:
        return rows(session, "register_person", {"taxpayer_no": taxpayer_no})


def house_levies(city: str, fiscal_year: int) -> list[dict[str, Any]]:
    """均等割 of houses and offices in wards where their owners do not live, in yen, as last decided."""
    with everything_known(city, fiscal_year) as session:
        return rows(session, "house_levies")


def reductions(city: str, fiscal_year: int) -> list[dict[str, Any]]:
    """Every decision of 減免 with what it takes off, in yen, as last computed, and by which letter that was told."""
    with everything_known(city, fiscal_year) as session:
        return rows(session, "reductions")


def unproven_disability(city: str, fiscal_year: int) -> list[dict[str, Any]]:
    """Taxpayers taxed as disabled whom no list of 手帳 confirms in the same degree."""
    with everything_known(city, fiscal_year) as session:
        return rows(session, "register_disability")
