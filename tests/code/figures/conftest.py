"""Figures look as they do in the report."""

from __future__ import annotations

import pytest

from suyuan.figures import theme
from tests.code.miniature import TEMPLATES


@pytest.fixture(scope="module", autouse=True)
def _theme():
    theme.use(TEMPLATES / "fonts")
