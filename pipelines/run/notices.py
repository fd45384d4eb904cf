"""The register of notices: looking it up, and putting an officer's word on what became of one into the inbox."""

from datetime import date
from pathlib import Path
from typing import Any, Literal

from pipelines.errors import DataError
from pipelines.run.officer import everything_known, place_decision
from pipelines.run.rows import rows

Rows = list[dict[str, Any]]
Verdict = Literal["served", "returned", "resend", "publish"]
STATES = {"発送": "sent", "送達": "served", "返戻": "returned", "再送付": "resent", "公示送達": "published"}
# What must be told of a notice before the next may be: only what came back is sent again or published.
_BEFORE: dict[Verdict, tuple[str, ...]] = {
    "served": ("発送", "返戻", "送達"),
    "returned": ("発送", "送達", "返戻", "公示送達"),
    "resend": ("返戻",),
    "publish": ("返戻",),
}


def register(city: str, fiscal_year: int, taxpayer_no: str | None = None, state: str | None = None) -> Rows:
    """The notices of a fiscal year (of one taxpayer, in one state), newest first. Raises DataError when there is no such state."""
    if state is not None and state not in STATES:
        raise DataError(
            "その状態はありません", item="--state", expected="・".join(STATES), action="どれかを選んでください"
        )
    return _listed(city, fiscal_year, taxpayer_no=taxpayer_no, state=state and STATES[state])


def decide(
    city: str, fiscal_year: int, notice_no: str, verdict: Verdict, officer: str, reason: str, decided_on: date
) -> Path:
    """Sign what became of a notice and put it into the inbox. Raises DataError when it cannot be said of this notice."""
    found = _listed(city, fiscal_year, notice_no=notice_no)
    if not found:
        raise DataError(
            "その通知書は台帳にありません",
            item="通知書番号",
            found=f"{len(notice_no)} 文字",
            expected=f"{fiscal_year}年度の `juminzei notices list` にある番号",
            action="番号と年度を確かめてください",
        )
    (notice,) = found
    if notice["状態"] not in _BEFORE[verdict]:
        raise DataError(
            "この通知書の状態では、その記録はできません",
            item=f"通知書番号 {notice_no}",
            found=f"状態 {notice['状態']}",
            expected="・".join(_BEFORE[verdict]),
            action="返戻は `juminzei notices returned` で先に記録し、次の受付の後にもう一度実行してください",
        )
    if verdict == "resend" and not notice["最新"]:
        raise DataError(
            "後の通知書があるので、この通知書は送り直せません",
            item=f"通知書番号 {notice_no}",
            expected="この納税者の、この年度のいちばん新しい通知書",
            action="新しい通知書の状態を確かめてください",
        )
    if decided_on < notice["発送日"]:
        raise DataError(
            "発送より前の日です",
            item="--on",
            found=decided_on.isoformat(),
            expected=f"{notice['発送日']} 以後",
            action="日を確かめてください",
        )
    return place_decision(city, "notice", notice_no, verdict, officer=officer, reason=reason, decided_on=decided_on)


def _listed(
    city: str,
    fiscal_year: int,
    *,
    taxpayer_no: str | None = None,
    state: str | None = None,
    notice_no: str | None = None,
) -> Rows:
    with everything_known(city, fiscal_year) as session:
        asked = {"fiscal_year": fiscal_year, "taxpayer_no": taxpayer_no, "state": state, "notice_no": notice_no}
        return rows(session, "notice_register", asked)
