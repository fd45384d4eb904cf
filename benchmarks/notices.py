"""Printing notices beside one bare typst compile: pages a second with data and layout, against the same pages of one line.

Run: python -m benchmarks.notices [notices]. Prints both speeds and their ratio in one run.
"""

import resource
import sys
import time
from collections.abc import Callable
from datetime import date
from typing import Any

from pipelines.calendar import FiscalYear, due_dates
from pipelines.city import load_city
from pipelines.exchange.contract import load_contract
from pipelines.notices.glyphs import FONT, font_file
from pipelines.notices.ordinary_collection import TEMPLATE, common_text, objection, printed
from pipelines.notices.printing import NOTICES_PER_FILE, print_notices

FISCAL_YEAR = 2026
NOTICE_ON = date(FISCAL_YEAR, 6, 10)
PAGES_PER_NOTICE = 2
NOTICES = 1_000


def main(notices: int) -> None:
    """Print `notices` synthetic notices, then as many bare sheets."""
    city = load_city("041009")
    common = common_text(city, FISCAL_YEAR, NOTICE_ON)
    due_on = due_dates(city, FiscalYear(FISCAL_YEAR), "ordinary")
    rows = [synthetic(number) for number in range(notices)]

    def printing() -> bytes:
        kept = [printed(row, due_on, NOTICE_ON) for row in rows if objection(row) is None]
        chunks = [kept[first : first + NOTICES_PER_FILE] for first in range(0, len(kept), NOTICES_PER_FILE)]
        return b"".join(print_notices(TEMPLATE, common, chunk, notice_on=NOTICE_ON) for chunk in chunks)

    ours = pages_a_second("notices", printing, notices)
    bare = pages_a_second("bare sheets", lambda: bare_sheets(notices), notices)
    print(f"notices / bare sheets: {ours / bare:.3f}")
    peak_bytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(f"memory at its peak: {peak_bytes:,} bytes")


def pages_a_second(name: str, work: Callable[[], bytes], notices: int) -> float:
    """Print and return the speed, in processor seconds: the machine may be busy with something else."""
    began = time.process_time()
    content = work()
    seconds = time.process_time() - began
    speed = notices * PAGES_PER_NOTICE / seconds
    print(
        f"{name}: {notices:,} in {seconds:.1f} processor s, {speed:,.0f} pages/s, {len(content) // notices:,} bytes a notice"
    )
    return speed


def synthetic(number: int) -> dict[str, Any]:
    """A notice's row by the contract's columns: every figure differs from one notice to the next."""
    row: dict[str, Any] = {
        column.name: 1_000 * place + number
        for place, column in enumerate(load_contract("taxpayer-ordinary_collection_notice").columns)
    }
    return row | {
        "notice_no": f"{FISCAL_YEAR}-11-{number:015d}-01",
        "notice_kind": "first_notice",
        "taxpayer_no": f"{number:015d}",
        "name": "山田　花子",
        "postcode": "980-0000",
        "address": f"仙台市青葉区国分町一丁目{number}番",
        "protected_address": False,
        "ordinary_instalments_yen": [number + 4_000] * 4,
        "earlier_instalments_yen": [0] * 4,
    }


def bare_sheets(notices: int) -> bytes:
    """One typst compile of as many sheets with a line of text on each side."""
    import typst

    source = f'#set text(font: "{FONT}")\n#for number in range({notices}) [市民税 #number #pagebreak() 県民税 #number #pagebreak(weak: true)]'
    content = typst.compile(source.encode(), font_paths=[str(font_file().parent)], ignore_system_fonts=True)
    assert isinstance(content, bytes)
    return content


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else NOTICES)
