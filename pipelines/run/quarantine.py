"""The quarantine as a workplace: what waits, one record in clear terms, an officer's decisions, and what goes back to whom."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from pipelines.city import CityHome
from pipelines.errors import ConfigurationError, DataError
from pipelines.exchange.inbox import UNKNOWN_SENDER
from pipelines.intake.quarantine import Rework, Stopped, Verdict, refusal, show_stopped, stopped_record
from pipelines.intake.shown import corrections, received_record, shown_items
from pipelines.ledger import LedgerSession, open_snapshot
from pipelines.run.officer import place_decision
from pipelines.run.rows import rows
from pipelines.vault import KeyRing

Rows = list[dict[str, Any]]
STATES = {
    "quarantined": "保留中",
    "accepted": "受理",
    "duplicate": "重複",
    "rejected": "不採用",
    "returned": "返戻",
    "file_refused": "ファイルごと受付不可",
}


def waiting(city: str, *, everything: bool = False) -> Rows:
    """Records and refused files (record 0) that wait for a person, a row a reason; `everything`: settled ones, records of refused files and warnings, too."""
    with _snapshot(city) as session:
        return rows(session, "quarantine", {"everything": everything})


def one_record(city: str, file_no: int, record_no: int) -> dict[str, Any]:
    """One record: where it stands, why, its items, and what has been decided. Raises DataError when it was never stopped."""
    with _snapshot(city) as session:
        stopped = _require(session, file_no, record_no)
        found = {
            "ファイル": stopped.file_name,
            "資料": stopped.source,
            "送付元": stopped.sender,
            "受付日": stopped.received_on.isoformat(),
            "状態": STATES[stopped.outcome],
            "理由": [
                {"規則": reason.rule, "扱い": _SEVERITIES[reason.severity], "説明": reason.message}
                for reason in stopped.reasons
            ],
            "経過": rows(session, "quarantine_history", {"file_no": file_no, "record_no": record_no}),
        }
        corrected = corrections(session, stopped)
    if not stopped.readable:
        return found | {"項目": []}
    records = received_record(CityHome(city), KeyRing.open(), stopped)
    return found | {"項目": shown_items(records, stopped, corrected)}


_SEVERITIES = {"critical": "停止", "warning": "警告", "waived": "解除"}


def correct(city: str, file_no: int, record_no: int, changes: Sequence[str], **by: Any) -> Path:
    """Sign that items are to read otherwise; `changes`: `<item number or name>=<new value>`, an empty value strikes it out."""
    with _snapshot(city) as session:
        stopped = _require(session, file_no, record_no)
        corrected = corrections(session, stopped)
    records = received_record(CityHome(city), KeyRing.open(), stopped)
    items = records.layout.by_name | {str(item.no): item for item in records.layout.items}
    wanted: dict[str, str | None] = {}
    for change in changes:
        name, equals, value = change.partition("=")
        if not equals or name not in items:
            raise DataError(
                "訂正の書き方が正しくありません",
                file=stopped.file_name,
                record=record_no,
                item=name if name in items else None,
                expected="項目番号=新しい値（`juminzei quarantine show` の項目番号。消すときは 項目番号= ）",
                action="項目番号を確かめて、もう一度実行してください",
            )
        wanted[items[name].name] = value or None
    standing = {name: column[0].as_py() for name, column in records.columns.items()} | corrected
    if all(standing.get(name) == value for name, value in wanted.items()):
        raise _refused(stopped, "どの項目も今の値と同じです")
    return _sign(city, stopped, "correct", Rework(items=wanted), **by)


def release(city: str, file_no: int, record_no: int, **by: Any) -> Path:
    """Sign that the rules that stop the record now do not apply to it. Raises DataError when one of them may not be waived."""
    stopped = _stopped(city, file_no, record_no)
    return _sign(city, stopped, "release", Rework(rules=tuple(stopped.critical_rules)), **by)


def decide(city: str, file_no: int, record_no: int, verdict: Verdict, **by: Any) -> Path:
    """Sign that the record is to be examined again as it is (`recheck`), does not count (`reject`), or goes back (`return`)."""
    return _sign(city, _stopped(city, file_no, record_no), verdict, Rework(), **by)


def returned(city: str) -> Rows:
    """What goes back, by sender; no value of any record."""
    with _snapshot(city) as session:
        return rows(session, "returned")


def write_returned(city: str, folder: Path) -> list[Path]:
    """One CSV (UTF-8 with BOM, as spreadsheets expect) a sender; a file whose sender nobody knows has one of its own."""
    by_sender: dict[str, Rows] = {}
    for row in returned(city):
        known = row["送付元"] != UNKNOWN_SENDER
        by_sender.setdefault(row["送付元"] if known else row["ファイル"], []).append(row)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return [_write_list(folder, number, name, listed) for number, (name, listed) in enumerate(by_sender.items(), 1)]
    except OSError as error:
        raise ConfigurationError(
            "返戻の一覧を書けません",
            file=folder.name,
            found=error.strerror,
            action="出力先のフォルダを確かめてください",
        ) from None


def _write_list(folder: Path, number: int, name: str, listed: Sequence[Mapping[str, Any]]) -> Path:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(listed[0]), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(listed)
    path = folder / f"{number:03d}-{re.sub(r'[^0-9A-Za-z._-]', '_', name)}.csv"
    path.write_text(text.getvalue(), encoding="utf-8-sig", newline="")
    return path


def _sign(
    city: str, stopped: Stopped, verdict: Verdict, rework: Rework, *, officer: str, reason: str, decided_on: date
) -> Path:
    problem = refusal(stopped, verdict, rework, decided_on)
    if problem:
        raise _refused(stopped, problem)
    return place_decision(
        city,
        "quarantine",
        f"{stopped.file_no}:{stopped.record_no}",
        verdict,
        officer=officer,
        reason=reason,
        decided_on=decided_on,
        detail=rework.detail() if rework != Rework() else "",
    )


def _refused(stopped: Stopped, problem: str) -> DataError:
    return DataError(
        "この決定はできません",
        file=stopped.file_name,
        record=stopped.record_no,
        found=problem,
        action="`juminzei quarantine show` で今の状態を確かめてください。決定ファイルは置いていません",
    )


def _stopped(city: str, file_no: int, record_no: int) -> Stopped:
    with _snapshot(city) as session:
        return _require(session, file_no, record_no)


def _require(session: LedgerSession, file_no: int, record_no: int) -> Stopped:
    stopped = stopped_record(session, file_no, record_no)
    if stopped is None:
        raise DataError(
            "そのレコードは取込保留になっていません",
            record=record_no,
            found=f"受付ファイル {file_no}",
            action="`juminzei quarantine list` でファイル番号とレコードを確かめてください",
        )
    return stopped


@contextmanager
def _snapshot(city: str) -> Iterator[LedgerSession]:
    with open_snapshot(CityHome(city), KeyRing.open()) as session:
        show_stopped(session)
        yield session
