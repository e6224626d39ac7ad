"""Mutation: which gate, if any, stops each fault, or shows it to a reader.

The gates run in the order of the build, in memory. Consistency and plausibility query a row and
stop nothing. Of claims and audit a fault is caught when an outcome differs from the accepted
edition's: the build goes on, the report says something else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from suyuan.contract import edition, observations, rows
from suyuan.contract.config import Config, edition_layout, read_config
from suyuan.contract.messages import report
from suyuan.contract.schema import Schema
from suyuan.contract.tables import RawTable, read_raw, rows_text
from suyuan.core.errors import ReportedError
from suyuan.core.layout import Layout
from suyuan.domain import values
from suyuan.domain.operations import OPERATIONS
from suyuan.lineage import claims, judging, verification
from suyuan.lineage.ledger import Ledger
from suyuan.lineage.members import members_of
from suyuan.stages import check
from tools.fuzz import bench as fuzz
from tools.fuzz.mutants import Mutant
from tools.mutation.kinds import Edition, Fault, edition_of
from tools.mutation.written import DOCUMENTS

if TYPE_CHECKING:
    import pandas as pd

GATES = ("contract", "double entry", "restatement", "consistency", "plausibility", "score",
         "described", "claims", "audit", "verify")  # fmt: skip
NONE, CRASH = "none", "traceback"
OF_ROWS = {"W162", "W166", "W168", "W169"}
TWICE = {"E848", "E849", "E860", "E861", "E862", "E863", "E864", "E869", "E895"}
AUDIT = {"E170", "E171", "E172", "E173"}


@dataclass(frozen=True)
class Caught:
    """A fault, the first gate that caught it or NONE, and the code and message of that gate.

    There is a message where the fault was refused, and where it crashed.
    """

    fault: Fault
    gate: str
    code: str = ""
    said: str = ""
    elsewhere: bool = (
        False  # the message names neither the file at fault nor, if it is one, the row
    )

    @property
    def goes_on(self) -> bool:
        """Whether a build with the fault in it comes to its end: nothing was said of it."""
        return not self.said


@dataclass(frozen=True)
class Outcome:
    """What claims and audit say of an edition."""

    claims: Mapping[str, tuple[str, bool]]
    verdicts: Mapping[str, str]


class Bench:
    """The accepted edition, read once, with every unchanged table kept as it was read.

    Faults of other files are put into a ``copy`` of the project.
    """

    def __init__(self, layout: Layout, config: Config, copy: fuzz.Bench) -> None:
        self.layout, self.config, self.copy = layout, config, copy
        self.schemas: dict[str, Schema] = edition.all_schemas(layout)
        raw_schemas = edition.raw_schemas(layout)
        self.files = {
            name: (layout.raw if name in raw_schemas else layout.config) / f"{name}.csv"
            for name in self.schemas
        }
        self.raw = {name: read_raw(path, layout.name(path)) for name, path in self.files.items()}
        self.tables = edition.check(layout)
        self.frames = {name: edition.ingested(table) for name, table in self.tables.items()}
        self.ledger = self._score(self.frames)
        lists = {name: self.frames[name].to_dict("records") for name in ("subjects", "suppliers")}
        members = members_of(self.ledger, lists, config.region)
        self.claims = claims.read_claims(layout, members)
        self.accepted = self._outcome(self.ledger)

    def _score(self, frames: Mapping[str, pd.DataFrame]) -> Ledger:
        normalised = observations.check(self.layout, frames)
        return values.compute(self.layout, self.config, frames, normalised)

    def _outcome(self, ledger: Ledger, read: Mapping[str, claims.Claim] | None = None) -> Outcome:
        judged = judging.judge_all((self.claims if read is None else read).values(), ledger)
        for one in judged.values():
            judging.check_wording(one, ledger)
        return Outcome(
            {name: (one.outcome, one.robust) for name, one in judged.items()},
            {value.id: str(value.v) for value in ledger if value.id.startswith("audit.verdict.")},
        )

    def used(self) -> set[str]:
        """Keys of the observations that some computed number rests on."""
        rows = {row.cells["obs_id"] for row in self.tables[edition.OBSERVATIONS].rows}
        made = [v.id for v in self.ledger if v.parents and v.op not in ("count", "figure")]
        seen: set[str] = set()
        for value_id in made:
            seen |= {
                cell.key
                for parent in self.ledger[value_id].parents
                for cell in self.ledger[parent].src
                if cell.column == "value"
            }
        return rows & seen

    def edition(self) -> Edition:
        """What faults are made of."""
        keys = {name: schema.primary_key for name, schema in self.schemas.items()}
        texts = {name: (self.layout.root / name).read_text(encoding="utf-8") for name in DOCUMENTS}
        made = edition_of(self.raw, keys, self.used(), self.config.region, texts)
        entries = {name: claim.pattern or name for name, claim in self.claims.items()}
        happened = self.accepted.claims.items()
        return replace(made, outcomes={(entries[name], outcome) for name, (outcome, _) in happened})

    def file(self, fault: Fault) -> str:
        """The name of the file at fault."""
        return fault.table if fault.text else self.layout.name(self.files[fault.table])

    def data(self, fault: Fault) -> bytes:
        """What that file then holds."""
        if fault.text:
            return fault.text.encode()
        header = self.raw[fault.table].header
        return rows_text(header, ([row[name] for name in header] for row in fault.rows)).encode()

    def try_out(self, fault: Fault) -> Caught:
        """Run the gates over the edition with one fault in it."""
        try:
            return self._written(fault) if fault.text else self._tabled(fault)
        except ReportedError:
            raise
        except Exception:  # what nobody foresaw
            return Caught(fault, CRASH, said=fuzz.last_lines())

    def _refused(self, fault: Fault, gate: str, error: ReportedError) -> Caught:
        """A fault that a gate stopped, and whether people are sent to another place."""
        code = min(problem.code for problem in error.problems)
        said = report(error.problems, self.layout.templates, most=1000)
        file = self.file(fault)
        place = rf"{re.escape(file)}:{fault.line}\b|第 {fault.line} 行|\b{fault.line}: "
        named = file in said if fault.text or not fault.line else bool(re.search(place, said))
        if all(problem.file != file for problem in error.problems):
            named = file in said  # of what another table misses, nobody knows the row
        gate = "double entry" if code in TWICE else "audit" if code in AUDIT else gate
        return Caught(fault, gate, code, said, not named)

    def _written(self, fault: Fault) -> Caught:
        """The gates over a project with another text in one file."""
        mutant = Mutant(fault.family, 0, fault.table, self.data(fault), fault.line)
        with self.copy.holding(mutant):
            gate = "contract"
            try:
                config = read_config(self.copy.root)
                layout = edition_layout(self.copy.root, config.edition)
                check.check_settings(layout)
                found = self.copy.found
                if config != self.config:
                    gate = "score"
                    found = check.computed(layout, config)
                gate = "described"
                check.check_described(layout, config, found)
                lists = found.ledger.texts.rows
                read = claims.read_claims(layout, members_of(found.ledger, lists, config.region))
                outcome = self._outcome(found.ledger, read)
            except ReportedError as error:
                return self._refused(fault, gate, error)
        return self._differs(fault, outcome) or Caught(fault, NONE)

    def _differs(self, fault: Fault, outcome: Outcome) -> Caught | None:
        if told := _first_difference(self.accepted.claims, outcome.claims):
            return Caught(fault, "claims", told)
        if told := _first_difference(self.accepted.verdicts, outcome.verdicts):
            return Caught(fault, "audit", told)
        return None

    def _tabled(self, fault: Fault) -> Caught:
        """The gates over the edition with other rows in one table."""
        header = self.raw[fault.table].header
        records = [
            (line, [row[name] for name in header]) for line, row in enumerate(fault.rows, start=2)
        ]
        file = self.layout.name(self.files[fault.table])
        schema = self.schemas[fault.table]
        table, problems = rows.shape(RawTable(header, records), schema, file)
        gate = "contract"
        try:
            changed = self.tables | {fault.table: table}
            edition.lawful(changed, problems, self.layout)
            frames = self.frames | {fault.table: edition.ingested(table)}
            gate = "restatement"
            normalised = observations.check(self.layout, frames)
            if found := observations.queried(self.layout, frames, normalised):
                code = min(query.code for query in found)
                return Caught(fault, "consistency" if code in OF_ROWS else "plausibility", code)
            gate = "score"
            ledger = values.compute(self.layout, self.config, frames, normalised)
            gate = "claims"
            outcome = self._outcome(ledger)
        except ReportedError as error:
            return self._refused(fault, gate, error)
        return self._differs(fault, outcome) or self._verified(fault, ledger, frames)

    def _verified(self, fault: Fault, ledger: Ledger, frames: Mapping[str, pd.DataFrame]) -> Caught:
        """Whether the cited cells and parents of every value give it again."""
        rows = {
            name: (
                RawTable(list(frame.columns), list(enumerate(frame.values.tolist()))),
                self.schemas[name].primary_key,
            )
            for name, frame in frames.items()
        }
        cells, verdict = verification.Cells(rows.__getitem__), verification.Verdict()
        values = {value.id: value for value in ledger}
        codebook = observations.book_of(frames)
        for value in values.values():
            if value.src:
                verification.check_value(value, values, cells, codebook, OPERATIONS, verdict)
        if verdict.failures:
            return Caught(fault, "verify", verdict.failures[0].kind)
        return Caught(fault, NONE)


def _first_difference(before: Mapping[str, object], after: Mapping[str, object]) -> str:
    """Key of the first entry that is gone, new or another; '' where there is none."""
    keys = dict.fromkeys([*before, *after])
    return next((key for key in keys if before.get(key) != after.get(key)), "")


def table_of(results: Sequence[Caught]) -> dict[str, dict[str, int]]:
    """How many faults of each family each gate caught first; a crash is none."""
    counts: dict[str, dict[str, int]] = {}
    for one in results:
        row = counts.setdefault(one.fault.family, dict.fromkeys((*GATES, NONE), 0))
        row[NONE if one.gate == CRASH else one.gate] += 1
    return counts


def caught(results: Sequence[Caught]) -> int:
    """How many faults some gate caught; a crash is none."""
    return sum(one.gate not in (NONE, CRASH) for one in results)
