"""The statistics: tables of two dimensions with their totals, and small cells taken out before anything is written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import pyarrow as pa

from pipelines.analysis.settings import Settings, Statistics
from pipelines.analysis.suppression import Cell, hidden_cells, merge_small

if TYPE_CHECKING:
    from pipelines.ledger import LedgerSession

TOTAL = "計"
MEASURES = ("taxpayer_count", "sum_total_income_yen", "sum_city_tax_yen", "sum_annual_tax_yen")
NOTHING = (0, 0, 0, 0)
FIELDS: "list[pa.Field[Any]]" = [
    pa.field("fiscal_year", pa.int32()),
    pa.field("statistics", pa.string()),
    pa.field("row_no", pa.int32()),
    pa.field("column_no", pa.int32()),
    pa.field("row_category", pa.string()),
    pa.field("column_category", pa.string()),
    pa.field("suppressed", pa.bool_()),
    *(pa.field(measure, pa.int64()) for measure in MEASURES),
]
SCHEMA = pa.schema(FIELDS)

Figures = tuple[int, ...]
Key = TypeVar("Key")


@dataclass(frozen=True)
class Table:
    """The cells of one table, margins not included: (row, column) → figures in the order of MEASURES."""

    cells: Mapping[Cell, Figures]

    def totals(self, axis: int) -> dict[str, Figures]:
        """The margin of the rows (0) or columns (1)."""
        return _added((cell[axis], figures) for cell, figures in self.cells.items())

    def merged(self, threshold: int) -> "Table":
        """With categories joined until each has `threshold` persons, and as a full grid."""
        rows, columns = (
            merge_small({name: figures[0] for name, figures in self.totals(axis).items()}, threshold) for axis in (0, 1)
        )
        cells = _added(((rows[row], columns[column]), figures) for (row, column), figures in self.cells.items())
        return Table(
            {
                (row, column): cells.get((row, column), NOTHING)
                for row in sorted(set(rows.values()))
                for column in sorted(set(columns.values()))
            }
        )


def keep_statistics(session: "LedgerSession", settings: Settings, fiscal_year: int) -> int:
    """Keep TEMP table `statistics_cell` from TEMP table `person`: every table's cells and totals; how many are hidden.

    No cell at all when there are fewer persons than the threshold.
    """
    threshold = settings.threshold.value
    rows: list[tuple[object, ...]] = []
    for statistics in settings.statistics:
        table = _read(session, statistics)
        if sum(figures[0] for figures in table.cells.values()) >= threshold:
            rows += [(fiscal_year, statistics.name, *row) for row in shown(table.merged(threshold), threshold)]
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


def shown(table: Table, threshold: int) -> list[tuple[object, ...]]:
    """The table as it is shown, from `row_no` on: every cell and total, hidden ones without figures."""
    hidden = hidden_cells({cell: figures[0] for cell, figures in table.cells.items()}, threshold)
    names = tuple([*table.totals(axis), TOTAL] for axis in (0, 1))
    cells = dict(table.cells)
    cells |= {(row, TOTAL): figures for row, figures in table.totals(0).items()}
    cells |= {(TOTAL, column): figures for column, figures in table.totals(1).items()}
    cells |= _added(((TOTAL, TOTAL), figures) for figures in table.cells.values())
    return [
        (
            row_no,
            column_no,
            row,
            column,
            (row, column) in hidden,
            *([None] * len(MEASURES) if (row, column) in hidden else cells[row, column]),
        )
        for row_no, row in enumerate(names[0], start=1)
        for column_no, column in enumerate(names[1], start=1)
    ]


def _read(session: "LedgerSession", statistics: Statistics) -> Table:
    cursor = session.con.execute(
        f"SELECT {statistics.rows}, {statistics.columns}, count(*), sum(total_income_yen)::BIGINT, "
        f"sum(city_tax_yen)::BIGINT, sum(annual_tax_yen)::BIGINT FROM person "
        f"GROUP BY {statistics.rows}, {statistics.columns} ORDER BY {statistics.rows}, {statistics.columns}"
    )
    return Table({(row, column): tuple(figures) for row, column, *figures in cursor.fetchall()})


def _added(entries: Iterable[tuple[Key, Figures]]) -> dict[Key, Figures]:
    """Figures added up by key, keys in the order of their first entry."""
    sums: dict[Key, Figures] = {}
    for key, figures in entries:
        sums[key] = tuple(a + b for a, b in zip(sums.get(key, NOTHING), figures, strict=True))
    return sums
