"""Answers for a terminal: a chain as a tree, several hits as a list, a screen at most."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from suyuan.outputs.answers import wording
from suyuan.outputs.answers.finding import Answer, Hit
from suyuan.outputs.answers.report import Report
from suyuan.outputs.answers.wording import Node

SCREEN = 60  # lines
SEEN = "↑"  # after a value whose own tree stands further up


def lines(report: Report, answer: Answer, *, whole: bool) -> list[str]:
    """What is asked for; the chain of a single hit, a list of several, all chains if ``whole``."""
    said = [*wording.warnings(report), *answer.about]
    hits = answer.hits
    if whole or len(hits) == 1:
        trees = [[*_chain(report, hit), ""] for hit in hits]
        body, end = [*said, *chain(*trees)][: -1 if trees else None], []
    else:
        numbered = (wording.listed(report, at, hit) for at, hit in enumerate(hits, start=1))
        body, end = [*said, *numbered], [report.words["trace"]["choose"]] if hits else []
    room = SCREEN - len(end)
    if not whole and len(body) > room:
        left = len(body) - room + 1
        body = [*body[: room - 1], report.words["trace"]["cut"].format(left)]
    return [*body, *end]


def _chain(report: Report, hit: Hit) -> Iterator[str]:
    if hit.claim:
        yield from wording.claim_lines(report, hit.id)
    if hit.places:
        yield report.words["trace"]["places"].format("、".join(hit.places))
    for root in report.roots(hit.id, claim=hit.claim):
        yield from tree_lines(report, report.tracer.tree(root))
    if decided := wording.decided_by(report, hit):
        yield decided


def tree_lines(report: Report, node: Node) -> Iterator[str]:
    """A tree; what a value was made from is written once."""
    seen: set[str] = set()
    todo = [(node, "", "")]  # with what stands before its first line, and before all others
    while todo:
        own, stem, rest = todo.pop()
        if "file" in own:
            first, *others = wording.cell_lines(report, own)
            yield stem + first
            yield from (rest + line for line in others)
            continue
        yield f"{stem}{wording.head(report, own)}{f' {SEEN}' if own['id'] in seen else ''}"
        if own["id"] in seen:
            continue
        if "in" in own:
            seen.add(own["id"])
        branches = [*own.get("cells", ()), *own.get("in", ())]
        todo += [(branch, f"{rest}└─ ", f"{rest}   ") for branch in branches[-1:]]
        todo += [(branch, f"{rest}├─ ", f"{rest}│  ") for branch in branches[:-1][::-1]]
