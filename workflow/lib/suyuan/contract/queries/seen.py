"""What rules of plausibility look at: an edition's rows, and its numbers as points of series."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from suyuan.contract.codebook import Codebook
from suyuan.contract.tables import LINE, Records
from suyuan.core.errors import Problem
from suyuan.core.periods import decimal_year

OBSERVATIONS, BOUNDS, EDITION = "observations", "plausibility", "edition"
BESIDE = "beside"  # detail of a query: the keys and cells of the rows that it compares with
Cells = Mapping[str, str]
SERIES = ("subject_id", "indicator_id", "basis", "kind")


@dataclass(frozen=True, slots=True)
class Point:
    """An observation that restates no other: its number in canonical units, and when it is of."""

    row: Cells
    number: float
    end: float  # of its period, 0 where it has none

    @property
    def key(self) -> str:
        """The key of its row."""
        return self.row["obs_id"]


@dataclass(frozen=True)
class Bounds:
    """The parameters of one rule: by name, and by what they hold for ('' for all)."""

    rows: Mapping[str, Mapping[str, float]]

    def __getitem__(self, name: str) -> float:
        """The parameter that holds for all."""
        return self.rows[name][""]

    def each(self, name: str) -> Mapping[str, float]:
        """What the parameter is for each that it holds for."""
        return self.rows[name]

    def has(self, names: Iterable[str]) -> bool:
        """Whether there are parameters of these names."""
        return all(name in self.rows for name in names)


@dataclass(frozen=True)
class Seen:
    """One edition: its tables row by row, its codebook, and how it is named."""

    tables: Mapping[str, Records]
    codebook: Codebook
    folder: str  # of its raw tables, as messages name it

    @cached_property
    def observations(self) -> Records:
        """Every observation, by key: which of two is asked about hangs on nothing else."""
        return sorted(self.tables[OBSERVATIONS], key=key_of)

    @cached_property
    def points(self) -> Sequence[Point]:
        """Observations that restate no other, in their order."""
        ends: dict[str, float] = {"": 0.0}
        for period in {row["as_of"] for row in self.observations} - {""}:
            ends[period] = decimal_year(period)
        factors = {name: float(unit.factor) for name, unit in self.codebook.units.items()}
        return [
            Point(row, float(row["value"]) * factors[row["unit"]], ends[row["as_of"]])
            for row in self.observations
            if not row["restates"]
        ]

    def is_level(self, point: Point) -> bool:
        """Whether a number says how much there is, and not how it changed: it is never below 0."""
        least = self.codebook.indicators[point.row["indicator_id"]].minimum
        return least is not None and least >= 0

    @cached_property
    def series(self) -> Sequence[Sequence[Point]]:
        """Levels of one subject, indicator, basis and kind that have a period, in its order."""
        found: dict[tuple[str, ...], list[Point]] = defaultdict(list)
        for point in self.points:
            if point.end and self.is_level(point):
                found[tuple(point.row[column] for column in SERIES)].append(point)
        return [sorted(points, key=lambda point: point.end) for points in found.values()]

    @cached_property
    def _bounds(self) -> Mapping[str, Bounds]:
        found: dict[str, dict[str, dict[str, float]]] = {}
        for row in self.tables.get(BOUNDS, ()):
            names = found.setdefault(row["code"], {})
            names.setdefault(row["name"], {})[row["of"]] = float(row["value"])
        return {code: Bounds(names) for code, names in found.items()}

    def bounds(self, code: str) -> Bounds:
        """The parameters of a rule."""
        return self._bounds.get(code, Bounds({}))

    @cached_property
    def subjects(self) -> Mapping[str, Cells]:
        """The row of each subject."""
        return {row["subject_id"]: row for row in self.tables["subjects"]}

    @cached_property
    def sources(self) -> Mapping[str, Cells]:
        """The row of each source."""
        return {row["source_id"]: row for row in self.tables["sources"]}

    def cited(self) -> Iterator[tuple[str, Cells, Cells]]:
        """Every row that has a source and a place in it: its table, itself, its source."""
        for name, rows in self.tables.items():
            if rows and "source_id" in rows[0] and "locator" in rows[0]:
                for row in rows:
                    if row["source_id"] in self.sources:
                        yield name, row, self.sources[row["source_id"]]

    def query(
        self, code: str, table: str, row: Cells, column: str, *others: Cells, **details: Any
    ) -> Problem:
        """A question about a cell, which ``others`` of its table speak against."""
        told = {name: str(detail) for name, detail in details.items()}
        if others:
            told["other"], told["line"] = key_of(others[0]), others[0][LINE]
            told["that"] = others[0][column]
            told[BESIDE] = ";".join(f"{key_of(other)}={other[column]}" for other in others)
        file = f"{self.folder}/{table}.csv"
        return Problem(code, file, int(row[LINE]), column, row[column], told)


def key_column(row: Cells) -> str:
    """The column of a row's key: the first but for the line."""
    return next(column for column in row if column != LINE)


def key_of(row: Cells) -> str:
    """A row's key."""
    return row[key_column(row)]
