"""Looking up clerks' supplements (補記), and putting an officer's decision on one into the inbox."""

from datetime import date
from pathlib import Path
from typing import Any

from pipelines.consolidation.consolidate import keep_documents
from pipelines.consolidation.parameters import install
from pipelines.consolidation.supplement import (
    Subject,
    Supplement,
    SupplementItem,
    fits,
    read_subject,
    supplement_file,
    supplement_items,
)
from pipelines.consolidation.supplements import PROBLEMS, listed
from pipelines.errors import DataError
from pipelines.run.officer import everything_known, place_decision

Rows = list[dict[str, Any]]


def items() -> Rows:
    """What may be supplemented, and how its value is written."""
    return [{"項目": item.name, "用語": item.ja, "値": item.form} for item in supplement_items().values()]


def supplements(city: str, fiscal_year: int, *, everything: bool) -> Rows:
    """The supplements of the fiscal year that stand or that a person must put right; with `everything` also earlier ones."""
    with everything_known(city, fiscal_year) as session:
        install(session, fiscal_year)
        keep_documents(session, fiscal_year)
        found = listed(session)
    return [_shown(row) for row in found if everything or row["stands"] or row["problem"]]


def add(city: str, subject: Subject, supplement: Supplement, officer: str, reason: str, decided_on: date) -> Path:
    """Sign a supplement and put it into the inbox. Raises DataError when it could never be carried out as it is written."""
    item = _item(subject)
    if not fits(item, supplement):
        raise _refusal(item, supplement)
    return _place(city, subject, "add", supplement.detail(), officer, reason, decided_on)


def withdraw(city: str, subject: Subject, officer: str, reason: str, decided_on: date) -> Path:
    """Sign the withdrawal of a supplement and put it into the inbox. Raises DataError when the item cannot have one."""
    _item(subject)
    return _place(city, subject, "withdraw", "", officer, reason, decided_on)


def named(item: str) -> str:
    """The column of an item that is named by its column or by its Japanese term; what nobody knows stays as it is."""
    return next((one.name for one in supplement_items().values() if one.ja == item), item)


def _item(subject: Subject) -> SupplementItem:
    if read_subject(str(subject)) is None:
        raise DataError(
            "補記の宛名番号か項目が正しくありません",
            expected="15桁の宛名番号と、`juminzei supplement items` にある項目",
            action="確かめて、もう一度実行してください",
        )
    return supplement_items()[subject.item]


def _refusal(item: SupplementItem, supplement: Supplement) -> DataError:
    if item.takes(supplement.value) and supplement.basis in supplement_file().bases:
        return DataError(
            "給与からの特別徴収とするには、その支払者の報告書が要ります",
            item="--document",
            expected="本人の給与支払報告書の課税資料番号",
            action="課税資料番号を加えて、もう一度実行してください",
        )
    wrong_value = not item.takes(supplement.value)
    return DataError(
        "補記の値か根拠の書き方が正しくありません",
        item=item.ja if wrong_value else "--basis",
        found=f"{len(supplement.value if wrong_value else supplement.basis)} 文字",
        expected=item.form if wrong_value else "・".join(supplement_file().bases),
        action="正しい値で、もう一度実行してください",
    )


def _place(city: str, subject: Subject, verdict: str, detail: str, officer: str, reason: str, decided_on: date) -> Path:
    return place_decision(
        city, "supplement", str(subject), verdict, officer=officer, reason=reason, decided_on=decided_on, detail=detail
    )


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    item = supplement_items().get(row["item"])
    value = row["value"]
    return {
        "宛名番号": row["taxpayer_no"] or "",
        "項目": item.ja if item else "",
        "版": row["supplement_version"],
        "値": "" if value is None else (item.codes.get(value, value) if item else value) or "なし",
        "根拠": supplement_file().bases.get(row["basis"], ""),
        "資料番号": row["document_no"] or "",
        "決定": f"{row['decision_no']}（{row['officer']} {row['decided_on']} {row['reason']}）",
        "状態": _state(row),
    }


def _state(row: dict[str, Any]) -> str:
    if row["problem"]:
        return f"反映できない（{PROBLEMS[row['problem']][1]}）"
    if row["verdict"] == "withdraw":
        return "取下げ"
    return "有効" if row["stands"] else "後の決定に代わった"
