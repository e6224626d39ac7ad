"""Names: what a value is called in words, once for the page, the panel, the PDF and ``trace``.

An id is a subject, an indicator and what tells a value from its siblings; each part is a code
whose name is known to the codebook, to a table that names its rows, or to the words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from suyuan.contract.codebook import Codebook
from suyuan.core import periods

Rows = Mapping[str, Mapping[str, str]]  # cells by key
NAME = "name"  # the column of a table that names its rows
CHECKS, NUMBER = "audit_checks", "number"  # the checks of the source are called by their numbers
TIERS, TIER = "tiers", "tier_"  # their codes stand in ids with a prefix
SUBJECTS = "subjects"
FIRST = (SUBJECTS, "tree", "model_terms")  # most codes are theirs
GROUPS = ("severity", "supplier_type", "kind")  # words of codes that stand in cells
EXHIBITS = ("figure", "table")  # indicators that count what a figure or table shows
VINTAGE = re.compile(r"v(\d+)")  # which publication of a forecast
LATIN = re.compile(r"[A-Za-z]{2}")  # in a code that readers are not to meet; T and F are symbols
COUNT = "_count"  # ends an indicator that counts: what follows is whom it counts, never a bound


@dataclass(frozen=True)
class Names:
    """The names of codes.

    ``rows`` gives a table's rows by key, nothing for one that there is not; ``tables`` are all
    that may name a code. ``exhibits`` are the figures and tables by ``figure.<name>``, as the page
    calls them.
    """

    book: Codebook
    words: Mapping[str, Any]
    tables: Iterable[str]
    rows: Callable[[str], Rows]
    exhibits: Mapping[str, str] = field(default_factory=dict)
    unnamed: list[str] = field(default_factory=list)  # codes that were asked for and have no name
    _known: dict[str, str] = field(default_factory=dict)

    def of(self, value_id: str, *, derived: bool) -> str:
        """Subject, indicator and what tells the value from its siblings; codes without a name stay.

        The subject of what was ``derived`` may be the report itself, of what was recorded it is
        the one that the row is about.
        """
        subject, *codes = value_id.split(".")
        own = self.words["subject"].get(subject) if derived else None
        if codes and codes[0] in EXHIBITS and ".".join(codes) in self.exhibits:
            return f"{self.exhibits['.'.join(codes)]} {self.named(codes[0])}"
        say = self.counted if codes and codes[0].endswith(COUNT) else self.code
        said = [own or self.code(subject), *map(say, codes)]
        self.unnamed.extend(c for c in said if c in (subject, *codes) and LATIN.search(c))
        return " ".join(said)

    def code(self, code: str) -> str:
        """An indicator or qualifier; one of words, as ``A_lower``, by its parts."""
        return self.words["qualifier"].get(code) or self.named(code)

    def counted(self, code: str) -> str:
        """A code of what is counted: as ``code``, but the high of a severity is no upper bound."""
        return self._found(code) or self._of_parts(code, self._found) or self.code(code)

    def named(self, code: str) -> str:
        """The name of a code, or the code itself."""
        if code not in self._known:
            self._known[code] = self._found(code) or self._of_parts(code, self.code) or code
        return self._known[code]

    def _found(self, code: str) -> str:
        if code in self.book.indicators:
            return self.book.indicators[code].name
        if vintage := VINTAGE.fullmatch(code):
            return str(self.words["vintage"]).format(vintage[1])
        dated = periods.in_words(code, self.words["period"])
        if dated != code:
            return dated
        groups = (self.words[group] for group in GROUPS)
        if word := next((str(group[code]) for group in groups if code in group), ""):
            return word
        return self._of_row(code)

    def _of_row(self, code: str) -> str:
        """The name that a table gives its row."""
        if check := self.rows(CHECKS).get(code.upper()):
            return str(self.words["check"]).format(check[NUMBER])
        if code.startswith(TIER):
            return self.rows(TIERS).get(code.removeprefix(TIER), {}).get(NAME, "")
        for table in dict.fromkeys((*FIRST, *self.tables)):
            if table != TIERS and (name := self.rows(table).get(code, {}).get(NAME)):
                return name
        return ""

    def _of_parts(self, code: str, say: Callable[[str], str]) -> str:
        """``huaweicloud_A`` by its parts, the longest first; '' where one has no name."""
        parts = code.split("_")
        for end in range(len(parts) - 1, 0, -1):
            head, tail = "_".join(parts[:end]), "_".join(parts[end:])
            said = [say(head), say(tail)]
            if said[0] not in ("", head) and said[1] not in ("", tail):
                return " ".join(said)
        return ""
