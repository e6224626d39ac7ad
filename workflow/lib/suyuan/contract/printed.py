"""Figures as sources print them: 约316 EFLOPS, 突破10万P, +90%~95%, 1-3-7-14毫秒, 第四(位), 八大.

A figure is one number, the ends of a range or a row of numbers, with the words that compare before
or after it and its unit. A unit that is not printed right after the number but in the heading of a
table, or left unsaid, stands in brackets at the end. The words are in workflow/schemas/texts.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from suyuan.contract.numerals import MINUS, WIDE

LONGEST = 24  # characters of a figure; more is a sentence
NUMBER = r"[-+]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[-+]?[0-9]+(?:\.[0-9]+)?"
ROW = re.compile(r"([0-9.]+(?:-[0-9.]+){2,})(.*)", re.ASCII)
BRACKETS = re.compile(r"([^()]*)\(([^()]+)\)")
EXACTLY = "="


@dataclass(frozen=True)
class Reading:
    """One way to read a figure: any of ``comparators``, a number, a unit's name."""

    comparators: frozenset[str]
    number: Decimal
    unit: str


@dataclass(frozen=True)
class Printed:
    """Words of printed figures with the comparators they mean, and numerals."""

    before: Mapping[str, str] = field(default_factory=dict, hash=False)
    after: Mapping[str, str] = field(default_factory=dict, hash=False)
    ranges: tuple[str, ...] = ()
    digits: Mapping[str, int] = field(default_factory=dict, hash=False)
    powers: Mapping[str, int] = field(default_factory=dict, hash=False)

    @cached_property
    def _before(self) -> dict[str, str]:
        return {_narrow(word): sign for word, sign in self.before.items()}

    @cached_property
    def _range(self) -> re.Pattern[str]:
        between = "|".join(map(re.escape, self.ranges)) or "(?!)"
        return re.compile(f"({NUMBER})([^0-9]*?)(?:{between})({NUMBER})(.*)", re.ASCII)

    @cached_property
    def _single(self) -> re.Pattern[str]:
        numerals = "".join(map(re.escape, (*self.digits, *self.powers)))
        words = f"|[{numerals}]+" if numerals else ""
        return re.compile(f"({NUMBER}{words})(.*)", re.ASCII)

    def numeral(self, text: str) -> Decimal:
        """The number that digits or numerals write: 1,000, 八, 二十六, 二〇二六, 千."""
        if not text or text[-1].isdecimal():
            return Decimal(text.replace(",", "")) if text else Decimal(1)
        if len(text) > 1 and not any(letter in self.powers for letter in text):
            return Decimal("".join(str(self.digits[letter]) for letter in text))
        total, digit = 0, None
        for letter in text:
            if letter in self.powers:
                total += (1 if digit is None else digit) * self.powers[letter]
                digit = None
            else:
                digit = self.digits[letter]
        return Decimal(total + (digit or 0))

    def readings(
        self, text: str, units: Collection[str], scales: Mapping[str, Decimal]
    ) -> Iterator[Reading]:
        """Every way to read ``text`` with one of ``units``; none where it is no figure."""
        names = {_narrow(name): name for name in units}
        found = _narrow(text)
        before = _longest(self._before, found.startswith)
        sign = self._before.get(before, EXACTLY)
        found = found.removeprefix(before)
        for numbers, rest in self._numbers(found, bare=bool(before)):
            for after, times, unit in self._units(rest, names, scales):
                if before and after and EXACTLY not in (sign, after):
                    continue  # two words that compare
                for meant, number in numbers:
                    said = sign if sign != EXACTLY else after
                    comparators = meant if said == EXACTLY else frozenset({said})
                    yield Reading(comparators, number * times if times else number, unit)

    def _numbers(
        self, text: str, *, bare: bool
    ) -> Iterator[tuple[list[tuple[frozenset[str], Decimal]], str]]:
        """Numbers at the beginning, each with what it may mean, and what follows them."""
        exactly = frozenset({EXACTLY})
        if row := ROW.fullmatch(text):
            yield [(exactly, Decimal(part)) for part in row[1].split("-")], row[2]
        elif ends := self._range.fullmatch(text):
            if ends[2] in ("", ends[4][: len(ends[2])]):  # 90%~95%, 90~95%
                low, high = self.numeral(ends[1]), self.numeral(ends[3])
                yield [(exactly | {"≥"}, low), (exactly | {"≤"}, high)], ends[4]
        elif single := self._single.fullmatch(text):
            yield [(exactly, self.numeral(single[1]))], single[2]
        elif bare:  # 超万P
            yield [(exactly, Decimal(1))], text

    def _units(
        self, text: str, names: Mapping[str, str], scales: Mapping[str, Decimal]
    ) -> Iterator[tuple[str, Decimal | None, str]]:
        """What a word after the number means, what it is multiplied by, and the unit."""
        outer = BRACKETS.fullmatch(text)
        head, inner = (outer[1], outer[2]) if outer else (text, "")
        word = _longest(self.after, head.endswith)
        for after, bare in ((EXACTLY, head), (self.after.get(word, ""), head.removesuffix(word))):
            if not after or (after != EXACTLY and bare == head):
                continue
            unit = bare + inner
            if unit in names:
                yield after, None, names[unit]
                return
            scale = _longest(scales, unit.startswith)
            if scale and (rest := unit.removeprefix(scale)) in names:
                yield after, scales[scale], names[rest]
                return


def _narrow(text: str) -> str:
    """Half-width characters, no spaces."""
    return re.sub(r"\s", "", text.translate(WIDE).replace(MINUS, "-"))


def _longest(words: Collection[str], fits: Callable[[str], bool]) -> str:
    return max(filter(fits, words), key=len, default="")
