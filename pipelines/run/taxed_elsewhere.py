"""294条3項の通知 of other municipalities: both sides of each conflict, and an officer's decision whose the person is."""

from datetime import date
from pathlib import Path
from typing import Any

from pipelines.errors import DataError
from pipelines.run.officer import everything_known, place_decision
from pipelines.run.rows import rows

# 認める: the other municipality taxes and we may not (法294④). 争う: we go on. 取下げ: as if nobody had decided.
VERDICTS = ("accept", "contest", "withdraw")


def listing(city: str, fiscal_year: int) -> list[dict[str, Any]]:
    """One row a notice: what they say, what we have of the person, what was decided."""
    with everything_known(city, fiscal_year) as session:
        return rows(session, "taxed_elsewhere")


def decide(
    city: str, fiscal_year: int, document_no: int, verdict: str, officer: str, reason: str, decided_on: date
) -> Path:
    """Sign the decision on a notice and put it into the inbox. Raises DataError when it cannot be carried out."""
    if verdict not in VERDICTS:
        raise DataError(
            "判断の書き方が正しくありません",
            item="判断",
            found=verdict,
            expected="accept（認めて課税しない）、contest（争って課税を続ける）、withdraw（取下げ）のどれか",
            action="正しい値で、もう一度実行してください",
        )
    found = {row["資料番号"]: row["宛名番号"] for row in listing(city, fiscal_year)}
    if found.get(document_no) is None:
        raise DataError(
            "その資料番号の294条3項の通知には、判断できません",
            item=f"資料番号 {document_no}",
            found="誰か決まっていない通知" if document_no in found else f"{fiscal_year}年度に、その通知はない",
            expected="`juminzei taxed-elsewhere list` で宛名番号のある通知",
            action="先に `juminzei queue decide` で名寄せしてください"
            if document_no in found
            else "資料番号を確かめてください",
        )
    subject = f"{fiscal_year}:{found[document_no]}:{document_no}"
    return place_decision(
        city, "taxed_elsewhere", subject, verdict, officer=officer, reason=reason, decided_on=decided_on
    )
