"""One figure, from its description to SVG: its marks are looked up, counted and drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, partial
from pathlib import Path
from typing import Any

import pandas as pd

from suyuan.core.beside import beside
from suyuan.core.errors import ConfigError, Problem
from suyuan.figures import theme
from suyuan.figures.book import IDS, Book
from suyuan.figures.description import DRAWINGS, NARROW, WHOLE, WIDTH, WIDTHS, Described
from suyuan.figures.kind import COUNTED, kind_of
from suyuan.figures.remarks import Remarks, add, remarks_of
from suyuan.figures.source import source_name, source_of
from suyuan.figures.store import Store
from suyuan.figures.svg import marks_of, to_svg
from suyuan.lineage.members import choices, placeholders
from suyuan.lineage.reads import Group

# What marks that do not suit their kind lead to: words on a time axis, a zero on a log one.
UNSUITABLE = (ValueError, ArithmeticError, LookupError)
Opener = Callable[[Described], Book]  # what ``shelf`` gives


@dataclass(frozen=True)
class Drawn:
    """A figure as files: its SVG, that of its narrow drawing, what is plotted, its entry.

    The entry in figures.json counts the marks of the first drawing alone: the second shows the
    same values to who has less room.
    """

    svg: str
    narrow: str
    plotted: pd.DataFrame
    entry: dict[str, Any]

    @property
    def drawings(self) -> dict[str, str]:
        """Both drawings, by the ends of their files' names."""
        return dict(zip(DRAWINGS, (self.svg, self.narrow), strict=True))


def marks_table(open_book: Opener, figure: Described) -> pd.DataFrame:
    """The marks of one figure in drawing order, fit for its kind.

    Raises ConfigError: E161 a value that does not exist, E344 a mark that is no number, E345 a
    table or column that does not exist, E346 no marks or no number, E347 too many series or few,
    E348 tables that do not fit each other, E900–E906 marks that do not suit the kind.
    """
    kind = kind_of(figure.draw)
    try:
        marks = source_of(source_name(figure.spec)).table(open_book(figure), figure.spec)
    except UNSUITABLE as error:
        raise ConfigError(figure.problem("E348", figure.draw, detail=str(error))) from error
    if marks.empty or (kind.facts != COUNTED and not marks["v"].notna().any()):
        raise ConfigError(figure.problem("E346", figure.draw))
    found = marks["series"].nunique()
    if found not in kind.series:
        ends = {"least": str(kind.series[0]), "most": str(kind.series[-1])}
        raise ConfigError(figure.problem("E347", figure.draw, found=str(found), **ends))
    for rule in kind.rules():
        if wrong := rule.first(marks):
            mark, fault = wrong
            raise ConfigError(figure.problem(rule.code, figure.draw, mark=mark, found=fault))
    return marks


def check_figures(figures: Iterable[Described], open_book: Opener) -> None:
    """Look up the marks and remarks of all figures. Raises ConfigError with all problems."""
    problems: list[Problem] = []
    for figure in figures:
        try:
            marks_table(open_book, figure)
            remarks_of(open_book(figure), figure.spec)
        except ConfigError as error:
            problems += error.problems
    if problems:
        raise ConfigError(problems)


def summary(marks: pd.DataFrame, facts: Sequence[str]) -> dict[str, str]:
    """Facts of the alternative text: how many marks, the largest and the smallest."""
    known = {"count": str(len(marks)), "series": "、".join(dict.fromkeys(marks["series"]))}
    if facts != COUNTED:
        for name, place in (("most", marks["v"].idxmax()), ("least", marks["v"].idxmin())):
            row = marks.loc[place]
            known |= {
                name: row["label"],
                f"{name}_txt": row["txt"],
                f"{name}_x": str(row.get("x", "")),
            }
    return {fact: known[fact] for fact in facts}


def found_marks(open_book: Opener, figure: Described) -> tuple[pd.DataFrame, Remarks, Group]:
    """The marks of a figure and its remarks, and what was read to find them."""
    book = open_book(figure)
    with book.ledger.reading(f"figure:{figure.id}", "its entry, and what this names") as reads:
        book.ledger.note("figures", "figures", [figure.entry])
        chosen = choices(book.ledger, placeholders(figure.spec, book.members))
        book.ledger.recall(group.name for group in chosen)
        return marks_table(open_book, figure), remarks_of(book, figure.spec), reads


def _dressed() -> None:
    """The theme is in use already."""


@dataclass(frozen=True)
class Found:
    """A figure that is to be drawn: its marks, fit for its kind, what it says, what was read.

    ``shortened``: it has more marks than its kind shows.
    """

    figure: Described
    marks: pd.DataFrame
    remarks: Remarks
    reads: Group
    shortened: bool

    @classmethod
    def of(cls, open_book: Opener, figure: Described) -> Found:
        """Raises what ``marks_table`` does."""
        found, remarks, reads = found_marks(open_book, figure)
        marks = kind_of(figure.draw).fitting(found)
        return cls(figure, marks, remarks, reads, len(marks) < len(found))

    @property
    def plotted(self) -> pd.DataFrame:
        """What is plotted: the columns of its marks that hold something."""
        marks = self.marks
        return marks[[name for name in marks if name != IDS and marks[name].notna().any()]]

    def like(self, other: Found) -> bool:
        """Whether both have marks of the same values, and name the same ones beside them."""
        return self._values == other._values

    @cached_property
    def _values(self) -> tuple[object, ...]:
        names = [name for name in self.marks if name == IDS or name.endswith("_id")]
        ids = {name: self.marks[name].tolist() for name in names}
        return self.figure.draw, list(self.marks), ids, self.remarks.values

    def entry(self, shown: Sequence[tuple[str, str]]) -> dict[str, Any]:
        """Its entry in figures.json, where its first drawing has these marks (``marks_of``)."""
        marks = self.marks
        own = {value_id for name in marks if name.endswith("_id") for value_id in marks[name]}
        beside = [value_id for value_id in self.remarks.values if value_id not in own]
        entry: dict[str, Any] = {
            "draw": self.figure.draw,
            "marks": list(shown),
            "facts": summary(marks, kind_of(self.figure.draw).facts),
            "ids": list(marks[IDS]),
            "says": self.remarks.text,
            "beside": beside,
            "reads": self.reads.to_json(self.reads.values),
        }
        return entry | {"shortened": True} if self.shortened else entry

    def drawings(
        self, store: Store | None = None, dress: Callable[[], object] = _dressed
    ) -> tuple[str, str]:
        """Both drawings, from the ``store`` where that has them; ``dress`` comes before others.

        Raises E348 for marks that cannot be drawn so.
        """
        figure, kind = self.figure, kind_of(self.figure.draw)
        ways = repr((figure.draw, self.remarks))  # beside the marks, all that a drawing shows

        def drawing(name: str, width: float) -> str:
            def draw() -> str:
                dress()
                made = kind.draw(self.marks, width)
                add(made, self.remarks)
                return to_svg(made, name)

            return store.get(ways, name, self.marks, width, draw) if store else draw()

        try:
            svg = drawing(figure.id, WIDTHS[figure.spec.get(WIDTH, WHOLE)])
            return svg, drawing(figure.id + NARROW, theme.NARROW_INCHES)
        except UNSUITABLE as error:
            raise ConfigError(figure.problem("E348", figure.draw, detail=str(error))) from error


def drawn(
    open_book: Opener,
    figure: Described,
    store: Store | None = None,
    dress: Callable[[], object] = _dressed,
) -> Drawn:
    """The figure, found and drawn. Raises what ``marks_table`` does, and what ``drawings`` do."""
    found = Found.of(open_book, figure)
    svg, narrow = found.drawings(store, dress)
    return Drawn(svg, narrow, found.plotted, found.entry(marks_of(svg)))


def all_drawn(
    stage: str,
    open_book: Opener,
    described: Mapping[str, Described],
    fonts: Path,
    store: Store | None = None,
) -> dict[str, Drawn]:
    """Every figure by its name, in the given order, half of them drawn on a second core.

    Of a ``store`` those that it has are not drawn; where it has all, Matplotlib is not imported.

    Raises MachineError naming the ``stage`` where that process was killed, as ``beside`` does.
    """
    dress = cache(partial(theme.use, fonts))
    if store is None or store.is_new:  # both processes will draw
        dress()

    def some(names: Iterable[str]) -> dict[str, Drawn]:
        return {name: drawn(open_book, described[name], store, dress) for name in names}

    names = list(described)
    with beside(stage, lambda: some(names[1::2])) as others:
        found = some(names[::2]) | others()
    return {name: found[name] for name in names}
