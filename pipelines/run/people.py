"""What waits for a person, and putting the person's decision into the inbox."""

import re
from datetime import date
from pathlib import Path
from typing import Any

from pipelines.city import City, CityHome, is_municipality_code, load_city
from pipelines.consolidation.lists import keep_premium_claims
from pipelines.consolidation.one_stop import keep_one_stop_notices
from pipelines.errors import DataError
from pipelines.ledger import open_snapshot
from pipelines.run.officer import everything_known, place_decision
from pipelines.run.rows import rows
from pipelines.vault import KeyRing


def queue(city: str, fiscal_year: int) -> list[dict[str, Any]]:
    """Documents whose taxpayer is undecided, with reason and candidates."""
    with open_snapshot(CityHome(city), KeyRing.open()) as session:
        return rows(session, "queue", [fiscal_year, fiscal_year])


def queue_weights(city: str, document_no: int) -> list[dict[str, Any]]:
    """What speaks for and against each candidate of a document in the queue, the likeliest first."""
    with open_snapshot(CityHome(city), KeyRing.open()) as session:
        return rows(session, "queue_weights", {"document_no": document_no})


def void_one_stop(city: str, fiscal_year: int) -> list[dict[str, Any]]:
    """One-stop notices that are void as everything now known has it, with the reasons (附則7条⑥⑬)."""
    with everything_known(city, fiscal_year) as session:
        keep_one_stop_notices(session, fiscal_year)
        return rows(session, "void_one_stop")


def doubled_one_stop(city: str, fiscal_year: int) -> list[dict[str, Any]]:
    """One-stop notices whose sender gave one number to several new ones (decision 0021)."""
    with everything_known(city, fiscal_year) as session:
        keep_one_stop_notices(session, fiscal_year)
        return rows(session, "doubled_one_stop")


def premium_claims(city: str, fiscal_year: int, above_yen: int) -> list[dict[str, Any]]:
    """Returns that claim more social insurance premiums than is known to have been paid or withheld, by more than `above_yen`."""
    with everything_known(city, fiscal_year) as session:
        keep_premium_claims(session, fiscal_year)
        return rows(session, "premium_claims", {"above": above_yen})


def pension_targets(city: str, fiscal_year: int) -> list[dict[str, Any]]:
    """The pension payers' list of May: whose each entry is, and what does not fit."""
    with open_snapshot(CityHome(city), KeyRing.open()) as session:
        return rows(session, "pension_targets", [fiscal_year])


def decide_link(
    city: str, document_no: int, verdict: str, officer: str, reason: str, decided_on: date, receiver: str = ""
) -> Path:
    """Sign the decision whose document this is, and put it into the inbox. Raises DataError on an impossible verdict.

    `receiver`: to which municipality it is forwarded (団体コード, six digits), where the officer knows.
    """
    if verdict not in ("forward", "keep") and not re.fullmatch(r"\d{15}", verdict):
        raise DataError(
            "判断の書き方が正しくありません",
            item="verdict",
            found=f"{len(verdict)} 文字",
            expected="15桁の宛名番号、forward（回送）、keep（保留のまま）のどれか",
            action="正しい値で、もう一度実行してください",
        )
    if receiver:
        _require_receiver(load_city(city), verdict, receiver)
    return place_decision(
        city,
        "link",
        str(document_no),
        verdict,
        officer=officer,
        reason=reason,
        decided_on=decided_on,
        detail=receiver,
    )


def _require_receiver(city: City, verdict: str, receiver: str) -> None:
    """Raise DataError unless a document can be forwarded there."""
    here = {city.code, *(ward.code for ward in city.wards)}
    if verdict != "forward" or receiver in here or not is_municipality_code(receiver):
        raise DataError(
            "回送の送り先の書き方が正しくありません",
            item="--to",
            found=receiver,
            expected="forward のときだけ、ほかの市区町村の全国地方公共団体コード6桁（検査数字を含む）",
            action="正しい団体コードで、もう一度実行してください",
        )
