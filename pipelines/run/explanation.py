"""One person's computation, from the published snapshot."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.city import CityHome, load_city
from pipelines.errors import DataError
from pipelines.ledger import LedgerSession, open_snapshot
from pipelines.run.private_file import private_file
from pipelines.run.rows import rows
from pipelines.vault import KeyRing

if TYPE_CHECKING:
    from pipelines.assessment.explanation import Explanation


def explain_taxpayer(city: str, fiscal_year: int, taxpayer_no: str, version: int | None = None) -> "Explanation":
    """How a version of a taxpayer's assessment (the newest by default) came about; reproduces it to the yen or raises."""
    with open_snapshot(CityHome(city), KeyRing.open()) as session:
        return _explained(session, city, fiscal_year, taxpayer_no, version)


def explain_on_page(city: str, fiscal_year: int, taxpayer_no: str, version: int | None = None) -> bytes:
    """The same as a page for the taxpayer, in HTML. What it does not show: schemas/assessment/explanation_page.yaml."""
    from pipelines.assessment.explanation_page import Person, explanation_page

    with open_snapshot(CityHome(city), KeyRing.open()) as session:
        explanation = _explained(session, city, fiscal_year, taxpayer_no, version)
        session.pin(fiscal_year, date.max)
        found = rows(session, "explained_person", [taxpayer_no])
    if not found:
        raise DataError(
            "この宛名番号は、この年度の住民にいません。", item="宛名番号", action="宛名番号と年度を確かめてください。"
        )
    return explanation_page(explanation, load_city(city), Person(**found[0]))


def write_page(path: Path, city: str, fiscal_year: int, taxpayer_no: str, version: int | None = None) -> None:
    """Write the page for the owner of the process alone to read. Raises DataError when the file is there already."""
    content = explain_on_page(city, fiscal_year, taxpayer_no, version)
    with private_file(path, "説明書") as stream:
        stream.write(content)


def _explained(
    session: LedgerSession, city: str, fiscal_year: int, taxpayer_no: str, version: int | None
) -> "Explanation":
    from pipelines.assessment.explanation import Reduced, explain_assessment
    from pipelines.consolidation.origin import origins_of

    explanation = explain_assessment(session, load_city(city), fiscal_year, taxpayer_no, version)
    assert explanation.decided is not None
    origins = origins_of(
        session, fiscal_year, taxpayer_no, explanation.decided.tax_base_version, load_city(city).document_priority
    )
    given = {"fiscal_year": fiscal_year, "taxpayer_no": taxpayer_no, "version": explanation.decided.version}
    reductions = tuple(Reduced(**row) for row in rows(session, "explained_reduction", given))
    return replace(explanation, origins=origins, reductions=reductions)
