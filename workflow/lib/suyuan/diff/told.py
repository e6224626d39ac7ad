"""What a report tells, read from its page: passages and tables, section by section.

Script, drawings and the data below them are no prose. What is numbered by its place (figures,
tables, sections, documents) is known by what it leads to, so that one figure more does not change
every sentence after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from xml.etree.ElementTree import Element

from suyuan.diff.passage import NUMBER, PLACED, Passage, Run, squeezed
from suyuan.diff.tabled import Table, Tabled, unique
from suyuan.page.prose import INLINE
from suyuan.page.tree import has_class, parse_document, text_of

DRAWN = re.compile(r"(?s)<svg\b.*?</svg>")
SCRIPTS = re.compile(r"(?s)(<(script|style)\b[^>]*>).*?(?=</\2>)")
END = re.compile(r"[。！？][”’」』）]*")  # of a sentence
SKIPPED = frozenset({"nav", "script", "style", "template", "svg", "button", "head"})
HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
CAPTIONS = frozenset({"caption", "figcaption"})
REFERENCES = "references"
CITING = ("source", REFERENCES)  # classes of lines that say where something comes from
NUMERIC = re.compile(r"[-+−]?\d[\d,.eE+-]*(?:Q\d|H\d)?(?:/[\dQH-]+)?")
COUNTED = re.compile(r"[〇零一二两三四五六七八九十百千万亿]+")


@dataclass
class Told:
    """A report's passages and tables in the order of its page, and titles of sections."""

    passages: list[Passage] = field(default_factory=list)
    tables: dict[str, Table] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    captions: dict[str, str] = field(default_factory=dict)  # of figures, by their names

    @classmethod
    def read(cls, path: Path) -> Told:
        """The report of a page. Raises ProseError E330 where it is not whole."""
        root = page_of(path)
        reader = _Reader(documents_of(root))
        reader.block(root, "")
        return reader.told


def page_of(path: Path) -> Element:
    """A page without its scripts and drawings. Raises ProseError E330 where it is not whole."""
    html = SCRIPTS.sub(r"\1", path.read_text(encoding="utf-8"))
    return parse_document(DRAWN.sub("", html), path.name)


def documents_of(root: Element) -> dict[str, str]:
    """What the anchors of numbered rows stand for: the first value of the row."""
    found = {}
    for row in root.iter("tr"):
        anchors = [e.get("id", "") for e in row.iter("span") if "data-ordinal" in e.attrib]
        facts = (e.get("data-fact", "") for e in row.iter("data"))
        if anchors and anchors[0] and (fact := next(facts, "")):
            found[f"#{anchors[0]}"] = fact
    return found


def numeric(element: Element, text: str) -> bool:
    """Whether what a ``<data>`` prints is a number or a time, not a word for one."""
    if not NUMERIC.fullmatch(element.get("value", "")):
        return False
    return any(c.isdigit() for c in text) or bool(COUNTED.fullmatch(text))


class _Reader:
    """Walks a page and takes down its passages."""

    def __init__(self, documents: Mapping[str, str]) -> None:
        self.documents, self.told = documents, Told()
        self.runs: list[Run] = []

    def block(self, element: Element, section: str) -> None:
        """Take down what stands in a block."""
        section = self.section_of(element, section)
        if element.tag in SKIPPED or has_class(element, "data") or "hidden" in element.attrib:
            return
        if element.tag == "table":
            self.end("sentence", section)
            self.table(element, section)
            return
        if element.tag == "figure":
            self.figure(element, section)
        kind = _kind(element)
        self.text(element.text)
        for child in element:
            if child.tag in INLINE and not has_class(child, "graphic"):
                self.runs += self.inline(child)
            else:
                self.end(kind, section)
                self.block(child, section)
            self.text(child.tail)
        self.end(kind, section, element)

    def section_of(self, element: Element, around: str) -> str:
        """The section that begins here, else the one around."""
        if element.tag == "header" and has_class(element, "cover"):
            return "00-cover"
        own = element.get("id", "") if element.tag == "section" else ""
        return own or around

    def figure(self, element: Element, section: str) -> None:
        """Take down what a figure is called."""
        caption, graphic = element.find("figcaption"), element.find("data[@class='graphic']")
        if caption is not None and graphic is not None:
            name = graphic.get("id", "").removeprefix("fig-")
            self.told.captions[name] = self.passage("caption", section, caption).text

    def text(self, text: str | None) -> None:
        if text:
            self.runs.append(Run(text, text, text))

    def inline(self, element: Element, fact: str = "", claim: str = "") -> list[Run]:
        """The runs of an element within a line."""
        if "data-ordinal" in element.attrib or element.tag == "a":
            return [self.placed(element, claim)]
        if has_class(element, REFERENCES):
            return [self.reference(run) for run in self.runs_in(element)]
        own, claim = element.get("data-fact", fact), element.get("data-claim", claim)
        said = text_of(element)
        if not len(element) and own and not element.get("data-claim") and numeric(element, said):
            return [Run(said, said, NUMBER, own, claim)]
        if element.get("data-claim"):
            own = ""  # its words are the claim's; values within have their own
        runs = [Run(element.text, element.text, element.text, own, claim)] if element.text else []
        for child in element:
            runs += self.inline(child, own, claim)
            if child.tail:
                runs.append(Run(child.tail, child.tail, child.tail, own, claim))
        return runs

    def reference(self, run: Run) -> Run:
        """A part of a list of references, which is no word of its sentence."""
        return replace(run, key=f"{PLACED}{run.key}", form=f"{PLACED}{run.form}")

    def placed(self, element: Element, claim: str) -> Run:
        """An ordinal, or a reference: known by what it leads to."""
        target = element.get("href", "")
        text = text_of(element)
        by_place = "data-ordinal" in element.attrib or any(
            "data-ordinal" in e.attrib for e in element
        )
        key = f"{PLACED}{self.documents.get(target, target) if by_place else text}"
        return Run(text, key, key, "", claim)

    def end(self, kind: str, section: str, element: Element | None = None) -> None:
        """What follows belongs to another block."""
        runs, self.runs = self.runs, []
        if not any(run.text.strip() for run in runs):
            return
        if kind == "sentence":
            passages = [Passage(kind, section, part) for part in sentences(runs)]
        else:
            passages = [Passage(kind, section, tuple(runs))]
        self.told.passages += passages
        if kind == "heading":
            self.told.titles.setdefault(section, passages[0].text)

    def table(self, element: Element, section: str) -> None:
        """Take down a table, cell by cell."""
        caption = element.find("caption")
        title = self.passage("caption", section, caption) if caption is not None else None
        if title:
            self.told.passages.append(title)
        base = "".join(run.form for run in title.runs) if title else element.get("class", "")
        name = unique(f"{section}:{squeezed(base)}", self.told.tables)
        named = title.text if title else ""
        self.told.tables[name] = Tabled(section, self.passage).read(element, name, named)

    def passage(self, kind: str, section: str, element: Element) -> Passage:
        return Passage(kind, section, tuple(self.runs_in(element)))

    def runs_in(self, element: Element) -> list[Run]:
        """All runs of an element, blocks within it too."""
        runs = [Run(element.text, element.text, element.text)] if element.text else []
        for child in element:
            if child.tag in INLINE:
                runs += self.inline(child)
            else:
                runs += [Run(" ", " ", " "), *self.runs_in(child), Run(" ", " ", " ")]
            if child.tail:
                runs.append(Run(child.tail, child.tail, child.tail))
        return runs


def _kind(element: Element) -> str:
    if element.tag in HEADINGS:
        return "heading"
    if any(has_class(element, name) for name in CITING):
        return "source"
    return "caption" if element.tag in CAPTIONS else "sentence"


def sentences(runs: list[Run]) -> Iterator[tuple[Run, ...]]:
    """The runs of each sentence; one of words may end within a run."""
    part: list[Run] = []
    for run in runs:
        if run.form == NUMBER or run.key.startswith(PLACED):
            part.append(run)
            continue
        start = 0
        for found in END.finditer(run.text):
            piece = run.text[start : found.end()]
            part.append(Run(piece, piece, piece, run.fact, run.claim))
            yield tuple(part)
            part, start = [], found.end()
        if rest := run.text[start:]:
            part.append(Run(rest, rest, rest, run.fact, run.claim))
    if any(run.text.strip() for run in part):
        yield tuple(part)
