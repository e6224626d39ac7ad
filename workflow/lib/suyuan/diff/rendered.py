"""A comparison as text: Markdown for a pull request, lines for a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

import jinja2

from suyuan.diff.redline import IN, OUT
from suyuan.diff.view import View

FOLDER = "diff"  # of templates
SUMMARY, TERMINAL = "summary.md.jinja", "terminal.txt.jinja"
CAP = 60_000  # characters; a comment on a pull request holds 65,536
SCREEN = 40  # lines
STEPS = (400, 200, 100, 50, 25, 12, 6, 3, 1)  # items of a list, tried in turn
LINES = (8, 5, 4, 3, 2, 1)
SPACE = re.compile(r"\s+")
SPECIAL = re.compile(r"([\\`*_~|<>\[\]#])")


def environment(templates: Path) -> jinja2.Environment:
    """Strict Jinja2 for what is no HTML."""
    jinja = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates / FOLDER),
        undefined=jinja2.StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    jinja.filters |= {"md": markdown, "redlined": redlined, "percent": percent, "marked": marked}
    return jinja


def markdown(text: object) -> str:
    """Text that Markdown prints as it is, on one line."""
    return SPECIAL.sub(r"\\\1", SPACE.sub(" ", str(text)))


def redlined(pieces: Iterable[Sequence[str]]) -> str:
    """A redline in Markdown, by tags: its own marks do not hold beside Chinese characters."""
    tags = {OUT: "del", IN: "ins"}
    return "".join(
        f"<{tags[mark]}>{markdown(text)}</{tags[mark]}>" if mark in tags else markdown(text)
        for mark, text in pieces
    )


def marked(pieces: Iterable[Sequence[str]]) -> str:
    """A redline for a terminal."""
    around = {OUT: ("[-", "-]"), IN: ("{+", "+}")}
    return "".join(text.join(around.get(mark, ("", ""))) for mark, text in pieces)


def percent(share: float | None) -> str:
    """A relative difference, signed, with one decimal; '' where there is none."""
    return "" if share is None else f"{share:+.1%}".replace("-", "−")


def render(templates: Path, name: str, view: View, own: Any, **more: Any) -> str:
    """One of the templates about a comparison."""
    template = environment(templates).get_template(name)
    return template.render(view=view, say=own, **more)


def summary(templates: Path, view: View, own: Any) -> str:
    """The summary, as much of each list as keeps it below the cap."""
    for limit in STEPS:
        text = render(templates, SUMMARY, view, own, limit=limit)
        if len(text) <= CAP:
            return text
    return text[:CAP]


def terminal(templates: Path, view: View, own: Any, *, whole: bool = False, width: int = 0) -> str:
    """What changed, on one screen of lines that fit ``width``, or all of it."""
    for limit in (1_000_000,) if whole else LINES:
        text = render(templates, TERMINAL, view, own, limit=limit)
        if text.count("\n") <= SCREEN:
            break
    if whole or not width:
        return text
    return "\n".join(cut(line, width) for line in text.split("\n"))


def cut(line: str, width: int) -> str:
    """A line that takes no more columns; Chinese characters take two."""
    taken = 0
    for place, character in enumerate(line):
        taken += 2 if east_asian_width(character) in "WF" else 1
        if taken > width:
            return f"{line[: max(0, place - 1)]}…"
    return line
