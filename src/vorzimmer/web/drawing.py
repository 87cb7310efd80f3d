"""Draws the bars of a chart: where each begins, and how long it is."""

from __future__ import annotations

from dataclasses import dataclass

from vorzimmer.insight import Chart, Label

WIDTH = 640
"""Of all bars together, in units of the drawing; labels stand beside the drawing."""

_ROW, _GAP = 22, 6


@dataclass(frozen=True, slots=True)
class Bar:
    """One piece of a bar.

    Attributes:
        column: Which of the chart's columns, from 0; it gives the tone.
    """

    x: float
    width: float
    column: int
    count: int


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the drawing.

    Attributes:
        y: Of its upper edge.
    """

    label: Label
    y: int
    bars: tuple[Bar, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart, ready to be drawn.

    Attributes:
        height: In units of the drawing; the width is ``WIDTH``.
        row: Height of one bar.
    """

    chart: Chart
    rows: tuple[Row, ...]
    height: int
    row: int = _ROW
    width: int = WIDTH


def draw(chart: Chart) -> Drawing:
    """Return where the bars of a chart lie; the longest fills the width."""
    drawn = [(label, counts[: chart.drawn]) for label, counts in chart.rows]
    longest = max((sum(counts) for _, counts in drawn), default=0) or 1
    rows = tuple(
        Row(label, index * (_ROW + _GAP), _bars(counts, longest), sum(counts))
        for index, (label, counts) in enumerate(drawn)
    )
    return Drawing(chart, rows, len(rows) * (_ROW + _GAP) - _GAP if rows else 0)


def _bars(counts: tuple[int, ...], longest: int) -> tuple[Bar, ...]:
    bars, x = [], 0.0
    for column, count in enumerate(counts):
        width = WIDTH * count / longest
        if count:
            bars.append(Bar(round(x, 2), round(width, 2), column, count))
        x += width
    return tuple(bars)
