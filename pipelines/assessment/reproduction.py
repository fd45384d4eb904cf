"""Versions computed again from their pins, beside what the ledger keeps of them: for `reproduce`."""

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pipelines.assessment.chain import compute, install
from pipelines.assessment.decision_day import install_decision_day
from pipelines.assessment.figures import KEPT
from pipelines.assessment.step import source
from pipelines.assessment.trial import keep_trials
from pipelines.parameters import ParameterSet, load_parameters

if TYPE_CHECKING:
    from pipelines.city import City
    from pipelines.ledger import LedgerSession


@dataclass(frozen=True)
class Pinned:
    """The versions of one pin: how many, and the days, numbers and digests that they were decided by."""

    decided_on: date
    pinned_commit_no: int
    parameter_digest: str
    code_version: str
    count: int


@dataclass(frozen=True)
class Other:
    """A kept figure that does not come out again; `again` is None where the taxpayer has no base at the pin."""

    taxpayer_no: str
    ward_code: str
    name: str
    kept: object
    again: object


def pins_of(session: "LedgerSession", fiscal_year: int, version: int, only: str | None = None) -> list[Pinned]:
    """The pins under which this version (of every taxpayer, or of one) was decided, oldest first."""
    rows = session.con.execute(
        "SELECT decided_on, pinned_commit_no, assessment.parameter_digest, coalesce(run.code_version, ''), count(*) "
        "FROM ledger.assessment LEFT JOIN ledger.run ON run.commit_no = assessment.commit_no "
        "WHERE assessment.fiscal_year = $1 AND version = $2 AND coalesce($3, taxpayer_no) = taxpayer_no GROUP BY ALL ORDER BY ALL",
        [fiscal_year, version, only],
    ).fetchall()
    return [Pinned(*row) for row in rows]


def parameters_at(city: "City", fiscal_year: int, pinned: Pinned) -> ParameterSet:
    """The parameters as the files have them for the day of the decision."""
    return load_parameters(fiscal_year, city, as_of=pinned.decided_on)


def other_figures(
    session: "LedgerSession",
    city: "City",
    parameters: ParameterSet,
    fiscal_year: int,
    version: int,
    pinned: Pinned,
    only: str | None = None,
) -> list[Other]:
    """The kept figures of the versions of this pin that do not come out again, to the yen, by taxpayer. Pins the session."""
    session.pin(fiscal_year, pinned.decided_on, pinned.pinned_commit_no)
    install(session.con, parameters)
    install_decision_day(session.con, city, fiscal_year)
    person = source("tax_base")
    keep_trials(session.con, person, only=only)
    session.con.execute(f"CREATE OR REPLACE TEMP TABLE reproduced_person AS {person}")
    if only is not None:
        session.con.execute(
            "DELETE FROM reproduced_person WHERE taxpayer_no <> $1 AND taxpayer_no NOT IN "
            "(SELECT spouse_taxpayer_no FROM reproduced_person WHERE taxpayer_no = $1 AND spouse_taxpayer_no IS NOT NULL)",
            [only],
        )
    figures = compute(session.con, "FROM reproduced_person", columns=("taxpayer_no", "ward_code", *KEPT), folded=True)
    compared = ", ".join(
        f"{{'name': '{name}', 'kept': to_json(kept.{name})::VARCHAR, 'again': to_json(again.{name})::VARCHAR}}"
        for name in KEPT
    )
    rows = session.con.execute(
        f"SELECT taxpayer_no, ward_code, unnest(list_filter([{compared}], lambda one: one.kept IS DISTINCT FROM one.again)) AS other "
        f"FROM ledger.assessment AS kept LEFT JOIN ({figures}) AS again USING (taxpayer_no, ward_code) "
        "WHERE kept.fiscal_year = $fiscal_year AND kept.version = $version AND kept.decided_on = $decided_on "
        "AND kept.pinned_commit_no = $pinned_commit_no AND coalesce($only, taxpayer_no) = taxpayer_no ORDER BY ALL",
        {
            "fiscal_year": fiscal_year,
            "version": version,
            "decided_on": pinned.decided_on,
            "pinned_commit_no": pinned.pinned_commit_no,
            "only": only,
        },
    ).fetchall()
    return [Other(number, ward, one["name"], _value(one["kept"]), _value(one["again"])) for number, ward, one in rows]


def bases_of(
    session: "LedgerSession", fiscal_year: int, version: int, only: str | None = None
) -> list[tuple[date, int]]:
    """The day and the commit of every consolidation whose bases this version rests on, oldest first."""
    return session.con.execute(
        "SELECT DISTINCT base.known_on, base.commit_no FROM ledger.assessment AS decided JOIN ledger.tax_base AS base "
        "USING (fiscal_year, taxpayer_no, tax_base_version) WHERE decided.fiscal_year = $1 AND decided.version = $2 "
        "AND coalesce($3, taxpayer_no) = taxpayer_no ORDER BY base.commit_no",
        [fiscal_year, version, only],
    ).fetchall()


def _value(text: str | None) -> object:
    return None if text is None else json.loads(text)
