"""Walk: where somebody who reviews the report looks in the first minute, found in its data.

In: the content of lineage.json, the raw tables it cites, and what changed since the edition
before. Out: ids, each with the sentence that says why one looks there. A stop that the data do not
have is left out, and no id comes twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cached_property
from itertools import islice
from typing import Any

from suyuan.contract.words import Words
from suyuan.diff.before import Before
from suyuan.domain.operations import OPERATIONS
from suyuan.lineage.beneath import Beneath
from suyuan.lineage.facets import JUDGED, WEAK, Facets
from suyuan.lineage.value import TEXT

Entry = Mapping[str, Any]
# Ids, how much each is what a stop looks for, and what is said of it: 0 for how many there are.
Candidates = Iterator[tuple[str, Any, int]]
Row = tuple[str, str]  # table and key

SENTENCE = "text"  # the kind of a use
VERDICTS = "verdict_"  # operations that judge what a source says
CONTRADICTION = "verdicts.name.contradiction"


@dataclass(frozen=True)
class Asserting:
    """The values of a lineage file as a graph, in which a count does not rest on what it counts."""

    values: Mapping[str, Entry]

    def parents(self, value_id: str) -> Sequence[str]:
        entry = self.values[value_id]
        parents: Sequence[str] = entry.get("in", ())
        return () if parents and OPERATIONS[entry["op"]].counting else parents


@dataclass(frozen=True)
class Walk:
    """What the stops are chosen from."""

    lineage: Entry
    facets: Facets
    words: Words
    before: Before | None

    def stops(self) -> list[tuple[str, str]]:
        """Ids with their sentences, in the order in which one walks."""
        kinds = {
            "headline": self._headline(), "fragile": self._fragile(),
            "contradiction": self._contradiction(), "changed": self._changed(),
            "weak": self._resting(WEAK), "judged": self._resting(JUDGED), "load": self._load(),
        }  # fmt: skip
        found: dict[str, str] = {}
        for kind, candidates in kinds.items():
            all_of_them = list(candidates)
            new = [one for one in all_of_them if one[0] not in found]
            if new:  # of equals the first
                name, _, count = max(new, key=lambda one: one[1])
                text = self.words["walk"][kind].format(count=count or len(all_of_them))
                found[name] = text
        return list(found.items())

    @cached_property
    def _values(self) -> Mapping[str, Entry]:
        values: Mapping[str, Entry] = self.lineage["values"]
        return values

    @cached_property
    def _printed(self) -> Counter[str]:
        """Numbers of the page in its order, and how often each is printed."""
        used = Counter(use["v"] for use in self.lineage["uses"])
        return Counter({v: n for v, n in used.items() if self._values[v]["u"] != TEXT})

    def _headline(self) -> Candidates:
        """Numbers of the first section after the cover, by how many sentences say them."""
        said = [use for use in self.lineage["uses"] if use["kind"] == SENTENCE]
        often = Counter(use["v"] for use in said)
        sections = dict.fromkeys(use["sec"] for use in said)
        first = next(islice(sections, 1, None), None)
        for name in dict.fromkeys(use["v"] for use in said if use["sec"] == first):
            if name in self._printed:
                yield name, often[name], often[name]

    def _fragile(self) -> Candidates:
        """Claims that a rounding may turn, by how much of their range is beyond the turn."""
        for name, claim in self.lineage["claims"].items():
            low, high = map(Decimal, claim["margin_range"])
            if claim["robust"] or not claim.get("uses"):
                continue
            margin, width = Decimal(claim["margin"]), high - low
            beyond = max(Decimal(0), -low if margin > 0 else high)
            known = margin and width.is_finite()
            yield f"claim:{name}", beyond / width if known else Decimal(0), 0

    def _contradiction(self) -> Candidates:
        """What the audit finds contradictory, by how far its two numbers are apart."""
        wanted = self._values.get(CONTRADICTION, {}).get("v")
        for use in dict.fromkeys(use["v"] for use in self.lineage["uses"]):
            entry = self._values[use]
            if not entry["op"].startswith(VERDICTS) or entry["v"] != wanted:
                continue
            numbers = [one for one in map(self._number, entry["in"]) if one]
            apart = numbers[0] / numbers[1] if len(numbers) > 1 else Decimal(1)
            yield use, max(apart, 1 / apart), 0

    def _changed(self) -> Candidates:
        """What is another number than an edition ago, by how much of itself."""
        for name in self._printed if self.before else ():
            changed = self.before.values.get(name) if self.before else None
            now, was = self._number(name), number(changed.txt) if changed else None
            if now and was:
                yield name, abs(now - was) / abs(was), 0

    def _resting(self, flag: str) -> Candidates:
        """Numbers by how many rows with a flag they rest on, then by how few others."""

        def rows(value_id: str) -> list[Row]:
            cells = self._values[value_id].get("src", ())
            return [(table, key) for table, _, keys in cells for key in keys]

        def flagged(value_id: str) -> list[Row]:
            return [row for row in rows(value_id) if flag in self.facets.cautions(*row)]

        graph = Asserting(self._values)
        some, every = Beneath[Row](graph, flagged), Beneath[Row](graph, rows)
        for name in self._printed:
            if count := some(name).bit_count():
                yield name, (count, -every(name).bit_count()), count

    def _load(self) -> Candidates:
        """Recorded numbers of the page by how many others of it rest on them."""

        def own(value_id: str) -> list[str]:
            entry = self._values[value_id]
            return [value_id] if value_id in self._printed and not entry.get("in") else []

        beneath = Beneath[str](Asserting(self._values), own)
        derived = [name for name in self._printed if self._values[name].get("in")]
        found: Counter[str] = Counter()
        for things, count in Counter(map(beneath, derived)).items():
            found.update(dict.fromkeys(beneath.things(things), count))
        yield from ((name, found[name], found[name]) for name in self._printed if found[name])

    def _number(self, value_id: str) -> Decimal | None:
        entry = self._values[value_id]
        return number(entry["v"]) if entry["u"] != TEXT else None


def number(text: str) -> Decimal | None:
    """What a printed number says, None where it is none or nothing can be divided by it."""
    plain = text.strip("<>≤≥≈%").replace(",", "").replace("−", "-")
    try:
        found = Decimal(plain) / (100 if text.endswith("%") else 1)
    except InvalidOperation:
        return None
    return found or None
