"""Prose cannot compare, name or measure by itself: such words come from claims, facts, codebook.

What may not be typed is configuration: the words of templates/relations.yaml and
templates/lint.yaml, names of subjects, labels of measured units. A word that must stand is excused
in place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from suyuan.contract.codebook import Codebook
from suyuan.contract.tables import Records
from suyuan.core.errors import ConfigError, Problem, whole
from suyuan.lineage.relations import Relations
from suyuan.page.lint import LINT, around
from suyuan.page.prose import Excuse, Prose

COMPARING, AMOUNT, RECORD, NAME, UNIT = "E353", "E354", "E355", "E356", "E357"
IDLE = "E358"
TOPIC = "topic"  # the type of subjects that are themes, and no names


def names_of(subjects: Records, region: str) -> Iterator[str]:
    """Names of subjects, but for themes, the region that the report is about and what it is in."""
    by_id = {row["subject_id"]: row for row in subjects}
    about: set[str] = set()
    while region and region not in about:
        about.add(region)
        region = by_id[region]["parent_id"]
    for subject, row in by_id.items():
        if subject not in about and row["type"] != TOPIC:
            yield from filter(None, (row["name"], row["full_name"]))


def texts_of(columns: Iterable[str], tables: Mapping[str, Records]) -> Iterator[str]:
    """Texts of columns, each ``<table>.<column>``.

    Raises ConfigError E345 for a table that there is not, or a column that it has not.
    """
    for place in columns:
        table, _, column = place.partition(".")
        if table not in tables or any(column not in row for row in tables[table]):
            raise ConfigError([whole("E345", LINT, place)])
        yield from (row[column] for row in tables[table])


def units_of(codebook: Codebook) -> Iterator[str]:
    """Labels of what is measured and not counted; one of a single letter is no word by itself."""
    labels = {unit.label for unit in codebook.units.values() if unit.rounded}
    yield from (label for label in labels - {"-"} if len(label) > 1 or not label.isalnum())


@dataclass(frozen=True)
class Typed:
    """Words that may not be typed, each with the code of its problem; '' for one that may."""

    words: Mapping[str, str]

    @classmethod
    def of(
        cls, lists: Mapping[str, list[str]], relations: Relations, names: Iterable[str],
        units: Iterable[str],
    ) -> Typed:  # fmt: skip
        """From the lists of templates/lint.yaml, and what stands elsewhere."""
        stated = {word: COMPARING if of else "" for word, of in relations.meanings.items()}
        return cls(
            dict.fromkeys(lists["amounts"], AMOUNT)
            | dict.fromkeys(lists["records"], RECORD)
            | dict.fromkeys(lists["comparing"], COMPARING)
            | stated
            | dict.fromkeys(names, NAME)
            | dict.fromkeys(units, UNIT)
            | dict.fromkeys(lists["neutral"], "")
        )

    def but(self, relations: Relations) -> Typed:
        """The same, where words that state a relation are held to it elsewhere."""
        return Typed({**self.words, **dict.fromkeys(relations.meanings, "")})

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        longest = sorted(self.words, key=len, reverse=True)
        return re.compile("|".join(map(re.escape, longest)))

    def find(self, text: str) -> Iterator[tuple[str, str]]:
        """Words of the text and their codes, from left to right, the longest first."""
        for found in self.pattern.finditer(text):
            if code := self.words[found[0]]:
                yield found[0], code


def typed_problems(prose: Prose, typed: Typed) -> list[Problem]:
    """E353 to E357 for words that nothing in the line above excuses, E358 for idle excuses."""
    excused = {(excuse.row, word): excuse for excuse in prose.excuses for word in excuse.words}
    found, used = [], set()
    for row, text in prose.lines:
        for word, code in typed.find(text):
            if (row, word) in excused:
                used.add((row, word))
            else:
                value = f"{word}（{around(text, word)}）"
                found.append(Problem(code, prose.name, row, "1", value))
    idle = [excuse for excuse in prose.excuses if not (excuse.words and excuse.reason)]
    idle += [excused[key] for key in excused.keys() - used]
    return found + [_idle(prose, excuse) for excuse in dict.fromkeys(idle)]


def _idle(prose: Prose, excuse: Excuse) -> Problem:
    return Problem(IDLE, prose.name, excuse.written, "1", " ".join(excuse.words))
