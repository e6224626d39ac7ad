"""溯源 (suyuan): reports in which every number can be walked back to its data row.

``import suyuan`` offers what docs/api.md describes, and loads each name when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from suyuan.api import (
        begin_index,
        build_index,
        diff_index,
        explain,
        index_tables,
        read_lineage,
        trace,
        trace_index,
        verify,
        write_index,
    )
    from suyuan.core.errors import IndexFault, Problem, ReportedError, SuyuanError

__version__ = "0.1.0"
__all__ = [
    "IndexFault",
    "Problem",
    "ReportedError",
    "SuyuanError",
    "__version__",
    "begin_index",
    "build_index",
    "diff_index",
    "explain",
    "index_tables",
    "read_lineage",
    "trace",
    "trace_index",
    "verify",
    "write_index",
]
_ERRORS = ("IndexFault", "Problem", "ReportedError", "SuyuanError")


def __getattr__(name: str) -> Any:
    """The offered name, loaded now (PEP 562)."""
    if name not in __all__:
        raise AttributeError(f"module 'suyuan' has no attribute {name!r}")
    return getattr(import_module("suyuan.core.errors" if name in _ERRORS else "suyuan.api"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
