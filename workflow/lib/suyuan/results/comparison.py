"""``suyuan index diff``: two results, computed again from what they keep, and what moved ranks."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from unicodedata import east_asian_width

import numpy as np
import pandas as pd

from suyuan.contract.tables import rows_text
from suyuan.core.errors import IndexFault, Problem
from suyuan.core.files import sha256, write_text
from suyuan.index import kept
from suyuan.index.command import compute
from suyuan.index.origins import LINEAGE
from suyuan.index.run import Run
from suyuan.results import wording
from suyuan.results.mixing import CAUSES, Mixer
from suyuan.results.sharing import ENDS, RANK, SCORE, WIDE, Moved, moved

NAMED = 5  # differences that a line names
FEW = 10  # units whose ends of intervals a terminal is told
RANKS = (RANK, "rank_low", "rank_high")
COLUMNS = ("node", "unit", "measure", "before", "after", "change", *CAUSES, "joint", "joint_causes")
LIKE = 1e-9  # scores that another version gives again, relative


def opened(folder: Path) -> Run:
    """The run of a result, computed again from its inputs.

    Raises IndexFault: E591 where the folder has no result, E593 for an input that was changed.
    """
    known = kept.recorded(folder)
    if not known:
        raise IndexFault(Problem("E591", str(folder / kept.RUN)))
    made = {name: digest for name, digest in known["outputs"].items()
            if name == kept.RECIPE or name.startswith(f"{kept.INPUTS}/")}  # fmt: skip
    changed = [
        Problem("E593", str(folder / name))
        for name, digest in made.items()
        if not (folder / name).is_file() or sha256(folder / name) != digest
    ]
    if changed:
        raise IndexFault(changed)
    (data,) = (name for name in made if name.startswith(f"{kept.INPUTS}/data."))
    return compute(folder / data, folder / kept.INPUTS / "tree.csv", folder / kept.RECIPE)


def again(folder: Path, run: Run) -> bool:
    """Whether the run, computed again, has the scores of the result."""
    try:
        said = json.loads((folder / LINEAGE).read_bytes())["scores"]
    except (OSError, ValueError, KeyError):
        return False
    for node, column in run.index.aggregates.scores.items():
        for value, own in zip(column, said.get(node, ()), strict=True):
            known = value == value  # noqa: PLR0124
            if known != (own is not None):
                return False
            if known and abs(value - own) > LIKE * max(1.0, abs(own)):
                return False
    return True


class Comparison:
    """What became of every unit from one result to another, and by what."""

    def __init__(self, before: Path, after: Path, *, intervals: bool = True) -> None:
        self.folders = before, after
        runs = opened(before), opened(after)
        self.mixer = Mixer(*runs)
        self.other = [f for f, run in zip(self.folders, runs, strict=True) if not again(f, run)]
        self.moved = list(moved(self.mixer, intervals=intervals))

    @property
    def changed(self) -> list[Moved]:
        """What is not as it was."""
        return [one for one in self.moved if one.before != one.after]

    def table(self) -> str:
        """All of it as CSV; the shares of a row add up to its change."""
        return rows_text(COLUMNS, (self.row(one) for one in self.moved))

    def write(self, path: Path) -> None:
        write_text(path, self.table())

    @staticmethod
    def row(one: Moved) -> Sequence[str]:
        """The cells of a number, in the order of ``COLUMNS``."""
        alone = {blocks[0]: share for blocks, share in one.shares if len(blocks) == 1}
        joint = {"+".join(blocks): share for blocks, share in one.shares if len(blocks) > 1}
        return [
            one.node, one.unit, one.measure, *map(_plain, (one.before, one.after, one.change)),
            *(_plain(alone.get(cause)) for cause in CAUSES),
            _plain(sum(joint.values(), Decimal(0)) if joint else None), " ".join(joint),
        ]  # fmt: skip

    def lines(self, lang: str) -> Iterator[str]:
        """The comparison for a terminal."""
        words = wording.words(lang)
        for folder in self.other:
            yield words["other_program"].format(folder=folder)
        if not self.mixer.causes:
            yield words["same_runs"]
            return
        yield words["differ"]
        for cause in self.mixer.causes:
            found = list(self.mixer.differences(cause))
            named = ", ".join(found[:NAMED]) + (", …" if len(found) > NAMED else "")
            yield f"  {self._cause(cause, words)} ({len(found)}): {named}"
        if not self.moved:
            yield words["no_common"]
            return
        if not self.changed:
            yield words["same_scores"]
            return
        for root in dict.fromkeys(one.node for one in self.moved):
            for measure in (RANK, SCORE, *ENDS):
                yield from self._table(root, measure, words)

    def _cause(self, cause: str, words: wording.Words) -> str:
        reshaped = cause == "weights" and self.mixer.reshaped
        return words["by_tree" if reshaped else f"by_{cause}"]

    def _table(self, root: str, measure: str, words: wording.Words) -> Iterator[str]:
        every = [one for one in self.moved if (one.node, one.measure) == (root, measure)]
        own = [one for one in every if one.before != one.after]
        if measure in ENDS and not own:
            return
        yield ""
        yield words[f"diff_{measure}"].format(name=root, same=len(every) - len(own))
        if not own:
            return
        causes = [
            cause for cause in self.mixer.causes
            if any(cause in blocks for one in own for blocks, _ in one.shares)
        ]  # fmt: skip
        heads = [words["unit"], words["before"], words["after"], words["change"]]
        heads += [self._cause(cause, words) for cause in causes]
        heads += [words["joint"]] if any(_joint(one) for one in own) else []
        own.sort(key=lambda one: abs(one.change or Decimal(0)), reverse=True)
        shown = own[:FEW] if measure in ENDS else own
        rows = [[*self._told(one, words), *self._shares(one, causes, words)] for one in shown]
        yield from _aligned([heads, *rows])
        if len(shown) < len(own):
            yield words["more_rows"].format(count=len(own) - len(shown))

    def _told(self, one: Moved, words: wording.Words) -> list[str]:
        ends = [
            words["none"] if v is None else _shown(v, one.measure) for v in (one.before, one.after)
        ]
        change = "" if one.change is None else _signed(one.change, one.measure)
        return [one.unit, *ends, change]

    def _shares(self, one: Moved, causes: Sequence[str], words: wording.Words) -> list[str]:
        alone = {blocks[0]: share for blocks, share in one.shares if len(blocks) == 1}
        found = [_signed(alone[c], SCORE) if c in alone else "" for c in causes]
        return found + [
            f"{_signed(share, SCORE)} ({' + '.join(self._cause(c, words) for c in blocks)})"
            for blocks, share in _joint(one)
        ]


def as_table(found: Comparison) -> pd.DataFrame:
    """The rows of the comparison, with numbers as floats; NaN where there is none."""
    rows = [found.row(one) for one in found.moved]
    table = pd.DataFrame(rows, columns=[*COLUMNS], dtype=object)
    texts = ("node", "unit", "measure", "joint_causes")
    numbers = [column for column in COLUMNS if column not in texts]
    table[numbers] = table[numbers].replace("", np.nan).astype(float)
    return table


def _joint(one: Moved) -> list[tuple[tuple[str, ...], Decimal]]:
    return [(blocks, share) for blocks, share in one.shares if len(blocks) > 1]


def _plain(number: Decimal | None) -> str:
    return "" if number is None else f"{number.normalize(WIDE):f}"


def _shown(number: Decimal, measure: str) -> str:
    return (
        wording.signed(wording.rank(float(number)))
        if measure in RANKS
        else wording.score(float(number), None)
    )


def _signed(number: Decimal, measure: str) -> str:
    text = _shown(number, measure)
    return f"+{text}" if number > 0 else text


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Columns that are as wide as their widest cell; the first to the left, the others right."""
    count = max(map(len, rows))
    full = [[*row, *[""] * (count - len(row))] for row in rows]
    wide = [max(_width(row[place]) for row in full) for place in range(count)]
    for row in full:
        cells = [row[0] + " " * (wide[0] - _width(row[0]))]
        cells += [" " * (w - _width(c)) + c for w, c in zip(wide[1:], row[1:], strict=True)]
        yield "  ".join(cells).rstrip()


def _width(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)
