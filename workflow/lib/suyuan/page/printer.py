"""Numbers and words as HTML: every value that a template places is printed and written down here.

A value stands inside ``<data data-fact>``, its place has an anchor, and the use is recorded.
Nothing is computed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from suyuan.contract.tables import Records
from suyuan.contract.words import Words
from suyuan.core.errors import Problem, ProseError, UnknownValue
from suyuan.core.numbers import chinese_numeral
from suyuan.core.periods import in_words
from suyuan.lineage.file import Use
from suyuan.lineage.judging import Judged, check_wording
from suyuan.lineage.ledger import Ledger
from suyuan.lineage.value import Value, indicator_of
from suyuan.lineage.wording import PLACEHOLDER
from suyuan.page.origins import Origins
from suyuan.page.sections import Section

SCALED = re.compile("[十百千万亿]")


@dataclass(kw_only=True)
class Printer:
    """Values in, HTML and uses out. What is printed stands in the section that was entered."""

    ledger: Ledger
    tables: Mapping[str, tuple[str, Records]]  # primary key and rows by table name
    words: Words
    claims: Mapping[str, Judged]
    claimed: dict[str, list[str]] = field(default_factory=dict)  # anchors by claim
    uses: list[Use] = field(default_factory=list)
    _kind: str = "text"
    _sections: list[Section] = field(default_factory=list)  # entered and not yet left
    anchors: Counter[str] = field(default_factory=Counter)  # so many, by numbers of sections

    def __post_init__(self) -> None:
        self.origins = Origins(self.tables)

    @contextmanager
    def entered(self, section: Section) -> Iterator[Section]:
        """What is printed inside is printed in that section."""
        self._sections.append(section)
        try:
            yield section
        finally:
            self._sections.pop()

    @property
    def section(self) -> Section:
        """The section that is being printed."""
        return self._sections[-1]

    @contextmanager
    def cells(self) -> Iterator[None]:
        """What is printed inside is printed in the cells of a table."""
        self._kind = "cell"
        try:
            yield
        finally:
            self._kind = "text"

    def value(self, value_id: str) -> Value:
        """The value; raises ProseError E302 naming the template when there is none."""
        try:
            return self.ledger.parent(value_id)  # a use, not a choice
        except UnknownValue:
            raise self.unnamed(value_id) from None

    def unnamed(self, name: str) -> ProseError:
        """E302: the section names what there is not."""
        return ProseError(Problem("E302", self.section.template, 1, self.section.name, name))

    def _data(self, value: Value, text: str) -> Markup:
        place = "-".join(self.section.numbers)  # short: a page has thousands, each said twice
        self.anchors[place] += 1
        anchor = f"v{place}-{self.anchors[place]}"
        self.uses.append(Use(value.id, self.section.name, anchor, self._kind))
        # Thousands are printed: Markup's own format takes eight times as long.
        own = f'value="{escape(value.data)}" data-fact="{escape(value.id)}" id="{escape(anchor)}"'
        return Markup(f"<data {own}>{escape(text)}</data>")

    def fact(self, value_id: str) -> Markup:
        """The value as printed."""
        value = self.value(value_id)
        return self._data(value, value.txt)

    def quantity(self, value_id: str) -> Markup:
        """The value with its comparator in words before it and its unit after it."""
        return self.bounded(value_id) + self.unit(indicator_of(value_id), before=" ", none="")

    def count(self, value_id: str) -> Markup:
        """A count as a Chinese numeral, to stand before a counting word."""
        value = self.value(value_id)
        return self._data(value, chinese_numeral(int(value.number)))

    def bounded(self, value_id: str) -> Markup:
        """The value with its comparator in words before it, for a column that has one unit."""
        value = self.value(value_id)
        comparator = self.words["comparator"][value.meta.get("comparator", "=")]
        return escape(comparator) + self._data(value, value.txt)

    def unit(self, indicator: str, *, before: str = "", none: str | None = None) -> Markup:
        """The unit an indicator is printed in; one that holds a numeral, as 亿元, is traced too."""
        suffix = self.ledger.codebook.suffix(indicator)
        if not suffix:
            return Markup("{}").format(self.words["page"]["no_unit"] if none is None else none)
        if not SCALED.search(suffix):
            return Markup("{}{}").format(before, suffix)
        return Markup("{}{}").format(before, self.fact(f"indicators.display_unit.{indicator}"))

    def indicator(self, value_id: str) -> Markup:
        """The name of a value's indicator."""
        return self.fact(f"indicators.name.{indicator_of(value_id)}")

    def cited(self, value_id: str) -> Markup:
        """The code of the document that a recorded value comes from."""
        (cell,) = self.value(value_id).src
        return self.see_source(self.origins.document_of(cell))

    def source_code(self, document: str) -> Markup:
        """The short code of a document in its row of the register, which links lead to."""
        return Markup('<span id="{0}" data-ordinal>{0}</span>').format(self.origins.codes[document])

    def see_source(self, document: str) -> Markup:
        """The short code of a document as a link to its row of the register."""
        code = self.origins.codes[document]
        return Markup('<a class="code" href="#{0}" data-ordinal>[{0}]</a>').format(code)

    def root(self, value_id: str) -> str:
        """The recorded value behind one that merely renames it."""
        value = self.value(value_id)
        return self.root(value.parents[0]) if value.op == "same" else value_id

    def listed(self, value_id: str) -> Markup:
        """A text whose parts are joined by ';', printed as a list in words."""
        value = self.value(value_id)
        return self._data(value, value.txt.replace(";", self.words["page"]["comma"]))

    def period(self, value_id: str) -> Markup:
        """The period that a recorded value speaks of."""
        (cell,) = self.value(value_id).src
        value = self.value(f"{cell.source}.as_of.{cell.key}")
        return self._data(value, self.date(value.txt))

    def date(self, text: str) -> str:
        """A period such as 2025-12, 2025Q4 or 2025/2027 in words; any other text as it is."""
        return in_words(text, self.words["period"])

    def dated(self, value_id: str) -> Markup:
        """A date cell, printed in words."""
        value = self.value(value_id)
        return self._data(value, self.date(value.txt))

    def claim(self, name: str) -> Markup:
        """The words for what the data say of a claim, marked where rounding could flip it.

        Raises ProseError E302 for an unknown claim, E320 where it has no words for the outcome.
        """
        if name not in self.claims:
            raise self.unnamed(name)
        judged = self.claims[name]
        check_wording(judged, self.ledger)
        self.ledger.recall(judged.via)
        anchors = self.claimed.setdefault(name, [])
        anchor = f"c-{name.replace('.', '-').replace('_', '-')}-{len(anchors) + 1}"
        anchors.append(anchor)
        self.uses.append(Use(judged.claim.facts[0], self.section.name, anchor, self._kind))
        words = re.split(PLACEHOLDER, judged.words)
        inner = Markup("").join(self.fact(w) if at % 2 else w for at, w in enumerate(words))
        html = '<data class="claim{}" value="{}" data-claim="{}" data-fact="{}" id="{}">{}</data>'
        fragile = "" if judged.robust else " fragile"
        held = str(judged.holds).lower()
        return Markup(html).format(fragile, held, name, judged.claim.facts[0], anchor, inner)

    def unknown(self) -> Markup:
        """What is printed where nothing is known; never a zero, never nothing."""
        return Markup('<span class="unknown">{}</span>').format(self.words["page"]["unknown"])

    def known(self, value_id: str) -> bool:
        return value_id in self.ledger

    def fact_or_unknown(self, value_id: str) -> Markup:
        """The value as printed, or the words for what is not on the public record."""
        return self.fact(value_id) if self.known(value_id) else self.unknown()

    def fact_or_missing(self, value_id: str) -> Markup:
        """The value as printed, or the short word for what could not be assessed."""
        if self.known(value_id):
            return self.fact(value_id)
        return Markup('<span class="unknown">{}</span>').format(self.words["page"]["missing"])

    def word(self, group: str, code: str) -> str:
        """The Chinese word for a code such as ``kind: measured``."""
        if code not in self.words.get(group, {}):
            raise self.unnamed(f"{group}.{code}")
        return self.words[group][code]
