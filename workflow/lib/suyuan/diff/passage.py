"""A passage of a page: what it prints, and what it is known by."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

NUMBER = "\ufffc"  # stands for a number, whatever it is
PLACED = "\ufffb"  # begins what stands for an ordinal or a reference
BETWEEN = " ,;、，；；。[]（）"  # what stands between references


def squeezed(text: str) -> str:
    """Text with single spaces."""
    return " ".join(text.split())


@dataclass(frozen=True)
class Run:
    """Text of one sort: what is printed, what it is known by, and the same without its numbers."""

    text: str
    key: str
    form: str
    fact: str = ""
    claim: str = ""


@dataclass(frozen=True)
class Passage:
    """A sentence, heading, caption or cell."""

    kind: str
    section: str
    runs: tuple[Run, ...]
    of: str = ""  # the figure or table whose caption it is

    @cached_property
    def text(self) -> str:
        return squeezed("".join(run.text for run in self.runs))

    @cached_property
    def key(self) -> str:
        """Equal where a reader would see no change."""
        return f"{self.kind}:{squeezed(''.join(run.key for run in self.runs))}"

    @cached_property
    def form(self) -> str:
        """Equal where only numbers differ."""
        return f"{self.kind}:{squeezed(''.join(run.form for run in self.runs))}"

    @cached_property
    def bare(self) -> str:
        """Equal where only values and claims read otherwise: the words of the template."""
        return squeezed("".join(NUMBER if r.fact or r.claim else r.form for r in self.runs))

    @property
    def facts(self) -> dict[str, str]:
        """What is printed of each value, by its id."""
        found: dict[str, str] = {}
        for run in self.runs:
            if run.fact:
                found[run.fact] = found.get(run.fact, "") + run.text
        return found

    @property
    def claims(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(run.claim for run in self.runs if run.claim))

    @cached_property
    def refers(self) -> bool:
        """Whether it is nothing but references."""
        texts = [run for run in self.runs if not run.key.startswith(PLACED)]
        return len(texts) < len(self.runs) and not "".join(r.text for r in texts).strip(BETWEEN)
