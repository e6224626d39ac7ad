"""Numerals that no value stands behind are found, in templates and in the finished page."""

from __future__ import annotations

import random

import jinja2
import pytest

from suyuan.core.numbers import chinese_numeral
from suyuan.page.lint import Numerals, numeral_problems, unbound_numerals
from suyuan.page.prose import read_style, read_template, visible_text
from suyuan.page.tree import parse
from tests.code.miniature import TEMPLATES

NUMERALS = Numerals.read(TEMPLATES / "lint.yaml")
JINJA = jinja2.Environment(trim_blocks=True, lstrip_blocks=True, autoescape=True)


# --- what is a numeral ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("共316家", ["316"]),
        ("增长２０％", ["２０"]),
        ("见注①", ["①"]),
        ("第Ⅲ类", ["Ⅲ"]),
        ("3.5", ["3", "5"]),
        ("西北五省", ["五省"]),
        ("超过六成", ["六成"]),
        ("两大主线", ["两大"]),
        ("三个集群", ["三个"]),
        ("百分之六十", ["百分之"]),
        ("三分之二", ["三分之"]),
        ("十余家供应商", ["十余家"]),
        ("几十条", ["几十条"]),
        ("上万卡", ["万卡"]),
        ("投资两亿元", ["两亿元"]),
        ("五个省的三成", ["五个", "三成"]),
        ("一百零五项", ["一百零五项"]),
        ("近十年来", ["十年"]),
        ("规模翻番，占全国一半", ["翻番", "一半"]),
        ("约为½，或⅓", ["½", "⅓"]),
        ("见❶与⓪，㊁、㉑", ["❶", "⓪", "㊁", "㉑"]),
        ("第III类，ⅳ，Ⅻ", ["III", "ⅳ", "Ⅻ"]),
        ("壹佰贰拾", ["壹佰贰拾"]),
        ("叁成，大陆", ["叁"]),
        ("面积以km²计", ["²"]),
        ("٣个", ["٣"]),
        ("翻两番，位列五强", ["两番", "五强"]),
        ("腰斩，只占半壁江山，曾为数倍", ["腰斩", "半壁江山", "数倍"]),
    ],
)
def test_numerals(text, found):
    assert NUMERALS.find(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "全国一体化算力网络",
        "口径不一致",
        "另一方面",
        "进一步统一",
        "多数省区的数据",
        "第二梯队",
        "第三季度",
        "首次领跑是论断，另有规则",
        "十四五规划",
        "甘肃、宁夏与新疆",
        "大陆地区的队伍",
        "指数与个数",
        "S·T·P·A·C 与 AI、IT、CPU",
        "",
    ],
)
def test_what_counts_nothing(text):
    assert NUMERALS.find(text) == []


@pytest.mark.parametrize("text", ["第十二条", "第二十一个", "第一百零五项"])
def test_long_ordinals_count_nothing_either(text):
    assert NUMERALS.find(text) == []


@pytest.mark.parametrize("text", ["投资三千万元", "五千万千瓦", "两千万张卡"])
def test_an_allowed_word_does_not_hide_a_numeral_it_is_a_part_of(text):
    # 千万 may mean "by all means", but not behind a digit.
    assert NUMERALS.find(text)


def test_every_count_that_the_library_prints_would_be_found_in_a_template():
    for value in range(1, 10000):
        assert NUMERALS.find(f"共{chinese_numeral(value)}个省区"), value


def test_every_digit_is_found_in_random_text():
    draw = random.Random(12)
    for _ in range(300):
        text = "".join(draw.choices("省区算力第一二0１9的，a个", k=12))
        digits = "".join(c for c in text if c in "0１9")
        assert "".join(c for one in NUMERALS.find(text) for c in one if c in "0１9") == digits


# --- the finished page ------------------------------------------------------------------------


def unbound(html, known=("nw.ai_share",)):
    return [found.value.partition("（")[0] for found in unbound_problems(html, known)]


def unbound_problems(html, known=()):
    return list(unbound_numerals(parse(html, "x"), NUMERALS, known.__contains__))


def test_a_number_needs_data_of_a_known_value():
    assert unbound('<p>占<data data-fact="nw.ai_share">60.04%</data>。</p>') == []
    assert unbound('<p>占<data data-fact="nw.nothing">60%</data>。</p>') == ["60"]
    assert unbound("<p>占<data>60%</data>。</p>") == ["60"]
    assert unbound('<p>占<span data-fact="nw.ai_share">60%</span>。</p>') == ["60"]


def test_a_counting_word_may_follow_its_data():
    assert unbound('西北<data data-fact="nw.ai_share">五</data>省') == []


@pytest.mark.parametrize("scale", ["万", " 亿", "%", "个百分点"])
def test_a_scale_after_its_data_is_found(scale):
    html = f'<p><data data-fact="nw.ai_share">60</data>{scale}</p>'
    assert scale.strip() in unbound(html)
    assert unbound(html.replace(scale, "")) == []


def test_everything_within_data_is_bound():
    html = '<data data-fact="nw.ai_share"><svg><path></path><text>60</text><br>61</svg></data>62'
    assert unbound(html) == ["62"]


def test_ordinals_are_marked():
    assert unbound("<h2><span data-ordinal>2.6</span> 规模</h2><p data-ordinal>图1</p>3") == ["3"]


@pytest.mark.parametrize("tag", ["script", "style", "title", "template"])
def test_what_no_reader_sees_is_not_read(tag):
    assert unbound(f"<{tag}>316</{tag}>317") == ["317"]


def test_entities_are_read_as_their_characters():
    assert unbound("<p>&#51;&#x516D;成</p>") == ["3", "六成"]


def test_comments_and_attributes_are_not_text():
    assert unbound('<!-- 316 --><p id="tab-1" class="n2">无</p>') == []


def test_what_is_bound_ends_with_its_element():
    html = '<p><data data-fact="nw.ai_share"><b>1</b></data>2</p>3<br>4<img src="6.png">5'
    assert unbound(html) == ["2", "3", "4", "5"]
    assert unbound("<hr data-ordinal>3") == ["3"]


@pytest.mark.parametrize(
    "html",
    ["<p><b>五</b>省</p>", "<p>五<b>省</b></p>", "<p>三<!-- x -->成</p>", "<p>超过六<wbr>成</p>"],
)
def test_tags_within_a_line_do_not_hide_a_numeral(html):
    assert unbound(html) != []


def test_a_block_ends_a_word():
    assert unbound("<li>其一</li><li>个别</li>") == []


def test_the_text_around_is_quoted_at_the_template_it_comes_from():
    html = '<section class="section" id="02-06-scale"><p>西北五省的算力</p></section><p>3</p>'
    assert [(found.code, found.file, found.value) for found in unbound_problems(html)] == [
        ("E301", "templates/sections/02-06-scale.html.jinja", "五省（西北五省的算力）"),
        ("E301", "templates/body.html.jinja", "3（3）"),
    ]


def test_visible_text_knows_its_lines():
    html = "<p>一\n二</p>\n<script>x</script>\n<b>三</b>"
    lines = [
        (start + offset, line)
        for start, text in visible_text(html)
        for offset, line in enumerate(text.split("\n"))
    ]
    assert {(1, "一"), (2, "二"), (4, "三")} <= set(lines)
    assert "x" not in "".join(line for _, line in lines)


# --- templates --------------------------------------------------------------------------------


def numerals_in(path):
    prose = read_template(JINJA, path, "templates/x.html.jinja")
    return list(numeral_problems(prose, NUMERALS))


def problems(source, tmp_path):
    path = tmp_path / "x.html.jinja"
    path.write_text(source, encoding="utf-8")
    found = numerals_in(path)
    assert all((p.code, p.file) == ("E300", "templates/x.html.jinja") for p in found)
    return [(p.row, p.value.partition("（")[0]) for p in found]


def test_a_template_may_place_values(tmp_path):
    source = """{# 3 省 #}
{% set n = 3 %}
{% for p in page.ranked("compute_total")[:5] %}
<p class="n5">{{ page.fact(p ~ ".ai_share") }}，{{ page.count("nw.province_count") }}省</p>
{% endfor %}
"""
    assert problems(source, tmp_path) == []


def test_numerals_of_a_template_are_found_with_their_lines(tmp_path):
    source = """<p>西北{{ x }}省</p>
<p>西北五省，
超过六成</p>
{% if x > 3 %}
316{% endif %}
{{ page.table("t", "三大类") }}
{# 七个
 八个 #}
九个"""
    assert sorted(problems(source, tmp_path)) == [
        (2, "五省"), (3, "六成"), (5, "316"), (6, "三大"), (9, "九个")
    ]  # fmt: skip


def test_a_template_that_trims_its_blanks_has_the_same_lines(tmp_path):
    source = "一\n\n\n{%- if x -%}\n\n五省\n{%- endif %}\n{{- x }}\n七个\n"
    assert problems(source, tmp_path) == [(6, "五省"), (9, "七个")]


def test_the_text_around_a_numeral_is_its_own(tmp_path):
    path = tmp_path / "x.html.jinja"
    path.write_text("甲地有五个园区，以及乙地在建的另外五个园区", encoding="utf-8")
    first, second = numerals_in(path)
    assert "甲地" in first.value
    assert "乙地" in second.value


def test_a_scale_after_an_expression_is_found_with_its_line(tmp_path):
    path = tmp_path / "x.html.jinja"
    path.write_text("{{ x }}的\n规模为{{ x }} 万", encoding="utf-8")
    (found,) = numerals_in(path)
    assert (found.code, found.row, found.value) == ("E306", 2, "万")


def test_a_numeral_split_by_a_tag_is_found_in_a_template_too(tmp_path):
    assert problems("<p>\n<b>五</b>省</p>", tmp_path) != []


@pytest.mark.parametrize(
    "source",
    ['<a title="共五省">', '<img alt="五省的图">', '<nav aria-label="五省">', "<p title='½'></p>"],
)
def test_attributes_that_readers_see_or_hear_are_read(source, tmp_path):
    assert [row for row, _ in problems(f"<p>\n</p>{source}", tmp_path)] == [2]


def test_a_template_marks_no_ordinal_of_its_own(tmp_path):
    path = tmp_path / "x.html.jinja"
    path.write_text("<p>\n<span data-ordinal>图甲</span></p>", encoding="utf-8")
    (found,) = numerals_in(path)
    assert (found.code, found.row) == ("E359", 2)


def test_a_style_counts_nothing_either(tmp_path):
    path = tmp_path / "x.css"
    path.write_text(
        """.a { width: 3em }
.b::after { content: "共" "五省"; }
.c::before { content: counter(page) attr(data-sign) / ""; align-content: "3" }
""",
        encoding="utf-8",
    )
    found = numeral_problems(read_style(path, "x.css"), NUMERALS)
    assert [(p.row, p.value.partition("（")[0]) for p in found] == [(2, "五省")]
