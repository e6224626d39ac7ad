"""config/figures.yaml is read strictly: every mistake is named with its line and the word meant."""

from __future__ import annotations

import subprocess
import sys

import pytest

from suyuan.contract.messages import message
from suyuan.core.errors import ConfigError
from suyuan.figures.description import FIGURES, figure_ids
from suyuan.figures.kind import kind_names
from suyuan.figures.reading import read_figures
from suyuan.figures.source import source_names, source_of
from tests.code.miniature import ROOT, TEMPLATES

LAWFUL = """\
figures:
  one:
    draw: intervals
    marks:
      - {series: x, values: a.share, label: subject, low: .low, high: .high}
    sort: descending
  two:
    draw: icicle
    of: weights
"""


def written(tmp_path, text):
    (tmp_path / "config").mkdir()
    (tmp_path / FIGURES).write_text(text, encoding="utf-8")
    return tmp_path


def test_figures_know_their_line_and_what_is_said_of_them(tmp_path):
    root = written(tmp_path, LAWFUL)
    figures = read_figures(root)
    assert [(figure.id, figure.line, figure.draw) for figure in figures.values()] == [
        ("one", 2, "intervals"), ("two", 7, "icicle")
    ]  # fmt: skip
    assert figure_ids(root) == ["one", "two"]


EACH = LAWFUL.replace("  one:\n", "  one:\n    each: {b: [c, d], e: f}\n").replace(
    "values: a.share", 'values: ["{each}.share", "{of}.share"]'
)


def test_a_figure_may_be_a_third_as_wide_as_the_text(tmp_path):
    root = written(
        tmp_path, LAWFUL.replace("    of: weights\n", "    of: weights\n    width: half\n")
    )
    with pytest.raises(ConfigError) as caught:
        read_figures(root)
    (problem,) = caught.value.problems
    assert (problem.row, problem.value) == (10, "half")
    wrong = (root / FIGURES).read_text(encoding="utf-8")
    (root / FIGURES).write_text(wrong.replace("half", "third"), encoding="utf-8")
    assert read_figures(root)["two"].spec["width"] == "third"


def test_an_entry_may_describe_a_figure_for_each_of_some(tmp_path):
    root = written(tmp_path, EACH)
    figures = read_figures(root)
    assert figure_ids(root) == list(figures) == ["one_b", "one_e", "two"]
    assert [figure.entry for figure in figures.values()] == ["one", "one", "two"]
    values = [figures[name].spec["marks"][0]["values"] for name in ("one_b", "one_e")]
    assert values == [["b.share", "c.share", "d.share"], ["e.share", "f.share"]]
    assert all("each" not in figure.spec for figure in figures.values())


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "said"),
    [
        ("{b: [c, d], e: f}", "[b, e]", "E183", 3, "b"),
        ("e: f", "E: f", "E188", 3, "E"),
        ("e: f", "e: []", "E182", 3, "[]"),
        ("  two:", "  one_e:", "E193", 8, "one_e"),
    ],
)
def test_a_mistake_in_each_is_named(tmp_path, old, new, code, line, said):
    assert old in EACH
    with pytest.raises(ConfigError) as caught:
        read_figures(written(tmp_path, EACH.replace(old, new)))
    (problem,) = caught.value.problems
    assert (problem.code, problem.row) == (code, line)
    assert said in message(problem, TEMPLATES)


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "said"),
    [
        ("figures:", "figure:", "E195", 1, "figures"),
        ("draw: intervals", "draw: interval", "E185", 3, "intervals"),
        ("    draw: intervals\n", "", "E197", 2, "draw"),
        ("draw: icicle", "draws: icicle", "E195", 8, "draw"),
        ("sort: descending", "sort: descendig", "E185", 6, "descending"),
        ("sort: descending", "sorted: descending", "E195", 6, "sort"),
        ("label: subject", "lable: subject", "E195", 5, "label"),
        ("series: x, ", "", "E197", 5, "series"),
        ("values: a.share", "values: []", "E182", 5, "[]"),
        ("series: x", "series: 2029", "E181", 5, "2029"),
        ("of: weights", "of: wieghts", "E185", 9, "weights"),
        ("    of: weights\n", "", "E343", 7, "marks、rows、of"),
        ("    of: weights\n", "    of: weights\n    rows: {}\n", "E343", 7, "rows、of"),
        ("of: weights", "of: marks", "E186", 9, "ratings"),  # stands under its own name
        (", low: .low", "", "E340", 2, "low"),  # an interval without its lower end
        ("draw: icicle", "draw: bars\n    missing: 缺", "E196", 9, "missing"),
        ("of: weights", "of: ratings", "E197", 7, "missing"),
        ("of: weights", "of: fulfilment", "E340", 7, "icicle"),
        ("of: weights", "of: weights\n    says: 3", "E181", 10, "3"),
        ("of: weights", "of: weights\n    lines: [{at: a.share, says: x}]", "E380", 10, "icicle"),
        ("  two:", "  Two:", "E188", 7, "Two"),
        ("  two:", "  two: x\n  three:", "E183", 7, "x"),
        ("  two:", "  one:", "E193", 7, "one"),
        ("- {series", "- [series", "E191", 5, "YAML"),
    ],
)
def test_a_mistake_is_named(tmp_path, old, new, code, line, said):
    assert old in LAWFUL
    with pytest.raises(ConfigError) as caught:
        read_figures(written(tmp_path, LAWFUL.replace(old, new)))
    found = {problem.code: problem for problem in caught.value.problems}
    assert (found[code].file, found[code].row) == (FIGURES, line)
    assert said in message(found[code], TEMPLATES)


def test_an_id_that_is_no_name_is_refused_where_only_ids_are_read(tmp_path):
    with pytest.raises(ConfigError, match="E188"):
        figure_ids(written(tmp_path, LAWFUL.replace("two:", '"$(touch x)":')))


def test_ids_alone_cost_no_drawing_library():
    code = (
        "import sys; from pathlib import Path; from suyuan.figures.description import figure_ids;"
        "figure_ids(Path(sys.argv[1])); print(*{'matplotlib', 'pandas'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(ROOT)], capture_output=True, text=True, check=True
    )
    assert done.stdout == "\n"


def test_our_figures_are_lawful_and_use_every_source():
    figures = read_figures(ROOT)
    assert {figure.draw for figure in figures.values()} <= set(kind_names())
    assert {f.spec["of"] for f in figures.values() if "of" in f.spec} == set(source_names())
    assert all(source_of(name).required for name in (*source_names(), "marks", "rows"))
