"""The characters that the fonts have, read without a library, and those of the tables they lack."""

from __future__ import annotations

import pytest

from suyuan.contract import edition
from suyuan.contract.glyphs import characters, unprintable
from suyuan.core.errors import BrokenFont
from suyuan.outputs.screen import webfont
from tests.code.miniature import TEMPLATES

FONTS = sorted((TEMPLATES / "fonts").glob("*.ttf"))


@pytest.mark.parametrize("font", FONTS, ids=lambda font: font.stem)
def test_a_font_has_the_characters_that_another_reader_finds(font):
    assert characters(font) == webfont.characters(font)
    assert "宁" in characters(font)


def test_the_first_cell_of_each_character_that_no_font_has(project):
    project.set("policies", project.rows("policies")[1][0], "title", "龘之龘")
    project.set("policies", project.rows("policies")[2][0], "title", "龘𠮷")
    found = list(unprintable(edition.check(project.layout), TEMPLATES / "fonts"))
    assert [(p.code, p.row, p.column, p.value) for p in found] == [
        ("E303", 2, "title", "龘"),
        ("E303", 3, "title", "𠮷"),
    ]


def test_another_form_of_characters_is_told_with_the_usual_one(project):
    policy = project.rows("policies")[1][0]
    project.set("policies", policy, "title", "⼀份ﬁle的ﬂow")
    found = list(unprintable(edition.check(project.layout), TEMPLATES / "fonts"))
    assert [(p.code, p.value, p.details["usual"]) for p in found] == [
        ("E824", "⼀", "一"),
        ("E824", "ﬁ", "fi"),
        ("E824", "ﬂ", "fl"),
    ]


@pytest.mark.parametrize("data", [b"", b"\0\1\0\0\0\0", b"\0\1\0\0\0\2" + b"x" * 60])
def test_a_font_that_is_none_is_named(tmp_path, data):
    (tmp_path / "a.ttf").write_bytes(data)
    with pytest.raises(BrokenFont):
        characters(tmp_path / "a.ttf")
