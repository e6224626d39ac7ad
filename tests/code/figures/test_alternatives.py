"""Alternative texts: one for each kind, of facts that it has, and none idle."""

from __future__ import annotations

from string import Formatter

import pytest

from suyuan.contract.configured import read_document
from suyuan.contract.messages import message
from suyuan.contract.words import WORDS
from suyuan.core.errors import ConfigError
from suyuan.figures import alternatives
from suyuan.figures.kind import COUNTED, MEASURED, kind_names, kind_of
from tests.code.miniature import ROOT, TEMPLATES

TEXT = "page:\n  a: b\nalt:\n  bars: '{count} {most}'\n  bubble_matrix: '{count}'\n"
USED = {"bars": MEASURED, "bubble_matrix": COUNTED}


def checked(tmp_path, text):
    path = tmp_path / "words.yaml"
    path.write_text(text, encoding="utf-8")
    alternatives.check(read_document(path, WORDS), USED)


def test_texts_that_are_as_they_must_be(tmp_path):
    checked(tmp_path, TEXT)


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "said"),
    [
        ("  bubble_matrix: '{count}'\n", "", "E341", 3, "bubble_matrix"),
        ("alt:", "alts:", "E341", 1, "bars"),
        ("'{count}'", "'{most}'", "E342", 5, "count、series"),  # dots have no largest
        ("'{count} {most}'", "'{cuont}'", "E342", 4, "cuont"),
        ("'{count}'", "'{count'", "E342", 5, "{count"),
        ("'{count}'", "'{}'", "E342", 5, "count、series"),
        (
            "bubble_matrix: '{count}'",
            "bubble_matrix: x\n  bubble_matrx: x",
            "E195",
            6,
            "bubble_matrix",
        ),
        ("bubble_matrix: '{count}'", "bubble_matrix: [x]", "E181", 5, "['x']"),
        (TEXT, "", "E183", 1, "键"),
        (TEXT, "- a\n", "E183", 1, "['a']"),
        (TEXT, "page: {a: b}\nalt: x\n", "E183", 2, "x"),
    ],
)
def test_a_text_that_is_missing_idle_or_wrong_is_named(tmp_path, old, new, code, line, said):
    with pytest.raises(ConfigError) as caught:
        checked(tmp_path, TEXT.replace(old, new))
    problem = next(one for one in caught.value.problems if one.code == code)
    assert (problem.file, problem.row) == (WORDS, line)
    assert said in message(problem, TEMPLATES)


def test_every_kind_has_a_text_that_says_how_many():
    words = read_document(ROOT / WORDS, WORDS)
    alternatives.check(words, {name: kind_of(name).facts for name in kind_names()})
    for name in kind_names():
        named = {field for _, field, _, _ in Formatter().parse(words.content["alt"][name])}
        assert "count" in named
