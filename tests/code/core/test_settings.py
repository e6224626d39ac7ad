"""Each edition has a configuration of its own; what is said of others is none of it."""

from __future__ import annotations

import pytest

from suyuan.core import inputs
from suyuan.core.files import parsed_yaml
from suyuan.core.layout import CONFIG, Layout
from suyuan.core.settings import EDITIONS, own, settled

TEXT = b"""# edition: of a comment
edition: 2030Q1  # the default
region: rg
nation: na
gdp_period: "2029"
"""
TABLE = "edition,region,gdp_period\n2030Q1,,\n2030Q2,other,2031\n"


@pytest.fixture
def root(tmp_path):
    (tmp_path / "config").mkdir()
    (tmp_path / CONFIG).write_bytes(TEXT)
    return tmp_path


def write(root, text):
    (root / EDITIONS).write_text(text, encoding="utf-8")


def digest(root, edition):
    return inputs.digests(Layout(root, edition), ["settings"])


def test_other_texts_stand_in_place_and_all_else_stays():
    data = settled(TEXT, {"edition": "2030Q2", "gdp_period": "2031"})
    assert data == TEXT.replace(b"n: 2030Q1", b"n: 2030Q2").replace(b"2029", b"2031")
    assert parsed_yaml(data)["gdp_period"] == "2031"  # a text still
    assert settled(TEXT, {"edition": "2030Q1"}) == TEXT


@pytest.mark.parametrize("quoted", [b"'2030Q1'", b'"2030Q1"'])
def test_quotes_stay(quoted):
    assert settled(b"edition: " + quoted, {"edition": "2030Q2"}) == b"edition: " + quoted.replace(
        b"Q1", b"Q2"
    )


def test_the_default_edition_is_in_the_digest_of_no_other(root):
    before = digest(root, "2030Q2")
    (root / CONFIG).write_bytes(TEXT.replace(b"n: 2030Q1", b"n: 2030Q3"))
    assert digest(root, "2030Q2") == before
    (root / CONFIG).write_bytes(TEXT.replace(b"region: rg", b"region: other"))
    assert digest(root, "2030Q2") != before


def test_the_row_of_an_edition_is_in_its_own_digest_alone(root):
    write(root, TABLE)
    first, second = digest(root, "2030Q1"), digest(root, "2030Q2")
    write(root, TABLE.replace("other", "another"))
    assert digest(root, "2030Q1") == first
    assert digest(root, "2030Q2") != second
    assert own(root, "2030Q2") == {"region": "another", "gdp_period": "2031"}
    assert own(root, "2030Q1") == {}


def test_other_files_are_read_as_they_are(root):
    write(root, TABLE)
    layout = Layout(root, "2030Q2")
    assert layout.read(root / EDITIONS) == TABLE.encode()
    assert b"edition: 2030Q2  # the default\nregion: other" in layout.read(root / CONFIG)
