"""Every operation and every test has its word, and no word is of nothing."""

import re

import pytest

from suyuan.contract.configured import read_document
from suyuan.contract.words import WORDS
from suyuan.core.errors import ConfigError
from suyuan.core.layout import Layout
from suyuan.page.vocabulary import ASKED, NAMED, check_words
from tests.code.miniature import EDITION, ROOT

REAL = Layout(ROOT, EDITION)
TEXT = (ROOT / WORDS).read_text(encoding="utf-8")


def words_with(tmp_path, old, new):
    assert TEXT.count(old) == 1
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/words.yaml").write_text(TEXT.replace(old, new), encoding="utf-8")
    return read_document(tmp_path / WORDS, WORDS)


def test_the_words_of_the_report_are_complete():
    check_words(read_document(ROOT / WORDS, WORDS), REAL)


@pytest.mark.parametrize(
    ("old", "new", "code", "column", "value"),
    [
        ("  growth: 后项除以前项减一\n", "", "E197", "op", "growth"),
        (
            "  growth: 后项除以前项减一\n",
            "  grwth: 后项除以前项减一\n",
            "E195",
            "op.grwth",
            "grwth",
        ),
        ("  growth: 后项除以前项减一\n", "  growth:\n", "E181", "op.growth", ""),
        ("  trend: 逐项变动\n", "", "E197", "test", "trend"),
        ("\nop:\n", "\nops:\n", "E195", "ops", "ops"),
        ("  judged: 人工判断\n", "", "E197", "page", "judged"),
        ("  judged: 人工判断\n", "  judgd: 人工判断\n", "E195", "page.judgd", "judgd"),
        ("  judged: 人工判断\n", '  judged: ""\n', "E181", "page.judged", ""),
        ("themes: {auto: 跟随系统, ", "themes: {", "E197", "panel.themes", "auto"),
        ("check: 第 {} 项核对", "check: 第几项核对", "E907", "check", "第几项核对"),
        ("check: 第 {} 项核对", "check: 第 {n} 项核对", "E907", "check", "第 {n} 项核对"),
        ("check: 第 {} 项核对", "check: 第 { 项核对", "E907", "check", "第 { 项核对"),
        ("  close: 关闭\n", "  close: 关闭{}\n", "E907", "panel.close", "关闭{}"),
        ("\npanel:\n", "\npanels:\n", "E195", "panels", "panels"),
    ],
)
def test_a_missing_or_idle_word_is_named(tmp_path, old, new, code, column, value):
    with pytest.raises(ConfigError) as stopped:
        check_words(words_with(tmp_path, old, new), REAL)
    found = [(p.code, p.column, p.value) for p in stopped.value.problems]
    assert (code, column, value) in found
    assert all(p.file == "templates/words.yaml" for p in stopped.value.problems)


def groups(text):
    """Groups of words that templates and code ask for, and each that is asked for by name."""
    chains = re.findall(r"\bwords(?:\.|\[\")(\w+)(?:\"\])?(?:(?:\.|\[\")(\w+))?", text)
    return {chain for chain in chains if chain[0] in SHAPE}


SHAPE = read_document(ROOT / ASKED, str(ASKED)).content


def test_what_templates_and_code_ask_for_is_asked_for():
    templates = [*(ROOT / "templates/sections").glob("*"), *(ROOT / "templates/macros").glob("*")]
    code = [*(ROOT / "workflow/lib/suyuan/page").glob("*.py")]
    asked = set().union(*(groups(path.read_text(encoding="utf-8")) for path in templates + code))
    named = {(group, word) for group, word in asked if word and isinstance(SHAPE[group], dict)}
    assert len(named) > 10
    assert [chain for chain in named if chain[1] not in SHAPE[chain[0]]] == []


def test_every_word_is_asked_for_or_named_by_the_library():
    words = read_document(ROOT / WORDS, WORDS).content
    assert set(words) == {*SHAPE, *NAMED, "alt"}
    assert {group: set(words[group]) for group in SHAPE if isinstance(words[group], dict)} == {
        group: set(entries) for group, entries in SHAPE.items() if isinstance(entries, dict)
    }
