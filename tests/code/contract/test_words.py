"""The vocabulary: a word that is missing says where it should stand."""

from __future__ import annotations

import json

import pytest

from suyuan.contract.messages import message
from suyuan.contract.words import WORDS, read_words
from suyuan.core.errors import ConfigError
from suyuan.core.layout import Layout
from tests.code.miniature import TEMPLATES


def words(tmp_path, text):
    (tmp_path / "templates").mkdir()
    (tmp_path / WORDS).write_text(text, encoding="utf-8")
    return read_words(Layout(tmp_path, "2030Q1"))


def test_words_by_code(tmp_path):
    known = words(tmp_path, "page:\n  table: 表\n  none: ''\nop: {sum: 相加}\n")
    assert (known["page"]["table"], known["page"]["none"]) == ("表", "")
    assert json.loads(json.dumps(known)) == known
    assert known["op"].get("ratio", "") == ""  # who asks whether there is one may


@pytest.mark.parametrize(
    ("section", "key", "line"), [("op", "ratio", 3), ("ops", "sum", 1), ("page", "tabel", 1)]
)
def test_a_missing_word_is_named_with_the_line_of_its_section(tmp_path, section, key, line):
    known = words(tmp_path, "page:\n  table: 表\nop:\n  sum: 相加\n")
    with pytest.raises(ConfigError) as caught:
        known[section][key]
    (problem,) = caught.value.problems
    assert (problem.code, problem.file, problem.row) == ("E197", WORDS, line)
    assert (section if section == "ops" else key) in message(problem, TEMPLATES)


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("", "E183", 1),
        ("- a", "E183", 1),
        ("a:\n  b: 2029", "E181", 2),
        ("a:\n  b: [c]", "E181", 2),
    ],
)
def test_what_is_no_vocabulary_is_refused(tmp_path, text, code, line):
    with pytest.raises(ConfigError) as caught:
        words(tmp_path, text)
    (problem,) = caught.value.problems
    assert (problem.code, problem.row) == (code, line)


def test_a_missing_word_is_told_of_words_with_others_too(tmp_path):
    page = words(tmp_path, "page:\n  table: 表\n")["page"] | {"how": "如何"}
    assert (page["table"], page["how"]) == ("表", "如何")
    with pytest.raises(ConfigError) as raised:
        page["cutoff"]
    (problem,) = raised.value.problems
    assert (problem.code, problem.file, problem.value) == ("E197", WORDS, "cutoff")
