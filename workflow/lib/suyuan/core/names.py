"""Names that become parts of paths, commands and anchors: what they may look like."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable
from difflib import SequenceMatcher, get_close_matches

EDITION = re.compile(r"[0-9]{4}Q[1-4](-r[0-9]+)?")
QUARTER = re.compile(r"[0-9]{4}Q[1-4]")  # an edition of its own, no revision of one
NAME = re.compile(r"[a-z][a-z0-9_-]{0,63}")  # with an ending still a file's name
LISTED = 8  # names in a message


def is_edition(text: str) -> bool:
    """Whether ``text`` is a year and quarter, with a revision if it has one: 2026Q1, 2026Q1-r2."""
    return EDITION.fullmatch(text) is not None


def in_time(edition: str) -> tuple[str, int]:
    """By what editions are ordered: their quarter, then their revision."""
    quarter, _, revision = edition.partition("-r")
    return quarter, int(revision or 0)


def is_name(text: str) -> bool:
    """Whether ``text`` may be the id of a figure, table or section."""
    return NAME.fullmatch(text) is not None


def nearest(text: str, known: Iterable[str]) -> str:
    """The known word that ``text`` may have been meant for.

    '' where none is like it, or two are as near, as F007 and P008 are to F008.
    """
    found = get_close_matches(text, list(known), 2)
    if len(found) > 1:
        best, other = (SequenceMatcher(a=each, b=text).ratio() for each in found)
        found = [] if best == other else found
    return found[0] if found else ""


def listed(names: Collection[str], most: int = LISTED) -> str:
    """Names as a message lists them: the first of them, and a sign where there are more."""
    return "、".join(list(names)[:most]) + ("……" if len(names) > most else "")


def shortened(text: str, most: int) -> str:
    """A text of so many characters at most, and a sign where there are more."""
    return text if len(text) <= most else f"{text[:most]}…"


def spelt(name: str) -> str:
    """A file's name, or a word of a command, read alike under every locale.

    The system gives bytes, which Python reads as the locale says: here as UTF-8, or else as the
    GB18030 of an archive from elsewhere. Where they are neither, each odd one stays a mark of its
    own.
    """
    try:
        data = os.fsencode(name)
    except UnicodeEncodeError:  # no name that the system gave
        return name
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", "surrogateescape")


TRACE_ENTRY = "t-"  # how anchors of the trace appendix begin


def slug(text: str) -> str:
    """An id as a part of an anchor: small letters and digits with hyphens between."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
