"""Mixture: a value as it would be with some of the changed inputs in place and the others not.

Values are computed again by their own operations along the lineage, so that a mixture costs what
hangs on the change and not a build. What both sides make alike is computed from mixed parents;
where they were made from other parents, each stretch of other parents comes in with the inputs
that bring it. Nothing is mixed at the ends: no input in place is the base, all is the head.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from difflib import SequenceMatcher
from functools import reduce
from operator import or_

from suyuan.diff.inputs import Bits, Inputs
from suyuan.diff.reach import Reach
from suyuan.diff.records import Records
from suyuan.diff.runs import Runs, Unmixable
from suyuan.diff.sides import Side
from suyuan.diff.stretches import Stretch, parted
from suyuan.lineage.operation import Operations
from suyuan.lineage.value import NOTHING, TEXT, Value

RECORDED = '"src":'  # in the line of a value that is read from a cell


class Mixture:
    """The values of two sides, and everything between them.

    ``moving`` are the inputs that can move a value, as a mask: those along the ways on which it
    was computed, not all that its lineage reaches.
    """

    def __init__(self, base: Side, head: Side, found: Inputs, operations: Operations) -> None:
        self.base, self.head, self.inputs = base, head, found
        self._bits = tuple(Bits(found.factors, side) for side in (0, 1))
        self.reach = tuple(
            Reach(side, bits) for side, bits in zip((base, head), self._bits, strict=True)
        )
        self.runs = Runs(operations, base, head, self._bits[1])
        self._records = Records(base, head, self._bits[1])
        same_code = base.lineage["code"]["sha256"] == head.lineage["code"]["sha256"]
        self.code = 0 if same_code else 1 << len(found.factors)  # one more input
        self._moving: dict[str, int] = {}
        self._blocks: dict[str, tuple[Stretch, ...]] = {}
        self._rests: dict[str, tuple[Decimal, Decimal, int] | None] = {}
        self._mixed: dict[tuple[str, int], Value | None] = {}

    def reached(self, value_id: str) -> int:
        """Inputs that the lineage of a value goes back to, on either side."""
        return self.reach[0].of(value_id) | self.reach[1].of(value_id)

    # What can move a value.

    def moving(self, value_id: str) -> int:
        if value_id not in self._moving:
            self._moving[value_id] = 0  # a value is not made from itself
            self._moving[value_id] = self._moves(value_id)
        return self._moving[value_id]

    def _moves(self, value_id: str) -> int:
        line = self.base.values.line(value_id)
        if line and line == self.head.values.line(value_id) and RECORDED in line:
            return 0
        before, after = self.base.value(value_id), self.head.value(value_id)
        if before is None or after is None:
            return self._brings(value_id)
        if before.src or after.src:
            return self._record_moves(before, after)
        if before.op != after.op:
            return self._decided(value_id)
        found = self.runs.limits(after)
        counting = self.runs.counts(before)
        for stretch in self._stretches(value_id):
            found |= stretch.by
            if not counting:
                for parent in {*stretch.before, *stretch.after}:
                    found |= self.moving(parent)
        if before.v != after.v and (found == 0 or self.code or self.runs.clips(before)):
            rest = self._rest(before, after)
            found |= rest[2] if rest else self._decided(value_id)
        return found

    def _decides(self, value_id: str) -> int:
        """Inputs among what selects, orders or words a value."""
        found = 0
        for side, reach in zip((self.base, self.head), self.reach, strict=True):
            if value_id in side.values:
                found |= reach.via(value_id)
        return found

    def _decided(self, value_id: str) -> int:
        """The inputs by which one side's way of making a value takes the place of the other's."""
        return self._decides(value_id) or self.reached(value_id) or self.code

    def _brings(self, value_id: str) -> int:
        """The inputs by which a value came that only one side has."""
        for side, reach in zip((self.base, self.head), self.reach, strict=True):
            if value_id not in side.values:
                continue
            if own := reach.own(value_id):
                return own
            found = self._one_sided_among(self._parents(value_id, side))
            return found or reach.via(value_id) or reach.of(value_id) or self.code
        return 0

    def _record_moves(self, before: Value, after: Value) -> int:
        if after.op == TEXT and before.src == after.src and before.v != after.v:
            own = reduce(or_, (self._bits[1].own(*cell) for cell in after.src))
            return own or self._decided(before.id)
        if self._records.alike(before, after) and (found := self._records.moving(before, after)):
            return found
        if (before.v, before.unit, before.half) == (after.v, after.unit, after.half):
            return 0
        own = self.reach[0].own(before.id) | self.reach[1].own(after.id)
        return own or self._decided(before.id)

    def _either(self, before: Value, after: Value, chosen: int) -> Value:
        by = self.moving(after.id)
        return after if by & chosen == by else before

    # What is computed.

    def _stretches(self, value_id: str) -> tuple[Stretch, ...]:
        """The parents of a value that both sides make, stretch by stretch."""
        if value_id not in self._blocks:
            before, after = (self._parents(value_id, side) for side in (self.base, self.head))
            self._blocks[value_id] = tuple(self._compared(value_id, before, after))
        return self._blocks[value_id]

    def _parents(self, value_id: str, side: Side) -> tuple[str, ...]:
        return tuple(side.values[value_id].get("in", ()))

    def _compared(
        self, value_id: str, before: tuple[str, ...], after: tuple[str, ...]
    ) -> Iterator[Stretch]:
        if before == after:
            yield Stretch(before, after, 0)
            return
        counts, shared = self._counts_id(value_id), {*before} & {*after}
        matcher = SequenceMatcher(None, before, after, autojunk=False)
        for tag, a, b, c, d in matcher.get_opcodes():
            old, new = before[a:b], after[c:d]
            if tag == "equal":
                yield Stretch(old, new, 0)
            elif not shared.issuperset(old) and not shared.issuperset(new):
                yield Stretch(old, new, self._brought(value_id, (*old, *new)))
            else:
                for part in parted(old, self._bringing, each=counts):
                    yield Stretch(part, (), self._brought(value_id, part))
                for part in parted(new, self._bringing, each=counts):
                    yield Stretch((), part, self._brought(value_id, part))

    def _bringing(self, parent: str) -> int:
        """What brings or takes a parent that only one side has."""
        one_sided = (parent in self.base.values) != (parent in self.head.values)
        return self.moving(parent) if one_sided else 0

    def _counts_id(self, value_id: str) -> bool:
        value = self.head.value(value_id)
        return value is not None and self.runs.counts(value)

    def _brought(self, value_id: str, parents: tuple[str, ...]) -> int:
        """The inputs that bring or take these parents of a value."""
        if found := self._one_sided_among(parents):
            return found
        both = [self._parents(value_id, side) for side in (self.base, self.head)]
        if all(set(parents) <= {*known} for known in both):
            # A parent that only stands elsewhere is no other parent, unless its place decides.
            return self._decided(value_id) if self._is_ordered(value_id) else 0
        # One that both sides have comes beside those that came, as what they are weighed by.
        apart = {*both[0]} ^ {*both[1]}
        if found := self._one_sided_among(apart):
            return found
        decides, rows = self._decides(value_id), 0
        for parent in parents:
            rows |= self.reached(parent) & decides
        return rows or self._decided(value_id)

    def _is_ordered(self, value_id: str) -> bool:
        """Whether the same parents in the other side's order give another number."""
        before, after = self.base.value(value_id), self.head.value(value_id)
        if before is None or after is None or {*before.parents} != {*after.parents}:
            return False
        if self.runs.is_drawn(after.op) or isinstance(after.v, str):
            return False
        turned = ((self.base, before, after), (self.head, after, before))
        again = [self.runs.again(side, own, other.parents) for side, own, other in turned]
        return [value and value.v for value in again] != [before.v, after.v]

    def _one_sided_among(self, parents: Iterable[str]) -> int:
        """What brings or takes those of the parents that only one side has."""
        found = 0
        for parent in parents:
            found |= self._bringing(parent)
        return found

    def _rest(self, before: Value, after: Value) -> tuple[Decimal, Decimal, int] | None:
        """What the operation leaves of each side's number, and the inputs that bring the head's.

        0 where it gives the number of both again; None where it gives none.
        """
        if before.id not in self._rests:
            self._rests[before.id] = self._left(before, after)
        return self._rests[before.id]

    def _left(self, before: Value, after: Value) -> tuple[Decimal, Decimal, int] | None:
        left = []
        for side, value in ((self.base, before), (self.head, after)):
            if (run := self.runs.again(side, value, value.parents)) is None:
                return None
            again = run.v
            if isinstance(again, str) or isinstance(value.v, str):
                if again != value.v:
                    return None
                left.append(NOTHING)
            else:
                left.append(value.v - again)
        if left[0] == left[1]:
            return left[0], left[1], 0
        return left[0], left[1], self._decides(before.id) or self.code or self.reached(before.id)

    def is_given(self, value_id: str) -> bool:
        """Whether a value is what its operation gives, or what its cell says, on both sides.

        Where it is on neither, both were made by other code than this.
        """
        before, after = self.base.value(value_id), self.head.value(value_id)
        if before is None or after is None or self.code:
            return True
        if before.src or after.src:
            return not self._records.alike(before, after) or self._records.said(before, after)
        if before.op != after.op or self.runs.is_drawn(after.op) or self.runs.clips(after):
            return True
        again = [
            self.runs.again(side, value, value.parents)
            for side, value in ((self.base, before), (self.head, after))
        ]
        given = [
            run is not None and run.v == value.v
            for run, value in zip(again, (before, after), strict=True)
        ]
        return given[0] == given[1]

    def counted(self, value_id: str) -> list[tuple[int, int]] | None:
        """Of a count that both sides make: what each set of inputs adds; None for another."""
        after = self.head.value(value_id)
        if after is None or not self.runs.counts(after):
            return None
        return [
            (stretch.by, len(stretch.after) - len(stretch.before))
            for stretch in self._stretches(value_id)
            if stretch.by
        ]

    # Putting some inputs in place.

    def at(self, value_id: str, chosen: int) -> Value | None:
        """The value with the ``chosen`` inputs in place; None where it would not be there.

        Raises Unmixable where the mixed parents give no value.
        """
        moving = self.moving(value_id)
        chosen &= moving
        if not chosen:
            return self.base.value(value_id)
        if chosen == moving:
            return self.head.value(value_id)
        place = (value_id, chosen)
        if place not in self._mixed:
            self._mixed[place] = self._mix(value_id, chosen)
        return self._mixed[place]

    def _mix(self, value_id: str, chosen: int) -> Value | None:
        before, after = self.base.value(value_id), self.head.value(value_id)
        if before is None or after is None:
            own = before or after
            return own and self._one_sided(own, after is not None, chosen)
        if before.src or after.src:
            if self._records.alike(before, after):
                return self._records.mixed(before, after, chosen)
            return self._either(before, after, chosen)
        if before.op != after.op:
            return self._either(before, after, chosen)
        parents: list[str] = []
        for stretch in self._stretches(value_id):
            new = stretch.by == 0 or stretch.by & chosen == stretch.by
            parents += stretch.after if new else stretch.before
        mixed = self._computed(after, parents, chosen)
        rest = self._rests.get(value_id, (NOTHING, NOTHING, 0))
        if rest is None:
            return self._either(before, after, chosen)
        if rest[:2] != (NOTHING, NOTHING) and not isinstance(mixed.v, str):
            mixed = mixed._replace(v=mixed.v + rest[rest[2] & chosen == rest[2]])
        return mixed

    def _one_sided(self, value: Value, came: bool, chosen: int) -> Value | None:
        """A value that only one side has: there is no half of it."""
        by = self.moving(value.id)
        there = by & chosen == by if came else not by & chosen
        return value if there else None

    def _computed(self, value: Value, parents: list[str], chosen: int) -> Value:
        mixed = [self.at(parent, chosen) for parent in parents]
        known = [parent for parent in mixed if parent is not None]
        if len(known) < len(mixed) or not known:
            raise Unmixable(value.id)
        try:
            return self.runs.run(value, known, chosen)
        except (ArithmeticError, ValueError, KeyError) as error:
            raise Unmixable(value.id) from error

    def joint(self, value_id: str) -> list[int]:
        """Inputs that a value's way of being made takes in only together, as masks."""
        found: dict[int, None] = {}
        seen: set[str] = set()
        todo = [value_id]
        while todo:
            own = todo.pop()
            if own in seen or not self.moving(own):
                continue
            seen.add(own)
            before, after = self.base.value(own), self.head.value(own)
            if before is None or after is None or before.op != after.op:
                found[self.moving(own)] = None
                continue
            if before.src or after.src:
                if not self._records.alike(before, after):
                    found[self.moving(own)] = None
                continue
            for stretch in self._stretches(own):
                found[stretch.by] = None
                if not self.runs.counts(after):
                    todo += {*stretch.before, *stretch.after}
            rest = self._rests.get(own, (NOTHING, NOTHING, 0))
            found[rest[2] if rest else self.moving(own)] = None
        return [mask for mask in found if mask & (mask - 1)]
