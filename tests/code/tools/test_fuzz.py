"""Mutants are the same for a seed; the bench sees tracebacks, hidden characters, wrong places."""

from __future__ import annotations

import pytest

from suyuan.stages import check, normalise
from tests.code.miniature import EDITION
from tools.fuzz.__main__ import Part, report
from tools.fuzz.bench import (
    ACCEPTED,
    AS_BEFORE,
    ELSEWHERE,
    ROW,
    TOLD,
    TRACEBACK,
    UNSEEN,
    WRONG,
    Bench,
    Verdict,
)
from tools.fuzz.later import BUILT, LATE, STOPPED, batches, built
from tools.fuzz.mutants import ANY, TABLE, YAML, Mutant, mutants
from tools.mutation.gates import CRASH, Caught
from tools.mutation.kinds import Fault

OBSERVATIONS = f"data/raw/{EDITION}/observations.csv"


@pytest.fixture
def bench(project, tmp_path):
    project.own_sections()
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
    assert {v.outcome for v in verdicts} == {ACCEPTED, AS_BEFORE, TOLD}


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


def test_what_reads_as_before_is_told_from_what_does_not(bench):
    marked = Mutant(
        "another encoding", 0, OBSERVATIONS, b"\xef\xbb\xbf" + bench.files()[OBSERVATIONS], 0
    )
    assert bench.judge(marked).outcome == AS_BEFORE
    assert bench.judge(changed(bench, "约数", "大数")).outcome == ACCEPTED


def test_mutants_built_together_are_of_different_files(bench):
    some = mutants(bench.files(), 64)
    groups = batches(some)
    assert sorted(m.number for group in groups for m in group) == list(range(64))
    assert all(len({m.file for m in group}) == len(group) <= 4 for group in groups)
    assert len(groups) < 32


def test_what_breaks_in_a_build_is_found_among_what_was_built_with_it(bench, monkeypatch):
    subjects, units = f"data/raw/{EDITION}/subjects.csv", "config/units.csv"
    some = [
        changed(bench, "约数", "大数"),
        changed(bench, "甲省", "丁省", subjects),
        changed(bench, "EFLOPS,EFLOPS,1,", "EFLOPS,EFLOPS,x,", units),
    ]
    before, run = bench.files(), normalise.run

    def broken(layout, config):
        if "大数" in (layout.raw / "observations.csv").read_text(encoding="utf-8"):
            raise KeyError("x")
        run(layout, config)

    monkeypatch.setattr(normalise, "run", broken)
    verdicts = list(built(bench, some, ("ingest", "normalise")))
    assert [verdict.outcome for verdict in verdicts] == [LATE, BUILT, STOPPED]
    assert "normalise: " in verdicts[0].said
    assert "KeyError" in verdicts[0].said
    assert verdicts[2].said.startswith("ingest: E")
    assert bench.files() == before


def test_what_is_refused_is_not_built():
    fault = Fault("x-01", "x", "units", "", ())
    assert not Caught(fault, "score", "E153", "E153").goes_on
    assert not Caught(fault, CRASH, said="KeyError").goes_on
    assert not Caught(fault, "audit", "E171", "E171").goes_on  # a check that cannot be made
    assert Caught(fault, "audit", "audit.verdict.a01").goes_on  # another verdict
    assert all(Caught(fault, gate).goes_on for gate in ("none", "claims", "plausibility"))


def test_a_crash_is_told_and_catches_nothing():
    fault = Fault("x-01", "x", "units", "", ())
    told = report(
        Part(noticed=[Caught(fault, CRASH, "KeyError: 'x'"), Caught(fault, "score", "E1")])
    )
    assert (told["faults"], told["noticed"], told["noticed_too_seldom"]) == (2, 1, ["x"])


def test_what_is_found_is_counted_and_what_is_wrong_is_shown():
    mutant = Mutant("cell replaced", 7, OBSERVATIONS, b"", 3)
    checked = [Verdict(mutant, TOLD), Verdict(mutant, ROW, "x" * 999)]
    lost = Caught(Fault("x-01", "x", "units", "", (), 4), "contract", "E1", "E1", elsewhere=True)
    later = [Verdict(mutant, STOPPED, "render: E300"), Verdict(mutant, BUILT)]
    said = report(Part(checked, [lost, Caught(lost.fault, "none")], later))
    assert said["mutants"] == {TOLD: 1, ROW: 1}
    assert (said["faults"], said["noticed"], said["noticed_too_seldom"]) == (2, 1, ["x"])
    assert said["built"] == {STOPPED: 1, BUILT: 1}
    assert [each["said"] for each in said["stopped"]] == ["render: E300"]
    assert [each["outcome"] for each in said["wrong"]] == [ROW, ELSEWHERE]
    assert len(said["wrong"][0]["said"]) == 300
