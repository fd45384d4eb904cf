"""The computation as a page for the taxpayer: one HTML file for A4, without scripts and without anything from elsewhere.

What it shows and hides is declared in schemas/assessment/explanation_page.yaml.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from lxml import html
from lxml.builder import E
from pydantic import BaseModel, ConfigDict

from pipelines.assessment.explanation import REASONS, ExplainedStep, Explanation, Trace, is_nothing, part_source
from pipelines.assessment.labels import label_of
from pipelines.assessment.shown import shown, without_unit, yen
from pipelines.calendar import FiscalYear, wareki
from pipelines.errors import ConfigurationError
from pipelines.ledger.origin import Input, Part, SourceDocument
from pipelines.parameters.strict import read_yaml, validate
from pipelines.paths import SCHEMAS

if TYPE_CHECKING:
    from pipelines.city import City

FOLDER = SCHEMAS / "assessment"
Condition = Literal["always", "protected_address", "payer_may_be_person"]
# Elements of lxml, which has no types.
Element = Any


@dataclass(frozen=True)
class Person:
    """To whom the computation is explained, and whether the address must not become known (支援措置)."""

    name: str
    postcode: str
    address: str
    protected_address: bool


class Declared(BaseModel):
    """A part of the declaration."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Hidden(Declared):
    """A column that the page does not show, when, why, and what it says instead."""

    column: str
    when: Condition
    reason: str
    given: str | None = None
    instead: str | None = None


class Sum(Declared):
    """Columns whose sum stands at a glance."""

    title: str
    columns: tuple[str, ...]


class Breakdown(Declared):
    """Columns that stand one below the other, and the one that closes them."""

    title: str
    columns: tuple[str, ...]
    total: str | None = None


class Instalments(Declared):
    """A list of instalments and what each is called; without `parts`, by the city's months."""

    title: str
    column: str
    parts: tuple[str, ...] = ()


class PageFile(Declared):
    """`schemas/assessment/explanation_page.yaml`."""

    hidden: tuple[Hidden, ...]
    chains: dict[str, str]
    glance: tuple[Sum, ...]
    breakdown: tuple[Breakdown, ...]
    levy: tuple[str, ...]
    instalments: tuple[Instalments, ...]


@cache
def page_file() -> PageFile:
    """What the file declares; ConfigurationError when it is wrong."""
    path = FOLDER / "explanation_page.yaml"
    return validate(PageFile, read_yaml(path), file=path.name, error=ConfigurationError)


def explanation_page(explanation: Explanation, city: "City", person: Person) -> bytes:
    """The page, as UTF-8. The explanation must be of a version that was decided."""
    page = _Page(explanation, city, person)
    return bytes(html.tostring(page.document(), doctype="<!DOCTYPE html>", encoding="utf-8", pretty_print=True))


class _Veil:
    """Decides what of a column is shown."""

    def __init__(self, figures: Trace, person: Person) -> None:
        self._figures = figures
        self._conditions = {"always", "protected_address"} if person.protected_address else {"always"}

    def rule(self, column: str, *also: Condition) -> Hidden | None:
        """The rule that hides the column here, under the conditions `also` as well."""
        here = self._conditions.union(also)
        return next((one for one in page_file().hidden if one.column == column and one.when in here), None)

    def text(self, column: str, value: str, *also: Condition) -> str | None:
        """The value, what stands instead of it, or None where nothing may stand."""
        rule = self.rule(column, *also)
        return value if rule is None else self._instead(rule)

    def is_nothing(self, column: str, value: object) -> bool:
        """Whether there is nothing to say of the column; of a hidden one, without looking at its value."""
        rule = self.rule(column)
        return is_nothing(value) if rule is None else self._instead(rule) is None

    def _instead(self, rule: Hidden) -> str | None:
        return rule.instead if rule.given is None or self._figures[rule.given] else None


class _Page:
    def __init__(self, explanation: Explanation, city: "City", person: Person) -> None:
        assert explanation.decided is not None
        self.explanation = explanation
        self.decided = explanation.decided
        self.figures = explanation.figures
        self.city = city
        self.person = person
        self.year = FiscalYear(explanation.fiscal_year)
        self.veil = _Veil(self.figures, person)
        self.title = f"{city.name}　{self.year.label} 個人住民税の計算過程"

    def document(self) -> Element:
        style = (FOLDER / "explanation_page.css").read_text(encoding="utf-8")
        return E.html(
            E.head(
                E.meta(charset="utf-8"),
                E.meta({"http-equiv": "Content-Security-Policy", "content": "default-src 'none'; style-src 'unsafe-inline'"}),
                E.meta(name="viewport", content="width=device-width, initial-scale=1"),
                E.title(self.title),
                E.style(style),
            ),
            E.body(
                self._heading(),
                E.main(self._summary(), self._sources(), self._steps(), self._about()),
            ),
            lang="ja",
        )  # fmt: skip

    def _heading(self) -> Element:
        decided = f"第{self.decided.version}版（{REASONS[self.decided.reason]}）　{wareki(self.decided.decided_on)}決定"
        address = self.veil.text("address", self.person.address)
        postcode = self.veil.text("postcode", f"〒{self.person.postcode}　")
        facts = [
            ("氏名", f"{self.person.name}　様"),
            ("住所", f"{postcode or ''}{address}" if address else None),
            ("宛名番号", self.explanation.taxpayer_no),
            ("賦課の決定", decided),
            ("もとになる所得", f"{self._income_year()}中の所得（{wareki(self.year.assessment_day)}現在の状況による）"),
        ]
        taxes = f"{self.city.tax_names.city}・{self.city.tax_names.prefecture}・森林環境税"
        return E.header(
            E.p(self.city.name, CLASS("issuer")),
            E.h1(f"{self.year.label} 個人住民税の計算過程"),
            E.p(f"{taxes}が、どの資料から、どの決まりによって計算されたかを示します。"),
            _pairs((name, text) for name, text in facts if text is not None),
        )

    def _income_year(self) -> str:
        return wareki(date(self.year.income_year, 12, 31)).partition("年")[0] + "年"

    # ------------------------------------------------------------------ at a glance
    def _summary(self) -> Element:
        tables = [self._breakdown(one) for one in page_file().breakdown]
        return E.section(
            E.h2("ひと目で見る計算"),
            self._glance(),
            E.div(*tables, CLASS("columns")),
            self._levy(),
            *self._instalments(),
        )

    def _glance(self) -> Element:
        boxes = [
            E.li(E.span(one.title), E.strong(yen(sum(self._int(name) for name in one.columns))))
            for one in page_file().glance
        ]
        return E.ol(*boxes, CLASS("glance"))

    def _breakdown(self, one: Breakdown) -> Element:
        columns = [name for name in one.columns if self._int(name)] or list(one.columns[:1])
        rows = [_row(self._label(name), yen(self._int(name))) for name in columns if name != one.total]
        if one.total:
            rows.append(_row(self._label(one.total), yen(self._int(one.total)), "total"))
        return E.table(E.caption(one.title), E.tbody(*rows))

    def _levy(self) -> Element:
        names = self.city.tax_names
        rows = []
        for name in page_file().levy:
            pair = [self._int(f"{tax}_{name}") for tax in ("city", "prefecture")]
            if any(pair) or name == "tax_yen":
                label = self._label(f"city_{name}").removeprefix("市町村民税の") if name != "tax_yen" else "合計"
                rows.append(E.tr(E.th(label, scope="row"), *(E.td(yen(value)) for value in pair)))
        closing = [
            E.tr(E.th(label, scope="row"), E.td(yen(self._int(name)), colspan="2"), CLASS(kind))
            for name, label, kind in (
                ("forest_environment_tax_yen", "森林環境税（国税）", ""),
                ("annual_tax_yen", "年税額", "total"),
            )
        ]
        head = E.tr(E.th("税額の計算", scope="col"), E.th(names.city, scope="col"), E.th(names.prefecture, scope="col"))
        return E.table(E.caption("税額"), E.thead(head), E.tbody(*rows, *closing))

    def _instalments(self) -> list[Element]:
        tables = []
        for one in page_file().instalments:
            amounts = self.figures[one.column]
            assert isinstance(amounts, list)
            if is_nothing(amounts):
                continue
            parts = one.parts or [
                f"第{number}期（{month}月）" for number, month in enumerate(self.city.due_months.ordinary, start=1)
            ]
            head = E.tr(*(E.th(part, scope="col") for part in parts[: len(amounts)]))
            cells = E.tr(*(E.td(yen(amount)) for amount in amounts))
            tables.append(
                E.table(E.caption(f"納める額　{one.title}"), E.thead(head), E.tbody(cells), CLASS("instalments"))
            )
        return tables or [E.p("納める税額はありません。")]

    # ------------------------------------------------------------------ documents
    def _sources(self) -> Element:
        documents = [self._document(one) for one in self.explanation.origins.documents]
        found = [one for one in self.explanation.origins.inputs if not self.veil.is_nothing(one.name, one.value)]
        nothing = [
            one.label for one in self.explanation.origins.inputs
            if self.veil.is_nothing(one.name, one.value) and self.veil.rule(one.name) is None
        ]  # fmt: skip
        return E.section(
            E.h2("もとにした資料"),
            _table(("資料番号", "資料", "支払者", "受け付けた日"), documents)
            if documents
            else E.p("資料はありません。"),
            E.h3("資料から計算に使った項目"),
            _table(("計算に使った項目", "値", "資料の項目"), [self._input(one) for one in found], "inputs"),
            E.p(f"記載や該当のないもの: {'、'.join(nothing)}", CLASS("nothing")),
            CLASS("sources"),
        )

    def _document(self, one: SourceDocument) -> list[Element]:
        also: Sequence[Condition] = ("payer_may_be_person",) if one.payer_may_be_person else ()
        address = self.veil.text("payer_address", one.payer_address, *also)
        payer = E.td(one.payer_name, *([E.small(address)] if address else []))
        return [
            E.td(str(one.document_no)),
            E.td(f"{one.kind}（{one.submission}）"),
            payer,
            E.td(wareki(one.received_on)),
        ]

    def _input(self, one: Input) -> list[Element]:
        if self.veil.rule(one.name) is not None:
            return [E.th(one.label, scope="row"), E.td(self.veil.text(one.name, "") or ""), E.td()]
        wards = {ward.code: ward.name for ward in self.city.wards} if one.name == "ward_code" else {}
        parts = [E.div(*_part(one, part)) for part in one.parts]
        note = [E.small(f"{one.note}。")] if one.note else []
        return [
            E.th(one.label, scope="row"),
            E.td(shown(one.name, one.value, {**one.words, **wards})),
            E.td(*parts, *note),
        ]

    # ------------------------------------------------------------------ steps
    def _steps(self) -> Element:
        numbered = list(enumerate(self.explanation.steps, start=1))
        applies = {number for number, step in numbered if self._applies(step)}
        groups = []
        for chain, title in page_file().chains.items():
            steps = [self._step(number, step) for number, step in numbered if number in applies and step.chain == chain]
            if steps:
                groups += [E.h3(title), E.div(*steps, CLASS("columns"))]
        rest = [
            E.li(f"{number}. {step.title}", E.small(_article(step.article)))
            for number, step in numbered
            if number not in applies
        ]
        return E.section(
            E.h2("計算の過程"),
            E.p("番号は計算の順です。［　］は根拠の条文です。"),
            *groups,
            E.h3("該当のない計算"),
            E.p("次の計算は、当てはまるものがないか、金額が0円でした。"),
            E.ul(*rest, CLASS("rest")),
            CLASS("steps"),
        )

    def _applies(self, step: ExplainedStep) -> bool:
        return not all(self.veil.is_nothing(name, value) for name, _, value in step.figures)

    def _step(self, number: int, step: ExplainedStep) -> Element:
        rows, nils = [], 0
        for name, label, value in step.figures:
            text = self.veil.text(name, shown(name, value))
            if self.veil.rule(name) is None and _is_nil(value):
                nils += 1
            elif text is not None:
                rows.append(_row(without_unit(label), text, "list" if isinstance(value, list) else ""))
        used = [E.li(f"{one.description}: ", E.b(one.value), E.small(_article(one.article))) for one in step.used]
        return E.article(
            E.h4(f"{number}. {step.title}", E.small(_article(step.article))),
            E.table(E.tbody(*rows)),
            *([E.p(f"このほかの{nils}項目は0", CLASS("nothing"))] if nils else []),
            *([E.ul(*used, CLASS("used"))] if used else []),
        )

    # ------------------------------------------------------------------ about
    def _about(self) -> Element:
        office = self.city.office
        told = f"宛名番号 {self.explanation.taxpayer_no}、{self.year.label}、第{self.decided.version}版"
        contact = [
            ("担当", f"{self.city.name} {office.name}"),
            ("所在地", f"〒{office.postcode}　{office.address}"),
            ("電話", office.phone),
            ("お伝えいただく番号", told),
        ]
        remarks = (
            "計算の過程を説明するもので、税額を決定・通知するものではありません。納める額と納期限は、通知書で確かめてください。",
            "ご家族の所得など、本人以外の方の情報は示していません（「（非表示）」と書いたもの）。個人番号は載せていません。",
            "金額の端数の扱いは、各計算の条文によります。△は0円より小さい額です。",
        )
        return E.section(
            E.div(E.h2("この書面について"), E.ul(*(E.li(remark) for remark in remarks))),
            E.div(E.h2("お問い合わせ先"), _pairs(contact)),
            E.p(f"計算に使った税率・控除額等の表の照合符号: {self.explanation.parameter_digest}", CLASS("digest")),
            CLASS("about"),
        )

    def _int(self, name: str) -> int:
        value = self.figures[name]
        assert isinstance(value, int)
        return value

    def _label(self, name: str) -> str:
        return without_unit(label_of(name))


def CLASS(name: str) -> dict[str, str]:
    """The class attribute, for lxml's builder."""
    return {"class": name}


def _is_nil(value: object) -> bool:
    """Whether a figure is a zero that says nothing beside others. A no says something."""
    return not isinstance(value, bool) and is_nothing(value)


def _article(text: str) -> str:
    """An article in its brackets; where the law is silent, our document in words that a taxpayer can ask for."""
    return f"［{text.replace('docs/law-open-questions.md ', '公開文書「法に定めのない点」')}］"


def _part(one: Input, part: Part) -> list[Element | str]:
    items = "、".join(f"{item.ja}（項目{item.no}）" for item in part.items)
    where = E.span(part_source(part, "資料"), CLASS("where"))
    # Of one part, the value is the figure's own.
    value = shown(one.name, part.value, one.words) if len(one.parts) > 1 and part.value is not None else ""
    return [where, f" {items}", E.b(f" {value}")] if value else [where, f" {items}"]


def _pairs(pairs: Iterable[tuple[str, str]]) -> Element:
    found = [element for name, text in pairs for element in (E.dt(name), E.dd(text))]
    return E.dl(*found)


def _row(label: str, value: str, kind: str = "") -> Element:
    return E.tr(E.th(label, scope="row"), E.td(value), CLASS(kind))


def _table(heads: Sequence[str], rows: Iterable[list[Element]], kind: str = "") -> Element:
    head = E.tr(*(E.th(text, scope="col") for text in heads))
    return E.table(E.thead(head), E.tbody(*(E.tr(*row) for row in rows)), CLASS(kind))
