"""Each arm of each CASE of the law and each row of its tables is taken by many generated people; `-s` prints by how many."""

from concurrent.futures import ProcessPoolExecutor

import pytest
from branches import Parser, count, walked
from pool import Pool, Setting, city_parameters

from pipelines.assessment.step import steps
from pipelines.parameters import Table

LEAST = 30
# A designated city and not, and the year of the 定額減税; the others are the municipality with an exemption of its own.
SETTINGS: tuple[Setting, ...] = (
    (2022, None),
    (2024, "142140"),
    (2026, "041009"),
    (2023, None),
    (2025, None),
    (2027, None),
)
# branch: why fewer take it
RARELY_TAKEN = {
    "macros/divide: CASE 1 WHEN ": "0で割れば計算が止まる。一人でもいれば、どの人の税額も出ない",
    "levy/675_ways_after_change.bills_yen: CASE 1 WHEN (collection_method = 'none')": "徴収の方法を問わない事例だけ。納期の額を求めない",
}
RELATIVES = "relatives_of_all"
Counts = dict[str, int]


def most(counts: Counts, others: Counts) -> None:
    """Keep of each key the greater count."""
    for key, people in others.items():
        counts[key] = max(counts.get(key, 0), people)


def counted(setting: Setting) -> tuple[Counts, Counts]:
    """How many people take each branch, and how many stand on each edge of a table."""
    pool, parser = Pool(), Parser()
    con, table = pool.connection(setting[0]), pool.everyone(setting)
    parameters = city_parameters(*setting)
    relatives = "FROM case_relative"
    for step in steps("relatives")[:-1]:
        relatives = step.select.replace("FROM previous", f"FROM ({relatives}) AS previous")
    con.execute(f"CREATE TEMP TABLE {RELATIVES} AS {relatives}")
    taken: Counts = {}
    on_edge: Counts = {}
    for walk, people in (
        (walked(parser, parameters, "relatives"), RELATIVES),
        (walked(parser, parameters, "household", "income", "levy"), table),
    ):
        most(taken, count(con, people, walk.branches))
        most(on_edge, count(con, people, walk.edges))
    return with_years(taken, setting[0]), with_years(on_edge, setting[0])


def with_years(counts: Counts, fiscal_year: int) -> Counts:
    """The row of a table with the years in which the table says the same."""
    found: Counts = {}
    for key, people in counts.items():
        if key.startswith("parameters/"):
            name = key.removeprefix("parameters/").partition(":")[0]
            key = key.replace(name, f"{name} ({same_years(name, fiscal_year)})", 1)
        found[key] = people
    return found


def same_years(name: str, fiscal_year: int) -> str:
    """The first and the last year of those that have this year's table."""
    tables = {year: city_parameters(year, None).values[name] for year in range(2022, 2028)}
    here = tables[fiscal_year]
    assert isinstance(here, Table)
    years = [year for year, table in tables.items() if table == here]
    return f"{years[0]}〜{years[-1]}年度"


@pytest.mark.exhaustive
def test_every_branch_is_taken_by_many_people() -> None:
    taken: Counts = {}
    on_edge: Counts = {}
    with ProcessPoolExecutor(2) as processes:
        for branches, edges in processes.map(counted, SETTINGS):
            most(taken, branches)
            most(on_edge, edges)
    print("\n人数  分岐・表の行")
    for key, people in sorted(taken.items()):
        print(f"{people:>6}  {key}{'  ' + RARELY_TAKEN[key] if key in RARELY_TAKEN else ''}")
    missed = sorted(key for key, people in on_edge.items() if people == 0)
    print(f"表の境: {len(on_edge) - len(missed)} か所にちょうどの人がいる。いない境 {len(missed)}: {'、'.join(missed)}")
    assert {key for key, people in taken.items() if people < LEAST} == set(RARELY_TAKEN)
