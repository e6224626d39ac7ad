"""Is lineage complete? Single cells are changed, and all that changes must be what they reach.

Every column of every raw and configuration table and every key of config.yaml, claims.yaml and
figures.yaml is tried: all cells of small tables, a seeded sample of large ones. After each change
everything is computed again up to values, claims and the marks of figures. What the contract
refuses is no change; another is tried in its place. A value or claim that changes, comes or goes,
and that the cell does not reach by ``src``, ``in``, ``rows`` and ``via``, is outside: there must
be none. Prints the figure as JSON; the exit code is 1 where something is outside.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from suyuan.contract import edition, observations
from suyuan.contract.carrying import CARRIED, by_key, digest_of
from suyuan.contract.config import Config, edition_layout, read_config
from suyuan.contract.schema import Field
from suyuan.contract.table import Row, Table
from suyuan.core.errors import ReportedError
from suyuan.domain import values
from suyuan.figures.book import shelf
from suyuan.figures.drawn import found_marks
from suyuan.figures.reading import read_figures
from suyuan.lineage.claims import Claim, read_claims
from suyuan.lineage.judging import judge_all
from suyuan.lineage.ledger import Ledger
from suyuan.lineage.members import Members, members_of
from suyuan.lineage.reads import ALL
from suyuan.lineage.value import Value

ROOT = Path(__file__).resolve().parent.parent
CONFIG = read_config(ROOT)
CONFIG = replace(CONFIG, edition=os.environ.get("EDITION") or CONFIG.edition)
LAYOUT = edition_layout(ROOT, CONFIG.edition)
SMALL, SAMPLE, SEED = 12, 4, 9  # rows of a table whose cells are all tried; of others, so many
FEW = {"draws": "100", "sobol_draws": "64", "sobol_resamples": "20"}  # the number decides nothing
Cell = tuple[str, str, str]


@dataclass(frozen=True)
class State:
    """What everything is computed from."""

    tables: Mapping[str, Table]
    config: Config
    claims: Mapping[str, Claim] | None = None  # in place of those of the file
    figures: Mapping[str, Any] | None = None

    def with_cell(self, cell: Cell, text: str) -> State:
        """The same with another text in one cell, carried over so where its row is carried over."""
        name, column, key = cell
        own = self.tables[name].schema.primary_key
        changed = self._with(name, key, {column: text})
        carried = f"{name}.{key}"
        if CARRIED not in self.tables or carried not in by_key(self.tables[CARRIED]):
            return changed
        now = text if column == own else key
        digest = digest_of(by_key(changed.tables[name])[now])
        entry = {"carried_id": f"{name}.{now}", "row": now, "digest": digest}
        return changed._with(CARRIED, carried, entry)

    def _with(self, name: str, key: str, cells: Mapping[str, str]) -> State:
        table = self.tables[name]
        own = table.schema.primary_key
        rows = tuple(
            Row(row.line, {**row.cells, **cells}) if row.cells[own] == key else row
            for row in table.rows
        )
        return replace(self, tables={**self.tables, name: replace(table, rows=rows)})


@cache
def claims_for(members: tuple[tuple[str, tuple[str, ...]], ...]) -> dict[str, Claim]:
    return read_claims(LAYOUT, {name: list(found) for name, found in members})


@cache
def schemas() -> dict[str, Any]:
    return edition.all_schemas(LAYOUT)


_ingested: dict[int, tuple[Table, Any]] = {}  # by identity: most tables stay as they are


def ingested(table: Table) -> Any:
    """The rows as a frame."""
    if id(table) not in _ingested:
        _ingested[id(table)] = (table, edition.ingested(table))
    return _ingested[id(table)][1]


@dataclass
class Computed:
    """Everything that follows from a state; ``entries`` are values and what else there is by id."""

    ledger: Ledger
    entries: dict[str, Value | dict[str, Any]]
    via: dict[str, tuple[str, ...]]
    parents: dict[str, Sequence[str]]

    @classmethod
    def of(cls, state: State) -> Computed:
        """Raises ReportedError for what the contract, or a computation, refuses."""
        lawful = edition.lawful(dict(state.tables), [], LAYOUT)
        tables = {name: ingested(table) for name, table in lawful.items()}
        normalised = observations.check(LAYOUT, tables)
        ledger = values.compute(LAYOUT, state.config, tables, normalised)
        made = cls(ledger, {v.id: v for v in ledger}, {v.id: v.via for v in ledger},
                   {v.id: v.parents for v in ledger})  # fmt: skip
        rows = {name: [row.cells for row in table.rows] for name, table in lawful.items()}
        members = members_of(ledger, rows, state.config.region)
        made.judge(state, members)
        opener = shelf(ledger, rows, state.config.region, tables.__getitem__)
        for figure in (state.figures or read_figures(ROOT)).values():
            marks, _, reads = found_marks(opener, figure)
            ids = list(dict.fromkeys(marks["value_id"]))
            made.add(f"report.figure.{figure.id}", {"in": ids}, (reads.name,), ids)
        return made

    def add(self, name: str, entry: dict[str, Any], via: tuple[str, ...], ids: list[str]) -> None:
        entry.pop("via", None)
        self.entries[name], self.via[name], self.parents[name] = entry, via, ids

    def judge(self, state: State, members: Members) -> None:
        known = tuple((name, tuple(found)) for name, found in members.items())
        claims = claims_for(known) if state.claims is None else state.claims
        for name, judged in judge_all(claims.values(), self.ledger).items():
            entry = judged.to_json(self.ledger)
            self.add(f"claim {name}", entry, judged.via, entry["in"])

    def reached(self, cells: Iterable[Cell]) -> set[str]:
        """Ids of the values and claims that cells reach."""
        wanted = set(cells)
        below: dict[str, list[str]] = defaultdict(list)  # ids and groups by what leads to them
        for name, parents in self.parents.items():
            for parent in parents:
                below[parent].append(name)
            for group in self.via[name]:
                below[f"via {group}"].append(name)
        todo = [v.id for v in self.ledger if v.src and wanted & set(self._own(v.src))]
        for group in self.ledger.groups.values():
            for looked in group.values:
                below[looked].append(f"via {group.name}")
            for table, column, key in wanted:
                for place in ((table, column), (table, ALL)):
                    keys = group.cells.get(place, ())
                    if keys is None or key in keys:
                        todo.append(f"via {group.name}")
        seen: set[str] = set()
        while todo:
            own = todo.pop()
            if own not in seen:
                seen.add(own)
                todo += below[own]
        return seen

    def _own(self, cells: Iterable[Any]) -> Iterator[Cell]:
        """The cells of a recorded value: its own, its row's key, and what stands beside it."""
        for source, column, key in cells:
            keyed = schemas()[source].primary_key
            for beside in (column, keyed, *self.ledger.rows.get((source, column), ())):
                yield source, beside, key


def difference(before: Computed, after: Computed) -> set[str]:
    """Ids of what changed, came or went."""
    ids = before.entries.keys() | after.entries.keys()
    pairs = ((name, before.entries.get(name), after.entries.get(name)) for name in ids)
    return {name for name, old, new in pairs if old != new and said(old) != said(new)}


def said(entry: Value | dict[str, Any] | None) -> Value | dict[str, Any] | None:
    """An entry but for what it was decided by."""
    return entry._replace(via=()) if isinstance(entry, Value) else entry


def other_texts(field: Field, table: Table, text: str, tables: Mapping[str, Table]) -> list[str]:
    """Texts to put in a cell's place, the likeliest to be lawful first."""
    found: list[str] = []
    for key in table.schema.foreign_keys:
        if key.field == field.name:
            keys = [row.cells[key.target] for row in tables[key.resource].rows]
            found += random.Random(text).sample(keys, min(4, len(keys)))
    found += field.enum
    column = [row.cells[field.name] for row in table.rows]
    if re.fullmatch(r"-?\d+(\.\d+)?", text):
        places = len(text.partition(".")[2])
        last = Decimal(1).scaleb(-places)
        number = Decimal(text)
        found += [f"{n:f}" for n in (round(number * Decimal("1.1"), places), number + last,
                                    number - last)]  # fmt: skip
    if field.type == "period" or re.match(r"20\d\d", text):
        found.append(re.sub(r"^20\d\d", lambda year: str(int(year[0]) - 1), text))
    if not field.enum and field.type == "string":
        found += [text + "甲", text + "x", text + "1"]
    found += [*dict.fromkeys(column)][:6]
    found += [] if field.required else [""]
    return [other for other in dict.fromkeys(found) if other != text]


def cells_of(table: Table, small: int, sample: int) -> Iterator[Cell]:
    """The cells to try."""
    key, name = table.schema.primary_key, table.schema.name
    for field in table.schema.fields:
        rows = list(table.rows)
        if len(rows) > small:
            rows = random.Random(f"{SEED}{name}{field.name}").sample(rows, sample)
        yield from ((name, field.name, row.cells[key]) for row in rows)


@dataclass(frozen=True)
class Tried:
    """What one change did: 'refused' where none was lawful."""

    cell: Cell
    change: str
    changed: int = 0
    outside: tuple[str, ...] = ()
    refused: bool = False
    crashes: tuple[str, ...] = ()  # changes that no message refuses


def tried(cell: Cell, before: Computed, states: Iterable[tuple[str, State, Cell]]) -> Tried:
    """The first lawful of some changes of a cell."""
    crashes: list[str] = []
    for change, state, new in states:
        try:
            after = Computed.of(state)
        except ReportedError:
            continue
        except Exception as error:  # a fault of its own, to be told and not to end the run
            crashes.append(f"{change}: {type(error).__name__} {error}")
            continue
        changed = difference(before, after)
        touched = [cell, new, *registered(cell), *registered(new)]
        outside = changed - before.reached(touched) - after.reached(touched)
        return Tried(cell, change, len(changed), tuple(sorted(outside)), crashes=tuple(crashes))
    return Tried(cell, "", refused=True, crashes=tuple(crashes))


def registered(cell: Cell) -> list[Cell]:
    """The cells that say of a row that it is carried over as it is."""
    return [(CARRIED, column, f"{cell[0]}.{cell[2]}") for column in ("carried_id", "row", "digest")]


@cache
def base() -> tuple[State, Computed]:
    """The edition as it is, with few draws."""
    tables, problems = edition.read_all(LAYOUT)
    state = State(edition.lawful(tables, problems, LAYOUT), CONFIG)
    for parameter, few in FEW.items():
        state = state.with_cell(("model", "value", parameter), few)
    return state, Computed.of(state)


ATTEMPTS = 8  # changes of a cell until one is lawful


def try_cell(cell: Cell) -> Tried:
    """Change one cell of a table."""
    state, before = base()
    name, column, key = cell
    table = state.tables[name]
    (field,) = (field for field in table.schema.fields if field.name == column)
    (row,) = (row for row in table.rows if row.cells[table.schema.primary_key] == key)
    others = other_texts(field, table, row.cells[column], state.tables)[:ATTEMPTS]
    keyed = column == table.schema.primary_key
    return tried(
        cell, before,
        ((f"{row.cells[column]} → {other}", state.with_cell(cell, other),
          (name, column, other if keyed else key)) for other in others),
    )  # fmt: skip


def try_key(cell: Cell) -> Tried:
    """Change one entry of a YAML file."""
    state, before = base()
    file, _, key = cell
    if file == "config":
        own = getattr(state.config, cell[1])
        others = ["nw", "cn", "ningxia", "2024", "2023"]
        states = [replace(state, config=replace(state.config, **{cell[1]: other}))
                  for other in others if other != own]  # fmt: skip
    elif file == "claims":
        claims = dict(_claims())
        for name, claim in claims.items():
            if (claim.pattern or name) == key:
                words = {outcome: f"{text}甲" for outcome, text in claim.wording.items()}
                claims[name] = replace(claim, wording=words, asserts=frozenset())
        states = [replace(state, claims=claims)]
    else:
        figures = read_figures(ROOT)
        (spec, *_) = (figure.spec for figure in figures.values() if figure.entry != key)
        changed = {name: replace(figure, spec=spec) if figure.entry == key else figure
                   for name, figure in figures.items()}  # fmt: skip
        states = [replace(state, figures=changed)]
    return tried(cell, before, (("another", one, cell) for one in states))


def _claims() -> Mapping[str, Claim]:
    state, before = base()
    rows = {name: [row.cells for row in table.rows] for name, table in state.tables.items()}
    members = members_of(before.ledger, rows, state.config.region)
    return claims_for(tuple((name, tuple(found)) for name, found in members.items()))


def keys_to_try() -> Iterator[Cell]:
    """Every entry of the YAML files."""
    yield from (("config", field.name, "") for field in fields(Config))
    entries = dict.fromkeys(claim.pattern or name for name, claim in _claims().items())
    yield from (("claims", "claims", name) for name in entries)
    described = dict.fromkeys(figure.entry for figure in read_figures(ROOT).values())
    yield from (("figures", "figures", entry) for entry in described)


def run(cell: Cell) -> Tried:
    return try_cell(cell) if cell[0] in base()[0].tables else try_key(cell)


def told(one: Tried) -> str:
    """What a change moved beyond what its cell reaches, and what crashed; '' for nothing."""
    cell, beyond = ".".join(one.cell), "、".join(one.outside[:4])
    found = [f"{cell} ({one.change}): {len(one.outside)}, {beyond}"] if one.outside else []
    return "; ".join([*found, *(f"{cell}: {text}" for text in one.crashes)])


def sound(cells: list[Cell], processes: int) -> dict[str, Any]:
    """The figure of all trials, and what was outside."""
    started = time.perf_counter()
    base()
    with ProcessPoolExecutor(processes, get_context("fork")) as pool:
        done = []
        for number, one in enumerate(pool.map(run, cells, chunksize=4), start=1):
            done.append(one)
            if one.outside or one.crashes or number % 100 == 0:
                seconds = time.perf_counter() - started
                print(f"{number} of {len(cells)}, {seconds:.0f} s {told(one)}", file=sys.stderr)
    lawful = [one for one in done if not one.refused]
    return {
        "columns": len({cell[:2] for cell in cells}),
        "cells": len(cells),
        "refused": len(done) - len(lawful),
        "moving": sum(one.changed > 0 for one in lawful),
        "changed": sum(one.changed for one in lawful),
        "outside": sum(len(one.outside) for one in lawful),
        "found": [told(one) for one in lawful if one.outside],
        "crashes": [f"{'.'.join(one.cell)}: {text}" for one in done for text in one.crashes],
        "seconds": round(time.perf_counter() - started),
    }


def every_cell(small: int = SMALL, sample: int = SAMPLE) -> list[Cell]:
    """The cells of the full run, a first one of every column before a second one of any."""
    tables = base()[0].tables.values()
    cells = [*keys_to_try(), *(cell for table in tables for cell in cells_of(table, small, sample))]
    tried: Counter[tuple[str, str]] = Counter()
    rounds = []
    for cell in cells:
        rounds.append(tried[cell[:2]])
        tried[cell[:2]] += 1
    return [cell for _, cell in sorted(zip(rounds, cells, strict=True), key=lambda pair: pair[0])]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cells", type=int, help="so many of all cells, by chance")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--only", default="", help="cells whose names begin so")
    asked = parser.parse_args()
    cells = [cell for cell in every_cell() if ".".join(cell).startswith(asked.only)]
    if asked.cells and asked.cells < len(cells):
        cells = random.Random(SEED).sample(cells, asked.cells)
    figure = sound(cells, asked.processes)
    print(json.dumps(figure, ensure_ascii=False, indent=2))
    return int(figure["outside"] > 0)


if __name__ == "__main__":
    sys.exit(main())
