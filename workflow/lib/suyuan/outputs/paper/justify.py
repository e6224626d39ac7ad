"""Justified Chinese lines for WeasyPrint.

WeasyPrint stretches nothing but spaces, so a justified line of Chinese, which has hardly any,
ends wherever its last character happens to fall. ``enable()`` replaces the function that
WeasyPrint calls for a justified line. The free width of the line is shared out between its
tokens (a word space, an ideograph, a punctuation mark, a run of Latin letters or digits)
by weight, across inline elements, and nothing inside a Latin word or a number ever moves.

The right edge. A full-width mark that closes a clause (，。；」 …) is drawn in the left half of
its em square. At the end of a line its blank right half hangs outside the measure, so that ink
and not blank stands at the edge. Every justified line therefore ends exactly at the edge of its
container, where the end of a line is the advance box of its last glyph, and for such a mark the
left half of that box: the trimmed box. The layout tree states that same trimmed width.

Left alone: lines that hold a single token, such as one long URL, because no gap can grow; lines
whose letters would seem spaced, where names that do not break follow; last lines; right-to-left
text. Vertical text does not exist in WeasyPrint.

Source: W3C, Requirements for Chinese Text Layout (CLREQ), on justification and on the width of
punctuation marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

import weasyprint
from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.text import line_break
from weasyprint.text.ffi import TO_UNITS, ffi

from suyuan.core.errors import SuyuanError

SUPPORTED = "70.0"
# Where gaps of ideographs pass 1/16 em and word spaces double, a line is loose: what is still
# free goes to all gaps alike, or the word spaces would tear holes into the line.
LOOSE = 16
LOOSEST = 8  # where ideographs would stand 1/8 em apart, they would seem spaced: ragged
FULL = 0.001  # CSS pixels; Pango counts in 1/1024

OPENING = "（《「『【〈〔〖｛［“‘"
CLOSING = "，。、；：！？）》」』】〉〕〗｝］”’"
# Radicals, kana, ideographs, full-width forms and circled numbers: anything set in an em square.
_HAN = (
    "\u2460-\u24ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3040-\u30ff\u3400-\u9fff"
    "\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
)
# A double dash or ellipsis is one token, or it would fall into two.
_TOKEN = re.compile(
    rf"(?P<space>[ \u00a0])|(?P<opening>[{OPENING}])|(?P<closing>[{CLOSING}])"
    rf"|(?P<han>[{_HAN}]|[—…]+)"
    rf"|(?P<word>[^ \u00a0{OPENING}{CLOSING}{_HAN}—…]+)"
)


_weasyprint_text_align = inline.text_align


class UnsupportedWeasyPrint(SuyuanError, RuntimeError):
    """The installed WeasyPrint is not the one whose line layout this module extends."""


class Token(NamedTuple):
    """The smallest thing on a line that may move: its box, and where it ends in the box's text."""

    box: boxes.Box
    end: int  # in UTF-8 bytes, as Pango counts
    kind: str  # a group of _TOKEN
    size: float  # font size in CSS pixels


def enable() -> None:
    """Make WeasyPrint justify Chinese in this process; calling again changes nothing.

    Raises UnsupportedWeasyPrint unless exactly version 70.0 is installed: what is replaced here
    is internal to WeasyPrint and may differ in any other release.
    """
    if weasyprint.__version__ != SUPPORTED:
        raise UnsupportedWeasyPrint(
            f"suyuan.justify extends WeasyPrint {SUPPORTED}, but {weasyprint.__version__} is "
            f"installed: install weasyprint=={SUPPORTED}, or port the module and run its tests"
        )
    inline.justify_line = justify_line
    inline.text_align = _text_align


def justify_line(context: object, line: boxes.LineBox, extra_width: float) -> None:
    """Widen ``line`` in place by ``extra_width`` CSS pixels; stands in for WeasyPrint's own."""
    tokens = list(_tokens(line))
    weights = [gap_weight(before, after) for before, after in pairwise(tokens)]
    if not any(weights) or line.style["direction"] == "rtl":
        return
    hang = tokens[-1].size / 2 if tokens[-1].kind == "closing" else 0.0
    free = extra_width + hang
    by_weight = min(free / sum(weights), line.style["font_size"] / LOOSE)
    evenly = (free - by_weight * sum(weights)) / (len(weights) - weights.count(0))
    if by_weight + evenly > line.style["font_size"] / LOOSEST:
        return
    gaps: dict[boxes.Box, dict[int, float]] = {}
    for token, weight in zip(tokens, [*weights, 0], strict=True):
        if weight:
            gaps.setdefault(token.box, {})[token.end] = by_weight * weight + evenly
    if hang:
        gaps.setdefault(tokens[-1].box, {})[tokens[-1].end] = -hang
    _spread(line, 0.0, gaps)


def _text_align(context: object, line: boxes.LineBox, available_width: float, last: bool) -> float:
    """As WeasyPrint's own, which however takes a line that is just full for one that overflows."""
    if abs(line.width - available_width) < FULL:
        available_width = line.width + FULL  # the final mark of a full line hangs out as well
    return _weasyprint_text_align(context, line, available_width, last)


def gap_weight(before: Token, after: Token) -> int:
    """How readily the gap between two neighbours grows, relative to that of two ideographs.

    A word space takes most, then the blank side of a punctuation mark. The tight side of a mark
    takes none, nor does the gap before a smaller token: a note number clings to its word.
    """
    if before.kind == "space":
        return 4
    if before.kind == "opening" or after.kind in ("space", "closing") or after.size < before.size:
        return 0
    if before.kind == "closing" or after.kind == "opening":
        return 2
    return 0 if before.kind == after.kind == "word" else 1


def _tokens(box: boxes.Box) -> Iterator[Token]:
    """The tokens of a line in reading order; an image or inline block counts as an ideograph."""
    if isinstance(box, boxes.TextBox):
        end = 0
        for match in _TOKEN.finditer(box.text):
            end += len(match[0].encode())
            yield Token(box, end, str(match.lastgroup), box.style["font_size"])
    elif isinstance(box, (boxes.LineBox, boxes.InlineBox)):
        for child in box.children:
            if child.is_in_normal_flow():
                yield from _tokens(child)
    else:
        yield Token(box, 0, "han", box.style["font_size"])


def _spread(box: boxes.Box, shift: float, gaps: dict[boxes.Box, dict[int, float]]) -> float:
    """Move ``box`` right, widen it by its gaps, and return the shift of what follows."""
    grown = sum(gaps.get(box, {}).values())
    if isinstance(box, boxes.TextBox):
        box.position_x += shift
        box.width += grown
        if box in gaps:
            box.pango_layout = _StretchedLayout(box.pango_layout, gaps[box])
    elif isinstance(box, (boxes.LineBox, boxes.InlineBox)):
        start = shift
        box.position_x += start
        for child in box.children:
            if child.is_in_normal_flow():
                shift = _spread(child, shift, gaps)
        box.width += shift - start
    else:
        box.translate(shift, 0)
    return shift + grown


class _StretchedLayout(line_break.Layout):
    """A line of text that Pango has shaped as usual and whose glyphs then get extra advance.

    Letter spacing, the obvious way, would make Pango shape every stretch on its own. That loses
    kerning and contextual punctuation (chws), hence the very width the line was measured with.
    """

    def __init__(self, layout: line_break.Layout, gaps: dict[int, float]) -> None:
        self.__dict__.update(vars(layout))  # between layout and drawing it holds no Pango object
        self._gaps = gaps

    def get_first_line(self) -> tuple[Any, int | None]:
        """The line as it is drawn: WeasyPrint asks once for each text that it sets."""
        line, index = super().get_first_line()
        _stretch_glyphs(line, self._gaps, self.style["font_size"])
        return line, index


def _stretch_glyphs(line: Any, gaps: dict[int, float], size: float) -> None:
    """Add each gap, in CSS pixels, to the advance of the glyph that ends at its byte in the text.

    WeasyPrint writes advances in whole thousandths of the font size and cuts off the rest, which
    would leave a line of forty gaps up to 0.4 pt short. So gaps are whole thousandths already,
    the rest is carried to the next one, and half of one on top keeps the cut harmless.
    """
    thousandth = size / 1000
    carried = 0.0
    run = line.runs
    while run != ffi.NULL:
        item, count = run.data.item, run.data.glyphs.num_glyphs
        starts = list(run.data.glyphs.log_clusters[0:count])
        ends = [*starts[1:], item.length]
        for glyph, start, end in zip(run.data.glyphs.glyphs[0:count], starts, ends, strict=True):
            gap = gaps.get(item.offset + end)
            # A glyph followed by another of its own cluster (a base by its mark) is not its end.
            if gap and end > start:
                whole, carried = divmod(carried + gap / thousandth, 1)
                glyph.geometry.width += round((whole + 0.5) * thousandth * TO_UNITS)
        run = run.next
