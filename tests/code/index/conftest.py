"""Property tests give the same examples in every run, and leave no files."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("suyuan", derandomize=True, deadline=None, database=None)
settings.load_profile("suyuan")
