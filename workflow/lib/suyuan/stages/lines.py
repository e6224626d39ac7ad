"""The lines that people read of events: one a stage, what is kept and why, where the time went."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

from suyuan.contract.messages import worded
from suyuan.stages.progress import Event

BLANKS = re.compile(r" {2,}")
COMMA, PAUSE, ARROW = "、", "，", " → "


class Lines:
    """Says what events there are, in the words of the catalogue; started jobs are no news."""

    def __init__(self, templates: Path, say: Callable[[str], None]) -> None:
        self._templates, self._say = templates, say

    def tell(self, event: Event) -> None:
        for line in filter(None, self._lines(event)):
            self._say(BLANKS.sub(" ", line).strip())

    def _lines(self, event: Event) -> Iterable[str]:
        kind = event["event"]
        if kind == "plan":
            yield self._changed(event)
            if event["kept"]:
                stages = COMMA.join(self._stage(stage) for stage in event["kept"])
                yield self._word(
                    "kept", edition=event["edition"], count=len(event["kept"]), stages=stages,
                    kinds=self._kinds(event["unchanged"]),
                )  # fmt: skip
        elif kind in ("planned", "done", "failed"):
            what = self._word(f"rule_{event['stage']}")
            yield self._word(kind, what=what, rule=event["stage"], **event)
        elif kind == "ended" and event["ok"] and event["chain"]:
            chain = ARROW.join(f"{self._stage(rule)} {took}" for rule, took in event["chain"])
            yield self._word("spent", **event | {"chain": chain})

    def _changed(self, event: Event) -> str:
        if event["changed"] is None:
            return self._word("unmade", edition=event["edition"])
        if event["changed"]:
            kinds = self._kinds(event["changed"])
            return self._word("changed", edition=event["edition"], kinds=kinds)
        return ""

    def _stage(self, name: str) -> str:
        """What it does, in its first words."""
        return self._word(f"rule_{name}").partition(PAUSE)[0] or name

    def _kinds(self, kinds: Iterable[str]) -> str:
        return COMMA.join(self._word(f"kind_{kind}") or kind for kind in kinds)

    def _word(self, name: str, **details: object) -> str:
        return worded(self._templates, name, **details)
