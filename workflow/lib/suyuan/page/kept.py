"""What is kept of a page that is written again and again, as a preview does after every save.

A page is written in steps: a section after the other, then what stands around them, then the data
below figures and tables. What a step writes hangs on its source, on the values, and on what the
steps before it have left on the page: numbers of figures, anchors, uses. So a step of the same
source is not taken again as long as all before it have left the same; what it left is put down
once more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any, TypeVar
from xml.etree.ElementTree import Element

from markupsafe import Markup

from suyuan.lineage.file import Use
from suyuan.lineage.reads import Group
from suyuan.lineage.value import Value
from suyuan.page.exhibits import Exhibit
from suyuan.page.page import Page
from suyuan.page.templates import spaced

T = TypeVar("T")


class Anew:
    """Keeps nothing: every step is taken."""

    def opened(self, opening: Callable[[], Page]) -> Page:
        """The page before its first step."""
        return opening()

    def step(self, page: Page, name: str, source: str | None, write: Callable[[], T]) -> T:
        """What ``write`` gives; a step without a ``source`` is always taken."""
        return write()

    def spaced(self, html: Markup, name: str) -> Element:
        """What stands in a slot of that name, as a tree."""
        return spaced(html, name)


ANEW = Anew()


@dataclass(frozen=True)
class Left:
    """What a step has left on a page."""

    uses: list[Use]
    claimed: Mapping[str, list[str]]
    anchors: Counter[str]
    exhibits: list[Exhibit]
    slots: Mapping[str, int]
    resting: Mapping[str, list[str]]
    values: list[Value]
    groups: Mapping[str, Group]

    def put_down(self, page: Page) -> None:
        """Leave it on another page."""
        page.uses += self.uses
        for claim, anchors in self.claimed.items():
            page.claimed.setdefault(claim, []).extend(anchors)
        page.anchors.update(self.anchors)
        page.exhibits += self.exhibits
        page.slots.update(self.slots)
        page.resting.update(self.resting)
        for value in self.values:
            page.ledger.add(value)
        page.ledger.groups.update({name: group.copy() for name, group in self.groups.items()})


class Before:
    """A page before a step, and what has come to it since."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.uses, self.exhibits = len(page.uses), len(page.exhibits)
        self.claimed = {claim: len(anchors) for claim, anchors in page.claimed.items()}
        self.anchors, self.slots = page.anchors.copy(), set(page.slots)
        self.resting, self.values = bool(page.resting), len(page.ledger.made)
        self.groups = {name: group.size for name, group in page.ledger.groups.items()}

    def left(self) -> Left:
        """What the step has left."""
        page, ledger = self.page, self.page.ledger
        claimed = {c: anchors[self.claimed.get(c, 0) :] for c, anchors in page.claimed.items()}
        return Left(
            page.uses[self.uses :],
            {claim: anchors for claim, anchors in claimed.items() if anchors},
            page.anchors - self.anchors,
            page.exhibits[self.exhibits :],
            {name: at for name, at in page.slots.items() if name not in self.slots},
            {} if self.resting else dict(page.resting),
            list(ledger.made)[self.values :],
            {n: g.copy() for n, g in ledger.groups.items() if self.groups.get(n) != g.size},
        )


@dataclass(frozen=True)
class Step:
    """A step that was taken."""

    after: str  # the name of the one before
    source: str | None
    written: Any
    left: Left


class Kept(Anew):
    """Keeps the steps of the last page; they are good while the same values are printed."""

    def __init__(self) -> None:
        self.same = False  # whether all that this page holds was on the last one
        self._page: Page | None = None
        self._steps: dict[str, Step] = {}
        self._taken = [""]
        self._spaced: dict[str, tuple[Markup, Element]] = {}

    def opened(self, opening: Callable[[], Page]) -> Page:
        """A copy of the page before its first step; now the steps begin."""
        self.same = self._page is not None
        self._page, self._taken = self._page or opening(), [""]
        return replace(
            self._page,
            ledger=self._page.ledger.copy(), claimed={}, uses=[], anchors=Counter(), exhibits=[],
            resting={}, slots={},
        )  # fmt: skip

    def step(self, page: Page, name: str, source: str | None, write: Callable[[], T]) -> T:
        """What ``write`` gives or once gave; if it is taken, what it leaves is compared."""
        last, after = self._steps.get(name), self._taken[-1]
        self._taken.append(name)
        good = self.same and last is not None and last.after == after
        if good and last is not None and source is not None and last.source == source:
            last.left.put_down(page)
            return deepcopy(last.written)
        before = Before(page)
        written = write()
        again = deepcopy(written) if source is not None else None
        step = self._steps[name] = Step(after, source, again, before.left())
        self.same = good and last is not None and step.left == last.left
        if not self.same:  # what came after stood on something else
            self._steps = {one: self._steps[one] for one in self._taken[1:]}
        return written

    def spaced(self, html: Markup, name: str) -> Element:
        """What stands in a slot of that name, as a tree."""
        if name not in self._spaced or self._spaced[name][0] != html:
            self._spaced[name] = html, spaced(html, name)
        return deepcopy(self._spaced[name][1])
