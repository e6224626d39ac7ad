"""What the printed digits of a cell leave open: half a unit of the last one, to either side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np
import pandas as pd

from suyuan.index.cells import PERCENT, Signs, Stored, plain_digits
from suyuan.index.table import Data


def half_unit(text: str, signs: Signs) -> float:
    """Half a unit of the last digit of a number as it is written; 0 where there is none.

    1.50 is known to 0.005, 1200 to a half, 1.2e3 to 50; 70% where shares are declared to 0.005.
    """
    if not text or text in signs.missing:
        return 0.0
    if isinstance(text, Stored):
        signs = Signs()
    shares = signs.percent and text.endswith(PERCENT)
    digits = plain_digits(text.removesuffix(PERCENT).rstrip() if shares else text, signs)
    if not digits:
        return 0.0
    last = int(Decimal(digits).as_tuple().exponent)
    return float(Decimal(5).scaleb(last - 1 - 2 * shares))


@dataclass(frozen=True)
class Printed:
    """Data with how far each number may be from what is printed, in ``halves`` of its columns.

    A column that has no negative number stays without: a printed 0 may only be more.
    """

    data: Data
    halves: pd.DataFrame

    @classmethod
    def of(cls, data: Data, columns: Iterable[str], signs: Signs) -> Printed:
        known = [column for column in dict.fromkeys(columns) if column in data.texts]
        halves = {column: _halves(data.texts[column], signs) for column in known}
        return cls(data, pd.DataFrame(halves, index=data.frame.index))

    def moved(self, share: np.ndarray) -> Data:
        """The data with every cell moved by that ``share`` of its half unit, -1 to 1.

        ``share`` is (units × columns of ``halves``).
        """
        frame = self.data.frame.copy()
        for place, column in enumerate(self.halves):
            frame[column] = self.column(column, share[:, place])
        return replace(self.data, frame=frame)

    def column(self, name: str, share: np.ndarray) -> np.ndarray:
        """The column with its cells moved."""
        values = self.data.frame[name].to_numpy(dtype=float)
        moved = values + share * self.halves[name].to_numpy()
        return np.maximum(moved, 0.0) if not (values < 0).any() else moved


def _halves(texts: Sequence[str], signs: Signs) -> np.ndarray:
    known = {each: half_unit(each[1], signs) for each in {(type(text), text) for text in texts}}
    return np.array([known[type(text), text] for text in texts])
