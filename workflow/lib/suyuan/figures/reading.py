"""What config/figures.yaml says, read strictly: how figures are drawn, and what from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from suyuan.contract.configured import Document, Place, read_document
from suyuan.contract.shapes import Choice, Either, Every, Keys, Shape, Text, hold
from suyuan.core.errors import ConfigError, Problem
from suyuan.core.layout import FIGURES
from suyuan.figures.description import EACH, WIDTH, WIDTHS, Described, Spec, figures_of
from suyuan.figures.kind import kind_names, kind_of
from suyuan.figures.remarks import LINES, SHAPES
from suyuan.figures.source import DESCRIBED, OF, source_name, source_names, source_of


class _Figure:
    """A figure: one chart kind and one source of marks that gives what the kind needs.

    E343 not one source, E340 a column that the kind needs and the source does not give, E380 lines
    across a kind that has none.
    """

    def problems(self, document: Document, place: Place) -> Iterator[Problem]:
        spec = document.at(place)
        if not isinstance(spec, dict):
            yield from Keys({}).problems(document, place)
            return
        chosen = [key for key in (*DESCRIBED, OF) if key in spec]
        if len(chosen) != 1:
            yield document.problem("E343", place, "、".join(chosen))
            return
        kinds, of = Choice(kind_names()), Choice(source_names())
        if OF in spec and (wrong := list(of.problems(document, (*place, OF)))):
            yield from wrong
            return
        source = source_of(source_name(spec))
        more: dict[str, Shape] = {
            EACH: Every(Either(Text()), named=True),
            WIDTH: Choice(sorted(WIDTHS)),
            **SHAPES,
        }
        shape = Keys({"draw": kinds, **source.required}, {**source.optional, **more})
        wrong = list(shape.problems(document, place))
        yield from wrong
        if not wrong:
            for column in sorted(kind_of(spec["draw"]).needs - source.gives(spec)):
                yield document.problem("E340", place, column, draw=spec["draw"])
            if LINES in spec and not kind_of(spec["draw"]).lines:
                yield document.problem("E380", (*place, LINES), spec["draw"])


def read_figures(root: Path) -> dict[str, Described]:
    """The figures by id, in order. Raises ConfigError with every problem of their descriptions.

    E193 is also for two figures of one id.
    """
    document = read_document(root / FIGURES, FIGURES)
    figures: Mapping[str, Spec] = hold(document, Keys({"figures": Every(_Figure(), named=True)}))[
        "figures"
    ]
    found: dict[str, Described] = {}
    for entry, spec in figures.items():
        line = document.line(("figures", entry))
        for name, own in figures_of(entry, spec):
            if name in found:
                first = str(found[name].line)
                raise ConfigError(document.problem("E193", ("figures", entry), name, first=first))
            found[name] = Described(name, line, own, entry, document)
    return found
