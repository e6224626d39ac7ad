"""Tables of two reports cell by cell, by the heads of rows and columns, whatever their order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from suyuan.diff.entries import Entry, entry
from suyuan.diff.passage import Passage, Run
from suyuan.diff.redline import IN, OUT
from suyuan.diff.tabled import CELL, Table
from suyuan.diff.told import Told

Heads = list[tuple[str | None, str | None]]  # of the older table, of the newer one
COMMA = "、"
NONE = f"{CELL}:"  # the key of a cell that says nothing, or is taken by the one before it
BETWEEN = Run(COMMA, COMMA, COMMA)  # cells of a whole row


def changes(old: Table, new: Table, before: Told, after: Told) -> Iterator[Entry]:
    """What a table shows otherwise."""
    rows = matched(old, new, list(old.rows), list(new.rows))
    columns = _in_place(matched(old, new, old.columns, new.columns))
    for was, row in rows:
        if was is None or row is None:
            yield _whole_row(old, new, was, row, before, after)
            continue
        for other, column in columns:
            one = old.rows[was].get(other or "")
            two = new.rows[row].get(column or "")
            known = other is not None and column is not None
            if known and (one.key if one else NONE) != (two.key if two else NONE):
                heads = (new.named.get(row, ""), new.named.get(column or "", ""))
                yield entry(one, two, before, after) | _place(new, *heads)
    yield from _columns(old, new, columns, before, after)
    yield from _reordered(old, new, rows, after)


def matched(old: Table, new: Table, before: Sequence[str], after: Sequence[str]) -> Heads:
    """Heads of two tables: by key, else by what they print."""
    left = {key: old.named.get(key, "") for key in before if key not in after}
    found: Heads = []
    for key in after:
        printed = new.named.get(key, "")
        same = key if key in before else None
        if same is None and printed:
            same = next((other for other, name in left.items() if name == printed), None)
            left.pop(same or "", None)
        found.append((same, key))
    return found + [(key, None) for key in left]


def _in_place(heads: Heads) -> Heads:
    """As many heads missing as new ones: they were reworded, in their order."""
    gone = [was for was, head in heads if head is None]
    come = [head for was, head in heads if was is None]
    if len(gone) != len(come):
        return heads
    instead = dict(zip(come, gone, strict=True))
    return [(instead.get(head, was), head) for was, head in heads if head is not None]


def _place(table: Table, row: str, column: str) -> Entry:
    return {"table": table.title, "row": row, "column": column}


def _whole_row(
    old: Table, new: Table, was: str | None, row: str | None, before: Told, after: Told
) -> Entry:
    """A row that only one of two tables has."""
    table, key = (old, was) if row is None else (new, row)
    cells = [cell for cell in table.rows[key or ""].values() if cell.text]
    runs = [run for cell in cells for run in (*cell.runs, BETWEEN)]
    whole = Passage(CELL, table.section, tuple(runs[:-1]))
    one, two = (whole, None) if row is None else (None, whole)
    return entry(one, two, before, after) | _place(table, table.named.get(key or "", ""), "")


def _columns(old: Table, new: Table, heads: Heads, before: Told, after: Told) -> Iterator[Entry]:
    """Columns that only one of two tables has, and heads that read otherwise."""
    for was, column in heads:
        texts = (old.named.get(was or "", ""), new.named.get(column or "", ""))
        if was != column and texts[0] != texts[1]:
            one, two = (Passage(CELL, new.section, (Run(t, t, t),)) if t else None for t in texts)
            yield entry(one, two, before, after) | _place(new, "", texts[1] or texts[0])


def _reordered(old: Table, new: Table, rows: Heads, after: Told) -> Iterator[Entry]:
    """One entry for a table whose rows stand in another order."""
    place = {key: number for number, key in enumerate(old.rows)}
    kept = [(place[was], new.named.get(row, "")) for was, row in rows if was and row]
    if kept != sorted(kept, key=lambda one: one[0]):
        names = [[name for _, name in side] for side in (sorted(kept, key=lambda o: o[0]), kept)]
        texts = [COMMA.join(side) for side in names]
        yield {
            "section": new.section, "heading": after.titles.get(new.section, ""), "kind": CELL,
            "change": "moved", "before": texts[0], "after": texts[1],
            "redline": [[OUT, texts[0]], [IN, texts[1]]], "values": [], "claims": [],
        } | _place(new, "", "")  # fmt: skip
