"""The 総括表 that come with the wage reports: each employer's own count of them."""

import csv
from collections import Counter
from pathlib import Path

from tests.town.conftest import Made


def summaries(town: Made) -> list[tuple[Path, dict[str, str]]]:
    files = sorted((town.out / "inbox/wage_report_summary").glob("*/*.csv"))
    return [(path, row) for path in files for row in csv.DictReader(path.open(encoding="utf-8", newline=""))]


def reports_of(path: Path) -> str:
    """The name, without its ending, of the file of reports that a file of 総括表 comes with."""
    return path.stem.replace("wage_report_summary", "wage_report")


def test_each_employer_counts_its_people_in_each_file(town: Made) -> None:
    counted = {
        (reports_of(path), row["payer_designated_no"]): int(row["report_count"]) for path, row in summaries(town)
    }
    truth = Counter(
        (Path(row["file"]).stem, row["payer_designated_no"])
        for row in town.documents
        if row["submission_kind"] in ("0", "1") and "wage_report_0006" not in row["file"]
    )
    assert counted == truth


def test_the_parts_add_up_and_say_what_the_reports_say(town: Made) -> None:
    ordinary: Counter[tuple[str, str, bool]] = Counter()
    whole: Counter[tuple[str, str]] = Counter()
    for report in town.whole():
        key = (Path(report.file).stem, report.items["payer_designated_no"])
        whole[key] += 1
        if report.items["ordinary_collection"] == "1":
            ordinary[(*key, report.items["remarks"].startswith("普Ｆ"))] += 1
    for path, row in summaries(town):
        withheld, leavers, others = (
            int(row[name]) for name in ("withholding_count", "ordinary_leaver_count", "ordinary_other_count")
        )
        assert withheld + leavers + others == int(row["report_count"])
        key = (reports_of(path), row["payer_designated_no"])
        if whole[key] == int(row["report_count"]):  # every record of it can be read
            assert (leavers, others) == (ordinary[(*key, True)], ordinary[(*key, False)])


def test_they_come_on_the_day_of_the_reports_and_say_how_notices_are_to_be_sent(town: Made) -> None:
    reported = {Path(file).stem: Path(file).parts[2] for file in town.summary.files if "/wage_report/" in file}
    for path, row in summaries(town):
        assert path.parent.name == reported[reports_of(path)]
        assert row["notice_delivery"] == ("1" if path.stem.endswith("eltax") else "2")
        assert row["submission_kind"] == ("1" if "_0005_" in path.stem else "0")
