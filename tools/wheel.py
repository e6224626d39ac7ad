"""Build hook of hatchling: the wheel carries the templates and schemas that lie beside the package.

An editable install finds them in the checkout, so it carries none (suyuan.core.resources).
"""

from __future__ import annotations

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Carry(BuildHookInterface):
    """Put templates/ and workflow/schemas/ below suyuan/_data, laid out as in a project."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "standard":
            for folder in ("templates", "workflow/schemas"):
                build_data["force_include"][folder] = f"suyuan/_data/{folder}"
