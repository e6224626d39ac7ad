"""What is delivered: every file under a digest, nothing stale, the data inside the PDF too."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import pypdf
import pytest

from tests.editions.delivered import ROUND_REPORTS, SHARED, STATEMENT, digest, files_below
from tests.workflow.project import Project

EXPORTS = ["report.xlsx", "datapackage.json", "ro-crate-metadata.json", STATEMENT]


def test_all_four_files_are_delivered(report: Path) -> None:
    assert set(EXPORTS) <= set(files_below(report))


@pytest.mark.slow
def test_exports_are_the_same_bytes_under_other_conditions(project: Project, edition: str) -> None:
    before = project.contents(f"build/{edition}")
    for name in EXPORTS:
        (project.root / f"build/{edition}" / name).unlink()
    elsewhere = {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "5", "LC_ALL": "C"}
    for stage in ("tabulate", "export"):
        done = project.run("suyuan", "stage", stage, **elsewhere)
        assert done.code == 0, done.output
    assert project.contents(f"build/{edition}") == before


def test_the_statement_holds_the_digest_of_every_file(report: Path) -> None:
    statement = json.loads((report / STATEMENT).read_text(encoding="utf-8"))
    assert statement["_type"] == "https://in-toto.io/Statement/v1"
    assert statement["predicateType"] == "https://slsa.dev/provenance/v1"
    stated = {entry["name"]: entry["digest"]["sha256"] for entry in statement["subject"]}
    assert len(stated) == len(statement["subject"])
    files = files_below(report)
    assert stated == {name: digest(path) for name, path in files.items() if name != STATEMENT}


def test_the_statement_names_what_the_report_was_made_from(
    built: Path, report: Path, edition: str
) -> None:
    predicate = json.loads((report / STATEMENT).read_text(encoding="utf-8"))["predicate"]
    definition = predicate["buildDefinition"]
    assert definition["externalParameters"]["config"]["edition"] == edition
    assert re.fullmatch(r"urn:suyuan:[\w:-]+", definition["buildType"])
    assert re.fullmatch(r"urn:suyuan:[\w:-]+", predicate["runDetails"]["builder"]["id"])
    assert "metadata" not in predicate["runDetails"]  # no time, no run id
    parts = definition["resolvedDependencies"]
    used = {e["name"]: e["digest"]["sha256"] for e in parts if "name" in e}
    libraries = {e["uri"] for e in parts if "name" not in e}
    assert f"pkg:pypi/matplotlib@{version('matplotlib')}" in libraries
    assert len(libraries) > 30
    for name, value in used.items():
        assert digest(built / name) == value, name
    for pattern in (
        f"data/raw/{edition}/*.csv",
        "config/*",
        "templates/**/*",
        "workflow/**/*",
        "Snakefile",
    ):
        for path in built.glob(pattern):
            name = path.relative_to(built).as_posix()
            other = name.startswith(ROUND_REPORTS) and name != SHARED
            if path.is_file() and path.suffix != ".pyc" and path.name != "py.typed":
                assert (name in used) != other, name


def test_every_source_that_lineage_names_travels(built: Path, report: Path) -> None:
    lineage = json.loads((report / "lineage.json").read_bytes())
    paths = {source["path"] for source in lineage["sources"]}
    assert {"config/config.yaml", "config/claims.yaml", "config/figures.yaml"} <= paths
    for path in paths:
        assert (report / path).read_bytes() == (built / path).read_bytes(), path


def test_a_file_changed_after_the_build_is_not_delivered(project: Project, edition: str) -> None:
    before = project.contents(f"report/{edition}")
    path = project.root / f"data/processed/{edition}/normalised.csv"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    done = project.run("suyuan", "stage", "deliver")
    assert done.code == 1
    assert "normalised.csv" in done.output
    assert "(E180)" in done.output
    assert "Traceback" not in done.output
    assert project.contents(f"report/{edition}") == before


def test_raw_data_changed_after_rendering_are_not_exported(project: Project, edition: str) -> None:
    before = project.contents(f"build/{edition}")
    path = project.root / f"data/raw/{edition}/hubs.csv"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    done = project.run("suyuan", "stage", "export")
    assert done.code == 1
    assert f"data/raw/{edition}" in done.output  # what ingest read is other now
    assert "(E410)" in done.output
    assert project.contents(f"build/{edition}") == before


def test_what_is_no_longer_made_is_no_longer_delivered(project: Project, edition: str) -> None:
    old = project.root / f"report/{edition}/figures/{edition}/renamed.csv"
    mine = project.root / f"report/{edition}/notes.txt"
    for path in (old, mine):
        path.write_text("x", encoding="utf-8")
    assert project.run("suyuan", "stage", "deliver").code == 0
    assert not old.exists()
    assert mine.exists()


def test_the_pdf_carries_raw_tables_figures_and_lineage(
    built: Path, report: Path, edition: str
) -> None:
    reader = pypdf.PdfReader(report / "report.pdf")
    attached = {name: content for name, (content,) in reader.attachments.items()}
    expected = {p.name: p for p in (built / f"figures/{edition}").glob("*.csv")}
    expected |= {f"raw-{p.name}": p for p in (built / f"data/raw/{edition}").glob("*.csv")}
    expected |= {f"config-{p.name}": p for p in (built / "config").glob("*.csv")}
    expected |= {f"config-{p.name}": p for p in (built / "config").glob("*.yaml")}
    for name in ("editions.csv", "publication.yaml"):  # round reports, in none
        del expected[f"config-{name}"]
    del expected["config-trace.yaml"]  # how much of the lineage paper prints: no source of a value
    expected["lineage.json"] = report / "lineage.json"
    assert set(attached) == set(expected)
    for name, path in expected.items():
        assert attached[name] == path.read_bytes(), name
    cited = json.loads(attached["lineage.json"])["sources"]
    digests = {sha256(content).hexdigest() for content in attached.values()}
    assert {source["sha256"] for source in cited} <= digests
