"""Ids share one namespace: what is computed and what rows say never claim the same id."""

import pytest

from suyuan.contract.messages import message
from suyuan.contract.schema import read_schemas
from suyuan.core.errors import DataError
from suyuan.domain.ids import owner, subject_problems
from tests.code.miniature import ROOT, TEMPLATES

TABLES = {
    "subjects": [
        {"line": "2", "subject_id": "alpha", "type": "province"},
        {"line": "3", "subject_id": "report", "type": "topic"},
        {"line": "4", "subject_id": "market", "type": "vendor"},
    ],
    "tree": [{"line": "2", "node_id": "supply"}],
}


@pytest.mark.parametrize(
    ("subject", "owned"),
    [
        ("alpha", ""),
        ("tierra", ""),
        ("tier_first", "tier_*"),
        ("grade_a", "grade_*"),
        ("robust_equal", "robust_*"),
        ("audit", "audit (type: topic)"),
        ("supply", "config/tree.csv"),
        ("subjects", "subjects.csv"),
        ("ratings", ""),  # no such table here
    ],
)
def test_subjects_that_rows_may_not_name(subject, owned):
    assert owner(subject, TABLES) == owned


def test_a_topic_may_describe_the_report_and_nothing_else_may():
    found = [(p.code, p.row, p.value) for p in subject_problems(TABLES, "subjects.csv")]
    assert found == [("E156", 4, "market")]  # a vendor of that name


@pytest.mark.parametrize("subject", ["tier_first", "report", "audit", "robust_x", "observations"])
def test_a_province_under_an_id_of_ours_is_named_at_its_row(project, subject):
    rows = project.rows("subjects")
    project.write("subjects", [[subject if cell == "delta" else cell for cell in r] for r in rows])
    for table in ("observations", "policies", "supplier_presence"):
        renamed = [
            [subject if cell == "delta" else cell for cell in r] for r in project.rows(table)
        ]
        project.write(table, renamed)
    with pytest.raises(DataError) as stopped:
        project.compute()
    (problem,) = stopped.value.problems
    assert (problem.code, problem.file, problem.column) == (
        "E156", "data/raw/2030Q1/subjects.csv", "subject_id"
    )  # fmt: skip
    assert message(problem, TEMPLATES).startswith("data/raw/2030Q1/subjects.csv:8:subject_id ")


def test_a_row_that_gives_a_computed_value_is_named(project):
    # As a topic ``report`` may have rows, but its number of policies is counted.
    project.add("subjects", "town", subject_id="report", name="本报告", type="topic", parent_id="")
    project.add("observations", "T023", obs_id="T034", subject_id="report",
                indicator_id="policy_count", unit="个", value="3", qualifier="")  # fmt: skip
    with pytest.raises(DataError) as stopped:
        project.compute()
    (problem,) = stopped.value.problems
    assert (problem.code, problem.row, problem.column) == ("E157", 35, "value")
    assert message(problem, TEMPLATES).startswith(
        "data/raw/2030Q1/observations.csv:35:value 行“T034”给出的值“report.policy_count”"
    )


def test_every_subject_of_a_value_is_a_row_or_one_of_ours(ledger):
    tables = dict.fromkeys(read_schemas(ROOT / "workflow/schemas/raw"))
    tables |= dict.fromkeys(read_schemas(ROOT / "workflow/schemas/config"))
    del tables["tree"]  # the miniature has none
    known = {v.id.rpartition(".")[2] for v in ledger if v.id.startswith("subjects.type.")}
    made = {value.id.split(".")[0] for value in ledger} - known
    assert {subject for subject in made if not owner(subject, tables)} == set()
