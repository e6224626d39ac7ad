"""Policy: what a project asks of a publication beside the gates that always hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from suyuan.contract.configured import Document, Place, read_document
from suyuan.contract.shapes import Choice, Keys, Shape, hold
from suyuan.core.errors import Problem

POLICY = "config/publication.yaml"
REQUIRED, OPTIONAL = "required", "optional"
ADDRESS = re.compile(r"https?://[^\s<>\"?#]+/")  # of a folder: names are put behind it
VALIDATORS = ("html5", "pdfa", "pdfua", "axe")


class Address:
    """Where a folder stands on the web, or nothing. E609."""

    def problems(self, document: Document, place: Place) -> Iterator[Problem]:
        found = document.at(place)
        if not isinstance(found, str) or (found and not ADDRESS.fullmatch(found)):
            yield document.problem("E609", place, str(found))


@dataclass(frozen=True)
class Policy:
    """config/publication.yaml."""

    review: str
    validators: Mapping[str, str]
    address: str

    def requires(self, validator: str) -> bool:
        return self.validators[validator] == REQUIRED


def read_policy(root: Path) -> Policy:
    """The policy. Raises ConfigError with each of E181 to E197, E609 for another shape."""
    choice = Choice((REQUIRED, OPTIONAL))
    keys: dict[str, Shape] = {
        "review": choice,
        "validators": Keys(dict.fromkeys(VALIDATORS, choice)),
        "address": Address(),
    }
    return Policy(**hold(read_document(root / POLICY, POLICY), Keys(keys)))
