"""Every operation and every test has its word, and no word is of nothing."""

import pytest

from suyuan.contract.configured import read_document
from suyuan.contract.words import WORDS
from suyuan.core.errors import ConfigError
from suyuan.page.vocabulary import check_words
from tests.code.miniature import ROOT

TEXT = (ROOT / WORDS).read_text(encoding="utf-8")


def words_with(tmp_path, old, new):
    assert TEXT.count(old) == 1
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/words.yaml").write_text(TEXT.replace(old, new), encoding="utf-8")
    return read_document(tmp_path / WORDS, WORDS)


def test_the_words_of_the_report_are_complete():
    check_words(read_document(ROOT / WORDS, WORDS))


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
        ("\nop:\n", "\nops:\n", "E197", "", "op"),
    ],
)
def test_a_missing_or_idle_word_is_named(tmp_path, old, new, code, column, value):
    with pytest.raises(ConfigError) as stopped:
        check_words(words_with(tmp_path, old, new))
    found = [(p.code, p.column, p.value) for p in stopped.value.problems]
    assert (code, column, value) in found
    assert all(p.file == "templates/words.yaml" for p in stopped.value.problems)
