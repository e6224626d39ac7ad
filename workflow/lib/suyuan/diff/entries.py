"""An entry of changed text: a passage before and after, as diff.json has it."""

from __future__ import annotations

from typing import Any

from suyuan.diff.passage import Passage
from suyuan.diff.redline import redline
from suyuan.diff.told import Told

Entry = dict[str, Any]
SOURCE = "source"  # nothing but references: where something comes from


def entry(old: Passage | None, new: Passage | None, before: Told, after: Told) -> Entry:
    """A passage before and after, either of which may be missing."""
    one = next(passage for passage in (new, old) if passage is not None)
    told = after if new else before
    change = "added" if old is None else "removed" if new is None else "changed"
    if old and new and old.key == new.key:
        change = "moved"
    facts = {**(old.facts if old else {}), **(new.facts if new else {})}
    claims = dict.fromkeys((*(old.claims if old else ()), *(new.claims if new else ())))
    found: Entry = {
        "section": one.section,
        "heading": told.titles.get(one.section, ""),
        "kind": SOURCE if one.refers else one.kind,
        "change": change,
        "before": old.text if old else "",
        "after": new.text if new else "",
        "redline": redline(old.text if old else "", new.text if new else ""),
        "values": list(facts),
        "claims": list(claims),
    }
    if old and new:
        found["only_numbers"] = old.form == new.form
        found["only_values"] = old.bare == new.bare
        found["changed_values"] = [
            fact for fact in facts if old.facts.get(fact) != new.facts.get(fact)
        ]
        if old.section != new.section:
            found["from"] = before.titles.get(old.section, "")
    return found
