"""The ledger: the only maker of values, which writes their lineage as it computes them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import localcontext
from fnmatch import fnmatchcase
from itertools import chain

from suyuan.contract.codebook import Codebook
from suyuan.core.errors import (
    BasisMismatch,
    DuplicateValue,
    NotComputable,
    OutOfBounds,
    UnitMismatch,
    UnknownValue,
    UnnotedRead,
)
from suyuan.core.numbers import EXACT
from suyuan.lineage.graph import gathered
from suyuan.lineage.intervals import Interval
from suyuan.lineage.operation import Operation, Operations
from suyuan.lineage.reads import Group
from suyuan.lineage.texts import Texts
from suyuan.lineage.value import NOTHING, TEXT, Cell, Value, bound_of, indicator_of, is_exact

WILD = re.compile(r"[*?\[]")  # what makes a part of a pattern match more than itself
# Readings that the ledger makes itself: what they are for, and the cells.
CODEBOOK = {
    "indicator": ("how it is kept, printed and bounded", Codebook.indicator_cells),
    "unit": ("how it is converted", Codebook.unit_cells),
}


class Ledger:
    """All values of an edition, by id, in the order they were made.

    ``operations`` are those that a value may be made by. ``groups`` are what was read, by name.
    ``rows`` are the columns that decide a recorded value beside its own cell, by the table and
    column of that cell: they are those of its own row. ``texts`` are those of all cells.
    """

    def __init__(
        self,
        codebook: Codebook,
        operations: Operations,
        values: Iterable[Value] = (),
        groups: Iterable[Group] = (),
        rows: Mapping[tuple[str, str], Sequence[str]] | None = None,
        texts: Texts | None = None,
    ) -> None:
        self.codebook = codebook
        self.operations = operations
        self.groups = {group.name: group for group in groups}
        self.rows = dict(rows or {})
        self.texts = texts or Texts()
        self._open: tuple[Group, ...] = ()  # readings entered and not yet left
        self._sealed = False
        self._via: dict[tuple[str, str], tuple[str, ...]] = {}  # of what is derived here and now
        self._values: dict[str, Value] = {}
        self._of_subject: dict[str, list[Value]] = {}
        self._roots: dict[str, dict[Cell, None]] = {}  # as asked for; values never change
        self._sources: dict[str, dict[str, None]] = {}
        self.spans: dict[str, Interval] = {}  # where values may lie, as far as it was asked
        for value in values:
            self.add(value)

    def copy(self) -> Ledger:
        """Another with all that this one holds; what is added to either is not in the other."""
        groups = (group.copy() for group in self.groups.values())
        return Ledger(self.codebook, self.operations, self.made, groups, self.rows, self.texts)

    def __getitem__(self, value_id: str) -> Value:
        """The value; whoever looks at it in a reading has read it. Raises UnknownValue."""
        value = self._value(value_id)
        self._looked_at(value_id)
        return value

    def _value(self, value_id: str) -> Value:
        if (found := self._values.get(value_id) or self.texts.find(value_id)) is None:
            raise UnknownValue(value_id)
        return found

    def __contains__(self, value_id: str) -> bool:
        """Whether there is such a value, which counts as a look at it."""
        if not self._known(value_id):
            return False
        self._looked_at(value_id)
        return True

    def _known(self, value_id: str) -> bool:
        return value_id in self._values or value_id in self.texts

    def __iter__(self) -> Iterator[Value]:
        """All values: first the texts of cells, which are many."""
        return chain(self.texts, self.made)

    @property
    def made(self) -> Collection[Value]:
        """All values but the texts of cells."""
        return self._values.values()

    def numbers(self) -> list[str]:
        """Ids of all numbers."""
        return [value.id for value in self.made if value.unit != TEXT]

    @contextmanager
    def reading(self, name: str, rule: str) -> Iterator[Group]:
        """What is read inside decides what is derived inside; it becomes the group ``name``.

        Readings stand within each other: what is read goes to the innermost. What was read in one
        and is carried out of it is used ``given`` its group.
        """
        group = self.groups.setdefault(name, Group(name, rule))
        with self.given(group):
            yield group

    @contextmanager
    def given(self, *groups: Group) -> Iterator[None]:
        """What is derived inside rests on what was read before."""
        before = self._open
        self._open, self._via = (*before, *(g for g in groups if g not in before)), {}
        try:
            yield
        finally:
            self._open, self._via = before, {}

    @contextmanager
    def sealed(self) -> Iterator[None]:
        """Nothing may be read inside but in a reading: raises UnnotedRead."""
        self._sealed = True
        try:
            yield
        finally:
            self._sealed = False

    def note(self, table: str, column: str, keys: Iterable[str] | None = None) -> None:
        """Cells were read; None: a whole column, or all below a key of a YAML file."""
        if self._open:
            self._open[-1].note(table, column, keys)
        elif self._sealed:
            raise UnnotedRead(f"{table}.{column}")

    def recall(self, names: Iterable[str]) -> None:
        """What was read in other readings decides what is derived here too."""
        for name in names if self._open else ():
            self._open[-1].add(self.groups[name])

    @property
    def here(self) -> tuple[str, ...]:
        """Names of the readings that are open."""
        return self._reads()

    def own_row(self, table: str, column: str, columns: Sequence[str]) -> None:
        """Columns decide the values that cells of a column are recorded as, each in its row."""
        self.rows[table, column] = tuple(columns)

    def _looked_at(self, value_id: str) -> None:
        if self._open:
            self._open[-1].values[value_id] = None
        elif self._sealed:
            raise UnnotedRead(value_id)

    def parent(self, value_id: str) -> Value:
        """A value that whatever is derived after a look at it has as a parent. No note is taken."""
        return self._value(value_id)

    def known(self, value_ids: Iterable[str]) -> list[str]:
        """Those that there are, to become parents: a parent needs no note of being there."""
        return [value_id for value_id in value_ids if self._known(value_id)]

    def _reads(self, indicator: str = "", unit: str = "") -> tuple[str, ...]:
        """Groups of what is derived here: those of its indicator and unit, and all readings."""
        if (found := self._via.get((indicator, unit))) is None:
            named = [f"indicator:{indicator}"] * bool(indicator) + [f"unit:{unit}"] * bool(unit)
            for name in named:
                self._codebook_group(name)
            found = self._via[indicator, unit] = (*named, *(group.name for group in self._open))
        return found

    def _codebook_group(self, name: str) -> None:
        """The cells of the codebook that give an indicator or unit its meaning, as a group."""
        if name in self.groups:
            return
        kind, _, key = name.partition(":")
        rule, cells = CODEBOOK[kind]
        group = self.groups[name] = Group(name, rule)
        for table, column, row in cells(self.codebook, key):
            group.note(table, column, [row])

    def matching(self, pattern: str) -> list[Value]:
        """Numbers of one series: ids that match a shell pattern, on the indicator's own basis."""
        subject = pattern.partition(".")[0]
        among = self.made if WILD.search(subject) else self._of_subject.get(subject, ())
        found = [v for v in among if v.unit != TEXT and fnmatchcase(v.id, pattern)]
        book = self.codebook.indicators
        wanted = [v for v in found if v.src == () or v.basis == book[indicator_of(v.id)].basis]
        for value in wanted:
            self._looked_at(value.id)
        return wanted

    def parents(self, value_id: str) -> Sequence[str]:
        """Ids of the values that a value was made from."""
        return self._value(value_id).parents

    def via(self, value_id: str) -> Sequence[str]:
        """Names of the groups that decided a value."""
        return self._value(value_id).via

    def deciding(self, value_id: str) -> Sequence[str]:
        """The tables that decided that a value is made, each once, without the codebook's."""
        groups = [n for n in self.via(value_id) if n.partition(":")[0] not in CODEBOOK]
        return [*dict.fromkeys(table for name in groups for table, _ in self.groups[name].cells)]

    def looked_at(self, group: str) -> Iterable[str]:
        """Ids of the values that were looked at in a reading."""
        return self.groups[group].values

    def roots(self, value_id: str) -> Sequence[Cell]:
        """The cells that a value goes back to, each once, first its own, then its parents'."""
        return tuple(gathered(self, value_id, self._roots, lambda own: self._value(own).src))

    def sources(self, value_id: str) -> Sequence[str]:
        """The tables of these cells, each once."""

        def own(name: str) -> list[str]:
            return [cell.source for cell in self._value(name).src]

        return tuple(gathered(self, value_id, self._sources, own))

    def add(self, value: Value) -> Value:
        """Take a value as it was made elsewhere. Raises DuplicateValue."""
        if self._known(value.id):
            raise DuplicateValue(value.id)
        self._values[value.id] = value
        self._of_subject.setdefault(value.id.partition(".")[0], []).append(value)
        return value

    def convert(self, value_id: str, printed: str, unit: str, cell: Cell, **meta: str) -> Value:
        """A raw number in canonical units.

        ``meta`` describes it in texts that are not empty; ``basis`` there overrides the
        indicator's.
        """
        basis = meta.pop("basis", "")
        return self.record(value_id, printed, unit, cell, meta, basis)

    def record(
        self,
        value_id: str,
        printed: str,
        unit: str,
        cell: Cell,
        meta: Mapping[str, str],
        basis: str,
    ) -> Value:
        """The same for many values that are described alike: they share ``meta``."""
        book, indicator = self.codebook, indicator_of(value_id)
        number, canonical = book.convert(printed, unit)
        txt = book.text(number, indicator, computed=False)
        half = NOTHING if is_exact(meta) else book.half_width(printed, unit)
        basis = basis or book.indicators[indicator].basis
        return self.add(
            Value(
                value_id, number, canonical, txt, "convert", (cell,), (), half, basis, meta,
                printed, unit, via=self._reads(indicator, unit),
            )
        )  # fmt: skip

    def text(self, value_id: str, text: str, cell: Cell, **meta: str) -> Value:
        """A text that a raw cell holds."""
        via = self._reads()
        return self.add(Value(value_id, text, TEXT, text, TEXT, (cell,), meta=meta, via=via))

    def _inputs(self, operation: Operation, parents: Sequence[str]) -> list[Value]:
        """What an operation computes with; nothing of what is only counted, whatever it says."""
        if not operation.counting:
            return [self._value(parent) for parent in parents]
        if unknown := next((parent for parent in parents if not self._known(parent)), ""):
            raise UnknownValue(unknown)
        return []

    def derive(self, value_id: str, op: str, parents: Sequence[str], **meta: str) -> Value:
        """Compute a value from others and record how.

        The unit is the indicator's (second part of the id). Raises UnitMismatch or
        BasisMismatch when the operation needs parents alike and they are not.
        """
        operation = self.operations[op]
        if not parents:
            raise NotComputable(value_id)
        inputs = self._inputs(operation, parents)
        bases = {value.basis for value in inputs if value.unit != TEXT}
        if operation.alike:
            if len({value.unit for value in inputs}) > 1:
                raise UnitMismatch(value_id, parents, sorted({i.unit for i in inputs}))
            if len(bases) > 1:
                raise BasisMismatch(value_id, parents, sorted(bases))
        try:
            with localcontext(EXACT):
                result = operation.run(value_id, inputs or parents)
        except (ArithmeticError, ValueError) as error:
            raise NotComputable(value_id, parents) from error
        indicator = indicator_of(value_id)
        v = result.v
        if isinstance(v, str):
            unit, txt = TEXT, result.txt or v
        else:
            unit = self.codebook.indicators[indicator].unit
            if operation.keeps and unit != inputs[-1].unit:
                raise UnitMismatch(value_id, parents, [unit, inputs[-1].unit])
            if operation.clips:
                v = self.codebook.clipped(indicator, v)
            elif not self.codebook.allows(indicator, v):
                raise OutOfBounds(value_id, parents)
            computed = result.half is None  # recorded digits, and their sums, print as they are
            txt = result.txt or self.codebook.text(
                v, indicator, computed=computed, se=result.se, half=result.half
            )
        named = bases - {""}
        basis = named.pop() if operation.keeps and len(named) == 1 else ""
        if bound := bound_of(operation.signs, operation.chosen(inputs)):
            meta = {"comparator": bound} | meta
        via = self._reads("" if unit == TEXT else indicator)
        return self.add(
            Value(
                value_id, v, unit, txt, op, (), tuple(parents), result.half, basis, meta,
                se=result.se, via=via,
            )
        )  # fmt: skip
