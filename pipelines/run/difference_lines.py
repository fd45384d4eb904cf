"""Who changed, by how much and why: the levies that were decided anew beside the versions that they replace.

Why is derived from what the two versions rest on: their bases' documents, officers' decisions and register, the spouse's base, the
parameters behind their digests, and the code that computed them (decision 0029).
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from pipelines.assessment.explanation import is_nothing
from pipelines.assessment.figures import KEPT
from pipelines.assessment.labels import label_of
from pipelines.assessment.shown import shown, without_unit
from pipelines.calendar import wareki
from pipelines.consolidation.origin_file import origin_file
from pipelines.ledger.catalogue import catalogue
from pipelines.ledger.sql_file import keep_rows, rows_of

if TYPE_CHECKING:
    from pipelines.ledger import LedgerSession

FOLDER = "run/difference"
NEW = "新たな賦課"
DOCUMENT, DECISION, REGISTER = "課税資料", "職員の決定", "住民・家屋敷のデータ"
SPOUSE, PARAMETER, BASE, CODE = "配偶者の課税基礎", "パラメータ", "合算（ほかの者の所得など）", "計算の版"
REASONS = (NEW, DOCUMENT, DECISION, REGISTER, SPOUSE, PARAMETER, BASE, CODE)
_DECISIONS = {"supplement": "補記", "relative": "親族の判断", "link": "突合の判断"}
_FROM_REGISTER = ("register", "outside")
# What of a base is not a figure of it.
_BASE_KEYS = ("fiscal_year", "taxpayer_no", "tax_base_version", "document_nos", "known_on", "commit_no")


class Key(NamedTuple):
    """Whose levy: fiscal year, 宛名番号, ward."""

    fiscal_year: int
    taxpayer_no: str
    ward_code: str


class Figure(NamedTuple):
    """A kept figure that changed; `old` is None where there was no version before."""

    name: str
    old: object
    new: object

    @property
    def label(self) -> str:
        """Its Japanese name."""
        return without_unit(label_of(self.name))

    def text(self) -> str:
        """`label: old → new` for people."""
        return f"{self.label}: {'—' if self.old is None else shown(self.name, self.old)} → {shown(self.name, self.new)}"


@dataclass(frozen=True)
class Line:
    """One levy that changed. Yen of the year's tax before (None: it is new) and after; `reasons` are of REASONS, `causes` say
    which document, decision, parameter or code."""

    key: Key
    levy_kind: str
    earlier_version: int | None
    version: int
    earlier_yen: int | None
    later_yen: int
    reasons: tuple[str, ...]
    causes: tuple[str, ...]
    figures: tuple[Figure, ...]

    @property
    def difference_yen(self) -> int:
        """What the taxpayer owes more, or, below zero, less."""
        return self.later_yen - (self.earlier_yen or 0)

    def content(self) -> dict[str, Any]:
        """Everything that the line says, for its digest."""
        return {**self.__dict__, "key": list(self.key), "figures": [list(figure) for figure in self.figures]}


def uncovered_lines(session: "LedgerSession", fiscal_year: int) -> list[Line]:
    """What was decided of the fiscal year since its initial decision, as the session has pinned it, and nobody has approved."""
    keep_uncovered(session, fiscal_year)
    return _lines(session)


def keep_uncovered(session: "LedgerSession", fiscal_year: int) -> int:
    """Keep whose levies these are as TEMP table `difference_key`; how many."""
    keep_rows(session, FOLDER, "approved")
    keep_rows(session, FOLDER, "covered")
    return _keep_keys(session, "uncovered", fiscal_year=fiscal_year)


def lines_between(session: "LedgerSession", first_commit_no: int, last_commit_no: int) -> list[Line]:
    """What the commits decided, whatever the fiscal year."""
    _keep_keys(session, "decided_between", first_commit_no=first_commit_no, last_commit_no=last_commit_no)
    return _lines(session)


def _keep_keys(session: "LedgerSession", name: str, **params: object) -> int:
    count = keep_rows(session, FOLDER, name, **params)
    session.con.execute(f"CREATE OR REPLACE TEMP TABLE difference_key AS FROM temp.{name}")
    return count


def _lines(session: "LedgerSession") -> list[Line]:
    keep_rows(session, FOLDER, "pair")
    causes = _Causes(session)
    found = [_line(row, causes) for row in _pairs(session)]
    found += [_house_line(row) for row in rows_of(session, FOLDER, "house")]
    return sorted(found, key=lambda line: (line.key, line.levy_kind))


def _pairs(session: "LedgerSession") -> list[dict[str, Any]]:
    """The pairs with what differs: the kept figures (old and new as JSON) and the columns of the base."""
    changed = ", ".join(
        f"{{'name': '{name}', 'old': to_json(earlier.{name})::VARCHAR, 'new': to_json(later.{name})::VARCHAR}}"
        for name in KEPT
    )
    base = [
        name
        for (name,) in session.con.execute(
            "SELECT column_name FROM duckdb_columns() WHERE database_name = 'ledger' AND table_name = 'tax_base' ORDER BY column_index"
        ).fetchall()
        if name not in _BASE_KEYS
    ]
    columns = ", ".join(f"CASE WHEN was.{name} IS DISTINCT FROM is_now.{name} THEN '{name}' END" for name in base)
    cursor = session.con.execute(
        f"SELECT pair.*, list_filter([{changed}], lambda one: one.old IS DISTINCT FROM one.new) AS figures, "
        f"CASE WHEN was.tax_base_version IS NULL THEN [] ELSE list_filter([{columns}], lambda one: one IS NOT NULL) END AS base_columns "
        "FROM pair "
        "JOIN ledger.assessment AS later USING (fiscal_year, taxpayer_no, ward_code, version) "
        "JOIN ledger.tax_base AS is_now ON is_now.fiscal_year = pair.fiscal_year AND is_now.taxpayer_no = pair.taxpayer_no "
        "AND is_now.tax_base_version = later.tax_base_version "
        "LEFT JOIN ledger.assessment AS earlier ON earlier.fiscal_year = pair.fiscal_year "
        "AND earlier.taxpayer_no = pair.taxpayer_no AND earlier.ward_code = pair.ward_code AND earlier.version = pair.earlier_version "
        "LEFT JOIN ledger.tax_base AS was ON was.fiscal_year = pair.fiscal_year AND was.taxpayer_no = pair.taxpayer_no "
        "AND was.tax_base_version = earlier.tax_base_version ORDER BY pair.fiscal_year, pair.taxpayer_no, pair.ward_code"
    )
    names = [str(column[0]) for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


class _Causes:
    """What may have changed each pair, looked up once for all of them."""

    def __init__(self, session: "LedgerSession") -> None:
        self.documents = _by_key(rows_of(session, FOLDER, "document"))
        self.decisions = _by_key(rows_of(session, FOLDER, "decision"))
        self.spouses = set(_by_key(rows_of(session, FOLDER, "spouse")))
        self.parameters = {
            (row["earlier"], row["later"]): row["parameters"] for row in rows_of(session, FOLDER, "parameter")
        }

    def of(self, row: Mapping[str, Any]) -> dict[str, list[str]]:
        """Reason → what exactly, in the order of REASONS."""
        if row["earlier_version"] is None:
            return {NEW: []}
        key = _key(row)
        found = {
            DOCUMENT: [_document(one) for one in self.documents[key]],
            DECISION: [_decision(one) for one in self.decisions[key]],
            REGISTER: _base_terms(name for name in row["base_columns"] if _from_register(name)),
            SPOUSE: [f"宛名番号 {row['spouse_taxpayer_no']}"] if key in self.spouses else [],
            PARAMETER: self._parameters(row),
        }
        found = {reason: causes for reason, causes in found.items() if causes}
        if not found and row["base_columns"]:
            return {BASE: _base_terms(row["base_columns"])}
        return found or {CODE: [f"{row['earlier_code']} → {row['later_code']}"]}

    def _parameters(self, row: Mapping[str, Any]) -> list[str]:
        pairs = [(row["earlier_digest"], row["later_digest"]), (row["earlier_base_digest"], row["later_base_digest"])]
        differing = [pair for pair in pairs if pair[0] != pair[1]]
        if not all(pair in self.parameters for pair in differing):
            return ["（前の版の値が台帳に残っていない）"]
        return sorted({name for pair in differing for name in self.parameters[pair]})


def _line(row: Mapping[str, Any], causes: _Causes) -> Line:
    why = causes.of(row)
    figures = (_figure(one) for one in row["figures"])
    return Line(
        _key(row),
        "assessment",
        row["earlier_version"],
        row["version"],
        row["earlier_yen"],
        row["later_yen"],
        tuple(why),
        tuple(f"{reason}: {'、'.join(found)}" if found else reason for reason, found in why.items()),
        tuple(one for one in figures if one.old is not None or not is_nothing(one.new)),
    )


def _house_line(row: Mapping[str, Any]) -> Line:
    reason = NEW if row["earlier_version"] is None else PARAMETER if row["by_parameters"] else REGISTER
    return Line(
        _key(row),
        "house_levy",
        row["earlier_version"],
        row["version"],
        row["earlier_yen"],
        row["later_yen"],
        (reason,),
        (f"{reason}（家屋敷・事務所等の均等割）",),
        (),
    )


def _figure(one: Mapping[str, Any]) -> Figure:
    old, new = (None if one[side] is None else json.loads(one[side]) for side in ("old", "new"))
    return Figure(one["name"], old, new)


def _key(row: Mapping[str, Any]) -> Key:
    return Key(row["fiscal_year"], row["taxpayer_no"], row["ward_code"])


def _by_key(rows: Iterable[dict[str, Any]]) -> dict[Key, list[dict[str, Any]]]:
    found: dict[Key, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        found[_key(row)].append(row)
    return found


def _document(row: Mapping[str, Any]) -> str:
    words = origin_file().words
    kind = words["document_kind"].get(row["document_kind"], row["document_kind"])
    submission = words["submission_kind"].get(row["submission_kind"], row["submission_kind"])
    return f"資料番号 {row['document_no']}（{kind}・{submission}、{wareki(row['received_on'])}受付）"


def _decision(row: Mapping[str, Any]) -> str:
    kind = _DECISIONS.get(row["decision_kind"], row["decision_kind"])
    return f"決定番号 {row['decision_no']}（{kind}、{row['officer']}、{wareki(row['decided_on'])}）"


def _from_register(column: str) -> bool:
    origin = origin_file().columns.get(column)
    return origin is not None and origin.source in _FROM_REGISTER


def _base_terms(columns: Iterable[str]) -> list[str]:
    names = catalogue().columns
    return [(names.get(f"tax_base.{column}") or names[column])["ja"] for column in columns]
