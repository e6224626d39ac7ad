"""Mutants are the same for a seed; the bench sees tracebacks, hidden characters, wrong places."""

from __future__ import annotations

import pytest

from suyuan.stages import check
from tests.code.miniature import EDITION
from tools.fuzz.bench import ACCEPTED, ELSEWHERE, ROW, TOLD, TRACEBACK, UNSEEN, WRONG, Bench
from tools.fuzz.mutants import ANY, TABLE, YAML, Mutant, mutants

OBSERVATIONS = f"data/raw/{EDITION}/observations.csv"


@pytest.fixture
def bench(project, tmp_path):
    return Bench(project.root, tmp_path / "copy")


def changed(bench, old, new, file=OBSERVATIONS, family="cell replaced"):
    data = bench.files()[file]
    assert data.count(old.encode()) >= 1
    line = data.count(b"\n", 0, data.index(old.encode())) + 1
    return Mutant(family, 0, file, data.replace(old.encode(), new.encode(), 1), line)


def test_mutants_are_the_same_for_a_seed_and_of_every_family(bench):
    files = bench.files()
    one, other = mutants(files, 40), mutants(files, 40)
    assert one == other != mutants(files, 40, seed="another")
    assert {mutant.family for mutant in one} == {*ANY, *TABLE, *YAML}
    assert {name.rpartition(".")[2] for name in files} == {"csv", "yaml"}
    assert any(mutant.data != files[mutant.file] for mutant in one)


def test_a_few_files_alone_may_be_mutated(bench):
    yamls = {name: data for name, data in bench.files().items() if name.endswith(".yaml")}
    assert {mutant.family for mutant in mutants(yamls, 40)} == {*ANY, *YAML}


def test_mutants_of_the_miniature_are_told_or_lawful(bench):
    verdicts = [bench.judge(mutant) for mutant in mutants(bench.files(), 160)]
    assert [v for v in verdicts if v.outcome in WRONG] == []
    assert {v.outcome for v in verdicts} == {ACCEPTED, TOLD}


def test_a_mutant_is_gone_after_it_was_judged(bench):
    before = bench.files()
    assert bench.judge(changed(bench, "T009", "?")).outcome == TOLD
    assert bench.files() == before


def test_what_nobody_foresaw_is_seen(bench, monkeypatch):
    def broken(*_):
        raise KeyError("x")

    monkeypatch.setattr(check, "computed", broken)
    verdict = bench.judge(changed(bench, "T009", "?"))
    assert verdict.outcome == TRACEBACK
    assert "KeyError" in verdict.said


def test_another_file_or_row_is_seen(bench):
    told = changed(bench, "T009", "?")
    assert bench.judge(told).outcome == TOLD
    assert bench.judge(Mutant(told.family, 0, told.file, told.data, told.line + 1)).outcome == ROW
    # a subject that is gone is told where it is missed
    gone = changed(bench, "beta,", "betb,", f"data/raw/{EDITION}/subjects.csv", "byte changed")
    assert bench.judge(gone).outcome in {ELSEWHERE, TOLD}


def test_what_is_not_seen_is_seen(bench, monkeypatch):
    monkeypatch.setattr(Bench, "_check", lambda *_: None)
    assert bench.judge(changed(bench, "约数", "约\u200b数")).outcome == UNSEEN
    assert bench.judge(changed(bench, "约数", "大数")).outcome == ACCEPTED
    assert ACCEPTED not in WRONG
