"""Printing notices and their slips beside one bare typst compile: pages a second with data and layout, against sheets of one line.

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
from pipelines.notices.addressee import objection
from pipelines.notices.glyphs import FONT, font_file
from pipelines.notices.ordinary_collection import TEMPLATE, common_text, printed
from pipelines.notices.payment_way import Payer, ways_of
from pipelines.notices.printing import NOTICES_PER_FILE, print_notices
from pipelines.notices.slip_printing import TEMPLATE as SLIP_TEMPLATE
from pipelines.notices.slip_printing import slip_sheets, slip_text
from pipelines.notices.slips import Issue, slips_of_notice

FISCAL_YEAR = 2026
NOTICE_ON = date(FISCAL_YEAR, 6, 10)
PAGES_PER_NOTICE = 2
NOTICES = 1_000
SHOWN = {
    "employment_paid_yen", "employment_income_yen", "gross_income_yen", "total_income_yen", "social_insurance_deduction_yen",
    "life_insurance_deduction_yen", "earthquake_insurance_deduction_yen", "spouse_deduction_yen", "dependant_deduction_yen",
    "basic_deduction_yen", "deductions_yen", "taxable_income_yen", "city_income_levy_before_credits_yen",
    "prefecture_income_levy_before_credits_yen", "city_adjustment_credit_yen", "prefecture_adjustment_credit_yen",
    "city_donation_credit_yen", "prefecture_donation_credit_yen", "city_cut_off_yen", "prefecture_cut_off_yen",
    "city_income_levy_yen", "prefecture_income_levy_yen", "city_per_capita_yen", "prefecture_per_capita_yen", "city_tax_yen",
    "prefecture_tax_yen", "forest_environment_tax_yen", "annual_tax_yen", "ordinary_tax_yen",
}  # fmt: skip


def main(notices: int) -> None:
    """Print `notices` synthetic notices, then as many bare sheets."""
    city = load_city("041009")
    common = common_text(city, FISCAL_YEAR, NOTICE_ON)
    due_on = due_dates(city, FiscalYear(FISCAL_YEAR), "ordinary")
    rows = [synthetic(number) for number in range(notices)]

    def printing() -> bytes:
        kept = [
            printed(row, Issue(), due_on, NOTICE_ON, city, ways_of(row, due_on, NOTICE_ON, Payer()))
            for row in rows
            if objection(row) is None
        ]
        return b"".join(print_notices(TEMPLATE, common, chunk, notice_on=NOTICE_ON) for chunk in chunks(kept))

    def slips() -> bytes:
        issued = [(row, slips_of_notice(row, due_on, NOTICE_ON, [], whole_year=True).issued) for row in rows]
        sheets = (slip_sheets(city, FISCAL_YEAR, lot) for lot in chunks(issued))
        return b"".join(print_notices(SLIP_TEMPLATE, slip_text(common), sheet, notice_on=NOTICE_ON) for sheet in sheets)

    ours = pages_a_second("notices", printing, notices)
    pages_a_second("slips", slips, notices)
    bare = pages_a_second("bare sheets", lambda: bare_sheets(notices), notices)
    print(f"notices / bare sheets: {ours / bare:.3f}")
    peak_bytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(f"memory at its peak: {peak_bytes:,} bytes")


def chunks(rows: list[Any]) -> list[list[Any]]:
    """The rows by files."""
    return [rows[first : first + NOTICES_PER_FILE] for first in range(0, len(rows), NOTICES_PER_FILE)]


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
    """A wage earner's row by the contract's columns: every figure that is not zero differs from one notice to the next."""
    columns = [column.name for column in load_contract("taxpayer-ordinary_collection_notice").columns]
    row: dict[str, Any] = {
        name: 1_000 * place + number if name in SHOWN else 0 for place, name in enumerate(columns, 1)
    }
    return row | {
        "notice_no": f"{FISCAL_YEAR}-11-{number:015d}-01",
        "notice_kind": "first_notice",
        "fiscal_year": FISCAL_YEAR,
        "taxpayer_no": f"{number:015d}",
        "resent": False,
        "name": "山田　花子",
        "addressee_kind": "taxpayer",
        "addressee_name": "山田　花子",
        "postcode": "980-0000",
        "address": f"仙台市青葉区国分町一丁目{number}番",
        "home_address": f"仙台市青葉区国分町一丁目{number}番",
        "ordinary_instalments_yen": [number + 4_000] * 4,
        "payable_instalments_yen": [number + 4_000] * 4,
        "earlier_payable_yen": [0] * 4,
        "pension_provisional_yen": [],
        "pension_final_yen": [],
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
