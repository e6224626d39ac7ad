"""Figures of a scorecard as SVG: a tree of weights, stacked bars, correlations, intervals.

A figure of fifty units is ready in milliseconds and has 5 to 30 KB; texts stay texts. What it
says stands in its title, for who does not see it, and in a table beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import isfinite
from unicodedata import east_asian_width

ROW, LETTER, GAP = 16, 6.2, 8  # height of a bar's row, width of a letter, between things
LABEL, WIDE = 170, 760  # the column of names, the whole
LOWEST, TALLEST = 12.5, 1600.0  # a box with a name, a figure
COLOURS = (
    "#2f6f9f", "#d98c1f", "#3f8f5f", "#b5525c", "#7a67a8", "#7d6a4f", "#4d9aa6", "#93a13a",
    "#8c8c8c",
)  # fmt: skip


def width(text: str) -> int:
    """Letters that a text is wide; a Chinese one counts two."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def cut(text: str, room: float) -> str:
    """As much of a text as fits into ``room``."""
    if width(text) * LETTER <= room:
        return text
    found, used = "", LETTER
    for letter in text:
        used += width(letter) * LETTER
        if used > room:
            break
        found += letter
    return found.rstrip() + "…"


class Canvas:
    """An SVG in the making; all it holds is plain attributes, no styles and no scripts."""

    def __init__(self, name: str, title: str, height: float, wide: float = WIDE) -> None:
        self.parts = [
            f'<svg viewBox="0 0 {wide:g} {height:g}" role="img" aria-labelledby="{name}">'
            f'<title id="{name}">{escape(title)}</title>'
        ]

    def box(self, x: float, y: float, wide: float, high: float, colour: str, tip: str = "") -> None:
        """A rectangle; ``tip`` is shown to who points at it."""
        said = f"<title>{escape(tip)}</title></rect>" if tip else "</rect>"
        self.parts.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(wide, 0):.1f}" height="{high:.1f}" '
            f'fill="{colour}">{said}'
        )

    def shade(self, boxes: Sequence[tuple[float, float, float, float]], kind: str) -> None:
        """Rectangles of one shade, as one shape."""
        way = "".join(f"M{x:.1f} {y:.1f}h{wide:.1f}v{high:.1f}h{-wide:.1f}z"
                      for x, y, wide, high in boxes)  # fmt: skip
        self.parts.append(f'<path class="{kind}" d="{way}"/>')

    def line(self, x: float, y: float, to_x: float, to_y: float, kind: str = "rule") -> None:
        self.parts.append(
            f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{to_x:.1f}" y2="{to_y:.1f}" class="{kind}"/>'
        )

    def dot(self, x: float, y: float, colour: str) -> None:
        self.parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>')

    def text(
        self, x: float, y: float, said: str, room: float, kind: str = "", end: str = ""
    ) -> None:
        """A text cut to its room; ``end`` is middle or end where it does not start at x."""
        shown = cut(said, room)
        tip = f"<title>{escape(said)}</title>" if shown != said else ""
        named = f' class="{kind}"' if kind else ""
        anchor = f' text-anchor="{end}"' if end else ""
        self.parts.append(
            f'<text x="{x:.1f}" y="{y:.1f}"{named}{anchor}>{escape(shown)}{tip}</text>'
        )

    def close(self) -> str:
        return "".join([*self.parts, "</svg>"])


@dataclass(frozen=True)
class Box:
    """A node of a tree as it is drawn: from and to which share of the height, and how deep."""

    name: str
    depth: int
    low: float
    high: float
    tip: str


def framework(name: str, title: str, boxes: Sequence[Box]) -> str:
    """A tree from left to right; a box is as high as its weight."""
    deep = max(box.depth for box in boxes) + 1
    least = min((box.high - box.low for box in boxes if box.high > box.low), default=1)
    height = min(max(LOWEST / least, 160), TALLEST)
    canvas, column = Canvas(name, title, height), WIDE / deep
    for box in boxes:
        x, y, high = box.depth * column, box.low * height, (box.high - box.low) * height
        canvas.box(x, y, column - 2, max(high - 1, 0.5), _tint(box.depth), box.tip)
        if high >= LOWEST - 1e-6:
            canvas.text(x + 5, y + high / 2 + 4, box.name, column - 14)
    return canvas.close()


def _tint(depth: int) -> str:
    return ("#c9dae6", "#dbe7ef", "#e8eff4", "#f1f5f8")[min(depth, 3)]


def stacked(
    name: str, title: str, rows: Sequence[tuple[str, Sequence[float], str]], parts: Sequence[str]
) -> str:
    """A bar for each unit, of coloured parts; those below zero go to the left."""
    right = max((sum(v for v in values if v > 0) for _, values, _ in rows), default=1) or 1
    left = max((-sum(v for v in values if v < 0) for _, values, _ in rows), default=0)
    room = WIDE - LABEL - 60
    scale = room / (right + left)
    keys = _keys(parts)
    top = keys[-1][1] + ROW
    canvas = Canvas(name, title, top + len(rows) * ROW + GAP)
    for (x, y), part, colour in zip(keys, parts, COLOURS, strict=False):
        canvas.box(x, y - 9, 10, 10, colour)
        canvas.text(x + 14, y, part, 150)
    zero = LABEL + left * scale
    for place, (unit, values, score) in enumerate(rows):
        y = top + place * ROW
        canvas.text(LABEL - GAP, y + 9, unit, LABEL - GAP, end="end")
        ahead, behind = zero, zero
        for value, colour, part in zip(values, COLOURS, parts, strict=False):
            wide = abs(value) * scale
            behind -= wide if value < 0 else 0
            canvas.box(
                ahead if value >= 0 else behind, y, wide, ROW - 4, colour, f"{part} {value:.2f}"
            )
            ahead += wide if value >= 0 else 0
        canvas.text(ahead + 4, y + 9, score, 60)
    canvas.line(zero, top - 3, zero, top + len(rows) * ROW)
    return canvas.close()


def _keys(parts: Sequence[str]) -> list[tuple[float, float]]:
    """Where the colours are told: rows of four."""
    return [(LABEL + place % 3 * 190, 12 + place // 3 * ROW) for place in range(len(parts))]


def tied(
    name: str, title: str, rows: Sequence[tuple[str, Mapping[str, float]]], words: Mapping[str, str]
) -> str:
    """Of each indicator its correlation, and its weight on paper beside its effective one."""
    half = (WIDE - LABEL - 3 * GAP) / 2
    weights = [own[key] for _, own in rows for key in ("nominal", "effective")]
    known = [weight for weight in weights if isfinite(weight)]
    most = max(map(abs, known), default=1) or 1
    least = min(known, default=0)
    reach = most - min(least, 0)
    canvas = Canvas(name, title, 2 * ROW + len(rows) * ROW + GAP)
    middle, second = LABEL + half / 2, LABEL + half + 2 * GAP
    zero = second - min(least, 0) / reach * (half - 20)
    canvas.text(middle, 11, f"{words['correlation']} (−1 … 1)", half, end="middle")
    for x, colour, key in (
        (second, COLOURS[8], "nominal"),
        (second + 150, COLOURS[0], "effective"),
    ):
        canvas.box(x, 2, 10, 10, colour)
        canvas.text(x + 14, 11, words[key], 130)
    for place, (indicator, own) in enumerate(rows):
        y = 1.5 * ROW + place * ROW
        canvas.text(LABEL - GAP, y + 9, indicator, LABEL - GAP, end="end")
        value = own["correlation"]
        if isfinite(value):
            wide = abs(value) * half / 2
            colour = COLOURS[0] if value >= 0 else COLOURS[3]
            canvas.box(
                middle if value >= 0 else middle - wide, y, wide, ROW - 5, colour, f"{value:.2f}"
            )
        for key, colour, shift in (("nominal", COLOURS[8], 0), ("effective", COLOURS[0], 5.5)):
            value = own[key]
            if isfinite(value):
                wide = abs(value) / reach * (half - 20)
                x = zero if value >= 0 else zero - wide
                canvas.box(x, y + shift, wide, 5, colour, f"{words[key]} {value:.3f}")
    for x in (middle, zero):
        canvas.line(x, 1.5 * ROW - 3, x, 1.5 * ROW + len(rows) * ROW)
    return canvas.close()


@dataclass(frozen=True)
class Ranked:
    """A unit's rank, the ends of its interval, and how probable each rank is."""

    unit: str
    rank: float
    ends: tuple[float, float]
    likely: Mapping[int, float]


LIKELY = (0.01, 0.1, 0.25, 0.5)  # from which probability on a rank has the next shade


def spans(name: str, title: str, rows: Sequence[Ranked], probability: str) -> str:
    """Of each unit its rank as a dot on its interval, and ranks the darker the more probable."""
    room, top = WIDE - LABEL - 2 * GAP, 2 * ROW
    last = max([2.0, *(max([row.ends[1], *row.likely]) for row in rows)])
    canvas = Canvas(name, title, top + 1.2 * ROW + len(rows) * ROW)

    def at(rank: float) -> float:
        return LABEL + GAP + (rank - 1) / (last - 1) * room

    canvas.text(LABEL - GAP, 11, probability, LABEL - GAP, end="end")
    for place, least in enumerate(LIKELY, start=1):
        x = LABEL + place * 90 - 80
        canvas.shade([(x, 2, 14, 10)], f"p{place}")
        canvas.text(x + 20, 11, f"≥ {100 * least:g}%", 60)
    for tick in sorted({round(1 + (last - 1) * step / 4) for step in range(5)}):
        canvas.line(at(tick), top, at(tick), top + 0.6 * ROW + len(rows) * ROW, "grid")
        canvas.text(at(tick), top - 4, str(tick), 60, end="middle")
    half = room / (last - 1) / 2
    shades: dict[int, list[tuple[float, float, float, float]]] = {}
    for place, row in enumerate(rows):
        y = top + ROW + place * ROW
        for first, end, shade in _runs(row.likely):
            left, right = max(at(first) - half, LABEL), min(at(end) + half, WIDE - 1)
            shades.setdefault(shade, []).append((left, y - 6, right - left, ROW - 4))
    for shade, boxes in sorted(shades.items()):
        canvas.shade(boxes, f"p{shade}")
    for place, row in enumerate(rows):
        y = top + ROW + place * ROW
        canvas.text(LABEL - GAP, y + 4, row.unit, LABEL - GAP, end="end")
        canvas.line(at(row.ends[0]), y, at(row.ends[1]), y, "span")
        canvas.dot(at(row.rank), y, COLOURS[0])
    return canvas.close()


def _runs(likely: Mapping[int, float]) -> Iterator[tuple[int, int, int]]:
    """Ranks beside each other that have one shade: the first, the last, the shade."""
    begun: tuple[int, int, int] | None = None
    for rank in sorted(likely):
        shade = sum(likely[rank] >= least for least in LIKELY)
        if begun and begun[1:] == (rank - 1, shade):
            begun = begun[0], rank, shade
            continue
        if begun and begun[2]:
            yield begun
        begun = rank, rank, shade
    if begun and begun[2]:
        yield begun
