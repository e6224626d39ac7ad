"""Said: what people are told after an edition has been rolled, published or made again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from signal import SIG_DFL, SIGINT, SIGTERM, Signals, signal
from typing import TypeVar

from suyuan.contract.carrying import OWN
from suyuan.contract.messages import catalogue, message
from suyuan.contract.rows import Row, Table
from suyuan.core.errors import MachineError, whole
from suyuan.core.layout import Layout
from suyuan.publish import shelf
from suyuan.publish.due import Due
from suyuan.publish.process import Process
from suyuan.publish.publication import REFUSED, Outcome
from suyuan.publish.rebuilding import Rebuilt, otherwise

T = TypeVar("T")


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


class _Stopped(BaseException):
    """A signal that asks to end: what is begun is taken back on its way out."""


def stoppable(work: Callable[[], T]) -> T:
    """What ``work`` gives; MachineError E629 where Ctrl-C or SIGTERM ends it, all taken back."""

    def stop(number: int, _frame: object) -> None:
        for each in (SIGINT, SIGTERM):
            signal(each, SIG_DFL)  # once more ends it at once
        raise _Stopped(Signals(number).name)

    before = {each: signal(each, stop) for each in (SIGINT, SIGTERM)}
    try:
        return work()
    except _Stopped as stopped:
        problem = whole("E629", shelf.EDITIONS, value=str(stopped))
        raise MachineError(problem) from None
    finally:
        for each, handler in before.items():
            signal(each, handler)


def published(root: Path, outcome: Outcome) -> str:
    """How a publication ended."""
    words = catalogue(root / "templates")
    lines = [outcome.changes.rstrip()] if outcome.changes else []
    if outcome.kind == REFUSED:
        heading = words["heading_publish"].format(count=len(outcome.reasons))
        return "\n".join([*lines, heading, *outcome.reasons])
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
