"""Which documents and items gave the figures of a tax base: one taxpayer consolidated again, as it was known then."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pipelines.calendar import wareki
from pipelines.consolidation import parameters
from pipelines.consolidation.consolidate import STAGE, keep_bases
from pipelines.consolidation.origin_file import Origin, origin_file
from pipelines.consolidation.supplement import supplement_file
from pipelines.consolidation.supplements import COLLECTION
from pipelines.errors import DataError
from pipelines.layout import Layout, source_layouts
from pipelines.ledger.catalogue import catalogue
from pipelines.ledger.origin import Input, Item, Origins, Part, SourceDocument
from pipelines.ledger.sql_file import sql_text

if TYPE_CHECKING:
    from pipelines.ledger import LedgerSession

Row = dict[str, Any]
# A base's own keys: they come from no document.
IDENTITY = ("fiscal_year", "taxpayer_no", "tax_base_version", "document_nos", "known_on", "commit_no")
_REGISTER = "resident_register"
# The kinds of documents that speak where a column does not come from one of them alone.
_KINDS = {
    "wages": {"wage_report"},
    "pensions": {"pension_report"},
    "reports": {"wage_report", "pension_report"},
    "donations": {"one_stop_notice"},
}
_RETURNS = {"income_tax_return", "resident_tax_return"}


def origins_of(
    session: "LedgerSession",
    fiscal_year: int,
    taxpayer_no: str,
    tax_base_version: int,
    document_priority: Sequence[str],
) -> Origins:
    """The documents and items behind a version of a taxpayer's base. Pins the session to what was known then.

    Raises DataError when there is no such base, or when its documents no longer give the same one.
    """
    base = _base(session, fiscal_year, taxpayer_no, tax_base_version)
    _consolidate_again(session, base, document_priority)
    documents = _rows(session, "origin_document")
    brought = frozenset(row["column_name"] for row in _select(session, "DESCRIBE pinned_tax_return", []))
    supplements = {row["item"]: row for row in _select(session, "FROM supplement_of_year", [])}
    inputs = _with_supplements(_inputs(base, documents, brought), base, supplements)
    left = _select(session, "SELECT DISTINCT notice_no, changed_on FROM left_payer ORDER BY notice_no", [])
    notes = [*_left_notes(left), *_target_notes(_rows(session, "linked_pension_target"))]
    inputs = [_noted(one, notes) if one.name == "collection_method" else one for one in inputs]
    if _select(session, "SELECT true FROM claimed_relative WHERE claimed AND verdict = 'deny'", []):
        inputs = [_without_denied(given) for given in inputs]
    return Origins(tuple(_document(row) for row in documents), tuple(inputs))


def _base(session: "LedgerSession", fiscal_year: int, taxpayer_no: str, tax_base_version: int) -> Row:
    found = _select(
        session,
        "SELECT * FROM ledger.tax_base WHERE fiscal_year = $1 AND taxpayer_no = $2 AND tax_base_version = $3",
        [fiscal_year, taxpayer_no, tax_base_version],
    )
    if not found:
        raise DataError(
            "この版の課税基礎がありません。", item="宛名番号", action="宛名番号・年度・版を確かめてください。"
        )
    return found[0]


def _consolidate_again(session: "LedgerSession", base: Row, document_priority: Sequence[str]) -> None:
    fiscal_year, taxpayer_no = base["fiscal_year"], base["taxpayer_no"]
    session.pin(fiscal_year, base["known_on"], base["commit_no"] - 1)
    parameters.install(session, fiscal_year)
    keep_bases(session, fiscal_year, document_priority, only=taxpayer_no)
    (again,) = _select(session, "SELECT * FROM supplemented WHERE taxpayer_no = $1", [taxpayer_no]) or [
        {"taxpayer_no": None}
    ]
    other = [name for name, value in again.items() if base[name] != value]
    if other:
        raise DataError(
            "台帳に残した課税基礎を、もとの資料から作り直せません。",
            item=f"課税基礎の版 {base['tax_base_version']} の {'、'.join(other)}",
            expected="台帳の値と一致",
            action="合算の版を確かめ、この賦課を使わずに管理者へ知らせてください。",
        )


def _inputs(base: Row, documents: list[Row], brought_by_return: frozenset[str]) -> list[Input]:
    declared = origin_file()
    filed = next((row for row in documents if row["document_kind"] in _RETURNS), None)
    found = []
    for column in [*declared.columns, *declared.return_only]:
        origin = declared.columns.get(column)
        words = declared.words[origin.words] if origin is not None and origin.words else {}
        # An item that the return leaves to the reports comes from where it comes without a return.
        if filed is not None and column in brought_by_return and (origin is None or filed[column] is not None):
            part = Part(filed["document_no"], _items((column,), _layouts(filed)), filed[column])
            found.append(Input(column, _term(column), base[column], declared.sources["return"], (part,), "", words))
        elif origin is not None:
            parts = tuple(_parts(origin, base[column], documents))
            source = declared.sources[origin.source]
            found.append(Input(column, _term(column), base[column], source, parts, origin.note, words))
    return found


def _with_supplements(inputs: list[Input], base: Row, supplements: dict[str, Row]) -> list[Input]:
    """The inputs, where an officer's supplement stands with it as their source, before what the documents said."""
    found = []
    for one in [*inputs, *(_nothing_brought(column, base) for column in origin_file().not_brought)]:
        given = supplements.get("collection_method" if one.name in COLLECTION else one.name)
        if given is not None:
            part = Part(None, (), one.value, given["decision_no"])
            basis = f"根拠は{supplement_file().bases[given['basis']]}"
            seen = f"（資料番号 {given['document_no']}）" if given["document_no"] else ""
            source = origin_file().sources["supplement"]
            found.append(replace(one, source=source, parts=(part, *one.parts), note=basis + seen))
        elif one.name not in origin_file().not_brought:
            found.append(one)
    return found


def _left_notes(notices: list[Row]) -> list[str]:
    """Whom the person has left since, so that this payer withholds nothing."""
    return [
        f"給与所得者異動届出書（資料番号 {row['notice_no']}、{wareki(row['changed_on'])}異動）の支払者は特別徴収をしない"
        for row in notices
    ]


def _target_notes(targets: list[Row]) -> list[str]:
    """That pension payers could withhold; nobody's tax is withheld from a pension yet."""
    numbers = "・".join(str(row["document_no"]) for row in targets)
    return (
        [f"年金特別徴収対象者情報（資料番号 {numbers}）にある。年金からの特別徴収は、まだ行わない"] if targets else []
    )


def _noted(one: Input, notes: list[str]) -> Input:
    return replace(one, note="。".join(filter(None, (one.note, *notes))))


def _nothing_brought(column: str, base: Row) -> Input:
    return Input(column, _term(column), base[column], "", ())


def _without_denied(given: Input) -> Input:
    """The same; where it is of relatives, with the note that an officer denied some of them."""
    origin = origin_file().columns.get(given.name)
    if origin is None or origin.source != "relatives":
        return given
    return replace(given, note="。".join(filter(None, (given.note, origin_file().denied))))


def _term(column: str) -> str:
    names = catalogue().columns
    return (names.get(f"tax_base.{column}") or names[column])["ja"]


def _parts(origin: Origin, value: object, documents: list[Row]) -> list[Part]:
    if origin.source == "register":
        return [Part(None, _items(origin.items, tuple(source_layouts(_REGISTER).values())), value)]
    if origin.source in ("outside", "none"):
        return []
    kinds = _KINDS.get(origin.source)
    spoke = [row for row in documents if (row["document_kind"] in kinds if kinds else row[f"is_{origin.source}"])]
    return [
        Part(row["document_no"], _items(origin.items, _layouts(row)), row[origin.column] if origin.column else None)
        for row in spoke
    ]


def _items(names: tuple[str, ...], layouts: tuple[Layout, ...]) -> tuple[Item, ...]:
    """The items as the newest of these editions that has them calls them."""
    by_name = {name: item for layout in layouts for name, item in layout.by_name.items()}
    return tuple(Item(by_name[name].no, by_name[name].ja) for name in names if name in by_name)


def _layouts(report: Row) -> tuple[Layout, ...]:
    """The editions of the report's file (a file may mix them), every edition when it names none."""
    known = source_layouts(report["document_kind"])
    editions = (report["edition"] or "").split("+")
    return tuple(layout for _, layout in sorted(known.items()) if layout.edition in editions) or tuple(known.values())


def _document(report: Row) -> SourceDocument:
    return SourceDocument(
        document_no=report["document_no"],
        kind=origin_file().words["document_kind"][report["document_kind"]],
        submission=origin_file().words["submission_kind"][report["submission_kind"]]
        + ("・職員が項目を訂正" if report["officer_corrected"] else ""),
        received_on=report["received_on"],
        payer_name=report["payer_name"],
        payer_address=report["payer_address"],
        payer_may_be_person=report["payer_may_be_person"],
    )


def _rows(session: "LedgerSession", name: str) -> list[Row]:
    return _select(session, sql_text(STAGE, name), [])


def _select(session: "LedgerSession", sql: str, params: list[object]) -> list[Row]:
    cursor = session.con.execute(sql, params)
    names = [str(column[0]) for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
