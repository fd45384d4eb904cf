"""Corrections at the officer's desk: what they changed of each instalment, what came too late, and what lifts a time limit."""

import re
from datetime import date
from pathlib import Path
from typing import Any

from pipelines.errors import DataError
from pipelines.run.officer import everything_known, place_decision
from pipelines.run.rows import rows

# 法17条の5⑦, 17条の6①一, 17条の6①三; the last two are counted from a day of their own.
GROUNDS = ("fraud", "ruling", "void")


def changes(city: str, fiscal_year: int) -> list[dict[str, Any]]:
    """Every instalment that a correction changed."""
    with everything_known(city, fiscal_year) as session:
        return rows(session, "levy_changes")


def refused(city: str, fiscal_year: int) -> list[dict[str, Any]]:
    """Changes that were not made because every time limit had passed."""
    with everything_known(city, fiscal_year) as session:
        return rows(session, "refused_changes")


def lift(
    city: str,
    fiscal_year: int,
    taxpayer_no: str,
    ground: str,
    *,
    happened_on: date | None,
    officer: str,
    reason: str,
    decided_on: date,
) -> Path:
    """Sign what lifts the limit of a person's year, and put it into the inbox. Raises DataError when it cannot be that."""
    day_fits = (happened_on is None) == (ground == "fraud")
    if ground not in GROUNDS or not day_fits or not re.fullmatch(r"\d{15}", taxpayer_no):
        raise DataError(
            "期間制限の例外の書き方が正しくありません",
            item="宛名番号・理由・日",
            expected="宛名番号15桁、fraud（不正。日は書かない）、ruling（裁決・判決）、void（無効・取消し）のどれかとその日",
            action="正しい値で、もう一度実行してください",
        )
    return place_decision(
        city,
        "limit",
        f"{fiscal_year}:{taxpayer_no}",
        ground,
        officer=officer,
        reason=reason,
        decided_on=decided_on,
        detail="" if happened_on is None else happened_on.isoformat(),
    )
