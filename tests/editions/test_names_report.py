"""Numbers of the report have names in words: no code of ours is left for a reader to guess."""

from __future__ import annotations

import re

from suyuan.core.layout import Layout
from suyuan.domain.operations import OPERATIONS
from suyuan.outputs.answers.report import Report

CODE = re.compile(r"[a-z]+_[a-z_]+|[a-z]{2,}")


def codes_left(value_id, name):
    """Parts of the id that its name repeats as they are."""
    parts = {*value_id.split("."), *re.split(r"[._]", value_id)}
    return [word for word in name.split() if CODE.fullmatch(word) and word in parts]


def test_no_name_holds_a_code(built, edition, values):
    report = Report.open(Layout(built, edition), OPERATIONS)
    numbers = [one for one, entry in values.items() if entry["op"] != "text"]
    left = {one: codes for one in numbers if (codes := codes_left(one, report.name(one)))}
    assert numbers
    assert left == {}
