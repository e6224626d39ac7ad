"""Points: how the words of a reason give a score, so that it is entered twice.

How they do so is said in workflow/schemas/texts.yaml; nothing here knows a language.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from suyuan.contract.shapes import Each, Every, Keys, Number, Shape, Text

SHAPE: Shape = Keys(
    {"unit": Text(), "settles": Text(), "between": Text(), "starts": Every(Number()),
     "ends": Every(Number()), "steps": Every(Number()), "digits": Each(Text())}
)  # fmt: skip


@dataclass(frozen=True)
class Points:
    """Words that give points.

    ``starts`` are words before a number of points that ``steps`` in the same text add to or take
    from, ``ends`` those after which nothing does; each adds what it has itself. What ``settles`` it
    goes before all, with ``between`` after a second number in the middle of both.
    """

    unit: str = ""
    settles: str = ""
    between: str = ""
    starts: Mapping[str, Decimal] = field(default_factory=dict, hash=False)
    ends: Mapping[str, Decimal] = field(default_factory=dict, hash=False)
    steps: Mapping[str, Decimal] = field(default_factory=dict, hash=False)
    digits: tuple[str, ...] = ()

    @classmethod
    def of(cls, entry: Mapping[str, Any]) -> Points:
        """From the register ``points`` of texts.yaml."""
        numbers = {
            name: {word: Decimal(str(number)) for word, number in entry[name].items()}
            for name in ("starts", "ends", "steps")
        }
        return cls(**{**entry, **numbers, "digits": tuple(entry["digits"])})

    @cached_property
    def _settled(self) -> re.Pattern[str]:
        digit = f"([{''.join(self.digits)}]){self.unit}"
        return re.compile(f"{self.settles}{digit}(?:\\w{digit}{self.between})?")

    @cached_property
    def _begun(self) -> re.Pattern[str]:
        words = "|".join((*self.starts, *self.ends))
        return re.compile(f"({words})([{''.join(self.digits)}]){self.unit}")

    def given(self, text: str) -> Decimal | None:
        """The points that a text gives, None where it gives none."""
        if not self.unit:
            return None
        if found := self._settled.search(text):
            one = self._number(found[1])
            return (one + self._number(found[2])) / 2 if found[2] else one
        if not (found := self._begun.search(text)):
            return None
        word, points = found[1], self._number(found[2])
        if word in self.ends:
            return points + self.ends[word]
        return points + self.starts[word] + sum(n for step, n in self.steps.items() if step in text)

    def _number(self, digit: str) -> Decimal:
        return Decimal(self.digits.index(digit))
