"""Checks become verdicts: a small ledger of made-up claims, judged by hand."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from suyuan.contract.messages import message
from suyuan.contract.observations import book_of
from suyuan.contract.tables import read_table, rowwise
from suyuan.core.errors import DataError
from suyuan.domain.audit.audit import audit
from suyuan.domain.audit.source_test import rules, source_test
from suyuan.domain.operations import OPERATIONS
from suyuan.lineage.ledger import Ledger
from suyuan.lineage.reads import Shelf
from suyuan.lineage.texts import Texts
from suyuan.lineage.value import Cell

ROOT = Path(__file__).parents[4]
FILE = "data/raw/2030Q1/audit_checks.csv"
OTHERS = ("observations", "audit_wordings")
FILES = (
    {"audit_checks": FILE}
    | {name: f"data/raw/2030Q1/{name}.csv" for name in OTHERS}
    | {"verdicts": "config/verdicts.csv"}
)
CONFIG = {name: read_table(ROOT / f"config/{name}.csv") for name in ("verdicts", "audit_limits")}
COLUMNS = ["line", "check_id", "severity", "test", "inputs", "printed", "judgement"]


def frame(columns, *rows):
    return pd.DataFrame(list(rows), columns=columns, dtype=str)


def tables(*checks):
    """Tables with the given checks; two vendors of which one discloses a scale and no share."""
    rows = [
        dict.fromkeys(COLUMNS, "") | {"line": str(line + 2)} | check
        for line, check in enumerate(checks)
    ]
    subjects = frame(["subject_id", "type"], ["a", "province"], ["v", "vendor"], ["w", "vendor"])
    observations = frame(
        ["obs_id", "subject_id", "indicator_id"],
        ["T1", "a", "compute_total"], ["T2", "v", "compute_total"], ["T3", "w", "served_agencies"],
    )  # fmt: skip
    listed = {
        "trends": frame(["line", "trend_id"], ["2", "one"], ["3", "two"]),
        "guides": frame(["line", "guide_id"], ["2", "one"]),
        "index_nodes": frame(["line", "node_id"], ["2", "one"]),
    }
    made = {"audit_checks": frame(COLUMNS, *([row[c] for c in COLUMNS] for row in rows))}
    return listed | made | CONFIG | {"subjects": subjects, "observations": observations}


NUMBERS = {  # id: printed number, unit, comparator
    "a.compute_total": ("131.0", "EFLOPS", "="),
    "b.compute_total": ("114.5", "EFLOPS", "="),
    "ab.compute_total.printed": ("245", "EFLOPS", "≈"),
    "a.ai_compute": ("79.8", "EFLOPS", "="),
    "city.ai_compute": ("10", "万P", ">"),
    "report.report_year": ("2026", "年", "="),
}
TEXTS = {
    "audit_wordings.text.one": "后端",
    "audit_wordings.text.two": "后台",
    "audit_wordings.text.again": "后端",
    "edition.cutoff.2030Q1": "2030-03-31",
}


@pytest.fixture
def ledger():
    """Values to be audited, with the texts of the configuration."""
    names = ("indicators", "units", "verdicts", "audit_limits")
    config = {name: read_table(ROOT / f"config/{name}.csv") for name in names}
    ledger = Ledger(book_of(config), OPERATIONS, texts=Texts(rowwise(config)))
    for value_id, (printed, unit, comparator) in NUMBERS.items():
        ledger.convert(value_id, printed, unit, Cell("t", "v", value_id), comparator=comparator)
    for value_id, text in TEXTS.items():
        ledger.text(value_id, text, Cell(*value_id.split(".")[:2], value_id))
    for name in (
        "trends.name.one",
        "trends.name.two",
        "guides.audience.one",
        "index_nodes.name.one",
    ):
        ledger.text(name, name, Cell(*name.split(".")))
    return ledger


def check(number, test, inputs, **cells):
    return {"check_id": f"A{number:02d}", "severity": "low", "test": test, "inputs": inputs} | cells


def run(ledger, *checks):
    audit(ledger, Shelf(ledger, tables(*checks)), "2030Q1", FILES.get)
    return ledger


SUM = check(
    1, "restated_total", "a.compute_total;b.compute_total", printed="ab.compute_total.printed"
)
PART = check(2, "part_of_whole", "city.ai_compute;a.ai_compute", severity="high")
WORDS = check(3, "same_words", "audit_wordings.text.one;audit_wordings.text.two")
SAME = check(4, "same_words", "audit_wordings.text.one;audit_wordings.text.again")


def test_a_verdict_is_a_value_with_its_facts_and_outcomes(ledger):
    run(ledger, SUM)
    verdict = ledger["audit.verdict.a01"]
    # 131.0 + 114.5 = 245.5; 245 ± 0.5 and 245.5 ± 0.1 meet
    assert (verdict.v, verdict.txt, verdict.op) == ("一致", "一致", "verdict_restated")
    assert verdict.parents == (
        "ab.compute_total.printed", "audit.compute_total.a01",
        "verdicts.name.consistent", "verdicts.name.rounding", "verdicts.name.contradiction",
    )  # fmt: skip
    assert verdict.meta == {"computed": "audit.compute_total.a01"}
    total = ledger["audit.compute_total.a01"]
    assert (str(total.v), total.op) == ("245.5", "sum")
    assert total.parents == ("a.compute_total", "b.compute_total")


def test_one_input_is_the_computed_figure_itself(ledger):
    run(ledger, check(1, "restated_total", "a.compute_total", printed="ab.compute_total.printed"))
    assert ledger["audit.verdict.a01"].v == "矛盾"  # 245 is not 131.0
    assert ledger["audit.verdict.a01"].meta == {"computed": "a.compute_total"}


def test_a_bound_is_exact_and_a_part_larger_than_its_whole_contradicts(ledger):
    run(ledger, PART)
    assert ledger["audit.verdict.a02"].v == "矛盾"
    share = ledger["audit.part_share.a02"]
    # 100 / 79.8 = 1.25313…; "over 10 万P" makes it more
    assert (share.txt, share.meta["comparator"]) == ("125.3%", ">")


def test_without_a_judgement_the_test_decides(ledger):
    run(ledger, WORDS, SAME)
    assert ledger["audit.verdict.a03"].v == "口径冲突"
    assert ledger["audit.verdict.a04"].v == "一致"
    assert "report.audit_count.judged" not in ledger


def test_a_judgement_takes_the_place_of_what_the_test_finds(ledger):
    run(ledger, WORDS | {"judgement": "contradiction"})
    assert ledger["audit.verdict.a03"].v == "矛盾"
    assert ledger["report.audit_count.judged"].parents == ("audit.verdict.a03",)


def test_a_judgement_does_not_touch_a_claim_that_holds(ledger):
    run(ledger, SAME | {"judgement": "contradiction"}, WORDS)
    assert ledger["audit.verdict.a04"].v == "一致"
    assert "report.audit_count.judged" not in ledger


def test_what_only_a_person_can_decide_is_the_judgement(ledger):
    run(ledger, check(5, "judged", "audit_wordings.text.one", judgement="unverifiable"))
    assert ledger["audit.verdict.a05"].v == "无法证实"
    assert "audit_wordings.text.one" in ledger["audit.verdict.a05"].parents


def test_verdicts_are_counted_by_sort_and_severity(ledger):
    run(ledger, SUM, PART, WORDS, SAME)
    counts = {
        value.id.removeprefix("report.audit_count"): int(value.number)
        for value in ledger
        if value.id.startswith("report.audit_count")
    }
    assert counts[""] == 4
    assert (counts[".consistent"], counts[".contradiction"], counts[".basis_conflict"]) == (2, 1, 1)
    assert (counts[".rounding"], counts[".unverifiable"], counts[".stale_target"]) == (0, 0, 0)
    assert (counts[".high"], counts[".low"]) == (1, 3)
    assert (counts[".high_contradiction"], counts[".low_contradiction"]) == (1, 0)
    assert counts[".low_consistent"] == 2
    every = {f"audit.verdict.a0{n}" for n in (1, 2, 3, 4)}
    assert set(ledger["report.audit_count.rounding"].parents) == every | {"verdicts.name.rounding"}


def test_evidence_is_counted_from_rows(ledger):
    run(ledger, SUM)
    found = {n: ledger[f"audit.evidence_count.{n}"].number for n in ("trends", "guides")}
    assert found == {"trends": 2, "guides": 1}
    # of the two vendors' rows one is in EFLOPS and none is a share
    assert ledger["audit.evidence_count.vendor_scales"].number == 1
    assert ledger["audit.evidence_count.vendor_shares"].number == 0


def test_limits_are_values(ledger):
    run(ledger, SUM)
    assert str(ledger["audit.limit.far"].v) == "2"
    assert str(ledger["audit.limit.round_step"].v) == "0.1"


def test_the_edition_s_own_row_is_named_by_a_placeholder(ledger):
    inputs = "audit_wordings.text.one;edition.cutoff.{edition}"
    run(ledger, check(6, "judged", inputs, judgement="rounding"))
    assert "edition.cutoff.2030Q1" in ledger["audit.verdict.a06"].parents


@pytest.mark.parametrize(
    ("row", "code", "column", "value"),
    [
        (check(1, "guessed", "a.compute_total"), "E170", "test", "guessed"),
        (check(1, "part_of_whole", "a.nothing;a.ai_compute"), "E171", "inputs", "a.nothing"),
        (SUM | {"printed": "a.missing"}, "E171", "printed", "a.missing"),
        (check(1, "judged", "a.compute_total"), "E172", "judgement", "A01"),
        # three instead of two; texts instead of numbers; compute and year; nothing printed
        (
            check(1, "part_of_whole", "a.ai_compute;a.ai_compute;a.ai_compute"),
            "E173", "inputs", "a.ai_compute;a.ai_compute;a.ai_compute",
        ),
        (
            check(1, "part_of_whole", "audit_wordings.text.one;audit_wordings.text.two"),
            "E173", "inputs", "audit_wordings.text.one;audit_wordings.text.two",
        ),
        (
            check(1, "restated_total", "a.compute_total;report.report_year"),
            "E173", "inputs", "a.compute_total;report.report_year",
        ),
        (check(1, "restated_total", "a.compute_total"), "E173", "inputs", "a.compute_total"),
        (check(1, "superseded", "a.compute_total"), "E173", "inputs", "a.compute_total"),
    ],
)  # fmt: skip
def test_a_check_that_cannot_be_made_is_reported_with_its_row(ledger, row, code, column, value):
    with pytest.raises(DataError) as raised:
        run(ledger, WORDS, row)
    (problem,) = raised.value.problems
    assert (problem.code, problem.file, problem.row) == (code, FILE, 3)
    assert (problem.column, problem.value) == (column, value)
    said = message(problem, ROOT / "templates")
    assert f"({code})" in said
    if code == "E171":
        assert "data/raw/2030Q1/observations.csv" in said
    if code == "E173":  # the order in which the test wants its inputs, and where that stands
        wanted = source_test(row["test"]).wants
        assert f"{wanted}（见 workflow/lib/suyuan/domain/audit/checks/{row['test']}.py）" in said


def test_a_text_that_is_gone_names_the_table_it_stood_in(ledger):
    with pytest.raises(DataError) as raised:
        run(ledger, check(1, "same_words", "verdicts.name.gone;audit_wordings.text.one"))
    (problem,) = raised.value.problems
    assert "config/verdicts.csv" in message(problem, ROOT / "templates")


def test_a_number_of_a_subject_that_is_called_as_a_table_is_missed_in_the_observations(ledger):
    with pytest.raises(DataError) as raised:
        run(ledger, check(1, "judged", "verdicts.indicator_count.all", judgement="rounding"))
    (problem,) = raised.value.problems
    assert problem.details["target"] == "data/raw/2030Q1/observations.csv"


def test_all_problems_are_reported_together(ledger):
    bad = [check(1, "guessed", "a.ai_compute"), check(2, "judged", "a.nothing")]
    with pytest.raises(DataError) as raised:
        run(ledger, *bad)
    assert [p.code for p in raised.value.problems] == ["E170", "E171", "E172"]


def test_every_outcome_has_a_name():
    codes = set(CONFIG["verdicts"]["verdict_id"])
    used = {code for rule in rules().values() for code in rule.outcomes} - {"judged"}
    assert used == codes
    assert list(CONFIG["verdicts"]["name"]) == [
        "一致",
        "舍入",
        "无法证实",
        "矛盾",
        "已被实绩取代",
        "口径冲突",
    ]
