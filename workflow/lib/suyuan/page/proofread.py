"""Every source of prose held to what it may say by itself, and the list of what is excused.

python -m suyuan.page.proofread > docs/typed-words.md
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

import jinja2

from suyuan.contract.codebook import Codebook
from suyuan.contract.configured import Place, read_document, undecodable
from suyuan.contract.merging import unmerged
from suyuan.contract.tables import Records
from suyuan.contract.words import WORDS
from suyuan.core.errors import Problem, ProseError
from suyuan.core.inputs import matching
from suyuan.core.layout import FIGURES, Layout, project_root
from suyuan.lineage.claims import CLAIMS, UNCERTAIN
from suyuan.lineage.claims import WORDS as WORDED
from suyuan.lineage.relations import read_relations
from suyuan.page.lint import LINT, Numerals, numeral_problems, read_lists
from suyuan.page.prose import Prose, read_style, read_template, read_texts
from suyuan.page.sections import SUFFIX
from suyuan.page.templates import environment
from suyuan.page.typed import Typed, names_of, texts_of, typed_problems, units_of

PLOTTED = ("series", "label", "missing", "says")  # what a figure's description has its drawing say

HEAD = """# Typed words

<!-- Written by `python -m suyuan.page.proofread > docs/typed-words.md`; a test holds it. -->

Words that compare, say how much or what is known, typed where a claim, a fact or the codebook
should say it, and why each may stand. The lists are in `templates/lint.yaml` and
`templates/relations.yaml`; names of subjects and labels of units are refused as well. A word is
excused in the line above it.

| file | words | why they may stand |
|---|---|---|"""


class Proofs:
    """Problems of templates and styles, kept while neither they nor what is refused change."""

    def __init__(self) -> None:
        self._refused: object = None
        self._found: dict[str, tuple[bytes, list[Problem]]] = {}

    def begin(self, refused: object) -> None:
        """Whatever was found when something else was refused is forgotten."""
        if refused != self._refused:
            self._refused, self._found = refused, {}

    def of(self, name: str, path: Path, find: Callable[[], list[Problem]]) -> list[Problem]:
        """What ``find`` finds in a file, or once found in the same."""
        content = path.read_bytes()
        if name not in self._found or self._found[name][0] != content:
            self._found[name] = content, find()
        return self._found[name][1]


def check_prose(
    layout: Layout,
    jinja: jinja2.Environment,
    region: str,
    codebook: Codebook,
    tables: Mapping[str, Records],
    proofs: Proofs | None = None,
) -> None:
    """Raise ProseError for what templates, styles, words, figures and claims may not say.

    E300 and E306 for numerals, E353 to E358 for typed words, E359 for ordinals; E192 for what is
    not UTF-8, E304 for what Jinja refuses, E807 for marks of a merge.
    """
    numerals, lists = Numerals.read(layout.root / LINT), read_lists(layout.root / LINT)
    relations = read_relations(layout)
    names = [*names_of(tables["subjects"], region), *texts_of(lists["rows"], tables)]
    typed = Typed.of(lists, relations, names, units_of(codebook))
    proofs = proofs or Proofs()
    proofs.begin((numerals, typed))

    def found(path: Path, read: Callable[[Path, str], Prose]) -> list[Problem]:
        name = layout.name(path)
        try:
            prose = read(path, name)
        except UnicodeDecodeError as error:
            return [undecodable(error, name)]
        except jinja2.TemplateSyntaxError as error:
            return [Problem("E304", name, error.lineno, "1", str(error.message))]
        if open_merge := unmerged(prose.source, name):
            return open_merge
        return [*numeral_problems(prose, numerals), *typed_problems(prose, typed)]

    problems: list[Problem] = []
    for path, read in _written(layout, jinja):
        problems += proofs.of(layout.name(path), path, partial(found, path, read))
    *printed, claims = _configured(layout, lists["codes"])
    for texts in printed:
        problems += typed_problems(texts, typed)
    problems += typed_problems(claims, typed.but(relations))
    if problems:
        raise ProseError(problems)


def _written(
    layout: Layout, jinja: jinja2.Environment
) -> Iterator[tuple[Path, Callable[[Path, str], Prose]]]:
    """Templates and styles, each with what reads it."""
    for path in matching(layout.templates, f"**/*{SUFFIX}"):
        yield path, lambda path, name: read_template(jinja, path, name)
    for path in matching(layout.templates, "styles/*.css"):
        yield path, read_style


def _configured(layout: Layout, codes: list[str]) -> tuple[Prose, Prose, Prose]:
    """The words that are printed, but for those of codes; of figures; and the words of claims."""

    def read(name: str, leaves: Callable[[Place], bool]) -> Prose:
        path = layout.root / name
        return read_texts(read_document(path, name), path, leaves)

    return (
        read(WORDS, lambda place: place[0] not in codes),
        read(FIGURES, lambda place: place[-1] in PLOTTED),
        read(CLAIMS, lambda place: place[2:3] in ((WORDED,), (UNCERTAIN,))),
    )


def excuses(layout: Layout) -> Iterator[tuple[str, str, str]]:
    """File, words and reason of everything that is excused, in the order of the files."""
    jinja = environment(layout)
    written = [read(path, layout.name(path)) for path, read in _written(layout, jinja)]
    codes = read_lists(layout.root / LINT)["codes"]
    for prose in (*written, *_configured(layout, codes)):
        for excuse in prose.excuses:
            yield prose.name, " ".join(excuse.words), excuse.reason


def listed(layout: Layout) -> str:
    """The list of excuses as Markdown."""
    rows = (f"| `{file}` | {words} | {reason} |" for file, words, reason in excuses(layout))
    return "\n".join([HEAD, *rows]) + "\n"


if __name__ == "__main__":
    print(listed(Layout(project_root(), "<edition>")), end="")
