"""Where a reviewer is led first follows from the data alone."""

from __future__ import annotations

from typing import Any

import pytest

from suyuan.diff.before import Before, Changed
from suyuan.outputs.screen.walk import Walk, number

KINDS = ("headline", "fragile", "contradiction", "changed", "weak", "judged", "load")
WORDS: Any = {"walk": {kind: f"{kind} {{count}}" for kind in KINDS}}


def value(text: str, op: str = "convert", unit: str = "1", **more: Any) -> dict[str, Any]:
    return {"op": op, "txt": text, "u": unit, "v": text, **more}


def recorded(text: str, *keys: str) -> dict[str, Any]:
    return value(text, src=[["t", "value", list(keys)]])


VALUES = {
    "cover.title": value("x", "text", "text"),
    "a.n": recorded("2", "r1"),
    "b.n": recorded("4", "weak1"),
    "c.n": recorded("8", "weak2"),
    "d.n": recorded("3", "judged1"),
    "sum.n": value("6", "sum", **{"in": ["a.n", "b.n"]}),
    "all.n": value("14", "sum", **{"in": ["sum.n", "c.n"]}),
    "rows.count": value("4", "count", **{"in": ["a.n", "b.n", "c.n", "d.n"]}),
    "verdicts.name.contradiction": value("no", "text", "text"),
    "audit.one": value("no", "verdict_restated", "text", **{"in": ["a.n", "b.n"]}),
    "audit.two": value("no", "verdict_restated", "text", **{"in": ["a.n", "c.n"]}),
    "audit.three": value("yes", "verdict_restated", "text", **{"in": ["a.n", "all.n"]}),
}
SENTENCES = {
    "cover": ["cover.title"],
    "one": ["a.n", "sum.n", "rows.count"],
    "two": ["sum.n", "all.n", "b.n", "d.n", "audit.one", "audit.two", "audit.three"],
}


def claim(margin: str, low: str, high: str, **more: Any) -> dict[str, Any]:
    about = {"margin": margin, "margin_range": [low, high], "robust": False, "uses": ["c-1"]}
    return {"in": [], **about, **more}


CLAIMS = {
    "sure": claim("1", "-9", "1", robust=True),
    "unsaid": claim("1", "-9", "1", uses=[]),
    "open": claim("1", "-Infinity", "1"),
    "slightly": claim("1", "-1", "9"),
    "nearly": claim("-1", "-6", "4"),
}


class Rows:
    def cautions(self, _table: str, key: str) -> set[str]:
        return {key.rstrip("12")} & {"weak", "judged"}


def stops(before: Before | None = None, **values: Any) -> dict[str, str]:
    uses = [
        {"v": one, "sec": sec, "kind": "text"} for sec, said in SENTENCES.items() for one in said
    ]
    lineage = {"values": VALUES | values, "claims": CLAIMS, "uses": uses}
    return dict(Walk(lineage, Rows(), WORDS, before).stops())  # type: ignore[arg-type]


def test_each_stop_is_found_and_none_comes_twice():
    assert stops() == {
        "sum.n": "headline 2",  # said twice, of what the first section says
        "claim:nearly": "fragile 3",  # four tenths of its range are beyond
        "audit.two": "contradiction 2",  # 2 and 8
        "all.n": "weak 2",  # the count of rows does not rest on what these say
        "d.n": "judged 1",
        "a.n": "load 2",
    }


def test_what_is_another_number_now_is_a_stop():
    was = {"a.n": Changed("1", (), 0), "d.n": Changed("2.9", (), 0), "b.n": Changed("", (), 0)}
    found = stops(Before("before", was))
    assert found["a.n"] == "changed 2"
    assert list(found).index("a.n") == 3


def test_what_the_data_do_not_have_is_no_stop():
    other = {"v": "other", "txt": "other", "op": "text", "u": "text"}
    found = stops(**{"verdicts.name.contradiction": other})
    assert not [text for text in found.values() if text.startswith(("contradiction", "changed"))]


@pytest.mark.parametrize(
    ("text", "said"),
    [("1,234.5", "1234.5"), ("<1%", "0.01"), ("−3", "-3"), ("0", None), ("x", None), ("", None)],
)
def test_numbers_as_printed(text, said):
    found = number(text)
    assert (found and str(found)) == said
