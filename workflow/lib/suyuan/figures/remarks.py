"""What stands on a drawing beside its marks: one takeaway above them, and values as lines.

Both are texts with values in braces, ``{nw.ai_share}``; each value printed is a mark of its own.
They take their room above and below the drawing, so that nothing of it has to make way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from suyuan.contract.shapes import Each, Keys, Shape, Text
from suyuan.figures import mpl, paint, theme
from suyuan.figures.book import Book, bounded
from suyuan.figures.canvas import frame
from suyuan.figures.description import Spec
from suyuan.figures.lettering import POINT, height_of, width_of
from suyuan.figures.svg import MARK, tag
from suyuan.figures.wrapping import PIECE

SAYS, LINES = "says", "lines"
SHAPES: dict[str, Shape] = {SAYS: Text(), LINES: Each(Keys({"at": Text(), SAYS: Text()}))}
VALUE = re.compile(r"\{([^{}]*)\}")
BAR, INDENT, APART = 0.03, 0.09, 0.08  # inches: of the sign before a takeaway, between two labels
DIGIT, DOT, THIN = 0.595, 0.33, 0.2  # ems: of the bold face; between Han and numbers
Line = list[tuple[float, "Piece"]]  # pieces, and where each begins


@dataclass(frozen=True)
class Piece:
    """A part of a remark: words, or the text of a value."""

    text: str
    value_id: str = ""


@dataclass(frozen=True)
class Level:
    """A value that is drawn as a line across the others, and what is said at its end."""

    v: float
    value_id: str
    says: tuple[Piece, ...]


@dataclass(frozen=True)
class Remarks:
    """The takeaway of a drawing, and its lines."""

    says: tuple[Piece, ...] = ()
    lines: tuple[Level, ...] = ()

    @property
    def text(self) -> str:
        """All that they say, in words."""
        said = (self.says, *(level.says for level in self.lines))
        return "；".join("".join(piece.text for piece in own) for own in said if own)

    @property
    def values(self) -> list[str]:
        """The values that they print or draw."""
        pieces = (*self.says, *(piece for level in self.lines for piece in level.says))
        printed = [piece.value_id for piece in pieces if piece.value_id]
        return list(dict.fromkeys([*printed, *(level.value_id for level in self.lines)]))


def remarks_of(book: Book, spec: Spec) -> Remarks:
    """The remarks of a description. Raises ConfigError E161 for a value that does not exist."""
    levels = []
    for line in spec.get(LINES, ()):
        value = book.value(line["at"])
        levels.append(Level(book.display(value), value.id, tuple(_pieces(book, line[SAYS]))))
    return Remarks(tuple(_pieces(book, spec.get(SAYS, ""))), tuple(levels))


def _pieces(book: Book, text: str) -> Iterator[Piece]:
    for at, part in enumerate(VALUE.split(text)):
        if at % 2:
            yield Piece(bounded(book.value(part)), part)
        elif part:
            yield Piece(part)


def add(figure: mpl.Figure, remarks: Remarks) -> None:
    """Put the remarks on a drawing. Raises ValueError for a line that lies beyond its axis."""
    width, high = figure.get_size_inches()
    points = theme.POINTS if width >= theme.NARROW_INCHES else theme.SMALL
    line = height_of(1, points)
    said = flowed(remarks.says, points, width - INDENT) if remarks.says else []
    labels = _placed(figure, remarks.lines, points) if remarks.lines else []
    above = line * len(said) + 0.06 if said else 0.0
    below = line * (1 + max(row for row, _, _ in labels)) if labels else 0.0
    for level in remarks.lines:
        _across(figure.axes[0], level)
    _grow(figure, above, below)
    if said:
        sheet = _sheet(figure, 0.0, above)
        sheet.set_zorder(-1)  # read first
        sheet.add_patch(
            mpl.Rectangle((0, 0.01), BAR, above - 0.06, facecolor=paint.AMBER, linewidth=0)
        )
        for n, own in enumerate(said):
            _write(sheet, own, INDENT, line * (n + 0.5), points, paint.TEXT)
    if labels:
        sheet = _sheet(figure, above + high, below)
        for row, x, own in labels:
            _write(sheet, own, x, line * (row + 0.5), points, paint.WINE)


def flowed(pieces: Sequence[Piece], points: float, inches: float) -> list[Line]:
    """Pieces in lines of at most so many inches: each with where it begins.

    Words break between signs, a value never; in one line words stand together.
    """
    lines: list[Line] = [[]]
    end, before = 0.0, ""
    for piece in pieces:
        parts = [piece.text] if piece.value_id else PIECE.findall(piece.text)
        for part in parts:
            gap = THIN * points * POINT if _apart(before, part) else 0.0
            wide = _wide(part, points)
            if lines[-1] and end + gap + wide > inches:
                lines.append([])
                end = gap = 0.0
            last = lines[-1][-1] if lines[-1] else None
            if last and not gap and not piece.value_id and not last[1].value_id:
                lines[-1][-1] = (last[0], Piece(last[1].text + part))
            else:
                lines[-1].append((end + gap, Piece(part, piece.value_id)))
            end, before = end + gap + wide, part[-1]
    return lines


def _apart(before: str, part: str) -> bool:
    """Whether a Han sign and a letter or digit meet."""
    return bool(before) and any(
        (one.isascii() and one.isalnum()) or one in "%<>≤≥" for one in (before, part[0])
    ) and "\u4e00" <= (part[0] if before.isascii() else before) <= "\u9fff"  # fmt: skip


def _wide(text: str, points: float) -> float:
    """Inches of a text; of numbers exactly, so that what follows stands close."""
    plain = "".join(sign for sign in text if not (sign.isdigit() or sign in ".,"))
    digits = sum(DIGIT if sign.isdigit() else DOT for sign in text if sign not in plain)
    return width_of(plain, points) + digits * points * POINT


def _end(own: Line, points: float) -> float:
    at, piece = own[-1]
    return at + _wide(piece.text, points)


def _placed(
    figure: mpl.Figure, lines: Sequence[Level], points: float
) -> list[tuple[int, float, Line]]:  # fmt: skip
    """Row, left edge and pieces of each label: below its line, in the first row with room."""
    width, _ = figure.get_size_inches()
    axes, found = figure.axes[0], []
    ends: list[float] = []
    for level in sorted(lines, key=lambda one: one.v):
        (own,) = flowed(level.says, points, 1e9)
        wide = _end(own, points)
        middle = axes.transData.transform((level.v, 0))[0] * POINT
        left = min(max(middle - wide / 2, 0.0), max(width - wide, 0.0))
        row = next((n for n, end in enumerate(ends) if end + APART <= left), len(ends))
        ends[row : row + 1] = [left + wide]
        found.append((row, left, own))
    return found


def _across(axes: mpl.Axes, level: Level) -> None:
    """A line over the axes where ``level`` lies; a printed number that it meets has a ground."""
    low, high = sorted(axes.get_xlim())
    if not low <= level.v <= high:
        raise ValueError(level.value_id)
    (line,) = axes.plot(
        [level.v] * 2, [0, 1], transform=axes.get_xaxis_transform(), color=paint.WINE,
        linewidth=0.9, linestyle=(0, (4, 2)), zorder=1.5, scalex=False, scaley=False,
    )  # fmt: skip
    tag(line, level.value_id)
    at = axes.transData.transform((level.v, 0))[0]
    for text in axes.texts:
        if isinstance(text, mpl.Annotation) and str(text.get_gid()).startswith(MARK):
            place = text.xycoords
            across = place if isinstance(place, mpl.Transform) else axes.transData
            start = across.transform(text.xy)[0] + text.xyann[0]
            wide = width_of(text.get_text(), float(text.get_fontsize())) / POINT
            if start - 2 <= at <= start + wide + 2:
                text.set_bbox({"facecolor": paint.WHITE, "linewidth": 0, "pad": 0.6})


def _grow(figure: mpl.Figure, above: float, below: float) -> None:
    """Room above and below; what is drawn keeps its size."""
    width, high = figure.get_size_inches()
    tall = high + above + below
    for axes in figure.axes:
        box = axes.get_position()
        axes.set_position(
            (box.x0, (box.y0 * high + below) / tall, box.width, box.height * high / tall)
        )
    for text in figure.texts:  # those that stand nowhere in axes
        x, y = text.get_position()
        counted = text.get_transform() == figure.dpi_scale_trans
        text.set_position((x, y + below if counted else (y * high + below) / tall))
    figure.set_size_inches(width, tall)


def _sheet(figure: mpl.Figure, top: float, high: float) -> mpl.Axes:
    """A strip over the whole width that counts inches from its upper left corner."""
    width, _ = figure.get_size_inches()
    axes = frame(figure, 0, top, width, high)
    axes.set_xlim(0, width)
    axes.set_ylim(high, 0)
    axes.set_axis_off()
    return axes


def _write(axes: mpl.Axes, own: Line, x: float, y: float, points: float, colour: str) -> None:
    style: dict[str, Any] = {"va": "center", "fontsize": points, "color": colour}
    for at, piece in own:
        text = axes.text(x + at, y, piece.text, **style)
        if piece.value_id:
            tag(text, piece.value_id)
            text.set_fontweight("bold")
