"""Matplotlib is imported when something is drawn, and by nothing else."""

from __future__ import annotations

import subprocess
import sys

import pytest

from suyuan.figures import mpl

MARKS = """
import sys
from suyuan.figures.kind import kind_names, kind_of
from suyuan.stages import check
print(len([kind_of(name).facts for name in kind_names()]), "matplotlib" in sys.modules)
"""


def test_marks_of_every_kind_are_looked_up_without_it():
    done = subprocess.run([sys.executable, "-c", MARKS], capture_output=True, text=True, check=True)
    kinds, imported = done.stdout.split()
    assert int(kinds) > 20
    assert imported == "False"


def test_whoever_draws_has_what_it_names():
    found = [getattr(mpl, name) for name in mpl.__all__]
    assert None not in found


def test_nothing_else_is_there():
    with pytest.raises(AttributeError, match="Wedge"):
        _ = mpl.Wedge
