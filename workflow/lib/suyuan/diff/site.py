"""index.html: a comparison as one file that a browser opens without a network."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from filecmp import cmp
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import jinja2
from markupsafe import Markup

from suyuan.contract.configured import read_text
from suyuan.core.files import dump_json
from suyuan.diff import review
from suyuan.diff.rendered import FOLDER
from suyuan.diff.view import CLAIM, FIGURE, INPUT, KINDS, Cause, Item, View

PAGE, STYLE, SCRIPT = "index.jinja", "index.css", "index.js"
IDS = re.compile(r'(\bid="|url\(#|href="#)')
WORDS = ("kind", "cause", "change", "piece", "drawn", "robust", "state", "rule", "page")


class Printed(Protocol):
    """What is asked of a side: where its page lies, and where that prints values."""

    @property
    def folder(self) -> Path: ...
    @property
    def edition(self) -> str: ...
    @property
    def html(self) -> Path: ...
    @property
    def lineage(self) -> Mapping[str, Any]: ...


class Site:
    """The page of a comparison; ``out`` is the folder that it will lie in."""

    def __init__(
        self, view: View, sides: Sequence[Printed], own: Mapping[str, Any], out: Path
    ) -> None:
        self.view, self.sides, self.own, self.out = view, sides, own, out
        self.causes: dict[str, int] = {}
        self.listed: list[dict[str, str]] = []

    def html(self, templates: Path, verdicts: Mapping[str, review.Standing]) -> str:
        """The page; ``verdicts`` are how its items stand."""
        folder = templates / FOLDER
        jinja = jinja2.Environment(
            loader=jinja2.FileSystemLoader(folder),
            undefined=jinja2.StrictUndefined,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        parts = {
            "style": read_text(folder / STYLE, f"templates/{FOLDER}/{STYLE}"),
            "script": read_text(folder / SCRIPT, f"templates/{FOLDER}/{SCRIPT}"),
            "data": embedded(self.data(verdicts)),
        }
        page: str = jinja.get_template(PAGE).render(
            view=self.view, say=self.own, **{name: Markup(text) for name, text in parts.items()}
        )
        return page

    def data(self, verdicts: Mapping[str, review.Standing]) -> dict[str, Any]:
        """All that the script shows."""
        items = [self._item(item) for item in self.view.items]
        document = self.view.document
        return {
            "base": document["base"],
            "head": document["head"],
            "pages": [os.path.relpath(page_of(side), self.out) for side in self.sides],
            "kinds": list(KINDS),
            "titles": dict(self.view.titles),
            "causes": self.listed,
            "items": items,
            "drawings": dict(self._drawings()),
            "verdicts": review.to_json(verdicts),
            "say": {word: self.own[word] for word in WORDS},
            "file": self.own["file"],
            "nothing": self.own["nothing"],
        }

    def _item(self, item: Item) -> dict[str, Any]:
        found: dict[str, Any] = {
            "kind": item.kind, "name": item.name, "id": item.id, "title": item.title,
            "change": item.change, "before": item.before, "after": item.after,
            "sections": list(item.sections), "causes": [self._cause(c) for c in item.causes],
            "delta": item.delta, "relative": item.relative, "digest": item.digest,
            "at": [self._anchor(side, item) for side in (0, 1)],
        }  # fmt: skip
        return found | dict(item.more)

    def _cause(self, cause: Cause) -> dict[str, Any]:
        """A cause by its place in the list of all, with its share."""
        if cause.ref not in self.causes:
            self.causes[cause.ref] = len(self.listed)
            one = {"ref": cause.ref, "kind": cause.kind, "label": cause.label}
            self.listed.append(one)
        found: dict[str, Any] = {"of": self.causes[cause.ref]}
        if cause.share:
            found |= {"share": cause.share, "number": cause.number}
        return found | ({"cells": list(cause.cells)} if cause.cells else {})

    @cached_property
    def _places(self) -> list[dict[str, dict[str, str]]]:
        """Of each side: the first anchor of a value in each section."""
        found: list[dict[str, dict[str, str]]] = []
        for side in self.sides:
            own: dict[str, dict[str, str]] = {}
            for use in side.lineage["uses"]:
                own.setdefault(use["v"], {}).setdefault(use["sec"], use["anchor"])
            found.append(own)
        return found

    def _anchor(self, side: int, item: Item) -> str:
        """Where a side prints an item, '' where it does not."""
        places = self._places[side]
        if item.kind == FIGURE:
            return f"fig-{item.id}" if item.more["drawn"][side] else ""
        if item.kind == CLAIM:
            entry = self.sides[side].lineage["claims"].get(item.id, {})
            return next(iter(entry.get("uses", ())), "")
        if item.kind == INPUT:
            return ""
        if "redline" in item.more:
            if not (item.before, item.after)[side]:
                return ""
            section = item.sections[0]
            anchors = (places.get(value, {}).get(section) for value in item.more["values"])
            return next(filter(None, anchors), f"sec-{section}")
        return next(iter(places.get(item.id, {}).values()), "")

    def _drawings(self) -> Iterator[tuple[str, list[str]]]:
        """The drawings of changed figures before and after, by the figure's name."""
        for item in self.view.of(FIGURE):
            yield (
                item.id,
                [
                    apart((self.sides[side].folder / place).read_text(encoding="utf-8"), "ba"[side])
                    if place
                    else ""
                    for side, place in enumerate(item.more["drawn"])
                ],
            )


def page_of(side: Printed) -> Path:
    """The page of a side where people read it, if what was delivered is that page."""
    delivered = side.folder / "report" / side.edition / side.html.name
    same = delivered.is_file() and cmp(delivered, side.html, shallow=False)
    return delivered if same else side.html


def apart(svg: str, side: str) -> str:
    """A drawing whose names do not meet those of the other side."""
    return IDS.sub(rf"\g<1>{side}-", svg)


def embedded(data: Mapping[str, Any]) -> str:
    """JSON that may stand in a script."""
    return dump_json(data).replace("<", "\\u003c")
