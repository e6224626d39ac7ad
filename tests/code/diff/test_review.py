"""Verdicts on what changed: kept in a file, bound to what was seen."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from suyuan.core.errors import BrokenFile, LookupFailed
from suyuan.diff import review
from tests.code.diff.seen import LESS_AI, MORE, seen
from tests.code.miniature import fixed

CLAIM = "claim:rg.ai_share_over_40"


def judged(shown, *patterns, verdict="accepted"):
    return review.judged(shown.view, patterns, verdict, "看过", "甲", "2030-05-01")


def states(shown):
    return {name: standing.state for name, standing in shown.standings.items()}


@pytest.fixture
def shown(tmp_path, schemas):
    return seen(tmp_path, schemas, LESS_AI)


def test_everything_is_open_at_first(shown):
    assert set(states(shown).values()) == {"open"}
    assert len(review.unsettled(shown.view, shown.standings)) == len(shown.view.items)


def test_a_verdict_is_kept(shown):
    review.write(shown.record, judged(shown, CLAIM))
    assert shown.record.name == "2030Q1.csv"
    (kept,) = review.read(shown.record)
    assert (kept.item, kept.verdict, kept.comment, kept.reviewer) == (
        CLAIM,
        "accepted",
        "看过",
        "甲",
    )
    assert states(shown)[CLAIM] == "accepted"
    review.write(shown.record, [kept, *judged(shown, CLAIM, verdict="questioned")])
    assert states(shown)[CLAIM] == "questioned"  # the later one


@pytest.mark.parametrize("bases", [("a", "b"), ("b", "a")])
def test_of_verdicts_the_last_one_given_holds(shown, bases):
    first, second = bases
    (accepted,) = judged(shown, CLAIM)
    (questioned,) = judged(shown, CLAIM, verdict="questioned")
    given = [replace(questioned, base=first), replace(accepted, base=second)]
    review.write(shown.record, given)
    assert states(shown)[CLAIM] == "accepted"
    review.write(shown.record, [*review.read(shown.record), replace(questioned, base=first)])
    assert states(shown)[CLAIM] == "questioned"
    assert len(review.read(shown.record)) == 2


def test_numbers_follow_from_an_accepted_input(shown):
    review.write(shown.record, judged(shown, "input:*"))
    found = states(shown)
    assert found["value:rg.ai_share"] == found["figure:bars"] == "follows"
    assert found[CLAIM] == "open"
    assert {one.kind for one in review.unsettled(shown.view, shown.standings)} == {"claim", "text"}


def test_they_do_not_follow_from_half_of_their_inputs(tmp_path, schemas):
    shown = seen(tmp_path, schemas, LESS_AI, MORE)
    review.write(shown.record, judged(shown, "input:observations.value.T005"))
    found = states(shown)
    assert found["value:rg.ai_share"] == "open"
    assert found["value:rg.ai_compute"] == "follows"


def test_numbers_follow_from_a_row_that_came(tmp_path, schemas):
    def add(project):
        project.add("observations", "T015", obs_id="T900", qualifier="2031", value="700")

    shown = seen(tmp_path, schemas, add)
    review.write(shown.record, judged(shown, "input:*"))
    assert states(shown)["new:na.compute_total.2031"] == "follows"


def test_an_accepted_item_stays_accepted_and_reopens_when_it_changes(tmp_path, schemas):
    first = seen(tmp_path / "first", schemas, LESS_AI)
    verdicts = judged(first, "*")
    assert not review.unsettled(first.view, review.standings(first.view, verdicts))
    again = seen(tmp_path / "again", schemas, LESS_AI)
    assert not review.unsettled(again.view, review.standings(again.view, verdicts))
    other = seen(tmp_path / "other", schemas, fixed("value", "T005", "6.0"))
    found = review.standings(other.view, verdicts)
    assert found["input:observations.value.T005"].state == "reopened"
    assert found["value:rg.ai_share"].state == "reopened"


def test_a_file_of_the_page_is_read(shown, tmp_path):
    path = tmp_path / "saved.json"
    (item,) = [one for one in shown.view.items if one.name == CLAIM]
    record = {
        "format": "review/1", "base": "base", "head": "head", "by": "乙",
        "verdicts": [
            {"item": CLAIM, "digest": item.digest, "verdict": "questioned", "comment": "查来源"}
        ],
    }  # fmt: skip
    path.write_text(json.dumps(record), encoding="utf-8")
    (one,) = review.saved(path, shown.view, "", "2030-05-01")
    assert (one.reviewer, one.comment) == ("乙", "查来源")
    assert review.standings(shown.view, [one])[CLAIM].state == "questioned"


@pytest.mark.parametrize(
    ("record", "code"),
    [
        ({"format": "other"}, "E397"),
        ([], "E397"),
        ({"format": "review/1", "base": "base"}, "E397"),
        ({"format": "review/1", "base": "x", "head": "y", "by": "", "verdicts": []}, "E398"),
    ],
)
def test_other_files_are_refused(shown, tmp_path, record, code):
    path = tmp_path / "saved.json"
    path.write_text(json.dumps(record), encoding="utf-8")
    with pytest.raises(LookupFailed, match=code):
        review.saved(path, shown.view, "", "2030-05-01")


def test_an_unknown_item_and_a_broken_record_are_named(shown):
    with pytest.raises(LookupFailed, match="E399"):
        judged(shown, "claim:none")
    shown.record.parent.mkdir(parents=True)
    shown.record.write_text("item,verdict\n", encoding="utf-8")
    with pytest.raises(BrokenFile, match="E396"):
        review.read(shown.record)


def test_another_order_asks_for_no_verdict(shown):
    (text,) = shown.view.of("text")
    moved = replace(shown.view, items=(replace(text, change="moved"),))
    assert review.unsettled(moved, review.standings(moved, [])) == []
    assert review.unsettled(shown.view, shown.standings)


@pytest.mark.parametrize(("accept", "state"), [("input:code.sha256", "follows"), ("x", "open")])
def test_numbers_follow_from_accepted_code(shown, accept, state):
    (item,) = [one for one in shown.view.items if one.name == "value:rg.ai_share"]
    code = replace(shown.view.of("input")[0], id="code.sha256")
    cause = replace(item.causes[0], kind="code", ref="code.sha256.0123", parts=())
    view = replace(shown.view, items=(code, replace(item, causes=(cause,))))
    verdicts = [replace(one, item=accept) for one in judged(replace(shown, view=view), "input:*")]
    assert review.standings(view, verdicts)[item.name].state == state
