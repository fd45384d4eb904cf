"""The truth tells of every record whose it is, and of every taxpayer what is really so; it holds no personal data."""

from collections import Counter

import yaml

from pipelines.paths import SCHEMAS
from tests.town.conftest import Made


def test_the_truth_tells_of_every_record_once(town: Made) -> None:
    told = [(row["file"], int(row["record_no"])) for row in town.documents]
    assert len(set(told)) == len(told)
    assert set(told) == {(report.file, report.record_no) for report in town.reports}
    assert town.summary.reports == len(told)
    readable = [int(row["paid_yen"]) for row in town.documents if row["difficulty"] != "short_record"]
    assert town.summary.paid_yen == sum(readable)


def test_every_true_job_is_in_exactly_one_record_that_counts(town: Made) -> None:
    jobs = Counter((r["taxpayer_no"], r["payer_designated_no"]) for r in town.documents if r["counts"] == "1")
    residents = {job: count for job, count in jobs.items() if job[0]}
    assert set(residents.values()) == {1}
    reports = Counter(taxpayer for taxpayer, _ in residents)
    assert {row["taxpayer_no"]: int(row["report_count"]) for row in town.taxpayers} == reports


def test_the_true_totals_are_those_of_the_records_that_count(town: Made) -> None:
    paid: Counter[str] = Counter()
    for row in town.documents:
        if row["counts"] == "1" and row["taxpayer_no"]:
            paid[row["taxpayer_no"]] += int(row["paid_yen"])
    assert {row["taxpayer_no"]: int(row["paid_yen"]) for row in town.taxpayers} == paid
    assert town.summary.workers == len(paid)


def test_records_without_a_difficulty_carry_the_residents_own_number_name_and_address(town: Made) -> None:
    residents = {person["taxpayer_no"]: person for person in town.residents}
    stories = {(row["file"], int(row["record_no"])): row for row in town.documents}
    clean = 0
    for report in town.whole():
        story = stories[report.file, report.record_no]
        if story["difficulty"] == "none":
            person = residents[story["taxpayer_no"]]
            for name in ("individual_number", "name", "address"):
                assert report.items[name] == person[name]
            clean += 1
    assert clean > 2_000


def test_people_of_elsewhere_are_in_no_register(town: Made) -> None:
    numbers = {person["individual_number"] for person in town.residents}
    stories = {(row["file"], int(row["record_no"])): row for row in town.documents}
    strangers = [r for r in town.whole() if stories[r.file, r.record_no]["difficulty"] == "elsewhere"]
    assert strangers
    for report in strangers:
        assert report.items["individual_number"] not in numbers
        assert not report.items["address"].startswith("宮城県")
        assert stories[report.file, report.record_no]["taxpayer_no"] == ""


def test_a_correction_follows_a_report_that_was_too_low(town: Made) -> None:
    corrections = [row for row in town.documents if row["submission_kind"] == "2"]
    assert corrections
    for row in corrections:
        same = (row["taxpayer_no"], row["payer_designated_no"])
        (first,) = [
            r
            for r in town.documents
            if (r["taxpayer_no"], r["payer_designated_no"]) == same and r["submission_kind"] == "0"
        ]
        assert (first["counts"], row["counts"]) == ("0", "1")
        assert int(first["paid_yen"]) == int(row["paid_yen"]) * 93 // 100
        assert first["file"] < row["file"]


def test_a_cancellation_takes_back_the_same_record(town: Made) -> None:
    reports = {(report.file, report.record_no): report.items for report in town.reports}
    cancelled: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in town.documents:
        if row["difficulty"] == "cancelled":
            cancelled.setdefault((row["taxpayer_no"], row["payer_designated_no"]), []).append(row)
    assert cancelled
    for rows in cancelled.values():
        assert sorted(row["submission_kind"] for row in rows) == ["0", "3"]
        assert {row["counts"] for row in rows} == {"0"}
        first, second = (reports[row["file"], int(row["record_no"])] for row in rows)
        assert first | {"submission_kind": ""} == second | {"submission_kind": ""}


def test_every_difficulty_occurs_at_least_as_often_as_written(town: Made) -> None:
    rules = yaml.safe_load((SCHEMAS / "town/difficulties.yaml").read_text(encoding="utf-8"))
    kinds = rules["of_reports"] | rules["of_people"] | rules["of_jobs"]
    del kinds["dependant_over_limit"]
    assert set(kinds) == set(town.summary.difficulties) - {"none"}
    for kind, rule in kinds.items():
        assert town.summary.difficulties[kind] >= rule["at_least"], kind
    share = {kind: count / town.summary.reports for kind, count in town.summary.difficulties.items()}
    assert 0.012 < share["no_number"] < 0.03
    assert 0.005 < share["moved"] < 0.017
    assert 0.9 < share["none"] < 0.98


def test_the_truth_holds_neither_numbers_nor_names(town: Made) -> None:
    numbers = [person["individual_number"] for person in town.residents]
    names = {person["name"] for person in town.residents} | {person["kana"] for person in town.residents}
    for path in (town.out / "truth").iterdir():
        text = path.read_text(encoding="utf-8")
        assert not any(number in text for number in numbers)
        assert not any(name in text for name in names)
