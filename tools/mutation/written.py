"""Faults of what is configured in YAML, as claims and figures: more families for ``faults``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from suyuan.lineage.outcomes import listed
from tools.mutation.kinds import COUNT, Edit, Edition, Family

CLAIMS, FIGURES = "config/claims.yaml", "config/figures.yaml"
SETTINGS, RELATIONS = "config/config.yaml", "templates/relations.yaml"
POLICY, VOCABULARY = "config/publication.yaml", "templates/words.yaml"
DOCUMENTS = (CLAIMS, FIGURES, SETTINGS, RELATIONS, POLICY, VOCABULARY)
TESTS = ("threshold", "compare", "leads", "within", "trend", "order")
PLACES = ("cn", "nw", "qinghai", "xinjiang")
KINDS = ("bars", "network", "slope", "matrix", "timeline")


def _lines(file: str, pattern: str, change: Callable[[re.Match[str], int], str | None]) -> Family:
    """Lines that a pattern finds, and what becomes of each: another text, or none."""

    def family(edition: Edition) -> Iterator[Edit]:
        lines = edition.texts[file].split("\n")
        for number, line in enumerate(lines, start=1):
            found = re.search(pattern, line) if not line.lstrip().startswith("#") else None
            if found:
                new = change(found, number)
                if new != line:
                    yield edition.line(file, number, new)

    return family


def _replaced(group: int, words: tuple[str, ...]) -> Callable[[re.Match[str], int], str]:
    """One of the words in place of a group, another than stands there."""

    def change(found: re.Match[str], number: int) -> str:
        others = [word for word in words if word != found[group]]
        start, end = found.span(group)
        return found.string[:start] + others[number % len(others)] + found.string[end:]

    return change


def _misspelt(found: re.Match[str], _number: int) -> str:
    """The group with its last letter twice."""
    end = found.end(1)
    return found.string[:end] + found[1][-1] + found.string[end:]


def _gone(_found: re.Match[str], _number: int) -> None:
    return None


def _times(factor: float) -> Callable[[re.Match[str], int], str]:
    def change(found: re.Match[str], _number: int) -> str:
        start, end = found.span(1)
        return f"{found.string[:start]}{float(found[1]) * factor:g}{found.string[end:]}"

    return change


def _exchanged(edition: Edition) -> Iterator[Edit]:
    """The words of two outcomes of a claim, each put where the other stands."""
    lines = edition.texts[CLAIMS].split("\n")
    for number in range(1, len(lines)):
        one, other = (
            re.fullmatch(r"(      [a-z, \"]+: )(.+)", line)
            for line in lines[number - 1 : number + 1]
        )
        if one and other:
            text = list(lines)
            text[number - 1], text[number] = one[1] + other[2], other[1] + one[2]
            told = f"{one[2]} ↔ {other[2]}"
            yield Edit(CLAIMS, str(number), told, text="\n".join(text))


def _unsaid(edition: Edition) -> Iterator[Edit]:
    """No words for outcomes of a claim of which none is the case."""
    entry = ""
    for number, line in enumerate(edition.texts[CLAIMS].split("\n"), start=1):
        if begun := re.fullmatch(r'  "?([^ "#]+)"?:', line):
            entry = begun[1]
            continue
        said = re.match(r'      "?([a-z, ]+)"?: ', line)
        worded = {(entry, outcome) for outcome in listed(said[1])} if said else set()
        if worded and not worded & set(edition.outcomes):
            yield edition.line(CLAIMS, number, None)


# name, how many, how they are made
WRITTEN: dict[str, tuple[int, Family]] = {
    "claim_words_exchanged": (COUNT, _exchanged),
    "claim_outcome_misspelt": (COUNT, _lines(CLAIMS, r"^      ([a-z]+): ", _misspelt)),
    "claim_fact_misspelt": (COUNT, _lines(CLAIMS, r"^    facts: .*?\.([a-z_]+)", _misspelt)),
    "claim_test_changed": (COUNT, _lines(CLAIMS, r"^    test: (\w+)", _replaced(1, TESTS))),
    "claim_parameter_times_10": (COUNT, _lines(CLAIMS, r"^    parameter: ([\d.]+)$", _times(10))),
    "figure_kind_changed": (COUNT, _lines(FIGURES, r"^    draw: (\w+)", _replaced(1, KINDS))),
    "figure_value_misspelt": (
        COUNT, _lines(FIGURES, r"values: \"?[\w{}]+\.([a-z_]+)", _misspelt),
    ),
    "figure_key_misspelt": (COUNT, _lines(FIGURES, r"^    ([a-z]+): ", _misspelt)),
    "relation_deleted": (COUNT, _lines(RELATIONS, r"^  [\"a-z].*: \[", _gone)),
    "setting_wrong": (COUNT, _lines(SETTINGS, r"^(?:region|nation): (\w+)", _replaced(1, PLACES))),
    "word_deleted": (COUNT, _lines(VOCABULARY, r"^  [\w\"]+: ", _gone)),
    "setting_misspelt": (COUNT, _lines(POLICY, r"^  ?\w*: *(\w+)", _misspelt)),
}  # fmt: skip

# The same of changes that are lawful by design: measured, and no part of the score.
LAWFUL: dict[str, tuple[int, Family]] = {
    "claim_words_deleted": (COUNT, _unsaid),
    "claim_parameter_times_1_5": (COUNT, _lines(CLAIMS, r"^    parameter: ([\d.]+)$", _times(1.5))),
}
