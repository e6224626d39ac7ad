"""The items of a comparison, made of diff.json and the names on both sides.

Values and passages are put into words that are not prose: names, and numbers as they are printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from suyuan.core.files import digest, dump_json
from suyuan.diff import weight
from suyuan.diff.entries import SOURCE
from suyuan.diff.named import WHOLE, Named, finest
from suyuan.diff.view import (
    CLAIM,
    FIGURE,
    INPUT,
    KINDS,
    NEW,
    NUMBER,
    QUIET,
    RANK,
    TEXT,
    UNEXPLAINED,
    VALUE,
    Cause,
    Document,
    Entry,
    Item,
    View,
)  # fmt: skip

COUNT = "count"  # the unit of how many rows there are of something
DIGITS = 16
SHORT = 12  # characters: a number that stands alone, as on a card
FEW = 3  # inputs that are named one by one where nothing tells them apart
TOLD = ("flipped", "reworded", "added", "removed")  # changes of claims that a reader sees


def view(document: Document, named: Named) -> View:
    """The items of diff.json with their names."""
    return _Viewer(document, named).view()


class _Viewer:
    """Puts the parts of a document into words that are not prose: names and printed numbers."""

    def __init__(self, document: Document, named: Named) -> None:
        self.document, self.named = document, named
        self.values: dict[str, Entry] = {entry["id"]: entry for entry in document["values"]}
        self.claims: dict[str, Entry] = {entry["id"]: entry for entry in document["claims"]}
        self.titles = {"00-cover": str(named.own["cover"])} | dict(document.get("sections", {}))
        self.sections = self._sections()

    def view(self) -> View:
        items = [
            *map(self._unexplained, self.document["unexplained"]),
            *sorted(map(self._claim, self.document["claims"]), key=weight.of_claim),
            *map(self._rank, self.document["ranks"]),
            *sorted(self._texts(), key=weight.of_text),
            *sorted(map(self._value, self._numbers()), key=weight.of_value),
            *map(self._figure, self.document.get("figures", ())),
            *self._inputs(),
            *self._programs(),
        ]
        order = {kind: place for place, kind in enumerate(KINDS)}
        items.sort(key=lambda item: order[item.kind])
        return View(self.document, tuple(items), self.titles)

    def _sections(self) -> dict[str, tuple[str, ...]]:
        """The sections that print a value, on the newer side or else on the older one."""
        found: dict[str, dict[str, None]] = {}
        for side in self.named.sides:
            known = set(found)
            for use in side.lineage["uses"]:
                if use["v"] not in known:
                    found.setdefault(use["v"], {})[use["sec"]] = None
        return {value: tuple(sections) for value, sections in found.items()}

    def _causes(self, entry: Entry, like: str = "") -> tuple[Cause, ...]:
        """The causes of an entry with their shares, printed so that they add up."""
        causes = entry["causes"]
        numbers = [cause["contribution"] for cause in causes]
        if None in numbers:
            return tuple(self._cause(cause) for cause in causes)
        said = self.named.amounts(entry["id"], numbers, like)
        return tuple(self._cause(cause, share) for cause, share in zip(causes, said, strict=True))

    def _cause(self, cause: Entry, share: str = "") -> Cause:
        cells = cause.get("cells", ())
        return Cause(
            cause["kind"],
            cause["ref"],
            self.named.ref(cause["ref"]),
            share,
            float(cause["contribution"]) if share else None,
            tuple(map(self.named.ref, cells)),
            tuple(cells),
        )

    def _item(self, kind: str, entry: Entry, title: str, **about: Any) -> Item:
        """An item; its digest is of what it was, what it is and why."""
        own = about.pop("id", entry.get("id", ""))
        seen = [entry.get(key) for key in ("before", "after", "causes", "change")]
        item = Item(kind, own, title, **about)
        more = [[cause.kind, cause.ref, cause.share] for cause in item.causes]
        stamp = digest(dump_json([kind, own, seen, more]).encode())[:DIGITS]
        return replace(item, digest=stamp)

    def _unexplained(self, entry: Entry) -> Item:
        name = self.named.claim if entry["id"] in self.claims else self.named.value
        title = self.titles.get(entry["id"]) or name(entry["id"])
        return self._item(
            UNEXPLAINED, entry, title, change="changed",
            before=_text(entry["before"]), after=_text(entry["after"]),
            sections=self.sections.get(entry["id"], ()),
            more={"reason": str(self.named.own["reason"].get(entry["reason"], entry["reason"]))},
        )  # fmt: skip

    def _claim(self, entry: Entry) -> Item:
        sides = [entry["before"], entry["after"]]
        said = [side["txt"] if side else "" for side in sides]
        if said[0] == said[1] and entry["change"] == "flipped":  # outcomes of one wording
            said = [f"{side['txt']}（{self._outcome(side)}）" for side in sides]
        facts = self._facts_of(entry["id"])
        sections = dict.fromkeys(s for fact in facts for s in self.sections.get(fact, ()))
        return self._item(
            CLAIM, entry, self.named.claim(entry["id"]), change=entry["change"],
            before=said[0], after=said[1],
            sections=tuple(sections), causes=self._by_weight(self._causes(entry), facts),
            more={"sides": sides, "facts": facts},
        )  # fmt: skip

    def _outcome(self, side: Entry) -> str:
        return str(self.named.words["outcome"].get(side.get("outcome"), side.get("outcome", "")))

    def _by_weight(self, causes: Sequence[Cause], facts: Iterable[str]) -> tuple[Cause, ...]:
        """Causes of what has no number, in the order of their shares in the facts behind it."""
        moved = [self.values[fact] for fact in facts if fact in self.values]
        refs = [cause["ref"] for one in moved for cause in one["causes"]]
        order = {ref: place for place, ref in enumerate(dict.fromkeys(refs))}
        return tuple(sorted(causes, key=lambda cause: order.get(cause.ref, len(order))))

    def _facts_of(self, claim: str) -> list[str]:
        for side in self.named.sides:
            if claim in side.lineage["claims"]:
                return list(side.lineage["claims"][claim]["in"])
        return []

    def _rank(self, entry: Entry) -> Item:
        return self._item(
            RANK, entry, self.named.value(entry["id"]), change="changed",
            before=_text(entry["before"]), after=_text(entry["after"]),
            sections=self.sections.get(entry["id"], ()), causes=self._causes(entry, "1"),
            more={"odds": [entry.get("p_before"), entry.get("p_after")]},
        )  # fmt: skip

    def _numbers(self) -> list[Entry]:
        """The values that are shown as such.

        Places and classes have their own list; what a cell says is an input, and is read as text.
        """
        ranks = {entry["id"] for entry in self.document["ranks"]}
        own = (entry for entry in self.document["values"] if entry["id"] not in ranks)
        return [entry for entry in own if not self.named.is_cell(entry["id"])]

    def _value(self, entry: Entry) -> Item:
        name, like = (
            entry["id"],
            finest(entry["printed_after"] or "", entry["printed_before"] or ""),
        )
        kind = VALUE if entry["printed_changed"] else QUIET
        if entry["change"] != "changed":
            kind = NEW
        relative = entry.get("relative")
        delta = entry.get("delta")
        more: dict[str, Any] = {
            "exact": [entry["before"], entry["after"]], "unit": self.named.suffix(name),
            "moved": float(delta) if delta else None, "counted": entry["unit"] == COUNT,
        }  # fmt: skip
        return self._item(
            kind, entry, self.named.value(name), change=entry["change"],
            before=_text(entry["printed_before"]), after=_text(entry["printed_after"]),
            sections=self.sections.get(name, ()), causes=self._causes(entry, like),
            delta=self._delta(entry, like),
            relative=None if relative is None else float(relative),
            more=more | {
                "grouped": entry.get("grouped", "cell"), "rule": entry.get("rule", ""),
                "interactions": list(self._interactions(entry, like)),
            },
        )  # fmt: skip

    def _delta(self, entry: Entry, like: str) -> str:
        """The difference as it is printed, '' where there is none or no number."""
        delta = entry.get("delta")
        return self.named.amount(entry["id"], delta, like) if delta and float(delta) else ""

    def _interactions(self, entry: Entry, like: str) -> Iterator[list[str]]:
        for pair in entry.get("interactions", ()):
            amount = self.named.amount(entry["id"], pair["contribution"], like)
            yield [*map(self.named.ref, pair["refs"]), amount]

    def _texts(self) -> Iterator[Item]:
        """Passages, those whose words changed apart from those whose numbers did."""
        met: dict[str, int] = {}
        for entry in self.document.get("text", ()):
            changed = entry.get("changed_values", entry["values"])
            seen = [entry[key] for key in ("section", "kind", "before", "after")]
            seen += [entry.get(key, "") for key in ("table", "row", "column")]
            own = digest(dump_json(seen).encode())[:DIGITS]
            met[own] = met.get(own, 0) + 1
            kind = NUMBER if entry.get("only_numbers") or entry["kind"] == SOURCE else TEXT
            place = [entry.get(key) for key in ("table", "row", "column")]
            yield self._item(
                kind, entry, self._place(entry, changed), change=entry["change"],
                id=own if met[own] == 1 else f"{own}-{met[own]}",
                before=entry["before"], after=entry["after"], sections=(entry["section"],),
                causes=self._causes_of_text(entry, changed),
                more={
                    "redline": entry["redline"], "piece": entry["kind"],
                    "place": list(filter(None, place)), "from": entry.get("from", ""),
                    "values": list(changed),
                },
            )  # fmt: skip

    def _place(self, entry: Entry, changed: Sequence[str]) -> str:
        """Where a passage stands, or what a lone number is."""
        if entry.get("row") or entry.get("column"):
            return " · ".join(filter(None, (entry["table"], entry["row"], entry["column"])))
        lone = entry["kind"] == "sentence" and len(changed) == 1 and len(entry["before"]) < SHORT
        if lone and entry["before"] and not self.named.is_cell(changed[0]):
            return self.named.value(changed[0])
        return str(entry.get("table") or self.titles.get(entry["section"], entry["heading"]))

    def _causes_of_text(self, entry: Entry, changed: Sequence[str]) -> tuple[Cause, ...]:
        """The causes of its values and claims that changed; else the comparison's own."""
        moved = [self.values[value] for value in changed if value in self.values]
        claims = [self.claims[claim] for claim in entry["claims"] if claim in self.claims]
        moved += [claim for claim in claims if claim["change"] in TOLD]
        causes = [cause for one in moved for cause in one["causes"]] + entry.get("causes", [])
        return self._named(causes) or self._all

    def _named(self, causes: Iterable[Entry]) -> tuple[Cause, ...]:
        """Each cause once, without its share: a passage or a figure has no number."""
        found = {cause["ref"]: {**cause, "contribution": None} for cause in causes}
        return tuple(map(self._cause, found.values()))

    @cached_property
    def _all(self) -> tuple[Cause, ...]:
        """Everything that changed, for what no single value decides."""
        inputs = self.document["inputs"]
        if len(inputs) > FEW:
            kinds = [entry["kind"] for entry in inputs]
            label = str(self.named.own["all"])
            return (Cause(max(set(kinds), key=kinds.count), "inputs", label),)
        refs = ((one["kind"], f"{one['source']}.{one['column']}.{one['key']}") for one in inputs)
        return tuple(Cause(kind, ref, self.named.ref(ref)) for kind, ref in refs)

    def _figure(self, entry: Entry) -> Item:
        values = dict.fromkeys(mark["value"] for mark in entry["marks"])
        moved = [self.values[value] for value in values if value in self.values]
        causes = self._named(cause for one in moved for cause in one["causes"])
        sections = self.sections.get(f"report.figure.{entry['id']}", ())
        gone = [kind for kind in entry["change"] if kind in ("added", "removed")]
        change = "moved" if entry["change"] == ["order"] else "changed"
        marks = {"causes": [entry["marks"], entry["change"]], **entry}
        return self._item(
            FIGURE, marks, entry["title"], change=gone[0] if gone else change,
            before="", after="", sections=sections, causes=causes,
            more={"marks": entry["marks"], "kinds": entry["change"],
                  "drawn": [entry["before"], entry["after"]]},
        )  # fmt: skip

    def _inputs(self) -> Iterator[Item]:
        """Changed cells; a row that came or went is one item."""
        rows: dict[tuple[str, ...], list[Entry]] = {}
        for entry in self.document["inputs"]:
            whole = entry["change"] in ("added", "removed")
            column = WHOLE if whole else entry["column"]
            rows.setdefault((entry["source"], column, entry["key"]), []).append(entry)
        for (source, column, key), entries in rows.items():
            first = dict(entries[0])
            if column == WHOLE:
                said = str(self.named.own["and_then"]).join(map(self._cell, entries))
                first |= {"before": "", "after": ""}
                first["after" if first["change"] == "added" else "before"] = said
            ref = f"{source}.{column}.{key}"
            yield self._item(
                INPUT, first, self.named.ref(ref), change=first["change"], id=ref,
                before=first["before"], after=first["after"],
                more={"decides": first["kind"], "source": self.named.table(source),
                      "place": [source, key, column]},
            )  # fmt: skip

    def _cell(self, entry: Entry) -> str:
        return f"{self.named.column(entry['column'])} {entry['before'] or entry['after']}"

    def _programs(self) -> Iterator[Item]:
        """The code and the templates, where they are not the same."""
        sides = [self.document[side] for side in ("base", "head")]
        codes = [side["code"]["sha256"] for side in sides]
        templates = self.document.get("templates", ())
        known = templates or self.document.get("programs")  # else no side says what wrote it
        if self.document.get("programs") or (codes[0] != codes[1] and not known):
            said = [f"{side['code']['version']} · {side['code']['sha256'][:8]}" for side in sides]
            yield self._program("code", "sha256", *said)
        for name, before, after in templates:
            yield self._program("template", name, before[:8], after[:8])

    def _program(self, kind: str, name: str, before: str, after: str) -> Item:
        change = "changed" if before and after else "added" if after else "removed"
        label = self.named.table(kind)
        entry = {"before": before, "after": after, "change": change}
        return self._item(
            INPUT, entry, label if kind == "code" else f"{label}：{name}", change=change,
            id=f"{kind}.{name}", before=before, after=after,
            more={"decides": kind, "source": label, "place": [kind, name, ""]},
        )  # fmt: skip


def _text(said: Any) -> str:
    """What is printed, of a claim its words."""
    if isinstance(said, Mapping):
        said = said["txt"]
    return "" if said is None else str(said)
