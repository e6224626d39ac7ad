"""An answer in the form that was wished for."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from suyuan.core.errors import LookupFailed, Problem
from suyuan.core.layout import Layout
from suyuan.domain.operations import OPERATIONS
from suyuan.outputs.answers import markdown, terminal
from suyuan.outputs.answers.finding import Answer, find
from suyuan.outputs.answers.report import Report

Tree = Mapping[str, Any]


def said(layout: Layout, what: str, number: int | None, form: str) -> tuple[str, bool]:
    """The answer to ``what`` as text, and whether data changed since the report was made.

    ``number`` chooses one of several hits. ``form`` is one of ``FORMS``. Raises LookupFailed E201
    without a report, E200 where nothing is found, E204 for a number that there is not.
    """
    report = Report.open(layout, OPERATIONS)
    answer = find(report, what)
    if number is not None:
        if not 1 <= number <= len(answer.hits):
            file = layout.name(layout.report / "lineage.json")
            details = {"count": str(len(answer.hits))}
            raise LookupFailed(Problem("E204", file, 1, "1", str(number), details))
        answer = replace(answer, hits=(answer.hits[number - 1],))
    return FORMS[form](report, answer), bool(report.tracer.changed)


def trees(layout: Layout, what: str) -> list[Tree]:
    """The chains of all hits; of a claim, those of its facts. Raises LookupFailed E200, E201."""
    report = Report.open(layout, OPERATIONS)
    return _trees(report, find(report, what))


def _trees(report: Report, answer: Answer) -> list[Tree]:
    roots = (root for hit in answer.hits for root in report.roots(hit.id, claim=hit.claim))
    return [report.tracer.tree(root) for root in dict.fromkeys(roots)]


FORMS: Mapping[str, Callable[[Report, Answer], str]] = {
    "screen": lambda report, answer: "\n".join(terminal.lines(report, answer, whole=False)),
    "whole": lambda report, answer: "\n".join(terminal.lines(report, answer, whole=True)),
    "md": lambda report, answer: "\n".join(markdown.lines(report, answer)),
    "json": lambda report, answer: json.dumps(_trees(report, answer), ensure_ascii=False, indent=2),
}
