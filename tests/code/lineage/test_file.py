"""lineage.json says of every value what it was made from, down to cells that are there."""

from __future__ import annotations

import csv
import json
from decimal import Decimal

import pytest

from suyuan.core.errors import UnknownValue
from suyuan.core.files import read_json, sha256
from suyuan.domain.operations import OPERATIONS
from suyuan.lineage.file import Use, dump_ledger, dump_lineage, load_ledger, source_entry
from suyuan.lineage.graph import ancestry
from suyuan.lineage.ledger import Ledger
from suyuan.lineage.value import TEXT, Cell
from tests.code.miniature import EDITION

USES = [Use("rg.ai_share", "02-06-scale", "v-rg-ai-share-1", "text")]


@pytest.fixture(scope="module")
def lineage(built):
    return read_json(built.layout.report / "lineage.json")


def test_values_survive_the_file(ledger, tmp_path):
    path = tmp_path / "values.json"
    path.write_text(dump_ledger(ledger), encoding="utf-8")
    again = load_ledger(path, ledger.codebook, OPERATIONS, ledger.texts)
    assert {value.id: value for value in again} == {value.id: value for value in ledger}
    assert again.rows == ledger.rows
    assert dump_ledger(again) == dump_ledger(ledger)


def test_each_value_has_a_line_of_its_own_in_order(ledger):
    lines = dump_ledger(ledger).partition('"values": {\n')[2].splitlines()
    assert lines[-2:] == ["}", "}"]
    ids = [json.loads("{" + line.rstrip(",") + "}").popitem()[0] for line in lines[:-2]]
    assert ids == sorted(value.id for value in ledger.made)


def test_the_order_of_making_leaves_no_trace(ledger):
    groups = reversed(ledger.groups.values())
    values = reversed(list(ledger.made))
    backwards = Ledger(ledger.codebook, OPERATIONS, values, groups, ledger.rows, ledger.texts)
    assert dump_ledger(backwards) == dump_ledger(ledger)


# --- sources ----------------------------------------------------------------------------------

TABLE = '键,名\na,"宁夏, 银川"\n\nb,甘肃\n,\nc,"“西”"\n'


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_source_is_described_alike_in_every_encoding(tmp_path, encoding, newline):
    path = tmp_path / "t.csv"
    path.write_bytes(TABLE.replace("\n", newline).encode(encoding))
    entry = source_entry("t", path, "data/raw/t.csv", "键")
    assert entry == {
        "id": "t", "path": "data/raw/t.csv", "sha256": sha256(path), "rows": 3, "key": ["键"]
    }  # fmt: skip


# --- ancestry ---------------------------------------------------------------------------------


def test_ancestry_goes_down_to_the_cells(ledger):
    assert ancestry(ledger, ["beta.ai_share"]) == {
        "beta.ai_share", "beta.ai_compute", "beta.compute_total"
    }  # fmt: skip
    found = ancestry(ledger, ["rg.compute_share_na", "alpha.latency.ring1"])
    assert found == {
        "rg.compute_share_na", "rg.compute_total", "na.compute_total", "alpha.compute_total",
        "beta.compute_total", "gamma.compute_total", "delta.compute_total", "alpha.latency.ring1",
    }  # fmt: skip


def test_ancestry_of_what_is_not_there(ledger):
    assert ancestry(ledger, []) == set()
    with pytest.raises(UnknownValue, match="nobody"):
        ancestry(ledger, ["nobody.ai_share"])


# --- the whole file ---------------------------------------------------------------------------


def whole_file(ledger, claims=(), uses=()):
    return dump_lineage(
        edition=EDITION, code={"version": "1", "sha256": "ab"}, config_sha256="cd", sources=[],
        ledger=ledger, kept={value.id for value in ledger}, claims=dict(claims), uses=uses,
    )  # fmt: skip


def test_the_file_has_the_parts_that_others_rely_on(built):
    text = whole_file(built.ledger(), claims={"b": {"holds": True}, "a": {}}, uses=USES)
    whole = json.loads(text)
    assert list(whole) == [
        "format", "edition", "code", "config_sha256", "sources", "rows", "via", "values",
        "claims", "uses",
    ]  # fmt: skip
    assert (whole["format"], whole["edition"]) == ("lineage/2", "2030Q1")
    assert whole["code"] == {"version": "1", "sha256": "ab"}
    assert whole["config_sha256"] == "cd"
    assert whole["uses"] == [
        {"v": "rg.ai_share", "sec": "02-06-scale", "anchor": "v-rg-ai-share-1", "kind": "text"}
    ]
    assert whole["values"]["rg.compute_total"]["v"] == "100.0"
    assert whole["claims"] == {"a": {}, "b": {"holds": True}}
    assert text.endswith("}\n")


def test_nothing_to_say_is_still_json(ledger):
    whole = json.loads(whole_file(Ledger(ledger.codebook, OPERATIONS)))
    assert (whole["sources"], whole["values"], whole["claims"]) == ([], {}, {})
    assert whole["uses"] == []


def test_parents_are_values_and_cells_are_cells(built, lineage):
    sources = {entry["id"]: entry for entry in lineage["sources"]}
    tables = {}
    for name, entry in sources.items():
        path = built.root / entry["path"]
        assert entry["sha256"] == sha256(path)
        if not entry["key"]:
            continue  # a YAML file
        with path.open(encoding="utf-8", newline="") as lines:
            tables[name] = {row[entry["key"][0]]: row for row in csv.DictReader(lines)}
        assert entry["rows"] == len(tables[name])
    for name, entry in lineage["values"].items():
        assert ("src" in entry) != ("in" in entry), name
        assert set(entry.get("in", ())) <= set(lineage["values"]), name
        for source, column, keys in entry.get("src", ()):
            for key in keys:
                cell = tables[source][key][column]
                assert cell, name
                if entry["u"] == "text":
                    assert entry["v"] == cell
                elif source == "observations":
                    assert (entry["printed"], entry["printed_unit"]) == (
                        cell,
                        tables[source][key]["unit"],
                    )


def test_no_value_stands_on_itself(ledger):
    depth = {}
    for value in ledger:  # as read back: sorted by id, so parents may come later
        todo = [(value.id, ())]
        while todo:
            name, above = todo.pop()
            assert name not in above
            depth[value.id] = max(depth.get(value.id, 0), len(above))
            todo += [(parent, (*above, name)) for parent in ledger[name].parents]
    # share of a tier, sum of its members, tier of a province, total of that province
    assert depth["tier_first.compute_share_rg"] == 3


def test_a_cell_makes_one_number(ledger):
    cell = Cell("observations", "value", "T001")
    numbers = [value.id for value in ledger if cell in value.src and value.unit != TEXT]
    assert numbers == ["alpha.compute_total"]
    assert ledger["alpha.compute_total"].v == Decimal("50.0")
