"""Sentences of two pages side by side."""

from __future__ import annotations

from suyuan.diff import text
from tests.code.diff.pages import between, claim, fact, section, told


def said(entry):
    return entry["kind"], entry["change"], entry["before"], entry["after"]


def test_equal_pages_have_no_changes(tmp_path):
    body = f"<p>合计 {fact('316.8', 'nw.total')}。另有其他。</p>"
    assert between(tmp_path, body, body) == []


def test_only_the_sentence_that_changed_is_named(tmp_path):
    before = f"<p>第一句。合计 {fact('316.8', 'nw.total')} EFLOPS。第三句。</p>"
    after = f"<p>第一句。合计 {fact('352.3', 'nw.total')} EFLOPS。第三句。</p>"
    (entry,) = between(tmp_path, before, after)
    assert said(entry) == ("sentence", "changed", "合计 316.8 EFLOPS。", "合计 352.3 EFLOPS。")
    assert entry["section"], entry["heading"] == ("02-scale", "规模")
    assert entry["only_numbers"] is True
    assert entry["values"] == entry["changed_values"] == ["nw.total"]
    assert entry["redline"] == [
        ["=", "合计 "], ["-", "316.8"], ["+", "352.3"], ["=", " EFLOPS。"],
    ]  # fmt: skip


def test_words_of_a_claim_are_no_numbers(tmp_path):
    share = "nw.over_60"
    (entry,) = between(
        tmp_path,
        f"<p>占比{claim(share, '超过六成')}。</p>",
        f"<p>占比{claim(share, '不足六成')}。</p>",
    )
    assert entry["only_numbers"] is False
    assert entry["claims"] == [share]
    assert entry["values"] == []


def test_words_of_the_template_are_told_from_those_of_values(tmp_path):
    before, after = fact("甘肃", "nw.leader"), fact("宁夏", "nw.leader")
    (entry,) = between(tmp_path, f"<p>{before}居首。</p>", f"<p>{after}居首。</p>")
    assert (entry["only_numbers"], entry["only_values"]) == (False, True)
    (entry,) = between(tmp_path, f"<p>规模以{before}居首。</p>", f"<p>规模以{after}列首。</p>")
    assert entry["only_values"] is False


def test_a_word_for_a_number_is_a_word(tmp_path):
    before, after = fact("1", "gansu.tier", "第一梯队"), fact("2", "gansu.tier", "第二梯队")
    (entry,) = between(tmp_path, f"<p>甘肃为{before}。</p>", f"<p>甘肃为{after}。</p>")
    assert entry["only_numbers"] is False
    before, after = fact("3", "n.count", "三"), fact("4", "n.count", "四")
    (entry,) = between(tmp_path, f"<p>共{before}项。</p>", f"<p>共{after}项。</p>")
    assert entry["only_numbers"] is True


def test_numbering_is_no_change(tmp_path):
    reference = '<p>见<a class="see" href="#{}"><span data-ordinal>图 {}</span></a>。</p>'
    assert between(tmp_path, reference.format("fig-a", 3), reference.format("fig-a", 4)) == []
    (entry,) = between(tmp_path, reference.format("fig-a", 3), reference.format("fig-b", 3))
    assert entry["kind"] == "sentence"


def test_a_document_is_known_by_its_row_not_by_its_number(tmp_path):
    row = '<tr><th scope="row"><span id="S{}" data-ordinal>S{}</span></th><td>{}</td></tr>'
    cited = '<p>据<a class="code" href="#S{}" data-ordinal>[S{}]</a>。</p>'

    def page(number):
        listed = row.format(number, number, fact("某报告", "sources.title.some", "某报告"))
        return f"{cited.format(number, number)}<table><tbody>{listed}</tbody></table>"

    assert between(tmp_path, page(1), page(7)) == []


def test_sentences_come_and_go(tmp_path):
    entries = between(tmp_path, "<p>甲乙丙丁。戊己。</p>", "<p>甲乙丙丁。子丑寅卯。</p>")
    assert [said(one) for one in entries] == [
        ("sentence", "removed", "戊己。", ""), ("sentence", "added", "", "子丑寅卯。"),
    ]  # fmt: skip


def test_a_sentence_in_another_section_has_moved(tmp_path):
    before = [section("<p>一句话。</p><p>留下。</p>", "01-a", "甲"), section("", "02-b", "乙")]
    after = [section("<p>留下。</p>", "01-a", "甲"), section("<p>一句话。</p>", "02-b", "乙")]
    (entry,) = text.changes(told(tmp_path, *before), told(tmp_path, *after))
    assert said(entry) == ("sentence", "moved", "一句话。", "一句话。")
    assert (entry["section"], entry["from"]) == ("02-b", "甲")


def test_script_drawing_data_and_contents_are_no_prose(tmp_path):
    unseen = (
        "<nav><p>{0}</p></nav><script>{0}</script><svg><text>{0}</text></svg>"
        '<details class="data"><p>{0}</p></details><section hidden><p>{0}</p></section>'
    )
    assert between(tmp_path, unseen.format("前"), unseen.format("后")) == []


def test_the_least_change_is_found_among_like_sentences(tmp_path):
    before = f"<p>甘肃为 {fact('1.5', 'a')}，高于整体。宁夏为 {fact('2.5', 'b')}，高于整体。</p>"
    after = f"<p>甘肃为 {fact('1.5', 'a')}，高于整体。宁夏为 {fact('2.7', 'b')}，低于整体。</p>"
    (entry,) = between(tmp_path, before, after)
    assert entry["before"].startswith("宁夏")
    assert entry["changed_values"] == ["b"]


def test_a_source_line_is_no_sentence(tmp_path):
    line = '<p class="source">数据来源：<a class="code" href="#S1" data-ordinal>[S1]</a>{}。</p>'
    (entry,) = between(tmp_path, line.format(""), line.format("；由本项目计算"))
    assert (entry["kind"], entry["change"]) == ("source", "changed")


def test_references_after_a_sentence_are_not_part_of_it(tmp_path):
    cited = (
        '<span class="references">[<a class="evidence" href="#e{0}"><span data-ordinal>E{0}</span>'
        "</a>·{1}]</span>"
    )

    def line(number, grade):
        return f"<li>一句话。{cited.format(number, fact(grade, f'sources.grade.x{number}'))}</li>"

    (entry,) = between(tmp_path, line(1, "B"), line(2, "A"))
    assert (entry["kind"], entry["before"], entry["after"]) == ("source", "[E1·B]", "[E2·A]")
