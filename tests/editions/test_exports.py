"""The report for machines: workbook, data package, research crate, statement, attachments."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pytest
from openpyxl.cell import Cell
from openpyxl.workbook import Workbook

from tests.editions.html_tree import Element
from tests.workflow.project import Project

STATEMENT = "attestation.intoto.json"
EXPORTS = ["report.xlsx", "datapackage.json", "ro-crate-metadata.json", STATEMENT]
CONTEXT = Path(__file__).parents[1] / "data/ro-crate-1.1-context.jsonld"  # CC0, from rocrate 0.14.0
CONTEXT_URL = "https://w3id.org/ro/crate/1.1/context"
MAXIMUM_CRATE = 3_000_000
VALUES, DERIVATIONS, CELLS = "数值", "推导", "原始单元格"
# Validators that are not ours warn of much; pytest would take each warning for a failure.
foreign = pytest.mark.filterwarnings("ignore")


def digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def files_below(folder: Path) -> dict[str, Path]:
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path for path in found}


@pytest.fixture(scope="module")
def numbers(values: dict[str, Any]) -> dict[str, Any]:
    return {name: entry for name, entry in values.items() if entry["u"] != "text"}


@pytest.fixture(scope="module")
def made(values: dict[str, Any]) -> dict[str, Any]:
    """Numbers, and texts that were computed."""
    return {name: entry for name, entry in values.items() if entry["op"] != "text"}


def test_all_four_files_are_delivered(report: Path) -> None:
    assert set(EXPORTS) <= set(files_below(report))


def test_exports_are_the_same_bytes_under_other_conditions(project: Project, edition: str) -> None:
    before = project.contents(f"build/{edition}")
    for name in EXPORTS:
        (project.root / f"build/{edition}" / name).unlink()
    elsewhere = {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "5", "LC_ALL": "C"}
    for stage in ("tabulate", "export"):
        done = project.run("suyuan", "stage", stage, **elsewhere)
        assert done.code == 0, done.output
    assert project.contents(f"build/{edition}") == before


# --- report.xlsx ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def book(report: Path) -> Workbook:
    return openpyxl.load_workbook(report / "report.xlsx")


def records(book: Workbook, sheet: str) -> list[dict[str, Any]]:
    head, *rows = book[sheet].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def report_cells(book: Workbook) -> Iterator[Cell]:
    """The cells of the sheets that are tables of the report."""
    for sheet in book.worksheets[1:-3]:
        for row in sheet.iter_rows(min_row=3):
            yield from row


def test_every_number_is_there_as_lineage_has_it(book: Workbook, numbers: dict[str, Any]) -> None:
    rows = {row["编号"]: row for row in records(book, VALUES)}
    assert list(rows) == list(numbers)
    for name, entry in numbers.items():
        row = rows[name]
        assert (row["印出"], row["精确值"], row["单位"]) == (entry["txt"], entry["v"], entry["u"])
        assert row["数值（近似）"] == pytest.approx(float(entry["v"]), rel=1e-15)


def test_every_input_of_every_number_is_listed_in_order(
    book: Workbook, made: dict[str, Any]
) -> None:
    listed: dict[str, list[str]] = {name: [] for name in made}
    for row in records(book, DERIVATIONS):
        listed[row["编号"]].append(row["输入编号"])
    for name, entry in made.items():
        cells = [f"{s}.{column}.{key}" for s, column, keys in entry.get("src", ()) for key in keys]
        assert listed[name] == cells + entry.get("in", [])


def test_raw_cells_stand_in_the_file_and_line_that_are_named(book: Workbook, built: Path) -> None:
    rows = records(book, CELLS)
    assert rows
    for row in rows:
        lines = (built / row["文件"]).read_text(encoding="utf-8").split("\n")
        head, cells = next(csv.reader([lines[0]])), next(csv.reader([lines[row["行号"] - 1]]))
        found = dict(zip(head, cells, strict=True))
        assert found[row["列"]] == row["单元格原文"]
        assert cells[0] == row["行键"]


@pytest.mark.known
def test_a_raw_cell_has_its_unit_and_document(book: Workbook) -> None:
    rows = records(book, CELLS)
    source = next(row for row in rows if row["编号"] == "observations.value.F046")
    assert (source["单元格原文"], source["印出单位"], source["定位"]) == ("131.0", "Eflops", "L269")
    assert source["题名"] == "2026年中国第三方普惠智算云市场专题报告（西北篇）"


def test_each_table_of_the_report_is_a_sheet(book: Workbook, html: Element) -> None:
    tables = [e for e in html.walk() if e.attributes.get("id", "").startswith("tab-")]
    captions = [
        " ".join(next(e for e in table.walk() if e.tag == "caption").text.split())
        for table in tables
    ]
    names = book.sheetnames
    assert names[0] == "说明"
    assert names[-3:] == [VALUES, DERIVATIONS, CELLS]
    assert [name[:31] for name in captions] == names[1:-3]
    assert [book[name]["A1"].value for name in names[1:-3]] == captions


def shown(cell: Cell) -> str:
    """What a spreadsheet shows for a number in one of our formats."""
    before, shape, after = re.fullmatch(
        r'("[^"]*")?(0[.0]*%?)("[^"]*")?', cell.number_format
    ).groups()
    number = Decimal(repr(cell.value)) * (100 if shape.endswith("%") else 1)
    decimals = len(shape.rstrip("%").partition(".")[2])
    rounded = number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)  # as spreadsheets do
    text = f"{rounded:f}".replace("-", "\u2212") + ("%" if shape.endswith("%") else "")
    return (before or "").strip('"') + text + (after or "").strip('"')


def test_numbers_in_tables_show_what_is_printed_and_lead_to_their_row(
    book: Workbook, numbers: dict[str, Any]
) -> None:
    ids = [row["编号"] for row in records(book, VALUES)]
    linked = [cell for cell in report_cells(book) if isinstance(cell.value, int | float)]
    assert linked
    for cell in linked:
        sheet, row = re.fullmatch(r"'(.+)'!A(\d+)", cell.hyperlink.location).groups()
        assert sheet == VALUES
        name = ids[int(row) - 2]
        assert numbers[name]["txt"] in shown(cell), (cell.parent.title, cell.coordinate)
        beside = {str(other.value) for other in cell.parent[cell.row][cell.column :]}
        assert name in beside


@pytest.mark.known
def test_the_tiers_as_they_are_printed(book: Workbook) -> None:
    (sheet,) = (sheet for sheet in book if "梯队" in sheet.title)
    rows = {row[0].value: row for row in sheet.iter_rows(min_row=4, max_row=9)}
    assert [cell.value for cell in rows["宁夏"][:5]] == ["宁夏", "第一梯队", 1, 131, 65.5]
    assert rows["西北合计"][3].value == 316.8
    # 190.2 / 316.8 = 0.600378…, exact and not as printed
    assert rows["西北合计"][5].value == pytest.approx(190.2 / 316.8, rel=1e-15)
    assert [shown(cell) for cell in rows["西北合计"][3:6]] == ["316.8", "190.2", "60.04%"]
    assert rows["宁夏"][11].value == "ningxia.compute_total"
    below = [row[0].value for row in sheet.iter_rows(min_row=10) if row[0].value]
    assert below[0] == "数据来源"
    assert below[1].startswith("2026年中国第三方普惠智算云市场专题报告（西北篇） · 易观分析")


@pytest.mark.known
def test_words_around_a_number_stay_with_it(book: Workbook) -> None:
    cells = [cell for cell in report_cells(book) if str(cell.number_format).startswith('"超过')]
    assert cells
    assert all(shown(cell).startswith("超过") for cell in cells)


def test_the_workbook_computes_nothing_and_loads_nothing(report: Path, book: Workbook) -> None:
    assert {cell.data_type for sheet in book for row in sheet for cell in row} <= {"s", "n"}
    with zipfile.ZipFile(report / "report.xlsx") as archive:
        for name in archive.namelist():
            text = archive.read(name).decode()
            assert not re.search(r"<f[ >]", text), name
            assert "TargetMode" not in text, name


@pytest.mark.slow
def test_libreoffice_opens_the_workbook(
    report: Path, book: Workbook, values: dict[str, Any], tmp_path: Path
) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if not office:
        pytest.skip("LibreOffice is not installed")
    every_sheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    for form in (every_sheet, "pdf"):
        profile = f"-env:UserInstallation=file://{tmp_path}/profile"
        command = [office, profile, "--headless", "--convert-to", form, "--outdir", str(tmp_path)]
        done = subprocess.run(
            [*command, str(report / "report.xlsx")], capture_output=True, timeout=240, check=False
        )
        assert done.returncode == 0, done.stderr
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF-")
    tables = sorted(path.stem for path in tmp_path.glob("report-*.csv"))
    assert tables == sorted(f"report-{name}" for name in book.sheetnames)
    text = (tmp_path / f"report-{VALUES}.csv").read_text(encoding="utf-8")
    rows = {row["编号"]: row for row in csv.DictReader(io.StringIO(text))}
    assert len(rows) == book[VALUES].max_row - 1
    assert rows["nw.compute_total"]["精确值"] == values["nw.compute_total"]["v"]


# --- datapackage.json -------------------------------------------------------------------------


def read_package(report: Path) -> dict[str, Any]:
    return json.loads((report / "datapackage.json").read_text(encoding="utf-8"))


@pytest.mark.slow
@foreign
def test_the_data_package_is_valid(report: Path) -> None:
    frictionless = pytest.importorskip("frictionless")
    result = frictionless.validate(str(report / "datapackage.json"))
    assert result.flatten(["name", "type", "message"]) == []
    assert result.valid
    assert result.stats["tasks"] == len(read_package(report)["resources"])


def test_every_table_is_in_the_data_package(built: Path, report: Path, edition: str) -> None:
    package = read_package(report)
    assert package["profile"] == "tabular-data-package"
    paths = {resource["path"] for resource in package["resources"]}
    data = files_below(built / "data")
    tables = {f"data/{n}" for n in data if n.endswith(".csv") and edition in n.split("/")}
    tables |= {f"config/{n}" for n in files_below(built / "config") if n.endswith(".csv")}
    assert paths == tables
    for resource in package["resources"]:
        path = report / resource["path"]
        assert path.read_bytes() == (built / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{digest(path)}"
        assert resource["bytes"] == path.stat().st_size
    observations = next(r for r in package["resources"] if r["name"] == "observations")
    assert observations["schema"]["primaryKey"] == "obs_id"
    ratings = next(r for r in package["resources"] if r["name"] == "ratings")
    linked = [key["fields"] for key in ratings["schema"]["foreignKeys"]]
    assert linked == ["subject_id", "node_id", "grade"]  # Table Schema has no lists of references
    types = {field["name"]: field for field in observations["schema"]["fields"]}
    assert types["vintage"]["type"] == "string"  # Table Schema has no type for quarters
    assert re.fullmatch(types["vintage"]["constraints"]["pattern"], edition)
    assert observations["sources"]
    assert all(source in package["sources"] for source in observations["sources"])


@pytest.mark.slow
@pytest.mark.known
@foreign
@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (",131.0,", ",一百,", {"type-error", "hash-count", "byte-count"}),
        ("F002,report,", "F002,nobody,", {"foreign-key", "hash-count"}),
        ("F002,report,", "F001,report,", {"primary-key", "hash-count"}),
        (",131.0,Eflops,=,", ",131.0,Eflops,~,", {"constraint-error", "hash-count"}),
        (",131.0,", ",113.0,", {"hash-count"}),  # lawful, but not what was built
    ],
)
def test_a_broken_cell_is_found(
    report: Path, tmp_path: Path, old: str, new: str, expected: set[str], edition: str
) -> None:
    frictionless = pytest.importorskip("frictionless")
    copy = tmp_path / "package"
    shutil.copytree(report, copy, ignore=shutil.ignore_patterns("figures", "processed", "*.pdf"))
    path = copy / f"data/raw/{edition}/observations.csv"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    package = frictionless.Package(str(copy / "datapackage.json"))
    result = package.get_resource("observations").validate()
    found = {kind for (kind,) in result.flatten(["type"])}
    assert expected <= found
    assert found <= expected | {"byte-count"}


# --- ro-crate-metadata.json -------------------------------------------------------------------


@pytest.fixture(scope="module")
def graph(report: Path) -> dict[str, dict[str, Any]]:
    crate = json.loads((report / "ro-crate-metadata.json").read_text(encoding="utf-8"))
    entities = {entity["@id"]: entity for entity in crate["@graph"]}
    assert len(entities) == len(crate["@graph"])
    return entities


def links(entity: dict[str, Any], key: str) -> list[str]:
    found = entity.get(key, [])
    return [link["@id"] for link in (found if isinstance(found, list) else [found])]


def crate_problems(folder: Path, cache: Path) -> list[str]:
    """What the validator finds against Process Run Crate 0.5, with no network but our cache."""
    services = pytest.importorskip("rocrate_validator.services")
    from requests import Request
    from requests_cache import CachedRequest, CachedResponse, CachedSession

    with CachedSession(str(cache), backend="sqlite") as session:
        request = CachedRequest.from_request(Request("GET", CONTEXT_URL).prepare())
        headers = {"Content-Type": "application/ld+json"}
        session.cache.save_response(
            CachedResponse(
                content=CONTEXT.read_bytes(),
                status_code=200,
                url=CONTEXT_URL,
                headers=headers,
                request=request,
            )
        )
    settings = services.ValidationSettings(
        rocrate_uri=str(folder), profile_identifier="process-run-crate",
        requirement_severity="REQUIRED", offline=True, cache_path=cache,
    )  # fmt: skip
    result = services.validate(settings)
    assert result.passed() == (not result.get_issues())
    return [f"{issue.check.identifier} {issue.message}" for issue in result.get_issues()]


@pytest.mark.slow
@foreign
def test_the_crate_is_valid(report: Path, tmp_path: Path) -> None:
    assert crate_problems(report, tmp_path / "cache") == []


@pytest.mark.slow
@foreign
def test_the_validator_would_notice(report: Path, tmp_path: Path) -> None:
    crate = json.loads((report / "ro-crate-metadata.json").read_text(encoding="utf-8"))
    folder = tmp_path / "crate"
    shutil.copytree(report, folder, ignore=shutil.ignore_patterns("*.pdf", "*.html"))
    kept = [entity for entity in crate["@graph"] if entity["@type"] != "PropertyValue"]
    for entity in kept:
        if entity["@id"] == "#run-score":
            del entity["instrument"]
    text = json.dumps({**crate, "@graph": kept})
    (folder / "ro-crate-metadata.json").write_text(text, encoding="utf-8")
    problems = crate_problems(folder, tmp_path / "cache")
    assert any("MUST have an instrument" in problem for problem in problems)
    assert any("report.pdf" in problem for problem in problems)


def test_the_crate_is_not_huge(report: Path) -> None:
    assert (report / "ro-crate-metadata.json").stat().st_size < MAXIMUM_CRATE


def test_the_crate_lists_every_file_with_its_digest(report: Path, graph: dict[str, Any]) -> None:
    files = files_below(report)
    parts = links(graph["./"], "hasPart")
    assert sorted(parts) == sorted(set(files) - {"ro-crate-metadata.json"})
    for name in parts:
        if name != STATEMENT:  # it holds the crate's digest
            assert graph[name]["sha256"] == digest(files[name]), name
            assert graph[name]["contentSize"] == str(files[name].stat().st_size)


def test_nothing_in_the_crate_leads_nowhere(graph: dict[str, Any]) -> None:
    named = set(re.findall(r'\{"@id": "([^"]+)"\}', json.dumps(list(graph.values()))))
    assert named - set(graph) == {"https://w3id.org/ro/crate/1.1"}
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", graph["./"]["datePublished"])
    assert not re.search(r"\d\dT\d\d:\d\d", json.dumps(list(graph.values())))  # no time of day


def test_every_data_file_comes_from_one_stage(report: Path, graph: dict[str, Any]) -> None:
    made = [
        name
        for entity in graph.values()
        if entity["@type"] == "CreateAction"
        for name in links(entity, "result")
    ]
    assert len(made) == len(set(made))
    given = {name for name in files_below(report) if name.startswith(("data/raw/", "config/"))}
    files = set(files_below(report)) - given - {"ro-crate-metadata.json"}
    assert files <= set(made)
    assert not given & set(made)


def test_each_number_leads_to_its_parents_and_cells(
    graph: dict[str, Any], values: dict[str, Any], made: dict[str, Any]
) -> None:
    def roots(name: str) -> list[str]:
        """Where a value's ``wasDerivedFrom`` should lead: values, else the cells of texts."""
        entry, found = values[name], []
        for source, column, keys in entry.get("src", ()):
            found += [f"{source}.{column}.{key}" for key in keys]
        for parent in entry.get("in", ()):
            found += [parent] if parent in made else roots(parent)
        return list(dict.fromkeys(found))

    results = {n for e in graph.values() if "result" in e for n in links(e, "result")}
    for name, entry in made.items():
        entity = graph[f"#{name}"]
        assert (entity["value"], entity["unitText"]) == (entry["v"], entry["u"])
        assert entity["measurementTechnique"] == entry["op"]
        assert entity.get("alternateName", entity["value"]) == entry["txt"]
        derived = [graph[link]["name"] for link in links(entity, "wasDerivedFrom")]
        assert derived == roots(name), name
        assert f"#{name}" in results


def test_cells_of_the_crate_are_where_their_fragment_says(
    graph: dict[str, Any], report: Path
) -> None:
    cells = [entity for name, entity in graph.items() if "#cell=" in name]
    assert cells
    for cell in cells:
        file, row, column = re.fullmatch(r"(.+)#cell=(\d+),(\d+)", cell["@id"]).groups()
        rows = list(csv.reader((report / file).read_text(encoding="utf-8").splitlines()))
        assert rows[int(row) - 1][int(column) - 1] == cell["value"]
        assert links(cell, "isPartOf") == [file]
        assert all(graph[link]["@type"] == "CreativeWork" for link in links(cell, "citation"))
    assert any("citation" in cell for cell in cells)


# --- attestation.intoto.json ------------------------------------------------------------------


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
            if path.is_file() and path.suffix != ".pyc" and path.name != "py.typed":
                assert path.relative_to(built).as_posix() in used


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
    assert "lineage.json" in done.output  # it was made from other rows
    assert "(E180)" in done.output
    assert project.contents(f"build/{edition}") == before


def test_what_is_no_longer_made_is_no_longer_delivered(project: Project, edition: str) -> None:
    old = project.root / f"report/{edition}/figures/{edition}/renamed.csv"
    mine = project.root / f"report/{edition}/notes.txt"
    for path in (old, mine):
        path.write_text("x", encoding="utf-8")
    assert project.run("suyuan", "stage", "deliver").code == 0
    assert not old.exists()
    assert mine.exists()


# --- attachments of report.pdf ----------------------------------------------------------------


def test_the_pdf_carries_raw_tables_figures_and_lineage(
    built: Path, report: Path, edition: str
) -> None:
    reader = pypdf.PdfReader(report / "report.pdf")
    attached = {name: content for name, (content,) in reader.attachments.items()}
    expected = {p.name: p for p in (built / f"figures/{edition}").glob("*.csv")}
    expected |= {f"raw-{p.name}": p for p in (built / f"data/raw/{edition}").glob("*.csv")}
    expected |= {f"config-{p.name}": p for p in (built / "config").glob("*.csv")}
    expected["lineage.json"] = report / "lineage.json"
    assert set(attached) == set(expected)
    for name, path in expected.items():
        assert attached[name] == path.read_bytes(), name
    cited = json.loads(attached["lineage.json"])["sources"]
    digests = {sha256(content).hexdigest() for content in attached.values()}
    assert {source["sha256"] for source in cited} <= digests
