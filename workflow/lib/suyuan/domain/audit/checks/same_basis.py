"""Bases that are all the same: as with words."""

from __future__ import annotations

from suyuan.domain.audit.checks import same_words

TEST = same_words.TEST
