"""A small country of round numbers, of which no rule of plausibility asks anything.

Its thresholds are those of the project: what a change of a cell leads to is a statement about them.
"""

from __future__ import annotations

import csv

from suyuan.contract.codebook import Codebook
from suyuan.contract.queries.seen import BOUNDS, Seen
from suyuan.contract.tables import LINE
from tests.code.miniature import ROOT

FOLDER = "data/raw/2026Q1"
BOUND_FILE = ROOT / "config/plausibility.csv"
YEARS = ("2021", "2022", "2023", "2024", "2025")
SIZES = {"alpha": 1000, "beta": 1100, "gamma": 1210, "delta": 1330, "eps": 905}
NAMES = {"alpha": "甲地", "beta": "乙地", "gamma": "丙地", "delta": "丁地", "eps": "戊地"}
PACE = (1, 1.051, 1.103, 1.158, 1.216)
Rows = list[dict[str, str]]
Tables = dict[str, Rows]

UNITS = [
    {"unit": "亿元", "canonical": "亿元", "factor": "1", "label": "亿元", "rounded": "yes"},
    {"unit": "EFLOPS", "canonical": "EFLOPS", "factor": "1", "label": "EFLOPS", "rounded": "yes"},
]
INDICATORS = [
    {"indicator_id": name, "name": name, "unit": unit, "display_unit": unit, "decimals": "",
     "basis": "", "minimum": least, "maximum": ""}
    for name, unit, least in (
        ("gdp", "亿元", "0"), ("compute_total", "EFLOPS", "0"), ("change", "亿元", "")
    )
]  # fmt: skip
CODEBOOK = Codebook.from_tables(INDICATORS, UNITS)


def bounds() -> Rows:
    with BOUND_FILE.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def observation(number: int, subject: str, value: object, **cells: str) -> dict[str, str]:
    row = {
        "obs_id": f"F{number:03}", "subject_id": subject, "indicator_id": "gdp", "qualifier": "",
        "value": str(value), "unit": "亿元", "comparator": "=", "vintage": "", "basis": "",
        "restates": "", "note": "", "source_id": "yearbook-2026", "locator": f"L{10 * number}",
        "as_of": "2025", "kind": "measured",
    }  # fmt: skip
    return row | cells


def source(key: str, published: str, url: str = "", title: str = "统计年鉴") -> dict[str, str]:
    return {"source_id": key, "title": title, "publisher": f"编者{key}", "published": published,
            "url": url, "grade": "A", "note": "", "read_on": ""}  # fmt: skip


def tables() -> Tables:
    """The tables of the country, each row to be changed by a test."""
    values = {
        (name, year): round(size * pace) + place
        for place, (name, size) in enumerate(SIZES.items())
        for year, pace in zip(YEARS, PACE, strict=True)
    }
    seen: Rows = []
    for (name, year), value in values.items():
        seen.append(observation(len(seen) + 1, name, value, qualifier=year, as_of=year))
    total = sum(values[(name, "2025")] for name in SIZES)
    seen.append(observation(26, "west", total, qualifier="2025"))
    address = "https://example.org/2026-01-20/bulletin"
    bulletin = {"source_id": "bulletin-2026-01-20", "locator": address}
    seen.append(observation(27, "alpha", values[("alpha", "2025")], qualifier="b", **bulletin))
    seen.append(observation(28, "town", 400, qualifier="2025", **bulletin))
    ahead = {"kind": "forecast", "vintage": "2026-01", "as_of": "2026", "qualifier": "f"}
    seen.append(observation(29, "alpha", 1270, **bulletin | ahead))
    letter = {"source_id": "letter", "locator": "来函2026-02-03"}
    seen.append(observation(30, "beta", 30, qualifier="c", indicator_id="compute_total",
                            unit="EFLOPS", **letter))  # fmt: skip
    places = [("country", "全国", "country", ""), ("west", "西地", "region", "country")]
    places += [(key, name, "province", "west") for key, name in NAMES.items()]
    places += [("town", "小城", "city", "alpha")]
    found: Tables = {
        "edition": [{"edition": "2026Q1", "cutoff": "2026-03-31", "previous": "",
                     "published": "2026-03-31"}],
        "observations": seen,
        "subjects": [
            {"subject_id": key, "name": name, "full_name": "", "type": sort, "parent_id": above}
            for key, name, sort, above in places
        ],
        "sources": [
            source("yearbook-2026", "2026-02"),
            source("bulletin-2026-01-20", "2026-01-20", address, "甲地公报"),
            source("letter", "2026-02-03") | {"read_on": "2026-02-05"},
        ],
        "evidence": [{"evidence_id": "seen_twice", "subject_id": "alpha", "source_id": "letter",
                      "locator": "来函2026-02-03", "as_of": "", "kind": "claim"}],
        "ratings": [{"rating_id": "one", "score": "3", "evidence": "seen_twice",
                     "rated_on": "2026-03-31",
                     "rationale": "有公开记录，合三分；没有第二份，不到四分。"}],
        "policies": [{"policy_id": "plan", "doc_no": "甲发〔2025〕3号", "issued": "2025-06",
                      "goal": "到2025年达到1216 亿元，算力30 EFLOPS。", "source_id": "letter",
                      "locator": "来函2026-02-03", "as_of": "2025", "kind": "policy"}],
        "trends": [{"trend_id": name, "order": str(place), "source_id": "yearbook-2026",
                    "locator": f"L{400 + place}", "as_of": "", "kind": "claim"}
                   for place, name in enumerate(("up", "down", "level"), start=1)],
        BOUNDS: bounds(),
    }  # fmt: skip
    return found


def seen(found: Tables) -> Seen:
    """The tables as rules look at them."""
    numbered = {
        name: [{LINE: str(line), **row} for line, row in enumerate(rows, start=2)]
        for name, rows in found.items()
    }
    return Seen(numbered, CODEBOOK, FOLDER)


def row(found: Tables, table: str, key: str) -> dict[str, str]:
    """The row of that key."""
    return next(each for each in found[table] if next(iter(each.values())) == key)
