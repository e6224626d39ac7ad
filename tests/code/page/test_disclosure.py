"""What is taken away below a figure is for spreadsheets."""

from __future__ import annotations

import codecs
from urllib.parse import unquote_to_bytes

from suyuan.page.disclosure import data_url


def taken(text):
    data = unquote_to_bytes(data_url(text).partition(",")[2])
    assert data.startswith(codecs.BOM_UTF8)  # without it spreadsheet programs take another code
    return data.decode("utf-8-sig")


def test_a_file_is_the_plotted_data():
    text = 'value_id,label,txt\na.b,"x, ""y""",\u22125.0%\nc.d,甲 #1<2 &amp;,131.0\n'
    assert taken(text) == text


def test_no_cell_of_it_is_a_formula():
    text = "value_id,label,txt\na.b,=1+1,-2\nc.d,@x,+A1\n"
    assert taken(text) == "value_id,label,txt\na.b,'=1+1,-2\nc.d,'@x,'+A1\n"
