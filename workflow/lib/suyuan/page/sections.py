"""Sections and chapters: one file each, whose name carries chapter, place and number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from markupsafe import Markup

from suyuan.core.errors import Problem, ProseError
from suyuan.page.tree import has_class

SUFFIX = ".html.jinja"
COVER, APPENDIX = "00", "appendix"
FOLDER = "sections/"  # among the templates
FRAME = f"templates/body{SUFFIX}"  # what stands in no section comes from here


@dataclass(frozen=True)
class Section:
    """A section by the name of its file: 02-06-scale is section 2.6, D-sources is D."""

    name: str

    @property
    def template(self) -> str:
        return f"templates/{FOLDER}{self.name}{SUFFIX}"

    @property
    def reading(self) -> str:
        """What the reading is called in which its text is written."""
        return f"section:{self.name}"

    @property
    def chapter(self) -> str:
        """Number of its chapter; all lettered sections are the appendix."""
        first = self.name.split("-")[0]
        return first if first.isdigit() else APPENDIX

    @property
    def numbers(self) -> list[str]:
        """Those of its chapter and of itself, or its letter: 2 and 6, D."""
        parts = [part for part in self.name.split("-")[:2] if part.isdigit() or len(part) == 1]
        return [part.lstrip("0") or "0" for part in parts]

    @property
    def ordinal(self) -> Markup:
        """Its number, '' for the one section of a chapter without numbers below it."""
        numbers = self.numbers
        return numbered("" if len(numbers) == 1 and numbers[0].isdigit() else ".".join(numbers))


@dataclass(frozen=True)
class Chapter:
    """A chapter with its sections, in order."""

    id: str
    title: str
    sections: list[Section] = field(default_factory=list)

    @property
    def ordinal(self) -> Markup:
        """Its number, '' for the appendix."""
        return numbered(self.id.lstrip("0") if self.id.isdigit() else "")


def numbered(label: str) -> Markup:
    """A number of the page's own, before a heading; a template may not mark one (E359)."""
    return Markup("<span data-ordinal>{}</span> ").format(label) if label else Markup("")


def chapters(sections: Iterable[Section], titles: Mapping[str, str]) -> list[Chapter]:
    """Chapters in order of their sections; the cover is in none. Raises ProseError E305."""
    found: list[Chapter] = []
    for section in sections:
        if section.chapter == COVER:
            continue
        if section.chapter not in titles:
            raise ProseError(Problem("E305", section.template, 1, "1", section.chapter))
        if not found or found[-1].id != section.chapter:
            found.append(Chapter(section.chapter, titles[section.chapter]))
        found[-1].sections.append(section)
    return found


def cover_of(sections: Iterable[Section]) -> Section:
    """The one section of the cover. Raises ProseError E350."""
    found = [section for section in sections if section.chapter == COVER]
    if len(found) != 1:
        names = "、".join(section.name for section in found)
        raise ProseError(Problem("E350", "templates/sections", 1, "1", names))
    return found[0]


def template_of(element: Element, around: str) -> str:
    """The template that wrote what stands in ``element``; ``around`` wrote the element itself."""
    if element.tag == "section" and has_class(element, "section"):
        return Section(element.get("id", "")).template
    return around
