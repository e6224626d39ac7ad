"""Names of cells, rows and groups, and differences as they are printed."""

from __future__ import annotations

import pytest

from suyuan.core.files import read_yaml
from suyuan.diff.named import Named
from tests.code.diff.sides import WORDS, side
from tests.code.miniature import TEMPLATES

TITLES = {"observations": "数值观测", "tiers": "梯队门槛", "subjects": "对象"}


@pytest.fixture(scope="module")
def named(tmp_path_factory, schemas):
    own = side(tmp_path_factory.mktemp("named") / "own", schemas)
    return Named((own,), WORDS, read_yaml(TEMPLATES / "diff/words.yaml"), TITLES)


@pytest.mark.parametrize(
    ("ref", "name"),
    [
        ("observations.value.T009", "数值观测 T009 甲 生产总值 2029年 数值"),
        ("observations.*.T009", "数值观测 T009 甲 生产总值 2029年"),
        ("tiers.minimum.first", "梯队门槛 first 甲档 最小"),
        ("observations.value.T009+2", "数值观测 T009 甲 生产总值 2029年 数值等 3 处"),
        ("subject:beta", "乙（合并计）"),
        ("table:tiers", "梯队门槛（合并计）"),
        ("subject:alpha+beta", "甲、乙（合并计）"),
        ("code.sha256.0000", "程序"),
        ("template", "模板"),
        ("observations.value.T999", "数值观测 T999 数值"),  # no side has it
        ("claims.words.x", "论断配置 x words"),
    ],
)
def test_a_cause_has_a_name(named, ref, name):
    assert named.ref(ref) == name


def test_values_and_claims_have_names(named):
    assert named.value("rg.ai_share") == "山区 智算占比"
    assert named.value("no.such") == "no.such"
    assert named.claim("rg.ai_share_over_40") == "山区 智算占比"


@pytest.mark.parametrize(
    ("number", "like", "printed"),
    [
        ("35.5", "150.0", "+35.5"), ("-35.5", "150.0", "−35.5"), ("1234.5", "1.0", "+1,234.5"),
        ("0.0226", "79.76%", "+2.26 个百分点"), ("0.00001", "5%", "+0.001 个百分点"),
        ("0", "5", "0"),
    ],
)  # fmt: skip
def test_a_difference_is_printed_like_its_value(named, number, like, printed):
    assert named.amount("no.such", number, like) == printed


def test_it_is_in_the_unit_that_is_printed(named):
    # EFLOPS per 亿元 are kept, PFLOPS per 亿元 printed.
    assert named.amount("rg.compute_per_gdp", "0.005", "50.00") == "+5.00"


def test_shares_add_up_as_they_are_printed(named):
    assert named.amounts("no.such", ["0.5", "0.5"], "2") == ["+0.5", "+0.5"]  # not +1 and +1
    assert named.amounts("no.such", ["1.25", "2.25"], "3.5") == ["+1.25", "+2.25"]  # 1.3 + 2.3
    assert named.amounts("no.such", ["1.2", "2.3"], "3.5") == ["+1.2", "+2.3"]
    assert named.amounts("no.such", [], "3.5") == []
