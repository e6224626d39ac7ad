"""Which files are inputs, and what their digests tell apart."""

from __future__ import annotations

import pytest

from suyuan.core import inputs, libraries
from suyuan.core.layout import Layout
from tests.code.miniature import EDITION, ROOT
from tests.workflow.project import EDITION as REAL

STRAYS = (
    "config/.DS_Store", "config/words.yaml~", "config/~$tiers.csv", "config/.~lock.tiers.csv#",
    "config/tiers (1).csv", "config/tiers.csv.bak", f"data/raw/{EDITION}/observations 副本.csv",
    f"data/raw/{EDITION}/observations-copy.csv", "templates/sections/02-x 副本.html.jinja",
    "templates/.words.yaml.swp",
)  # fmt: skip


def files_of(layout: Layout) -> set[str]:
    return {layout.name(path) for kind in inputs.KINDS for path in inputs.files(layout, kind)}


@pytest.fixture
def layout(tmp_path):
    for name in ("config/tiers.csv", "config/config.yaml", "workflow/schemas/config/tiers.yaml",
                 "workflow/schemas/raw/observations.yaml", "templates/words.yaml",
                 "templates/sections/02-x.html.jinja"):  # fmt: skip
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        text = "name: table\n" if name.endswith(".yaml") else name
        (tmp_path / name).write_text(text, encoding="utf-8")
    return Layout(tmp_path, EDITION)


@pytest.mark.parametrize("stray", STRAYS)
def test_what_lies_beside_the_inputs_is_none(layout, stray):
    before = inputs.digests(layout, inputs.KINDS)
    path = layout.root / stray
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x", encoding="utf-8")
    assert stray not in files_of(layout)
    assert inputs.digests(layout, inputs.KINDS) == before


def test_a_table_with_a_schema_is_an_input_even_where_it_is_missing(layout):
    assert inputs.files(layout, "raw") == [layout.raw / "observations.csv"]
    before = inputs.digests(layout, ["raw", "config"])
    layout.raw.mkdir(parents=True)
    (layout.raw / "observations.csv").write_text("", encoding="utf-8")
    after = inputs.digests(layout, ["raw", "config"])
    assert after["raw"] != before["raw"]
    assert after["config"] == before["config"]


def test_an_optional_table_is_an_input_only_where_it_is_there(layout):
    schema = layout.schemas / "raw/spare.yaml"
    schema.write_text("name: spare\noptional: true\n", encoding="utf-8")
    spare = layout.raw / "spare.csv"
    assert spare not in inputs.files(layout, "raw")
    spare.parent.mkdir(parents=True)
    spare.write_text("", encoding="utf-8")
    assert spare in inputs.files(layout, "raw")


def test_every_source_in_the_repository_is_of_some_kind():
    layout = Layout(ROOT, REAL)
    known = files_of(layout)
    folders = ("config", f"data/raw/{REAL}", "templates", "workflow", "profiles")
    found = (path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file())
    sources = {layout.name(path) for path in found if "__pycache__" not in path.parts}
    # What compares or publishes reports, chooses which are built, or is of an index, makes none.
    beyond = (
        "templates/diff/",
        "templates/editions/",
        "templates/index/",
        "templates/preview/",
        "config/publication.yaml",
        "config/editions.csv",
    )
    others = {name for name in sources - known if name.startswith(beyond)}
    assert others
    assert sources - known == {"workflow/lib/suyuan/py.typed"} | others
    assert {"Snakefile", "requirements.lock"} <= known


def test_two_clones_have_one_digest_whatever_order(tmp_path):
    def clone(name: str, **contents: str) -> str:
        root = tmp_path / name
        root.mkdir()
        for file, text in contents.items():
            (root / file).write_text(text, encoding="utf-8")
        return inputs.digest_of(root, [root / file for file in contents])

    one = clone("one", a="1", b="2")
    assert clone("two", b="2", a="1") == one
    others = {
        clone("three", a="1", b="3"), clone("four", a="2", b="1"), clone("five", a="1", c="2"),
        clone("six", a="1"),
    }  # fmt: skip
    assert len(others | {one}) == 5


def test_a_missing_file_counts_as_missing(tmp_path):
    missing = inputs.digest_of(tmp_path, [tmp_path / "a"])
    (tmp_path / "a").write_text("", encoding="utf-8")
    assert inputs.digest_of(tmp_path, [tmp_path / "a"]) != missing


# --- libraries --------------------------------------------------------------------------------


@pytest.fixture
def locked(tmp_path, monkeypatch):
    (tmp_path / "requirements.lock").write_text(
        "# made by a tool\nDraw-It==1.2 \\\n    --hash=sha256:0\nabsent==3.0\n".lower(),
        encoding="utf-8",
    )
    place = tmp_path / "site"
    (place / "draw_it-1.2.dist-info").mkdir(parents=True)
    monkeypatch.syspath_prepend(place)
    return tmp_path


def test_installed_versions_are_those_of_locked_distributions(locked):
    assert libraries.pins(locked) == {"draw-it": "1.2", "absent": "3.0"}
    assert libraries.installed(locked) == {"draw-it": "1.2"}


def test_a_lock_of_odd_bytes_is_read_as_far_as_it_goes(locked):
    lock = locked / "requirements.lock"
    lock.write_bytes(b"\xff\xfe\n" + lock.read_bytes())
    assert libraries.pins(locked) == {"draw-it": "1.2", "absent": "3.0"}


def test_another_version_in_the_lock_or_installed_is_another_digest(locked):
    digests = {inputs.digests(Layout(locked, EDITION), ["libraries"])["libraries"]}
    (locked / "site/draw_it-1.2.dist-info").rename(locked / "site/draw_it-1.3.dist-info")
    digests.add(inputs.digests(Layout(locked, EDITION), ["libraries"])["libraries"])
    lock = locked / "requirements.lock"
    lock.write_text(lock.read_text(encoding="utf-8").replace("1.2", "1.3"), encoding="utf-8")
    digests.add(inputs.digests(Layout(locked, EDITION), ["libraries"])["libraries"])
    assert len(digests) == 3
