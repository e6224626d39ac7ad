"""What the edition before printed, and why it is another number now."""

import shutil

import pytest

from suyuan.core.layout import Layout
from suyuan.diff.before import before
from suyuan.diff.sides import LINEAGE
from tests.code.diff.sides import of_project
from tests.code.miniature import EDITION, Project, fixed

NEXT = "2030Q2"


@pytest.fixture
def editions(project):
    """The miniature, and the same a quarter later with a figure revised and one new."""
    layout = Layout(project.root, NEXT)
    shutil.copytree(project.layout.raw, layout.raw)
    path = layout.raw / "edition.csv"
    row = f"{NEXT},第二季度,微型版,样本,2030-06-30,2030-07-01,{EDITION}"
    path.write_text(f"{path.read_text(encoding='utf-8').splitlines()[0]}\n{row}\n", "utf-8")
    config = project.layout.config / "config.yaml"
    config.write_text(config.read_text(encoding="utf-8").replace(EDITION, NEXT), "utf-8")
    return Later(project.root)


class Later(Project):
    """The later edition of a project."""

    @property
    def layout(self):
        return Layout(self.root, NEXT)


def changed(later):
    """What the page is told, all numbers being in use."""
    side = of_project(later)
    text = (side.made / LINEAGE).read_text(encoding="utf-8")
    uses = ",".join(f'{{"v":"{name}","sec":"","anchor":"","kind":"text"}}' for name in side.values)
    return before(later.layout, later.config, text.replace('"uses": [\n\n]', f'"uses": [{uses}]'))


def test_what_was_printed_and_what_moved_it(editions):
    fixed("value", "T002", "3.10")(editions)
    since = changed(editions)
    assert since.label == "二〇三〇年第一季度"
    moved = since.values["beta.compute_total"]
    assert moved.txt == "30"
    assert [share for _, share in moved.causes] == ["+1"]
    assert "T002" in moved.causes[0][0]
    assert "gamma.compute_total" not in since.values


def test_what_is_new_was_not_printed(editions):
    editions.add("observations", "T014", obs_id="T099", qualifier="2027")
    assert changed(editions).values["alpha.gdp.2027"].txt == ""


def test_nothing_to_compare_with_is_nothing(editions):
    shutil.rmtree(editions.root / "data/raw" / EDITION)
    assert changed(editions) is None


def test_an_edition_that_is_not_the_one_before_is_not_compared(editions):
    path = editions.layout.raw / "edition.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(f",{EDITION}\n", ",\n"), "utf-8")
    assert changed(editions) is None


@pytest.mark.parametrize(
    ("others", "found"),
    [
        ([], None),
        (["2030Q3"], None),
        (["2029Q4", "2030Q1"], "2030Q1"),
        (["2030Q1", "2030Q1-r2", "2030Q1-r10"], "2030Q1-r10"),
        (["2030Q1", "notes"], "2030Q1"),
    ],
)
def test_the_edition_before_is_the_newest_older_one(tmp_path, others, found):
    for name in (NEXT, *others):
        (tmp_path / "data/raw" / name).mkdir(parents=True)
    before = Layout(tmp_path, NEXT).before
    assert (before and before.edition) == found
