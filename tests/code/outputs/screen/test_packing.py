"""What the panel knows, packed: what is left out, and that a reader gets it all again."""

from __future__ import annotations

import json
import zlib
from base64 import b85decode

from suyuan.outputs.screen.packing import deflated, on_page, packed

CONTENT = {
    "ids": ["nw.gdp", "nw.growth", "rg.gdp"],
    "values": [
        {"txt": "3", "op": "sum", "in": [2, 1, "0.note", "1.title", 2]},
        {"txt": "2", "op": "convert", "src": [[0, "value"]]},
        {"txt": "1", "op": "count", "rest": 4},
    ],
    "tables": [{"name": "notes", "columns": ["title", "note"]}],
    "rows": [[0, 2, "a", "甲", "乙"], [0, 3, "b", "丙"]],
    "words": {},
}


def test_a_text_of_the_page_is_left_there():
    rows = json.loads(packed(CONTENT, {"notes.note.a": "乙", "notes.title.b": "丁"}))["rows"]
    assert rows == [[0, 2, "a", "甲", 0], [0, 3, "b", "丙"]]  # another text stands for the second


def test_values_lie_by_columns_with_their_parents_by_distance():
    values = json.loads(packed(CONTENT, {}))["values"]
    assert values["txt"] == ["3", "2", "1"]
    assert values["rest"] == [0, 0, 4]
    assert values["in"] == [[2, -1, [1, 0], [0, 1], 1], 0, 0]


def test_ids_are_told_by_what_they_do_not_share():
    assert json.loads(packed(CONTENT, {}))["ids"] == [[0, 4, 0], ["nw.gdp", "rowth", "rg.gdp"]]


def test_only_texts_that_stand_in_their_own_words_are_on_the_page():
    def use(value, anchor, kind="text"):
        return {"v": value, "anchor": anchor, "kind": kind, "sec": "1"}

    text, number = {"op": "text", "v": "甲"}, {"op": "convert", "v": "1"}
    lineage = {
        "values": {"t.a.1": text, "t.a.2": text, "t.a.3": text, "n.a": number},
        "claims": {"c": {"uses": ["c-1"]}, "d": {}},
        "uses": [
            use("t.a.1", "v1"), use("t.a.2", "c-1"), use("t.a.3", "m-1", "mark"), use("n.a", "v2"),
        ],
    }  # fmt: skip
    assert on_page(lineage) == {"t.a.1": "甲"}


def test_what_is_deflated_holds_no_tag_and_is_read_again():
    text = "".join(chr(0x4E00 + at * at % 9973) for at in range(5000))
    written = deflated(text)
    assert "<" not in written
    data = b85decode(written.replace(".", "<"))
    assert zlib.decompress(data, -zlib.MAX_WBITS).decode() == text
