"""From the pinned ledger to TEMP tables fit to be published: pseudonyms, bands, ceilings, rounding, withheld attributes."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from pipelines.analysis.pseudonym import keep_pseudonyms
from pipelines.analysis.settings import Settings
from pipelines.analysis.statistics import keep_statistics
from pipelines.calendar import FiscalYear
from pipelines.ledger.sql_file import define, keep_rows

if TYPE_CHECKING:
    from pipelines.city import City
    from pipelines.ledger import LedgerSession, StageContext
    from pipelines.ledger.pin import Pin

STAGE = "analysis"
WARD = pa.schema([pa.field("ward_code", pa.string()), pa.field("ward_name", pa.string())])
BAND_FIELDS: "list[pa.Field[Any]]" = [
    pa.field("dimension", pa.string()),
    pa.field("lower", pa.int64()),
    pa.field("upper", pa.int64()),
    pa.field("label", pa.string()),
]
BAND = pa.schema(BAND_FIELDS)


def keep_contents(session: "LedgerSession", ctx: "StageContext", pin: "Pin", settings: Settings) -> dict[str, int]:
    """Keep TEMP tables `taxpayer`, `intake_file`, `run_cost` and `statistics_cell`; counts for the operator."""
    persons = keep_persons(session, ctx, settings)
    taxpayers = keep_rows(session, STAGE, "taxpayer", threshold=settings.threshold.value)
    return {
        "taxpayer": taxpayers,
        "left_out": persons - taxpayers,
        "intake_file": keep_rows(session, STAGE, "intake_file"),
        "run_cost": keep_rows(session, STAGE, "run_cost", commit_no_max=pin.commit_no_max, as_of=pin.as_of),
        "suppressed_cell": keep_statistics(session, settings, ctx.fiscal_year),
    }


def keep_persons(session: "LedgerSession", ctx: "StageContext", settings: Settings) -> int:
    """Keep TEMP table `person`: everybody assessed in the pinned fiscal year, one row each; how many."""
    assessed = keep_rows(session, STAGE, "assessed", fiscal_year=ctx.fiscal_year)
    keep_pseudonyms(session, ctx.keyring.primary("analysis-pseudonym"), ctx.city.code, ctx.fiscal_year)
    keep_bands(session, ctx.city, settings)
    define(session, STAGE, "rounding")
    keep_rows(session, STAGE, "employer")
    keep_rows(session, STAGE, "ceiling", top_count=settings.top_count(assessed))
    persons = keep_rows(
        session,
        STAGE,
        "person",
        assessment_day=FiscalYear(ctx.fiscal_year).assessment_day,
        payer_count_max=settings.payer_count_max.value,
        income_unit_yen=settings.rounding.income_unit_yen,
        tax_unit_yen=settings.rounding.tax_unit_yen,
    )
    if persons != assessed:
        raise AssertionError(f"{assessed} assessed, {persons} described")
    return persons


def keep_bands(session: "LedgerSession", city: "City", settings: Settings) -> None:
    """Keep TEMP tables `band` and `ward`; a city without wards is its own."""
    names = [(ward.code, ward.name) for ward in city.wards] or [(city.code, city.name)]
    _keep(session, "ward", WARD, names)
    _keep(session, "band", BAND, settings.bands())


def _keep(session: "LedgerSession", table: str, schema: pa.Schema, rows: Sequence[tuple[object, ...]]) -> None:
    arrays = [pa.array(values, field.type) for values, field in zip(zip(*rows, strict=True), schema, strict=True)]
    session.con.register("given_rows", pa.table(arrays, schema=schema))
    session.con.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT * FROM given_rows ORDER BY ALL")
    session.con.unregister("given_rows")
