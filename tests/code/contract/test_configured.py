"""YAML that people write: plain data with lines, or one complaint with its line."""

from __future__ import annotations

import gc

import pytest
import yaml

from suyuan.contract.configured import read_document
from suyuan.contract.messages import message
from suyuan.core.errors import ConfigError
from suyuan.core.files import read_yaml
from tests.code.miniature import ROOT, TEMPLATES

TEXT = "# note\ntop:\n  one: 1\n  list:\n    - {a: 甲}\n    - 乙\n"


def written(tmp_path, data):
    path = tmp_path / "some.yaml"
    path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
    return path


def read(tmp_path, data):
    return read_document(written(tmp_path, data), "config/some.yaml")


def test_data_and_the_line_of_every_part(tmp_path):
    document = read(tmp_path, TEXT)
    assert document.content == {"top": {"one": 1, "list": [{"a": "甲"}, "乙"]}}
    places = {("top",): 2, ("top", "one"): 3, ("top", "list", 0, "a"): 5, ("top", "list", 1): 6}
    assert {place: document.line(place) for place in places} == places
    assert document.line(("top", "list", 1, "lost")) == 6  # what encloses it
    assert document.line(("lost",)) == 2  # where the content begins
    problem = document.problem("E197", ("top", "one"), "x")
    assert (problem.file, problem.row, problem.column) == ("config/some.yaml", 3, "top.one")


def test_an_empty_file_holds_nothing(tmp_path):
    assert read(tmp_path, "# only a note\n").content is None


REFUSED = [
    ("a: [1", "E191", 2),
    ("a: 1\nb: c: d", "E191", 2),
    ("a: 1\nb: 'x", "E191", 2),
    ("a:\n\t- b", "E191", 2),
    ("a: 1\nb: \x07", "E191", 2),
    ("a: 1\nb: 2026-13-45", "E191", 2),  # looks like a date and is none
    ("a: 1\nb: {<<: {c: 1}}", "E191", 2),
    (b"a: 1\nb: \xff", "E192", 2),
    ("a: 1\n<<<<<<< HEAD\nb: 2\n=======\nb: 3\n>>>>>>> x\n", "E807", 2),
    ("a: 1\r\nb: |\r\n  x\r\n=======\r\nc: 3\r\n", "E807", 4),
    ("a: 1\nb: 2\na: 3", "E193", 3),
    ("x: {a: 1, a: 1}", "E193", 1),
    ("a: &x 1\nb: *x", "E194", 2),
    ("&x [*x]", "E194", 1),
    ("a: 1\nb: !!python/name:os.system x", "E194", 2),
    ("a: !!set {b}", "E194", 1),
    ("a: 1\n---\nb: 2", "E194", 2),
    ("a: 1\nno: 2", "E187", 2),
    ("2029: 1", "E187", 1),
    ("a: 1\nb: yes", "E870", 2),  # true
    ("a: 1\nb: 010", "E870", 2),  # 8
    ("a: 1\nb: 0b11", "E870", 2),
    ("a: 1\nb: 0x1F", "E870", 2),
    ("a: 1\nb: 1:30", "E870", 2),  # 90
    ("a: 1\nb: [1_000]", "E870", 2),
    ("a: .nan", "E870", 1),
    ("a: -.inf", "E870", 1),
    ("a: 1.0e+999", "E870", 1),
    ("a: x\nb: 甲\u200b乙", "E820", 2),
    ('a: x\nb: "甲\\u202E乙"', "E820", 2),
    ('a: x\nb: ["甲\\0"]', "E820", 2),
    ("a: x\n甲\u200b: 1", "E820", 2),
    ("? [a]\n: 1", "E187", 1),
    ("[" * 100_000, "E189", 1),  # a reader that recurses would crash the interpreter
    ("a: 1\nb: " + "{c: " * 5000, "E189", 2),
]


@pytest.mark.parametrize(("data", "code", "line"), REFUSED)
def test_what_is_not_plain_is_refused_with_its_line(tmp_path, data, code, line):
    with pytest.raises(ConfigError) as caught:
        read(tmp_path, data)
    (problem,) = caught.value.problems
    assert (problem.code, problem.file, problem.row) == (code, "config/some.yaml", line)
    assert message(problem, TEMPLATES).startswith(f"config/some.yaml:{line}:")


def test_a_bomb_of_aliases_costs_nothing(tmp_path):
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    with pytest.raises(ConfigError, match="E194"):
        read(tmp_path, "\n".join(lines))


def test_a_file_that_is_missing_is_named(tmp_path):
    with pytest.raises(ConfigError) as caught:
        read_document(tmp_path / "lost.yaml", "config/lost.yaml")
    assert "config/lost.yaml:1:1 缺少文件" in message(caught.value.problems[0], TEMPLATES)


@pytest.mark.parametrize(
    "path",
    [*sorted((ROOT / "config").glob("*.yaml")), *sorted(TEMPLATES.glob("*.yaml"))],
    ids=lambda path: path.name,
)
def test_our_own_files_read_as_before(path):
    assert read_document(path, path.name).content == read_yaml(path)


def test_what_is_no_yaml_is_quoted_in_its_own_words(tmp_path):
    (tmp_path / "x.yaml").write_text('a: 1\nb: "x" y\n', encoding="utf-8")
    with pytest.raises(ConfigError) as told:
        read_document(tmp_path / "x.yaml", "x.yaml")
    (problem,) = told.value.problems
    assert (problem.code, problem.row, problem.value) == ("E191", 2, 'b: "x" y')


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ("nw.total", 3),  # as it stands
        ("gansu.rank", 4),  # made from a placeholder
        ("gansu.rank.low", 4),  # with something put behind it
        ("{tier.name}", 5),
        ("tier.name", 5),  # within a text
        ("other.rank", 4),
        ("elsewhere", 2),  # what no text says stands at the entry's head
    ],
)
def test_the_line_that_says_a_value(tmp_path, value, line):
    path = tmp_path / "f.yaml"
    path.write_text(
        "figures:\n  one:\n    a: [nw.total, 3]\n    b: '{province}.rank'\n"
        "    c: '是{tier.name}，{x}'\n    d: '{each}'\n  two:\n    e: elsewhere\n",
        encoding="utf-8",
    )
    assert read_document(path, "f.yaml").line_of(("figures", "one"), value) == line


def test_nothing_is_kept_of_what_was_read(tmp_path):
    """Whoever reads again and again, as a preview does, does not grow."""
    path = written(tmp_path, "a: 1\nb: [x, 2026-01-01, null]\n")
    before = nodes()
    for _ in range(3):
        read_document(path, path.name)
    assert nodes() == before


def nodes():
    gc.collect()
    return sum(isinstance(one, yaml.ScalarNode) for one in gc.get_objects())
