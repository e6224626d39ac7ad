"""The figures of a preview, drawn on a second core while the page is written that will hold them.

Which marks a drawing shows is seen when it is there. Until then a page takes it that these are the
ones of the drawing before, and is written again if they are others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import TypeAlias

from suyuan.contract.tables import table_text
from suyuan.core.beside import Result, beside
from suyuan.core.layout import Layout
from suyuan.figures import theme
from suyuan.figures.drawn import Found
from suyuan.figures.store import Store
from suyuan.figures.svg import marks_of
from suyuan.outputs.verification.afresh import Computed
from suyuan.page.compose import Saved

Shown: TypeAlias = Sequence[tuple[str, str]]  # marks of a drawing, as ``marks_of`` finds them

Drawn: TypeAlias = dict[str, tuple[Shown, tuple[str, str]]]  # with both drawings


@dataclass(frozen=True)
class Figures:
    """Figures as pages take them: as they are saved, and both drawings of each, by name."""

    saved: Mapping[str, Saved]
    drawings: Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Drawing:
    """Figures that are being drawn: as they will be saved, it seems, and what waits for them."""

    likely: Mapping[str, Saved]
    figures: Result[Figures]


class Easel:
    """Where the figures of an edition are drawn."""

    def __init__(self, layout: Layout) -> None:
        self._store = Store.of(layout)
        self._dress = cache(partial(theme.use, layout.templates / "fonts"))
        self._found: Mapping[str, Found] = {}
        self._last = Figures({}, {})

    def hung(self) -> Drawing:
        """The figures that were drawn last."""
        return Drawing(self._last.saved, lambda: self._last)

    @contextmanager
    def drawing(self, computed: Computed) -> Iterator[Drawing]:
        """The figures of these values. Raises what ``Computed.drawn`` does."""
        found = replace(computed, ledger=computed.ledger.copy()).found()  # figures add values
        like = [n for n, each in found.items() if n in self._found and each.like(self._found[n])]
        others = [name for name in found if name not in like]
        mine = others if like else others[::2]
        self._dress()  # or each process would
        with beside("preview", lambda: self._drawn(found, found.keys() - set(mine))) as rest:
            later = cache(rest)
            now = self._drawn(found, mine) | ({} if like else later())
            shown = {name: self._last.saved[name].entry["marks"] for name in like}
            shown |= {name: marks for name, (marks, _) in now.items()}
            likely = {name: _saved(name, each, shown[name]) for name, each in found.items()}
            yield Drawing(likely, lambda: self._hang(found, likely, now | later()))
        self._store.trim()

    def _drawn(self, found: Mapping[str, Found], names: Iterable[str]) -> Drawn:
        drawings = {name: found[name].drawings(self._store) for name in names}
        return {name: (marks_of(whole), (whole, n)) for name, (whole, n) in drawings.items()}

    def _hang(
        self, found: Mapping[str, Found], likely: Mapping[str, Saved], drawn: Drawn
    ) -> Figures:
        saved = dict(likely)
        for name, (shown, _) in drawn.items():
            if shown != likely[name].entry["marks"]:
                saved[name] = _saved(name, found[name], shown)
        self._found, self._last = found, Figures(saved, {n: d for n, (_, d) in drawn.items()})
        return self._last


def _saved(name: str, figure: Found, shown: Shown) -> Saved:
    return Saved(name, figure.entry(shown), table_text(figure.plotted))
