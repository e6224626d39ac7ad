"""Full pages and long tables for WeasyPrint, which has no page floats and no 续表.

A figure or table that does not fit below the text would leave the rest of a page empty.
``enable()`` lets the paragraphs that follow it come first, one after the other, until the page is
full; the figure then stands on the next page. It passes a heading, or a figure passes a table, only
where nearly a quarter of the page would stay free. None passes another of its kind, or a boxed
finding: the order of figures and that of tables is that of the templates.

A table that goes on over pages has rows of class ``continued`` at the end of its head, and its
other rows say by ``data-goes-on`` which of them heads the table where a page begins with that row.
"""

from __future__ import annotations

from typing import Any

from weasyprint.layout import block

from suyuan.outputs.paper.printed import CONTINUED, GOES_ON

EMPTY = 60.0  # CSS pixels: what may stay free below the last line, about three lines
MOST = 5  # times that a figure lets something pass
MUCH = 0.25  # of what a page holds at most, the share that must not stay free

_weasyprint_container = block.block_container_layout
_weasyprint_table = block.table_layout


def enable() -> None:
    """Fill pages and head continued tables in this process; calling again changes nothing."""
    block.block_container_layout = _container_layout
    block.table_layout = _table_layout


def _container_layout(
    context: Any, box: Any, bottom_space: float, skip_stack: Any, page_is_empty: bool,
    absolute_boxes: Any, fixed_boxes: Any, adjoining_margins: list[float] | None,
    *more: Any, **named: Any,
) -> Any:  # fmt: skip
    """As WeasyPrint's own; a section whose page is not full is laid out again in another order."""

    def laid_out(margins: list[float] | None) -> Any:
        return _weasyprint_container(
            context, box, bottom_space, skip_stack, page_is_empty, absolute_boxes, fixed_boxes,
            margins, *more, **named,
        )  # fmt: skip

    if box.element_tag == "html":  # laid out once for each page
        context.page_top = box.position_y
    if box.element_tag != "section":
        return laid_out(adjoining_margins)
    before = None if adjoining_margins is None else list(adjoining_margins)

    def again() -> Any:
        box.position_y = place
        return laid_out(before and list(before))

    place = box.position_y
    done = laid_out(adjoining_margins)
    for _ in range(MOST):
        stop = _stopped_at(done)
        if stop is None or (free := _left(context, done[0], bottom_space)) < EMPTY:
            break
        order = list(box.children)
        passing = _passing(order, stop, far=free > MUCH * _most(context) - EMPTY)
        if not passing:
            break
        rest = [child for child in order[stop:] if child not in passing]
        box.children = [*order[:stop], *passing, *rest]
        tried = again()
        if tried[0] is None or _stopped_at(tried) == stop:  # not a line of it fits
            box.children = order
            return again()
        done = tried
    return done


def _stopped_at(done: Any) -> int | None:
    """The child before which the page ends; None where it ends inside one or nowhere."""
    new_box, resume_at, *_ = done
    if new_box is None or not resume_at:
        return None
    ((child, inside),) = resume_at.items()
    return child if inside is None and child else None


def _left(context: Any, new_box: Any, bottom_space: float) -> float:
    """What is free below the last child, in CSS pixels."""
    last = new_box.children[-1] if new_box.children else None
    end = last.position_y + last.margin_height() if last else new_box.position_y
    return float(context.page_bottom - bottom_space - end)


def _most(context: Any) -> float:
    """What a page holds at most: the height between its margins, in CSS pixels."""
    return float(context.page_bottom - context.page_top)


def _passing(children: list[Any], stop: int, *, far: bool) -> list[Any]:
    """What may come before the figure or table at ``stop``: the paragraph after it, if any.

    ``far`` lets it pass a heading with its paragraph, or a table pass a figure and the reverse.
    """
    kind = _kind(children[stop])
    if not kind or has_class(children[stop], "long"):
        return []
    after = _behind(children, stop)
    found = children[after : after + 1]
    if not found:
        return []
    first = after + (far and found[0].element_tag == "h3")  # below a heading
    if far and first < len(children) and _kind(children[first]) not in ("", kind):
        return children[after : _behind(children, first)]
    found = children[after : first + 1]
    plain = [box.element_tag for box in found if not box.element.get("class")]
    return found if plain in (["p"], ["h3", "p"]) else []


def _behind(children: list[Any], place: int) -> int:
    """The child after a figure or table and its source lines."""
    after = place + 1
    while after < len(children) and has_class(children[after], "source"):
        after += 1
    return after


def _kind(box: Any) -> str:
    """Whether it is a figure or a table, '' for anything else."""
    if box.element_tag == "figure":
        return "figure"
    return "table" if box.element_tag == "div" and has_class(box, "table") else ""


def has_class(box: Any, name: str) -> bool:
    """Whether the element of a box is of that class."""
    return box.element is not None and name in (box.element.get("class") or "").split()


def _table_layout(
    context: Any, table: Any, bottom_space: float, skip_stack: Any, *more: Any
) -> Any:
    """As WeasyPrint's own, with the head that this page of the table has."""
    head = table.children[0] if table.children else None
    if head is None or not head.is_header:
        return _weasyprint_table(context, table, bottom_space, skip_stack, *more)
    if not hasattr(head, CONTINUED):
        head.continued = [row for row in head.children if has_class(row, CONTINUED)]
    plain = [row for row in head.children if not has_class(row, CONTINUED)]
    shown = head.continued[_first_row(table, skip_stack)] if skip_stack and head.continued else None
    head.children = plain if shown is None else [shown, *plain]
    done = _weasyprint_table(context, table, bottom_space, skip_stack, *more)
    head.children = plain  # by them the columns are measured again on the next page
    return done


def _first_row(table: Any, skip_stack: Any) -> int:
    """Which head the first row on a page asks for."""
    ((part, inside),) = skip_stack.items()
    row = next(iter(inside)) if inside else 0
    return int(table.children[part].children[row].element.get(GOES_ON, "0"))
