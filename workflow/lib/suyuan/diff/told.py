"""What a report tells, read from its page: passages and tables, section by section.

Script, drawings and the data below them are no prose. What is numbered by its place (figures,
tables, sections, documents) is known by what it leads to, so that one figure more does not change
every sentence after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from xml.etree.ElementTree import Element

from suyuan.page.prose import INLINE
from suyuan.page.tree import has_class, parse_document, text_of

DRAWN = re.compile(r"(?s)<svg\b.*?</svg>")
SCRIPTS = re.compile(r"(?s)(<(script|style)\b[^>]*>).*?(?=</\2>)")
END = re.compile(r"[。！？][”’」』）]*")  # of a sentence
SKIPPED = frozenset({"nav", "script", "style", "template", "svg", "button", "head"})
HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
CAPTIONS = frozenset({"caption", "figcaption"})
NUMBER = "\ufffc"  # stands for a number, whatever it is
PLACED = "\ufffb"  # stands for an ordinal
NUMERIC = re.compile(r"[-+−]?\d[\d,.eE+-]*(?:Q\d|H\d)?(?:/[\dQH-]+)?")
COUNTED = re.compile(r"[〇零一二两三四五六七八九十百千万亿]+")


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


@dataclass
class Table:
    """A table by its heads: cells by row and column, each known by what its head says."""

    name: str
    section: str
    title: str
    rows: dict[str, dict[str, Passage]] = field(default_factory=dict)
    named: dict[str, str] = field(default_factory=dict)  # what heads of rows and columns print
    columns: list[str] = field(default_factory=list)


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
        html = SCRIPTS.sub(r"\1", path.read_text(encoding="utf-8"))
        root = parse_document(DRAWN.sub("", html), path.name)
        reader = _Reader(documents_of(root))
        reader.block(root, "")
        return reader.told


def squeezed(text: str) -> str:
    """Text with single spaces."""
    return " ".join(text.split())


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

    def placed(self, element: Element, claim: str) -> Run:
        """An ordinal, or a reference: known by what it leads to."""
        target = element.get("href", "")
        text = text_of(element)
        if "data-ordinal" in element.attrib or any("data-ordinal" in e.attrib for e in element):
            key = f"{PLACED}{self.documents.get(target, target)}"
        else:
            key = text
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
        table = Table(name, section, title.text if title else "")
        self.told.tables[name] = table
        heads = [spread(row) for row in element.findall("thead/tr")]
        for column in range(max(map(len, heads), default=0)):
            cells = [row[column] for row in heads if column < len(row)]
            passages = [self.passage("cell", section, cell) for cell in cells]
            key = unique(" ".join(p.key for p in passages), table.named)
            table.named[key] = " ".join(p.text for p in passages)
            table.columns.append(key)
        group = ""
        for row in (r for r in element.iter("tr") if r.find("th[@scope='col']") is None):
            cells = spread(row)
            if not cells:
                continue
            head = self.head(row, cells, section)
            if has_class(row, "group"):
                group = head[0]
            key = unique(f"{group}|{head[0]}", table.rows)
            table.named[key] = head[1]
            while len(table.columns) < len(cells):
                table.columns.append(f"column {len(table.columns)}")
            table.rows[key] = {
                column: self.passage("cell", section, cell)
                for column, cell in zip(table.columns, cells, strict=False)
            }

    def head(self, row: Element, cells: list[Element], section: str) -> tuple[str, str]:
        """What a row is known by, and what its head prints."""
        heads = [cell for cell in cells if cell.tag == "th"] or cells[:1]
        printed = " ".join(self.passage("cell", section, head).text for head in heads)
        facts = [e.get("data-fact", "") for head in heads for e in head.iter("data")]
        keys = " ".join("".join(run.key for run in self.runs_in(head)) for head in heads)
        if not facts and not keys.strip(f" {PLACED}"):
            facts = [e.get("data-fact", "") for e in row.iter("data")][:1]
        return " ".join(facts) or squeezed(keys), printed

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
    return "caption" if element.tag in CAPTIONS else "sentence"


def spread(row: Element) -> list[Element]:
    """The cells of a row, one that spans several columns in each of them."""
    cells = [cell for cell in row if cell.tag in ("th", "td")]
    return [cell for cell in cells for _ in range(int(cell.get("colspan", "1")))]


def unique(key: str, taken: Mapping[str, object]) -> str:
    """``key``, numbered where it is taken."""
    if key not in taken:
        return key
    return next(f"{key}#{n}" for n in range(2, len(taken) + 3) if f"{key}#{n}" not in taken)


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
