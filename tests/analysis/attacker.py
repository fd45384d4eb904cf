"""An attacker on a table: what a hidden cell can be, given every total and every shown cell (a network flow)."""

from collections import deque

from pipelines.analysis.suppression import Cell

Edge = tuple[str, str]


def possible_span(counts: dict[Cell, int], hidden: set[Cell], cell: Cell) -> int:
    """The largest minus the smallest number of persons that `cell` can hold."""
    return _growth(counts, hidden, cell) + _shrinkage(counts, hidden, cell)


def _growth(counts: dict[Cell, int], hidden: set[Cell], cell: Cell) -> int:
    """What enters `cell` leaves its row through cells that shrink, and returns through columns that grow elsewhere."""
    spare: dict[Edge, int] = {}
    for row, column in hidden - {cell}:
        spare["row " + row, "column " + column] = counts[row, column]
        spare["column " + column, "row " + row] = sum(counts.values())
    return _largest_flow(spare, "row " + cell[0], "column " + cell[1])


def _shrinkage(counts: dict[Cell, int], hidden: set[Cell], cell: Cell) -> int:
    """The other way round, and never below nobody."""
    spare: dict[Edge, int] = {}
    for row, column in hidden - {cell}:
        spare["row " + row, "column " + column] = sum(counts.values())
        spare["column " + column, "row " + row] = counts[row, column]
    return min(counts[cell], _largest_flow(spare, "row " + cell[0], "column " + cell[1]))


def _largest_flow(spare: dict[Edge, int], start: str, end: str) -> int:
    flow = 0
    while path := _path(spare, start, end):
        step = min(spare[edge] for edge in path)
        for here, there in path:
            spare[here, there] -= step
            spare[there, here] += step
        flow += step
    return flow


def _path(spare: dict[Edge, int], start: str, end: str) -> list[Edge]:
    """A shortest way with room left on every edge, from its end backwards; empty when there is none."""
    came_from = {start: start}
    queue = deque([start])
    while queue and end not in came_from:
        here = queue.popleft()
        for (near, far), room in spare.items():
            if near == here and room > 0 and far not in came_from:
                came_from[far] = here
                queue.append(far)
    path = []
    while end in came_from and end != start:
        path.append((came_from[end], end))
        end = came_from[end]
    return path
