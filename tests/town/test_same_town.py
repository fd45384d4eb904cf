"""A town is a function of its arguments: the same give the same bytes, wherever, whenever and in whatever order."""

import hashlib
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from pipelines.errors import ConfigurationError
from pipelines.town import make_town
from pipelines.town.employers import Employers
from pipelines.town.reports import Block, Town, block_of
from pipelines.town.settings import load_settings
from tests.town.conftest import Made


def digests(out: Path) -> dict[str, str]:
    files = [path for path in out.rglob("*") if path.is_file()]
    return {path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def plan(people: int, seed: int = 1) -> Town:
    settings = load_settings(2026)
    return Town(people, seed, "041009", 2026, settings, Employers(1000, 4, seed, settings), edition_2014=False)


def same_rows(left: Block, right: Block) -> bool:
    return left.rows.keys() == right.rows.keys() and all(
        np.array_equal(left.rows[name], right.rows[name]) for name in left.rows
    )


def test_the_same_arguments_give_the_same_bytes(tmp_path: Path) -> None:
    arguments = {"people": 300, "seed": 7, "city": "041009", "fiscal_year": 2026}
    make_town(tmp_path / "one", **arguments)
    make_town(tmp_path / "two", **arguments)
    assert digests(tmp_path / "one") == digests(tmp_path / "two")


def has_records(path: Path) -> bool:
    """A CSV with more than its header: a small town may have no leaver."""
    return path.suffix == ".csv" and path.read_bytes().count(b"\n") > 1


@pytest.mark.parametrize("other", [{"seed": 8}, {"city": "112101"}, {"fiscal_year": 2025}])
def test_another_seed_city_or_year_gives_other_bytes(tmp_path: Path, other: dict[str, int | str]) -> None:
    arguments: dict[str, int | str] = {"people": 300, "seed": 7, "city": "041009", "fiscal_year": 2026}
    make_town(tmp_path / "one", **arguments)
    make_town(tmp_path / "two", **arguments | other)
    one, two = (
        {digest for name, digest in digests(tmp_path / which).items() if has_records(tmp_path / which / name)}
        for which in ("one", "two")
    )
    assert one
    assert not one & two


def test_the_same_town_again_changes_nothing(tmp_path: Path) -> None:
    first = make_town(tmp_path, people=50, seed=1, city="041009", fiscal_year=2026)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    assert make_town(tmp_path, people=50, seed=1, city="041009", fiscal_year=2026) == first
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_another_town_in_the_same_place_is_refused(tmp_path: Path) -> None:
    make_town(tmp_path, people=50, seed=1, city="041009", fiscal_year=2026)
    with pytest.raises(ConfigurationError) as refused:
        make_town(tmp_path, people=51, seed=1, city="041009", fiscal_year=2026)
    assert str(refused.value) == (
        "この場所には別の町があります ／ ファイル: truth/town.json ／ 対処: 空のフォルダを出力先に指定してください"
    )


def test_an_interrupted_making_leaves_nothing_in_the_inbox_and_does_not_stop_the_next(tmp_path: Path) -> None:
    (tmp_path / ".making/inbox/wage_report").mkdir(parents=True)
    (tmp_path / ".making/inbox/wage_report/half.csv").write_text("half")
    make_town(tmp_path, people=50, seed=1, city="041009", fiscal_year=2026)
    assert not (tmp_path / ".making").exists()
    assert not list(tmp_path.rglob("half.csv"))


def test_a_town_without_people_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as refused:
        make_town(tmp_path, people=0, seed=1, city="041009", fiscal_year=2026)
    assert str(refused.value) == (
        "町の人数が範囲の外です ／ 内容: 0 ／ 正しい形: 1〜20000000 ／ 対処: 人数を直してください"
    )


def test_a_year_without_an_income_tax_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as refused:
        make_town(tmp_path, people=5, seed=1, city="041009", fiscal_year=2019)
    assert str(refused.value) == (
        "この年度の町は作れません ／ ファイル: schemas/town/income_tax/2019.yaml ／ 正しい形: 2025・2026"
        " ／ 対処: 年度を直すか、その年分の所得税の表を加えてください"
    )


def test_a_block_does_not_depend_on_those_made_before_it() -> None:
    alone = block_of(plan(15_000), 2)
    in_order = [block_of(plan(15_000), number) for number in range(3)][2]
    assert same_rows(alone, in_order)


def test_a_larger_town_begins_with_the_people_of_a_smaller_one() -> None:
    small, large = block_of(plan(1_200), 0).people, block_of(plan(15_000), 0).people
    here = large.index < 1_200
    for field in fields(small):
        column = getattr(small, field.name)[~small.elsewhere]
        assert np.array_equal(column, getattr(large, field.name)[here]), field.name


def test_the_year_before_shows_the_same_people_without_those_not_yet_born(town: Made, year_before: Made) -> None:
    same = ("taxpayer_no", "household_no", "individual_number", "name", "born_on", "sex", "address")
    born = [[person[name] for name in same] for person in town.residents if person["born_on"] < "2025-01-01"]
    assert born == [[person[name] for name in same] for person in year_before.residents]
    assert len(born) < len(town.residents)


def test_every_block_and_file_is_bounded_however_large_the_town() -> None:
    settings = load_settings(2026)
    rules = settings.employers
    people = 3_000_000
    employers = Employers(people // rules["people_per_employer"], people // rules["file_people"], 1, settings)
    draws = np.random.default_rng(1).random(600_000)
    in_file = np.bincount(employers.file_of(employers.chosen(draws)), minlength=employers.files)
    assert in_file.max() < 1.1 * in_file.mean()
    assert len(block_of(plan(people), 500).people) < 1.05 * settings.people["block_people"]
