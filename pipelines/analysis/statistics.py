"""The statistics: tables of two dimensions with their totals, and small cells taken out before anything is written.

Persons only. Sums of yen would give hidden cells away: whoever pays the per-capita levy alone pays the same as the next.
"""

from collections import Counter
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from pipelines.analysis.settings import Settings, Statistics
from pipelines.analysis.suppression import Cell, Counts, hidden_cells, merge_small

if TYPE_CHECKING:
    from pipelines.ledger import LedgerSession

TOTAL = "計"
FIELDS: "list[pa.Field[Any]]" = [
    pa.field("fiscal_year", pa.int32()),
    pa.field("statistics", pa.string()),
    pa.field("row_no", pa.int32()),
    pa.field("column_no", pa.int32()),
    pa.field("row_category", pa.string()),
    pa.field("column_category", pa.string()),
    pa.field("suppressed", pa.bool_()),
    pa.field("taxpayer_count", pa.int64()),
]
SCHEMA = pa.schema(FIELDS)


def merged(counts: Counts, threshold: int) -> dict[Cell, int]:
    """`counts` with categories joined until each has `threshold` persons, and as a full grid."""
    rows, columns = (merge_small(_totals(counts, axis), threshold) for axis in (0, 1))
    joined: Counter[Cell] = Counter()
    for (row, column), persons in counts.items():
        joined[rows[row], columns[column]] += persons
    return {
        (row, column): joined[row, column]
        for row in sorted(set(rows.values()))
        for column in sorted(set(columns.values()))
    }


def keep_statistics(session: "LedgerSession", settings: Settings, fiscal_year: int) -> int:
    """Keep TEMP table `statistics_cell` from TEMP table `person`: every table's cells and totals; how many are hidden.

    No cell at all when there are fewer persons than the threshold.
    """
    threshold = settings.threshold.value
    rows: list[tuple[object, ...]] = []
    for statistics in settings.statistics:
        counts = _read(session, statistics)
        if sum(counts.values()) >= threshold:
            rows += [(fiscal_year, statistics.name, *row) for row in shown(merged(counts, threshold), threshold)]
    columns = list(zip(*rows, strict=True)) or [()] * len(SCHEMA)
    session.con.register(
        "statistics_rows", pa.table([pa.array(c, f.type) for c, f in zip(columns, SCHEMA, strict=True)], schema=SCHEMA)
    )
    session.con.execute(
        "CREATE OR REPLACE TEMP TABLE statistics_cell AS "
        "SELECT * FROM statistics_rows ORDER BY statistics, row_no, column_no"
    )
    session.con.unregister("statistics_rows")
    return sum(bool(row[SCHEMA.get_field_index("suppressed")]) for row in rows)


def shown(counts: Counts, threshold: int) -> list[tuple[object, ...]]:
    """The full grid `counts` as it is shown, from `row_no` on: every cell and total, hidden cells without a number."""
    hidden = hidden_cells(counts, threshold)
    rows, columns = (_totals(counts, axis) for axis in (0, 1))
    cells = dict(counts)
    cells |= {(row, TOTAL): persons for row, persons in rows.items()}
    cells |= {(TOTAL, column): persons for column, persons in columns.items()}
    cells[TOTAL, TOTAL] = sum(counts.values())
    return [
        (
            row_no,
            column_no,
            row,
            column,
            (row, column) in hidden,
            None if (row, column) in hidden else cells[row, column],
        )
        for row_no, row in enumerate([*rows, TOTAL], start=1)
        for column_no, column in enumerate([*columns, TOTAL], start=1)
    ]


def _read(session: "LedgerSession", statistics: Statistics) -> dict[Cell, int]:
    rows, columns = statistics.rows, statistics.columns
    cells = session.con.execute(
        f"SELECT {rows}, {columns}, count(*) FROM person GROUP BY {rows}, {columns} ORDER BY {rows}, {columns}"
    ).fetchall()
    return {(row, column): persons for row, column, persons in cells}


def _totals(counts: Counts, axis: int) -> dict[str, int]:
    """The margin of the rows (0) or columns (1), in the order of the cells."""
    totals: Counter[str] = Counter()
    for cell, persons in counts.items():
        totals[cell[axis]] += persons
    return dict(totals)
