"""Names that become paths and anchors."""

from __future__ import annotations

import os

import pytest

from suyuan.core.names import is_edition, is_name, nearest, spelt


@pytest.mark.parametrize("text", ["2026Q1", "1999Q4", "2026Q1-r2", "2026Q1-r10"])
def test_editions(text):
    assert is_edition(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026Q5",
        "2026q1",
        "26Q1",
        "2026Q1-r",
        "2026Q1\n",
        "２０２６Q1",
        "$(touch x)",
        "../2026Q1",
    ],
)
def test_what_is_no_edition(text):
    assert not is_edition(text)


def test_names():
    assert all(map(is_name, ("a", "tier_map", "x-2")))
    assert not any(map(is_name, ("", "A", "2a", "a b", "a\n", "a/b", "甲", "a;b", "a" * 65)))


def test_of_two_that_are_as_near_neither_is_meant():
    assert nearest("F008", ["F007", "F009", "P008", "G123"]) == ""
    assert nearest("F008", ["F0080", "P008"]) == "F0080"


def test_the_nearest_word():
    assert nearest("colums", ("bars", "columns")) == "columns"
    assert nearest("zzz", ("bars", "columns")) == ""


@pytest.mark.parametrize("locale", ["utf-8", "gbk", "ascii"])
@pytest.mark.parametrize("written", ["utf-8", "gb18030"])
@pytest.mark.parametrize("name", ["观测值 (1).csv", "observations.csv"])
def test_a_name_is_read_alike_under_every_locale(monkeypatch, locale, written, name):
    data = name.encode(written)
    given = data.decode(locale, "surrogateescape")  # as Python takes it from the system
    monkeypatch.setattr(os, "fsencode", lambda text: text.encode(locale, "surrogateescape"))
    assert spelt(given) == name


def test_what_is_no_text_keeps_a_mark_for_each_odd_byte():
    name = os.fsdecode(b"a\xff\xff.csv")
    assert spelt(name) == "a\udcff\udcff.csv"
    assert spelt("\ud800") == "\ud800"  # nothing that the system gave
