"""Where a line of Chinese may end, for WeasyPrint, which knows no ``line-break``.

Pango breaks lines by UAX 14, which keeps 。 from the start of a line and （ from its end.
``enable()`` forbids more, inside a text and between the inline boxes that a line is made of:

- a line that begins with a dash, an ellipsis, a middle dot or a slash;
- a break inside a number with its sign and its unit, and inside a hyphenated Latin word;
- a break inside one of the names that the caller gives, as those of suppliers;
- a break before the last character of a text, which would stand on a line alone;
- a break between a full stop and the references in brackets that belong to what it ends.

A break is forbidden by an attribute of Pango: no character is added, the text reads as before,
and its glyphs keep their shapes. A name longer than ``WHOLE`` characters may be cut, since nothing
that long fits every column.

Source: W3C, Requirements for Chinese Text Layout (CLREQ), on prohibition rules for line start and
line end; GB/T 15834-2011, 5.1.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from math import inf
from typing import Any

from weasyprint.layout import inline, preferred
from weasyprint.text import line_break
from weasyprint.text.ffi import ffi, pango

from suyuan.page.spacing import HAN

NO_START = "—…·～、，。；：？！）》〉」』】〕〗”’％%‰℃),.;:!?]}/"
NO_END = "（《〈「『【〔〖“‘([{￥＄#"
REFERRED = "。["  # references stand after the stop of what rests on them
WHOLE = 6  # characters of the longest name that is never cut
_MARKS = "—…·～／/”’"  # those that UAX 14 lets begin a line, or judges by what is around
_RULES = (
    r"^ .",  # what follows a number that is a box of its own
    r"[A-Za-z0-9]+(?:[-–][A-Za-z0-9]+)+",
    rf"(?:[<>≥≤≈±−+×约] ?)?\d[\d.,]*[%‰]?(?: ?[A-Za-z{HAN}])?(?: ?[{_MARKS}]+)?",
    rf". ?[{_MARKS}]+",
    r"[“‘] ?.",
)
_LAST = re.compile(rf"\S ?\S[{re.escape(NO_START)}]*\s*$")

ffi.cdef("PangoAttribute * pango_attr_allow_breaks_new (int allow_breaks);")

_weasyprint_set_text = line_break.Layout.set_text
_weasyprint_can_break = line_break.can_break_text
_enabled = [re.compile("|".join(_RULES))]  # the rules that hold, with the names


def enable(names: Iterable[str] = ()) -> None:
    """Forbid these breaks in this process, and breaks inside ``names``; the last call holds."""
    whole = sorted({name for name in names if 1 < len(name) <= WHOLE}, key=lambda n: (-len(n), n))
    _enabled[0] = re.compile("|".join((*map(re.escape, whole), *_RULES)))
    tied.cache_clear()
    line_break.Layout.set_text = _set_text
    inline.can_break_text = preferred.can_break_text = _can_break_text


@lru_cache(maxsize=4096)
def tied(text: str) -> tuple[tuple[int, int], ...]:
    """The stretches of ``text`` that hold no break, from and to, in UTF-8 bytes."""
    found = []
    for match in _matches(text):
        start = len(text[: match.start()].encode())
        found.append((start, start + len(match[0].encode())))
    return tuple(found)


def _matches(text: str) -> Iterator[re.Match[str]]:
    yield from _enabled[0].finditer(text)
    if last := _LAST.search(text, max(0, len(text) - 12)):
        yield last


def _set_text(layout: Any, text: str, justify: bool = False) -> None:
    """As WeasyPrint's own, with the breaks forbidden; what is ``justify`` is a line already."""
    _weasyprint_set_text(layout, text, justify)
    if justify or layout.max_width in (None, inf) or not (spans := tied(layout.text)):
        return
    listed = pango.pango_layout_get_attributes(layout.layout)
    if listed == ffi.NULL:
        listed = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
    for start, end in spans:
        attribute = pango.pango_attr_allow_breaks_new(False)
        attribute.start_index, attribute.end_index = start, end
        pango.pango_attr_list_insert(listed, attribute)
    pango.pango_layout_set_attributes(layout.layout, listed)


def _can_break_text(text: str, lang: str | None) -> bool:
    """Whether any break is left in ``text``; for two characters, between the boxes they end."""
    if len(text) < 2:
        return False
    if len(text) == 2:
        if text[1] in NO_START or text[0] in NO_END or text == REFERRED:
            return False
        return bool(_weasyprint_can_break(text, lang))
    attributes = line_break.get_log_attrs(text, lang)
    breaks = (place for place in range(1, len(text)) if attributes[place].is_line_break)
    spans = [match.span() for match in _matches(text)]
    return any(not any(start < place < end for start, end in spans) for place in breaks)
