"""Every value of an edition asked what its lineage is worth, while the page is being written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

from suyuan.contract.config import Config
from suyuan.contract.messages import catalogue
from suyuan.contract.tables import read_raw
from suyuan.core.beside import Result, beside
from suyuan.core.errors import Problem
from suyuan.core.layout import Layout
from suyuan.domain.cited import source_entries
from suyuan.domain.operations import OPERATIONS
from suyuan.figures.store import Store
from suyuan.lineage.graph import ancestry
from suyuan.lineage.ledger import Ledger
from suyuan.lineage.value import Value
from suyuan.lineage.verification import KINDS, Cells, Verdict, check_value
from suyuan.outputs.verification.afresh import Afresh, Computed

CODES = dict(zip(KINDS, ("E310", "E311", "E313"), strict=True))


@dataclass(frozen=True)
class Asked:
    """An edition written afresh, and what its values answer; ``early`` were asked meanwhile."""

    afresh: Afresh
    early: Sequence[str]
    answer: Result[Verdict]

    @cached_property
    def verdict(self) -> Verdict:
        """The answers of all values; those that the page chose are asked now."""
        computed, known = self.afresh.computed, set(self.early)
        late = [name for name in self.afresh.document["values"] if name not in known]
        asked_now = ask(computed.layout, computed.ledger, late)
        return self.answer().with_more(asked_now)

    def problems(self, file: str) -> Iterator[Problem]:
        """E310, E311 and E313 for the values that do not bear it; ``file`` is their lineage."""
        for failure in self.verdict.failures:
            yield Problem(CODES[failure.kind], file, 1, failure.value_id, failure.detail)


def ask(layout: Layout, ledger: Ledger, wanted: Iterable[str]) -> Verdict:
    """Both questions to the ``wanted`` values, each as the lineage file has it."""
    wanted = list(wanted)
    needed = {name for own in wanted for name in (own, *ledger.parents(own))}
    known = {name: Value.from_json(name, ledger.parent(name).to_json()) for name in needed}
    raw = {
        source["id"]: (read_raw(layout.root / source["path"], source["path"]), source["key"][0])
        for source in source_entries(layout)
        if source["key"]
    }
    cells, verdict = Cells(raw), Verdict()
    for value_id in wanted:
        check_value(known[value_id], known, cells, ledger.codebook, OPERATIONS, verdict)
    return verdict


def _early(computed: Computed) -> list[str]:
    """The numbers and all that they rest on: in the lineage whatever the page will say."""
    return sorted(ancestry(computed.ledger, computed.ledger.numbers()))


@contextmanager
def asked(layout: Layout, config: Config, store: Store | None = None) -> Iterator[Asked]:
    """The edition computed and written afresh; its values answer on a second core meanwhile.

    Figures are drawn afresh too, but for what a ``store`` has of the same marks.
    """
    computed = Computed.of(layout, config)
    early, figures = _early(computed), computed.drawn(store)
    with beside("verify", lambda: ask(layout, computed.ledger, early)) as answer:
        yield Asked(computed.written(figures), early, answer)


def summary(verdict: Verdict, layout: Layout, seconds: float) -> str:
    """The verdict in words."""
    words = catalogue(layout.templates)["verified"]
    return words.format(
        edition=layout.edition,
        values=verdict.values,
        inputs=verdict.inputs,
        moved=verdict.moved,
        explained=len(verdict.explained),
        seconds=f"{seconds:.1f}",
    )
