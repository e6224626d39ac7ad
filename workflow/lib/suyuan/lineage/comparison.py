"""Two documents of plain JSON compared, whatever is in them.

No field is listed here: whatever stands in either document is compared, so that one which comes
to the format tomorrow is compared as well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from suyuan.core.files import dump_json

NAMES = ("id", "anchor", "name", "uri")  # by which entries of a list are known
CHANGED, MISSING, EXTRA, REPEATED, REORDERED = KINDS = (
    "changed", "missing", "extra", "repeated", "reordered",
)  # fmt: skip
Place = tuple[str, ...]


@dataclass(frozen=True)
class Difference:
    """One thing that is not as it should be, at a path of keys and names from the top.

    ``found`` and ``expected`` are its JSON in either document, '' where it has none.
    """

    place: Place
    kind: str  # one of KINDS
    found: str = ""
    expected: str = ""


def differences(found: Any, expected: Any, place: Place = ()) -> Iterator[Difference]:
    """How ``found`` differs from ``expected``; lists of the same entries may differ in order."""
    if isinstance(found, dict) and isinstance(expected, dict):
        yield from _entries(found, expected, place)
    elif isinstance(found, list) and isinstance(expected, list):
        yield from _items(found, expected, place)
    elif type(found) is not type(expected) or found != expected:  # True == 1 == 1.0
        yield Difference(place, CHANGED, dump_json(found), dump_json(expected))


def _entries(
    found: Mapping[str, Any], expected: Mapping[str, Any], place: Place
) -> Iterator[Difference]:
    for key, entry in expected.items():
        if key in found:
            yield from differences(found[key], entry, (*place, key))
        else:
            yield Difference((*place, key), MISSING, "", dump_json(entry))
    for key in found.keys() - expected.keys():
        yield Difference((*place, key), EXTRA, dump_json(found[key]))


def _items(found: Sequence[Any], expected: Sequence[Any], place: Place) -> Iterator[Difference]:
    if found == expected and not _typed(found, expected):
        return
    ours, theirs = [_name(item) for item in expected], [_name(item) for item in found]
    known, shown = dict(zip(ours, expected, strict=True)), dict(zip(theirs, found, strict=True))
    yield from _entries(shown, known, place)
    wanted, had = Counter(ours), Counter(theirs)
    for name in wanted.keys() & had.keys():
        if wanted[name] != had[name]:
            yield Difference((*place, name), REPEATED, str(had[name]), str(wanted[name]))
    if wanted == had and ours != theirs:
        at = next(n for n, pair in enumerate(zip(ours, theirs, strict=True)) if len(set(pair)) > 1)
        yield Difference((*place, theirs[at]), REORDERED, theirs[at], ours[at])


def _typed(found: Sequence[Any], expected: Sequence[Any]) -> bool:
    """Whether equal lists hide a difference of type."""
    return dump_json(found) != dump_json(expected)


def _name(item: Any) -> str:
    """What an entry of a list is known by: its name, or all that it says."""
    if isinstance(item, dict):
        for key in NAMES:
            if isinstance(item.get(key), str):
                return item[key]
    return item if isinstance(item, str) else dump_json(item)
