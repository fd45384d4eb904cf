"""Claimed relatives and people who have not filed: the lists, and putting an officer's verdict on a relative into the inbox."""

import re
from datetime import date
from pathlib import Path
from typing import Any

from pipelines.city import load_city
from pipelines.consolidation.lists import keep_findings, keep_non_filers
from pipelines.errors import DataError
from pipelines.run.officer import everything_known, place_decision
from pipelines.run.rows import rows

VERDICTS = ("deny", "allow", "withdraw")
SUBJECT = r"\d{15}:\d+:(spouse|dependant|under_16|specific_relative):\d+"


def findings(city: str, fiscal_year: int) -> list[dict[str, Any]]:
    """Claimed relatives whom a person should look at, one row a reason."""
    with everything_known(city, fiscal_year) as session:
        keep_findings(session, fiscal_year, load_city(city).document_priority)
        return rows(session, "relative_findings")


def inquiries(city: str, fiscal_year: int) -> list[dict[str, Any]]:
    """Those about whom another municipality must be asked (扶養照会)."""
    with everything_known(city, fiscal_year) as session:
        keep_findings(session, fiscal_year, load_city(city).document_priority)
        return rows(session, "relative_inquiries")


def denied(city: str, fiscal_year: int) -> list[dict[str, Any]]:
    """Relatives whom an officer denied."""
    with everything_known(city, fiscal_year) as session:
        keep_findings(session, fiscal_year, load_city(city).document_priority)
        return rows(session, "denied_relatives")


def non_filers(city: str, fiscal_year: int) -> list[dict[str, Any]]:
    """Residents of age of whom nothing is known and whom nobody claims."""
    with everything_known(city, fiscal_year) as session:
        keep_non_filers(session, fiscal_year, load_city(city).document_priority)
        return rows(session, "non_filers")


def decide(city: str, subject: str, verdict: str, officer: str, reason: str, decided_on: date) -> Path:
    """Sign the verdict on a named relative, and put it into the inbox. Raises DataError when it cannot be one."""
    if verdict not in VERDICTS or not re.fullmatch(SUBJECT, subject):
        raise DataError(
            "判断の書き方が正しくありません",
            item="対象と判断",
            expected="`juminzei relatives list` の「対象」と、deny（否認）、allow（是認）、withdraw（取下げ）のどれか",
            action="正しい値で、もう一度実行してください",
        )
    return place_decision(city, "relative", subject, verdict, officer=officer, reason=reason, decided_on=decided_on)
