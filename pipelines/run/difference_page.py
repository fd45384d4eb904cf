"""The difference report for those who approve it: one HTML page for the screen and A4 landscape, and the rows of a CSV file."""

from collections.abc import Iterator, Sequence
from typing import Any

from lxml import html
from lxml.builder import E

from pipelines.calendar import wareki
from pipelines.calendar.corrections import correction_run
from pipelines.city import City, load_city
from pipelines.paths import SCHEMAS
from pipelines.run.difference_lines import Line
from pipelines.run.difference_report import Report, Total

Element = Any
# More rows than these nobody reads on paper: the CSV has them all.
LINES_MAX = 1_000
CSS = SCHEMAS / "assessment" / "difference_page.css"
_LEVY = {"assessment": "", "house_levy": "家屋敷・事務所等"}


def page(report: Report) -> bytes:
    """The page, as UTF-8, without scripts and without anything from elsewhere."""
    city = load_city(report.city_code)
    years = "・".join(f"令和{year - 2018}年度" for year in report.fiscal_years)
    what = "月次の更正" if report.backfill_no is None else f"バックフィル {report.backfill_no}"
    title = f"差額表　{city.name}　{years}"
    body = E.body(
        E.header(
            E.h1(title),
            E.p(f"{what}　差額表番号 {report.report_no}　{wareki(report.as_of)}までに知ったこと", {"class": "as-of"}),
        ),
        _glance(report),
        *_days(report, city),
        *_totals(report),
        *_lines(report, city),
    )
    head = E.head(
        E.meta(charset="utf-8"),
        E.meta(name="viewport", content="width=device-width, initial-scale=1"),
        E.title(title),
        E.style(CSS.read_text(encoding="utf-8")),
    )
    return bytes(html.tostring(E.html({"lang": "ja"}, head, body), doctype="<!DOCTYPE html>", encoding="utf-8"))


def csv_rows(report: Report) -> Iterator[dict[str, Any]]:
    """One row a changed figure; a line without one (家屋敷等) is one row."""
    for line in report.lines:
        common = {
            "年度": line.key.fiscal_year,
            "宛名番号": line.key.taxpayer_no,
            "区": line.key.ward_code,
            "賦課": _LEVY[line.levy_kind] or "個人住民税",
            "前の版": line.earlier_version or "",
            "版": line.version,
            "前の年税額": "" if line.earlier_yen is None else line.earlier_yen,
            "年税額": line.later_yen,
            "差額": line.difference_yen,
            "理由": "・".join(line.reasons),
            "根拠": "／".join(line.causes),
        }
        changed = [(one.label, one.old, one.new) for one in line.figures] or [("", "", "")]
        for label, old, new in changed:
            yield common | {"項目": label, "前": _plain(old), "後": _plain(new)}


def _plain(value: object) -> object:
    return "" if value is None else " ".join(map(str, value)) if isinstance(value, list) else value


def _glance(report: Report) -> Element:
    total = report.total()
    facts = [
        (
            "変わった人・区",
            f"{total.count:,}",
            f"うち新たな賦課 {sum(one.earlier_yen is None for one in report.lines):,}",
        ),
        ("増額", f"{total.increase_yen:,}", "円"),
        ("減額", _signed(total.decrease_yen), "円"),
        ("差引き", _signed(total.increase_yen + total.decrease_yen), "円"),
        ("ダイジェスト", report.digest[:12], "決裁はこの中身だけに効く"),
    ]
    return E.ul(
        {"class": "glance"}, *[E.li(E.span(name), E.strong(figure), E.small(more)) for name, figure, more in facts]
    )


def _days(report: Report, city: City) -> list[Element]:
    if report.backfill_no is not None:
        return []
    run = correction_run(city, report.as_of)
    days = (
        f"締め日 {wareki(run.cut_off)}　変更月 {wareki(run.change_month).removesuffix('1日')}分から（給与の特別徴収）　"
        f"通知日 {wareki(run.notice_on)}　随時の納期限 {wareki(run.due_on)}"
    )
    return [E.p(days, {"class": "days"})]


def _totals(report: Report) -> list[Element]:
    rows = [_total_row(one) for one in report.totals()]
    head = E.tr(*[E.th(name) for name in ("理由", "人・区", "増額（円）", "減額（円）", "差引き（円）")])
    return [
        E.h2("1　理由ごとの合計"),
        E.p("理由は、前の版と新しい版のもと（資料・決定・住民と家屋敷のデータ・配偶者・パラメータ・計算の版）の違いから導いた。二つ以上が同時に変わった人は、並べて示す。", {"class": "note"}),
        E.table({"class": "figures"}, E.thead(head), E.tbody(*rows), E.tfoot(_total_row(report.total()))),
    ]  # fmt: skip


def _total_row(one: Total) -> Element:
    yen = (one.increase_yen, one.decrease_yen, one.increase_yen + one.decrease_yen)
    return E.tr(E.th(one.reason), E.td(f"{one.count:,}"), *[E.td(_signed(value)) for value in yen])


def _lines(report: Report, city: City) -> list[Element]:
    wards = {ward.code: ward.name for ward in city.wards}
    head = E.tr(
        *[
            E.th(name)
            for name in ("年度", "宛名番号", "版", "前の年税額", "年税額", "差額", "変わった数値", "理由と根拠")
        ]
    )
    found = [
        E.h2("2　一人ずつ"),
        E.table({"class": "people"}, E.thead(head), E.tbody(*[_row(line, wards) for line in report.lines[:LINES_MAX]])),
    ]
    if len(report.lines) > LINES_MAX:
        found.append(E.p(f"全{len(report.lines):,}行のうち、はじめの{LINES_MAX:,}行。すべては `juminzei differences csv` で出る。", {"class": "note"}))  # fmt: skip
    return found


def _row(line: Line, wards: dict[str, str]) -> Element:
    where = [wards.get(line.key.ward_code, ""), _LEVY[line.levy_kind]]
    person = [E.span(line.key.taxpayer_no), *[E.small(one) for one in where if one]]
    version = f"{line.earlier_version or '—'} → {line.version}"
    before = "—" if line.earlier_yen is None else f"{line.earlier_yen:,}"
    return E.tr(
        E.td(str(line.key.fiscal_year)),
        E.td(*person),
        E.td(version, {"class": "day"}),
        E.td(before, {"class": "number"}),
        E.td(f"{line.later_yen:,}", {"class": "number"}),
        E.td(_signed(line.difference_yen), {"class": "number"}),
        E.td(_list([one.text() for one in line.figures])),
        E.td(_list(line.causes)),
    )


def _list(texts: Sequence[str]) -> Element:
    return E.ul(*[E.li(text) for text in texts]) if texts else E.span("—", {"class": "none"})


def _signed(yen: int) -> str:
    return f"△{-yen:,}" if yen < 0 else f"{yen:,}"
