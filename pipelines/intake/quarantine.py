"""取込保留: records that validation stopped, where each stands, and what an officer may decide of them.

A decision (`DecisionFile` of kind `quarantine`) has the subject `<file_no>:<record_no>` and one of the verdicts
`correct` (detail: items and their new values), `release` (detail: rules found not to apply), `recheck` (the rules or layouts,
or what else was in the file, are no longer what they were), `reject` and `return`. A file that was refused as a whole stands as record 0 of
itself; it can only be rejected or returned.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

import pyarrow as pa
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from stdnum.jp import cn

from pipelines.exchange.canonical import canonical_json
from pipelines.exchange.inbox import InboxFile
from pipelines.intake.numbers import mask
from pipelines.intake.suite import load_suite
from pipelines.layout import Item, source_layouts
from pipelines.ledger.sql_file import show_rows

if TYPE_CHECKING:
    from pipelines.city import CityHome
    from pipelines.ledger import LedgerSession

Verdict = Literal["correct", "release", "recheck", "reject", "return"]
VALUE_CHARACTERS_MAX = 200
# The record number under which a refused file stands as a whole.
WHOLE_FILE = 0
# The record stands under these for good: there is a document, or the same content has one.
SETTLED = ("accepted", "duplicate")


class Rework(BaseModel):
    """A decision's `detail`: new values by the item's English name (None strikes it out), or the rules to be waived."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    items: dict[str, str | None] = Field(default_factory=dict)
    rules: tuple[str, ...] = ()

    def detail(self) -> str:
        """As the decision carries it."""
        return canonical_json(self.model_dump(mode="json", exclude_defaults=True)).decode()


@dataclass(frozen=True)
class Reason:
    """A rule that the record breaks, as the operator is told; `severity` critical, warning, or waived by an officer."""

    rule: str
    severity: str
    item_no: int | None
    message: str


@dataclass(frozen=True)
class Stopped:
    """A record that validation stopped; `reasons` as they stand now, `amount_yen` as it was read on arrival."""

    file_no: int
    record_no: int
    reasons: tuple[Reason, ...]
    source: str
    sender: str
    received_on: date
    file_name: str
    sha256: str
    size_bytes: int
    amount_yen: int
    outcome: str

    @property
    def critical_rules(self) -> list[str]:
        """The rules that stop it now."""
        return [reason.rule for reason in self.reasons if reason.severity == "critical"]

    @property
    def whole_file(self) -> bool:
        """Whether this is a file that was refused as a whole."""
        return self.record_no == WHOLE_FILE

    @property
    def readable(self) -> bool:
        """Whether it can be cut into items at all."""
        return not self.whole_file and not set(self.critical_rules) & set(load_suite(self.source).unreadable)

    def inbox_file(self, home: "CityHome") -> InboxFile:
        """The file that it came in."""
        path = home.inbox / self.source / self.received_on.isoformat() / self.file_name
        return InboxFile(self.source, self.received_on, path)


def show_stopped(session: "LedgerSession") -> None:
    """Make the TEMP views `stopped_record`, `standing_reason` and `refused_file`, over all that the session's ledger has."""
    show_rows(session, "intake", "stopped_record")
    show_rows(session, "intake", "standing_reason")
    show_rows(session, "intake", "refused_file")


def stopped_record(session: "LedgerSession", file_no: int, record_no: int) -> Stopped | None:
    """One record, or a file that was refused as a whole (record 0); None when validation has stopped neither. Needs `show_stopped`."""
    row = session.con.execute(
        "SELECT source, sender, received_on, file_name, sha256, size_bytes, amount_yen, outcome "
        "FROM (SELECT file_no, record_no, amount_yen, outcome FROM stopped_record "
        "UNION ALL SELECT file_no, record_no, amount_yen, outcome FROM refused_file) "
        "JOIN ledger.source_file USING (file_no) WHERE file_no = ? AND record_no = ?",
        [file_no, record_no],
    ).fetchone()
    if row is None:
        return None
    reasons = session.con.execute(
        "SELECT rule, severity, item_no, message FROM (FROM standing_reason UNION ALL BY NAME "
        "SELECT file_no, record_no, 'file' AS rule, 'critical' AS severity, NULL AS item_no, message FROM refused_file) "
        "WHERE file_no = ? AND record_no = ? ORDER BY rule",
        [file_no, record_no],
    ).fetchall()
    return Stopped(file_no, record_no, tuple(Reason(*reason) for reason in reasons), *row)


def read_rework(detail: str) -> Rework | None:
    """What a decision's detail says; None when it is none of ours."""
    try:
        return Rework.model_validate_json(detail or "{}")
    except ValidationError:
        return None


def refusal(stopped: Stopped | None, verdict: str, rework: Rework | None, decided_on: date) -> str | None:
    """Why a decision cannot be carried out, None when it can; the same for who signs and for who carries out."""
    if stopped is None:
        return "そのレコードは取込保留になっていません"
    if stopped.outcome in SETTLED:
        return "そのレコードはすでに受理されています（または同じ内容が受理済みです）。直すには提出者の訂正・取消によってください"
    if decided_on < stopped.received_on:
        return f"決定日が受付日（{stopped.received_on}）より前です"
    if verdict not in _MISFITS or rework is None:
        return "決定の内容が読めません"
    if stopped.whole_file and verdict not in ("return", "reject"):
        return "ファイルごと受け付けなかったものは直せません。返戻して正しいファイルを求め、届いたら受信箱に置いてください（試験送信などは不採用）"
    return _MISFITS[verdict](stopped, rework)


def _no_detail(stopped: Stopped, rework: Rework) -> str | None:
    return "この決定に項目や規則は書けません" if rework != Rework() else None


def _no_correction(stopped: Stopped, rework: Rework) -> str | None:
    if not stopped.readable:
        return "項目に分けて読めないレコードは訂正できません。返戻するか、不採用にしてください"
    if not rework.items or rework.rules:
        return "訂正する項目と値を1つ以上書いてください"
    layouts = source_layouts(stopped.source)
    items = layouts[max(layouts)].by_name
    for name, value in rework.items.items():
        item = items.get(name)
        problem = "この様式にない項目です" if item is None or item.unused else value_problem(item, value)
        if problem:
            return f"{item.ja if item else name}: {problem}"
    return None


def value_problem(item: Item, value: str | None) -> str | None:
    """Why `value` may not stand in the item's place. No 個人番号 may be written, in whatever item (decision 0018)."""
    if value is None:
        return None
    if item.number == "payer" and cn.is_valid(value):
        return None
    if item.number:
        return "個人番号の項目に値は書けません。誤った番号は消し（「=」の後を空にする）、番号は提出者の訂正か住基ネットで確かめてください"
    if not 0 < len(value) <= VALUE_CHARACTERS_MAX or re.search(r"[\x00-\x1f\x7f]", value):
        return f"値は{VALUE_CHARACTERS_MAX}字以内の、改行のない文字にしてください"
    column = pa.array([value], pa.string())
    if mask(column, identifier=item.identifier)[1]:
        return "個人番号の疑いがある数字は書けません"
    return None


def _no_release(stopped: Stopped, rework: Rework) -> str | None:
    waivable = {rule.id for rule in load_suite(stopped.source).rules if rule.waivable}
    fixed = [rule for rule in stopped.critical_rules if rule not in waivable]
    if fixed:
        return f"解除できない規則です（{'・'.join(fixed)}）。訂正・返戻・不採用のどれかにしてください"
    if rework.items or set(rework.rules) != set(stopped.critical_rules):
        return f"今の停止の理由（{'・'.join(stopped.critical_rules)}）をすべて挙げてください"
    return None


_MISFITS = {
    "correct": _no_correction,
    "release": _no_release,
    "recheck": _no_detail,
    "reject": _no_detail,
    "return": _no_detail,
}
