"""Templates: read strictly, rendered, their mistakes named."""

from __future__ import annotations

from dataclasses import replace
from traceback import extract_tb
from typing import Any
from xml.etree.ElementTree import Element

import jinja2
from markupsafe import Markup

from suyuan.core.errors import LineageError, Problem, ProseError
from suyuan.core.layout import Layout
from suyuan.page.spacing import space
from suyuan.page.tree import fill, parse, parts_of

# What a template's own arguments lead to: a zero below, no such column, a text among numbers.
UNFIT = (ArithmeticError, LookupError, ValueError, TypeError, RecursionError, LineageError)


def environment(layout: Layout) -> jinja2.Environment:
    """Strict Jinja2: an undefined name is an error, everything is escaped."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(layout.templates),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def render_template(jinja: jinja2.Environment, name: str, **context: Any) -> Markup:
    """A template as HTML. Raises ProseError with the line of a template's mistake.

    E351 for a template that is not there, E304 for what Jinja refuses, for a call whose arguments
    do not fit, and for a computation that fails; what the called refuse keeps its own code.
    """
    file = f"templates/{name}"
    try:
        return Markup(jinja.get_template(name).render(**context))
    except jinja2.TemplateSyntaxError as error:
        problem = Problem("E304", f"templates/{error.name}", error.lineno, "1", str(error.message))
        raise ProseError(problem) from error
    except jinja2.TemplateNotFound as error:
        raise ProseError(Problem("E351", f"templates/{error.name}", 1, "1")) from error
    except jinja2.UndefinedError as error:
        raise ProseError(Problem("E304", file, _line(error, name), "1", str(error))) from error
    except ProseError as error:
        row = _line(error, name)
        found = (replace(one, row=row) if one.file == file else one for one in error.problems)
        raise ProseError(found) from error
    except UNFIT as error:
        raise ProseError(Problem("E304", file, _line(error, name), "1", str(error))) from error


def _line(error: Exception, name: str) -> int:
    """The line of the template that an error passed through last."""
    frames = extract_tb(error.__traceback__)
    return next((f.lineno for f in frames[::-1] if f.filename.endswith(name) and f.lineno), 1)


def spaced(html: Markup, template: str) -> Element:
    """What a template rendered as a tree, spaced."""
    run = parse(html, template)
    space(run)
    return run


def fill_with(
    tree: Element, slot: str, jinja: jinja2.Environment, template: str, **context: Any
) -> None:
    """Fill the slots of that name with what ``template`` says, spaced as all text is."""
    run = spaced(render_template(jinja, template, **context), f"templates/{template}")
    fill(tree, slot, lambda _: parts_of(run))
