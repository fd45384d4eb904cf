"""How a person's figures came about: every step with its article, its figures and the values it used."""

from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

import duckdb

from pipelines.assessment.chain import CHAINS, compute, install
from pipelines.assessment.decision_day import install_decision_day
from pipelines.assessment.figures import KEPT
from pipelines.assessment.labels import label_of
from pipelines.assessment.shown import shown, without_unit
from pipelines.assessment.step import Step, source, steps
from pipelines.assessment.trial import keep_trials
from pipelines.calendar import wareki
from pipelines.errors import DataError
from pipelines.ledger.origin import Input, Origins, Part, SourceDocument
from pipelines.parameters import ParameterSet, Table, load_parameters

if TYPE_CHECKING:
    from pipelines.city import City
    from pipelines.ledger import LedgerSession

Trace = dict[str, object]
REASONS = {"initial": "当初賦課", "correction": "更正"}


@dataclass(frozen=True)
class Used:
    """A value of the law or the ordinance that a step used, with its article."""

    name: str
    description: str
    value: str
    article: str


@dataclass(frozen=True)
class ExplainedStep:
    """One step: its chain, title and article, its figures as (name, label, value), the values that it used."""

    chain: str
    title: str
    article: str
    figures: tuple[tuple[str, str, object], ...]
    used: tuple[Used, ...]


@dataclass(frozen=True)
class Decided:
    """The version of the assessment that is explained."""

    version: int
    reason: str
    decided_on: date
    tax_base_version: int


@dataclass(frozen=True)
class Reduced:
    """What a decision of 減免 takes off the assessment that is explained, in yen (地方税法45条・323条, 森林環境税法11条)."""

    decision_ref: str
    city_reduction_yen: int
    prefecture_reduction_yen: int
    forest_exemption_yen: int
    reduction_yen: int
    instalment_reductions_yen: tuple[int, ...]

    def line(self) -> str:
        """One line of the text."""
        by_instalment = "・".join(f"{yen:,}" for yen in self.instalment_reductions_yen)
        return (
            f"   決定番号 {self.decision_ref}: 計 {self.reduction_yen:,}円（市町村民税 {self.city_reduction_yen:,}円、"
            f"道府県民税 {self.prefecture_reduction_yen:,}円、森林環境税 {self.forest_exemption_yen:,}円）、期別 {by_instalment}円"
        )


@dataclass(frozen=True)
class Explanation:
    """The whole computation of one person and fiscal year; `figures` is every column of the chain."""

    taxpayer_no: str
    fiscal_year: int
    parameter_digest: str
    steps: tuple[ExplainedStep, ...]
    figures: Trace
    decided: Decided | None = None
    origins: Origins = field(default_factory=Origins)
    reductions: tuple[Reduced, ...] = ()

    def text(self) -> str:
        """The computation as Japanese text: what was decided, from which documents, then one step after the other."""
        lines = [f"宛名番号 {self.taxpayer_no}　{self.fiscal_year}年度の計算過程"]
        if self.decided is not None:
            lines.append(
                f"第{self.decided.version}版（{REASONS[self.decided.reason]}）　{wareki(self.decided.decided_on)}決定"
            )
        lines += _origin_lines(self.origins)
        for number, step in enumerate(self.steps, start=1):
            lines += ["", f"{number}. {step.title}　［{step.article}］"]
            lines += [f"   {without_unit(label)}: {shown(name, value)}" for name, label, value in step.figures]
            lines += [f"     ・{one.description}: {one.value}　［{one.article}］" for one in step.used]
        if self.reductions:
            lines += [
                "",
                "減免（賦課した税額は変わらない）　［地方税法45条・323条、森林環境税及び森林環境譲与税に関する法律11条］",
            ]
            lines += [one.line() for one in self.reductions]
        return "\n".join(lines)

    def as_dict(self) -> dict[str, object]:
        """The same for `--json`."""
        return {
            "taxpayer_no": self.taxpayer_no,
            "fiscal_year": self.fiscal_year,
            **(asdict(self.decided) if self.decided else {}),
            "parameter_digest": self.parameter_digest,
            "reductions": [asdict(one) for one in self.reductions],
            "documents": [_without_address(one) for one in self.origins.documents],
            "inputs": [asdict(one) for one in self.origins.inputs],
            "steps": [
                {
                    "chain": step.chain,
                    "title": step.title,
                    "article": step.article,
                    "figures": [{"name": name, "label": label, "value": value} for name, label, value in step.figures],
                    "parameters": [vars(one) for one in step.used],
                }
                for step in self.steps
            ],
        }


def explain(
    con: duckdb.DuckDBPyConnection,
    taxpayer_no: str,
    parameters: ParameterSet,
    *,
    person: str,
    relative: str | None = None,
    kept: Trace | None = None,
) -> Explanation:
    """Compute the person again by the same SQL, with every column. Raises `DataError` when there is no such person, or
    when a figure comes out otherwise than the `kept` one.

    `person` and `relative` are SELECTs as for `compute`; only this person and the spouse are computed.
    """
    trace = trace_of(con, taxpayer_no, person=person, relative=relative)
    if kept is not None:
        _must_reproduce(trace, kept)
    found = tuple(_explained(step, trace, parameters) for chain in CHAINS[1:] for step in steps(chain))
    return Explanation(taxpayer_no, parameters.fiscal_year, parameters.digest, found, trace)


def trace_of(con: duckdb.DuckDBPyConnection, taxpayer_no: str, *, person: str, relative: str | None) -> Trace:
    """Every column of the chain for one person, by the installed parameters."""
    couple = (
        f"SELECT * FROM ({person}) AS one WHERE taxpayer_no = $taxpayer_no OR taxpayer_no IN "
        f"(SELECT spouse_taxpayer_no FROM ({person}) AS other WHERE other.taxpayer_no = $taxpayer_no)"
    )
    select = compute(con, couple, relative=relative)
    cursor = con.execute(f"{select} WHERE taxpayer_no = $taxpayer_no", {"taxpayer_no": taxpayer_no})
    names = [str(column[0]) for column in cursor.description or ()]
    row = cursor.fetchone()
    if row is None:
        raise DataError(
            "この宛名番号の課税基礎がありません。", item="宛名番号", action="宛名番号と年度を確かめてください。"
        )
    return dict(zip(names, row, strict=True))


def explain_assessment(
    session: "LedgerSession", city: "City", fiscal_year: int, taxpayer_no: str, version: int | None = None
) -> Explanation:
    """Explain a version of a taxpayer's assessment (the last by default) from what was known when it was decided.

    Raises `DataError` when there is no such version, or when its figures are not reproduced to the yen.
    """
    kept = _kept_version(session, fiscal_year, taxpayer_no, version)
    session.pin(fiscal_year, kept["decided_on"], kept["pinned_commit_no"])  # type: ignore[arg-type]
    parameters = load_parameters(fiscal_year, city, as_of=kept["decided_on"])  # type: ignore[arg-type]
    figures = {name: kept[name] for name in KEPT}
    install(session.con, parameters)
    install_decision_day(session.con, city, fiscal_year)
    keep_trials(session.con, source("tax_base"), only=taxpayer_no)
    explanation = explain(session.con, taxpayer_no, parameters, person=source("tax_base"), kept=figures)
    decided = Decided(**{one.name: kept[one.name] for one in fields(Decided)})  # type: ignore[arg-type]
    return replace(explanation, decided=decided)


def create_trace_view(session: "LedgerSession", city: "City", parameters: ParameterSet) -> None:
    """Make the TEMP view `assessment_trace`: every column of the chain for every tax base that the session has pinned."""
    install(session.con, parameters)
    install_decision_day(session.con, city, parameters.fiscal_year)
    keep_trials(session.con, source("tax_base"))
    select = compute(session.con, source("tax_base"))
    session.con.execute(f"CREATE OR REPLACE TEMP VIEW assessment_trace AS {select}")


def _kept_version(session: "LedgerSession", fiscal_year: int, taxpayer_no: str, version: int | None) -> Trace:
    cursor = session.con.execute(
        "SELECT * FROM ledger.assessment WHERE fiscal_year = $1 AND taxpayer_no = $2 "
        "AND version = coalesce($3, version) ORDER BY version DESC, ward_code",
        [fiscal_year, taxpayer_no, version],
    )
    names = [str(column[0]) for column in cursor.description or ()]
    row = cursor.fetchone()
    if row is None:
        raise DataError("この宛名番号・年度・版の賦課がありません。", action="宛名番号・年度・版を確かめてください。")
    return dict(zip(names, row, strict=True))


def _must_reproduce(trace: Trace, kept: Trace) -> None:
    other = [name for name, value in kept.items() if trace[name] != value]
    if other:
        raise DataError(
            "台帳に残した数値を、同じ資料から計算し直せません。",
            item="、".join(f"{label_of(name)}（{name}）" for name in other),
            expected="台帳の値と1円まで一致",
            action="パラメータと計算の版を確かめ、この賦課を使わずに管理者へ知らせてください。",
        )


def _explained(step: Step, trace: Trace, parameters: ParameterSet) -> ExplainedStep:
    figures = tuple((name, label, trace[name]) for name, label in step.labels.items())
    used = tuple(_used(name, parameters) for name in step.parameters if name in parameters.values)
    return ExplainedStep(step.chain, step.title, step.article, figures, used)


def _used(name: str, parameters: ParameterSet) -> Used:
    one = parameters.sources[name]
    return Used(name, one.description, _value(parameters.values[name], one.unit), one.article)


def _value(value: int | Fraction | Table, unit: str) -> str:
    if isinstance(value, Table):
        return "表による"
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    words = {"rounding": ("切捨て", "切上げ"), "choice": ("選べない", "選べる")}.get(unit)
    if words is not None:
        return words[value]
    return f"{value:,}{ {'yen': '円', 'age': '歳', 'year': '年', 'month': '月', 'count': '回'}[unit] }"


def _without_address(document: SourceDocument) -> dict[str, object]:
    return {name: value for name, value in asdict(document).items() if name != "payer_address"}


def _origin_lines(origins: Origins) -> list[str]:
    if not origins.documents and not origins.inputs:
        return []
    lines = ["", "もとにした資料"]
    lines += [
        f"   資料番号 {one.document_no}　{one.kind}（{one.submission}）　{one.payer_name}　{wareki(one.received_on)}受付"
        for one in origins.documents
    ] or ["   なし"]
    lines += ["", "課税の基礎と、そのもとの項目"]
    for one in origins.inputs:
        if not is_nothing(one.value):
            note = f"。{one.note}" if one.note else ""
            lines.append(f"   {one.label}: {shown(one.name, one.value, one.words)}　（{one.source}{note}）")
            lines += [f"     ・{part_text(one, part)}" for part in one.parts]
    nothing = [one.label for one in origins.inputs if is_nothing(one.value)]
    return [*lines, f"   該当なし: {'、'.join(nothing)}"] if nothing else lines


def part_text(one: Input, part: Part) -> str:
    """A part of an input: the document, its items by number and name, and the value that counted."""
    where = part_source(part, "資料番号 ")
    items = "、".join(f"項目{item.no} {item.ja}" for item in part.items)
    value = "" if part.value is None else f": {shown(one.name, part.value, one.words)}"
    return f"{where}　{items}{value}" if items else f"{where}{value}" if part.decision_no else where


def part_source(part: Part, document: str) -> str:
    """Where a part comes from: a supplement, a document (after the word `document`), or the register."""
    if part.decision_no is not None:
        return f"補記（決定番号 {part.decision_no}）"
    return "住民基本台帳" if part.document_no is None else f"{document}{part.document_no}"


def is_nothing(value: object) -> bool:
    """Whether a figure says that there is nothing: nil, no, none, or a list of nils."""
    return all(map(is_nothing, value)) if isinstance(value, list) else value in (None, 0, "", "none")
