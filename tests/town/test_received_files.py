"""What is received has the form that the layouts give: editions, encodings, widths, codes, prefixes, delivery notes."""

import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipelines.paths import SCHEMAS
from pipelines.town import make_town
from tests.town.conftest import Made, item_names, read, table

FULL_WIDTH = re.compile(r"[^\x00-\x7f｡-ﾟ]*")
HALF_KANA = re.compile(r"[ｦ-ﾟ]+ [ｦ-ﾟ]+")
FORMS = {
    "full": FULL_WIDTH,
    "half": re.compile(r"[\x21-\x7e]*"),
    "kana": HALF_KANA,
    "digits": re.compile(r"[0-9]*"),
    "free": re.compile(r".*"),
}


def items_of(edition: str) -> list[dict[str, Any]]:
    raw = yaml.safe_load((SCHEMAS / f"intake/wage_report/{edition}.yaml").read_text(encoding="utf-8"))
    return [item | {"codes": raw["code_lists"].get(item.get("codes"))} for item in raw["items"]]


@pytest.mark.parametrize("edition", ["unified_147", "unified_144"])
def test_records_have_the_form_that_the_layout_gives(edition: str, request: pytest.FixtureRequest) -> None:
    made: Made = request.getfixturevalue("town" if edition == "unified_147" else "year_before")
    assert len(made.whole()) > 1_000
    for item in items_of(edition):
        values = {report.items[item["name"]] for report in made.whole()}
        assert max(map(len, values)) <= item["width"], item["name"]
        if item.get("required"):
            assert "" not in values, item["name"]
        if item["codes"]:
            unknown = values - set(item["codes"]) - {""}
            assert unknown == ({"7"} if item["name"] == "employment_change" else set())
        else:
            assert all(FORMS[item["kind"]].fullmatch(value) for value in values), item["name"]


def test_short_records_are_the_planted_ones(town: Made) -> None:
    short = {(report.file, report.record_no) for report in town.reports if not report.items}
    told = {(r["file"], int(r["record_no"])) for r in town.documents if r["difficulty"] == "short_record"}
    assert short == told
    assert short


def test_lines_received_through_eltax_carry_a_prefix_and_no_others(town: Made) -> None:
    for path in (town.out / "inbox/wage_report").glob("*/*.csv"):
        lines = path.read_bytes().decode("cp932").split("\r\n")[:-1]
        marked = [bool(re.match(r"[0-9]{16}@315,", line)) for line in lines]
        assert marked == [path.name.endswith("_eltax.csv")] * len(lines)


def test_every_file_has_a_delivery_note_with_its_records_and_yen(town: Made) -> None:
    received = [path for path in (town.out / "inbox").rglob("*") if path.is_file() and path.suffix != ".yaml"]
    assert sorted(path.relative_to(town.out).as_posix() for path in received) == town.summary.files
    batches = set()
    returns = table(town.out / "truth/returns.csv")
    for path in received:
        note = yaml.safe_load(path.with_name(f"{path.name}.note.yaml").read_text(encoding="utf-8"))
        batches.add((note["sender"], note["batch"]))
        mine = [row for row in town.documents if row["file"] == path.relative_to(town.out).as_posix()]
        if path.parts[-3] == "pension_report":
            mine = [row for row in town.pensions if row["file"] == path.relative_to(town.out).as_posix()]
            assert (note["records"], note["paid_yen"]) == (len(mine), sum(int(row["paid_yen"]) for row in mine))
        elif path.parts[-3] in ("resident_tax_return", "one_stop_notice"):
            told, yen = (
                (town.one_stop, "donated_yen")
                if path.parts[-3] == "one_stop_notice"
                else (town.resident_returns, "total_income_yen")
            )
            paid = [int(row[yen]) for row in told if row["file"] == path.relative_to(town.out).as_posix()]
            assert (note["records"], note["paid_yen"]) == (len(paid), sum(paid))
        elif path.parts[-3] == "income_tax_return":
            filed = [row for row in returns if row["file"] == path.relative_to(town.out).as_posix()]
            total = sum(int(row["total_income_yen"]) for row in filed)
            assert (note["records"], note["paid_yen"]) == (len(filed), total)
        elif path.parts[-3] in ("employee_change", "pension_target"):
            rows = table(town.out / f"truth/{path.parts[-3]}s.csv")
            yen = sum(int(row.get("main_pension_yen", 0)) for row in rows)
            assert (note["records"], note["paid_yen"]) == (len(rows), yen)
        elif path.suffix == ".zip":
            with zipfile.ZipFile(path) as pages:
                assert (note["records"], note["paid_yen"]) == (len(pages.namelist()) - 1, 0)
        elif path.suffix == ".xml":
            reports = [report for report in town.reports if report.file == path.relative_to(town.out).as_posix()]
            paid = sum(report.yen("paid_yen") for report in reports if report.items)
            assert (note["records"], note["paid_yen"]) == (len(reports), paid)
        elif path.parts[-3] == "wage_report":
            lines = path.read_bytes().decode("cp932").split("\r\n")[:-1]
            records = [line.split("@", 1)[-1].split(",") for line in lines]
            paid = sum(int(items[16]) for items in records if len(items) == 147)  # a cut record is in no sum
            assert (note["records"], note["paid_yen"]) == (len(lines), paid)
            assert [int(row["record_no"]) for row in mine] == list(range(1, len(lines) + 1))
        else:
            assert note["records"] == len(table(path))
            assert "paid_yen" not in note
    assert len(batches) == len(received)


def test_some_employers_send_xml_one_large_file_and_many_small_ones(town: Made) -> None:
    counts: dict[str, int] = {}
    for report in town.reports:
        if report.file.endswith(".xml"):
            counts[report.file] = counts.get(report.file, 0) + 1
    own = [count for file, count in counts.items() if "wage_report_0004" not in file]
    assert len(own) == 20
    assert max(own) < 30
    assert counts["inbox/wage_report/2026-01-30/wage_report_0004_eltax.xml"] > 500
    for employers in ({r["payer_designated_no"] for r in town.documents if r["file"] == file} for file in counts):
        assert len(employers) == 1 or len(employers) > 100


def test_files_come_on_several_business_days_of_january_and_february(town: Made) -> None:
    days = {Path(file).parts[2] for file in town.summary.files if "wage_report" in file}
    assert days == {"2026-01-13", "2026-01-20", "2026-01-27", "2026-01-30", "2026-02-06", "2026-02-17"}
    assert "inbox/resident_register/2026-01-05/resident_register.csv" in town.summary.files


def test_an_employers_reports_stand_together_in_one_regular_file(town: Made) -> None:
    for kind in ("0", "1"):
        seen: dict[str, str] = {}
        previous = ""
        for row in town.documents:
            employer = row["payer_designated_no"]
            if row["submission_kind"] == kind:
                assert employer == previous or employer not in seen
                seen[employer] = row["file"]
                previous = employer


def test_a_file_in_the_2014_edition_is_made_only_when_asked_for(tmp_path: Path, town: Made) -> None:
    summary = make_town(tmp_path, people=200, seed=1, city="041009", fiscal_year=2026, edition_2014=True)
    path = tmp_path / "inbox/wage_report/2026-02-18/wage_report_0007_disc.csv"
    lines = path.read_bytes().decode("cp932").split("\r\n")[:-1]
    names = item_names("2014")
    records = [dict(zip(names, line.split(","), strict=True)) for line in lines]
    assert len(records) == 3
    assert all(HALF_KANA.fullmatch(record["kana"]) and record["city_code"] == "041009" for record in records)
    assert path.relative_to(tmp_path).as_posix() in summary.files
    assert not any("wage_report_0007_disc" in file for file in town.summary.files)


def test_the_register_holds_households_with_their_head_first(town: Made) -> None:
    assert len(town.residents) == town.summary.residents == 6_000
    heads: set[str] = set()
    for person in town.residents:
        assert (person["relationship"] == "世帯主") == (person["household_no"] not in heads)
        heads.add(person["household_no"])
        assert person["fiscal_year"] == "2026"
        assert person["born_on"] <= "2025-12-31"
        assert re.fullmatch(r"[ァ-ヶー]+　[ァ-ヶー]+", person["kana"])
        assert re.fullmatch(r"000-\d{4}", person["postcode"])


def test_addresses_and_codes_are_the_citys_own(town: Made, tmp_path: Path) -> None:
    wards = {person["ward_code"] for person in town.residents}
    assert wards == {"041017", "041025", "041033", "041041", "041050"}
    assert all(FULL_WIDTH.fullmatch(p["address"]) and p["address"].startswith("宮城県仙台市") for p in town.residents)
    kazo = read(tmp_path, make_town(tmp_path, people=200, seed=1, city="112101", fiscal_year=2026), "unified_147")
    assert {person["ward_code"] for person in kazo.residents} == {"112101"}
    assert all(person["address"].startswith("埼玉県加須市") for person in kazo.residents)
    assert {report.items["city_code"] for report in kazo.whole()} == {"112101"}


def test_the_health_insurance_lists_whole_households_of_the_insured(town: Made) -> None:
    size: dict[str, int] = {}
    for person in town.residents:
        size[person["household_no"]] = size.get(person["household_no"], 0) + 1
    listed: dict[str, list[str]] = {}
    for row in town.membership:
        listed.setdefault(row["household_no"], []).append(row["role"])
    assert all("insured" in roles and len(roles) == size[number] for number, roles in listed.items())
    born = {person["taxpayer_no"]: person["born_on"] for person in town.residents}
    assert all(born[r["taxpayer_no"]] > "1950-12-31" for r in town.membership if r["role"] == "insured")
    assert 0.1 < sum(r["role"] == "insured" for r in town.membership) / len(town.residents) < 0.3
