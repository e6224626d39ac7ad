"""What each gate lets pass and what it refuses, on a miniature that was built apart."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace

import pytest

from suyuan.contract.messages import catalogue
from suyuan.core.layout import Layout
from suyuan.diff import review
from suyuan.diff.command import all_of, between
from suyuan.diff.sides import Side
from suyuan.publish import gates, pin, shelf, validators, work
from suyuan.publish.candidate import Candidate
from suyuan.publish.policy import VALIDATORS, read_policy
from tests.code.miniature import EDITION, TEMPLATES
from tests.code.publish.releases import built, publish

CORRECTED = f"{EDITION}-r1"


@pytest.fixture
def candidate(project, tmp_path):
    """A correction that was built apart, beside what it corrects."""
    project.own_sections()
    publish(project)
    project.set("observations", "T009", "value", "1001")
    return made(project, tmp_path)


def made(project, tmp_path, build=built):
    pinned, log = tmp_path / "pinned", tmp_path / "log"
    pin.lay(pin.taken(project.layout), pinned)
    build(pinned, EDITION, log)
    base = shelf.named(project.root, EDITION)
    layout, policy = Layout(pinned, EDITION), read_policy(project.root)
    return Candidate(project.root, layout, CORRECTED, base, policy, tmp_path / "beside", log)


def by_name(name):
    (gate,) = [each for each in gates.GATES if each.code == name]
    return gate


def found(name, candidate):
    """Codes of what a gate refuses, and of what it did not check."""
    said = gates.passed(by_name(name), candidate)
    refused = [one if isinstance(one, str) else one.code for one in said.refused]
    return refused, [one.code for one in said.unchecked]


def test_every_gate_has_a_name_and_every_validator_a_policy():
    codes = [gate.code for gate in gates.GATES]
    assert len(set(codes)) == len(codes)
    assert {f"gate_{code}" for code in codes} <= catalogue(TEMPLATES).keys()
    assert set(VALIDATORS) == set(validators.KNOWN)
    assert [gate.code for gate in gates.GATES if gate.early] == ["contract", "due"]


def test_contract_speaks_with_the_words_of_check(candidate):
    assert found("contract", candidate) == ([], [])
    path = candidate.layout.raw / "observations.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("1001", "１００１"), encoding="utf-8")
    (refused,), _ = found("contract", candidate)
    assert refused.startswith(f"data/raw/{EDITION}/observations.csv:10:value ")
    assert refused.endswith("(E121)")


def test_verify_refuses_what_is_not_as_it_should_be(candidate):
    (refused, *_), _ = found("verify", candidate)  # the miniature is no whole report
    assert re.fullmatch(r".+\(E\d{3}\)", refused)


def test_a_claim_has_outcome_words_and_a_place(candidate):
    whole = {"outcome": "above", "txt": "超过", "uses": ["c-1"]}
    claims = {"whole": whole} | {key: {**whole, key: ""} for key in whole}
    candidate.__dict__["lineage"] = {"claims": claims}
    assert found("claims", candidate) == (["E613"] * 3, [])


def test_a_check_of_the_source_has_a_verdict(candidate, monkeypatch):
    monkeypatch.setattr(type(candidate.side), "rows", lambda *_: {"A01": {}, "A02": {}})
    candidate.__dict__["lineage"] = {"values": {"audit.verdict.a01": {"txt": "一致"}}}
    assert found("audit", candidate) == (["E614"], [])


def test_a_gate_says_what_there_is_nothing_of(candidate, monkeypatch):
    monkeypatch.setattr(type(candidate.side), "rows", lambda *_: {})
    candidate.__dict__["lineage"] = {"claims": {}, "values": {}}
    first = replace(candidate, base=None)
    first.__dict__["lineage"] = candidate.lineage
    wanted = {"claims": "rowless", "audit": "rowless"}
    wanted |= {"explained": "baseless", "review": "baseless"}
    states = {name: by_name(name).check(first).state for name in wanted}
    assert states == wanted
    assert {f"publish_gate_{state}" for state in states.values()} <= catalogue(TEMPLATES).keys()


@pytest.mark.parametrize("name", ["contract", "verify"])
def test_a_gate_whose_command_dies_without_a_word_refuses(candidate, monkeypatch, name):
    monkeypatch.setattr(work, "run", lambda *_: work.Done(-9, "", f"suyuan {name}"))
    (refused,), _ = found(name, candidate)
    assert refused in ("E408", "E413")


def test_html_is_held_to_the_standard(candidate):
    assert found("html5", candidate) == ([], [])
    candidate.html.write_text("<!DOCTYPE html>\n<title>x</title>\n<p><b></p>", encoding="utf-8")
    refused, _ = found("html5", candidate)
    assert set(refused) == {"E616"}


def test_what_is_no_pdf_is_refused(candidate):
    pytest.importorskip("page", reason="page-validation is not installed")
    candidate.pdf.write_bytes(b"%PDF-1.7\nnothing")
    for name in ("pdfa", "pdfua"):
        refused, unchecked = found(name, candidate)
        assert set(refused) == {"E616"}
        assert unchecked == []


@pytest.mark.parametrize("name", VALIDATORS)
def test_a_validator_that_is_not_installed_is_never_passed_over(candidate, monkeypatch, name):
    def missing(module):
        raise ImportError(module)

    monkeypatch.setattr(validators, "import_module", missing)
    optional = replace(candidate.policy, validators=dict.fromkeys(VALIDATORS, "optional"))
    required = replace(candidate.policy, validators=dict.fromkeys(VALIDATORS, "required"))
    assert found(name, replace(candidate, policy=optional)) == ([], ["E615"])
    assert found(name, replace(candidate, policy=required)) == (["E615"], [])


@pytest.mark.slow
def test_axe_refuses_what_cannot_be_read(candidate):
    pytest.importorskip("selenium", reason="selenium is not installed")
    target = candidate.root / validators.AXE
    target.parent.mkdir(parents=True)
    shutil.copyfile(TEMPLATES.parent / validators.AXE, target)
    whole = "<!DOCTYPE html><html lang='zh-CN'><title>x</title><main><h1>x</h1>{}</main></html>"
    for inside, codes in (("", []), ("<button></button>", ["E616"])):
        candidate.html.write_text(whole.format(inside), encoding="utf-8")
        assert found("axe", candidate) == (codes, [])


def test_a_change_that_nothing_explains_is_refused(project, tmp_path):
    publish(project)

    def other(root, edition, log):
        done = built(root, edition, log)
        path = root / "report" / edition / "lineage.json"
        text = path.read_text(encoding="utf-8")
        (line,) = [line for line in text.splitlines() if line.startswith('"na.gdp"')]
        text = text.replace(line, line.replace("20000", "20001").replace("20,000", "20,001"))
        path.write_text(text, encoding="utf-8")
        return done

    assert "E617" in found("explained", made(project, tmp_path, other))[0]


def test_a_change_that_an_input_explains_passes(candidate):
    assert candidate.comparison.view.items
    assert found("explained", candidate) == ([], [])
    pages = candidate.compared["index.html"]
    assert f'"../../{EDITION}/report.html","../report.html"' in pages


def test_a_review_is_asked_for_where_it_is_required(candidate):
    assert found("review", candidate) == ([], ["E619"])
    required = replace(candidate, policy=replace(candidate.policy, review="required"))
    assert found("review", required) == (["E618"], [])
    shown = required.comparison
    (problem,) = gates.reviewed(required).refused
    folder, edition = problem.details["base"], problem.details["head"]
    # Asked for as the message says, the comparison has the same items with the same digests.
    base = Side.open(folder, candidate.root / folder)
    head = Side.open(edition, candidate.layout.report)
    asked = all_of(candidate.root, between(candidate.root, base, head)).view
    assert {item.name: item.digest for item in asked.items} == {
        item.name: item.digest for item in shown.view.items
    }
    verdicts = review.judged(shown.view, ["*"], review.ACCEPTED, "", "甲", "2030-04-02")
    review.write(shown.record, verdicts)
    assert found("review", required) == ([], [])


def test_the_first_edition_is_compared_with_nothing(candidate):
    first = replace(candidate, base=None)
    assert found("explained", first) == found("review", first) == ([], [])
    assert first.compared == {}
