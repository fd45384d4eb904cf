"""A picture of arrivals: documents of one kind, cumulative by day of the season, this year against last; SVG, nothing from elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from lxml.builder import ElementMaker

WIDTH, HEIGHT = 430, 196
LEFT, RIGHT, TOP, BOTTOM = 52, 74, 14, 26
# A picture is a figure of whole steps: a day, or a gap between marks.
MARKS_MAX = 4
LABEL_GAP = 13
FIRST_DAY_WIDTH = 45
SVG = ElementMaker(namespace="http://www.w3.org/2000/svg", nsmap={None: "http://www.w3.org/2000/svg"})
# Elements of lxml, which has no types.
Element = Any
Points = Sequence[tuple[date, int]]


@dataclass(frozen=True)
class Season:
    """The days that all pictures of a page share, and up to which of them this year is known."""

    first: date
    last: date
    known_on: date

    @property
    def days(self) -> int:
        """From the first to the last, at least one."""
        return max((self.last - self.first).days, 1)


def cumulative(counts: Sequence[tuple[date, int]]) -> list[tuple[date, int]]:
    """Counts by day, in order, added up."""
    total, points = 0, []
    for day, count in counts:
        total += count
        points.append((day, total))
    return points


def chart(title: str, season: Season, this_year: Points, last_year: Points, names: tuple[str, str]) -> Element:
    """The picture: steps, this year's up to the day known, last year's to the end and behind it. Each line has its name at its end."""
    top = _round_up(max([total for _, total in (*this_year, *last_year)] or [1]))
    scale = _Scale(season, top)
    parts = [SVG.title(f"{title}（累計）"), *_grid(scale), *_months(scale)]
    labels: list[tuple[float, str, str]] = []
    until = min(season.known_on, season.last)
    for kind, points, end, name in (("before", last_year, season.last, names[1]), ("now", this_year, until, names[0])):
        if points:
            parts.append(SVG.path({"class": kind, "d": _steps(scale, points, end)}))
            labels.append((scale.y(points[-1][1]), kind, f"{name} {points[-1][1]:,}"))
    for y, kind, text in _apart(labels):
        parts.append(SVG.text(text, {"class": f"end {kind}", "x": f"{WIDTH - RIGHT + 6}", "y": f"{y + 4:.1f}"}))
    return SVG.svg({"viewBox": f"0 0 {WIDTH} {HEIGHT}", "role": "img", "aria-label": f"{title}の累計"}, *parts)


@dataclass(frozen=True)
class _Scale:
    season: Season
    top: int

    def x(self, day: date) -> float:
        """The day's place."""
        return LEFT + (WIDTH - LEFT - RIGHT) * (day - self.season.first).days / self.season.days

    def y(self, total: int) -> float:
        """The total's place."""
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * total / self.top


def _round_up(largest: int) -> int:
    """The least of 1, 2, 4, 5, 8 times a power of ten that is not below `largest`."""
    power = int("1" + "0" * (len(str(largest)) - 1))
    return next(step * power for step in (1, 2, 4, 5, 8, 10) if step * power >= largest)


def _grid(scale: _Scale) -> list[Element]:
    marks = MARKS_MAX if scale.top % MARKS_MAX == 0 else 1
    found = []
    for mark in range(marks + 1):
        total = scale.top * mark // marks
        y = f"{scale.y(total):.1f}"
        found.append(SVG.line({"class": "grid", "x1": f"{LEFT}", "x2": f"{WIDTH - RIGHT}", "y1": y, "y2": y}))
        found.append(SVG.text(f"{total:,}", {"class": "tick", "x": f"{LEFT - 6}", "y": f"{scale.y(total) + 3:.1f}"}))
    return found


def _months(scale: _Scale) -> list[Element]:
    """A mark on the first of each month, and the season's first day where there is room for it."""
    first = scale.season.first
    found, day = [], first.replace(day=1)
    second = (day + timedelta(days=32)).replace(day=1)
    if first.day > 1 and (second > scale.season.last or scale.x(second) - LEFT > FIRST_DAY_WIDTH):
        found.append(
            SVG.text(f"{first.month}月{first.day}日", {"class": "month", "x": f"{LEFT}", "y": f"{HEIGHT - 8}"})
        )
    while day <= scale.season.last:
        if day >= scale.season.first:
            x = f"{scale.x(day):.1f}"
            found.append(SVG.line({"class": "month", "x1": x, "x2": x, "y1": f"{TOP}", "y2": f"{HEIGHT - BOTTOM}"}))
            found.append(SVG.text(f"{day.month}月", {"class": "month", "x": x, "y": f"{HEIGHT - 8}"}))
        day = (day + timedelta(days=32)).replace(day=1)
    return found


def _steps(scale: _Scale, points: Points, end: date) -> str:
    """From nothing on the season's first day, level between days and up on each, to the `end`."""
    path = [f"M{LEFT},{scale.y(0):.1f}"]
    for day, total in points:
        path.append(f"H{scale.x(day):.1f}V{scale.y(total):.1f}")
    path.append(f"H{max(scale.x(end), scale.x(points[-1][0])):.1f}")
    return "".join(path)


def _apart(labels: list[tuple[float, str, str]]) -> list[tuple[float, str, str]]:
    """The labels from top to bottom, so far apart that they can be read, and inside the picture."""
    placed: list[tuple[float, str, str]] = []
    for y, kind, text in sorted(labels):
        above = placed[-1][0] if placed else float(-LABEL_GAP)
        placed.append((max(y, above + LABEL_GAP), kind, text))
    over = max((placed[-1][0] - (HEIGHT - BOTTOM)) if placed else 0.0, 0.0)
    return [(y - over, kind, text) for y, kind, text in placed]
