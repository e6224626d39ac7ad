"""Verify: lineage is tested, not asserted.

Two questions to every value of a lineage file. Is it *sufficient*: do the cited cells and parents
alone give the value again? Is each of them *necessary*: does the value move when that one moves,
or is there a reason why it cannot? Whether the file as a whole is what the raw rows give is asked
in ``comparison``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from functools import lru_cache

from suyuan.contract.codebook import Codebook
from suyuan.contract.tables import RawTable
from suyuan.core.numbers import EXACT
from suyuan.lineage.operation import Operation, Operations, Result
from suyuan.lineage.value import TEXT, Value, indicator_of

FACTORS = tuple(map(Decimal, ("1.01", "2", "0.5", "1000", "0.001", "1E+9", "1E-9")))
UNCOMPUTABLE = (ArithmeticError, ValueError)
KINDS = ("insufficient", "idle", "missing")


@dataclass(frozen=True)
class Finding:
    """What is wrong with one value, or why one of its inputs cannot move it."""

    value_id: str
    kind: str  # one of KINDS, or explained
    detail: str


@dataclass
class Verdict:
    """Counts, and everything that is not as it should be."""

    values: int = 0
    inputs: int = 0
    moved: int = 0
    explained: list[Finding] = field(default_factory=list)
    failures: list[Finding] = field(default_factory=list)

    def with_more(self, other: Verdict) -> Verdict:
        """The verdict on the values of both."""
        return Verdict(
            self.values + other.values,
            self.inputs + other.inputs,
            self.moved + other.moved,
            self.explained + other.explained,
            self.failures + other.failures,
        )


class Cells:
    """The raw cells a lineage file cites, each table read when it is first asked for.

    ``read`` gives a table and the name of its key; raises KeyError where there is none.
    """

    def __init__(self, read: Callable[[str], tuple[RawTable, str]]) -> None:
        self._read = read
        self._known: dict[str, tuple[list[str], dict[str, list[str]]]] = {}

    def row(self, source: str, key: str) -> Mapping[str, str]:
        """The row of that key; raises KeyError where there is none."""
        if source not in self._known:
            raw, primary = self._read(source)
            place = raw.header.index(primary)
            self._known[source] = raw.header, {cells[place]: cells for _, cells in raw.records}
        header, rows = self._known[source]
        return dict(zip(header, rows[key], strict=True))


def _recorded(value: Value, row: Mapping[str, str], codebook: Codebook) -> Decimal | str:
    """What a recorded value's own cell says."""
    text = row[value.src[0].column]
    if value.op == TEXT:
        return text
    return codebook.convert(text, row.get("unit") or value.printed_unit)[0]


def _compute(operation: Operation, value: Value, parents: Sequence[Value | str]) -> Result:
    with localcontext(EXACT):
        return operation.run(value.id, parents)


def _same(operation: Operation, value: Value, result: Result, codebook: Codebook) -> bool:
    again = result.v
    if operation.clips and isinstance(again, Decimal):
        again = codebook.clipped(indicator_of(value.id), again)
    return value.v == again and (result.txt is None or value.txt == result.txt)


@lru_cache(maxsize=1024)
def _another(text: str) -> str:
    """A text with another beginning, where whoever reads a long one gives up.

    The same object each time, for a text is hashed once: thousands pick from one of megabytes.
    """
    return "′" + text


def _moved(parent: Value) -> Iterator[Value]:
    """The parent with other contents: small and large changes, up and down."""
    if isinstance(parent.v, str):
        yield parent._replace(v=_another(parent.v), txt=_another(parent.txt))
        return
    for factor in FACTORS:
        yield parent._replace(v=parent.v * factor if parent.v else factor)


def moves(
    operation: Operation, value: Value, parents: list[Value], place: int, codebook: Codebook
) -> bool:
    """Whether some change of one parent changes the value; it is put in its place meanwhile."""
    own = parents[place]
    try:
        for parents[place] in _moved(own):
            result = _compute(operation, value, parents)
            if not _same(operation, value, result, codebook):
                return True
    except UNCOMPUTABLE:
        return True  # the value would not even exist
    finally:
        parents[place] = own
    return False


def asked(
    operation: Operation, value: Value, parents: Sequence[Value], codebook: Codebook
) -> list[bool]:
    """Of each parent whether the value moves with it, in whichever part it is asked."""
    found = [False] * len(parents)
    for places in operation.parts(parents):
        part = [parents[place] for place in places]
        small = list(operation.sample(part))
        if len(part) < len(parents) or small != parents:
            try:
                again = _compute(operation, value, small)
            except UNCOMPUTABLE:  # of so few nothing can be said
                continue
            value = value._replace(v=again.v, txt=again.txt or str(again.v))
        for at, place in enumerate(places):
            found[place] = found[place] or moves(operation, value, small, at, codebook)
    return found


def _check_count(operation: Operation, value: Value, codebook: Codebook, verdict: Verdict) -> None:
    """A count is asked once: one comes or goes, whichever, since they are not looked at."""
    result = _compute(operation, value, value.parents)
    if not _same(operation, value, result, codebook):
        verdict.failures.append(Finding(value.id, "insufficient", f"{result.v} != {value.data}"))
        return
    verdict.inputs += len(value.parents)
    if _compute(operation, value, value.parents[1:]).v != value.v:
        verdict.moved += len(value.parents)
    else:
        verdict.failures += (Finding(value.id, "idle", parent) for parent in value.parents)


def check_value(
    value: Value,
    values: Mapping[str, Value],
    cells: Cells,
    codebook: Codebook,
    operations: Operations,
    verdict: Verdict,
) -> None:
    """Ask a value the first two questions and write the answers into ``verdict``."""
    verdict.values += 1
    if value.src:
        verdict.inputs += 1
        try:
            said = _recorded(value, cells.row(value.src[0].source, value.src[0].key), codebook)
        except KeyError as missing:
            verdict.failures.append(Finding(value.id, "missing", f"{value.src[0]}: {missing}"))
            return
        # A record is its cell: another cell is another value, so it is necessary as it stands.
        verdict.moved += said == value.v
        if said != value.v:
            verdict.failures.append(Finding(value.id, "insufficient", f"{said} != {value.data}"))
        return
    unknown = [parent for parent in value.parents if parent not in values]
    if unknown or value.op not in operations:
        verdict.failures.append(Finding(value.id, "missing", ", ".join(unknown) or value.op))
        return
    operation = operations[value.op]
    if operation.counting:  # whatever they say
        _check_count(operation, value, codebook, verdict)
        return
    parents = [values[parent] for parent in value.parents]
    result = _compute(operation, value, parents)
    if not _same(operation, value, result, codebook):
        verdict.failures.append(Finding(value.id, "insufficient", f"{result.v} != {value.data}"))
        return
    for parent, moved in zip(parents, asked(operation, value, parents, codebook), strict=True):
        verdict.inputs += 1
        if moved:
            verdict.moved += 1
        elif reason := operation.idle:
            verdict.explained.append(Finding(value.id, "explained", f"{parent.id}: {reason}"))
        else:
            verdict.failures.append(Finding(value.id, "idle", parent.id))
