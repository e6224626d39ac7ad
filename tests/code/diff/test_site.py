"""The page of a comparison: one file, with everything that its script shows."""

from __future__ import annotations

import json
import re
import shutil

import pytest

from suyuan.diff.site import apart, embedded, page_of
from tests.code.diff.seen import LESS_AI, seen


@pytest.fixture(scope="module")
def written(tmp_path_factory, schemas):
    shown = seen(tmp_path_factory.mktemp("written"), schemas, LESS_AI)
    out = shown.root / "report/diff/base..head"
    shown.write(out)
    return shown, (out / "index.html").read_text(encoding="utf-8")


def data(html):
    (text,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', html)
    return json.loads(text)


def test_it_asks_for_nothing(written):
    _, html = written
    assert "default-src 'none'" in html
    assert not re.search(r'(?:src|href)="(?!#)', html)


def test_every_item_is_in_it(written):
    shown, html = written
    found = {item["name"]: item for item in data(html)["items"]}
    assert set(found) == {item.name for item in shown.view.items}
    assert {item["kind"] for item in found.values()} >= {"claim", "value", "figure", "input"}


def test_it_leads_into_both_reports(written):
    shown, html = written
    own = data(html)
    out = shown.root / "report/diff/base..head"
    for page, side in zip(own["pages"], (shown.base, shown.head), strict=True):
        assert (out / page).resolve() == side.html.resolve()
    (figure,) = [item for item in own["items"] if item["kind"] == "figure"]
    assert figure["at"] == ["fig-bars", "fig-bars"]
    (text,) = [item for item in own["items"] if item["kind"] == "number"]
    assert text["at"] == ["sec-02-scale"] * 2  # the miniature notes no uses


def test_drawings_of_both_sides_keep_apart(written):
    _, html = written
    before, after = data(html)["drawings"]["bars"]
    assert 'id="b-m-1"' in before
    assert 'id="a-m-1"' in after
    svg = '<g id="x" clip-path="url(#p)"><use xlink:href="#x"/></g>'
    assert apart(svg, "b") == '<g id="b-x" clip-path="url(#b-p)"><use xlink:href="#b-x"/></g>'


def test_no_text_ends_the_script():
    text = embedded({"a": "</script><!--"})
    assert "<" not in text
    assert json.loads(text) == {"a": "</script><!--"}


def test_it_leads_to_what_was_delivered_where_that_is_the_same(tmp_path, schemas):
    side = seen(tmp_path, schemas).base
    delivered = side.folder / "report/2030Q1/report.html"
    assert page_of(side) == side.html
    delivered.parent.mkdir(parents=True)
    shutil.copy(side.html, delivered)
    assert page_of(side) == delivered
    delivered.write_text("another", encoding="utf-8")
    assert page_of(side) == side.html
