"""Questions for a place: a figure or table, a page, a section, a raw row or its file and line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from suyuan.lineage.facets import DOCUMENTS
from suyuan.lineage.names import CHECKS
from suyuan.lineage.value import TEXT
from suyuan.outputs.answers import asked
from suyuan.outputs.answers.asked import plain
from suyuan.outputs.answers.printed import Exhibit
from suyuan.outputs.answers.report import Report

SEVERAL = ";"  # between the ids that a cell lists
MOST = 3  # documents that are named


@dataclass(frozen=True)
class Found:
    """Values and claims by their ids, and what is said before them."""

    ids: Sequence[str] = ()
    claims: Sequence[str] = ()
    about: Sequence[str] = ()


def numbers(report: Report, ids: Sequence[str]) -> list[str]:
    """Those that are no texts of raw cells."""
    return [one for one in ids if report.values[one]["op"] != TEXT]


def prefixes_of(report: Report) -> dict[str, str]:
    """What figures and tables are called by who asks."""
    kinds = report.words["trace"]["asked"].items()
    return {word: kind for kind, words in kinds for word in words.split()}


def page_forms(report: Report) -> dict[str, str]:
    """What stands before and after the number of a page."""
    return dict(form.split("_") for form in report.words["trace"]["page_asked"].split())


def by_exhibit(report: Report, text: str, _wanted: str) -> Found | None:
    """A figure or table by its number; of it, what the other words name: a row, a column."""
    prefixes = prefixes_of(report)
    parts = [plain(part) for part in text.split()]
    for end in range(1, len(parts) + 1):
        if not (named := asked.exhibit("".join(parts[:end]), prefixes)):
            continue
        kind, number, rest = named
        label = plain(f"{report.words['page'][kind]}{number}")
        for exhibit in report.printed.exhibits.values():
            if plain(exhibit.label) == label:
                words = [part for part in (rest, *parts[end:]) if part]
                return _shown_in(report, exhibit, words)
    return None


def _shown_in(report: Report, exhibit: Exhibit, wanted: Sequence[str]) -> Found:
    words = report.words
    whole = f"report.{exhibit.kind}.{exhibit.name}"
    cells: dict[str, str] = {}
    for spot in report.printed.inside(exhibit):
        at = (("row", spot.row), ("column", spot.column))
        counted = (words["trace"][one].format(number + 1) for one, number in at)
        said = plain("".join((*report.printed.cell(spot), *counted)))
        cells[spot.fact] = cells.get(spot.fact, "") + said
    ids = list(cells) if exhibit.kind == "table" else report.values.get(whole, {}).get("in", [])
    named = {one: cells.get(one, "") + plain(report.name(one)) for one in ids}
    count = {one: sum(word in said for word in wanted) for one, said in named.items()}
    most = max(count.values(), default=0)
    kept = [one for one in named if count[one] == most]  # all, where no word fits any
    kept = numbers(report, kept) or kept
    heading = report.printed.sections.get(exhibit.section, "")
    about = [f"{report.where(exhibit)}  {exhibit.title}", heading]
    sources = report.documents(kept)
    unmet = words["trace"]["not_all" if most else "not_any"] if most < len(wanted) else ""
    return Found(kept, (), [*filter(None, (*about, unmet)), *_sources(report, sources)])


def _sources(report: Report, titles: Sequence[str]) -> list[str]:
    said = "；".join(f"《{title}》" for title in titles[:MOST])
    more = report.words["trace"]["more_sources"].format(len(titles)) if len(titles) > MOST else ""
    return [report.words["page"]["source"] + said + more] if titles else []


def by_page(report: Report, _text: str, wanted: str) -> Found | None:
    """A page of the PDF: the numbers that it prints."""
    number = asked.page(wanted, page_forms(report))
    if number is None or number not in report.paper.links:
        return None
    ids = [one for entry in report.paper.links[number] for one in report.by_entry.get(entry, ())]
    shown = [f"{exhibit.label}  {exhibit.title}" for exhibit in report.printed.exhibits.values()
             if report.paper.of(exhibit.anchor) == number]  # fmt: skip
    return Found(ids, (), [report.words["trace"]["page"].format(number), *shown])


def by_line(report: Report, _text: str, wanted: str) -> Found | None:
    """A line of a raw file: ``observations.csv:43``."""
    place = asked.line(wanted)
    if not place:
        return None
    file, line = place
    for entry in report.tracer.lineage["sources"]:
        path = entry["path"].lower()
        if (path == file or path.endswith(f"/{file}")) and entry["id"] in report.tables:
            rows = report.tracer.facets.rows(entry["id"])
            return next((_row(report, entry["id"], key) for key, (at, _) in rows.items()
                         if at == line), None)  # fmt: skip
    return None


def by_code(report: Report, _text: str, wanted: str) -> Found | None:
    """The short code of a document, as source lines print it: ``S1``, ``[S1]``."""
    known = {code: document for document, code in report.codes.items()}
    document = known.get(wanted.strip("[]").upper())
    return _row(report, DOCUMENTS, document) if document else None


def by_row(report: Report, text: str, wanted: str) -> Found | None:
    """The key of a raw row, of a document or of a check, in any case; also ``table:key``."""
    text = text.strip()
    table, _, key = text.rpartition(":")
    if not table and text.count(".") == 2:  # a cell by its id: table, column, key
        table, _, key = text.split(".")
    if any(one.startswith(f"{wanted}.") for one in report.values) or key.isdecimal():
        return None
    key, dot, column = key.partition(".")
    for name in [table] if table in report.tables else report.tables:
        rows = report.tracer.facets.rows(name)
        for known in (key, key.upper()):
            if known in rows and (not dot or column in rows[known][1]):
                return _row(report, name, known)
    return None


def _row(report: Report, table: str, key: str) -> Found:
    """A raw row with its cells, and what was made of them directly."""
    line, cells = report.tracer.facets.rows(table)[key]
    entry = report.tracer.facets.listed[table]
    about = [f"{entry['path']}:{line}  {key}"]
    about += [f"  {column} = {text}" for column, text in cells.items() if text and text != key]
    if table == DOCUMENTS:
        code = report.codes[key]
        resting = f"report.resting_count.{code}"
        return Found([resting] if resting in report.values else [], (), [f"[{code}]", *about])
    listed = [one for one in cells.get("inputs", "").split(SEVERAL) if one in report.values]
    verdict = f"audit.verdict.{key.lower()}" if table == CHECKS else ""
    ids = [verdict] if verdict in report.values else []
    ids += [
        one for one, value in report.values.items()
        if any(name == table and key in keys for name, _, keys in value.get("src", ()))
    ]  # fmt: skip
    return Found(numbers(report, [*ids, *listed]) or ids, (), about)


def by_section(report: Report, _text: str, wanted: str) -> Found | None:
    """The number of a section: what its heading and its text print, after numbers printed so."""
    number = asked.section(wanted)
    for name, heading in report.printed.sections.items():
        if number and heading.startswith(f"{number} "):
            alike = report.in_order(report.by_text.get(wanted, ()))
            return Found([*alike, *_inside(report, name)], (), [_heading(report, name)])
    return None


def by_heading(report: Report, _text: str, wanted: str) -> Found | None:
    """A part of a heading, in words: what these sections print."""
    sections = report.printed.sections.items()
    found = [name for name, said in sections if not wanted.isascii() and wanted in plain(said)]
    ids = [one for name in found for one in _inside(report, name)]
    return Found(ids, (), [_heading(report, name) for name in found])


def _heading(report: Report, name: str) -> str:
    return report.printed.sections[name] + report.on_page(report.paper.of(f"sec-{name}"))


def _inside(report: Report, name: str) -> list[str]:
    """The numbers in the text of a section, tables left out."""
    spots = (spot for spot in report.printed.spots if spot.section == name)
    return numbers(report, [spot.fact for spot in spots if not spot.exhibit and spot.fact])
