"""CSV intake beside pyarrow.csv: decode, tokenise, type and write Parquet, against reading the same file as strings.

Run: python -m benchmarks.intake [records]. Prints the ratio of both speeds in one run; the mark is 0.1.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pyarrow as pa
from pyarrow import csv

from pipelines.city import CityHome
from pipelines.exchange.inbox import InboxFile, fingerprint
from pipelines.intake.landing import land
from pipelines.layout import Layout, source_layouts
from pipelines.vault import KeyRing

FISCAL_YEAR = 2026
RECORDS = 200_000
MARK = 0.1
WEIGHTS = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


def main(records: int) -> None:
    """Make a file of `records` synthetic wage reports and time both readers on it."""
    layout = source_layouts("wage_report")[147]
    with tempfile.TemporaryDirectory() as folder:
        keyring = KeyRing.open(Path(folder) / "keys")
        keyring.create_missing(fiscal_years=[FISCAL_YEAR])
        home = CityHome("041009", Path(folder) / "data")
        home.make()
        path = home.inbox / "wage_report" / "2026-01-31" / "benchmark.csv"
        path.parent.mkdir(parents=True)
        write(path, layout, records)
        file = InboxFile("wage_report", date(2026, 1, 31), path)
        mark = fingerprint(file, None)
        plain = timed(lambda: read_plainly(path, layout))
        ours = timed(lambda: land(home, keyring, file, mark, FISCAL_YEAR).read_count)
    print(f"records {records:,}, {path.name} {mark.size_bytes / 1e6:.0f} MB")
    print(f"pyarrow.csv as strings {plain:.2f} s, intake {ours:.2f} s ({records / ours:,.0f} records/s)")
    print(f"ratio {plain / ours:.3f} (mark {MARK})")


def timed(work: Callable[[], int]) -> float:
    """Seconds that `work` takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def read_plainly(path: Path, layout: Layout) -> int:
    """The file as strings, as pyarrow reads it."""
    names = [item.name for item in layout.items]
    table = csv.read_csv(
        path,
        read_options=csv.ReadOptions(column_names=names, encoding="cp932"),
        parse_options=csv.ParseOptions(quote_char=False),
        convert_options=csv.ConvertOptions(column_types={name: pa.string() for name in names}),
    )
    return table.num_rows


def write(path: Path, layout: Layout, records: int) -> None:
    """Synthetic wage reports of the shape that a city gets: half name a spouse, a third have children."""
    with path.open("w", encoding="cp932", newline="") as stream:
        for serial in range(records):
            stream.write(layout.record(values(serial)) + layout.line_end)


def values(serial: int) -> dict[str, str]:
    """One synthetic wage report."""
    record = {
        "statutory_document_kind": "315",
        "payer_address": "仙台市青葉区見本町１丁目２番３号",
        "payer_name": "見本商事株式会社",
        "submission_kind": "0",
        "income_era_year": "07",
        "address": f"仙台市青葉区見本町{serial % 9 + 1}丁目".translate(
            str.maketrans("0123456789", "０１２３４５６７８９")
        ),
        "name": "見本　太郎",
        "payment_kind": "給料・賞与",
        "paid_yen": str(2_000_000 + serial % 8_000_000),
        "income_after_deduction_yen": str(1_320_000 + serial % 680_000),
        "deductions_yen": "1500000",
        "withheld_yen": str(serial % 200_000),
        "social_insurance_yen": "700000",
        "life_insurance_deduction_yen": "80000",
        "new_general_premium_yen": "100000",
        "care_premium_yen": "60000",
        "born_era": "1",
        "born_year": f"{30 + serial % 34:02d}",
        "born_month": f"{serial % 12 + 1:02d}",
        "born_day": f"{serial % 28 + 1:02d}",
        "individual_number": number(serial),
        "kana": "ﾐﾎﾝ ﾀﾛｳ",
        "employee_no": f"E{serial:07d}",
        "city_code": "041009",
        "payer_designated_no": f"{serial % 5_000:07d}",
        "creation_kind": "1",
    }
    if serial % 2:
        record |= {"spouse_kind": "1", "spouse_name": "見本　花子", "spouse_residence": "00"}
        record["spouse_number"] = number(serial + 1_000_000)
    if serial % 3 == 0:
        record |= {"under_16_1_name": "見本　一郎", "under_16_1_residence": "00", "dependant_under_16_count": "01"}
        record["under_16_1_number"] = number(serial + 2_000_000)
    return record


def number(serial: int) -> str:
    """A synthetic 個人番号 with a right check digit."""
    body = f"{90_000_000_000 + serial:011d}"
    remainder = sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True)) % 11
    return body + str(0 if remainder <= 1 else 11 - remainder)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else RECORDS)
