"""One precision and one unit for each kind of number that the report prints."""

from __future__ import annotations

import csv
import re
from collections import defaultdict

# What a percentage of a supplier says rests on judgement or on draws: no decimals. All other
# computed percentages have one.
OF_SUPPLIERS = {"share", "coverage", "admission"}
TIMES = {"resolution_ratio", "lead_ratio", "multiple"}
INDICES = {"sobol", "sobol_total", "score_sobol", "score_sobol_total"}
SUPPLY = {"S_nw", "remaining", "F", "F_total"}
WANTED = {"percentage": {1}, "percentage of suppliers": {0}, "times": {1}, "variance": {2},
          "supply": {3}}  # fmt: skip
# Tables whose rows are of unlike indicators, which the table names.
UNLIKE = {"national", "green_records", "audit_checks", "aged"}
NUMBER = re.compile(r"(?:超过|低于|不低于|不超过|约|[<>−-])?[\d,]+(?:\.\d+)?%?")


def kind_of(name, entry):
    """The kind of a computed number, None for one that this test does not know."""
    indicator = name.split(".")[1] if "." in name else ""
    if "in" not in entry or "half" in entry or entry["u"] == "text":
        return None  # recorded digits, and their sums, are printed as they are
    if entry["txt"].endswith("%"):
        drawn = "se" in entry or indicator in OF_SUPPLIERS
        return "percentage of suppliers" if drawn else "percentage"
    named = {"times": TIMES, "variance": INDICES, "supply": SUPPLY}
    return next((kind for kind, members in named.items() if indicator in members), None)


def decimals(text):
    return len(text.partition(".")[2].rstrip("%"))


def printed(lineage):
    return {use["v"]: lineage["values"][use["v"]] for use in lineage["uses"]}


def test_each_kind_has_one_precision(lineage):
    found = defaultdict(lambda: defaultdict(set))
    for name, entry in printed(lineage).items():
        if kind := kind_of(name, entry):
            found[kind][decimals(entry["txt"])].add(name)
    assert {kind: set(by) for kind, by in found.items()} == WANTED, {
        kind: {places: sorted(names)[:5] for places, names in by.items()}
        for kind, by in found.items() if set(by) != WANTED[kind]
    }  # fmt: skip


def test_each_measured_quantity_is_printed_in_one_unit(built):
    with (built / "config/units.csv").open(encoding="utf-8", newline="") as file:
        units = {row["unit"]: row for row in csv.DictReader(file)}
    with (built / "config/indicators.csv").open(encoding="utf-8", newline="") as file:
        shown = defaultdict(set)
        for row in csv.DictReader(file):
            if units[row["unit"]]["rounded"] == "yes" and row["unit"] != "1":
                shown[row["unit"]].add(row["display_unit"])
    assert {unit: names for unit, names in shown.items() if len(names) > 1} == {}


def test_a_column_holds_percentages_or_none(html):
    """As 0.30 and 6.00 % did."""
    tables = [e for e in html.walk() if e.attributes.get("id", "").startswith("tab-")]
    assert len(tables) > 20
    mixed = []
    for table in tables:
        columns = defaultdict(set)
        for row in (e for e in table.walk() if e.tag == "tr"):
            cells = [c for c in row.content if not isinstance(c, str)]
            for place, cell in enumerate(cells):
                text = "".join(cell.text.split())
                if cell.tag == "td" and NUMBER.fullmatch(text):
                    columns[place].add(text.endswith("%"))
        name = table.attributes["id"].removeprefix("tab-")
        if any(len(kinds) > 1 for kinds in columns.values()) and name not in UNLIKE:
            mixed.append(name)
    assert mixed == []


BARE = re.compile(r'<data value="[^"]*" data-fact="([^"]+)" id="[^"]*">[^<]*</data>')
WORDS = {">": "超过", "<": "低于", "≥": "不低于", "≤": "不超过", "≈": "约"}


def test_a_bound_is_never_printed_as_if_it_were_the_value(report, lineage):
    page = (report / "report.html").read_text(encoding="utf-8").partition("<body")[2]
    bounds = 0
    for found in BARE.finditer(page):
        entry = lineage["values"].get(found[1], {})
        if word := WORDS.get(entry.get("comparator", "=")):
            before = re.sub(r"<[^>]+>", "", page[max(found.start() - 200, 0) : found.start()])
            assert before.rstrip().endswith(word), found[0]
            bounds += 1
    assert bounds > 50
