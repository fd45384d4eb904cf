"""Which cells of a table of two dimensions are not shown, so that no small one can be computed from the totals.

Margins are always shown; `merge_small` first joins categories until each has at least the threshold. Then every small
cell (one to threshold - 1 persons) is made a corner of a rectangle of four hidden cells whose two neighbouring corners hold
at least the threshold each. Moving up to `threshold` persons round such a rectangle (+, -, +, -) changes no total and no
shown cell, so the possible numbers of each hidden cell span at least the threshold. Where no such rectangle exists, every
cell is hidden: with all margins at the threshold or above the possible numbers span as much.
"""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

MERGED = "（合算）"

Cell = tuple[str, str]
Counts = Mapping[Cell, int]


def merge_small(totals: Mapping[str, int], threshold: int) -> dict[str, str]:
    """Category → the one under which it is shown. `totals` are persons a category, together at least `threshold`."""
    by_size = sorted(totals, key=lambda category: (totals[category], category))
    merged: list[str] = []
    persons = 0
    for category in by_size:
        if totals[category] >= threshold and (not merged or persons >= threshold):
            break
        merged.append(category)
        persons += totals[category]
    return {category: MERGED if category in merged else category for category in totals}


def hidden_cells(counts: Counts, threshold: int) -> set[Cell]:
    """The cells to hide. `counts` is a full grid, zeros included, each of whose margins is at least `threshold`."""
    hidden: set[Cell] = set()
    for cell in sorted(cell for cell, persons in counts.items() if 0 < persons < threshold):
        rectangles = [set(corners) for corners in _rectangles(counts, cell, threshold)]
        if any(rectangle <= hidden for rectangle in rectangles):
            continue
        if not rectangles:
            return set(counts)
        hidden |= min(rectangles, key=lambda rectangle: _loss(counts, rectangle - hidden))
    return hidden


def _rectangles(counts: Counts, cell: Cell, threshold: int) -> Iterator[tuple[Cell, Cell, Cell, Cell]]:
    """The rectangles that protect `cell`: their corners in its row and in its column hold enough persons."""
    row, column = cell
    beside = [other for other in counts if other[0] == row and other != cell and counts[other] >= threshold]
    below = [other for other in counts if other[1] == column and other != cell and counts[other] >= threshold]
    return ((cell, right, down, (down[0], right[1])) for right in beside for down in below)


def _loss(counts: Counts, cells: AbstractSet[Cell]) -> tuple[int, int, list[Cell]]:
    """What hiding `cells` costs the reader: cells, then persons; the cells themselves decide between equals."""
    return len(cells), sum(counts[cell] for cell in cells), sorted(cells)
