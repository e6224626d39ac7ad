"""The rule of marks: whole numbers above nothing, and a section that is there."""

from __future__ import annotations

import pytest

from suyuan.core.errors import ConfigError
from suyuan.outputs.paper.marks import RULE, read_rule


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("marks: 120", "marks: -5", "E131"),
        ("rows: 180", "rows: 0", "E131"),
        ("rows: 180", "rows: 180.5", "E124"),
        ("rows_of_one: 10", "rows_of_one: ten", "E184"),
        ("summary: 01-summary", "summary: 01-sumary", "E185"),
        ("summary: 01-summary", "summary: nowhere", "E186"),
    ],
)
def test_what_the_rule_may_not_say_is_told_at_its_line(project, old, new, code):
    path = project.root / RULE
    text = path.read_text(encoding="utf-8")
    assert read_rule(project.root).summary == "01-summary"
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        read_rule(project.root)
    line = text.split(old)[0].count("\n") + 1
    assert [(p.code, p.row) for p in caught.value.problems] == [(code, line)]
