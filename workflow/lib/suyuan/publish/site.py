"""Site: the pages over all editions, made from their manifests alone: equal editions, equal bytes.

index.html with the search, an Atom feed, a note beside each edition that was corrected, and the
link ``latest``. No folder of an edition is touched.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from suyuan.contract.configured import read_document, read_text
from suyuan.contract.messages import catalogue
from suyuan.contract.words import Words
from suyuan.core.errors import BrokenFile, whole
from suyuan.core.files import dump_json
from suyuan.core.files import put as put_file
from suyuan.core.names import in_time
from suyuan.outputs import package
from suyuan.publish import work
from suyuan.publish.policy import read_policy
from suyuan.publish.shelf import EDITIONS, LATEST, MANIFEST, SEARCH, SOURCES, Published

FOLDER, WORDS = "editions", "templates/editions/words.yaml"
DIFF_WORDS = "templates/diff/words.yaml"
INDEX, FEED, SCRIPT, NOTE = "index.html", "feed.xml", "search.js", "{}.corrected.txt"
TEMPLATES = {INDEX: "index.jinja", FEED: "feed.jinja"}
NOTE_TEMPLATE, STYLE, PROGRAM = "corrected.jinja", "index.css", "index.js"
SEARCHED = "window.SUYUAN = "  # a script and no JSON: a browser reads no JSON beside a local page
Pages = Mapping[str, bytes]  # by name in editions/; LATEST gives the name it leads to


@dataclass(frozen=True)
class Shown:
    """An edition as the pages show it."""

    published: Published
    corrected: Published | None
    latest: bool

    @property
    def name(self) -> str:
        return self.published.name

    @property
    def manifest(self) -> Mapping[str, Any]:
        return self.published.manifest

    @property
    def updated(self) -> str:
        """When it was published, or corrected by another."""
        told = (self.published, self.corrected or self.published)
        return max(each.moment for each in told)  # a clock may have been set back in between

    @cached_property
    def files(self) -> list[str]:
        """What the index links to, of what the edition has."""
        documents = (package.HTML, package.PDF, package.WORKBOOK, package.LINEAGE)
        wanted = (*documents, package.STATEMENT, SOURCES)
        return [*(name for name in wanted if name in self.published.files), MANIFEST]


def shown(editions: Sequence[Published]) -> list[Shown]:
    """The editions, newest first."""
    next_of = {each.manifest["corrects"]: each for each in editions if each.manifest["corrects"]}
    return [Shown(each, next_of.get(each.name), each is editions[-1]) for each in editions[::-1]]


def pages(root: Path, editions: Sequence[Published]) -> Pages:
    """Everything over the editions; nothing where there is none."""
    if not editions:
        return {}
    editions = sorted(editions, key=lambda each: in_time(each.name))
    templates = root / "templates"
    own = Words(read_document(root / WORDS, WORDS), ())
    kinds = Words(read_document(root / DIFF_WORDS, DIFF_WORDS), ("kind",))
    listed, folder = shown(editions), templates / FOLDER
    about = {
        "editions": listed,
        "say": own,
        "kinds": kinds,
        "messages": catalogue(templates),
        "address": read_policy(root).address,
        "style": Markup(read_text(folder / STYLE, f"templates/{FOLDER}/{STYLE}")),
        "script": Markup(read_text(folder / PROGRAM, f"templates/{FOLDER}/{PROGRAM}")),
        "words": Markup(dump_json(own["search"]).replace("<", "\\u003c")),
    }
    jinja = _environment(folder)
    found = {
        name: jinja.get_template(template).render(about).encode()
        for name, template in TEMPLATES.items()
    }
    for each in listed:
        if each.corrected:
            text = jinja.get_template(NOTE_TEMPLATE).render(each=each, say=own)
            found[NOTE.format(each.name)] = text.encode()
    searched = dump_json(_searched(editions))
    return found | {
        SCRIPT: f"{SEARCHED}{searched};\n".encode(),
        LATEST: editions[-1].name.encode(),
    }


def _environment(folder: Path) -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder),
        undefined=jinja2.StrictUndefined,
        autoescape=lambda name: name != NOTE_TEMPLATE,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _searched(editions: Sequence[Published]) -> dict[str, Any]:
    """What the search finds: names of editions, and texts with those that print them, newest first.

    A text that editions share stands once.
    """
    names = [each.name for each in reversed(editions)]
    found: dict[tuple[str, ...], list[int]] = {}
    for place, each in enumerate(reversed(editions)):
        for entry in json.loads(each.read(SEARCH))["entries"]:
            found.setdefault(tuple(entry), []).append(place)
    return {"editions": names, "entries": [[*entry, places] for entry, places in found.items()]}


def put(root: Path, editions: Sequence[Published]) -> None:
    """Make the pages over the editions what they should be, where they are not."""
    if found := untrue(root, editions):
        with work.scratch(root) as beside:
            stage(found, beside)
            switch(root, beside)


def untrue(root: Path, editions: Sequence[Published]) -> Pages:
    """The pages that do not lie there as they should."""
    folder, found = root / EDITIONS, pages(root, editions)
    return {name: data for name, data in found.items() if _lies(folder / name) != data}


def _lies(path: Path) -> bytes | None:
    """What lies there: of a link where it leads, None for nothing."""
    if path.is_symlink():
        return str(path.readlink()).encode()
    return path.read_bytes() if path.is_file() else None


def stage(found: Pages, folder: Path) -> None:
    """Write pages into a folder, from which they only have to be moved."""
    folder.mkdir(exist_ok=True)
    for name, data in found.items():
        if name == LATEST:
            (folder / name).symlink_to(data.decode())
        else:
            put_file(folder / name, data)


def switch(root: Path, folder: Path) -> None:
    """Move staged pages to their places, each in one step, ``latest`` first. It takes no room.

    Raises BrokenFile E641 where a folder is in the place of one.
    """
    for path in sorted(folder.iterdir(), key=lambda path: (path.name != LATEST, path.name)):
        place = root / EDITIONS / path.name
        if place.is_dir() and not place.is_symlink():
            raise BrokenFile(whole("E641", f"{EDITIONS}/{path.name}"))
        path.replace(place)
