"""What people read: one line per problem, with its place, its remedy and a stable code."""

from __future__ import annotations

import ast
import re
from string import Formatter

import pytest

from suyuan.contract.messages import catalogue, message, report, worded
from suyuan.core.errors import ConfigError, DataError, Problem, ReportedError, SuyuanError, whole
from tests.code.miniature import DAMAGES, ROOT, TEMPLATES

LIBRARY = ROOT / "workflow/lib/suyuan"
OF_INDEX = {LIBRARY / "index", LIBRARY / "results"}  # have words of their own: test_said.py
PACKAGE = sorted(path for path in LIBRARY.rglob("*.py") if not OF_INDEX & set(path.parents))
WORDS = catalogue(TEMPLATES)
CODE = re.compile(r"E\d{3}")
CODES = {name: text for name, text in WORDS.items() if CODE.fullmatch(name)}


def functions(tree):
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]


def constants(node):
    return {
        one.value
        for one in ast.walk(node)
        if isinstance(one, ast.Constant) and isinstance(one.value, str)
    }


def prefixes(node):
    """Beginnings of codes that are put together, as in f"E31{number}"."""
    joined = [one.values[0] for one in ast.walk(node) if isinstance(one, ast.JoinedStr)]
    texts = [one.value for one in joined if isinstance(one, ast.Constant)]
    return {text for text in texts if re.fullmatch(r"E\d\d?", text)}


def words_at_hand(function):
    """Keys of dictionaries and names of keyword arguments: what details may be called there."""
    keys = [key for node in ast.walk(function) if isinstance(node, ast.Dict) for key in node.keys]
    names = {node.arg for node in ast.walk(function) if isinstance(node, ast.keyword)}
    return names | {key.value for key in keys if isinstance(key, ast.Constant)}


TREES = [ast.parse(path.read_text(encoding="utf-8")) for path in PACKAGE]
USED = {text for tree in TREES for text in constants(tree) if CODE.fullmatch(text)}
STARTS = {text for tree in TREES for text in prefixes(tree)}
AT_HAND = [
    (function.name, constants(function), words_at_hand(function))
    for tree in TREES
    for function in functions(tree)
]


def test_every_code_that_the_package_uses_is_in_the_catalogue():
    assert len(USED) > 30
    assert USED - set(CODES) == set()
    for start in STARTS:
        assert any(code.startswith(start) for code in CODES), start


def test_every_code_of_the_catalogue_is_used():
    assert {code for code in set(CODES) - USED if not code.startswith(tuple(STARTS))} == set()


@pytest.mark.parametrize("code", CODES)
def test_a_message_asks_only_for_what_its_problem_brings(code):
    wanted = {name for _, name, _, _ in Formatter().parse(CODES[code]) if name is not None}
    for function, texts, words in AT_HAND:
        assert code not in texts or wanted <= {"value", "column"} | words, function
    given = {name: f"<{name}>" for name in wanted - {"value", "column"}}
    line = message(Problem(code, "data/raw/x.csv", 7, "v", "<value>", given), TEMPLATES)
    assert line.startswith("data/raw/x.csv:7:v ")
    assert line.endswith(f" ({code})")
    assert all(f"<{name}>" in line for name in wanted - {"column"})


@pytest.mark.parametrize("code", CODES)
def test_a_message_says_what_to_do_in_one_line_of_chinese(code):
    text = CODES[code]
    assert "请" in text
    assert "\n" not in text
    assert not text.endswith(("。", "，", "；"))


def test_the_data_contract_is_covered_by_a_damage_each():
    contract = {code for code in CODES if "E101" <= code <= "E159"}
    assert {damage.code for damage in DAMAGES} == contract


# --- the lines --------------------------------------------------------------------------------


def test_a_message_is_place_words_and_code():
    problem = Problem("E121", "data/raw/x.csv", 3, "value", "１２", {"number": "12"})
    assert message(problem, TEMPLATES) == (
        "data/raw/x.csv:3:value “１２”含全角字符；请改为半角 12 (E121)"
    )


def test_a_problem_of_a_whole_file_stands_at_its_beginning():
    assert message(Problem("E101", "data/raw/x.csv"), TEMPLATES).startswith("data/raw/x.csv:1:1 ")


def test_a_file_or_folder_as_a_whole_has_no_row_and_no_column():
    assert message(whole("E636", "editions/x"), TEMPLATES).startswith("editions/x 中途")


def test_a_value_of_several_lines_is_told_on_one():
    line = message(Problem("E188", "config/x.yaml", 2, "figures.a\nb", "a\r\nb\x1b[0m"), TEMPLATES)
    assert line.startswith("config/x.yaml:2:figures.a b 编号“a b⟨U+001B⟩[0m”")


@pytest.mark.parametrize("text", ["{nothing}", "{}", "{value.nothing}", "{value", None])
def test_where_the_catalogue_has_no_fitting_words_it_is_named(tmp_path, text):
    entry = f"E188: '{text}'\n" if text else ""
    (tmp_path / "messages.yaml").write_text(f"heading: '{text or '{no}'}'\n{entry}", "utf-8")
    said = report([Problem("E188", "config/x.yaml", 2, "figures.A", "A")], tmp_path).splitlines()
    assert said[0] == "(templates/messages.yaml: heading) 1"
    assert said[1] == "config/x.yaml:2:figures.A (templates/messages.yaml: E188) A (E188)"


def test_braces_in_a_cell_are_only_text():
    line = message(Problem("E120", "x.csv", 2, "v", "{column} %s {0}"), TEMPLATES)
    assert "“{column} %s {0}”" in line


def test_a_report_counts_its_lines_and_says_each_once():
    problems = [Problem("E101", "a.csv"), Problem("E101", "b.csv"), Problem("E101", "a.csv")]
    heading, *lines = report(problems, TEMPLATES).splitlines()
    assert [line.split(":")[0] for line in lines] == ["a.csv", "b.csv"]
    assert heading == WORDS["heading"].format(count=2)


# --- the errors that carry them ---------------------------------------------------------------


def test_errors_hold_one_problem_or_many():
    one, two = Problem("E101", "a.csv"), Problem("E120", "b.csv", 4, "v", "x")
    assert ConfigError(one).problems == (one,)
    error = DataError(problem for problem in (one, two))
    assert error.problems == (one, two)
    assert str(error) == "E101 a.csv:1:; E120 b.csv:4:v"


def test_what_people_can_mend_is_one_branch_of_the_tree():
    assert issubclass(DataError, ReportedError)
    assert issubclass(ReportedError, SuyuanError)


@pytest.mark.parametrize(
    ("text", "said"),
    [("E100: [", "E191 templates/messages.yaml:"), ("E100: 1\n", "E181 templates/messages.yaml")],
)
def test_a_broken_catalogue_is_told_without_words(tmp_path, text, said):
    (tmp_path / "messages.yaml").write_text(text, encoding="utf-8")
    assert report([Problem("E100", "config/config.yaml")], tmp_path).startswith(said)


@pytest.mark.parametrize("text", ["other: x\n", "lawful: '{counted} 行'\n", "lawful: '{'\n"])
def test_words_that_are_missing_or_do_not_fit_are_a_fault_of_the_catalogue(tmp_path, text):
    (tmp_path / "messages.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as raised:
        catalogue(tmp_path)["lawful"].format(rows=3)
    assert [(p.code, p.file, p.value) for p in raised.value.problems] == [
        ("E377", "templates/messages.yaml", "lawful")
    ]
    assert worded(tmp_path, "lawful", rows=3) == ""
