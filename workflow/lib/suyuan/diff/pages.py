"""What the pages of two sides tell and their figures show otherwise, and what wrote them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from suyuan.core.files import read_json, sha256
from suyuan.core.inputs import files
from suyuan.core.layout import Layout
from suyuan.diff import drawings, text
from suyuan.diff.redline import TOKEN
from suyuan.diff.told import Told

STATEMENT = "attestation.intoto.json"  # names what a delivered report was made from
FOLDERS = {"templates": "templates/", "code": "workflow/lib/suyuan/"}  # of the kinds of files
OTHERS = ("templates/fonts/", "templates/messages.yaml")  # which write no page
TEMPLATE = "template"  # a kind of cause
PAGE = "page"  # why a change is unexplained: nothing that writes a page changed
MOVED = "moved"


class Paged(Protocol):
    """What is read of a side: its page, its figures, and the folder of its files."""

    @property
    def folder(self) -> Path: ...
    @property
    def html(self) -> Path: ...
    @property
    def figures(self) -> Path: ...


def changes(before: Paged, after: Paged) -> dict[str, Any]:
    """``text``, ``figures``, ``templates``, ``programs`` and ``sections`` of diff.json."""
    old, new = Told.read(before.html), Told.read(after.html)
    changed = rewritten(before, after, "templates")
    entries = text.changes(old, new)
    if changed:
        for entry in entries:
            told = entry.get("changed_values", ()) or entry["claims"]
            if not entry.get("only_values", told):
                cause = {"kind": TEMPLATE, "ref": TEMPLATE, "contribution": None}
                entry["causes"] = [cause]
    return {
        "text": entries,
        "figures": drawings.changes(before.figures, after.figures, old.captions, new.captions),
        "templates": changed,
        "programs": rewritten(before, after, "code"),
        "sections": old.titles | new.titles,
    }


def rewritten(before: Paged, after: Paged, kind: str) -> list[list[str]]:
    """Templates or code that are not the same: name, digest before and after, '' for none.

    The digest of ``code`` in a lineage does not tell these apart.
    """
    old, new = written_by(before, kind), written_by(after, kind)
    return [
        [name, old.get(name, ""), new.get(name, "")]
        for name in sorted({**old, **new})
        if old.get(name) != new.get(name)
    ]


def written_by(side: Paged, kind: str) -> dict[str, str]:
    """Digests of what wrote a page: of the files at hand, or those of its statement."""
    layout = Layout(side.folder, "")
    if layout.templates.is_dir():
        return {layout.name(path): sha256(path) for path in files(layout, kind)}
    statement = side.folder / STATEMENT
    if not statement.is_file():
        return {}
    made = read_json(statement)["predicate"]["buildDefinition"]["resolvedDependencies"]
    found = {entry["name"]: entry["digest"]["sha256"] for entry in made if "name" in entry}
    folder = FOLDERS[kind]
    own = (name for name in found if name.startswith(folder) and not name.startswith(OTHERS))
    return {name: found[name] for name in own}


def complete(document: dict[str, Any], told: Mapping[str, Any]) -> dict[str, Any]:
    """diff.json with what is told and drawn otherwise.

    Where nothing changed that could write another page, what it tells otherwise is unexplained;
    where only an order of display did, the same words in another order have moved.
    """
    whole = {**document, **told}
    if any(whole[key] for key in ("inputs", "values", "claims", "templates", "programs")):
        return whole
    if whole["order"]:
        texts = [moved(entry) for entry in whole["text"]]
        return {**whole, "text": texts}
    unread = [
        {"id": entry["section"], "before": entry["before"], "after": entry["after"], "reason": PAGE}
        for entry in whole["text"]
        if entry["change"] != MOVED
    ]
    return {**whole, "unexplained": [*whole["unexplained"], *unread]}


def moved(entry: Mapping[str, Any]) -> dict[str, Any]:
    """An entry whose words are the same in another order, as one that moved."""
    before, after = (sorted(TOKEN.findall(entry[side])) for side in ("before", "after"))
    return {**entry, "change": MOVED if before == after else entry["change"]}
