"""One person's computation, from the published snapshot."""

from typing import TYPE_CHECKING

from pipelines.city import CityHome, load_city
from pipelines.ledger import open_snapshot
from pipelines.vault import KeyRing

if TYPE_CHECKING:
    from pipelines.assessment.explanation import Explanation


def explain_taxpayer(city: str, fiscal_year: int, taxpayer_no: str, version: int | None = None) -> "Explanation":
    """How a version of a taxpayer's assessment (the newest by default) came about; reproduces it to the yen or raises."""
    from pipelines.assessment.explanation import explain_assessment

    with open_snapshot(CityHome(city), KeyRing.open()) as session:
        return explain_assessment(session, load_city(city), fiscal_year, taxpayer_no, version)
