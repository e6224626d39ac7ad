"""Manifest: what manifest.json says of a published edition, and whether a document is one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from suyuan.core.names import in_time, is_edition
from suyuan.publish.pin import inside

FORMAT = "manifest/1"
Fits = Callable[[Any], bool]


def _text(found: Any) -> bool:
    return isinstance(found, str)


def _name(found: Any) -> bool:
    """A file's, inside the edition's folder."""
    return _text(found) and inside(found)


def _moment(found: Any) -> bool:
    try:
        return datetime.fromisoformat(found).tzinfo is not None
    except (TypeError, ValueError):
        return False


def _count(found: Any) -> bool:
    return type(found) is int and found >= 0


def _texts(found: Any) -> bool:
    return isinstance(found, dict) and all(map(_text, found.values()))


def _each(fits: Fits) -> Fits:
    return lambda found: isinstance(found, list) and all(map(fits, found))


def _keys(wanted: Mapping[str, Fits]) -> Fits:
    return lambda found: (
        isinstance(found, dict)
        and all(key in found and fits(found[key]) for key, fits in wanted.items())
    )


def _counted(found: Any) -> bool:
    return isinstance(found, list) and len(found) == 2 and _text(found[0]) and _count(found[1])


def _edition(found: Any) -> bool:
    return _text(found) and is_edition(found)


DIFF = _keys({"base": _edition, "counts": _each(_counted)})
WHOLE = _keys(
    {
        "format": lambda found: found == FORMAT,
        "name": _edition,
        "edition": _edition,
        **dict.fromkeys(("label", "title", "subtitle", "cutoff", "previous", "reason"), _text),
        "corrects": lambda found: found == "" or _edition(found),
        "published": _moment,
        "code": _texts,
        "versions": _texts,
        "sources": _texts,
        "inputs": _texts,
        "gates": _each(
            _keys(
                {
                    "gate": _text,
                    "passed": lambda found: found in (True, False, None),
                    "unchecked": _each(_text),
                }
            )
        ),
        "diff": lambda found: found is None or DIFF(found),
        "files": _each(_keys({"name": _name, "size": _count, "sha256": _text})),
    }
)


def fits(document: Any, name: str) -> bool:
    """Whether a document is a manifest, that of the edition published as ``name``."""
    if not WHOLE(document) or document["name"] != name:
        return False
    edition: str = document["edition"]
    return in_time(name)[0] == edition
