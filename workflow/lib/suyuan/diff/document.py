"""diff.json: everything that differs between two sides, and why (diff/1)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from decimal import Decimal, InvalidOperation, localcontext
from functools import cached_property
from typing import Any

from suyuan.contract.schema import Schema
from suyuan.core.files import digest
from suyuan.core.numbers import EXACT, plain
from suyuan.diff.causes import Attribution, Causes
from suyuan.diff.inputs import Change, Inputs, inputs
from suyuan.diff.mixture import Mixture
from suyuan.diff.sides import EDITION, Side
from suyuan.lineage.names import Names
from suyuan.lineage.operation import Operations
from suyuan.lineage.value import TEXT

FORMAT = "diff/1"
RANKING = frozenset({"rank", "classify", "band"})  # operations that give places and classes
LONGEST = 1000  # characters
SHOWN = ("txt", "comparator")  # what the page prints of a value


class Difference:
    """Two sides compared; every part of diff.json is computed when it is asked for."""

    def __init__(
        self,
        base: Side,
        head: Side,
        schemas: Mapping[str, Schema],
        operations: Operations,
        words: Mapping[str, Any],
    ) -> None:
        self.base, self.head = base, head
        self.inputs: Inputs = inputs(base, head, schemas)
        self._mixture = Mixture(base, head, self.inputs, operations)
        self._attribution = Attribution(self._mixture)
        self._words, self._names = words, dict[str, Names]()
        self._unexplained: list[dict[str, Any]] = []

    @cached_property
    def values(self) -> list[dict[str, Any]]:
        """The values that changed, came or went, by id."""
        return self.of({*self.base.values, *self.head.values})

    def of(self, ids: Iterable[str]) -> list[dict[str, Any]]:
        """Those of some values that changed."""
        before, after = self.base.values, self.head.values
        gone = {old: new for new, old in self._called.items()}
        found = []
        for value_id in sorted(ids):
            old = self._called.get(value_id, value_id)
            if value_id in gone or before.line(old) == after.line(value_id):
                continue
            was, now = before.get(old), after.get(value_id)
            if _seen(was) != _seen(now) and not self._is_no_change(value_id, was, now):
                _ = self.base.value(old), self.head.value(value_id)  # each is a value
                found.append(self._value(value_id, was, now))
        return found

    def _is_no_change(
        self, value_id: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
    ) -> bool:
        """Whether a text is a cell that only orders what is shown, or that one side has no use for.

        A lineage keeps the texts that its page uses, the tables have them all.
        """
        entry = after or before
        if entry is None or entry["op"] != TEXT:
            return False
        if any(self.inputs.is_display(source, column) for source, column, _ in entry["src"]):
            return True
        own = self._mixture.reach[1 if after else 0].own(value_id)
        return (before is None or after is None) and not own

    @cached_property
    def _called(self) -> dict[str, str]:
        """The ids that texts of a row had while the row had another key, by their ids now."""
        keys = {(source, new): old for source, old, new in self.inputs.called}
        found = {}
        for value_id, entry in self.head.values.items() if keys else ():
            for source, column, (key, *_) in entry.get("src", ()):
                if value_id == f"{source}.{column}.{key}" and (source, key) in keys:
                    found[value_id] = f"{source}.{column}.{keys[source, key]}"
        return {new: old for new, old in found.items() if old in self.base.values}

    def _value(
        self, value_id: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
    ) -> dict[str, Any]:
        own = after or before
        assert own is not None
        change = "changed" if before and after else "added" if after else "removed"
        entry: dict[str, Any] = {
            "id": value_id,
            "name": self._name(value_id, own),
            "unit": own["u"],
            "change": change,
            "before": before and _short(before["v"]),
            "after": after and _short(after["v"]),
            "printed_before": before and before["txt"],
            "printed_after": after and after["txt"],
            "printed_changed": _printed(before) != _printed(after),
        }
        causes: Causes
        if before and after and _is_moved(before, after):
            entry |= _moved(Decimal(before["v"]), Decimal(after["v"]))
            causes = self._attribution.of_number(value_id)
        else:
            causes = self._attribution.of_text(value_id)
        if not causes.causes:
            self._note(value_id, entry, "unreached")
        elif self._unreached(value_id):
            self._note(value_id, entry, "beyond its lineage")
        elif not self._mixture.is_given(value_id):
            self._note(value_id, entry, "not computed")
        return entry | causes.to_json()

    def _name(self, value_id: str, entry: Mapping[str, Any]) -> str:
        side = self.head if value_id in self.head.values else self.base
        if side.name not in self._names:
            self._names[side.name] = Names(side.codebook, self._words, side.named, side.rows)
        return self._names[side.name].of(value_id, derived="src" not in entry)

    def _unreached(self, value_id: str) -> int:
        """Inputs that move a value and that its lineage does not go back to."""
        mixture = self._mixture
        return mixture.moving(value_id) & ~(mixture.reached(value_id) | mixture.code)

    def _note(self, name: str, entry: Mapping[str, Any], reason: str) -> None:
        self._unexplained.append(
            {"id": name, "before": entry["before"], "after": entry["after"], "reason": reason}
        )

    @cached_property
    def claims(self) -> list[dict[str, Any]]:
        """The claims that changed: first those that flipped."""
        before, after = self.base.lineage["claims"], self.head.lineage["claims"]
        found = [
            self._claim(name, before.get(name), after.get(name))
            for name in sorted({**before, **after})
            if _said(before.get(name)) != _said(after.get(name))
        ]
        order = ("flipped", "added", "removed", "reworded", "nearer", "margin")
        return sorted(found, key=lambda claim: (order.index(claim["change"]), claim["id"]))

    def _claim(
        self, name: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
    ) -> dict[str, Any]:
        entry = {
            "id": name,
            "change": _turn(before, after),
            "before": before and _said(before),
            "after": after and _said(after),
        }
        mask = 0
        for side, claim in ((0, before), (1, after)):
            for fact in claim["in"] if claim else ():
                mask |= self._mixture.moving(fact)
            if claim:
                mask |= self._mixture.reach[side].of_groups(claim.get("via", ()))
        causes = self._attribution.named(mask or self._mixture.code)
        if not causes.causes:
            self._note(name, entry, "unreached")
        return entry | {"causes": causes.to_json()["causes"]}

    @cached_property
    def ranks(self) -> list[dict[str, Any]]:
        """Places and classes that changed, with how sure each was."""
        found = []
        for entry in self.values:
            name = entry["id"]
            own = (self.head.values.get(name) or self.base.values.get(name) or {}).get("op")
            if own in RANKING and entry["change"] == "changed":
                subject, indicator = name.split(".")[:2]
                odds = f"{subject}.{indicator.removesuffix('rank')}p_rank."
                found.append(
                    {
                        "id": name, "subject": subject,
                        "before": entry["printed_before"], "after": entry["printed_after"],
                        "p_before": _odds(self.base, odds, entry["before"]),
                        "p_after": _odds(self.head, odds, entry["after"]),
                        "causes": entry["causes"],
                    }
                )  # fmt: skip
        return found

    @property
    def registers(self) -> list[dict[str, Any]]:
        """How many rows came, went and changed in tables that record what became of others."""
        found = Counter(
            (factor.source, factor.changes[0].change)
            for factor in self.inputs.factors
            if self.inputs.is_register(factor)
        )
        return [
            {"source": source, "change": change, "rows": rows}
            for (source, change), rows in sorted(found.items())
        ]

    @property
    def unexplained(self) -> list[dict[str, Any]]:
        """Changes that no input, configuration or code explains."""
        _ = self.values, self.claims
        return self._unexplained

    def to_json(self) -> dict[str, Any]:
        """The document; what is compared of pages and figures comes to it elsewhere."""
        return {
            "format": FORMAT,
            "base": _of_side(self.base),
            "head": _of_side(self.head),
            "inputs": [_of_change(change) for change in self.inputs.changes],
            "renamed": [
                {"source": source, "before": old, "after": new}
                for source, old, new in self.inputs.renamed
            ],
            "registers": self.registers,
            "order": [_of_change(change) for change in self.inputs.display],
            "values": self.values,
            "claims": self.claims,
            "ranks": self.ranks,
            "unexplained": self.unexplained,
        }


def _short(text: str) -> str:
    """A number or text; the digest of an analysis, whose results are values of their own."""
    return text if len(text) <= LONGEST else f"sha256:{digest(text.encode())}"


def _seen(entry: Mapping[str, Any] | None) -> tuple[Any, ...] | None:
    """What makes a value another one: its number or text, unit, and how it is printed."""
    return None if entry is None else (_exact(entry), entry["u"], *_printed(entry))


def _exact(entry: Mapping[str, Any]) -> Decimal | str:
    """The text or number that a value is; how many zeros end a number does not matter."""
    text: str = entry["v"]
    if entry["u"] != TEXT:
        with suppress(InvalidOperation, TypeError):
            return Decimal(text)
    return text


def _is_moved(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether both are numbers, and others."""
    was, now = _exact(before), _exact(after)
    return isinstance(was, Decimal) and isinstance(now, Decimal) and was != now


def _printed(entry: Mapping[str, Any] | None) -> tuple[Any, ...]:
    return tuple(entry.get(key) for key in SHOWN) if entry else ()


def _moved(before: Decimal, after: Decimal) -> dict[str, Any]:
    with localcontext(EXACT):
        delta = after - before
        relative = delta / abs(before) if before else None
    return {
        "delta": plain(delta),
        "relative": None if relative is None else plain(relative.quantize(Decimal("1e-12"))),
    }


def _said(claim: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if claim is None:
        return None
    keys = ("holds", "outcome", "txt", "margin", "unit", "robust")
    return {key: claim[key] for key in keys if key in claim}


def _turn(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> str:
    """What became of a claim."""
    if before is None or after is None:
        return "removed" if after is None else "added"
    if (before["holds"], before.get("outcome")) != (after["holds"], after.get("outcome")):
        return "flipped"
    if before["txt"] != after["txt"]:
        return "reworded"
    return "nearer" if before["robust"] and not after["robust"] else "margin"


def _odds(side: Side, prefix: str, place: str | None) -> str | None:
    odds = side.value(f"{prefix}{place}")
    return None if odds is None else odds.txt


def _of_side(side: Side) -> dict[str, Any]:
    row = side.rows(EDITION).get(side.edition, {})
    return {
        "name": side.name,
        "edition": side.edition,
        "label": row.get("label", side.edition),
        "cutoff": row.get("cutoff", ""),
        "code": dict(side.lineage["code"]),
    }


def _of_change(change: Change) -> dict[str, str]:
    return {
        "source": change.source,
        "key": change.key,
        "column": change.column,
        "change": change.change,
        "before": change.before,
        "after": change.after,
        "kind": change.kind.value,
    }
