"""What the chain declares of a stage is what its rule says and what it does with files."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from suyuan.core.layout import Layout
from suyuan.core.libraries import LOCK
from suyuan.stages import receipts
from suyuan.stages.chain import CHAIN, MAKER, STAGES, before, gives_way, kinds, paths
from tests.workflow.project import CHAIN as RULES
from tests.workflow.project import EDITION, Project

UNSEEN = {
    "normalise": {"messages"},  # words of queries; this edition has none
    "render": {"fonts"},  # opened by HarfBuzz, not by Python
    "typeset": {"fonts"},  # by Fontconfig
}
# A record of Snakemake's for each of so many files would take it as long as a stage; what has been
# delivered must outlive a failure. The receipts vouch for all of these.
NO_OUTPUTS = {"tables", "figures", "report"}
SLOW = ("score", "chart", "typeset", "verify", "tabulate", "export")  # seconds each


def names(layout: Layout, wanted: tuple[str, ...]) -> set[str]:
    return {layout.name(path) for name in wanted for path in paths(layout, name)}


def test_every_product_is_made_before_it_is_read() -> None:
    seen: set[str] = set()
    for stage in CHAIN:
        assert {read for read in stage.reads if read in MAKER} <= seen
        assert not seen & set(stage.writes)
        seen |= set(stage.writes)


def test_a_stage_is_made_from_what_the_stages_before_it_are_made_from() -> None:
    assert "raw" in kinds("chart")  # through the tables, though it reads none itself
    assert "claims" not in kinds("chart")
    assert "templates" not in kinds("score")
    assert set(kinds("render")) < set(kinds("deliver"))
    assert [stage.name for stage in before("chart")] == ["ingest", "score"]


def test_what_runs_beside_the_pages_gives_way_to_them(tmp_path: Path) -> None:
    aside = [stage.name for stage in CHAIN if gives_way(stage.name)]
    assert aside == ["render", "verify", "tabulate"]  # who waits for the pages is no less urgent
    planned = Project.of_checkout(tmp_path / "new").snakemake("--dry-run", "--printshellcmds")
    for stage in CHAIN:
        called = f'"$PYTHON" -m suyuan stage {stage.name} '
        assert (f"nice -n 5 {called}" in planned.output) == (stage.name in aside), planned.output
        assert called in planned.output


def test_the_rules_have_the_inputs_and_outputs_that_the_chain_declares(built: Path) -> None:
    done = Project(built).snakemake("--detailed-summary")
    assert done.code == 0, done.output
    table = done.output[done.output.index("output_file\t") :]
    reads: dict[str, set[str]] = {}
    writes: dict[str, set[str]] = {}
    for row in csv.DictReader(io.StringIO(table), delimiter="\t"):
        reads[row["rule"]] = set(row["input-file(s)"].split(","))
        writes.setdefault(row["rule"], set()).add(row["output_file"])
    assert list(dict.fromkeys(RULES[:-1])) == [stage for stage in RULES if stage in writes]
    layout = Layout(built, EDITION)
    for stage in CHAIN:
        vouched = {layout.name(receipts.receipt(layout, one.name)) for one in before(stage.name)}
        raw = names(layout, ("raw",)) if stage.name == "ingest" else set()
        # Receipts vouch for the products that it reads, and are the inputs.
        assert reads[stage.name] == vouched | raw, stage.name
        made = tuple(product for product in stage.writes if product not in NO_OUTPUTS)
        own = {layout.name(receipts.receipt(layout, stage.name))}
        assert writes[stage.name] == names(layout, made) | own, stage.name


def test_snakemake_asks_its_parameters_without_pandas(built: Path) -> None:
    done = Project(built).snakemake("--dry-run", PYTHONPROFILEIMPORTTIME="1")
    assert done.code == 0, done.output
    imported = {line.rpartition("|")[2].strip() for line in done.output.splitlines()}
    assert "snakemake.persistence" in imported
    assert "pandas" not in imported


@pytest.fixture(scope="module")
def workplace(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    project = Project(built).copy(tmp_path_factory.mktemp("opened") / "project")
    yield project
    shutil.rmtree(project.root)


def opened(project: Project, stage: str) -> dict[str, set[str]]:
    """Files that a stage reads and writes in a finished build, under their names at the end."""
    log = project.root.parent / f"{stage}.log"
    script = Path(__file__).with_name("opened.py")
    done = project.run(str(script), stage, EDITION, str(log))
    assert done.code == 0, done.output
    found: dict[str, set[str]] = {"read": set(), "wrote": set()}
    for line in log.read_text(encoding="utf-8").splitlines():
        kind, _, name = line.partition(" ")
        path = Path(name.replace(f"report/.{EDITION}.new", f"report/{EDITION}"))
        if path.suffix == ".part":
            path = path.with_name(path.name.removeprefix(".").removesuffix(".part"))
        store = path.is_relative_to("build/drawings")  # named by all that it holds
        if path.suffix not in {".py", ".pyc"} and not store and not (project.root / path).is_dir():
            found[kind].add(path.as_posix())
    return found


@pytest.mark.parametrize(
    "stage",
    [pytest.param(s.name, marks=[pytest.mark.slow] if s.name in SLOW else []) for s in CHAIN],
)
def test_a_stage_opens_what_it_declares(workplace: Project, stage: str) -> None:
    layout = Layout(workplace.root, EDITION)
    shutil.rmtree(layout.drawings, ignore_errors=True)  # so that they are drawn
    found, declared = opened(workplace, stage), STAGES[stage]
    written = names(layout, declared.writes)
    assert found["wrote"] == written
    beside = {
        "workflow/lib/suyuan/py.typed",
        "config/editions.csv",
        LOCK,
    }  # what every stage runs on
    assert found["read"] - written - beside <= names(layout, declared.reads)
    assert not names(layout, ("before",))  # no edition is older than this one
    for read in set(declared.reads) - UNSEEN.get(stage, set()) - {"code", "before"}:
        assert found["read"] & names(layout, (read,)), f"{stage} never reads {read}"
