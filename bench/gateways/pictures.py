"""Pictures of figures (process): SVG, written by hand so that a page needs nothing else.

Dots with their spread, and lines, on axes of powers of ten: what is compared differs by more than a
hundred times, and a bar would hide that.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from bench.figures import Spread, number

_WIDTH, _NAMES, _RIGHT = 900, 250, 90
_ROW, _TOP, _BOTTOM = 24, 56, 40
_INK, _FAINT, _OURS, _OTHER = "#1a1a1a", "#d8d8d8", "#c0392b", "#2c5f8a"
_TONES = ("#2c5f8a", "#3a7d44", "#8e5ea2", "#b8860b", "#555555", "#17a2a2", "#d2691e")


@dataclass(frozen=True, slots=True)
class Row:
    """One dot: its name, its spread, and whether it is ours."""

    name: str
    spread: Spread
    ours: bool


def dots(title: str, unit: str, rows: Sequence[Row]) -> str:
    """A row for each, the highest first; the line through a dot goes from its least to its most."""
    rows = sorted(rows, key=lambda each: -each.spread.middle)
    scale = _Scale.over([each.spread for each in rows], _NAMES, _WIDTH - _RIGHT)
    height = _TOP + _ROW * len(rows) + _BOTTOM
    parts = [*_axis(scale, _TOP - 8, height - _BOTTOM, unit)]
    for at, row in enumerate(rows):
        parts += _dot(row, scale, _TOP + _ROW * at + _ROW / 2)
    return _svg(title, height, parts)


def _dot(row: Row, scale: "_Scale", y: float) -> list[str]:
    tone, weight = (_OURS, "bold") if row.ours else (_OTHER, "normal")
    least, middle, most = map(scale.at, (row.spread.least, row.spread.middle, row.spread.most))
    digits = 0 if row.spread.middle >= 100 else 1
    return [
        f'<text x="{_NAMES - 12}" y="{y + 4:.1f}" text-anchor="end" font-weight="{weight}">'
        f"{escape(row.name)}</text>",
        f'<line x1="{least:.1f}" x2="{most:.1f}" y1="{y:.1f}" y2="{y:.1f}" stroke="{tone}" '
        'stroke-width="2"/>',
        f'<circle cx="{middle:.1f}" cy="{y:.1f}" r="5" fill="{tone}"/>',
        f'<text x="{most + 10:.1f}" y="{y + 4:.1f}" font-weight="{weight}">'
        f"{number(row.spread.middle, digits)}</text>",
    ]


def lines(
    title: str, unit: str, below: str, series: Mapping[str, Mapping[int, Spread]], ours: str
) -> str:
    """A line for each, from scale to scale; the highest at the end stands first in the legend."""
    spreads = [each for points in series.values() for each in points.values()]
    scale = _Scale.over(spreads, 0, 260)
    xs = sorted({at for points in series.values() for at in points})
    left, right, height = 90, _WIDTH - 270, 380
    where = {at: left + (right - left) * each / max(1, len(xs) - 1) for each, at in enumerate(xs)}
    parts = []
    for power in scale.powers():
        y = height - 50 - scale.at(power)
        parts += [
            f'<line x1="{left}" x2="{right}" y1="{y:.1f}" y2="{y:.1f}" stroke="{_FAINT}"/>',
            f'<text x="{left - 8}" y="{y + 4:.1f}" text-anchor="end">{number(power, 0)}</text>',
        ]
    parts += [
        f'<text x="{x:.1f}" y="{height - 28}" text-anchor="middle">{number(at, 0)}</text>'
        for at, x in where.items()
    ]
    parts += [
        f'<text x="{(left + right) / 2}" y="{height - 8}" text-anchor="middle">'
        f"{escape(below)}</text>",
        f'<text x="{left}" y="52" fill="#555">{escape(unit)}</text>',
    ]
    by_height = sorted(series, key=lambda each: -list(series[each].values())[-1].middle)
    for index, name in enumerate(by_height):
        tone = _OURS if name == ours else _TONES[index % len(_TONES)]
        points = [(where[at], height - 50 - scale.at(s.middle)) for at, s in series[name].items()]
        parts += _line(name, points, tone, 70 + 22 * index, right + 30)
    return _svg(title, height, parts)


def _line(
    name: str, points: Sequence[tuple[float, float]], tone: str, legend: float, x: float
) -> list[str]:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return [
        f'<polyline points="{path}" fill="none" stroke="{tone}" stroke-width="2"/>',
        *(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{tone}"/>' for x, y in points),
        f'<line x1="{x}" x2="{x + 20}" y1="{legend - 4}" y2="{legend - 4}" stroke="{tone}" '
        'stroke-width="3"/>',
        f'<text x="{x + 28}" y="{legend}">{escape(name)}</text>',
    ]


@dataclass(frozen=True, slots=True)
class _Scale:
    """From powers of ten to pixels."""

    low: float
    high: float
    start: float
    end: float

    @classmethod
    def over(cls, spreads: Sequence[Spread], start: float, end: float) -> "_Scale":
        least = min((each.least for each in spreads if each.least > 0), default=1.0)
        most = max((each.most for each in spreads), default=10.0)
        low = math.floor(math.log10(least))
        high = max(low + 1, math.ceil(math.log10(max(most, 1e-9))))
        return cls(low, high, start, end)

    def at(self, value: float) -> float:
        share = (math.log10(max(value, 10**self.low)) - self.low) / (self.high - self.low)
        return self.start + (self.end - self.start) * share

    def powers(self) -> list[float]:
        return [10.0**each for each in range(int(self.low), int(self.high) + 1)]


def _axis(scale: _Scale, top: float, bottom: float, unit: str) -> list[str]:
    parts = []
    for power in scale.powers():
        x, digits = scale.at(power), 0 if power >= 1 else 2
        parts += [
            f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{top}" y2="{bottom}" stroke="{_FAINT}"/>',
            f'<text x="{x:.1f}" y="{bottom + 18}" text-anchor="middle">'
            f"{number(power, digits)}</text>",
        ]
    middle = (scale.start + scale.end) / 2
    return [
        *parts,
        f'<text x="{middle}" y="{bottom + 34}" text-anchor="middle" fill="#555">'
        f"{escape(unit)}</text>",
    ]


def _svg(title: str, height: float, parts: Sequence[str]) -> str:
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" '
        f'width="{_WIDTH}" height="{height}" role="img" aria-label="{escape(title)}" '
        f'font-family="sans-serif" font-size="13" fill="{_INK}">'
    )
    body = [
        f'<rect width="{_WIDTH}" height="{height}" fill="white"/>',
        f'<text x="16" y="24" font-size="16" font-weight="bold">{escape(title)}</text>',
        *parts,
    ]
    return "\n".join([head, *body, "</svg>", ""])
