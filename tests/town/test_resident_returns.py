"""Some file a return, some gave to other municipalities: files of the form that the layouts give, and a truth apart."""

from collections import defaultdict

import pytest
import yaml

from pipelines.paths import SCHEMAS
from tests.town.conftest import Made, item_names
from tests.town.test_received_files import FORMS

Items = dict[str, str]
Told = list[tuple[dict[str, str], Items]]


def layout_items(source: str) -> list[dict[str, object]]:
    raw = yaml.safe_load((SCHEMAS / f"intake/{source}/interim_1.yaml").read_text(encoding="utf-8"))
    return [item | {"codes": raw["code_lists"].get(item.get("codes"))} for item in raw["items"]]


def told(town: Made, source: str, truth: list[dict[str, str]]) -> Told:
    """Each row of the truth with its record."""
    records = {}
    for path in sorted((town.out / f"inbox/{source}").glob("*/*.csv")):
        for number, line in enumerate(path.read_bytes().decode("cp932").split("\r\n")[:-1], start=1):
            items = dict(zip(item_names("interim_1", source), line.split(","), strict=True))
            records[path.relative_to(town.out).as_posix(), str(number)] = items
    assert len(records) == len(truth)
    return [(row, records[row["file"], row["record_no"]]) for row in truth]


@pytest.fixture(scope="module")
def returns(town: Made) -> Told:
    return told(town, "resident_tax_return", town.resident_returns)


@pytest.fixture(scope="module")
def notices(town: Made) -> Told:
    return told(town, "one_stop_notice", town.one_stop)


@pytest.mark.parametrize(("source", "at_least"), [("resident_tax_return", 80), ("one_stop_notice", 500)])
def test_records_have_the_form_that_the_layout_gives(source: str, at_least: int, returns: Told, notices: Told) -> None:
    records = [items for _, items in (notices if source == "one_stop_notice" else returns)]
    assert len(records) >= at_least
    for item in layout_items(source):
        values = {items[str(item["name"])] for items in records}
        assert max(map(len, values)) <= int(str(item["width"])), item["name"]
        assert not (item.get("required") and "" in values), item["name"]
        if item["codes"]:
            assert values <= {*item["codes"], ""}, item["name"]
        elif item["kind"] == "signed":
            assert all(value.removeprefix("-").isdigit() or value == "" for value in values), item["name"]
        else:
            assert all(FORMS[str(item["kind"])].fullmatch(value) for value in values), item["name"]


def test_the_truth_tells_of_every_record(town: Made, returns: Told, notices: Told) -> None:
    assert town.summary.resident_tax_returns == len(returns)
    assert (town.summary.one_stop_notices, town.summary.one_stop_yen) == (
        len(notices),
        sum(int(items["donated_yen"]) for _, items in notices),
    )
    residents = {person["taxpayer_no"]: person for person in town.residents}
    for row, items in [*returns, *notices]:
        if row["taxpayer_no"]:
            person = residents[row["taxpayer_no"]]
            assert [items[name] for name in ("individual_number", "name", "born_on", "address")] == [
                person[name] for name in ("individual_number", "name", "born_on", "address")
            ]
        else:
            assert row["story"] == "elsewhere"


def test_who_has_nothing_reported_says_so_and_others_declare_all_they_have(town: Made, returns: Told) -> None:
    reported = {row["taxpayer_no"]: row for row in town.taxpayers}
    assert {row["kind"] for row, _ in returns} == {"no_income", "small_business", "side_income", "also_filed"}
    assert {row["channel"] for row, _ in returns} == {"paper", "electronic"}
    assert len({row["taxpayer_no"] for row, _ in returns}) == len(returns)
    for row, items in returns:
        assert (items["receipt_no"] != "") == (row["channel"] == "electronic")
        assert "2026-02-02" <= items["filed_on"] <= "2026-02-16"
        assert items["total_income_yen"] == row["total_income_yen"]
        if row["kind"] in ("no_income", "small_business"):
            assert row["taxpayer_no"] not in reported
            assert items["total_income_yen"] == (items["miscellaneous_business_yen"] or "0")
        else:
            assert items["employment_paid_yen"] == reported[row["taxpayer_no"]]["paid_yen"]
            assert int(items["payer_1_paid_yen"]) <= int(items["employment_paid_yen"])
        if row["kind"] == "side_income":  # 所得税法121条①: no income tax return up to 200,000 yen
            assert 0 < int(items["miscellaneous_yen"]) <= 200_000


def test_a_return_names_the_family_that_the_wage_report_names(town: Made, returns: Told) -> None:
    reports = {
        report.items["individual_number"]: report.items for report in town.whole() if not report.items["second_column"]
    }
    earners = [items for row, items in returns if row["kind"] in ("side_income", "also_filed")]
    named = [items for items in earners if items["dependant_1_number"] or items["under_16_1_number"]]
    assert named
    for items in named:
        report = reports.get(items["individual_number"])
        if report and report["dependant_1_number"]:
            assert items["dependant_1_number"] == report["dependant_1_number"]
            assert items["dependant_other_count"] == report["dependant_other_count"]


def test_whose_notices_are_void_follows_from_the_files(town: Made, returns: Told, notices: Told) -> None:
    """附則7条⑥⑬: more than five municipalities, a return, or a home elsewhere on 1 January."""
    here = {person["individual_number"] for person in town.residents}
    filed = {items["individual_number"]: items for _, items in returns}
    senders: dict[str, list[str]] = defaultdict(list)
    yen: dict[str, int] = defaultdict(int)
    for _, items in notices:
        senders[items["individual_number"]].append(items["sender_municipality"])
        yen[items["individual_number"]] += int(items["donated_yen"])
    assert all(len(set(given_to)) == len(given_to) <= 6 for given_to in senders.values())
    for row, items in notices:
        number = items["individual_number"]
        assert (row["void"] == "1") == (len(senders[number]) > 5 or number in filed or number not in here)
    assert {row["story"] for row, _ in notices} == {"none", "over_five", "also_filed", "elsewhere"}
    both = [number for row, items in notices if row["story"] == "also_filed" for number in [items["individual_number"]]]
    assert all(int(filed[number]["furusato_yen"]) == yen[number] for number in both)


def test_the_municipalities_that_send_them_do_not_exist(notices: Told) -> None:
    for code in {items["sender_municipality"] for _, items in notices}:
        weighted = sum(int(digit) * weight for digit, weight in zip(code[:5], (6, 5, 4, 3, 2), strict=True))
        assert code.startswith("99")
        assert int(code[5]) == (11 - weighted % 11) % 10
