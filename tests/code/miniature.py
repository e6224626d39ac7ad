"""The miniature edition of tests/data/tiny, and what may be done to it.

Four provinces with round numbers, so that every total, share, rank and tier can be worked out
by hand. Its tables obey the real schemas; its codebook, tiers and figures are its own.
"""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from suyuan.contract import edition, observations
from suyuan.contract.codebook import Codebook
from suyuan.contract.config import Config, read_config
from suyuan.contract.schema import read_schemas
from suyuan.core.files import read_json, sha256
from suyuan.core.layout import Layout
from suyuan.domain import values
from suyuan.domain.cited import DOCUMENTS
from suyuan.domain.operations import OPERATIONS
from suyuan.lineage.file import dump_lineage, load_ledger, source_entry, yaml_entry
from suyuan.lineage.ledger import Ledger
from suyuan.lineage.texts import Texts
from suyuan.stages import ingest, normalise, score

ROOT = Path(__file__).parents[2]
TINY = ROOT / "tests/data/tiny"
TEMPLATES = ROOT / "templates"
EDITION = "2030Q1"


def table_names(folder: Path) -> list[str]:
    return sorted(path.stem for path in folder.glob("*.csv"))


def borrow_schemas(target: Path) -> Path:
    """The real schemas of the tables that the miniature has, and of those it may do without."""
    source = ROOT / "workflow/schemas"
    for kind, tables in (("raw", TINY / "data/raw" / EDITION), ("config", TINY / "config")):
        (target / kind).mkdir(parents=True)
        schemas = read_schemas(source / kind)
        spare = (name for name, schema in schemas.items() if schema.optional)
        for name in (*table_names(tables), *spare):
            shutil.copy(source / kind / f"{name}.yaml", target / kind)
    shutil.copytree(source / "matrix", target / "matrix")
    for shared in ("provenance.yaml", "texts.yaml", "words.yaml"):
        shutil.copy(source / shared, target)
    # Tests of comparisons change the factor of one unit alone: here none follows from another.
    texts = target / "texts.yaml"
    found = re.sub(r"scales: .*", "scales: {兆: 1000000}", texts.read_text(encoding="utf-8"))
    texts.write_text(found, encoding="utf-8")
    return target


@dataclass(frozen=True)
class Project:
    """A copy of the miniature in a folder of its own, to be edited and built."""

    root: Path

    @classmethod
    def make(cls, root: Path, schemas: Path) -> Project:
        shutil.copytree(TINY, root)
        (root / "Snakefile").touch()
        (root / "workflow").mkdir()
        (root / "workflow/schemas").symlink_to(schemas, target_is_directory=True)
        (root / "templates").symlink_to(TEMPLATES, target_is_directory=True)
        return cls(root)

    def own_sections(self) -> None:
        """Its one section asks for nothing: those of the report ask for values of its own data."""
        templates = self.root / "templates"
        templates.unlink()
        (templates / "sections").mkdir(parents=True)
        (templates / "sections/01-summary.html.jinja").write_text("<p></p>\n", encoding="utf-8")
        for path in TEMPLATES.iterdir():
            if path.name != "sections":
                (templates / path.name).symlink_to(path, target_is_directory=path.is_dir())

    @property
    def layout(self) -> Layout:
        return Layout(self.root, EDITION)

    @property
    def config(self) -> Config:
        return read_config(self.root)

    def file(self, table: str) -> Path:
        """The table's file, raw or of the configuration."""
        raw = self.layout.raw / f"{table}.csv"
        return raw if raw.exists() else self.layout.config / f"{table}.csv"

    def name(self, table: str) -> str:
        return self.layout.name(self.file(table))

    def files(self) -> list[Path]:
        return [*self.layout.raw.glob("*.csv"), *self.layout.config.glob("*.csv")]

    def rows(self, table: str) -> list[list[str]]:
        """Header and records."""
        return list(csv.reader(io.StringIO(self.file(table).read_text(encoding="utf-8"))))

    def write(self, table: str, rows: list[list[str]]) -> None:
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(rows)
        self.file(table).write_text(text.getvalue(), encoding="utf-8")

    def set(self, table: str, key: str, column: str, value: str) -> None:
        """Put ``value`` into one cell; the key stands in the first column."""
        rows = self.rows(table)
        (row,) = [row for row in rows if row[0] == key]
        row[rows[0].index(column)] = value
        self.write(table, rows)

    def add(self, table: str, like: str, **cells: str) -> None:
        """Append a row like another but for ``cells``."""
        rows = self.rows(table)
        (row,) = [row for row in rows if row[0] == like]
        rows.append([cells.get(name, old) for name, old in zip(rows[0], row, strict=True)])
        self.write(table, rows)

    def drop(self, table: str, key: str) -> None:
        self.write(table, [row for row in self.rows(table) if row[0] != key])

    def run(self) -> Ledger:
        """Ingest, normalise and score; the ledger as the next stage reads it."""
        layout, config = self.layout, self.config
        ingest.run(layout, config)
        normalise.run(layout, config)
        score.run(layout, config)
        return self.ledger()

    def compute(self) -> Ledger:
        """The ledger alone, by the same steps without writing anything."""
        layout = self.layout
        tables = {name: edition.ingested(table) for name, table in edition.check(layout).items()}
        return values.compute(layout, self.config, tables, observations.check(layout, tables))

    def ledger(self) -> Ledger:
        codebook = Codebook.read(self.layout)
        texts = Texts(edition.read_rows(self.layout))
        return load_ledger(self.layout.processed / "values.json", codebook, OPERATIONS, texts)

    def publish(self, uses: tuple = ()) -> dict:
        """Write report/<edition>/lineage.json of a scored edition, as rendering does."""
        layout = self.layout
        schemas = edition.raw_schemas(layout) | edition.config_schemas(layout)
        sources = [
            source_entry(name, self.file(name), self.name(name), schema.primary_key)
            for name, schema in schemas.items()
        ]
        contents = {name: (self.root / file).read_bytes() for name, file in DOCUMENTS.items()}
        sources += [yaml_entry(name, contents[name], file) for name, file in DOCUMENTS.items()]
        code = {"version": "0", "sha256": "0" * 64}
        config, ledger = sha256(self.root / "config/config.yaml"), self.ledger()
        text = dump_lineage(
            edition=EDITION, code=code, config_sha256=config, sources=sources, ledger=ledger,
            kept={value.id for value in ledger}, claims={}, uses=uses,
        )  # fmt: skip
        layout.report.mkdir(parents=True)
        (layout.report / "lineage.json").write_text(text, encoding="utf-8")
        return read_json(layout.report / "lineage.json")


def fixed(column: str, key: str, value: str, table: str = "observations"):
    """An edit: ``value`` in one cell."""
    return lambda project: project.set(table, key, column, value)


def replaced(table: str, old: bytes, new: bytes):
    """An edit: other bytes in the file, once."""

    def edit(project: Project) -> None:
        path = project.file(table)
        assert path.read_bytes().count(old) >= 1
        path.write_bytes(path.read_bytes().replace(old, new, 1))

    return edit


def emptied(table: str, keep: int):
    """An edit: only the first ``keep`` lines stay."""
    return lambda project: project.write(table, project.rows(table)[:keep])


def columns(table: str, change: Callable[[list[str]], list[str]]):
    """An edit: every line of the table, header included, changed alike."""
    return lambda project: project.write(table, [change(row) for row in project.rows(table)])


@dataclass(frozen=True)
class Damage:
    """What an analyst may do to a table, and the one complaint that must follow."""

    name: str
    edit: Callable[[Project], object]
    code: str
    table: str
    row: int
    column: str


# Lines: the header is line 1, so T004 is line 5, T009 line 10 and a row added at the end line 35.
DAMAGES = [
    Damage("file missing", lambda p: p.file("hubs").unlink(), "E101", "hubs", 1, ""),
    Damage("column missing", columns("hubs", lambda row: row[:3] + row[4:]), "E102", "hubs", 1,
           "clusters"),
    Damage("column unknown", columns("hubs", lambda row: [*row, "extra"]), "E103", "hubs", 1,
           "extra"),
    Damage("column twice", columns("hubs", lambda row: [*row, row[2]]), "E104", "hubs", 1, "name"),
    Damage("cell too few", replaced("hubs", "东枢纽,东一".encode(), "东枢纽".encode()), "E105",
           "hubs", 2, "as_of"),
    Damage("cell too many", replaced("hubs", "东一".encode(), "东一,东二".encode()), "E105",
           "hubs", 2, "kind"),
    Damage("cell empty", fixed("grade", "T009", ""), "E106", "observations", 10, "grade"),
    Damage("key twice", fixed("obs_id", "T010", "T009"), "E110", "observations", 11, "obs_id"),
    Damage("foreign key misspelt", fixed("source_id", "T009", "yearbok"), "E107", "observations",
           10, "source_id"),
    Damage("unit misspelt", fixed("unit", "T009", "EFLOP"), "E108", "observations", 10, "unit"),
    Damage("nothing before the point", fixed("value", "T009", ".5"), "E135", "observations", 10,
           "value"),
    Damage("foreign key dangling", fixed("source_id", "T009", "almanac"), "E111", "observations",
           10, "source_id"),
    Damage("key renamed", fixed("subject_id", "alpha", "Alpha", "subjects"), "E109", "subjects", 5,
           "subject_id"),
    Damage("title twice", lambda p: p.set("policies", p.rows("policies")[2][0], "title",
           p.rows("policies")[1][2]), "E112", "policies", 3, "title"),
    Damage("record twice", lambda p: p.add("observations", "T031", obs_id="T034"), "E113",
           "observations", 35, "obs_id"),
    Damage("text in a number", fixed("value", "T009", "约一千"), "E120", "observations", 10,
           "value"),
    Damage("full-width digits", fixed("value", "T009", "１０００"), "E121", "observations", 10,
           "value"),
    Damage("thousands separator", fixed("value", "T009", "1,000"), "E122", "observations", 10,
           "value"),
    Damage("unit in a number", fixed("value", "T009", "1000亿"), "E123", "observations", 10,
           "value"),
    Damage("fraction of an integer", fixed("order", "beta", "2.5", "subjects"), "E124",
           "subjects", 6, "order"),
    Damage("no period", fixed("as_of", "T009", "去年"), "E125", "observations", 10, "as_of"),
    Damage("period in other signs", fixed("as_of", "T009", "2029年"), "E136", "observations", 10,
           "as_of"),
    Damage("day as a number", fixed("as_of", "T009", "46112"), "E137", "observations", 10, "as_of"),
    Damage("not among the choices", fixed("grade", "T009", "A"), "E126", "observations", 10,
           "grade"),
    Damage("not of the pattern", fixed("qualifier", "T009", "２０２９"), "E127", "observations",
           10, "qualifier"),
    Damage("too many digits", fixed("value", "T009", "1" * 31), "E128", "observations", 10,
           "value"),
    Damage("power of ten", fixed("value", "T009", "1E+03"), "E129", "observations", 10, "value"),
    Damage("unit unknown", fixed("unit", "T009", "兆瓦"), "E130", "observations", 10, "unit"),
    Damage("order below one", fixed("order", "beta", "0", "subjects"), "E131", "subjects", 6,
           "order"),
    Damage("compute negative", fixed("value", "T004", "-10"), "E131", "observations", 5,
           "value"),
    Damage("share above one", lambda p: p.add("observations", "T005", obs_id="T034", unit="%",
           indicator_id="ai_share", qualifier="printed", value="166.7"), "E132",
           "observations", 35, "value"),
    Damage("unit of another sort", fixed("unit", "T009", "EFLOPS"), "E133", "observations", 10,
           "unit"),
    Damage("zero in front", fixed("value", "T009", "0100"), "E134", "observations", 10, "value"),
    Damage("invalid bytes", replaced("observations", "约数".encode(), b"\xff\xfe"), "E140",
           "observations", 5, "12"),
    Damage("file empty", lambda p: p.file("hubs").write_bytes(b""), "E141", "hubs", 1, ""),
    Damage("quote open", replaced("observations", "约数".encode(), '"约数'.encode()), "E142",
           "observations", 5, "12"),
    Damage("no rows", emptied("hubs", keep=1), "E143", "hubs", 1, "hub_id"),
    Damage("line too long", fixed("note", "T009", "长" * 100_001), "E144", "observations", 10,
           "1"),
    Damage("folder copied by hand", fixed("edition", EDITION, "2029Q4", "edition"), "E145",
           "edition", 2, "edition"),
    Damage("cutoff of another quarter", fixed("cutoff", EDITION, "2029-12-31", "edition"), "E146",
           "edition", 2, "cutoff"),
    Damage("restated otherwise", fixed("value", "T030", "51.0"), "E150", "observations", 31,
           "value"),
    Damage("statement restates otherwise", fixed("text", "S001", "1-4毫秒", "statements"), "E150",
           "statements", 2, "text"),
    Damage("statement restates nothing", fixed("restates", "S002", "T099", "statements"),
           "E111", "statements", 3, "restates"),
    Damage("value id twice", fixed("qualifier", "T014", "2029"), "E151", "observations", 15,
           "qualifier"),
    Damage("restates a restatement", lambda p: p.add("observations", "T030", obs_id="T034",
           restates="T030"), "E152", "observations", 35, "restates"),
    Damage("needed row missing", lambda p: p.drop("observations", "T005"), "E153",
           "observations", 0, "obs_id"),
    Damage("nothing to divide by", fixed("value", "T004", "0"), "E154", "observations", 5,
           "value"),
    Damage("part above its whole", fixed("value", "T005", "60.0"), "E155", "observations", 2,
           "value"),
    Damage("subject of ours", lambda p: p.add("subjects", "b1", subject_id="tier_first",
           name="乙二"), "E156", "subjects", 17, "subject_id"),
    Damage("value of ours", lambda p: p.add("observations", "T005", obs_id="T034",
           subject_id="rg"), "E157", "observations", 35, "value"),
]  # fmt: skip
