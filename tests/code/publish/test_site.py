"""The pages over all editions are made from manifests alone, whatever order they come in."""

from __future__ import annotations

import json
import re
from datetime import datetime
from itertools import permutations
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from tinyhtml5.parser import HTMLParser

from suyuan.core.errors import ConfigError
from suyuan.core.files import digest
from suyuan.publish import shelf, site
from suyuan.publish.manifest import FORMAT
from suyuan.publish.policy import read_policy
from suyuan.publish.shelf import Published

ATOM = "{http://www.w3.org/2005/Atom}"
DAYS = {"2030Q1": "2030-04-07", "2030Q2": "2030-07-07", "2030Q1-r1": "2030-08-01"}


def edition(root, name, entries=()):
    """A folder with nothing but a manifest and a search."""
    folder = root / shelf.EDITIONS / name
    folder.mkdir(parents=True)
    own, _, revision = name.partition("-r")
    search = json.dumps({"entries": [list(entry) for entry in entries]}).encode()
    (folder / shelf.SEARCH).write_bytes(search)
    manifest = {
        "format": FORMAT, "name": name, "edition": own, "label": f"{own} <&>",
        "title": "题", "subtitle": "副题", "cutoff": "2030-03-31", "previous": "",
        "code": {}, "versions": {}, "sources": {},
        "corrects": own if revision else "", "reason": "记错 <一> 处 & 更正" if revision else "",
        "published": f"{DAYS[name]}T09:00:00+08:00", "inputs": {},
        "gates": [{"gate": "pdfa", "passed": False, "unchecked": ["E615 page-validation"]}],
        "diff": {"base": "2030Q1", "counts": [["claim", 2]]} if name != "2030Q1" else None,
        "files": [
            {"name": "report.html", "size": 1, "sha256": "0"},
            {"name": shelf.SEARCH, "size": len(search), "sha256": digest(search)},
        ],
    }  # fmt: skip
    text = json.dumps(shelf.sealed(manifest))
    (folder / shelf.MANIFEST).write_text(text, encoding="utf-8")
    return Published.open(folder)


@pytest.fixture
def editions(project):
    same = ("a.x", "甲 规模", "10")
    return [
        edition(project.root, "2030Q1", [same, ("a.y", "甲 占比", "6%")]),
        edition(project.root, "2030Q1-r1", [same, ("a.y", "甲 占比", "7%")]),
        edition(project.root, "2030Q2", [same, ("a.y", "甲 占比", "7%")]),
    ]


def test_equal_editions_give_equal_bytes_in_any_order(project, editions):
    first, *others = (site.pages(project.root, order) for order in permutations(editions))
    assert all(other == first for other in others)


def test_a_correction_of_an_older_edition_is_not_the_latest(project, editions):
    site.put(project.root, editions)
    folder = project.root / shelf.EDITIONS
    assert (folder / shelf.LATEST).readlink().name == "2030Q2"
    index = (folder / "index.html").read_text(encoding="utf-8")
    assert re.findall(r'<article id="([^"]+)">', index) == ["2030Q2", "2030Q1-r1", "2030Q1"]
    assert (folder / "2030Q1.corrected.txt").is_file()
    assert index.count("PDF/A-3a") == len(editions)  # what was not checked is said of each


def test_only_what_is_not_right_is_written(project, editions):
    site.put(project.root, editions)
    folder = project.root / shelf.EDITIONS
    before = {path.name: path.lstat().st_ino for path in folder.iterdir()}
    (folder / "feed.xml").write_text("", encoding="utf-8")
    (folder / shelf.LATEST).unlink()
    site.put(project.root, editions)
    after = {path.name: path.lstat().st_ino for path in folder.iterdir()}
    assert {name for name in before if after[name] != before[name]} <= {"feed.xml", shelf.LATEST}
    assert (folder / "feed.xml").read_text(encoding="utf-8")


def test_a_text_that_editions_share_stands_once(project, editions):
    script = site.pages(project.root, editions)["search.js"].decode()
    searched = json.loads(script.removeprefix("window.SUYUAN = ").rstrip(";\n"))
    assert searched == {
        "editions": ["2030Q2", "2030Q1-r1", "2030Q1"],
        "entries": [
            ["a.x", "甲 规模", "10", [0, 1, 2]],
            ["a.y", "甲 占比", "7%", [0, 1]],
            ["a.y", "甲 占比", "6%", [2]],
        ],
    }


def test_the_index_has_no_error_of_html(project, editions):
    parser = HTMLParser()
    parser.parse(site.pages(project.root, editions)["index.html"].decode())
    assert parser.errors == []


def test_the_feed_is_atom(project, editions):
    """RFC 4287: what feed and entry must have, once each; dates with a zone, ids of their own."""
    feed = ElementTree.fromstring(site.pages(project.root, editions)["feed.xml"])
    assert feed.tag == f"{ATOM}feed"
    entries = feed.findall(f"{ATOM}entry")
    for part in (feed, *entries):
        for name in ("id", "title", "updated"):
            assert len(part.findall(f"{ATOM}{name}")) == 1
        assert urlsplit(part.find(f"{ATOM}id").text).scheme == "urn"
        assert datetime.fromisoformat(part.find(f"{ATOM}updated").text).tzinfo
        assert [link.get("rel") for link in part.findall(f"{ATOM}link")].count("alternate") == 1
    assert feed.find(f"{ATOM}author/{ATOM}name").text
    assert len({entry.find(f"{ATOM}id").text for entry in entries}) == len(editions)
    updated = {entry.find(f"{ATOM}id").text: entry.find(f"{ATOM}updated").text for entry in entries}
    assert updated["urn:suyuan:edition:2030Q1"] == f"{DAYS['2030Q1-r1']}T09:00:00+08:00"
    assert feed.find(f"{ATOM}updated").text == max(updated.values())
    assert "记错 <一> 处 & 更正" in entries[1].find(f"{ATOM}summary").text


def test_links_are_absolute_where_the_project_says_its_address(project, editions):
    policy = project.root / "config/publication.yaml"
    text = policy.read_text(encoding="utf-8")
    assert 'address: ""' in text
    text = text.replace('address: ""', "address: https://example.org/editions/")
    policy.write_text(text, encoding="utf-8")
    feed = ElementTree.fromstring(site.pages(project.root, editions)["feed.xml"])
    links = [link.get("href") for link in feed.iter(f"{ATOM}link")]
    assert all(link.startswith("https://example.org/editions/") for link in links)


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "https://example.org/editions", "https://x/ y/", "5"]
)
def test_an_address_is_that_of_a_folder_on_the_web(project, address):
    policy = project.root / "config/publication.yaml"
    text = policy.read_text(encoding="utf-8")
    policy.write_text(text.replace('address: ""', f"address: {address}"), encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        read_policy(project.root)
    assert [(p.code, p.column) for p in caught.value.problems] == [("E609", "address")]
