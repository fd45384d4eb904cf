"""The reconciliation as a page: one HTML file for the screen and A4 landscape, without scripts and without anything from elsewhere."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from lxml import html
from lxml.builder import E

from pipelines.calendar import wareki
from pipelines.intake.sources import SOURCES
from pipelines.paths import SCHEMAS
from pipelines.run.arrival_chart import Season, chart, cumulative
from pipelines.run.reconciliation import PARTS, Reconciliation, is_balanced, source_name, sums

Element = Any
# More rows than these nobody reads on paper: the CSV has them all.
ROWS_MAX = 200


def page(found: Reconciliation) -> bytes:
    """The page, as UTF-8."""
    year = f"令和{found.fiscal_year - 2018}年度"
    title = f"受付照合表　{found.city.name}　{year}"
    css = (SCHEMAS / "intake" / "reconciliation_page.css").read_text(encoding="utf-8")
    body = E.body(
        E.header(
            E.h1(title),
            E.p(f"{wareki(found.known_on)}までに知ったこと（台帳の確定番号 {found.commit_no:,}）", {"class": "as-of"}),
        ),
        _glance(found),
        *_sources(found),
        *_arrivals(found),
        *_held(found),
        *_noted_files(found),
        *_employers(found),
    )
    head = E.head(
        E.meta(charset="utf-8"),
        E.meta(name="viewport", content="width=device-width, initial-scale=1"),
        E.title(title),
        E.style(css),
    )
    document = E.html({"lang": "ja"}, head, body)
    return bytes(html.tostring(document, doctype="<!DOCTYPE html>", encoding="utf-8"))


def _glance(found: Reconciliation) -> Element:
    total = sums(found.files)
    refused = sum(file["verdict"] == "refused" for file in found.files)
    facts = [
        ("受け付けたファイル", f"{len(found.files) - refused:,}", "" if not refused else f"ほかに受付不可 {refused:,}"),
        ("読み込んだ件数", f"{total['read_count']:,}", f"{total['read_yen']:,} 円"),
        ("受理", f"{total['accepted_count']:,}", f"うち保留から {total['worked_count']:,}"),
        ("取込保留", f"{total['waiting_count']:,}", "職員の処理を待つ"),
        ("受信箱に止まるファイル", f"{len(found.held):,}", "理由は3に"),
        ("照合", "一致" if found.balanced else "不一致", "件数と金額、ファイルごと"),
    ]
    items = [E.li(E.span(name), E.strong(figure), E.small(more)) for name, figure, more in facts]
    return E.ul({"class": "glance" if found.balanced else "glance broken"}, *items)


def _sources(found: Reconciliation) -> list[Element]:
    rows = [_source_row(source_name(row["source"]), row) for row in found.by_source]
    total = {"file_count": len(found.files), **sums(found.files)}
    head = ["資料", "ファイル", "読込", *PARTS.values(), "訂正による増減"]
    return [
        E.h2("1　資料ごとの照合"),
        E.p("読込 ＝ 受理 ＋ 取込保留 ＋ 重複 ＋ 不採用 ＋ 返戻 ＋ 受付不可。上の段は件数、下の段は届いたときに読んだ金額（円）。", {"class": "note"}),
        E.table(
            {"class": "figures"},
            E.thead(E.tr(*[E.th(name) for name in head])),
            E.tbody(*rows),
            E.tfoot(_source_row("合計", total)),
        ),
    ]  # fmt: skip


def _source_row(name: str, row: Mapping[str, Any]) -> Element:
    cells = [E.td(_figure(row[f"{part}_count"], row[f"{part}_yen"])) for part in ("read", *PARTS)]
    corrected = f"{row['corrected_yen']:+,}" if row["corrected_yen"] else ""
    return E.tr(E.th(name), E.td(f"{row['file_count']:,}"), *cells, E.td(corrected))


def _figure(count: int, yen: int) -> Element:
    if not count:
        return E.span("–", {"class": "none"})
    return E.span(f"{count:,}", E.small(f"{yen:,}")) if yen else E.span(f"{count:,}")


def _arrivals(found: Reconciliation) -> list[Element]:
    by_kind: dict[str, dict[int, list[tuple[date, int]]]] = {}
    for row in found.arrivals:
        years = by_kind.setdefault(row["document_kind"], {})
        years.setdefault(row["fiscal_year"], []).append((row["season_day"], row["document_count"]))
    if not by_kind:
        return []
    days = [row["season_day"] for row in found.arrivals]
    season = Season(min(days), max(days), found.known_on)
    era = found.fiscal_year - 2018
    names = (f"{era}年度", f"{era - 1}年度")
    figures = [
        E.figure(
            E.figcaption(source_name(kind)),
            chart(
                source_name(kind),
                season,
                cumulative(years.get(found.fiscal_year, [])),
                cumulative(years.get(found.fiscal_year - 1, [])),
                names,
            ),
        )
        for kind in sorted(by_kind, key=[*SOURCES].index)
        for years in [by_kind[kind]]
    ]
    without = (
        "" if any(found.fiscal_year - 1 in years for years in by_kind.values()) else "前年度の資料は台帳にありません。"
    )
    return [
        E.h2("2　届いた日ごとの累計と前年度", {"class": "arrivals"}),
        E.p(f"台帳に載った資料を、届いた日で数えた累計。前年度は日付を1年ずらして重ねた（灰色）。{without}", {"class": "note"}),
        E.div({"class": "charts"}, *figures),
    ]  # fmt: skip


def _held(found: Reconciliation) -> list[Element]:
    refused = [
        {
            "資料": file["source"],
            "受付日": file["received_on"],
            "ファイル": file["file_name"],
            "理由": f"受付不可: {file['verdict_reason']}",
        }
        for file in found.files
        if file["verdict"] == "refused"
    ]
    listed = [row | {"資料": source_name(row["資料"])} for row in (*found.held, *refused)]
    return [
        E.h2("3　止まっているファイル（受信箱は年度を問わない）"),
        *_list(listed, "止まっているファイルはありません。", "held.csv"),
    ]


def _noted_files(found: Reconciliation) -> list[Element]:
    noted = [
        {
            "資料": source_name(file["source"]),
            "受付日": file["received_on"],
            "ファイル": f"{file['file_no']}　{file['file_name']}",
            "読込": file["read_count"],
            **{name: file[f"{part}_count"] for part, name in PARTS.items()},
            "訂正による増減 円": file["corrected_yen"],
            "照合": "一致" if is_balanced(file) else "不一致",
        }
        for file in found.files
        if file["read_count"] != file["accepted_count"] or file["worked_count"] or not is_balanced(file)
    ]
    return [
        E.h2("4　全部は受理していないファイル"),
        E.p("すべて受理した（保留から受理したものもない）ファイルは省く。全ファイルは files.csv にある。", {"class": "note"}),
        *_list(noted, "どのファイルも全件を受理しました。", "files.csv"),
    ]  # fmt: skip


def _employers(found: Reconciliation) -> list[Element]:
    compared = [
        {
            "指定番号": row["指定番号"],
            "名称": row["名称"],
            "違い": row["違い"],
            "総括表の人員": row["総括表 人員"],
            "報告書の人員": row["報告書 人員"],
            "総括表の支払金額": _declared(row["総括表 支払金額"]),
            "報告書の支払金額": row["報告書 支払金額"],
        }
        for row in found.summaries
    ]
    silent = [{name: row[name] for name in ("指定番号", "名称", "所在地")} for row in found.silent]
    return [
        E.h2("5　総括表と給与支払報告書が合わない給与支払者"),
        *_list(compared, "違いはありません（総括表が届いていないときも載りません）。", "summaries.csv"),
        E.h2("6　前年度に報告して、今年度まだの給与支払者"),
        *_list(found.missing, "まだの給与支払者はいません。", "missing.csv"),
        E.h2("7　台帳にあって、前年度も今年度も報告のない特別徴収義務者"),
        *_list(silent, "そのような特別徴収義務者はいません。", "silent.csv"),
    ]


def _declared(yen: int | None) -> str:
    return "記載なし" if yen is None else f"{yen:,}"


def _list(rows: Sequence[Mapping[str, Any]], empty: str, csv_name: str) -> list[Element]:
    """A table of like rows, numbers to the right; the first rows, when there are more than anybody reads."""
    if not rows:
        return [E.p(empty, {"class": "empty"})]
    table = E.table(
        E.thead(E.tr(*[E.th(name, {"class": _kind(value).partition(" ")[0]}) for name, value in rows[0].items()])),
        E.tbody(*[E.tr(*_cells(row.values())) for row in rows[:ROWS_MAX]]),
    )
    if len(rows) <= ROWS_MAX:
        return [table]
    return [
        table,
        E.p(f"全{len(rows):,}行のうち、はじめの{ROWS_MAX:,}行。すべては {csv_name} にある。", {"class": "note"}),
    ]


def _cells(values: Iterable[object]) -> list[Element]:
    return [E.td(f"{value:,}" if isinstance(value, int) else str(value), {"class": _kind(value)}) for value in values]


def _kind(value: object) -> str:
    if isinstance(value, int):
        return "number" if value else "number none"
    return "day" if isinstance(value, date) else "text"
