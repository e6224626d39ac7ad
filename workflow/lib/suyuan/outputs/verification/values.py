"""Every value of an edition asked what its lineage is worth, while the page is being written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property

from suyuan.contract.config import Config
from suyuan.contract.messages import catalogue
from suyuan.contract.tables import RawTable, read_raw
from suyuan.core.beside import Result, beside
from suyuan.core.errors import Problem
from suyuan.core.layout import Layout
from suyuan.domain.cited import source_entries
from suyuan.domain.operations import OPERATIONS
from suyuan.figures.store import Store
from suyuan.lineage.file import KEPT
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


@dataclass(frozen=True)
class AsWritten(Mapping[str, Value]):
    """The values of a ledger as the lineage file has them; of very many, not all are held."""

    ledger: Ledger
    _read: dict[str, Value] = field(default_factory=dict, repr=False)

    def __getitem__(self, value_id: str) -> Value:
        if value_id not in self._read:
            if len(self._read) >= KEPT:
                self._read.clear()
            entry = self.ledger.parent(value_id).to_json()
            self._read[value_id] = Value.from_json(value_id, entry)
        return self._read[value_id]

    def __contains__(self, value_id: object) -> bool:
        return bool(self.ledger.known([str(value_id)]))

    def __iter__(self) -> Iterator[str]:
        return (value.id for value in self.ledger)

    def __len__(self) -> int:
        return sum(1 for _ in self.ledger)


def ask(layout: Layout, ledger: Ledger, wanted: Iterable[str]) -> Verdict:
    """Both questions to the ``wanted`` values, each as the lineage file has it."""
    known = AsWritten(ledger)
    listed = {source["id"]: source for source in source_entries(layout) if source["key"]}

    def read(name: str) -> tuple[RawTable, str]:
        path = listed[name]["path"]
        return read_raw(layout.root / path, path), listed[name]["key"][0]

    cells, verdict = Cells(read), Verdict()
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
