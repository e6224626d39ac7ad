"""What a text in a cell may be: seen, short enough, and more than the mark of a gap."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from suyuan.contract.configured import read_document
from suyuan.contract.points import SHAPE as POINTS
from suyuan.contract.points import Points
from suyuan.contract.printed import Printed
from suyuan.contract.shapes import Choice, Each, Every, Keys, Number, Text, hold
from suyuan.contract.unseen import bare, unseen
from suyuan.core.layout import TEXTS

MARKS = " .,:;!?*#'\"-_/\\|~()[]{}<>、。·…—–“”‘’《》【】「」"  # of which alone no text is made
# How a formula of a spreadsheet begins: of a text with a sign before it only where a cell, a
# function or a bracket follows.
FORMULA = re.compile(r"[=＝@]\s*[\w$(+\"'-]|[+-]\s*(\$?[A-Za-z]{1,3}\$?\d|[A-Za-z.]+\()", re.ASCII)
LONGEST = 2000  # characters of a cell; a workbook takes 32,767


@dataclass(frozen=True)
class Texts:
    """Texts that stand in place of what is missing, those that begin a row of totals, and scales.

    All are in small letters. ``scales`` says how many of a unit another is that begins so,
    ``printed`` how sources print figures, ``points`` how reasons give a score.
    """

    placeholders: frozenset[str] = frozenset()
    totals: frozenset[str] = frozenset()
    scales: Mapping[str, Decimal] = field(default_factory=dict, hash=False)
    printed: Printed = field(default_factory=Printed)
    points: Points = field(default_factory=Points)

    def problems(self, text: str, allowed: tuple[str, ...]) -> Iterator[tuple[str, dict[str, str]]]:
        """What is wrong with the text of a cell: code and details.

        E820 characters that are not seen, E821 a placeholder that is none of ``allowed``, E822
        too long, E866 a formula.
        """
        if unseen(text):
            yield "E820", {"bare": bare(text)}
        elif text not in allowed and self.is_gap(text):
            yield "E821", {}
        elif len(text) > LONGEST:
            yield "E822", {"length": str(len(text)), "longest": str(LONGEST)}
        elif text not in allowed and FORMULA.match(text):
            yield "E866", {}

    def is_gap(self, text: str) -> bool:
        """Whether a text only says that there is none, between whatever marks."""
        plain = unicodedata.normalize("NFKC", text).casefold()
        said = plain.strip(MARKS)
        return not said or plain in self.placeholders or said in self.placeholders

    def is_total(self, text: str) -> bool:
        """Whether a row that begins with ``text`` adds up others."""
        return "".join(text.split()).casefold() in self.totals


NO_TEXTS = Texts()
MEANT = Every(Choice(("=", "≈", ">", "<", "≥", "≤")))
PRINTED = Keys(
    {"before": MEANT, "after": MEANT, "ranges": Each(Text()),
     "digits": Every(Number()), "powers": Every(Number())}
)  # fmt: skip


SHAPE = Keys(
    {"placeholders": Each(Text()), "totals": Each(Text()), "scales": Every(Number()),
     "printed": PRINTED, "points": POINTS}
)  # fmt: skip


def read_texts(schemas: Path) -> Texts:
    """The texts of workflow/schemas/texts.yaml. Raises ConfigError for what is no such file."""
    return texts_of(hold(read_document(schemas / TEXTS.name, str(TEXTS)), SHAPE))


def texts_of(found: Mapping[str, Any]) -> Texts:
    """The same of what such a file holds."""
    return Texts(
        frozenset(text.casefold() for text in found["placeholders"]),
        frozenset(text.casefold() for text in found["totals"]),
        {scale: Decimal(str(times)) for scale, times in found["scales"].items()},
        Printed(**{**found["printed"], "ranges": tuple(found["printed"]["ranges"])}),
        Points.of(found["points"]),
    )
