"""Spaces between Chinese and Latin: at every border, once, and nowhere else."""

from __future__ import annotations

import random
import re

import pytest

from suyuan.page.spacing import space, spaced_text
from suyuan.page.tree import parse, serialise


def spaced(html):
    tree = parse(html, "x")
    space(tree)
    return serialise(tree)


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("算力316.8EFLOPS", "算力 316.8EFLOPS"),
        ("占60.04%的算力", "占 60.04% 的算力"),
        ("AI时代的GPU", "AI 时代的 GPU"),
        ("算力 316", "算力 316"),
        ("（2026）年", "（2026）年"),  # punctuation keeps its own distance
        ("约“12”个", "约“12”个"),
        ("增长−5", "增长−5"),
        ("abc 123", "abc 123"),
        ("", ""),
    ],
)
def test_text(text, result):
    assert spaced_text(text) == result
    assert spaced(text) == result


@pytest.mark.parametrize(
    ("html", "result"),
    [
        ("共<data>5</data>个", "共 <data>5</data> 个"),
        ("共<b><data>5</data></b>个", "共 <b><data>5</data></b> 个"),
        ("<b>算力</b>316", "<b>算力</b> 316"),
        ("<b>算力</b><i>316</i>", "<b>算力</b> <i>316</i>"),
        ("共 <data>5</data> 个", "共 <data>5</data> 个"),
        ("<p>共</p><p>5</p>", "<p>共</p><p>5</p>"),  # blocks do not touch
        ("<td>共</td><td>5</td>", "<td>共</td><td>5</td>"),
        ("共<br>5", "共<br>5"),
        ('<a title="共5个">共</a>', '<a title="共5个">共</a>'),
        ('共<slot name="a"></slot>5', '共<slot name="a"></slot>5'),
        ("共<b></b>5", "共<b></b> 5"),
        ("甲&amp;A", "甲&amp;A"),
    ],
)
def test_html(html, result):
    assert spaced(html) == result


@pytest.mark.parametrize("tag", ["svg", "script", "style", "title"])
def test_what_is_not_prose_is_left_alone(tag):
    html = f"<{tag}><b>共5个</b>A甲</{tag}>"
    assert spaced(html) == html
    assert spaced(f"共5{html}共5") == f"共 5{html}共 5"


def pieces(draw, depth=3):
    """Random HTML: texts, elements of all sorts around more of it, and what is opaque."""
    texts = ["算力", "甲", "5", "A", "%", "60.04%", " ", "，", "（", "\n", "&amp;", ""]
    shut = ["<br>", '<slot name="甲5"></slot>', "<svg><text>甲5</text></svg>", "<style>甲5</style>"]
    open_ = ["<b>", '<data value="5" data-fact="x.甲5">', "<p>", "<sup>", "<span>"]
    parts = []
    for _ in range(draw.randrange(1, 8)):
        kind = draw.choice("tttoos" if depth else "tts")
        if kind == "o":
            tag = draw.choice(open_)
            inner = draw.choice(["", pieces(draw, depth - 1)])
            parts += [tag, inner, f"</{tag[1:-1].split()[0]}>"]
        else:
            parts.append(draw.choice(texts if kind == "t" else shut))
    return "".join(parts)


HTML = [pieces(random.Random(seed)) for seed in range(1500)]


def test_spacing_twice_is_spacing_once():
    for html in HTML:
        assert spaced(spaced(html)) == spaced(html)


def test_only_single_spaces_are_added():
    for html in HTML:
        result = spaced(html)
        assert re.sub(" ", "", result) == re.sub(" ", "", html)
        assert result.count("  ") == html.count("  ")


def test_tags_and_what_is_opaque_stay_as_they_are():
    tag = re.compile(r"<svg.*?</svg>|<style.*?</style>|<[^>]*>")
    for html in HTML:
        assert tag.findall(spaced(html)) == tag.findall(html)


def test_no_border_is_left_without_a_space():
    border = re.compile("[甲算力][A0-9%]|[A0-9%][甲算力]")
    gone = re.compile(r"</?(?:b|data|sup|span)\b[^>]*>")  # tags that do not part words
    apart = re.compile(r"<svg.*?</svg>|<style.*?</style>|<[^>]*>")
    for html in HTML:
        assert not border.search(apart.sub("\n", gone.sub("", spaced(html))))
