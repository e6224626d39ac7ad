"""How a chain is said, whoever prints it: the words of values, cells and claims."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from suyuan.core import periods
from suyuan.lineage.reads import ALL
from suyuan.outputs.answers.finding import Hit
from suyuan.outputs.answers.report import Report

Node = Mapping[str, Any]
LONG = 40  # characters that no number has, but the results of an analysis
FEW = 3  # places that a line of a list names


def head(report: Report, node: Node) -> str:
    """Name, number and id of a value, with the numbers put in where its operation has a form."""
    as_printed = node["v"] == node["txt"].replace(",", "")  # 20,000 is 20000
    exact = "" if as_printed or len(node["v"]) > LONG else f"（{node['v']}）"
    made = node.get("shown") or report.words["op"][node["op"]]
    sign = " = " if "shown" in node else " ← "
    return (
        f"{report.name(node['id'])}：{report.shown(node['id'])}{exact}{sign}{made}  [{node['id']}]"
    )


def cell_lines(report: Report, cell: Node) -> Iterator[str]:
    """Where a raw cell stands and what it holds; what its row says of it; its document."""
    words = report.words
    comparator = words["comparator"][cell.get("comparator", "=")]
    printed = " ".join(filter(None, [comparator, cell["value"], cell.get("unit", "")]))
    place = f"{cell['file']}:{cell['line']}" if cell["line"] else cell["file"]
    yield f"{place}  {cell['row']}.{cell['column']} = {printed}"
    if "now" in cell:
        gone = words["trace"]["gone"]
        yield f"   {gone if cell['now'] is None else words['trace']['now'].format(cell['now'])}"
    marks = [
        words["kind"].get(cell.get("kind", ""), ""),
        periods.in_words(cell.get("as_of", ""), words["period"]),
        cell.get("evidence_grade", ""),
        cell.get("locator", ""),
    ]
    if any(marks):
        yield f"   {' · '.join(filter(None, marks))}"
    yield from (f"   {cell[part]}" for part in ("rationale", "evidence") if part in cell)
    if source := cell.get("source"):
        about = [source[part] for part in ("publisher", "published") if part in source]
        about += [words["grade"].get(source.get("grade", ""), ""), source.get("url", "")]
        yield f"   《{source['title']}》 {' · '.join(filter(None, about))}"


def decided_by(report: Report, hit: Hit) -> str:
    """The rows that select, convert or word it without being its operands; '' for none."""
    lineage = report.tracer.lineage
    entry = (report.claims if hit.claim else report.values)[hit.id]
    read: dict[str, dict[str, None]] = {}
    for name in entry.get("via", ()):
        for table, _column, keys in lineage["via"][name]["cells"]:
            read.setdefault(table, {}).update(dict.fromkeys(keys))
    words, known = report.words["trace"], report.tracer.facets.listed
    said = []
    for table, keys in read.items():
        few = "" if ALL in keys else "、".join(list(keys)[:FEW])
        some = words["more_sources"].format(len(keys)) if few and len(keys) > FEW else ""
        said.append(f"{known[table]['path']}（{few}{some}）" if few else known[table]["path"])
    return words["via"].format("；".join(said)) if said else ""


def claim_lines(report: Report, name: str) -> list[str]:
    """A claim: its words, what its facts are found to be, by how much, and how surely."""
    claim, words = report.claims[name], report.words["trace"]
    unit = report.book.units.get(claim["unit"])
    by = f"{claim['margin']} {unit.suffix if unit else claim['unit']}".strip()
    surely = words["robust"] if claim["robust"] else words["fragile"]
    test, outcome = (report.words[group][claim[group]] for group in ("test", "outcome"))
    judged = words["verdict"].format(outcome=outcome, test=test, margin=by, robust=surely)
    return [f"{words['claim'].format(claim['txt'])}  [{name}]", judged]


def listed(report: Report, number: int, hit: Hit) -> str:
    """A line of a list: number, name, value, places, id."""
    some = "、".join(hit.places[:FEW])
    if len(hit.places) > FEW:
        some += report.words["trace"]["more_places"].format(len(hit.places))
    where = some or report.words["trace"]["unprinted"]
    txt = report.words["trace"]["claim"].format(hit.txt) if hit.claim else f"{hit.name}：{hit.txt}"
    return f"{number:>2}. {txt}｜{where}  [{hit.id}]"


def warnings(report: Report) -> list[str]:
    """What is said first: the files that are no longer what the report was made from."""
    changed = list(report.tracer.changed.values())
    return [report.words["trace"]["changed"].format("、".join(changed))] if changed else []
