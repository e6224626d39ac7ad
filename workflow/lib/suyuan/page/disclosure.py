"""Below a figure or table of the HTML: its data, to read as a table and to take away as a file.

Written when the rest of the page is, so that what paper prints does not depend on it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup

from suyuan.core.formulas import neutral
from suyuan.lineage.value import TEXT, indicator_of
from suyuan.page.exhibits import Exhibit, Figure, Table
from suyuan.page.page import Page

DESCRIBING = ("series", "label", "x", "span")
BOUNDS = ("low", "high")
ESCAPED = {ord(sign): f"%{ord(sign):02X}" for sign in (*map(chr, range(33)), *'%#"<>')}
SAID = "said"  # what a mark's code means in words


def data_url(text: str) -> str:
    """A CSV file inside a link, for spreadsheets: none of its cells is a formula, and a mark in
    front tells that it is UTF-8.

    Chinese stands in it as it is, which takes less room than base64.
    """
    lines = io.StringIO(newline="")
    rows = csv.reader(io.StringIO(text))
    csv.writer(lines, lineterminator="\n").writerows([neutral(c) for c in row] for row in rows)
    return f"data:text/csv;charset=utf-8,%EF%BB%BF{lines.getvalue().translate(ESCAPED)}"


def _disclosure(page: Page, exhibit: Exhibit, content: Markup, take: Markup) -> Markup:
    words = page.words["data"]
    count = Markup(words[exhibit.kind]).format(page.fact(exhibit.whole))
    return Markup(
        '<details class="data"><summary>{}</summary><p class="tools"><span>{}</span>{}</p>{}'
        "</details>"
    ).format(words["open"], count, take, content)


def _told(rows: Sequence[Mapping[str, str]], ids: Sequence[Mapping[str, str]]) -> Iterator[str]:
    """Columns that say something about the marks that no column before them said."""
    said = [{row["value_id"]} for row in rows]
    for column in DESCRIBING:
        names = [own.get(column) or row.get(column, "") for row, own in zip(rows, ids, strict=True)]
        alike = column == "series" and len(set(names)) == 1
        if any(names) and not alike and any(n not in s for n, s in zip(names, said, strict=True)):
            yield column
            said = [s | {n} for n, s in zip(names, said, strict=True)]


def figure_data(page: Page, figure: Figure) -> Markup:
    """What a figure plots: a table in which every number is a value, and the figure's CSV file."""
    drawing, words = figure.drawing, page.words["data"]
    rows = list(csv.DictReader(io.StringIO(drawing.plotted)))
    columns = list(_told(rows, drawing.ids))
    values = [page.value(row["value_id"]) for row in rows]
    texts = all(value.unit == TEXT for value in values)
    numeric = [value.id for value in values if value.unit != TEXT]
    units = any(page.ledger.codebook.suffix(indicator_of(v)) for v in numeric)
    bounds = [bound for bound in BOUNDS if any(bound in own for own in drawing.ids)]

    def described(row: Mapping[str, str], own: Mapping[str, str], column: str) -> Markup | str:
        return page.dated(own[column]) if column in own else row.get(column, "")

    def numbers(value_id: str, own: Mapping[str, str]) -> Iterator[Markup]:
        is_text = page.value(value_id).unit == TEXT
        shown = page.fact(own[SAID]) if SAID in own else page.bounded(value_id)
        align = Markup("" if is_text else ' class="n"')
        yield Markup("<td{}>{}</td>").format(align, shown)
        for bound in bounds:
            shown = page.fact(own[bound]) if bound in own else Markup("")
            yield Markup('<td class="n">{}</td>').format(shown)
        if units:
            unit = "" if is_text else page.unit(indicator_of(value_id))
            yield Markup("<td>{}</td>").format(unit)

    heads = [Markup('<th scope="col">{}</th>').format(words[column]) for column in columns]
    for column in ["text"] if texts else ["value", *bounds]:
        align = Markup("" if texts else ' class="n"')
        heads.append(Markup('<th scope="col"{}>{}</th>').format(align, words[column]))
    if units:
        heads.append(Markup('<th scope="col">{}</th>').format(words["unit"]))
    body = []
    with page.cells():
        for row, own in zip(rows, drawing.ids, strict=True):
            cells = [Markup("<td>{}</td>").format(described(row, own, c)) for c in columns]
            body.append(Markup("").join([*cells, *numbers(row["value_id"], own)]))
    table = Markup(
        '<div class="table"><table aria-label="{}"><thead><tr>{}</tr></thead>'
        "<tbody>{}</tbody></table></div>"
    ).format(
        words["open"],
        Markup("").join(heads),
        Markup("").join(Markup("<tr>{}</tr>\n").format(cells) for cells in body),
    )
    take = Markup('<a class="take" download="{}.csv" href="{}">{}</a>').format(
        figure.name, data_url(drawing.plotted), words["csv"]
    )
    return _disclosure(page, figure, table, take)


def table_data(page: Page, table: Table) -> Markup:
    """How many values a table shows, and a button that saves it; the script makes the file."""
    take = Markup('<button type="button" class="take" data-table="{}" hidden>{}</button>')
    button = take.format(table.anchor, page.words["data"]["csv"])
    return _disclosure(page, table, Markup(""), button)


def disclosures(page: Page) -> dict[str, Markup]:
    """The data of every figure and table of the page, by the names of their slots.

    Each table gets a value that counts the values in its cells, as each figure has one.
    """
    made: dict[str, Markup] = {}
    figures = {exhibit.name: exhibit for exhibit in page.exhibits if isinstance(exhibit, Figure)}
    for name in page.drawings:
        if figure := figures.get(name):
            with page.entered(figure.section):
                made[figure.data] = figure_data(page, figure)
    for table in [exhibit for exhibit in page.exhibits if isinstance(exhibit, Table)]:
        cells = list(dict.fromkeys(page.uses[at].v for at in table.uses))
        if cells:
            with page.ledger.given(page.ledger.groups[table.section.reading]):
                page.ledger.derive(table.whole, "table", cells)
            with page.entered(table.section):
                made[table.data] = table_data(page, table)
    return made
