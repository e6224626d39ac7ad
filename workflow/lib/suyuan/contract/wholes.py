"""What the rows of a table are to each other and to those they name: complete, ordered, in a tree.

Each function reads terms of schemas (``joins``, ``complete``, ``ordered``, ``gap``, ``parent``, and
``where``, ``leaf`` and ``same`` of keys), and knows no table. It looks at tables whose cells are
lawful by themselves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import chain, pairwise, product

from suyuan.contract.schema import Field, ForeignKey
from suyuan.contract.table import Row, Table
from suyuan.core.errors import Problem
from suyuan.core.names import listed

Tables = Mapping[str, Table]


def whole_problems(tables: Tables) -> Iterator[Problem]:
    """Everything that is wrong with tables as wholes."""
    for table in tables.values():
        yield from gap_problems(table)
        yield from join_problems(table)
        yield from order_problems(table)
        yield from either_problems(table)
        yield from adjoining_problems(table)
        yield from said_problems(table)
        yield from tree_problems(table)
        for key in table.schema.foreign_keys:
            yield from named_problems(table, key, tables)
        yield from complete_problems(table, tables)


def gap_problems(table: Table) -> Iterator[Problem]:
    """E831: a cell beside the word that nothing is known; E832: none where the word is another.

    E845: a word that goes with the gap alone, or the gap without it.
    """
    gap = table.schema.gap
    if gap is None:
        return
    for row in table.rows:
        unknown = row.cells[gap.column] == gap.word
        for column in gap.empty:
            if bool(row.cells[column]) == unknown:
                details = {"gap": gap.column, "word": gap.word}
                yield table.problem("E831" if unknown else "E832", row, column, **details)
        for column, word in gap.says.items():
            if (row.cells[column] == word) != unknown:
                details = {"gap": gap.column, "word": gap.word, "says": word}
                yield table.problem("E845", row, column, **details)


def join_problems(table: Table) -> Iterator[Problem]:
    """E833: a key that is not made up of the cells it stands for."""
    schema = table.schema
    for row in table.rows if schema.joins else ():
        expected = "_".join(row.cells[column] for column in schema.joins)
        if row.cells[schema.primary_key] != expected:
            yield table.problem("E833", row, schema.primary_key, expected=expected)


def order_problems(table: Table) -> Iterator[Problem]:
    """E834: a number below the one that it may not be below."""
    for row in table.rows:
        for lower, upper in chain.from_iterable(map(pairwise, table.schema.ordered)):
            low, high = row.cells[lower], row.cells[upper]
            if low and high and Decimal(low) > Decimal(high):
                yield table.problem("E834", row, upper, other=lower, low=low)


def either_problems(table: Table) -> Iterator[Problem]:
    """E846: neither of the cells of which one must be filled; E847: more than one."""
    for row in table.rows if table.schema.either else ():
        for group in table.schema.either:
            filled = [column for column in group if row.cells[column]]
            if not filled:
                yield table.problem("E846", row, group[0], others="、".join(group[1:]))
            elif len(filled) > 1:
                yield table.problem("E847", row, filled[-1], others="、".join(filled[:-1]))


def adjoining_problems(table: Table) -> Iterator[Problem]:
    """E848: a row whose end is not where the one before it begins; none has an end, or all have.

    E895: the first one has an end. E871: the last one begins above what is least, and leaves a gap.
    """
    adjoins = table.schema.adjoins
    if adjoins is None or not any(row.cells[adjoins.upper] for row in table.rows):
        return
    ordered = sorted(table.rows, key=lambda row: Decimal(row.cells[adjoins.order]))
    for before, row in zip([None, *ordered], ordered, strict=False):
        found = row.cells[adjoins.upper]
        if before is None:
            if found:
                yield table.problem("E895", row, adjoins.upper)
            continue
        wanted = before.cells[adjoins.lower]
        if (Decimal(found) if found else None) != (Decimal(wanted) if wanted else None):
            details = {"expected": wanted or "-", "lower": adjoins.lower}
            yield table.problem("E848", row, adjoins.upper, line=str(before.line), **details)
    if Decimal(ordered[-1].cells[adjoins.lower]) != adjoins.least:
        yield table.problem("E871", ordered[-1], adjoins.lower, expected=str(adjoins.least))


def said_problems(table: Table) -> Iterator[Problem]:
    """E849: a number of points that is not the one that the words beside it give."""
    said = table.schema.said
    if said is None:
        return
    for row in table.rows:
        points = table.schema.texts.points.given(row.cells[said.text])
        number = row.cells[said.number]
        if points is not None and number and Decimal(number) != points:
            details = {"said": f"{points:f}", "text": said.text}
            yield table.problem("E849", row, said.number, **details)


def tree_problems(table: Table) -> Iterator[Problem]:
    """E835: a row below itself; E836: another depth than its own; E837: shares that are not one.

    E843 and E844: a cell that only rows with others below have, or only those without.
    """
    schema = table.schema
    if not schema.parent:
        return
    rows = table.keyed()
    circles = [row for row in table.rows if _in_circle(row, rows, schema.parent)]
    for row in circles:
        yield table.problem("E835", row, schema.parent)
    if circles:
        return
    branches, below = _branches(table), defaultdict[str, list[Row]](list)
    top = int(schema.column(schema.depth).minimum or 0) if schema.depth else 0
    for row in table.rows:
        key, above = row.cells[schema.primary_key], row.cells[schema.parent]
        below[above].append(row)
        if schema.depth:
            expected = str(top + sum(1 for _ in _way_up(row, rows, schema.parent)))
            if row.cells[schema.depth] != expected:
                yield table.problem("E836", row, schema.depth, expected=expected)
        for column in (*schema.of_branches, *schema.of_leaves):
            found, wanted = row.cells[column], (key in branches) == (column in schema.of_branches)
            if bool(found) != wanted:
                code = "E843" if wanted else "E844"
                yield Problem(code, table.file, row.line, column, found or key, {"key": key})
    for above, siblings in below.items() if schema.shares else ():
        total = sum(Decimal(row.cells[schema.shares]) for row in siblings)
        if above and total != 1:
            parts = (
                f"{row.line}: {row.cells[schema.primary_key]} {row.cells[schema.shares]}"
                for row in siblings
            )
            details = {"parent": above, "total": str(total), "parts": "、".join(parts)}
            yield table.problem("E837", siblings[0], schema.shares, **details)


def _in_circle(row: Row, rows: Mapping[str, Row], parent: str) -> bool:
    """Whether the way up from a row comes back to it."""
    return any(above is row for above in _way_up(row, rows, parent))


def _way_up(row: Row, rows: Mapping[str, Row], parent: str) -> Iterator[Row]:
    """The rows above a row, each once; with the row itself where it lies in a circle."""
    seen, above = set[str](), row.cells[parent]
    while above in rows and above not in seen:
        yield rows[above]
        seen.add(above)
        above = rows[above].cells[parent]


def named_problems(table: Table, key: ForeignKey, tables: Tables) -> Iterator[Problem]:
    """What the rows that cells name must be.

    E838 of another sort, E839 with others below it, E840 about something else.
    """
    target = tables.get(key.resource)
    if target is None or not (key.where or key.leaf or key.same):
        return
    rows = {row.cells[key.target]: row for row in target.rows}
    branches = _branches(target) if key.leaf else set()
    for row in table.rows:
        for part in key.parts(row.cells[key.field]):
            if part not in rows:
                continue
            named = rows[part].cells
            for column, wanted in key.where.items():
                if named[column] != wanted:
                    details = {"found": named[column], "expected": wanted}
                    yield Problem("E838", table.file, row.line, key.field, part, details)
            if part in branches:
                yield Problem("E839", table.file, row.line, key.field, part)
            if key.same and named[key.same] != row.cells[key.same]:
                details = {"found": named[key.same], "expected": row.cells[key.same]}
                yield Problem("E840", table.file, row.line, key.field, part, details)


def _branches(table: Table) -> set[str]:
    """Keys of the rows that others lie below."""
    return {row.cells[table.schema.parent] for row in table.rows}


def complete_problems(table: Table, tables: Tables) -> Iterator[Problem]:
    """E841: combinations that have no row, at the last row that is like the first of them."""
    schema = table.schema
    if not schema.complete or not table.rows:
        return
    wanted = [_choices(schema.column(name), table, tables) for name in schema.complete]
    there = {tuple(row.cells[name] for name in schema.complete) for row in table.rows}
    missing = ["_".join(parts) for parts in product(*wanted) if parts not in there]
    if missing:
        details = {"count": str(len(missing))}
        near = [r for r in table.rows if missing[0].startswith(r.cells[schema.complete[0]] + "_")]
        last = (near or table.rows)[-1].line
        yield Problem("E841", table.file, last, schema.primary_key, listed(missing), details)


def _choices(field: Field, table: Table, tables: Tables) -> list[str]:
    """All that may stand in a column: keys of another table, words, or whole numbers."""
    if among := table.schema.complete_among.get(field.name):
        return list(among)
    for key in table.schema.foreign_keys:
        if key.field == field.name:
            where = {**key.where, **table.schema.complete_where.get(field.name, {})}
            target = tables.get(key.resource)
            if target is None:
                return []
            branches = _branches(target) if key.leaf else set()
            return [
                row.cells[key.target]
                for row in target.rows
                if row.cells[key.target] not in branches
                and all(row.cells[column] == word for column, word in where.items())
            ]
    if field.enum:
        return list(field.enum)
    if field.minimum is None or field.maximum is None:
        raise ValueError(field.name)
    return [str(number) for number in range(int(field.minimum), int(field.maximum) + 1)]
