"""XML intake beside a bare iterparse walk: parse, tokenise, type and write Parquet, against looking at every element once.

Run: python -m benchmarks.xml_intake [reports]. Prints the ratio of both speeds in one run; the mark is 0.25, for the large file.
Small files of ten reports, as most employers send them, come second: a file costs what it costs, whatever it holds.
"""

import sys
import tempfile
from collections.abc import Callable
from datetime import date
from html import escape
from pathlib import Path

from lxml import etree

from benchmarks.intake import FISCAL_YEAR, timed, values
from pipelines.city import CityHome
from pipelines.exchange.inbox import InboxFile, fingerprint
from pipelines.intake.landing import land
from pipelines.layout import XmlForm, xml_form
from pipelines.vault import KeyRing

REPORTS = 60_000
SMALL_FILES = 50
REPORTS_IN_SMALL = 10
MARK = 0.25
FORM = "INTERIM_KYUHO_147"
ERAS = {"1": "3", "2": "2", "3": "1", "4": "4", "5": "5"}
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><SHINKOKU_UNIT xmlns:gen="http://eltax.jp/general"><KOUSEI_KANRI_INF>'
    "<KOUSEI_KANRI><KANRI_INF><KOUSEI_KANRI_VR>0001</KOUSEI_KANRI_VR></KANRI_INF></KOUSEI_KANRI>"
    "<GYOMU_PROC><PROC_INF><TAX_KBN>502</TAX_KBN></PROC_INF></GYOMU_PROC><TAX_DATA>\n"
)
END = "</TAX_DATA></KOUSEI_KANRI_INF></SHINKOKU_UNIT>"


def main(reports: int) -> None:
    """Make one large file and many small ones of synthetic wage reports, and time both readers on each."""
    form = xml_form("wage_report")
    assert form is not None
    with tempfile.TemporaryDirectory() as folder:
        keyring = KeyRing.open(Path(folder) / "keys")
        keyring.create_missing(fiscal_years=[FISCAL_YEAR])
        home = CityHome("041009", Path(folder) / "data")
        home.make()
        day = home.inbox / "wage_report" / "2026-01-31"
        day.mkdir(parents=True)
        write(day / "large.xml", form, range(reports))
        small = range(0, SMALL_FILES * REPORTS_IN_SMALL, REPORTS_IN_SMALL)
        for first in small:
            write(day / f"small-{first:05d}.xml", form, range(first, first + REPORTS_IN_SMALL))

        def ours(path: Path) -> int:
            file = InboxFile("wage_report", date(2026, 1, 31), path)
            return land(home, keyring, file, fingerprint(file, None), FISCAL_YEAR).readable_count

        compare("one large file", [day / "large.xml"], reports, ours)
        compare("small files", sorted(day.glob("small-*.xml")), SMALL_FILES * REPORTS_IN_SMALL, ours)


def compare(name: str, paths: list[Path], reports: int, ours: Callable[[Path], int]) -> None:
    """Time a bare walk and our intake over the same files."""
    size_bytes = sum(path.stat().st_size for path in paths)
    plain = timed(lambda: sum(walk(path) for path in paths))
    taken = timed(lambda: sum(ours(path) for path in paths))
    print(f"{name}: reports {reports:,}, files {len(paths):,}, {size_bytes / 1e6:.1f} MB")
    print(f"  bare iterparse {plain:.2f} s, intake {taken:.2f} s ({reports / taken:,.0f} reports/s)")
    print(f"  ratio {plain / taken:.3f}" + (f" (mark {MARK})" if len(paths) == 1 else ""))


def walk(path: Path) -> int:
    """Every element once, emptied behind us, as any reader of a large XML file does at the least."""
    count = 0
    for _, element in etree.iterparse(path):
        count += 1
        element.clear()
    return count


def write(path: Path, form: XmlForm, serials: range) -> None:
    """Synthetic wage reports of the shape that a city gets (see benchmarks.intake)."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write(HEAD)
        for serial in serials:
            stream.write(report(form, values(serial)) + "\n")
        stream.write(END)


def report(form: XmlForm, items: dict[str, str]) -> str:
    """One report as an element."""
    leaves, born = "", ""
    for item, value in items.items():
        group, _, leaf = form.tag_of[item].rpartition("/")
        text = ERAS[value] if item == "born_era" else escape(value, quote=False)
        if group:
            born += f"<{leaf}>{text}</{leaf}>"
            inside = group
        else:
            leaves += f"<{leaf}>{text}</{leaf}>"
    return f'<{FORM} xmlns="{form.namespace}">{leaves}<{inside}>{born}</{inside}></{FORM}>'


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else REPORTS)
