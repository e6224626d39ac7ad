"""Said: what people are told after an edition has been rolled, published or made again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from suyuan.contract.carrying import OWN
from suyuan.contract.messages import catalogue, message
from suyuan.contract.table import Row, Table
from suyuan.core.layout import Layout
from suyuan.publish import shelf
from suyuan.publish.due import Due
from suyuan.publish.process import Process
from suyuan.publish.publication import PUBLISHED, Outcome
from suyuan.publish.rebuilding import Rebuilt, otherwise


def rolled(layout: Layout, tables: Mapping[str, Table], found: Due) -> str:
    """What was made, what is due by row, and what to read again."""
    words = catalogue(layout.templates)
    carried = {name: table for name, table in tables.items() if name not in OWN}
    count = sum(len(table.rows) for table in carried.values())
    folder = layout.name(layout.raw)
    lines = [
        words["rolled"].format(
            edition=layout.edition, folder=folder, tables=len(carried), rows=count
        )
    ]
    for reason, rows in found.rows.items():
        if rows:
            lines.append(words[f"rolled_{reason}"].format(count=len(rows)))
            lines += [_row(row, folder, words) for row in rows]
    if found.sections is None or found.claims is None:
        lines.append(words["rolled_unread"])
    for name, group in (("sections", found.sections), ("claims", found.claims)):
        lines += _group(words[f"rolled_{name}"], group or {}, words["rolled_list"])
    return "\n".join([*lines, words["rolled_next"].format(folder=folder, edition=layout.edition)])


def _row(row: Row, folder: str, words: Mapping[str, str]) -> str:
    cells = row.cells
    names = (cells[name] for name in ("subject_id", "indicator_id", "qualifier"))
    return words["rolled_row"].format(
        **{**cells, "value_id": ".".join(filter(None, names))},
        place=f"{folder}/observations.csv:{row.line}",
    )


def _group(heading: str, group: Mapping[str, Sequence[str]], comma: str) -> Iterator[str]:
    if group:
        yield heading.format(count=len(group))
        for name, rows in group.items():
            yield f"  {name}: {comma.join(rows)}"


def published(root: Path, outcome: Outcome) -> str:
    """How a publication ended."""
    words = catalogue(root / "templates")
    lines = [outcome.changes.rstrip()] if outcome.changes else []
    if outcome.reasons:
        heading = words["publish_late" if outcome.kind == PUBLISHED else "heading_publish"]
        told = heading.format(count=len(outcome.reasons), name=outcome.name)
        return "\n".join([*lines, told, *outcome.reasons])
    about = {"name": outcome.name, "latest": shelf.names(root)[-1]}
    return "\n".join([*lines, words[f"publish_{outcome.kind}"].format(**about)])


def unlocked(root: Path, owner: Process | None) -> str:
    """Whose lock was let go."""
    words = catalogue(root / "templates")
    if owner is None:
        return words["unlocked_none"]
    return words["unlocked"].format(host=owner.host, pid=owner.pid, since=owner.since)


def rebuilt(root: Path, name: str, found: Rebuilt) -> str:
    """That an edition came out the same, and what was installed otherwise."""
    words = catalogue(root / "templates")
    other = otherwise(shelf.named(root, name), found.other)
    lines = [words["rebuilt"].format(name=name, count=found.files)]
    return "\n".join([*lines, *(message(each, root / "templates") for each in other)])
