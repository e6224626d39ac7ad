"""Text: what two reports tell otherwise, sentence by sentence and cell by cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from suyuan.diff import tables
from suyuan.diff.entries import Entry, entry
from suyuan.diff.passage import Passage
from suyuan.diff.redline import alike
from suyuan.diff.told import Told

Pair = tuple[Passage | None, Passage | None]
LIKE = 0.5  # from here on two sentences are one that was reworded


def changes(before: Told, after: Told) -> list[Entry]:
    """Everything told otherwise, in the order of the newer page; what is only numbered is not."""
    found: list[Entry] = []
    pairs = list(moved(_in_sections(before, after)))
    for old, new in pairs:
        if old is None or new is None or old.key != new.key or old.section != new.section:
            found.append(entry(old, new, before, after))
    for name, table in after.tables.items():
        if name in before.tables:
            found += tables.changes(before.tables[name], table, before, after)
    order = {name: place for place, name in enumerate((*after.titles, *before.titles))}
    return sorted(found, key=lambda one: order.get(one["section"], -1))


def _in_sections(before: Told, after: Told) -> Iterator[Pair]:
    """The passages of each section side by side."""
    old, new = _by_section(before.passages), _by_section(after.passages)
    for section in dict.fromkeys((*new, *old)):
        yield from aligned(old.get(section, []), new.get(section, []))


def _by_section(passages: Iterable[Passage]) -> dict[str, list[Passage]]:
    found: dict[str, list[Passage]] = {}
    for passage in passages:
        found.setdefault(passage.section, []).append(passage)
    return found


def aligned(old: Sequence[Passage], new: Sequence[Passage]) -> Iterator[Pair]:
    """Pairs of passages: those that are the same, that differ in numbers, that are alike."""
    for a, b, c, d in _blocks([p.key for p in old], [p.key for p in new]):
        if a == b or c == d:
            yield from ((p, None) for p in old[a:b])
            yield from ((None, p) for p in new[c:d])
        elif [p.key for p in old[a:b]] == [p.key for p in new[c:d]]:
            yield from zip(old[a:b], new[c:d], strict=True)
        else:
            yield from _reworded(old[a:b], new[c:d])


def _blocks(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Stretches of two sequences that are equal, or that stand against each other."""
    for _, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield a, b, c, d


def _reworded(old: Sequence[Passage], new: Sequence[Passage]) -> Iterator[Pair]:
    """Pairs of a stretch in which no passage is the same: by their form, then by likeness."""
    for a, b, c, d in _blocks([p.form for p in old], [p.form for p in new]):
        if [p.form for p in old[a:b]] == [p.form for p in new[c:d]]:
            yield from zip(old[a:b], new[c:d], strict=True)
        else:
            yield from _like(list(old[a:b]), list(new[c:d]))


def _like(old: list[Passage], new: list[Passage]) -> Iterator[Pair]:
    """The most alike first; the rest is removed or added."""
    likeness = sorted(
        (
            (-alike(one.text, other.text), i, j)
            for i, one in enumerate(old)
            for j, other in enumerate(new)
            if one.kind == other.kind
        ),
    )
    taken: dict[int, int] = {}
    met: set[int] = set()
    for minus, i, j in likeness:
        if -minus >= LIKE and i not in taken and j not in met:
            taken[i] = j
            met.add(j)
    yield from ((old[i], new[j]) for i, j in sorted(taken.items()))
    yield from ((one, None) for i, one in enumerate(old) if i not in taken)
    yield from ((None, one) for j, one in enumerate(new) if j not in met)


def moved(pairs: Iterable[Pair]) -> Iterator[Pair]:
    """What was taken out here and put in there, word for word, is one passage that moved."""
    listed = list(pairs)
    gone: dict[str, list[int]] = {}
    for place, (old, new) in enumerate(listed):
        if old is not None and new is None:
            gone.setdefault(old.key, []).append(place)
    met: dict[int, int] = {}
    for place, (old, new) in enumerate(listed):
        if old is None and new is not None and gone.get(new.key):
            met[place] = gone[new.key].pop(0)
    taken = set(met.values())
    for place, pair in enumerate(listed):
        if place in met:
            yield listed[met[place]][0], pair[1]
        elif place not in taken:
            yield pair
