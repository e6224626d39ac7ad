"""The contract holds the committed editions, and sees what a hand may do to their tables.

Each slip is told at its own cell: in the file, row and column where it was made.
"""

from __future__ import annotations

import csv
import io
import shutil
from dataclasses import dataclass

import pytest

from suyuan.contract import edition, matrix, strays
from suyuan.contract.messages import message
from suyuan.core.errors import DataError
from suyuan.core.layout import Layout
from tests.code.miniature import ROOT


@pytest.fixture(scope="module")
def copied(tmp_path_factory):
    root = tmp_path_factory.mktemp("copied")
    for name in ("config", "data/raw", "workflow/schemas"):
        shutil.copytree(ROOT / name, root / name)
    (root / "templates").symlink_to(ROOT / "templates")
    return Layout(root, matrix.editions(ROOT)[0])


@pytest.mark.parametrize("name", matrix.editions(ROOT))
def test_every_edition_of_the_repository_is_lawful(name):
    layout = Layout(ROOT, name)
    edition.check_beside(layout, edition.check(layout))


def path_of(layout, table):
    raw = layout.raw / f"{table}.csv"
    return raw if raw.exists() else layout.config / f"{table}.csv"


def read(path):
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))


def written(path, rows):
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8")


@dataclass(frozen=True)
class Slip:
    """A row of a table, one of its cells, and what a hand put there; the row may be taken out."""

    table: str
    key: str
    column: str
    value: str
    code: str
    at: str = ""  # the column that is named, where it is another one


EITHER = {
    "E112",
    "E837",
    "E848",
    "E851",
    "E874",
}  # of two rows that must agree either may be the wrong one
OUT = "row taken out"
RATED = "aliyun_operating_capacity"
UNKNOWN = "aliyun_committed_pipeline"
SLIPS = [
    # the assessment
    Slip("tree", "supply", "weight", "0.40", "E837"),
    Slip("tree", "supply", "parent_id", "supply", "E835"),
    Slip("tree", "score", "parent_id", "score", "E835"),
    Slip("tree", "score", "aggregation", "", "E843"),
    Slip("tree", "supply", "level", "2", "E836"),
    Slip("ratings", RATED, "node_id", "supply", "E839"),
    Slip("ratings", RATED, "subject_id", "ningxia", "E838"),
    Slip("ratings", RATED, "rating_id", "aliyun_operating", "E833"),
    Slip("ratings", RATED, "score", "", "E832"),
    Slip("ratings", RATED, "grade", "", "E832"),
    Slip("ratings", RATED, "evidence", "", "E832"),
    Slip("ratings", RATED, "evidence", "market_carrier_majority", "E840"),
    Slip("ratings", RATED, "kind", "missing", "E831", at="score"),
    Slip("ratings", RATED, "", OUT, "E841", at="rating_id"),
    Slip("criterion_ratings", "aliyun_third_party_external_supply", "verdict", "unknown", "E845"),
    Slip("rubric", "operating_capacity_3", "", OUT, "E841", at="anchor_id"),
    Slip("rubric", "operating_capacity_3", "score", "4", "E833", at="anchor_id"),
    Slip("estimates", "aliyun_T", "low", "", "E832"),
    Slip("estimates", "aliyun_T", "high", "", "E832"),
    Slip("estimates", "aliyun_T", "mode", "0", "E834"),
    Slip("estimates", "aliyun_T", "", OUT, "E841", at="estimate_id"),
    Slip("estimates", "aliyun_T", "low", "0.3", "E834", at="mode"),
    Slip("model", "level", "value", "0", "E131"),
    Slip("model", "tie", "value", "10", "E132"),
    Slip("model", "draws", "value", "2", "E131"),
    Slip("model", "draws", "value", "10000.5", "E124"),
    Slip("model", "kappa", "value", "1.5", "E132"),
    Slip("model", "kappa", "value", "40%", "E826"),
    Slip("model", "kappa", "value", "", "E106"),
    Slip("estimates", "aliyun_T", "mode", "２５％", "E826"),
    Slip("estimates", "aliyun_T", "mode", "=A1+B1", "E866"),
    Slip("expectations", "compute_total_province", "maximum", "#DIV/0!", "E821"),
    Slip("expectations", "compute_total_province", "fall", "30", "E834", at="rise"),
    Slip("expectations", "compute_total_province", "comparators", "= ~", "E126"),
    Slip("expectations", "compute_total_province", "kinds", "mesured", "E126"),
    Slip("expectations", "compute_total_province", "subject_type", "provinces", "E126"),
    Slip("relations", "dram_range", "low", "0.1", "E834", at="high"),
    Slip("indicators", "compute_total", "decimals", "-", "E821"),
    Slip("changes", "agent_inference", "as_of", "#N/A", "E821"),
    Slip("observations", "F008", "", OUT, "E111", at="restates"),
    Slip("model", "sobol_draws", "value", "0", "E131"),
    Slip("model", "seed", "", OUT, "E842", at="parameter_id"),
    Slip("model", "seed", "parameter_id", "seeds", "E894"),
    Slip("releases", "yearly_accounts", "expected_by", "02-30", "E825"),
    Slip("releases", "yearly_accounts", "expected_by", "02-29", "E825"),
    Slip("releases", "yearly_accounts", "expected_by", "15-Mar", "E825"),
    Slip("sources", "analysys-2026-nw", "source_id", "analysys-2026-nwx", "E109"),
    Slip("ecosystem_quadrants", "universities", "quadrant_id", "universitie", "E109"),
    Slip("units", "EFLOPS", "unit", "#N/A", "E827"),
    Slip("change_points", "agent_load_shape", "point_id", "#N/A", "E827"),
    Slip("index_nodes", "supply", "level", "2", "E836"),
    Slip("industry_layers", "ai_application", "level", "1", "E836"),
    Slip("edition", "2026Q1", "edition", "=1+1", "E127"),
    Slip("edition", "2026Q1", "cutoff", "2026/3/31", "E136"),
    Slip("edition", "2026Q1", "previous", "2026Q1", "E872"),
    Slip("edition", "2026Q1", "previous", "2026Q3", "E872"),
    Slip("fulfilment", "weak", "", OUT, "E842", at="verdict"),
    Slip("ratings", RATED, "score", "3.5", "E849"),
    Slip("ratings", RATED, "rationale", "有记录，过四分，未到五分。", "E849", at="score"),
    Slip("subjects", "gansu", "tile_column", "99", "E132"),
    Slip("audit_checks", "A02", "number", "01", "E112"),
    Slip("audit_limits", "far", "value", "0.5", "E131"),
    Slip("audit_limits", "round_step", "limit_id", "round_stop", "E894"),
    # units and expectations
    Slip("tiers", "second", "minimum", "11", "E848", at="ceiling"),
    Slip("tiers", "first", "minimum", "50", "E848", at="ceiling"),
    Slip("tiers", "second", "ceiling", "", "E848"),
    Slip("tiers", "first", "ceiling", "1000", "E895"),
    Slip("tiers", "first", "unit", "亿元", "E838"),
    Slip("tiers", "first", "unit", "P", "E874", at="minimum"),
    Slip("tiers", "third", "minimum", "1", "E871"),
    Slip("tiers", "first", "name", "第二梯队", "E112"),
    Slip("tiers", "first", "order", "3", "E112"),
    Slip("grades", "A", "name", "官方或互证", "E112"),
    Slip("units", "EFLOPS", "label", "PFLOPS", "E851", at="factor"),
    Slip("units", "EFLOPS", "factor", "0", "E131"),
    Slip("units", "P", "label", "-", "E868"),
    Slip("units", "%", "label", "-", "E868"),
    Slip("units", "EFLOPS", "label", "-", "E868"),
    Slip("units", "EFLOPS", "factor", "2", "E850"),
    Slip("units", "Eflops", "factor", "2", "E851"),
    Slip("units", "万P", "factor", "100", "E852"),
    Slip("tree", "inclusive_ecosystem", "weight", "0.99", "E837"),
    Slip("indicators", "compute_total", "display_unit", "亿元", "E853"),
    Slip("indicators", "compute_total", "decimals", "40", "E132"),
    Slip("expectations", "clean_power_capacity_any", "", OUT, "E854", at="indicator_id"),
    Slip("expectations", "compute_total_province", "minimum", "-1000000", "E131"),
    # texts
    Slip("sources", "nbs-2026-02-28", "title", "#REF!", "E827"),
    Slip("sources", "nbs-2026-02-28", "title", "统计\x01公报", "E820"),
    Slip("sources", "nbs-2026-02-28", "title", "统计\u202e公报", "E820"),
    Slip("sources", "nbs-2026-02-28", "title", "统计\ufffe公报", "E820"),
    Slip("sources", "nbs-2026-02-28", "title", "统计" * 20_000, "E822"),
    Slip("sources", "nbs-2026-02-28", "title", "统计龘公报", "E303"),
    Slip("sources", "nbs-2026-02-28", "url", "javascript:alert(1)", "E127"),
    Slip("sources", "nbs-2026-02-28", "url", "https://analyst:secret@example.org/", "E127"),
    Slip("sources", "nbs-2026-02-28", "url", "http://[::1", "E127"),
    Slip("sources", "nbs-2026-02-28", "url", "file:///etc/passwd", "E127"),
    # periods and counts
    Slip("sources", "nbs-2026-02-28", "url", "https://example.org:99999/", "E127"),
    Slip("sources", "nbs-2026-02-28", "url", "https://example.org:0/", "E127"),
    Slip("observations", "F009", "note", "=A1", "E866"),
    Slip("observations", "F009", "note", "true", "E821"),
    Slip("observations", "F009", "as_of", "2026/2026", "E859"),
    Slip("observations", "F009", "as_of", "2026/2024", "E859"),
    Slip("observations", "F009", "as_of", "2026-03-31/2026-03-01", "E859"),
    Slip("observations", "F009", "as_of", "9999", "E858"),
    Slip("observations", "F009", "as_of", "", "E846"),
    Slip("observations", "F009", "as_of_missing", "undated", "E847"),
    Slip("observations", "F009", "as_of", "0000", "E858"),
    Slip("observations", "F009", "value", "5.5", "E856"),
    # of two ends of a range one is made exact
    Slip("observations", "F031", "comparator", "=", "E864"),
    Slip("observations", "P137", "comparator", "≤", "E864"),
]  # fmt: skip


@pytest.mark.parametrize("slip", SLIPS, ids=lambda s: f"{s.table}-{s.key}-{s.column}-{s.value[:9]}")
def test_a_slip_is_told_at_its_own_cell(copied, slip):
    path = path_of(copied, slip.table)
    before, rows = path.read_bytes(), read(path)
    line = next(n for n, row in enumerate(rows, 1) if row[0] == slip.key)
    if slip.value == OUT:
        del rows[line - 1]
    else:
        rows[line - 1][rows[0].index(slip.column)] = slip.value
    written(path, rows)
    try:
        with pytest.raises(DataError) as caught:
            edition.check_beside(copied, edition.check(copied))
    finally:
        path.write_bytes(before)
    found = {problem.code: problem for problem in reversed(caught.value.problems)}
    problem = found[slip.code]
    assert (problem.file, problem.column) == (copied.name(path), slip.at or slip.column)
    assert all(each.file == copied.name(path) for each in caught.value.problems)
    if slip.value == OUT:
        assert abs(problem.row - line) <= len(rows)
    elif slip.code not in EITHER:
        assert problem.row == line
    said = message(problem, copied.templates)
    assert len(said) < 600
    if slip.code == "E837":  # told at the first of several that do not add up
        assert f"{line}: {slip.key} " in said


@pytest.mark.parametrize(
    "name",
    ["observations (1).csv", "observations.xlsx", "observations.csv.bak", "extra.csv", "extra.et"],
)
@pytest.mark.parametrize("folder", ["raw", "config"])
def test_a_file_that_looks_like_a_table_is_named(copied, folder, name):
    path = getattr(copied, folder) / name
    path.write_text("x", encoding="utf-8")
    try:
        with pytest.raises(DataError) as caught:
            strays.held(copied)
    finally:
        path.unlink()
    assert [(p.code, p.file) for p in caught.value.problems] == [("E857", copied.name(path))]


@pytest.mark.parametrize("name", ["observations.txt", "Observations.json", "units.parquet", "old"])
def test_so_is_one_called_like_a_table_and_a_folder_that_holds_some(copied, name):
    path = (copied.config if name.startswith("units") else copied.raw) / name
    if name == "old":
        path.mkdir()
        (path / "observations.csv").touch()
    else:
        path.touch()
    try:
        found = strays.stray_problems(copied)
    finally:
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    assert [(p.code, p.file) for p in found] == [("E857", copied.name(path))]


@pytest.mark.parametrize("name", ["notes.txt", ".DS_Store", "Thumbs.db", "README.md"])
def test_what_nobody_takes_for_a_table_may_lie_there(copied, name):
    path = copied.raw / name
    path.touch()
    try:
        assert list(strays.strays(copied)) == []
    finally:
        path.unlink()


@pytest.mark.parametrize(
    "name",
    ["~$observations.xlsx", ".~lock.observations.csv#", ".#observations.csv", "observations.csv~",
     ".observations.csv.swp", "#observations.csv#", ".~observations.csv", ".~observations.xlsx",
     ".observations.csv.kate-swp", ".observations.csv.part", "observations.csv___jb_tmp___"],
)  # fmt: skip
@pytest.mark.parametrize("folder", ["raw", "config"])
def test_a_table_that_a_program_has_open_is_said_and_refuses_nothing(copied, folder, name):
    path = getattr(copied, folder) / name
    path.symlink_to("analyst@host.1")  # as Emacs makes it; others write a file
    try:
        strays.held(copied)
        found = strays.opened(copied)
    finally:
        path.unlink()
    assert [(p.code, p.file) for p in found] == [("W857", copied.name(path))]
    assert strays.opened(copied) == []


@pytest.mark.parametrize("previous", ["", "2025Q4", "2026Q2", "2026Q3"])
def test_an_edition_follows_the_one_that_lies_before_it(copied, previous):
    layout = Layout(copied.root, matrix.editions(ROOT)[1])
    path = path_of(layout, "edition")
    before, rows = path.read_bytes(), read(path)
    rows[1][rows[0].index("previous")] = previous
    written(path, rows)
    try:
        with pytest.raises(DataError) as caught:
            edition.check(layout)
    finally:
        path.write_bytes(before)
    found = [(p.code, p.row, p.column, p.details["expected"]) for p in caught.value.problems]
    assert found == [("E872", 2, "previous", copied.edition)]


def test_a_second_row_of_the_edition_is_named(copied):
    path = path_of(copied, "edition")
    before, rows = path.read_bytes(), read(path)
    written(path, [*rows, ["2026Q3", *rows[1][1:]]])
    try:
        with pytest.raises(DataError) as caught:
            edition.check(copied)
    finally:
        path.write_bytes(before)
    assert {p.row for p in caught.value.problems} == {3}
