"""Receipts are true of the files or put aside; a stage takes only what they vouch for."""

from __future__ import annotations

import json

import pytest

from suyuan.core.errors import BrokenFont, DataError, ReportedError, StaleBuild
from suyuan.stages import receipts, runner
from suyuan.stages.chain import CHAIN

STAGES = ("ingest", "normalise", "score")


def run(project, stage, digests=None):
    runner.run(stage, project.layout, project.config, digests)


def settle(project):
    receipts.settle(project.layout, receipts.made_from(project.layout, STAGES))
    return [s for s in STAGES if receipts.receipt(project.layout, s).is_file()]


@pytest.fixture
def scored(project):
    for stage in STAGES:
        run(project, stage)
    assert settle(project) == list(STAGES)
    return project


def append(path):
    path.write_bytes(path.read_bytes() + b"\n")


def test_a_receipt_says_what_was_made_from_what(scored):
    said = json.loads(receipts.receipt(scored.layout, "normalise").read_text(encoding="utf-8"))
    assert said["stage"] == "normalise"
    assert set(said["made_from"]) == {
        "code", "config", "libraries", "messages", "raw", "schemas", "settings",
    }  # fmt: skip
    assert {name.rpartition("/")[2] for name in said["made"]} == {
        "normalised.csv", "restatements.csv", "queries.csv",
    }  # fmt: skip


def test_an_edited_input_puts_aside_what_was_made_from_it_until_the_edit_is_taken_back(scored):
    table = scored.file("hubs")
    before = table.read_bytes()
    table.write_bytes(before.replace(b"\n", b"\r\n"))  # the same rows
    assert settle(scored) == []
    table.write_bytes(before)
    assert settle(scored) == list(STAGES)


@pytest.mark.parametrize("said", ["[]", "5", '{"made": 5, "made_from": {}}', "{}", "{"])
def test_a_receipt_that_is_none_is_put_aside(scored, said):
    receipts.receipt(scored.layout, "normalise").write_text(said, encoding="utf-8")
    assert settle(scored) == ["ingest", "score"]


def test_an_edited_product_puts_aside_its_own_receipt(scored):
    append(scored.layout.processed / "normalised.csv")
    assert settle(scored) == ["ingest", "score"]


def test_a_missing_product_and_a_broken_receipt_count_alike(scored):
    (scored.layout.processed / "values.json").unlink()
    receipts.receipt(scored.layout, "ingest").write_text('{"made": ', encoding="utf-8")
    assert settle(scored) == ["normalise"]


def test_a_stage_that_stops_leaves_no_receipt(scored):
    scored.set("observations", "T030", "value", "51.0")  # restated otherwise
    run(scored, "ingest")
    with pytest.raises(ReportedError):
        run(scored, "normalise")
    assert settle(scored) == ["ingest"]


def test_the_first_and_the_last_stage_refuse_rows_that_nobody_reads(scored):
    (scored.layout.raw / "observations (1).csv").touch()
    for stage in (CHAIN[0].name, CHAIN[-1].name):
        with pytest.raises(DataError) as caught:
            run(scored, stage)
        assert [problem.code for problem in caught.value.problems] == ["E857"]
    run(scored, "normalise")


def test_a_stage_refuses_what_an_earlier_one_has_not_left(scored):
    append(scored.layout.processed / "normalised.csv")
    with pytest.raises(StaleBuild) as caught:
        run(scored, "score")
    (problem,) = caught.value.problems
    assert problem.code == "E180"
    assert problem.file.endswith("normalised.csv")


def test_an_edit_that_outdates_many_products_is_told_once(scored):
    append(scored.file("hubs"))  # ingest left a table each, all of the older rows
    with pytest.raises(StaleBuild) as caught:
        run(scored, "score")
    (problem,) = caught.value.problems
    raw = f"data/raw/{scored.layout.edition}"
    assert (problem.code, problem.file, problem.value) == ("E410", raw, "ingest")


def test_a_stage_that_has_not_run_is_told_once(scored):
    path = receipts.receipt(scored.layout, "normalise")
    path.unlink()
    with pytest.raises(StaleBuild) as caught:
        run(scored, "score")
    (problem,) = caught.value.problems
    assert (problem.code, problem.file) == ("E411", scored.layout.name(path))


def test_inputs_edited_while_a_stage_runs_are_noticed_at_its_end(scored):
    digests = receipts.made_from(scored.layout, ["ingest"])["ingest"]
    append(scored.file("hubs"))  # as if after the digests had been taken
    with pytest.raises(StaleBuild) as caught:
        run(scored, "ingest", digests)
    (problem,) = caught.value.problems
    assert (problem.code, problem.file) == ("E406", f"data/raw/{scored.layout.edition}")
    assert settle(scored) == []


@pytest.mark.parametrize("damage", ["truncated", "missing"])
def test_a_font_that_is_not_the_locked_one_is_named(layout_with_fonts, damage):
    font = layout_with_fonts.templates / "fonts/a.ttf"
    runner.check_fonts(layout_with_fonts)
    if damage == "missing":
        font.unlink()
    else:
        font.write_bytes(font.read_bytes()[:1])
    with pytest.raises(BrokenFont) as caught:
        runner.check_fonts(layout_with_fonts)
    (problem,) = caught.value.problems
    assert (problem.code, problem.file) == ("E407", "templates/fonts/a.ttf")


@pytest.fixture
def layout_with_fonts(tmp_path):
    from hashlib import sha256

    from suyuan.core.layout import Layout

    fonts = tmp_path / "templates/fonts"
    fonts.mkdir(parents=True)
    (fonts / "a.ttf").write_bytes(b"glyphs")
    lock = {"fonts": {"a.ttf": {"sha256": sha256(b"glyphs").hexdigest()}}}
    (fonts / "fonts.lock.json").write_text(json.dumps(lock), encoding="utf-8")
    return Layout(tmp_path, "2030Q1")
