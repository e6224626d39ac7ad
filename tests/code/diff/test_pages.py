"""What wrote two pages: a template that changed is the cause of words that no value moved."""

from __future__ import annotations

import json
import shutil

import pytest

from suyuan.diff import pages
from suyuan.diff.shown import Shown
from tests.code.diff.seen import LESS_AI, page, seen
from tests.code.diff.sides import compared, side
from tests.code.miniature import TEMPLATES

SECTION = "templates/sections/02-06-scale.html.jinja"


@pytest.fixture
def rewritten(tmp_path, schemas):
    """Two sides whose templates are not the same, with another sentence on the page."""

    def make(*edits):
        base, head = side(tmp_path / "base", schemas), side(tmp_path / "head", schemas, edits)
        (head.folder / "templates").unlink()
        without = shutil.ignore_patterns("fonts")
        shutil.copytree(TEMPLATES, head.folder / "templates", ignore=without)
        with (head.folder / SECTION).open("a", encoding="utf-8") as template:
            template.write("<p>另有一句。</p>")
        page(base)
        page(head, "另有一句。")
        document = pages.complete(
            compared(base, head, tmp_path / "base"), pages.changes(base, head)
        )
        return Shown.of(tmp_path / "base", document, base, head)

    return make


def test_a_template_is_the_cause_of_its_words(rewritten):
    shown = rewritten()
    assert [name for name, *_ in shown.view.document["templates"]] == [SECTION]
    assert {item.kind for item in shown.view.items} == {"text", "input"}  # no value moved
    (text,) = shown.view.of("text")
    assert [cause.kind for cause in text.causes] == ["template"]
    (template,) = shown.view.of("input")
    assert SECTION in template.title
    assert template.more["decides"] == "template"


def test_beside_data_each_has_its_own_cause(rewritten):
    shown = rewritten(LESS_AI)
    causes = {item.change: {cause.kind for cause in item.causes} for item in shown.view.of("text")}
    assert causes == {"added": {"template"}, "changed": {"data"}}


def test_the_same_templates_are_no_cause(tmp_path, schemas):
    shown = seen(tmp_path, schemas, LESS_AI)
    assert shown.view.document["templates"] == []


def test_a_delivered_report_names_its_templates_in_its_statement(tmp_path, schemas):
    base = side(tmp_path / "base", schemas)
    written = pages.written_by(base, "templates")
    assert SECTION in written
    (base.folder / "templates").unlink()
    assert pages.written_by(base, "templates") == {}
    made = [{"name": name, "digest": {"sha256": digest}} for name, digest in written.items()]
    made += [{"name": "workflow/lib/suyuan/x.py", "digest": {"sha256": "1"}}]
    made += [{"name": "templates/messages.yaml", "digest": {"sha256": "0"}}, {"uri": "pkg:x"}]
    statement = {"predicate": {"buildDefinition": {"resolvedDependencies": made}}}
    path = base.folder / "attestation.intoto.json"
    path.write_text(json.dumps(statement), encoding="utf-8")
    assert pages.written_by(base, "templates") == written
    assert pages.written_by(base, "code") == {"workflow/lib/suyuan/x.py": "1"}


def told(before, after):
    return {"section": "02-scale", "change": "changed", "before": before, "after": after}


SAME = dict.fromkeys(("inputs", "values", "claims", "templates", "programs", "order"), ())


@pytest.mark.parametrize(
    ("more", "change", "unexplained"),
    [
        ({}, "changed", 1),
        ({"inputs": [1]}, "changed", 0),
        ({"templates": [1]}, "changed", 0),
        ({"order": [1]}, "moved", 0),
    ],
)
def test_what_no_change_can_have_written_is_unexplained(more, change, unexplained):
    document = {**SAME, "unexplained": [], **more}
    found = pages.complete(document, {"text": [told("宁夏、甘肃居前。", "甘肃、宁夏居前。")]})
    assert [one["change"] for one in found["text"]] == [change]
    assert [one["reason"] for one in found["unexplained"]] == ["page"] * unexplained


def test_what_moved_needs_no_explanation():
    document = {**SAME, "unexplained": []}
    found = pages.complete(document, {"text": [told("甲", "甲") | {"change": "moved"}]})
    assert found["unexplained"] == []


def test_other_words_are_no_other_order():
    document = {**SAME, "unexplained": [], "order": [1]}
    found = pages.complete(document, {"text": [told("宁夏居前。", "甘肃居前。")]})
    assert [one["change"] for one in found["text"]] == ["changed"]
