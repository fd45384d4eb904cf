"""What the city knows of other municipalities, and of whom the 統合宛名 system knows no number: lists for operators."""

from typing import Any

from pipelines.run.officer import everything_known
from pipelines.run.rows import rows


def municipalities(city: str, fiscal_year: int) -> list[dict[str, Any]]:
    """The directory as of the last day known, and the codes that are wanted and not in it."""
    with everything_known(city, fiscal_year) as session:
        return rows(session, "municipalities")


def without_number(city: str, fiscal_year: int) -> list[dict[str, Any]]:
    """Who lives here on 1 January and has no 統合宛名番号."""
    with everything_known(city, fiscal_year) as session:
        return rows(session, "unified_numbers")
