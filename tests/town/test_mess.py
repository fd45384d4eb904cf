"""A messy town: as messy as asked, the same each time, and its truth tells of each record what is wrong with it."""

from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import yaml

from pipelines.errors import ConfigurationError
from pipelines.paths import ROOT, SCHEMAS
from pipelines.town import TownSummary, make_town
from pipelines.town.mess import drawn_kinds
from pipelines.town.mess_variants import address_variant, kana_variant, name_variant
from pipelines.town.settings import load_settings
from tests.town.conftest import Made, Report, read, table
from tests.town.test_same_town import digests
from tests.town.test_sample import SAMPLE, files

MESS = yaml.safe_load((SCHEMAS / "town/mess.yaml").read_text(encoding="utf-8"))
TOWN = {"people": 60, "seed": 7, "city": "041009", "fiscal_year": 2026}
# None of the pipeline's stages, and of the ground floor what knows files, days and places; least of all what compares names.
# One worker makes the towns once for all of these.
pytestmark = pytest.mark.xdist_group("mess")

MAY_IMPORT = {"calendar", "city", "errors", "exchange", "layout", "paths", "town", "yaml_file"}


@pytest.fixture(scope="module")
def as_sent(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, TownSummary]:
    out = tmp_path_factory.mktemp("messy")
    return out, make_town(out, people=3_000, seed=1, city="041009", fiscal_year=2026, mess=1.0)


@pytest.fixture(scope="module")
def no_characters(as_sent: tuple[Path, TownSummary]) -> set[tuple[str, int]]:
    """The wage report records that are no CP932."""
    found = set()
    for path in (as_sent[0] / "inbox/wage_report").glob("*/*.csv"):
        for number, line in enumerate(path.read_bytes().split(b"\r\n"), start=1):
            try:
                line.decode("cp932")
            except UnicodeDecodeError:
                found.add((path.relative_to(as_sent[0]).as_posix(), number))
    return found


@pytest.fixture(scope="module")
def messy(as_sent: tuple[Path, TownSummary], no_characters: set[tuple[str, int]]) -> Made:
    """What a reader makes of the town who leaves out what nobody can read."""
    out, summary = as_sent
    for name in MESS["files"].values():
        (out / "inbox/wage_report/2026-01-13" / name).unlink()
    for path in (out / "inbox/wage_report").glob("*/*.csv"):
        path.write_bytes(path.read_bytes().replace(b"\x81\x20", b""))
    return read(out, summary, "unified_147")


@pytest.fixture(scope="module")
def story(messy: Made) -> dict[tuple[str, int], dict[str, str]]:
    return {(row["file"], int(row["record_no"])): row for row in messy.documents}


def with_kind(
    messy: Made, story: dict[tuple[str, int], dict[str, str]], kind: str
) -> list[tuple[Report, dict[str, str]]]:
    """The readable reports of this kind, each with the resident whose it is (an empty row for who is none)."""
    person = {resident["taxpayer_no"]: resident for resident in messy.residents}
    found = []
    for report in messy.whole():
        row = story[report.file, report.record_no]
        if kind in row["difficulty"].split("+"):
            found.append((report, person.get(row["taxpayer_no"], {})))
    assert found, kind
    return found


def test_a_town_without_mess_is_the_town_of_before(tmp_path: Path) -> None:
    # Without asking for mess it is, too: test_sample.py.
    make_town(tmp_path, people=100, seed=1, city="041009", fiscal_year=2026, mess=0.0)
    assert files(tmp_path) == files(SAMPLE)


def test_the_same_mess_gives_the_same_bytes_and_another_gives_others(tmp_path: Path) -> None:
    for name, mess, seed in (("one", 0.6, 7), ("two", 0.6, 7), ("more", 0.9, 7), ("other", 0.6, 8)):
        make_town(tmp_path / name, **TOWN | {"seed": seed}, mess=mess)
    one = digests(tmp_path / "one")
    assert one == digests(tmp_path / "two")
    assert one != digests(tmp_path / "more")
    assert one != digests(tmp_path / "other")


def test_a_town_of_another_mess_in_the_same_place_is_refused(tmp_path: Path) -> None:
    first = make_town(tmp_path, **TOWN, mess=0.5)
    assert make_town(tmp_path, **TOWN, mess=0.5) == first
    for other in (0.0, 0.6):
        with pytest.raises(ConfigurationError, match="別の町"):
            make_town(tmp_path, **TOWN, mess=other)


@pytest.mark.parametrize("mess", [-0.1, 1.5, float("nan")])
def test_more_mess_than_there_is_is_refused(tmp_path: Path, mess: float) -> None:
    with pytest.raises(ConfigurationError) as refused:
        make_town(tmp_path, **TOWN, mess=mess)
    assert str(refused.value) == (
        f"町の乱れの程度が範囲の外です ／ 内容: {mess} ／ 正しい形: 0〜1 ／ 対処: 0（なし）から1までの数にしてください"
    )


def test_the_truth_tells_of_every_record_and_counts_every_job_once(
    messy: Made, story: dict[tuple[str, int], dict[str, str]]
) -> None:
    assert set(story) == {(report.file, report.record_no) for report in messy.reports}
    assert messy.summary.reports == len(messy.documents) == len(story)
    jobs = Counter((r["taxpayer_no"], r["payer_designated_no"]) for r in messy.documents if r["counts"] == "1")
    assert {count for job, count in jobs.items() if job[0]} == {1}
    paid: Counter[str] = Counter()
    for row in messy.documents:
        if row["counts"] == "1" and row["taxpayer_no"]:
            paid[row["taxpayer_no"]] += int(row["paid_yen"])
    assert {row["taxpayer_no"]: int(row["paid_yen"]) for row in messy.taxpayers} == paid


def test_every_kind_of_mess_occurs_and_is_counted(messy: Made) -> None:
    kinds = {kind for layer in MESS["records"].values() for kind in layer}
    kinds |= {"namesake_number", "claimed_twice", "elsewhere", "late", "corrected", "cancelled"}
    assert kinds - set(messy.summary.difficulties) == set()
    told = Counter(kind for row in messy.documents + messy.pensions for kind in row["difficulty"].split("+"))
    assert {k: n for k, n in messy.summary.difficulties.items() if k != "duplicate"} == {
        k: n for k, n in told.items() if k != "duplicate"
    }


@pytest.mark.parametrize(("level", "expected"), [(1.0, 250), (0.5, 125), (0.01, 2.5), (0.0, 0)])
def test_shares_shrink_evenly_with_the_mess(level: float, expected: float) -> None:
    settings = replace(load_settings(2026), mess_level=level)
    kinds = drawn_kinds(settings, 5, np.arange(100_000), {"other": 100, "no_number": 250})
    assert kinds.count("no_number") / 100 == pytest.approx(expected, rel=0.1)


def test_records_are_as_the_truth_tells(messy: Made, story: dict[tuple[str, int], dict[str, str]]) -> None:
    number_of = {resident["individual_number"]: resident for resident in messy.residents}
    for report, _ in with_kind(messy, story, "no_number"):
        assert report.items["individual_number"] == ""
    for report, _ in with_kind(messy, story, "wrong_number"):
        assert report.items["individual_number"] not in number_of
    for report, person in with_kind(messy, story, "stranger_number"):
        assert number_of[report.items["individual_number"]] != person
    for report, person in with_kind(messy, story, "namesake_number"):
        bearer = number_of[report.items["individual_number"]]
        assert [bearer[name] for name in ("name", "kana", "born_on")] == [
            person[name] for name in ("name", "kana", "born_on")
        ]
        assert bearer["taxpayer_no"] != person["taxpayer_no"]
        assert bearer["address"] != person["address"]
    for report, person in with_kind(messy, story, "former_name"):
        surname, given = report.items["name"].split()
        assert surname != person.get("name", "").split("　")[0]
        assert person.get("name", given).endswith(given)
    for report, _ in with_kind(messy, story, "after_the_cut"):
        assert report.file.startswith("inbox/wage_report/2026-06-11/")
        assert report.items["submission_kind"] == "1"


@pytest.mark.parametrize("kind", ["former_name", "former_address", "former_address_elsewhere"])
def test_the_register_tells_of_the_change_behind_most_of_what_documents_still_have(
    messy: Made, story: dict[tuple[str, int], dict[str, str]], kind: str
) -> None:
    item = "name" if kind == "former_name" else "address"
    former: dict[str, set[str]] = defaultdict(set)
    for path in (messy.out / "inbox/register_change").glob("*/*.csv"):
        for change in table(path):
            if change["happened_on"] < "2026-01-01":
                former[change["taxpayer_no"]].add(change[f"former_{item}"])
    records = [(report, person) for report, person in with_kind(messy, story, kind) if person]
    known = [report.items[item] in former[person["taxpayer_no"]] for report, person in records]
    told = MESS["told_by_register"] / 1000
    assert told - 0.1 < sum(known) / len(known) < 1


def test_whose_past_is_told_ends_as_the_register_has_them(messy: Made) -> None:
    person = {resident["taxpayer_no"]: resident for resident in messy.residents}
    last: dict[tuple[str, str], tuple[str, str]] = {}
    truth = {
        (row["taxpayer_no"], row["happened_on"])
        for row in table(messy.out / "truth/people_changes.csv")
        if row["story"] in ("moved_earlier", "renamed_earlier")
    }
    chained = 0
    for path in (messy.out / "inbox/register_change").glob("*/*.csv"):
        for change in sorted(table(path), key=lambda row: row["happened_on"]):
            if (change["taxpayer_no"], change["happened_on"]) not in truth:
                continue
            item = "name" if change["change_kind"] == "04" else "address"
            before = last.get((change["taxpayer_no"], item))
            assert before is None or before[1] == change[f"former_{item}"]
            chained += before is not None
            last[change["taxpayer_no"], item] = change["happened_on"], change[item]
    assert chained > 0
    assert len(last) > 100
    for (taxpayer_no, item), (happened_on, now) in last.items():
        assert happened_on < "2026-01-01"
        assert person[taxpayer_no][item] == now


def test_people_of_one_payer_have_each_others_numbers(
    messy: Made, story: dict[tuple[str, int], dict[str, str]]
) -> None:
    number_of = {resident["individual_number"]: resident["taxpayer_no"] for resident in messy.residents}
    swaps = set()
    for report, person in with_kind(messy, story, "colleague_number"):
        payer = story[report.file, report.record_no]["payer_designated_no"]
        if person and payer != "":
            swaps.add((payer, person["taxpayer_no"], number_of.get(report.items["individual_number"], "")))
    both = [swap for swap in swaps if (swap[0], swap[2], swap[1]) in swaps]
    assert len(both) > 20


def test_a_duplicate_is_the_same_record_in_another_file(
    messy: Made, story: dict[tuple[str, int], dict[str, str]]
) -> None:
    found: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for report, _ in with_kind(messy, story, "duplicate"):
        if report.items["employee_no"]:
            found[tuple(report.items.values())].append(story[report.file, report.record_no]["counts"])
    assert {tuple(sorted(counts)) for counts in found.values()} == {("0", "1")}


def test_some_residents_are_easily_taken_for_others(messy: Made) -> None:
    alike: dict[tuple[str, ...], list[dict[str, str]]] = defaultdict(list)
    homes: dict[str, set[str]] = defaultdict(set)
    for resident in messy.residents:
        alike[resident["kana"], resident["born_on"]].append(resident)
        homes[resident["address"]].add(resident["household_no"])
    same = [people for people in alike.values() if len(people) > 1]
    assert sum(len({p["name"] for p in people}) == 1 for people in same) > 20  # namesakes
    assert sum(len({p["name"] for p in people}) > 1 for people in same) > 5  # twins who differ only as written
    assert any(len({p["address"] for p in people}) == 1 for people in same)
    assert max(map(len, homes.values())) >= 5
    surnames = Counter(resident["name"].split("　")[0] for resident in messy.residents)
    assert sum(count for _, count in surnames.most_common(6)) > len(messy.residents) / 3


def test_both_of_a_couple_may_claim_the_same_children(
    messy: Made, story: dict[tuple[str, int], dict[str, str]]
) -> None:
    names = [f"under_16_{n}_number" for n in range(1, 5)] + [f"dependant_{n}_number" for n in range(1, 5)]
    claims = Counter(
        report.items[name]
        for report in messy.whole()
        for name in names
        if report.items[name] and story[report.file, report.record_no]["counts"] == "1"
    )
    twice = {number for number, count in claims.items() if count == 2}
    for report, _ in with_kind(messy, story, "claimed_twice"):
        if story[report.file, report.record_no]["counts"] == "1":
            assert twice & {report.items[name] for name in names}


def test_bytes_that_are_no_character_stand_in_undecodable_records_only(
    messy: Made, no_characters: set[tuple[str, int]]
) -> None:
    told = {(r["file"], int(r["record_no"])) for r in messy.documents if "undecodable" in r["difficulty"]}
    assert no_characters
    assert no_characters == {place for place in told if place[0].endswith(".csv")}


@pytest.mark.parametrize(
    ("kind", "name", "expected"),
    [
        ("old_form", "高橋　浩", "髙橋　浩"),
        ("old_form", "髙橋　浩", "高橋　浩"),
        ("old_form", "渡辺　恵子", "渡邊　惠子"),
        ("old_form", "林　茂", "林　茂"),
        ("name_joined", "林　茂", "林茂"),
        ("name_two_spaces", "林　茂", "林　　茂"),
    ],
)
def test_a_name_written_otherwise(kind: str, name: str, expected: str) -> None:
    assert name_variant(kind, name, MESS) == expected


@pytest.mark.parametrize(
    ("kind", "kana", "expected"),
    [
        ("large_kana", "ｻﾄｳ ｷｮｳｺ", "ｻﾄｳ ｷﾖｳｺ"),
        ("other_kana", "ﾀｼﾞﾏ ｼｽﾞｺ", "ﾀﾁﾞﾏ ｼﾂﾞｺ"),
        ("other_kana", "ｶﾂﾞｷ ﾅﾅ", "ｶｽﾞｷ ﾅﾅ"),
        ("long_kana", "ｵｵﾀ ﾕｳｷ", "ｵｰﾀ ﾕｰｷ"),
        ("short_kana", "ｲﾄｳ ﾕｳｷ", "ｲﾄ ﾕｷ"),
        ("short_kana", "ﾊﾔｼ ﾅﾅ", "ﾊﾔｼ ﾅﾅ"),
        ("kana_joined", "ﾊﾔｼ ﾅﾅ", "ﾊﾔｼﾅﾅ"),
    ],
)
def test_kana_written_otherwise(kind: str, kana: str, expected: str) -> None:
    assert kana_variant(kind, kana, MESS) == expected


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("hyphens", "宮城県仙台市泉区鏡池２－１０－２１　コーポ１０２"),
        ("kanji_figures", "宮城県仙台市泉区鏡池二丁目十番二十一号　コーポ１０２"),
        ("no_building", "宮城県仙台市泉区鏡池２丁目１０番２１号"),
        ("room_only", "宮城県仙台市泉区鏡池２－１０－２１－１０２"),
        ("no_prefecture", "仙台市泉区鏡池２丁目１０番２１号　コーポ１０２"),
    ],
)
def test_an_address_written_otherwise(kind: str, expected: str) -> None:
    assert address_variant(kind, "宮城県仙台市泉区鏡池２丁目１０番２１号　コーポ１０２", "－") == expected


def test_an_address_that_has_no_other_way_stays() -> None:
    for kind, address in (
        ("no_building", "宮城県仙台市泉区鏡池２丁目１０番２１号"),
        ("hyphens", "海野県潮見市汐入町３番地"),
    ):
        assert address_variant(kind, address, "－") == address


def test_every_letter_of_the_variants_is_one_that_a_report_can_hold() -> None:
    for old, new in MESS["old_forms"].items():
        assert [len(letter.encode("cp932")) for letter in (old, new)] == [2, 2]
    assert len(set(MESS["old_forms"].values())) == len(MESS["old_forms"])


def test_the_town_knows_nothing_of_matching() -> None:
    for path in sorted((ROOT / "pipelines/town").glob("*.py")):
        text = path.read_text(encoding="utf-8")
        imported = {
            line.split("pipelines.")[1].split(".")[0].split()[0] for line in text.split("\n") if is_import(line)
        }
        assert imported <= MAY_IMPORT, path.name
        assert "sql" not in text.lower(), path.name


def is_import(line: str) -> bool:
    return line.lstrip().startswith(("from pipelines.", "import pipelines."))
