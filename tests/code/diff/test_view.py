"""A comparison as items: named, in order of weight, each with the digest of what it says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from suyuan.diff import weight
from tests.code.diff.seen import LESS_AI, MORE, SHARE, seen
from tests.code.miniature import fixed


@pytest.fixture(scope="module")
def both(tmp_path_factory, schemas):
    return seen(tmp_path_factory.mktemp("both"), schemas, LESS_AI, MORE)


def item(shown, name):
    (found,) = [item for item in shown.view.items if item.name == name]
    return found


def test_the_most_important_comes_first(both):
    kinds = list(dict.fromkeys(item.kind for item in both.view.items))
    assert kinds == ["claim", "text", "value", "figure", "number", "input"]
    assert both.view.items[0].change == "flipped"


def test_a_claim_says_what_was_and_what_is(both):
    flipped = item(both, "claim:rg.ai_share_over_40")
    assert (flipped.title, flipped.before, flipped.after) == (
        "山区 智算占比",
        "超过四成",
        "不足四成",
    )
    assert [cause.label for cause in flipped.causes] == [  # the larger share first
        "数值观测 T005 甲 智算规模 数值", "数值观测 T002 乙 总规模 数值",
    ]  # fmt: skip


def test_shares_are_printed_as_the_value_is_and_add_up(both):
    share = item(both, f"value:{SHARE}")
    # 50/100 = 50 %; (50 - 15)/110 = 31.8 %: 18.18 points less.
    assert (share.before, share.after) == ("50.00%", "31.82%")
    assert share.delta == "−18.18 个百分点"
    # T005 alone: 35/100, −15; T002 alone: 50/110, −4.55. In the other order −13.64 and −3.18.
    assert {cause.ref: cause.share for cause in share.causes} == {
        "observations.value.T005": "−14.32 个百分点",
        "observations.value.T002": "−3.86 个百分点",
    }
    assert sum(cause.number for cause in share.causes) == pytest.approx(35 / 110 - 0.5)
    ((one, other, amount),) = share.more["interactions"]
    assert {one, other} == {cause.label for cause in share.causes}
    assert amount == "+1.36 个百分点"  # 13.64 is 1.36 less than 15


def test_a_passage_has_the_causes_of_what_changed_in_it(both):
    (total,) = [one for one in both.view.of("number") if "合计" in one.after]
    assert [cause.ref for cause in total.causes] == ["observations.value.T002"]
    assert (total.before, total.after) == ("合计 100.0 EFLOPS。", "合计 110.0 EFLOPS。")
    (figure,) = both.view.of("figure")
    assert (figure.title, figure.more["kinds"]) == ("图 一", ["data"])
    assert len(figure.causes) == 2


def test_a_sentence_of_no_value_has_the_cause_of_all(tmp_path, schemas):
    shown = seen(tmp_path, schemas, LESS_AI, more="另有说明一句。")
    (added,) = shown.view.of("text", changes=["added"])
    assert [cause.ref for cause in added.causes] == ["observations.value.T005"]


def test_items_stand_under_the_section_that_tells_of_them(both):
    ((section, items),) = both.view.by_section(both.view.of("number"))
    assert (section, both.view.titles[section], len(items)) == ("02-scale", "规模", 2)
    assert both.view.sections == ["02-scale"]


def test_a_row_that_came_is_one_item(tmp_path, schemas):
    def add(project):
        project.add("observations", "T015", obs_id="T900", qualifier="2031", value="700")

    shown = seen(tmp_path, schemas, add)
    (row,) = shown.view.of("input")
    assert (row.id, row.change, row.before) == ("observations.*.T900", "added", "")
    assert "数值 700" in row.after
    new = item(shown, "new:na.compute_total.2031")
    assert (new.change, new.before, new.after) == ("added", "", "700")


def test_nothing_changed(tmp_path, schemas):
    shown = seen(tmp_path, schemas)
    assert shown.view.items == ()
    assert shown.view.empty


def test_narrowed_by_kind_and_by_size(both):
    assert {one.kind for one in both.view.narrowed(["claim"]).items} == {"claim"}
    # The total moved by 10 %, the share by 36 %.
    names = {one.name for one in both.view.narrowed(["value"], 0.2).items}
    assert f"value:{SHARE}" in names
    assert "value:rg.compute_total" not in names


def test_a_digest_holds_what_was_seen(tmp_path, schemas):
    names = (tmp_path / name for name in "abc")
    one, same, other = (
        item(seen(folder, schemas, fixed("value", "T005", value)), f"value:{SHARE}").digest
        for folder, value in zip(names, ("5.0", "5.0", "6.0"), strict=True)
    )
    assert one == same != other


def test_what_a_cell_says_is_shown_as_the_input_that_it_is(both):
    cell = "observations.value.T005"
    assert cell in {entry["id"] for entry in both.view.document["values"]}
    assert [one.kind for one in both.view.items if one.id == cell] == ["input"]


def test_a_number_that_is_only_printed_otherwise_has_no_difference(both):
    most = item(both, "value:rg.ai_compute.maximum")
    assert (most.before, most.after, most.delta) == ("20.0", "20", "")


def test_a_share_weighs_by_its_points_and_what_is_printed_comes_first(both):
    values = both.view.of("value")
    order = [one.id for one in values]
    # 30 points of alpha's share before the 33 % that beta's total rose by come to 0.30 and 0.33.
    assert order.index("beta.compute_total") < order.index("alpha.ai_share")
    assert order.index("alpha.ai_share") < order.index("alpha.compute_share_rg")
    printed = replace(values[-1], sections=("02-scale",))
    assert min([*values, printed], key=weight.of_value) is printed


def test_a_place_is_no_number(tmp_path, schemas):
    shown = seen(tmp_path, schemas, fixed("value", "T002", "6.00"))  # beta before alpha's 50
    rank = item(shown, "rank:beta.rank")
    assert (rank.title, rank.before, rank.after) == ("乙 位次", "2", "1")
    assert [one.kind for one in shown.view.items if one.id == "beta.rank"] == ["rank"]


def test_a_number_that_is_printed_as_before_is_quiet(tmp_path, schemas):
    # 50 EFLOPS by 1000 and by 1000.01 hundred million: 50.00 and 49.9995 PFLOPS, both 50.00.
    shown = seen(tmp_path, schemas, fixed("value", "T009", "1000.01"))
    quiet = item(shown, "quiet:alpha.compute_per_gdp")
    assert quiet.before == quiet.after == "50.00"
    assert quiet.delta == "−0.0005"


def test_a_sentence_has_the_causes_of_its_claim_and_no_other(tmp_path, schemas):
    shown = seen(tmp_path, schemas, LESS_AI, fixed("value", "T009", "1100"))
    (sentence,) = shown.view.of("text")
    assert [cause.ref for cause in sentence.causes] == ["observations.value.T005"]
