"""Answers as Markdown, for a letter or a pull request."""

from __future__ import annotations

from collections.abc import Iterator

from suyuan.outputs.answers import wording
from suyuan.outputs.answers.finding import Answer
from suyuan.outputs.answers.report import Report
from suyuan.outputs.answers.wording import Node


def lines(report: Report, answer: Answer) -> list[str]:
    """What is asked for, and each hit's chain as a list in lists."""
    found = [f"> {line}" for line in wording.warnings(report)]
    found += [*answer.about]
    for hit in answer.hits:
        found += ["", f"**{hit.txt if hit.claim else f'{hit.name}：{hit.txt}'}**", ""]
        if hit.claim:
            found += wording.claim_lines(report, hit.id)[1:]
        if hit.places:
            found.append(report.words["trace"]["places"].format("、".join(hit.places)))
        found.append("")
        for root in report.roots(hit.id, claim=hit.claim):
            found += _items(report, report.tracer.tree(root))
        if decided := wording.decided_by(report, hit):
            found += ["", decided]
    return found[1:] if found and not found[0] else found


def _items(report: Report, node: Node) -> Iterator[str]:
    """A tree as a list in lists; what a value was made from is written once."""
    seen: set[str] = set()
    todo = [(node, "")]
    while todo:
        own, indent = todo.pop()
        if "file" in own:
            place, *others = wording.cell_lines(report, own)
            yield f"{indent}- `{place}`"
            yield from (f"{indent}  {line.strip()}" for line in others)
            continue
        text, _, value_id = wording.head(report, own).rpartition("  [")
        yield f"{indent}- {text} (`{value_id[:-1]}`)"
        if own["id"] not in seen:
            seen.add(own["id"])
            branches = [*own.get("cells", ()), *own.get("in", ())]
            todo += [(branch, f"{indent}  ") for branch in reversed(branches)]
