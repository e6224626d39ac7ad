"""Changed inputs: every changed cell and no other, whatever the file looks like."""

import pytest

from suyuan.diff.inputs import inputs
from tests.code.diff.sides import side
from tests.code.miniature import columns, fixed


@pytest.fixture(scope="module")
def base(tmp_path_factory, schemas):
    return side(tmp_path_factory.mktemp("base") / "project", schemas)


@pytest.fixture
def found(base, tmp_path, schemas):
    """The inputs that differ after some edits."""

    def compare(*edits):
        from suyuan.contract.schema import read_schemas

        head = side(tmp_path / "head", schemas, edits)
        known = read_schemas(schemas / "raw") | read_schemas(schemas / "config")
        return inputs(base, head, known)

    return compare


def cells(found):
    return [(c.source, c.key, c.column, c.change, c.before, c.after) for c in found.changes]


def encoded(change):
    """An edit of the bytes of observations.csv."""

    def edit(project):
        path = project.file("observations")
        path.write_bytes(change(path.read_bytes()))

    return edit


def shuffled(project):
    header, *rows = project.rows("observations")
    project.write("observations", [header, *reversed(rows)])


@pytest.mark.parametrize(
    "edit",
    [
        encoded(lambda data: b"\xef\xbb\xbf" + data),
        encoded(lambda data: data.replace(b"\n", b"\r\n")),
        encoded(lambda data: data.decode().encode("gb18030")),
        encoded(lambda data: data.replace(b"T002,", b" T002 ,")),
        shuffled,
        columns("hubs", lambda row: [row[0], *reversed(row[1:])]),
        lambda p: p.file("indicators").write_bytes(p.file("indicators").read_bytes() + b"\n\n"),
    ],
    ids=["byte mark", "line ends", "encoding", "blanks", "order", "columns", "empty lines"],
)
def test_how_a_file_is_written_is_no_change(found, edit):
    assert cells(found(edit)) == []


def test_a_display_order_is_no_input(found):
    compared = found(fixed("order", "alpha", "9", "subjects"))
    assert compared.changes == []
    assert [(c.key, c.column, c.after) for c in compared.display] == [("alpha", "order", "9")]


def test_a_changed_cell(found):
    assert cells(found(fixed("value", "T001", "51.0"), fixed("value", "T030", "51.0"))) == [
        ("observations", "T001", "value", "changed", "50.0", "51.0"),
        ("observations", "T030", "value", "changed", "50.0", "51.0"),
    ]


def test_a_row_that_came_has_its_cells(found):
    compared = found(lambda p: p.add("observations", "T014", obs_id="T099", qualifier="2027"))
    assert {c[1] for c in cells(compared)} == {"T099"}
    assert ("observations", "T099", "value", "added", "", "999") in cells(compared)
    assert len(compared.factors) == 1


def test_a_row_that_went_has_its_cells(found):
    compared = found(lambda p: p.drop("observations", "T014"))
    assert ("observations", "T014", "value", "removed", "999", "") in cells(compared)
    assert len(compared.factors) == 1


def test_a_renamed_row_is_the_same_row(found):
    compared = found(fixed("obs_id", "T014", "T999"))
    assert cells(compared) == [("observations", "T999", "obs_id", "changed", "T014", "T999")]
    assert compared.renamed == [("observations", "T014", "T999")]


@pytest.mark.parametrize(
    ("edit", "kind"),
    [
        (fixed("value", "T014", "998"), "data"),
        (fixed("factor", "万架", "2", "units"), "config"),
        (fixed("minimum", "second", "3", "tiers"), "method"),
    ],
)
def test_what_a_table_is_for_is_the_kind_of_its_changes(found, edit, kind):
    assert [change.kind for change in found(edit).changes] == [kind]
