"""Said: what people are told after an edition has been rolled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from suyuan.contract.carrying import OWN
from suyuan.contract.messages import catalogue
from suyuan.contract.rows import Row, Table
from suyuan.core.layout import Layout
from suyuan.publish.due import Due


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
