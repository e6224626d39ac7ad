"""What values are called: in words, whoever asks."""

from __future__ import annotations

import pytest

from suyuan.contract.codebook import Codebook
from suyuan.contract.words import read_words
from suyuan.lineage.facets import Facets
from suyuan.lineage.names import Names
from suyuan.lineage.trace import Tracer


@pytest.fixture(scope="module")
def names(built):
    layout = built.layout
    lineage = Tracer.open(layout, {}).lineage
    facets = Facets.of(layout.root, lineage)
    exhibits = {"figure.clusters": "图 1"}
    tables = [source["id"] for source in lineage["sources"]]
    return Names(Codebook.read(layout), read_words(layout), tables, facets.cells, exhibits)


@pytest.mark.parametrize(
    ("value_id", "name"),
    [
        ("alpha.compute_total", "甲 总规模"),  # subject and indicator
        ("na.gdp.2029", "全国 生产总值 2029年"),  # and a period
        ("na.gdp.2029-06_printed", "全国 生产总值 2029年6月 原文所载"),  # of two parts
        ("beta.ai_share.low", "乙 智算占比 下限"),  # and a word
        ("tier_first.members", "甲档 成员"),  # a row of a configured table
        ("report.figure.clusters", "图 1 图"),
        ("report.check_count.high", "本报告 check_count 严重"),  # of a count: no upper bound
        ("report.check_count.high_alpha", "本报告 check_count 严重 甲"),
        ("report.check_count.near", "本报告 check_count 难以断定"),
        ("alpha.ai_share.nobody_knows", "甲 智算占比 nobody_knows"),
    ],
)
def test_an_id_in_words(names, value_id, name):
    assert names.of(value_id, derived=True) == name
