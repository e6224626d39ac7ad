"""What is kept of a preview is what a save does not reach: the page is always that of a build."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest

from suyuan.core.errors import ConfigError, DataError, ProseError
from suyuan.figures import drawn, store
from suyuan.outputs import package
from suyuan.outputs.verification.afresh import Afresh, Computed
from suyuan.preview import desk as desk_module
from suyuan.preview import easel
from suyuan.preview.answering import answer, opened
from suyuan.preview.delivered import CHANGED, WAS
from suyuan.preview.desk import Desk
from suyuan.preview.dressing import dressed
from suyuan.preview.watching import DELIVERED, KINDS
from tests.code.miniature import EDITION, Project
from tests.code.preview.conftest import SCALE, section

EVERYTHING = frozenset(KINDS)


def afresh(project: Project) -> Afresh:
    """What a build comes to."""
    computed = Computed.of(project.layout, project.config)
    return computed.written(computed.drawn(None))


def rewritten(old: str, new: str, *name: str) -> Callable[[Project], object]:
    """An edit: another text in a file, once."""

    def edit(project: Project) -> None:
        path = project.root.joinpath(*name)
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return edit


EDITS = {
    "raw": lambda project: project.set("observations", "T003", "value", "11000"),
    "config": lambda project: project.set("indicators", "compute_total", "name", "算力的总量"),
    "claims": rewritten("超过", "高于", "config/claims.yaml"),
    "plots": rewritten("series: 总规模", "series: 规模", "config/figures.yaml"),
    "templates": rewritten("图见", "另见", "templates/sections/02-01-scale.html.jinja"),
}
REACHING = (  # edits of templates that reach what the panel knows: a value more, a word
    rewritten(
        "见{{",
        '见 {{ page.quantity("alpha.gdp.2029") }} {{',
        "templates/sections/02-01-scale.html.jinja",
    ),
    rewritten("exact: 精确值", "exact: 确切值", "templates/words.yaml"),
)


def test_what_the_panel_knows_is_kept_while_no_number_moves(small: Project, monkeypatch):
    asked: list[object] = []
    known_of = desk_module.known_of
    monkeypatch.setattr(desk_module, "beside", here)
    monkeypatch.setattr(desk_module, "known_of", lambda *a: asked.append(a) or known_of(*a))
    desk = Desk(small.root, EDITION)
    desk.page(EVERYTHING)
    EDITS["templates"](small)
    page = desk.page(frozenset({"templates"}))
    assert len(asked) == 1
    assert page == dressed(afresh(small).html, small.layout)
    for reaching in REACHING:
        before = len(asked)
        reaching(small)
        page = desk.page(frozenset({"templates"}))
        assert len(asked) == before + 1
        assert page == dressed(afresh(small).html, small.layout)
    EDITS["raw"](small)
    desk.page(frozenset({"raw"}))
    assert len(asked) == 2 + len(REACHING)


@pytest.mark.parametrize("kind", EDITS)
def test_after_a_save_the_page_is_that_of_a_build(small: Project, kind: str):
    desk = Desk(small.root, EDITION)
    before = desk.page(EVERYTHING)
    assert before == dressed(afresh(small).html, small.layout)
    EDITS[kind](small)
    after = desk.page(frozenset({kind}))
    assert after == dressed(afresh(small).html, small.layout) != before
    assert desk.page(EVERYTHING) == after


@pytest.mark.parametrize("known", [frozenset(), frozenset({"raw"})], ids=["none", "raw"])
def test_the_first_page_is_made_of_all_kinds_whatever_who_asks_knows(
    small: Project, known: frozenset[str]
):
    made = Desk(small.root, EDITION).page(known)
    assert made == dressed(afresh(small).html, small.layout)
    (small.root / "config/trace.yaml").write_text("a: [1,\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"trace\.yaml"):
        Desk(small.root, EDITION).page(known)


def test_a_template_costs_no_figure_and_a_cell_only_those_it_moves(small: Project, monkeypatch):
    made: list[str] = []
    to_svg = drawn.to_svg
    monkeypatch.setattr(
        drawn, "to_svg", lambda made_, name: made.append(name) or to_svg(made_, name)
    )
    for module in (drawn, easel):
        monkeypatch.setattr(module, "beside", here)
    desk = Desk(small.root, EDITION)
    desk.page(EVERYTHING)
    assert "scale" in made
    made.clear()
    EDITS["templates"](small)
    desk.page(frozenset({"templates"}))
    assert made == []
    EDITS["raw"](small)
    desk.page(frozenset({"raw"}))
    assert "scale" in made
    assert "national" not in made


def test_a_page_that_took_other_marks_for_drawn_is_written_again(small: Project, monkeypatch):
    desk = Desk(small.root, EDITION)
    desk.page(EVERYTHING)
    figure = desk._easel._last.saved["scale"]
    figure.entry["marks"] = figure.entry["marks"][:1]
    small.set("observations", "T002", "value", "3.10")
    asked: list[object] = []
    compose = desk_module.compose
    monkeypatch.setattr(desk_module, "compose", lambda *a: asked.append(a) or compose(*a))
    page = desk.page(frozenset({"raw"}))
    assert len(asked) == 2
    assert page == dressed(afresh(small).html, small.layout)


def test_a_figure_with_other_marks_is_drawn_before_the_page_is_written(small: Project, monkeypatch):
    desk = Desk(small.root, EDITION)
    desk.page(EVERYTHING)
    order = desk._easel._last.saved["scale"].entry["ids"]
    small.set("observations", "T004", "value", "12")  # another order of bars
    asked: list[object] = []
    compose = desk_module.compose
    monkeypatch.setattr(desk_module, "compose", lambda *a: asked.append(a) or compose(*a))
    page = desk.page(frozenset({"raw"}))
    assert desk._easel._last.saved["scale"].entry["ids"] != order
    assert len(asked) == 1
    assert page == dressed(afresh(small).html, small.layout)


def here(stage: str, work: Callable[[], object]):
    """In place of a process beside this one."""
    return nullcontext(work)


def test_a_save_that_changes_nothing_costs_nothing(small: Project, monkeypatch):
    made: list[str] = []
    for module, name in ((desk_module, "Computed"), (easel, "Figures"), (desk_module, "Kept")):
        of = getattr(module, name)
        counted = Counted(of, lambda name=name: made.append(name))
        monkeypatch.setattr(module, name, counted)
    desk = Desk(small.root, EDITION)
    page = desk.page(EVERYTHING)
    made.clear()
    assert desk.page(EVERYTHING) == page
    text = small.file("observations").read_bytes()
    small.set("observations", "T003", "value", "五十")
    with pytest.raises(DataError, match="E120"):
        desk.page(frozenset({"raw"}))
    assert made == ["Computed"]
    small.file("observations").write_bytes(text)
    assert desk.page(frozenset({"raw"})) == page
    assert made == ["Computed"]


class Counted:
    """A class of which it is noted when one is made."""

    def __init__(self, of, note: Callable[[], object]) -> None:
        self._of, self._note = of, note

    def __call__(self, *given: object):
        self._note()
        return self._of(*given)

    def of(self, *given: object):
        self._note()
        return self._of.of(*given)


def test_what_is_made_while_its_inputs_are_written_is_not_kept(small: Project, monkeypatch):
    computed, path = Computed.of, small.file("observations")
    text = path.read_bytes()
    desk = Desk(small.root, EDITION)

    def meanwhile(*given: object) -> Computed:
        EDITS["raw"](small)
        found = computed(*given)
        path.write_bytes(text)
        return found

    with monkeypatch.context() as patch:
        patch.setattr(desk_module.Computed, "of", meanwhile)
        other = desk.page(EVERYTHING)
    page = desk.page(frozenset({"raw"}))
    assert page == dressed(afresh(small).html, small.layout) != other


def test_a_template_that_is_taken_back_while_the_page_is_made_leaves_nothing(
    small: Project, monkeypatch
):
    compose, path = desk_module.compose, small.root / "templates/words.yaml"
    text = path.read_bytes()
    desk = Desk(small.root, EDITION)

    def meanwhile(*given: object) -> object:
        REACHING[1](small)
        return compose(*given)

    with monkeypatch.context() as patch:
        patch.setattr(desk_module, "compose", meanwhile)
        other = desk.page(EVERYTHING)
    path.write_bytes(text)
    page = desk.page(frozenset({"templates"}))
    assert page == dressed(afresh(small).html, small.layout) != other


def test_nothing_is_written_but_drawings(small: Project):
    def files() -> set[str]:
        return {path.relative_to(small.root).as_posix() for path in small.root.rglob("*")}

    before = files()
    Desk(small.root, EDITION).page(EVERYTHING)
    assert {name for name in files() - before if not name.startswith("build/drawings")} == {"build"}


def test_after_a_mistake_is_mended_the_page_is_there_again(small: Project):
    desk = Desk(small.root, EDITION)
    page = desk.page(EVERYTHING)
    small.set("observations", "T003", "value", "五十")
    for _ in range(2):  # it stays a mistake
        with pytest.raises(DataError, match="E120"):
            desk.page(frozenset({"raw"}))
    section(small, "02-01-scale").write_text("{{", encoding="utf-8")
    small.set("observations", "T003", "value", "10000")
    with pytest.raises(ProseError, match="E304"):
        desk.page(frozenset({"raw", "templates"}))
    section(small, "02-01-scale").write_text(SCALE, encoding="utf-8")
    assert desk.page(frozenset({"templates"})) == page


def test_problems_are_told_with_place_and_remedy(small: Project):
    desk = opened(small.root, EDITION)
    small.set("observations", "T003", "value", "五十")
    page, said = answer(desk, small.root, EVERYTHING)
    assert page is None
    assert said["problems"] == [
        {
            "file": small.name("observations"),
            "row": "4",
            "column": "value",
            "value": "五十",
            "rule": "“五十”不是数字",
            "remedy": "请对照来源填写半角数字，例如 12.5",
            "code": "E120",
        }
    ]
    assert f"{small.name('observations')}:4:value" in said["text"]


def test_what_the_machine_did_not_do_is_said_to_be_tried_again(small: Project, monkeypatch):
    def full(path: Path, text: str) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))

    desk = opened(small.root, EDITION)
    monkeypatch.setattr(drawn, "beside", here)
    with monkeypatch.context() as patch:
        patch.setattr(store, "write_text", full)
        page, said = answer(desk, small.root, EVERYTHING)
    assert page is None
    assert said["problems"][0]["code"] == "E401"
    assert "自动再试" in said["note"]
    page, said = answer(desk, small.root, frozenset())
    assert page
    assert "note" not in said


def test_a_broken_catalogue_of_messages_is_told_too(small: Project):
    desk = opened(small.root, EDITION)
    (small.root / "templates/messages.yaml").write_text("[", encoding="utf-8")
    small.set("observations", "T003", "value", "五十")
    page, said = answer(desk, small.root, EVERYTHING)
    assert page is None
    assert "E191" in said["crash"]


def test_what_looks_wrong_is_asked_beside_the_page(small: Project):
    desk = opened(small.root, EDITION)
    page, said = answer(desk, small.root, EVERYTHING)
    assert page
    assert said == {"queries": desk.queries()}


def changes(page: bytes) -> set[tuple[str, str]]:
    """What is marked as changed, with what was printed before."""
    found = re.findall(rf'{CHANGED}="(\w+)"(?: {WAS}(?:="([^"]*)")?)?', page.decode())
    return set(found)


def delivered(project: Project) -> None:
    made, folder = afresh(project), project.layout.report
    folder.mkdir(parents=True, exist_ok=True)
    (folder / package.HTML).write_text(made.html, encoding="utf-8")
    (folder / package.LINEAGE).write_text(made.lineage, encoding="utf-8")


def test_what_differs_from_the_delivered_report_is_marked(small: Project, monkeypatch):
    desk = Desk(small.root, EDITION)
    assert changes(desk.page(EVERYTHING)) == set()  # there is no report
    delivered(small)
    assert changes(desk.page(frozenset())) == set()
    small.set("observations", "T003", "value", "11000")
    small.set("subjects", "gamma", "name", "卯")
    made = desk.page(frozenset({"raw"}))
    assert changes(made) >= {("number", "10"), ("word", "丙")}
    EDITS["claims"](small)
    assert ("claim", "超过四成") in changes(desk.page(frozenset({"claims"})))
    EDITS["templates"](small)
    assert ("word", "") in changes(desk.page(frozenset({"templates"})))
    delivered(small)
    known = desk_module.known_of
    monkeypatch.setattr(
        desk_module, "known_of", lambda *a: pytest.fail("known already") or known(*a)
    )
    assert changes(desk.page(frozenset({DELIVERED}))) == set()


@pytest.mark.parametrize("name", [package.HTML, package.LINEAGE])
def test_a_broken_report_marks_nothing(small: Project, name: str):
    delivered(small)
    path: Path = small.layout.report / name
    path.write_text(path.read_text(encoding="utf-8")[:5000], encoding="utf-8")
    small.set("observations", "T003", "value", "11000")
    assert changes(Desk(small.root, EDITION).page(EVERYTHING)) == set()
