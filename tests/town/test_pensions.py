"""The elderly have pensions: reports of the form that the layout gives, whose figures fit, and a truth apart."""

from collections import Counter
from statistics import median

import pytest
import yaml

from pipelines.paths import SCHEMAS
from tests.town.conftest import Made, xml_items
from tests.town.test_received_files import FORMS

Items = dict[str, str]


def layout_items() -> list[dict[str, object]]:
    raw = yaml.safe_load((SCHEMAS / "intake/pension_report/interim_1.yaml").read_text(encoding="utf-8"))
    return [item | {"codes": raw["code_lists"].get(item.get("codes"))} for item in raw["items"]]


@pytest.fixture(scope="module")
def records(town: Made) -> list[tuple[dict[str, str], Items]]:
    """Each pension report with its row of the truth."""
    names = [str(item["name"]) for item in layout_items()]
    found = []
    truth = {(row["file"], int(row["record_no"])): row for row in town.pensions}
    for path in sorted((town.out / "inbox/pension_report").glob("*/*.csv")):
        for number, line in enumerate(path.read_bytes().decode("cp932").split("\r\n")[:-1], start=1):
            items = dict(zip(names, line.split("@")[1].split(","), strict=True))
            found.append((truth[path.relative_to(town.out).as_posix(), number], items))
    for path in sorted((town.out / "inbox/pension_report").glob("*/*.xml")):
        for number, items in enumerate(xml_items(path, "pension_report", "interim_1"), start=1):
            found.append((truth[path.relative_to(town.out).as_posix(), number], items))
    return found


def yen(items: Items, kind: str) -> int:
    return sum(int(items[f"part_{part}_{kind}_yen"] or 0) for part in range(1, 5))


def test_records_have_the_form_that_the_layout_gives(records: list[tuple[dict[str, str], Items]]) -> None:
    assert len(records) > 1_500
    for item in layout_items():
        values = {items[str(item["name"])] for _, items in records}
        assert max(map(len, values)) <= int(str(item["width"])), item["name"]
        assert not (item.get("required") and "" in values), item["name"]
        if item["codes"]:
            assert values <= {*item["codes"], ""}, item["name"]
        else:
            assert all(FORMS[str(item["kind"])].fullmatch(value) for value in values), item["name"]


def test_the_truth_tells_of_every_record(town: Made, records: list[tuple[dict[str, str], Items]]) -> None:
    assert len(records) == len(town.pensions) == town.summary.pension_reports
    assert [int(row["paid_yen"]) for row, _ in records] == [yen(items, "paid") for _, items in records]
    assert town.summary.pension_yen == sum(yen(items, "paid") for _, items in records)
    residents = {person["taxpayer_no"]: person for person in town.residents}
    for row, items in records:
        if row["difficulty"] == "none":
            person = residents[row["taxpayer_no"]]
            assert [items[name] for name in ("individual_number", "name", "address")] == [
                person[name] for name in ("individual_number", "name", "address")
            ]
    assert {"none", "no_number", "moved", "bad_check_digit"} == {row["difficulty"] for row, _ in records}


def test_nearly_everybody_from_65_on_has_one_main_pension_and_nobody_below(
    town: Made, records: list[tuple[dict[str, str], Items]]
) -> None:
    old = {person["taxpayer_no"] for person in town.residents if person["born_on"] <= "1961-01-01"}
    main = Counter(row["taxpayer_no"] for row, items in records if items["part_1_paid_yen"])
    funds = Counter(row["taxpayer_no"] for row, items in records if items["part_3_paid_yen"])
    assert set(main.values()) == {1}
    assert set(main) <= old
    assert town.summary.pensioners == len(main) > 0.95 * len(old)
    assert set(funds) <= set(main)
    assert 0.1 < len(funds) / len(main) < 0.35


def test_the_figures_look_like_pensions_and_fit(records: list[tuple[dict[str, str], Items]]) -> None:
    main = [items for _, items in records if items["part_1_paid_yen"]]
    assert 1_500_000 < median(yen(items, "paid") for items in main) < 2_100_000
    withheld = 0
    for items in main:
        paid, insurance = yen(items, "paid"), int(items["social_insurance_yen"])
        assert 0 < insurance * 3 <= paid
        spouse = {"2": 0, "1": 390_000, "3": 480_000}[items["spouse_kind"]]
        own = 420_000 * (items["self_special_disability"] == "1") + 270_000 * (items["self_other_disability"] == "1")
        # 所得税法203条の3, about: 5.105 % of what insurance, base and relatives leave.
        taxable = max(paid - insurance - max(paid // 4 + 780_000, 1_620_000) - spouse - own, 0)
        assert yen(items, "withheld") == taxable * 5_105 // 100_000
        assert (items["spouse_kind"] == "2") == (items["spouse_name"] == "")
        withheld += taxable > 0
    assert 0.1 < withheld / len(main) < 0.7
    for _, items in records:
        if items["part_3_paid_yen"]:
            assert yen(items, "withheld") == yen(items, "paid") * 76_575 // 1_000_000
            assert items["social_insurance_yen"] == items["spouse_kind"] == ""


def test_who_is_claimed_in_a_wage_report_has_a_small_pension(
    town: Made, records: list[tuple[dict[str, str], Items]]
) -> None:
    paid = {items["individual_number"]: yen(items, "paid") for _, items in records if items["part_1_paid_yen"]}
    names = ["spouse_number", *(f"dependant_{n}_number" for n in range(1, 5))]
    claimed = {report.items[name] for report in town.whole() for name in names} & set(paid)
    assert len(claimed) > 20
    # 1,100,000 is the least 公的年金等控除 from 65 on, 580,000 the limit of income (所得税法2条1項33号・34号).
    assert max(paid[number] for number in claimed) <= 1_680_000


def test_nobody_is_claimed_as_spouse_both_in_a_wage_and_in_a_pension_report(
    town: Made, records: list[tuple[dict[str, str], Items]]
) -> None:
    in_pensions = [items["spouse_number"] for _, items in records if items["spouse_number"]]
    assert len(set(in_pensions)) == len(in_pensions) > 50
    assert not {report.items["spouse_number"] for report in town.whole()} & set(in_pensions)


def test_a_large_town_s_pensions_come_in_parts(tmp_path, monkeypatch) -> None:
    from pipelines.town import make_town
    from pipelines.town.settings import load_settings

    settings = load_settings(2026)
    monkeypatch.setattr("pipelines.town.make.load_settings", lambda year: settings)
    monkeypatch.setitem(settings.pensions, "file_people", 3_000)
    monkeypatch.setitem(settings.people, "block_people", 500)
    summary = make_town(tmp_path, people=6_000, seed=1, city="041009", fiscal_year=2026)
    names = [name.rsplit("/", 1)[1] for name in summary.files if "/pension_report/" in name]
    assert sorted(names) == [
        "pension_report_0001_eltax.csv",
        "pension_report_0002_eltax.xml",
        "pension_report_0003_eltax.csv",
        "pension_report_0004_eltax.xml",
    ]
