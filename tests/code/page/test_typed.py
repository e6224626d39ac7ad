"""Words that go stale are refused where they are typed, and excused only with a reason."""

from __future__ import annotations

import subprocess
import sys

import jinja2
import pytest

from suyuan.contract.codebook import Codebook
from suyuan.contract.messages import message
from suyuan.contract.tables import read_records
from suyuan.core.errors import ConfigError, ProseError
from suyuan.core.layout import Layout
from suyuan.lineage.relations import read_relations
from suyuan.page.lint import LINT, read_lists
from suyuan.page.proofread import check_prose, listed
from suyuan.page.prose import Prose, read_style, read_template
from suyuan.page.templates import environment
from suyuan.page.typed import Typed, names_of, texts_of, typed_problems, units_of
from tests.code.miniature import ROOT, TEMPLATES

JINJA = jinja2.Environment(trim_blocks=True, lstrip_blocks=True, autoescape=True)
SUBJECTS = [
    {"subject_id": "world", "name": "全球", "full_name": "", "type": "world", "parent_id": ""},
    {"subject_id": "rg", "name": "北地", "full_name": "", "type": "region", "parent_id": "world"},
    {"subject_id": "a", "name": "甲省", "full_name": "甲自治区", "type": "province",
     "parent_id": "rg"},
    {"subject_id": "v", "name": "例云", "full_name": "", "type": "vendor", "parent_id": ""},
    {"subject_id": "t", "name": "来源报告", "full_name": "", "type": "topic", "parent_id": ""},
]  # fmt: skip
TABLES = {"subjects": SUBJECTS, "tiers": [{"tier_id": "first", "name": "上等"}]}
CODEBOOK = Codebook.from_tables(
    *(read_records(ROOT / f"config/{name}.csv") for name in ("indicators", "units"))
)
LAYOUT = Layout(ROOT, "2026Q1")
TYPED = Typed.of(
    read_lists(ROOT / LINT), read_relations(LAYOUT), names_of(SUBJECTS, "rg"), units_of(CODEBOOK)
)


def found(text):
    return list(TYPED.find(text))


@pytest.mark.parametrize(
    ("text", "word", "code"),
    [
        ("甲地高于乙地", "高于", "E353"),
        ("占比不低于门槛", "不低于", "E353"),
        ("两者相同", "相同", "E353"),
        ("印出同一数值", "同一数值", "E353"),
        ("供给集中在园区", "集中", "E353"),
        ("规模更大", "更", "E353"),
        ("这是最要紧的", "最", "E353"),
        ("首次出现", "首", "E353"),
        ("遥遥领先", "遥遥", "E353"),
        ("多数省区", "多数", "E354"),
        ("大多在建", "大多", "E354"),
        ("若干园区", "若干", "E354"),
        ("尚无记录", "尚无", "E355"),
        ("仍在核对", "仍", "E355"),
        ("来源未公布份额", "未公布", "E355"),
        ("暂无公开数据", "暂无", "E355"),
        ("未见报道", "未见", "E355"),
        ("甲省的目标", "甲省", "E356"),
        ("甲自治区的目标", "甲自治区", "E356"),
        ("例云的份额", "例云", "E356"),
        ("总规模（EFLOPS）", "EFLOPS", "E357"),
        ("以万P计", "万P", "E357"),
        ("以亿元计", "亿元", "E357"),
        ("份额（%）", "%", "E357"),
    ],
)
def test_each_kind_of_word_is_refused(text, word, code):
    assert found(text)[0] == (word, code)


@pytest.mark.parametrize(
    "text",
    [
        "北地与全球",  # the region that the report is about, and what it is in
        "来源报告列出",  # a theme is no name
        "按加权平均合成，人均不计",
        "是否超过门槛",  # leaves it open
        "单位为分，共用一个位次",
        "指标更新于季末",
    ],
)
def test_what_states_nothing_may_stand(text):
    assert found(text) == []


def problems(source, tmp_path):
    path = tmp_path / "x.html.jinja"
    path.write_text(source, encoding="utf-8")
    prose = read_template(JINJA, path, "templates/x.html.jinja")
    return [(p.code, p.row, p.value.partition("（")[0]) for p in typed_problems(prose, TYPED)]


def test_text_attributes_and_strings_of_a_template_are_read_with_their_lines(tmp_path):
    source = """<p>甲省</p>
<p>规模<b>高</b>于乙地</p>
<img alt="多数园区">
{{ page.table("t", "以亿元计") }}{# 甲省高于乙地 #}
<script>高于</script>
{{ "仍" if x else page.fact("subjects.name.a") }}
"""
    assert sorted(problems(source, tmp_path), key=lambda p: p[1]) == [
        ("E356", 1, "甲省"), ("E353", 2, "高于"), ("E354", 3, "多数"), ("E357", 4, "亿元"),
        ("E355", 6, "仍"),
    ]  # fmt: skip


def test_a_style_is_read_too(tmp_path):
    path = tmp_path / "x.css"
    path.write_text('.a { margin: 0 }\n.b::after { content: "甲省领先" }', encoding="utf-8")
    told = typed_problems(read_style(path, "x.css"), TYPED)
    assert [(p.code, p.row) for p in told] == [("E356", 2), ("E353", 2)]


def test_a_word_is_excused_in_the_line_above_it_with_a_reason(tmp_path):
    assert problems("{# typed 高于: a rule #}\n<p>高于起点</p>\n", tmp_path) == []
    two = "{# typed 高于: a rule #}\n  {# typed 甲省: a name #}\n<p>甲省高于起点</p>"
    assert problems(two, tmp_path) == []


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("{# typed 高于: a rule #}\n<p>低于</p>", [("E353", 2, "低于"), ("E358", 1, "高于")]),
        ("{# typed 高于: a rule #}\n<p></p>\n<p>高于</p>",
         [("E353", 3, "高于"), ("E358", 1, "高于")]),
        ("{# typed 高于 #}\n<p>高于</p>", [("E358", 1, "高于")]),
        ("{# typed 高于: #}\n<p>高于</p>", [("E358", 1, "高于")]),
        ("{# typed : a rule #}\n<p>低于</p>", [("E353", 2, "低于"), ("E358", 1, "")]),
    ],
)  # fmt: skip
def test_an_excuse_without_use_or_reason_is_refused(source, told, tmp_path):
    assert problems(source, tmp_path) == told


def test_an_excuse_in_yaml_is_a_comment():
    source = "a:\n  # typed 高于: so it is defined\n  b: 高于"
    assert typed_problems(Prose("x.yaml", source, ((3, "高于"),)), TYPED) == []


def test_a_claim_may_state_a_relation_but_name_nothing():
    claims = TYPED.but(read_relations(LAYOUT))
    assert list(claims.find("甲省高于目标，仍可比较")) == [("甲省", "E356"), ("仍", "E355")]


# --- the sources of the project ---------------------------------------------------------------


@pytest.fixture
def project(tmp_path):
    """Templates and claims of a small project, to be edited."""
    for name in ("lint.yaml", "relations.yaml", "messages.yaml"):
        (tmp_path / "templates/sections").mkdir(parents=True, exist_ok=True)
        (tmp_path / "templates" / name).write_bytes((TEMPLATES / name).read_bytes())
    (tmp_path / "config").mkdir()
    (tmp_path / "templates/words.yaml").write_text(
        "op:\n  maximum: 最大值\npage:\n  stop: 。\n", encoding="utf-8"
    )
    (tmp_path / "config/claims.yaml").write_text(
        "claims:\n  a.b:\n    test: compare\n    words:\n      above: 甲乙相比，前者高于后者\n",
        encoding="utf-8",
    )
    (tmp_path / "config/figures.yaml").write_text(
        "figures:\n  a:\n    marks:\n      - {series: 现状, values: a.gdp, label: subject}\n",
        encoding="utf-8",
    )
    return Layout(tmp_path, "2026Q1")


def refused(layout):
    with pytest.raises(ProseError) as told:
        check_prose(layout, environment(layout), "rg", CODEBOOK, TABLES)
    assert all(message(problem, TEMPLATES) for problem in told.value.problems)
    return [(p.code, p.file, p.row, p.value.partition("（")[0]) for p in told.value.problems]


def test_words_of_codes_and_relations_of_claims_may_stand(project):
    check_prose(project, environment(project), "rg", CODEBOOK, TABLES)


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("templates/words.yaml", "stop: 。", "stop: 仍",
         ("E355", "templates/words.yaml", 4, "仍")),
        ("config/figures.yaml", "label: subject", "label: 甲省总规模",
         ("E356", "config/figures.yaml", 4, "甲省")),
        ("config/claims.yaml", "甲乙相比", "甲省与乙省相比",
         ("E356", "config/claims.yaml", 5, "甲省")),
        ("config/claims.yaml", "甲乙相比", "上等之间",
         ("E356", "config/claims.yaml", 5, "上等")),
        ("config/claims.yaml", "甲乙相比", "以亿元计",
         ("E357", "config/claims.yaml", 5, "亿元")),
        ("config/claims.yaml", "甲乙相比", "多数如此",
         ("E354", "config/claims.yaml", 5, "多数")),
    ],
)  # fmt: skip
def test_configured_texts_are_held_to_it_too(project, file, old, new, told):
    path = project.root / file
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    assert refused(project) == [told]


@pytest.mark.parametrize("file", ["sections/01-x.html.jinja", "styles/x.css", "words.yaml"])
def test_marks_of_a_merge_are_told_wherever_people_write(project, file):
    path = project.templates / file
    path.parent.mkdir(exist_ok=True)
    path.write_text("a: x\n<<<<<<< HEAD\nb: y\n=======\nb: z\n>>>>>>> other\n", "utf-8")
    with pytest.raises((ProseError, ConfigError)) as told:
        check_prose(project, environment(project), "rg", CODEBOOK, TABLES)
    ((code, name, row),) = [(p.code, p.file, p.row) for p in told.value.problems]
    assert (code, name, row) == ("E807", f"templates/{file}", 2)


def test_the_sources_of_the_project_say_nothing_that_goes_stale():
    subjects = read_records(ROOT / "data/raw/2026Q1/subjects.csv")
    tiers = read_records(ROOT / "config/tiers.csv")
    tables = {"subjects": subjects, "tiers": tiers}
    check_prose(LAYOUT, environment(LAYOUT), "nw", CODEBOOK, tables)


def test_the_list_of_excuses_is_what_the_command_prints():
    committed = (ROOT / "docs/typed-words.md").read_text(encoding="utf-8")
    assert committed == listed(LAYOUT)
    command = [sys.executable, "-m", "suyuan.page.proofread"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    assert done.stdout.decode() == committed


@pytest.mark.parametrize("place", ["tiers.nme", "tirs.name"])
def test_a_column_or_table_that_there_is_not_is_told(place):
    with pytest.raises(ConfigError) as raised:
        list(texts_of([place], {"tiers": [{"name": "第一梯队"}]}))
    assert [(p.code, p.file, p.value) for p in raised.value.problems] == [
        ("E345", "templates/lint.yaml", place)
    ]
