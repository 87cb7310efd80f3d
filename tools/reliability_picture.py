"""Draws reliability curves as SVG: what was said, and how often it was so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from vorzimmer.quality import Bin

_SIDE, _GAP, _TOP, _LEFT = 220, 50, 40, 44
_COLOURS = ("#1f6f8b", "#b4540a")
_LARGEST_DOT = 7.0
_STYLE = """\
<style>
text { font: 12px sans-serif; fill: #444 }
.title { font-weight: bold }
.frame { fill: none; stroke: #999 }
.even { stroke: #999; stroke-dasharray: 4 4 }
.curve { fill: none; stroke-width: 2 }
.reach { stroke-width: 1; opacity: 0.6 }
@media (prefers-color-scheme: dark) { text { fill: #ccc } }
</style>"""

Curves = Mapping[str, Sequence[Bin]]


def picture(panels: Mapping[str, Curves]) -> str:
    """Return the picture.

    Args:
        panels: For each set by its name, the curves by their names; at most two. A
            dot is the larger the more statements it stands for, and its line shows
            where the true share lies in 95 of 100 cases.
    """
    width = _LEFT + len(panels) * (_SIDE + _GAP)
    height = _TOP + _SIDE + 74
    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">',
        "<title>What was said, and how often it was so</title>",
        _STYLE,
    ]
    for at, (name, curves) in enumerate(panels.items()):
        x = _LEFT + at * (_SIDE + _GAP)
        parts.append(f'<g transform="translate({x} {_TOP})">')
        parts += _panel(name, curves)
        parts.append("</g>")
    return "\n".join([*parts, "</svg>"]) + "\n"


def _panel(name: str, curves: Curves) -> list[str]:
    parts = [
        f'<text class="title" x="0" y="-14">{escape(name)}</text>',
        f'<rect class="frame" width="{_SIDE}" height="{_SIDE}"/>',
        f'<line class="even" x1="0" y1="{_SIDE}" x2="{_SIDE}" y2="0"/>',
    ]
    for share in (0.0, 0.5, 1.0):
        at = round(share * _SIDE)
        parts.append(f'<text x="{at - 8}" y="{_SIDE + 16}">{share:.1f}</text>')
        parts.append(f'<text x="-24" y="{_SIDE - at + 4}">{share:.1f}</text>')
    parts.append(f'<text x="{_SIDE // 2 - 34}" y="{_SIDE + 32}">probability</text>')
    for number, ((title, bins), colour) in enumerate(
        zip(curves.items(), _COLOURS, strict=False)
    ):
        y = _SIDE + 48 + 16 * number
        parts.append(f'<circle cx="6" cy="{y - 4}" r="5" fill="{colour}"/>')
        parts.append(f'<text x="16" y="{y}">{escape(title)}</text>')
        parts += _curve(bins, colour)
    return parts


def _curve(bins: Sequence[Bin], colour: str) -> list[str]:
    most = max((each.true.count for each in bins), default=1)
    points, parts = [], []
    for each in bins:
        x, y = each.said * _SIDE, _SIDE - (each.true.value or 0.0) * _SIDE
        low, high = (_SIDE - end * _SIDE for end in each.true.interval)
        radius = 2 + (_LARGEST_DOT - 2) * (each.true.count / most) ** 0.5
        points.append(f"{x:.1f},{y:.1f}")
        parts.append(
            f'<line class="reach" stroke="{colour}" x1="{x:.1f}" y1="{low:.1f}"'
            f' x2="{x:.1f}" y2="{high:.1f}"/>'
        )
        parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{colour}"/>'
        )
    return [
        f'<polyline class="curve" stroke="{colour}" points="{" ".join(points)}"/>',
        *parts,
    ]
