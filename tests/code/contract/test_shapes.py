"""Shapes of configured files: what does not fit is named with its line, and the word meant."""

from __future__ import annotations

import pytest

from suyuan.contract.configured import read_document
from suyuan.contract.messages import message
from suyuan.contract.shapes import Choice, Each, Either, Every, Keys, Number, Text, hold
from suyuan.core.errors import ConfigError
from tests.code.miniature import TEMPLATES

SHAPE = Keys(
    {
        "figures": Every(
            Keys(
                {"draw": Choice({"bars": 1, "columns": 2})},
                {"marks": Each(Text()), "width": Number(), "sort": Either(Text(empty=True))},
            ),
            named=True,
        )
    }
)
LAWFUL = "figures:\n  one:\n    draw: bars\n    marks: [a, b]\n    width: 1.5\n    sort: ''\n"


def held(tmp_path, text):
    path = tmp_path / "some.yaml"
    path.write_text(text, encoding="utf-8")
    return hold(read_document(path, "config/some.yaml"), SHAPE)


def test_what_fits_is_given_as_it_is(tmp_path):
    entry = {"draw": "bars", "marks": ["a", "b"], "width": 1.5, "sort": ""}
    assert held(tmp_path, LAWFUL) == {"figures": {"one": entry}}
    assert held(tmp_path, LAWFUL.replace("''", "[a]"))["figures"]["one"]["sort"] == ["a"]


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "said"),
    [
        ("bars", "3", "E186", 3, "3"),
        ("bars", "colums", "E185", 3, "columns"),
        ("bars", "[bars]", "E185", 3, "bars"),
        ("draw: bars", "draws: bars", "E195", 3, "疑为“draw”之误"),
        ("figures:", "figurs:", "E195", 1, "疑为“figures”之误"),
        ("    draw: bars\n", "", "E197", 2, "draw"),
        ("[a, b]", "a", "E182", 4, "a"),
        ("[a, b]", "[]", "E182", 4, "[]"),
        ("[a, b]", "[a, 2029]", "E181", 4, "2029"),
        ("1.5", "true", "E184", 5, "True"),
        ("''", "[]", "E182", 6, "[]"),
        ("''", "[1]", "E181", 6, "1"),
        ("sort: ''", "colour: red", "E196", 6, "colour"),
        ("one:", "One:", "E188", 2, "One"),
        ("one:", "$(touch x):", "E188", 2, "$(touch x)"),
        (LAWFUL, "", "E183", 1, ""),
        (LAWFUL, "figures: [a]", "E183", 1, "['a']"),
        (LAWFUL, "figures:\n  one: 2\n", "E183", 2, "2"),
    ],
)
def test_what_does_not_fit_is_named(tmp_path, old, new, code, line, said):
    with pytest.raises(ConfigError) as caught:
        held(tmp_path, LAWFUL.replace(old, new))
    found = {problem.code: problem for problem in caught.value.problems}
    assert found[code].row == line
    assert said in message(found[code], TEMPLATES)


def test_all_problems_come_together_in_the_order_of_the_file(tmp_path):
    with pytest.raises(ConfigError) as caught:
        held(tmp_path, "figures:\n  one:\n    marks: a\n  two:\n    draw: bar\n")
    # draw of one is missing (line 2), its marks are no list (3), draw of two is misspelt (5)
    assert [(p.row, p.code) for p in caught.value.problems] == [
        (2, "E197"), (3, "E182"), (5, "E185")
    ]  # fmt: skip


def test_a_misspelt_key_is_not_missing_too(tmp_path):
    with pytest.raises(ConfigError) as caught:
        held(tmp_path, LAWFUL.replace("figures:", "figurs:"))
    assert [problem.code for problem in caught.value.problems] == ["E195"]
