"""What an edition changed and carried over is counted, and nothing where it did neither."""

from __future__ import annotations

import shutil
from dataclasses import replace

from suyuan.contract import edition, observations
from suyuan.domain import values
from tests.code.miniature import ROOT, Project, borrow_schemas
from tests.code.publish.rolled import NEXT, Next

FRESH = "indicator_id,max_age_days,expected_by,reason\ngdp,1,,x\n"


def ledger_of(project, made):
    tables = {name: edition.ingested(table) for name, table in edition.check(made.layout).items()}
    config = replace(project.config, edition=NEXT)
    return values.compute(made.layout, config, tables, observations.check(made.layout, tables))


def counts(ledger):
    said = ("report.revision_count", "report.carried_count", "report.aged_count")
    return {value.id: int(value.number) for value in ledger if value.id.startswith(said)}


def test_the_first_edition_has_no_such_counts(project):
    assert counts(project.compute()) == {}


def test_revisions_are_counted_by_kind_and_carried_rows_are_those_left(project):
    made = Next.of(project)
    rows = len(made.rows("carried"))
    made.drop("carried", "hubs.west")
    made.set("hubs", "west", "name", "西枢纽二")
    made.revise("hubs", "west", "name", "西枢纽", "correction")
    made.add("hubs", "west", hub_id="moon", name="月枢纽", order="3")
    made.revise("hubs", "moon", "", "", "addition")
    assert counts(ledger_of(project, made)) == {
        "report.revision_count": 2, "report.revision_count.addition": 1,
        "report.revision_count.correction": 1, "report.carried_count": rows - 1,
    }  # fmt: skip


def test_what_is_carried_beyond_its_age_is_counted_until_it_is_looked_at(tmp_path):
    schemas = borrow_schemas(tmp_path / "schemas")
    shutil.copy(ROOT / "workflow/schemas/config/freshness.yaml", schemas / "config")
    project = Project.make(tmp_path / "project", schemas)
    (project.layout.config / "freshness.csv").write_text(FRESH, encoding="utf-8")
    made = Next.of(project)
    aged = ledger_of(project, made)["report.aged_count"].parents
    gdp = {row["obs_id"] for row in made.rows("observations") if row["indicator_id"] == "gdp"}
    assert aged
    assert {parent.rpartition(".")[2] for parent in aged} <= gdp
    seen, *left = aged
    made.drop("carried", f"observations.{seen.rpartition('.')[2]}")
    assert ledger_of(project, made)["report.aged_count"].parents == tuple(left)


def test_a_publication_that_is_late_is_counted_and_named(tmp_path):
    schemas = borrow_schemas(tmp_path / "schemas")
    shutil.copy(ROOT / "workflow/schemas/config/releases.yaml", schemas / "config")
    project = Project.make(tmp_path / "project", schemas)
    header = "release_id,title,series,expected_by,max_age_days,reason\n"
    text = f"{header}never,季报,quarterly,01-31,30,x\nbook,年鉴,yearbook,01-31,9999,x\n"
    (project.layout.config / "releases.csv").write_text(text, encoding="utf-8")
    assert project.compute()["report.late_count"].parents == ("releases.title.never",)
    kept = "".join(text.splitlines(keepends=True)[::2])
    (project.layout.config / "releases.csv").write_text(kept, encoding="utf-8")
    assert "report.late_count" not in {value.id for value in project.compute()}
