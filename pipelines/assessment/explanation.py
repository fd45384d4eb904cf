"""How a person's figures came about: every step with its article, its figures and the values it used."""

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import duckdb

from pipelines.assessment.chain import CHAINS, compute
from pipelines.assessment.figures import KEPT
from pipelines.assessment.labels import label_of
from pipelines.assessment.step import Step, source, steps
from pipelines.errors import DataError
from pipelines.parameters import ParameterSet, Table, load_parameters

if TYPE_CHECKING:
    from pipelines.city import City
    from pipelines.ledger import LedgerSession

Trace = dict[str, object]


@dataclass(frozen=True)
class Used:
    """A value of the law or the ordinance that a step used, with its article."""

    name: str
    description: str
    value: str
    article: str


@dataclass(frozen=True)
class ExplainedStep:
    """One step: title and article, its figures as (name, label, value), the values that it used."""

    title: str
    article: str
    figures: tuple[tuple[str, str, object], ...]
    used: tuple[Used, ...]


@dataclass(frozen=True)
class Explanation:
    """The whole computation of one person and fiscal year."""

    taxpayer_no: str
    fiscal_year: int
    parameter_digest: str
    steps: tuple[ExplainedStep, ...]

    def text(self) -> str:
        """The computation as Japanese text, one step after the other."""
        lines = [f"宛名番号 {self.taxpayer_no}　{self.fiscal_year}年度の計算過程"]
        for number, step in enumerate(self.steps, start=1):
            lines += ["", f"{number}. {step.title}　［{step.article}］"]
            lines += [f"   {label.removesuffix('、円）').removesuffix('（円）')}"
                      f"{'）' if label.endswith('、円）') else ''}: {_shown(name, value)}"
                      for name, label, value in step.figures]  # fmt: skip
            lines += [f"     ・{one.description}: {one.value}　［{one.article}］" for one in step.used]
        return "\n".join(lines)

    def as_dict(self) -> dict[str, object]:
        """The same for `--json`."""
        return {
            "taxpayer_no": self.taxpayer_no,
            "fiscal_year": self.fiscal_year,
            "parameter_digest": self.parameter_digest,
            "steps": [
                {
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
    trace = trace_of(con, taxpayer_no, parameters, person=person, relative=relative)
    if kept is not None:
        _must_reproduce(trace, kept)
    found = tuple(_explained(step, trace, parameters) for chain in CHAINS[1:] for step in steps(chain))
    return Explanation(taxpayer_no, parameters.fiscal_year, parameters.digest, found)


def trace_of(
    con: duckdb.DuckDBPyConnection, taxpayer_no: str, parameters: ParameterSet, *, person: str, relative: str | None
) -> Trace:
    """Every column of the chain for one person."""
    couple = (
        f"SELECT * FROM ({person}) AS one WHERE taxpayer_no = $taxpayer_no OR taxpayer_no IN "
        f"(SELECT spouse_taxpayer_no FROM ({person}) AS other WHERE other.taxpayer_no = $taxpayer_no)"
    )
    select = compute(con, couple, parameters, relative=relative)
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
    parameters = load_parameters(fiscal_year, city)
    figures = {name: kept[name] for name in KEPT}
    return explain(session.con, taxpayer_no, parameters, person=source("tax_base"), kept=figures)


def create_trace_view(session: "LedgerSession", parameters: ParameterSet) -> None:
    """Make the TEMP view `assessment_trace`: every column of the chain for every tax base that the session has pinned."""
    select = compute(session.con, source("tax_base"), parameters)
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
    return ExplainedStep(step.title, step.article, figures, used)


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
    return f"{value:,}{ {'yen': '円', 'age': '歳', 'year': '年', 'count': '回'}[unit] }"


def _shown(name: str, value: object) -> str:
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if isinstance(value, list):
        return "、".join(f"{one:,}" for one in value) if value else "なし"
    if isinstance(value, int):
        return f"{value:,}円" if name.endswith("_yen") else f"{value:,}"
    return "なし" if value is None else str(value)
