"""Reports as eLTAX XML (our interim layout, schemas/intake/eltax_xml): one element a report, and the file around them."""

from html import escape

from pipelines.calendar import NATIONAL_TAX_ERA_CODES, WAGE_REPORT_ERA_CODES
from pipelines.layout import Layout, XmlForm, envelope
from pipelines.town.difficulties import Columns

_ERA_CODES = {
    csv_code: next(code for code, era in NATIONAL_TAX_ERA_CODES.items() if era == name)
    for csv_code, name in WAGE_REPORT_ERA_CODES.items()
}
_UNKNOWN_LEAF = "<FUMEI9990>1</FUMEI9990>"


def report_elements(form: XmlForm, layout: Layout, columns: Columns) -> list[str]:
    """The reports as elements, each on one line; empty items are left out. What a layout lacks is left out, too."""
    name = form.newest_form(layout)
    items = [item.name for item in layout.items if item.name in columns]
    tags = [form.tag_of[item] for item in items]
    rows = zip(*(columns[item] for item in items), strict=True)
    eras = {place for place, item in enumerate(items) if item in form.national_tax_eras}
    return [f'<{name} xmlns="{form.namespace}" vr="1.0">{_leaves(tags, list(row), eras)}</{name}>' for row in rows]


def with_unknown_leaf(report: str) -> str:
    """The report with a leaf that no form has, as a newer form's."""
    end = report.rindex("</")
    return report[:end] + _UNKNOWN_LEAF + report[end:]


def xml_file(reports: list[str], city_code: str, sender: str) -> bytes:
    """The file: eLTAX's envelope around the reports, UTF-8."""
    spaces = " ".join(f'xmlns:{prefix}="{url}"' for prefix, url in envelope().namespaces.items())
    around = (
        "<KOUSEI_KANRI><KANRI_INF><KOUSEI_KANRI_VR>0001</KOUSEI_KANRI_VR>"
        f"<ORG1_CD>{city_code}</ORG1_CD></KANRI_INF></KOUSEI_KANRI>\n"
        "<GYOMU_PROC><PROC_INF><GYOMU_KBN>R0</GYOMU_KBN><TAX_KBN>502</TAX_KBN><MAKE_KBN>1</MAKE_KBN></PROC_INF>"
        f"<USER_INF><NAME>{escape(sender)}</NAME></USER_INF></GYOMU_PROC>\n"
    )
    lines = "\n".join(reports)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<{envelope().root} {spaces}><KOUSEI_KANRI_INF>\n{around}'
        f"<TAX_DATA>\n{lines}\n</TAX_DATA></KOUSEI_KANRI_INF></{envelope().root}>\n"
    ).encode()


def hostile_xml() -> bytes:
    """A file whose entities would fill the memory of who expands them."""
    bombs = "".join(f'<!ENTITY b{n + 1} "{f"&b{n};" * 10}">' for n in range(9))
    head = f'<!DOCTYPE {envelope().root} [<!ENTITY b0 "b">{bombs}]>'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}\n<{envelope().root}>&b9;</{envelope().root}>\n'.encode()


def _leaves(tags: list[str], values: list[str], eras: set[int]) -> str:
    """The filled items' leaves in the layout's order; the parts of a date stand together in their group."""
    written: list[str] = []
    inside = ""
    for place, (tag, value) in enumerate(zip(tags, values, strict=True)):
        if not value:
            continue
        group, _, leaf = tag.rpartition("/")
        if group != inside:
            written += [f"</{inside}>"] * bool(inside) + [f"<{group}>"] * bool(group)
            inside = group
        text = _ERA_CODES[value] if place in eras else escape(value, quote=False)
        written.append(f"<{leaf}>{text}</{leaf}>")
    return "".join(written) + f"</{inside}>" * bool(inside)
