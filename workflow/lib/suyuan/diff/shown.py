"""What people see of a comparison: its summary, its page and its lines on a screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from suyuan.contract.configured import read_document
from suyuan.contract.edition import possible_schemas
from suyuan.contract.words import Words, read_words
from suyuan.core.files import dump_json, write_text
from suyuan.core.layout import Layout
from suyuan.diff import rendered, review
from suyuan.diff.named import Named
from suyuan.diff.sides import Side
from suyuan.diff.site import Site
from suyuan.diff.view import Document, View
from suyuan.diff.viewer import view

WORDS = "templates/diff/words.yaml"
DOCUMENT, SUMMARY, PAGE = "diff.json", "summary.md", "index.html"


def naming(layout: Layout, base: Side, head: Side) -> Named:
    """The names of what a comparison speaks of, in the words of the report and of its own."""
    own = Words(read_document(layout.root / WORDS, WORDS), ())
    titles = {name: schema.title for name, schema in possible_schemas(layout).items()}
    return Named((head, base), read_words(layout), own, titles)


@dataclass(frozen=True)
class Shown:
    """A comparison with the names on both sides and what was said of it."""

    root: Path
    base: Side
    head: Side
    view: View
    words: Words

    @classmethod
    def of(cls, root: Path, document: Document, base: Side, head: Side) -> Shown:
        """``document`` is diff.json with its text and figures."""
        named = naming(Layout(root, head.edition), base, head)
        return cls(root, base, head, view(document, named), named.own)

    @property
    def templates(self) -> Path:
        return self.root / "templates"

    @property
    def record(self) -> Path:
        """Where the verdicts on this comparison are kept."""
        return review.place(self.root, self.head.edition)

    @property
    def standings(self) -> dict[str, review.Standing]:
        return review.standings(self.view, review.read(self.record))

    def files(self, out: Path) -> dict[str, str]:
        """The comparison, its summary and its page by name, as they are to lie in a folder."""
        site = Site(self.view, (self.base, self.head), self.words, out)
        return {
            DOCUMENT: dump_json(self.view.document) + "\n",
            SUMMARY: rendered.summary(self.templates, self.view, self.words),
            PAGE: site.html(self.templates, self.standings),
        }

    def write(self, out: Path) -> None:
        """Write all that into a folder."""
        for name, text in self.files(out).items():
            write_text(out / name, text)

    def lines(
        self, *, whole: bool = False, only: Sequence[str] = (), tolerance: float = 0, width: int = 0
    ) -> str:
        """What a terminal prints."""
        narrow = self.view.narrowed(only, tolerance)
        return rendered.terminal(self.templates, narrow, self.words, whole=whole, width=width)

    def word(self, sentence: str, /, **about: Any) -> str:
        """A sentence of the review."""
        return str(self.words["review"][sentence]).format(**about)
