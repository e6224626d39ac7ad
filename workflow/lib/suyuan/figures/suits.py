"""What marks must be for a kind to draw them, looked at before anything is drawn.

Each rule finds the marks that do not suit, and names the code of the message about them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from suyuan.core.periods import span

if TYPE_CHECKING:
    import pandas as pd

PERCENT = 100


@dataclass(frozen=True)
class Suit:
    """A rule: ``unsuited`` marks are told by ``code``, with what stands in ``column``."""

    code: str
    column: str
    unsuited: Callable[[pd.DataFrame], pd.Series[bool]]

    def first(self, marks: pd.DataFrame) -> tuple[str, str] | None:
        """Label and fault of the first mark that does not suit, None where all do."""
        wrong = marks[self.unsuited(marks)]
        if wrong.empty:
            return None
        row = wrong.iloc[0]
        return str(row["label"]), str(row[self.column])


def _is_period(text: str) -> bool:
    try:
        span(text)
    except ValueError:
        return False
    return True


def _across(marks: pd.DataFrame) -> pd.Series[bool]:
    """Marks of the first series, which stand along the first of two axes."""
    return marks["series"] == marks["series"].iloc[0]


def _unpaired(marks: pd.DataFrame) -> pd.Series[bool]:
    """Labels that do not stand once in the first series and once in the others together."""
    first = _across(marks)
    sides = (marks.loc[side, "label"].value_counts() for side in (first, ~first))
    counts = [marks["label"].map(side).fillna(0) for side in sides]
    return (counts[0] != 1) | (counts[1] != 1)


KNOWN = Suit("E900", "txt", lambda marks: marks["v"].isna())
DATED = Suit("E901", "x", lambda marks: ~marks["x"].map(_is_period))
PLACED = Suit("E902", "label", lambda marks: marks["column"].isna() | marks["row"].isna())
SHARES = Suit("E903", "txt", lambda marks: ~marks["v"].between(0, PERCENT))
POSITIVE = Suit("E904", "txt", lambda marks: ~(marks["v"] > 0))
UPRIGHT = Suit(
    "E904", "txt", lambda marks: ~_across(marks) & (marks[["v", "low"]].min(axis=1) <= 0)
)
ONCE = Suit("E905", "series", lambda marks: marks.duplicated(["series", "label"]))
PAIRED = Suit("E906", "series", _unpaired)
