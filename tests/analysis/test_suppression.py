"""A hidden cell cannot be computed from what is shown: for each, the attacker is left with a wide range."""

import duckdb
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pipelines.analysis.settings import settings as analysis_settings
from pipelines.analysis.statistics import TOTAL, merged, shown
from pipelines.analysis.suppression import MERGED, Cell, hidden_cells, merge_small
from tests.analysis.attacker import possible_span
from tests.analysis.conftest import PEOPLE

THRESHOLD = analysis_settings().threshold.value
VIEWS = [(f"statistics_{table.name}", table.rows, table.columns) for table in analysis_settings().statistics]


def grid(*rows: tuple[int, ...]) -> dict[Cell, int]:
    return {(f"r{i}", f"c{j}"): persons for i, row in enumerate(rows) for j, persons in enumerate(row)}


def test_the_attacker_computes_a_cell_that_is_hidden_alone_or_only_with_its_neighbour() -> None:
    counts = grid((3, 40), (50, 60))
    assert possible_span(counts, {("r0", "c0")}, ("r0", "c0")) == 0
    assert possible_span(counts, {("r0", "c0"), ("r0", "c1")}, ("r0", "c0")) == 0


def test_the_attacker_narrows_a_cell_whose_rectangle_is_small() -> None:
    # 3 can become 4 at the expense of the single person beside it, or give its 3 away
    counts = grid((3, 1), (50, 60))
    assert possible_span(counts, set(counts), ("r0", "c0")) == 4


def test_a_small_cell_takes_three_others_with_it() -> None:
    counts = grid((3, 40, 90), (50, 60, 80), (70, 20, 30))
    hidden = hidden_cells(counts, THRESHOLD)
    # fewest persons: 3 + 40 + 70 + 20 = 133; the other rectangles hold 153 (50, 60), 193 (90, 70) and 223 (90, 50)
    assert hidden == {("r0", "c0"), ("r0", "c1"), ("r2", "c0"), ("r2", "c1")}


def test_without_a_rectangle_of_enough_persons_everything_inside_is_hidden() -> None:
    counts = grid((9, 2), (3, 9))
    assert hidden_cells(counts, THRESHOLD) == set(counts)


def test_nothing_is_hidden_where_every_cell_has_enough_or_nobody() -> None:
    assert hidden_cells(grid((10, 0), (11, 12)), THRESHOLD) == set()


def test_small_categories_are_joined_until_they_have_enough() -> None:
    assert merge_small({"a": 100, "b": 4, "c": 12, "d": 3}, 10) == {"a": "a", "b": MERGED, "c": MERGED, "d": MERGED}
    assert merge_small({"a": 100, "b": 4, "d": 6}, 10) == {"a": "a", "b": MERGED, "d": MERGED}
    assert merge_small({"a": 100, "b": 10}, 10) == {"a": "a", "b": "b"}


def tables(width: int) -> st.SearchStrategy[list[list[int]]]:
    cell = st.one_of(st.integers(0, 12), st.integers(0, 200))
    return st.lists(st.lists(cell, min_size=width, max_size=width), min_size=1, max_size=5)


@settings(max_examples=200, deadline=None)
@given(st.integers(1, 5).flatmap(tables))
def test_whatever_the_table_each_hidden_cell_may_hold_a_wide_range(rows: list[list[int]]) -> None:
    persons = {cell: n for cell, n in grid(*map(tuple, rows)).items() if n}
    assume(sum(persons.values()) >= THRESHOLD)
    counts = merged(persons, THRESHOLD)
    hidden = hidden_cells(counts, THRESHOLD)
    assert sum(counts.values()) == sum(persons.values())
    assert {cell for cell, n in counts.items() if 0 < n < THRESHOLD} <= hidden
    assert [cell for cell in sorted(hidden) if possible_span(counts, hidden, cell) < THRESHOLD] == []


def test_the_order_of_the_cells_does_not_matter() -> None:
    counts = grid((3, 40, 90), (50, 60, 5), (70, 20, 30))
    assert hidden_cells(dict(reversed(counts.items())), THRESHOLD) == hidden_cells(counts, THRESHOLD)


def test_a_hidden_cell_has_no_number_and_totals_stay() -> None:
    rows = {row[2:4]: row[4:] for row in shown(grid((3, 20), (20, 20)), THRESHOLD)}
    assert rows["r0", "c0"] == (True, None)
    assert rows["r0", TOTAL] == (False, 23)
    assert rows[TOTAL, TOTAL] == (False, 63)


@pytest.mark.parametrize(("view", "rows", "columns"), VIEWS)
def test_no_view_shows_a_small_cell(con: duckdb.DuckDBPyConnection, view: str, rows: str, columns: str) -> None:
    cells = con.execute(f"SELECT suppressed, taxpayer_count FROM {view}").fetchall()
    assert [persons for hidden, persons in cells if not hidden and 0 < persons < THRESHOLD] == []
    assert {persons for hidden, persons in cells if hidden} <= {None}
    assert len(cells) > 6


@pytest.mark.parametrize(("view", "rows", "columns"), VIEWS)
def test_no_hidden_cell_of_a_view_is_the_difference_of_others(
    con: duckdb.DuckDBPyConnection, view: str, rows: str, columns: str
) -> None:
    """No line hides one cell alone, and what a line hides is together enough persons (the total less what is shown)."""
    for line in (rows, columns):
        hidden = con.execute(
            f"SELECT count(*) FILTER (WHERE suppressed), "
            f"max(taxpayer_count) - sum(taxpayer_count) FILTER (WHERE '計' NOT IN ({rows}, {columns})) "
            f"FROM {view} WHERE {line} <> '計' GROUP BY {line} HAVING bool_or(suppressed) ORDER BY {line}"
        ).fetchall()
        assert [row for row in hidden if row[0] < 2 or (row[1] is not None and row[1] < THRESHOLD)] == []


def test_no_table_shows_in_other_words_what_another_hides() -> None:
    """Who is billed has no employer's size: crossed with the same dimension, one of the two would tell the other."""
    crossed = [{rows, columns} for _, rows, columns in VIEWS]
    by_method = {name for pair in crossed if "collection_method" in pair for name in pair - {"collection_method"}}
    by_size = {name for pair in crossed if "employer_size_band" in pair for name in pair - {"employer_size_band"}}
    assert by_method
    assert by_size
    assert by_method & by_size == set()


def test_every_table_has_the_same_total(con: duckdb.DuckDBPyConnection) -> None:
    totals = con.execute(
        "SELECT DISTINCT taxpayer_count FROM statistics_cell WHERE row_category = '計' AND column_category = '計'"
    ).fetchall()
    assert totals == [(PEOPLE,)]


def test_no_table_has_yen_which_would_tell_how_many_pay_the_per_capita_levy_alone(
    con: duckdb.DuckDBPyConnection,
) -> None:
    rows = con.execute("SELECT column_name FROM duckdb_columns() WHERE table_name LIKE 'statistics%'").fetchall()
    assert rows
    assert [name for (name,) in rows if name.endswith("_yen")] == []


def test_some_cells_are_hidden_and_more_are_shown(con: duckdb.DuckDBPyConnection) -> None:
    hidden, visible = con.execute(
        "SELECT count(*) FILTER (WHERE suppressed), count(*) FILTER (WHERE NOT suppressed) FROM statistics_cell"
    ).fetchall()[0]
    assert 20 < hidden < visible
