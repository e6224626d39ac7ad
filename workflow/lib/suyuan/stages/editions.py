"""The editions that one run of the workflow builds: each is looked at once, when asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from suyuan.contract.config import edition_layout
from suyuan.contract.strays import stray_problems
from suyuan.core import inputs
from suyuan.core.layout import Layout
from suyuan.stages import receipts
from suyuan.stages.chain import CHAIN
from suyuan.stages.receipts import Digests

EVERY = tuple(stage.name for stage in CHAIN)


@dataclass(frozen=True)
class Plan:
    """What is to be done of an edition before anything runs.

    ``changed`` are the kinds of inputs that are others than before, None where nothing was made;
    ``kept`` are the stages whose products are what they would be; ``kinds`` names for each kind of
    inputs the stages that are made from it.
    """

    changed: tuple[str, ...] | None
    kept: tuple[str, ...]
    kinds: Mapping[str, set[str]]


class Editions:
    """Digests of what each stage of each edition is made from.

    What editions share is read once. Before anything is planned of an edition, its receipts are
    held against the files; a job that another machine runs leaves that to whoever sent it.
    """

    def __init__(self, root: Path, *, settling: bool) -> None:
        self._root, self._settling = root, settling
        self._shared: dict[str, str] = {}
        self._made_from: dict[str, Mapping[str, Digests]] = {}

    def layout(self, edition: str) -> Layout:
        """The edition's folders. Raises LookupFailed E100 where it has no raw data."""
        return edition_layout(self._root, edition)

    def made_from(self, edition: str) -> Mapping[str, Digests]:
        """Digests of the inputs of each stage and of all stages before it."""
        if edition not in self._made_from:
            layout = self.layout(edition)
            if not self._shared:
                self._shared = inputs.digests(layout, inputs.SHARED)
            digests = receipts.made_from(layout, EVERY, self._shared)
            if self._settling:
                receipts.settle(layout, digests)
                if stray_problems(layout):  # no input of any stage: the last one refuses it
                    receipts.doubt(layout, EVERY[-1])
            self._made_from[edition] = digests
        return self._made_from[edition]

    def plan(self, edition: str) -> Plan:
        """What its receipts say, once they are settled."""
        layout, digests = self.layout(edition), self.made_from(edition)
        kept = tuple(stage for stage in EVERY if receipts.receipt(layout, stage).is_file())
        due = [
            receipts.changed(layout, stage, digests[stage]) for stage in EVERY if stage not in kept
        ]
        known = [found for found in due if found is not None]
        changed = tuple(dict.fromkeys(kind for found in known for kind in found))
        every = dict.fromkeys(kind for own in digests.values() for kind in own)
        kinds = {kind: {s for s, own in digests.items() if kind in own} for kind in every}
        return Plan(changed if known or kept else None, kept, kinds)
