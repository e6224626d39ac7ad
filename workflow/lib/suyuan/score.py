"""Score: every value of the edition, recorded from its cells or computed from other values.

In: processed tables and configuration. Out: values.json (the ledger) and scores.csv (the same
as a table). Nothing here names a province, a vendor or an edition: they are rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

import pandas as pd

from suyuan.assessment import assess
from suyuan.assessment_tree import TREE
from suyuan.audit import CHECKS, audit
from suyuan.config import Config
from suyuan.errors import DataError, LineageError, OutOfBounds, Problem, UnknownValue
from suyuan.files import write_text
from suyuan.ingest import OBSERVATIONS, all_schemas, read_tables
from suyuan.layout import Layout
from suyuan.lineage import dump_values
from suyuan.members import children
from suyuan.normalise import book_of
from suyuan.periods import decimal_year
from suyuan.schema import Schema
from suyuan.tables import Records, read_table, write_table
from suyuan.values import TEXT, Cell, Ledger, Value

Tables = Mapping[str, pd.DataFrame]

DESCRIBED = ("comparator", "as_of", "kind", "grade", "vintage")  # columns kept as meta


def record_observations(ledger: Ledger, normalised: pd.DataFrame) -> None:
    """A value for every observation that is not a restatement."""
    originals = normalised[normalised["value_id"] != ""]
    names = ("value_id", "value", "unit", "obs_id", "basis")
    columns = [originals[name].tolist() for name in names]
    described = zip(*(originals[name].tolist() for name in DESCRIBED), strict=True)
    known: dict[tuple[str, ...], dict[str, str]] = {}  # many rows are described alike
    for value_id, printed, unit, key, basis, words in zip(*columns, described, strict=True):
        if words not in known:
            known[words] = {name: word for name, word in zip(DESCRIBED, words, strict=True) if word}
        cell = Cell(OBSERVATIONS, "value", key)
        ledger.record(value_id, printed, unit, cell, known[words], basis)


def record_texts(ledger: Ledger, table: pd.DataFrame, schema: Schema) -> None:
    """A text value ``<table>.<column>.<key>`` for every cell that is not empty."""
    keys = table[schema.primary_key]
    for column in schema.columns:
        if column == schema.primary_key:
            continue
        for key, text in zip(keys, table[column], strict=True):
            if text:
                ledger.text(f"{schema.name}.{column}.{key}", text, Cell(schema.name, column, key))


def record_tiers(ledger: Ledger, tiers: pd.DataFrame) -> None:
    """The floor of each tier, as a value."""
    for row in tiers.itertuples():
        cell = Cell("tiers", "minimum", row.tier_id)
        ledger.convert(f"tier_{row.tier_id}.compute_total.floor", row.minimum, row.unit, cell)


def in_order(table: pd.DataFrame) -> pd.DataFrame:
    """Rows by their ``order`` column, as numbers."""
    return table.sort_values("order", key=lambda column: column.astype(int), kind="stable")


@dataclass(frozen=True)
class Region:
    """A region, its provinces in display order, and the nation it belongs to."""

    id: str
    provinces: tuple[str, ...]
    nation: str

    @property
    def members(self) -> tuple[str, ...]:
        return (*self.provinces, self.id)

    def each(self, indicator: str) -> list[str]:
        """Value ids of one indicator for all provinces."""
        return [f"{province}.{indicator}" for province in self.provinces]


def names(subjects: Iterable[str]) -> list[str]:
    """Value ids of the subjects' names."""
    return [f"subjects.name.{subject}" for subject in subjects]


def score_totals(ledger: Ledger, region: Region, gdp_period: str) -> None:
    """The region's totals: compute, AI compute, GDP; and how many provinces it has."""
    for indicator in ("compute_total", "ai_compute"):
        ledger.derive(f"{region.id}.{indicator}", "sum", region.each(indicator))
    for province in region.provinces:
        ledger.derive(f"{province}.gdp", "same", [f"{province}.gdp.{gdp_period}"])
    ledger.derive(f"{region.id}.gdp", "sum", region.each("gdp"))
    ledger.derive(f"{region.nation}.gdp", "same", [f"{region.nation}.gdp.{gdp_period}"])
    ledger.derive(f"{region.id}.province_count", "count", names(region.provinces))


def score_shares(ledger: Ledger, region: Region) -> None:
    """Shares with the interval that rounding of the printed digits leaves open."""
    for subject in region.members:
        pair = [f"{subject}.ai_compute", f"{subject}.compute_total"]
        ledger.derive(f"{subject}.ai_share", "ratio", pair)
        ledger.derive(f"{subject}.ai_share.low", "ratio_low", pair)
        ledger.derive(f"{subject}.ai_share.high", "ratio_high", pair)
        per_gdp = [f"{subject}.compute_total", f"{subject}.gdp"]
        ledger.derive(f"{subject}.compute_per_gdp", "ratio", per_gdp)
    for province in region.provinces:
        pair = [f"{province}.compute_total", f"{region.id}.compute_total"]
        ledger.derive(f"{province}.compute_share_{region.id}", "ratio", pair)
    for indicator in ("compute", "gdp"):
        total = "compute_total" if indicator == "compute" else indicator
        pair = [f"{region.id}.{total}", f"{region.nation}.{total}"]
        ledger.derive(f"{region.id}.{indicator}_share_{region.nation}", "ratio", pair)


def score_ranks(ledger: Ledger, region: Region) -> None:
    """Rank of each province, and who leads: on unrounded values, equals share a place."""
    totals = region.each("compute_total")
    for province, own in zip(region.provinces, totals, strict=True):
        ledger.derive(f"{province}.rank", "rank", [own, *(t for t in totals if t != own)])
    for indicator in ("compute_total", "ai_compute", "ai_share", "compute_per_gdp"):
        parents = [*region.each(indicator), *names(region.provinces)]
        ledger.derive(f"{region.id}.leader.{indicator}", "leader", parents)
        ledger.derive(f"{region.id}.{indicator}.maximum", "maximum", region.each(indicator))


def score_tiers(ledger: Ledger, region: Region, tiers: pd.DataFrame) -> None:
    """Tier of each province by total compute, and the members and sum of each tier."""
    ordered = list(in_order(tiers)["tier_id"])
    classes = [
        part
        for tier in ordered
        for part in (f"tier_{tier}.compute_total.floor", f"tiers.name.{tier}")
    ]
    reached = set()
    for province in region.provinces:
        own = f"{province}.compute_total"
        reached.add(ledger.derive(f"{province}.tier", "classify", [own, *classes]).number)
    for number, tier in enumerate(ordered, start=1):
        if number not in reached:
            continue
        choice = [f"tiers.order.{tier}", *region.each("tier")]
        ledger.derive(f"tier_{tier}.members", "member_names", choice + names(region.provinces))
        ledger.derive(f"tier_{tier}.member_count", "member_count", choice + region.each("tier"))
        totals = choice + region.each("compute_total")
        total = ledger.derive(f"tier_{tier}.compute_total", "member_sum", totals)
        pair = [total.id, f"{region.id}.compute_total"]
        ledger.derive(f"tier_{tier}.compute_share_{region.id}", "ratio", pair)


def score_targets(ledger: Ledger) -> None:
    """How far each ``<indicator>_target`` is reached by the recorded value."""
    for target in list(ledger):
        subject, indicator, *qualifier = target.id.split(".")
        actual = f"{subject}.{indicator.removesuffix('_target')}"
        if indicator.endswith("_target") and qualifier and actual in ledger:
            reached = f"{subject}.target_reached.{indicator.removesuffix('_target')}_{qualifier[0]}"
            ledger.derive(reached, "ratio", [actual, target.id])


def score_clusters(ledger: Ledger, region: Region, subjects: Records) -> None:
    """Sum of each province's clusters whose total is on record, and its share of the whole."""
    for province in region.provinces:
        clusters = [f"{c}.compute_total" for c in children(subjects, province, "cluster")]
        known = [cluster for cluster in clusters if cluster in ledger]
        if len(known) > 1:
            ledger.derive(f"{province}.cluster_total", "sum", known)
            ledger.derive(f"{province}.cluster_count", "count", known)
            pair = [f"{province}.cluster_total", f"{province}.compute_total"]
            ledger.derive(f"{province}.cluster_share", "ratio", pair)


def dated(value: Value) -> bool:
    """Whether a recorded value says which period it speaks of."""
    return "as_of" in value.meta


def period_of(value: Value) -> float:
    """Where a recorded value stands on the time axis."""
    return decimal_year(value.meta["as_of"])


def score_growth(ledger: Ledger, nation: str) -> None:
    """Growth of each national series from its first to its last recorded period."""
    for indicator in ("compute_total", "ai_compute", "racks"):
        found = (value for value in ledger.matching(f"{nation}.{indicator}.2*") if dated(value))
        series = sorted(found, key=period_of)
        measured = [value for value in series if value.meta.get("kind") == "measured"]
        if len(measured) > 1:
            first, last = measured[0], measured[-1]
            ledger.derive(f"{nation}.growth.{indicator}", "growth", [first.id, last.id])
            ledger.derive(f"{nation}.multiple.{indicator}", "ratio", [last.id, first.id])
            ledger.derive(f"{nation}.{indicator}.first", "same", [first.id])
            ledger.derive(f"{nation}.{indicator}.latest", "same", [last.id])


def count_bases(ledger: Ledger, nation: str) -> None:
    """On how many bases the nation's compute is recorded; they are counted, never summed."""
    series = [
        f"{nation}.{name}" for name in ("compute_total", "ai_compute", "compute_total_device")
    ]
    found = [[v for v in ledger.matching(f"{name}.2*") if dated(v)] for name in series]
    latest = [max(values, key=period_of).id for values in found if values]
    ledger.derive(f"{nation}.basis_count", "count", latest)


def count_rows(ledger: Ledger, tables: Tables) -> None:
    """How many policies, suppliers, sources and observations there are, and of which sort."""

    def counted(value_id: str, table: str, column: str, keys: Iterable[str]) -> None:
        if cells := [f"{table}.{column}.{key}" for key in keys]:
            ledger.derive(value_id, "count", cells)

    policies, suppliers, sources = tables["policies"], tables["suppliers"], tables["sources"]
    counted("report.policy_count", "policies", "title", policies["policy_id"])
    for subject, rows in policies.groupby("subject_id"):
        counted(f"{subject}.policy_count", "policies", "title", rows["policy_id"])
    for line, rows in policies[policies["line_id"] != ""].groupby("line_id"):
        counted(f"report.policy_count.{line}", "policies", "title", rows["policy_id"])
    counted("report.policy_line_count", "policy_lines", "name", tables["policy_lines"]["line_id"])
    counted("report.supplier_count", "suppliers", "type", suppliers["supplier_id"])
    for kind, rows in suppliers.groupby("type"):
        counted(f"report.supplier_count.{kind}", "suppliers", "type", rows["supplier_id"])
    for supplier, rows in tables["supplier_presence"].groupby("supplier_id"):
        counted(f"{supplier}.presence_count", "supplier_presence", "evidence", rows["presence_id"])
    for province, rows in tables["supplier_presence"].groupby("subject_id"):
        counted(f"{province}.supplier_count", "supplier_presence", "evidence", rows["presence_id"])
    counted("report.source_count", "sources", "title", sources["source_id"])
    for grade, rows in sources.groupby("grade"):
        counted(f"report.source_count.grade_{grade.lower()}", "sources", "title", rows["source_id"])
    observations = tables[OBSERVATIONS]
    counted("report.observation_count", OBSERVATIONS, "locator", observations["obs_id"])
    again = observations[observations["restates"] != ""]
    counted("report.restatement_count", OBSERVATIONS, "locator", again["obs_id"])
    counted("report.hub_count", "hubs", "name", tables["hubs"]["hub_id"])


def count_values(ledger: Ledger) -> None:
    """How many numbers there are before this one."""
    numbers = [value.id for value in ledger if value.unit != TEXT]
    ledger.derive("report.value_count", "count", numbers)


def score(tables: Tables, normalised: pd.DataFrame, ledger: Ledger, config: Config) -> Ledger:
    """All values of the edition in ``ledger``, recorded texts included."""
    record_observations(ledger, normalised)
    record_tiers(ledger, tables["tiers"])
    subjects = tables["subjects"].to_dict("records")
    provinces = tuple(children(subjects, config.region, "province"))
    region = Region(config.region, provinces, config.nation)
    score_totals(ledger, region, config.gdp_period)
    score_shares(ledger, region)
    score_ranks(ledger, region)
    score_tiers(ledger, region, tables["tiers"])
    score_targets(ledger)
    score_clusters(ledger, region, subjects)
    score_growth(ledger, config.nation)
    count_bases(ledger, config.nation)
    count_rows(ledger, tables)
    if TREE in tables:
        assess(ledger, tables, region.id, config.nation)
    if CHECKS in tables:
        audit(ledger, tables, config.edition, f"data/raw/{config.edition}/{CHECKS}.csv")
    count_values(ledger)
    return ledger


def as_table(ledger: Ledger) -> pd.DataFrame:
    """The numeric values, one row each."""
    rows = [(v.id, v.data, v.unit, v.txt, v.op) for v in ledger if v.unit != TEXT]
    return pd.DataFrame(rows, columns=["value_id", "v", "u", "txt", "op"])


def compute(
    layout: Layout,
    config: Config,
    tables: Tables,
    normalised: pd.DataFrame,
    schemas: Mapping[str, Schema] | None = None,
) -> Ledger:
    """The ledger of the edition: texts, observations and everything computed from them.

    Who computes often passes ``schemas``, which are read from their files otherwise.
    Raises DataError E153 naming an observation that a computation needs and the data lack.
    """
    ledger = Ledger(book_of(tables))
    for name, schema in (schemas or all_schemas(layout)).items():
        record_texts(ledger, tables[name], schema)
    try:
        return score(tables, normalised, ledger, config)
    except LineageError as error:
        file = layout.name(layout.raw / f"{OBSERVATIONS}.csv")
        raise DataError(complaint(error, ledger, tables[OBSERVATIONS], file)) from error


def complaint(error: LineageError, ledger: Ledger, rows: pd.DataFrame, file: str) -> Problem:
    """What data keep a value from being computed: E153 absent, E155 out of bounds, E154 other."""
    if isinstance(error, UnknownValue):
        return Problem("E153", file, 1, "subject_id", error.value_id)
    roots = ({cell.key for cell in ledger.roots(parent)} for parent in error.parents)
    keys = sorted(chain.from_iterable(roots))
    lines = rows.loc[rows["obs_id"].isin(keys), "line"].astype(int)
    code = "E155" if isinstance(error, OutOfBounds) else "E154"
    details = {"rows": "、".join(keys)}
    line = int(lines.min()) if len(lines) else 1
    return Problem(code, file, line, "value", error.value_id, details)


def run(layout: Layout, config: Config) -> None:
    """The stage: write values.json and scores.csv."""
    normalised = read_table(layout.processed / "normalised.csv")
    ledger = compute(layout, config, read_tables(layout), normalised)
    write_text(layout.processed / "values.json", dump_values(ledger))
    write_table(as_table(ledger), layout.processed / "scores.csv")
